"""The pages of the made-up chronology, word for word: `pytest tests/test_pages.py --renew` after a change that is meant."""

from pathlib import Path

import pytest

from chronicle.exports.tables import tell_sheets
from chronicle.load import load
from chronicle.pages import make_pages, make_redirects
from chronicle.pages.names import place_register
from small import entry, write

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden" / "pages"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    loaded = load(TESTS / "project")
    assert loaded.chronology
    pages = (
        *make_pages(loaded.chronology, loaded.digests, sheets=tell_sheets()),
        *make_redirects(loaded.chronology),
    )
    return {page.path: page.make() for page in pages}


def test_every_page_is_as_it_was_approved(texts: dict[str, str], renew: bool) -> None:
    if renew:
        for old in sorted(GOLDEN.rglob("*.*")):
            old.unlink()
        for path, text in texts.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text, encoding="utf-8")
    approved = {file.relative_to(GOLDEN).as_posix(): file.read_text(encoding="utf-8") for file in GOLDEN.rglob("*.*")}
    assert sorted(texts) == sorted(approved)
    for path, text in texts.items():
        assert text == approved[path], path


def test_two_runs_give_the_same_pages(texts: dict[str, str]) -> None:
    loaded = load(TESTS / "project")
    assert loaded.chronology
    pages = make_pages(loaded.chronology, loaded.digests, sheets=tell_sheets())
    assert all(page.make() == texts[page.path] for page in pages)


def test_html_blocks_hold_no_empty_line_so_that_markdown_leaves_them_alone(texts: dict[str, str]) -> None:
    for path, text in texts.items():
        for block in text.split("\n\n"):
            if block.startswith("<") and not block.startswith(("<!--", "<!doctype")):
                opened = block[1:].split(">")[0].split()[0]
                assert block.count(f"<{opened}") == block.count(f"</{opened}>"), (path, block[:80])


def test_a_page_says_what_its_date_means_and_never_more(texts: dict[str, str]) -> None:
    words = {path: text for path, text in texts.items() if path.startswith("events/") and path.endswith(".md")}
    dates = {text.split('<p class="event-date" data-pagefind-ignore>')[1].split("<")[0] for text in words.values()}
    assert {"17 March 1998", "about October 1997"} <= dates
    assert any(date.startswith("on one day between") for date in dates)
    assert any("still going on" in date for date in dates)


def test_relations_stand_on_both_ends(texts: dict[str, str]) -> None:
    assert "<dt>Follows</dt>" in texts["events/harbour-bridge-closed/index.md"]
    assert "<dt>Followed by</dt>" in texts["events/pier-inspection-1997/index.md"]


def test_a_former_name_leads_to_the_event(texts: dict[str, str]) -> None:
    assert 'url=../harbour-bridge-closed/"' in texts["events/harbour-bridge-shut/index.html"]


def test_the_home_page_shows_the_latest_number_of_each_claimant(texts: dict[str, str]) -> None:
    assert "11,000 to 13,000" in texts["index.md"]
    assert "Harbour Authority" in texts["index.md"]


def test_the_entry_can_be_edited_from_its_page(texts: dict[str, str]) -> None:
    path = "chronology/events/1998/harbour-bridge-closed.yml"
    assert f'href="https://git.example.org/port-ellery/edit/main/{path}"' in texts["events/harbour-bridge-closed/index.md"]


PLACES = """
isle: {name: Isle, precision: town}
quay: {name: Quay, precision: town, within: shire}
cape: {name: Cape, precision: town}
shire: {name: Shire, precision: town}
"""


def test_places_that_lie_in_no_other_stand_together_at_the_end(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, {"1998/bridge-closed": entry()}, places=PLACES))
    assert loaded.chronology
    groups = place_register(loaded.chronology).groups
    listed = [(group.label, [name.name for name in group.names]) for group in groups]
    assert listed == [("Shire", ["Quay", "Shire"]), ("Elsewhere", ["Cape", "Isle"])]
