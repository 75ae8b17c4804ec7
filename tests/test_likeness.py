"""Which addresses lead to one page, and which events may be one event told twice."""

import time
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from chronicle.model.likeness import clean_address, find_alike, likely_duplicates
from small import entry, read

PAGE = "gazette.example.org/1998/bridge"


@pytest.mark.parametrize(
    "url",
    [
        f"https://{PAGE}",
        f"http://{PAGE}",
        f"https://www.{PAGE}",
        f"https://{PAGE}/",
        f"https://{PAGE}#comments",
        f"https://{PAGE}?utm_source=mail&utm_medium=x",
        f"https://{PAGE}/?fbclid=IwAR0#top",
        "HTTPS://WWW.Gazette.Example.org/1998/bridge",
    ],
)
def test_what_leads_to_the_same_page_is_one_address(url: str) -> None:
    assert clean_address(url) == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example.org/1998/Bridge",
        "https://gazette.example.org/1998",
        "https://news.gazette.example.org/1998/bridge",
        "https://gazette.example.org/1998/bridge?page=2",
        "https://gazette.example.org/1998/bridge?id=utm_source",
    ],
)
def test_what_may_lead_to_another_page_is_another_address(url: str) -> None:
    assert clean_address(url) != PAGE


def test_parameters_that_choose_the_page_are_kept_in_their_order() -> None:
    assert clean_address("https://a.example.org/view?id=7&utm_source=x&page=2") == "a.example.org/view?id=7&page=2"


def _event(title: str, date: str = "1998-03-17", url: str = "https://a.example.org/1") -> str:
    source = f"{{url: '{url}', title: T, publisher: P, published: 1998-03-18, type: newspaper}}"
    return entry(f"date: {date}\nreported: 1998-12-31\ntitle: {title}\nsources: {{a: {source}}}")


ELSEWHERE = "https://b.example.org/2"
CLOSED = "Harbour bridge closed after a crack is found"


@pytest.mark.parametrize(
    "title, date, alike",
    [
        ("Harbour bridge closed after crack found", "1998-03-17", True),
        ("Harbour bridge closed after crack found", "1998-03", True),
        ("Harbour bridge closed after crack found", "[1998-03-10..1998-03-20]", True),
        ("Harbour bridge closed after crack found", "1998-01-05/..", True),
        ("Harbour bridge closed after crack found", "1998-03-18", False),
        ("Harbour bridge closed after crack found", "1998-02", False),
        ("Ferry to the island begins", "1998-03-17", False),
        ("Mayor opens harbour fair", "1998-03-17", False),
    ],
)
def test_events_are_alike_when_they_may_share_a_day_and_half_the_words_of_their_titles(
    title: str, date: str, alike: bool, tmp_path: Path
) -> None:
    events = {"1998/a": _event(CLOSED), "1998/b": _event(title, f'"{date}"', ELSEWHERE)}
    chronology = read(tmp_path, events)
    assert bool(list(find_alike(chronology.events, ()))) == alike
    assert len(likely_duplicates(chronology.event_by_slug["a"], chronology)) == 1 + alike


@pytest.mark.parametrize("url, alike", [("http://www.a.example.org/1/?utm_source=x", True), (ELSEWHERE, False)])
def test_a_source_in_common_makes_a_weaker_likeness_count(url: str, alike: bool, tmp_path: Path) -> None:
    events = {
        "1998/a": _event("Harbour bridge closed after a crack"),
        "1998/b": _event("Crack closes the bridge over the harbour", url=url),
    }
    chronology = read(tmp_path, events)
    groups = [chronology.events] if alike else []
    assert bool(list(find_alike(chronology.events, groups))) == alike
    assert [event.slug for event in likely_duplicates(chronology.events[0], chronology)] == ["a", "b"][: 1 + alike]


def test_titles_of_east_asia_are_compared_by_their_short_words(tmp_path: Path) -> None:
    events = {
        "1998/a": _event("다리 폐쇄 균열"),
        "1998/b": _event("다리 폐쇄", url=ELSEWHERE),
        "1998/c": _event("축제 개막", url=ELSEWHERE),
    }
    chronology = read(tmp_path, events)
    assert [event.slug for event in likely_duplicates(chronology.events[0], chronology)] == ["a", "b"]


def test_the_quick_search_finds_what_comparing_each_with_each_finds(tmp_path: Path) -> None:
    random = Random(7)
    words = ["harbour", "bridge", "crack", "closed", "found", "ferry", "mayor", "pier", "letter", "inspected"]
    dates = ("1998-03-17", "1998-03-18", "1998-03", "1998-03-10/..", "1998")
    events = {
        f"1998/event-{number:02}": _event(
            " ".join(random.sample(words, 5)), random.choice(dates), f"https://a.example.org/{number}"
        )
        for number in range(60)
    }
    chronology = read(tmp_path, events)
    quick = {(one.slug, other.slug) for one, other in find_alike(chronology.events, ())}
    alike_by_slug = {
        event.slug: {one.slug for one in likely_duplicates(event, chronology)} for event in chronology.events
    }
    assert quick == {(a.slug, b.slug) for a, b in combinations(chronology.events, 2) if b.slug in alike_by_slug[a.slug]}
    assert quick


def test_a_page_that_very_many_events_cite_does_not_take_long(tmp_path: Path) -> None:
    """Each with each would be eighteen million comparisons."""
    (event,) = read(tmp_path, {"1998/a": _event(CLOSED, "1998")}).events
    events = [event.model_copy(update={"title": f"Ferry {number} carries {number + 1} cars"}) for number in range(6_000)]
    begin = time.process_time()
    assert list(find_alike([], [events])) == []
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("number, alike", [(20, True), (21, False)])
def test_a_page_that_many_events_cite_is_a_work_of_reference_and_makes_nothing_alike(
    number: int, alike: bool, tmp_path: Path
) -> None:
    titles = {0: "Harbour bridge closed after a crack", 1: "Crack closes the bridge over the harbour"}
    events = {f"1998/e-{at:02}": _event(titles.get(at, f"Day{at} of lull{at}")) for at in range(number)}
    chronology = read(tmp_path, events)
    assert bool(list(find_alike(chronology.events, [chronology.events]))) == alike
    assert len(likely_duplicates(chronology.events[0], chronology)) == 1 + alike


def test_an_event_that_cites_a_page_twice_is_not_like_itself(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/a": _event(CLOSED)})
    assert list(find_alike([], [[*chronology.events, *chronology.events]])) == []


def test_the_quick_search_among_those_with_a_source_in_common_misses_none(tmp_path: Path) -> None:
    random = Random(3)
    words = ["harbour", "bridge", "crack", "closed", "found", "ferry", "mayor", "pier", "letter", "inspected"]
    titles = {f"1998/e-{at}": _event(" ".join(random.sample(words, random.randint(1, 6)))) for at in range(20)}
    events = read(tmp_path, titles).events
    split = {event.slug: set(event.title.split()) for event in events}
    alike = {
        (a.slug, b.slug)
        for a, b in combinations(events, 2)
        if len(split[a.slug] & split[b.slug]) * 3 >= len(split[a.slug] | split[b.slug])
    }
    assert {(a.slug, b.slug) for a, b in find_alike([], [events])} == alike
