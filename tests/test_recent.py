"""Recent changes: what was added and what changed since, by day, newest first, with the reason of every correction."""

from pathlib import Path

from chronicle.model import Chronology
from chronicle.pages import make_pages
from chronicle.pages.cards import Cards
from chronicle.pages.recent import ChangedDay, Sort, changes_of, last_change, recent_days
from small import entry, read

CORRECTED = """
added: 2024-05-02
corrections:
  - {date: 2024-06-11, what: 1100 is 11000, why: A digit was lost}
  - {date: 2024-07-01, what: 14:01 is 14:10, why: Two digits were swapped}
"""


def chronology(root: Path) -> Chronology:
    return read(
        root,
        {
            "1998/bridge-closed": entry(CORRECTED),
            "1998/ferry-runs": entry("title: The ferry runs\nadded: 2024-06-11"),
            "1997/pier": entry("title: The pier\ndate: 1997-01\nadded: 2024-05-02"),
        },
    )


def told(days: tuple[ChangedDay, ...]) -> list[tuple[str, list[str], list[str], int]]:
    return [
        (
            day.datetime,
            [one.what for _, lines in day.changed for one in lines],
            [card.slug for card in day.added],
            day.left_out,
        )
        for day in days
    ]


def test_changes_stand_by_day_and_the_newest_first(tmp_path: Path) -> None:
    assert told(recent_days(Cards(chronology(tmp_path)), 100)) == [
        ("2024-07-01", ["14:01 is 14:10"], [], 0),
        ("2024-06-11", ["1100 is 11000"], ["ferry-runs"], 0),
        ("2024-05-02", [], ["pier", "bridge-closed"], 0),
    ]


def test_only_so_many_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    assert told(recent_days(Cards(chronology(tmp_path)), 4))[-1] == ("2024-05-02", [], ["pier"], 1)
    assert len(recent_days(Cards(chronology(tmp_path)), 1)) == 1


def test_a_correction_is_shown_even_where_additions_have_no_room_left(tmp_path: Path) -> None:
    days = recent_days(Cards(chronology(tmp_path)), 2)
    assert told(days)[-1] == ("2024-06-11", ["1100 is 11000"], [], 1)


SINCE = """
added: 2024-05-02
certainty: {1998-03-18: claimed, 2024-05-02: disputed, 2024-06-11: confirmed}
corrections:
  - {date: 2024-06-11, what: 1100 is 11000, why: A digit was lost}
sources:
  a: {url: https://a.example.org/1, title: Closed, publisher: The Gazette, published: 1998-03-18, type: newspaper}
  joined: {url: https://a.example.org/2, title: Joined, publisher: The Gazette, published: 2024-05-02, type: newspaper}
  perhaps: {url: https://a.example.org/3, title: Perhaps, publisher: The Gazette, published: 2024-05, type: newspaper}
  undated: {url: https://a.example.org/4, title: Undated, publisher: The Gazette, type: newspaper, accessed: 2024-07-09}
  late: {url: https://a.example.org/5, title: Tard, title_en: Late, publisher: The Gazette, published: 2024-06, type: newspaper}
"""


def test_certainty_and_sources_that_came_after_the_entry_are_changes_and_earlier_ones_are_not(tmp_path: Path) -> None:
    made = read(tmp_path, {"1998/bridge-closed": entry(SINCE)})
    found = changes_of(made.events[0], made)
    assert [(change.day.isoformat(), change.sort, change.name, change.what) for change in found] == [
        ("2024-05-02", Sort.ADDED, "added", ""),
        ("2024-06-11", Sort.CORRECTED, "corrected-2024-06-11", "1100 is 11000"),
        ("2024-06-11", Sort.CERTAINTY, "certainty-2024-06-11", "Confirmed; until then: Disputed"),
        ("2024-06-30", Sort.SOURCE, "source-late", "Late (The Gazette, June 2024)"),
    ]
    assert last_change(made.events[0], made).isoformat() == "2024-06-30"


def test_each_sort_of_change_has_its_heading_and_none_loses_its_place_to_additions(tmp_path: Path) -> None:
    made = read(tmp_path, {"1998/bridge-closed": entry(SINCE)})
    days = recent_days(Cards(made), 3)
    assert [[sort.label for sort, _ in day.changed] for day in days] == [["New source"], ["Corrected", "Certainty"]]
    digests = {event.path: event.slug for event in made.events}
    texts = {page.path: page.make() for page in make_pages(made, digests) if page.path in ("index.md", "recent/index.md")}
    assert "<h3>Certainty</h3>" in texts["recent/index.md"]
    assert "Confirmed; until then: Disputed" in texts["recent/index.md"]
    assert "New source: Late (The Gazette, June 2024)" in texts["index.md"]


def test_the_page_tells_every_correction_with_its_reason_and_the_front_page_leads_to_it(tmp_path: Path) -> None:
    made = chronology(tmp_path)
    digests = {event.path: event.slug for event in made.events}
    texts = {page.path: page.make() for page in make_pages(made, digests) if page.path in ("index.md", "recent/index.md")}
    assert "Two digits were swapped" in texts["recent/index.md"]
    assert '<h2 id="d2024-07-01">' in texts["recent/index.md"]
    assert 'last changed <a href="recent/">1 July 2024</a>' in texts["index.md"]
    assert "Corrected: 14:01 is 14:10" in texts["index.md"]


def test_the_front_page_says_no_number_twice(tmp_path: Path) -> None:
    figure = "{measure: vehicles, value: about 40, by: mayor, as_of: 1998-03-18, sources: [a]}"
    other = "{measure: vehicles, value: at least 30, by: mayor, as_of: 1998-03-18, sources: [a]}"
    events = {
        "1998/bridge-closed": entry(f"figures: [{figure}]"),
        "1998/ferry-runs": entry(f"title: The ferry runs\nfigures: [{figure}, {other}]"),
    }
    made = read(tmp_path, events)
    digests = {event.path: event.slug for event in made.events}
    home = next(page.make() for page in make_pages(made, digests) if page.path == "index.md")
    numbers = home.partition('<div class="measures">')[2].partition("</section>")[0]
    assert (numbers.count("about 40"), numbers.count("at least 30"), numbers.count("The mayor")) == (1, 1, 1)


def test_a_chronology_without_events_has_a_front_page_and_no_changes(tmp_path: Path) -> None:
    made = read(tmp_path, {})
    texts = {page.path: page.make() for page in make_pages(made, {})}
    assert "last changed" not in texts["index.md"]
    assert "<h2 id=" not in texts["recent/index.md"]
