"""How an event came to be regarded, and what the public could know on a day."""

from datetime import date
from pathlib import Path

import pytest

from chronicle.model import Certainty, Chronology, Relation
from chronicle.model.standing import Step, as_known_on, known_from, standing_of
from small import entry, read, source

SENT = entry(
    """
    title: Ships left the harbour
    date: 1998-03-08/1998-03-13
    certainty: {1998-03-18: claimed, 1998-03-21: disputed, 1998-10-01: confirmed}
    summary: |
      The mayor said that ships had left.[^a]

      The paper found the crew.[^b]
    claims:
      - {by: mayor, says: Ships left., sources: [a, b]}
      - {says: The crew was found., sources: [b]}
    figures:
      - {measure: vehicles, value: about 40, by: mayor, as_of: 1998-03-18, sources: [a]}
      - {measure: vehicles, value: more than 90, as_of: 1998-05-01, sources: [b]}
    annotation: The two accounts differ.[^b]
    sources:
      a: {url: https://a.example.org/1, title: Left, publisher: A, published: 1998-03-18, type: newspaper}
      b: {url: https://b.example.org/1, title: Crew, publisher: B, published: 1998-05, type: newspaper}
    """
)


def _answer(relation: str, reported: str, target: str = "ships-left") -> str:
    return entry(f"date: {reported}\nreported: {reported}\nrelations: [{relation}: {target}]")


@pytest.fixture
def chronology(tmp_path: Path) -> Chronology:
    return read(
        tmp_path,
        {
            "1998/ships-left": SENT,
            "1998/harbour-denies": _answer("denies", "1998-03-21"),
            "1998/mayor-follows-up": _answer("follows", "1998-03-22"),
            "1998/harbour-acknowledges": _answer("acknowledges", "1998-10-01"),
        },
    )


def test_standing_tells_certainty_and_answers_in_the_order_in_which_they_became_public(chronology: Chronology) -> None:
    steps = standing_of(chronology.event_by_slug["ships-left"], chronology)
    assert [(step.day.isoformat(), step.word) for step in steps] == [
        ("1998-03-18", "claimed"),
        ("1998-03-21", "disputed"),
        ("1998-03-21", "denied"),
        ("1998-10-01", "confirmed"),
        ("1998-10-01", "acknowledged"),
    ]


def test_an_event_that_only_follows_another_says_nothing_about_its_standing(chronology: Chronology) -> None:
    steps = standing_of(chronology.event_by_slug["ships-left"], chronology)
    assert "mayor-follows-up" not in {step.by for step in steps}


def test_an_answer_given_before_the_event_became_public_counts_from_the_day_it_became_public(tmp_path: Path) -> None:
    chronology = read(
        tmp_path,
        {
            "1998/ships-left": entry("date: 1998-03-01\nreported: 1998-06-01"),
            "1998/denial": _answer("denies", "1998-04-01"),
        },
    )
    steps = standing_of(chronology.event_by_slug["ships-left"], chronology)
    assert steps == (
        Step(date(1998, 6, 1), certainty=Certainty.CONFIRMED),
        Step(date(1998, 6, 1), relation=Relation.DENIES, by="denial"),
    )


@pytest.mark.parametrize(
    ("day", "slugs"),
    [
        ("1998-03-17", []),
        ("1998-03-18", ["ships-left"]),
        ("1998-03-21", ["ships-left", "harbour-denies"]),
        ("1998-12-31", ["ships-left", "harbour-denies", "mayor-follows-up", "harbour-acknowledges"]),
    ],
)
def test_an_event_is_known_from_the_day_it_was_reported(chronology: Chronology, day: str, slugs: list[str]) -> None:
    assert [event.slug for event in as_known_on(date.fromisoformat(day), chronology).events] == slugs


@pytest.mark.parametrize(
    ("day", "certainty"),
    [("1998-03-18", "claimed"), ("1998-03-21", "disputed"), ("1998-09-30", "disputed"), ("1998-10-01", "confirmed")],
)
def test_the_certainty_is_the_one_that_held_that_day(chronology: Chronology, day: str, certainty: str) -> None:
    assert as_known_on(date.fromisoformat(day), chronology).events[0].certainty_now == certainty


def test_what_rests_on_a_later_source_is_gone_and_what_has_another_source_stays(chronology: Chronology) -> None:
    event = as_known_on(date(1998, 4, 1), chronology).events[0]
    assert set(event.sources) == {"a"}
    assert [claim.sources for claim in event.claims] == [("a",)]
    assert [figure.value.low for figure in event.figures] == [40]
    assert event.summary == "The mayor said that ships had left.[^a]"
    assert event.annotation is None


def test_a_source_dated_to_a_month_counts_from_its_last_day(chronology: Chronology) -> None:
    assert set(as_known_on(date(1998, 5, 30), chronology).events[0].sources) == {"a"}
    assert set(as_known_on(date(1998, 5, 31), chronology).events[0].sources) == {"a", "b"}


def test_relations_to_events_not_yet_known_are_gone(tmp_path: Path) -> None:
    early = entry("date: 1998-03-01\nreported: 1998-03-18\nrelations: [disputes: later]")
    chronology = read(tmp_path, {"1998/early": early, "1998/later": entry("date: 1998-02-01\nreported: 1998-07-01")})
    assert as_known_on(date(1998, 4, 1), chronology).event_by_slug["early"].relations == ()
    assert len(as_known_on(date(1998, 7, 1), chronology).event_by_slug["early"].relations) == 1


def test_the_last_day_of_all_changes_nothing_but_what_was_derived(chronology: Chronology) -> None:
    known = as_known_on(date(2025, 1, 1), chronology)
    assert [event.model_copy(update={"reported": None}) for event in known.events] == [
        event.model_copy(update={"reported": None}) for event in chronology.events
    ]


def test_as_known_on_leaves_the_whole_chronology_untouched(chronology: Chronology) -> None:
    before = repr(chronology)
    as_known_on(date(1998, 3, 18), chronology)
    assert repr(chronology) == before


@pytest.mark.parametrize(
    ("rest", "day"),
    [
        ("published: 1998-03-18", "1998-03-18"),
        ("published: 1998", "1998-12-31"),
        ("archive: https://web.archive.org/web/20010203101500/https://a.example.org/", "2001-02-03"),
        ("accessed: 2003-04-05", "2003-04-05"),
        ("archive: https://web.archive.org/web/20091399000000/https://a.example.org/", "2024-05-02"),  # no such month
        ("", "2024-05-02"),  # undated: the day the entry was added
    ],
)
def test_an_undated_source_counts_from_the_day_it_was_first_seen(tmp_path: Path, rest: str, day: str) -> None:
    event = read(tmp_path, {"1998/e": entry("reported: 1998-03-18\nsources:\n" + source("a", rest))}).events[0]
    assert known_from(event.sources["a"], event) == date.fromisoformat(day)
