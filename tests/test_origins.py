"""On whose words an event rests, however many sources repeat them."""

from pathlib import Path

import pytest

from chronicle.model import Chronology, Event
from chronicle.model.origins import origin_label, origins_of_event, origins_of_source, origins_of_sources
from small import entry, read, source


def _event(root: Path, sources: str, claims: str) -> tuple[Event, Chronology]:
    chronology = read(
        root,
        {"1998/bridge": entry(f"summary: 'Closed.[^a]'\nsources:\n{sources}\nclaims: {claims}\nreported: 1998-03-18")},
    )
    return chronology.events[0], chronology


@pytest.mark.parametrize(
    ("relays", "origins"),
    [
        ("[]", {"Some Paper"}),  # its own reporting: the publisher
        ("[mayor]", {"mayor"}),
        ("[wire]", {"wire"}),  # an agency with nobody behind it reports on its own
        ("[wire, mayor]", {"mayor"}),  # an agency drops out when somebody stands behind it
        ("[wire, cable]", {"wire", "cable"}),
        ("[wire, cable, mayor]", {"mayor"}),
        ("[herald]", {"harbour"}),  # state media → spokesman → the authority they speak for
        ("[herald, spokesman, harbour]", {"harbour"}),  # three voices, one origin
        ("[herald, mayor]", {"harbour", "mayor"}),  # state media are not a conduit for somebody else’s words
        ("[herald, wire]", {"harbour"}),
    ],
)
def test_a_source_leads_back_to_whoever_stands_behind_it(tmp_path: Path, relays: str, origins: set[str]) -> None:
    event, chronology = _event(
        tmp_path, source("a", f"publisher: Some Paper\nrelays: {relays}"), "[{says: Closed., sources: [a]}]"
    )
    assert origins_of_source(event.sources["a"], chronology) == origins


@pytest.mark.parametrize("publisher", ["The Gazette", "State Herald", "Управление порта"])
def test_a_publisher_that_is_an_actor_counts_as_that_actor_under_any_of_its_names(
    tmp_path: Path, publisher: str
) -> None:
    event, chronology = _event(tmp_path, source("a", f"publisher: {publisher}"), "[{says: Closed., sources: [a]}]")
    expected = {"The Gazette": "gazette"}.get(publisher, "harbour")
    assert origins_of_source(event.sources["a"], chronology) == {expected}


def test_five_papers_that_relay_one_statement_are_one_origin(tmp_path: Path) -> None:
    papers = "".join(source(name, "relays: [wire, mayor]") for name in "abcde")
    event, chronology = _event(tmp_path, papers, "[{says: Closed., sources: [a, b, c, d, e]}]")
    assert origins_of_event(event, chronology) == ("mayor",)


def test_a_source_that_only_the_annotation_cites_adds_no_origin(tmp_path: Path) -> None:
    event, chronology = _event(
        tmp_path, source("a", "relays: [mayor]") + source("b"), "[{says: Closed., sources: [a]}]"
    )
    assert origins_of_event(event, chronology) == ("mayor",)
    assert origins_of_sources(["a", "b"], event, chronology) == ("b", "mayor")


def test_a_circle_of_voices_ends_where_it_closes(tmp_path: Path) -> None:
    chronology = read(
        tmp_path, {"1998/bridge": entry("sources:\n" + source("a", "relays: [herald]\npublished: 1998-03-18"))}
    )
    actors = dict(chronology.actors)
    actors["harbour"] = actors["harbour"].model_copy(update={"speaks_for": "herald"})
    circular = Chronology.model_construct(**{**dict(chronology), "actors": actors})
    assert len(origins_of_event(circular.events[0], circular)) == 1


def test_an_origin_is_named_as_its_actor_or_else_as_the_publisher(tmp_path: Path) -> None:
    _, chronology = _event(tmp_path, source("a"), "[{says: Closed., sources: [a]}]")
    assert origin_label("mayor", chronology) == "The mayor"
    assert origin_label("Some Paper", chronology) == "Some Paper"
