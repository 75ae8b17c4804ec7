"""Standing: how an event came to be regarded, day by day, and the chronology as the public could know it on a day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from chronicle.model import Certainty, Chronology, Claim, Event, Figure, Relation, Source
from chronicle.model.scalars import FOOTNOTE, PARAGRAPH_BREAK

Told = TypeVar("Told", Claim, Figure)
ANSWERING = frozenset(Relation) - {Relation.FOLLOWS}  # relations that say something about the other event’s truth


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One change in how an event is regarded: a certainty that held from a day on, or another event that answers it."""

    day: date
    certainty: Certainty | None = None
    relation: Relation | None = None
    by: str | None = None  # slug of the event that answers

    @property
    def word(self) -> str:
        """“claimed”, “denied” …"""
        return str(self.certainty) if self.certainty else _PAST[self.relation or Relation.FOLLOWS]


_PAST = {relation: relation.inverse.removesuffix(" by") for relation in Relation}


def standing_of(event: Event, chronology: Chronology) -> tuple[Step, ...]:
    """How `event` was regarded over time, oldest first: its certainty, and the events that deny, corroborate … it."""
    certainties = [
        Step(max(step.since or event.since_known, event.since_known), certainty=step.certainty)
        for step in event.certainty
    ]
    answers = [
        Step(max(answer.since_known, event.since_known), relation=tie.relation, by=answer.slug)
        for answer, tie in chronology.ties_to.get(event.slug, ())
        if tie.relation in ANSWERING
    ]
    return tuple(sorted(certainties + answers, key=lambda step: (step.day, step.certainty is None, step.by or "")))


def as_known_on(day: date, chronology: Chronology) -> Chronology:
    """The chronology as the public could know it at the end of `day`.

    Events not yet reported are gone; so are sources not yet published, the claims, figures and paragraphs that are left
    without one, relations to events that are gone, and every step of a certainty after that day. An undated source
    counts from the day it was first seen (`known_from`): that it was public earlier cannot be shown.
    """
    known = {event.slug for event in chronology.events if event.since_known <= day}
    events = tuple(_event_on(day, event, known) for event in chronology.events if event.slug in known)
    return Chronology.model_construct(
        setting=chronology.setting, actors=chronology.actors, places=chronology.places, events=events
    )


def known_from(source: Source, event: Event) -> date:
    """The first day on which `source` was certainly public: its publication, else its archived copy, its reading, its adding."""
    if source.published and source.published.latest:
        return source.published.latest
    return min(day for day in (captured_on(source.archive), source.accessed, event.added) if day)


def seen_on(source: Source, event: Event) -> date:
    """The day whose state of `source` is meant: that of its archived copy, else of its reading, else of the event’s adding."""
    return captured_on(source.archive) or source.accessed or event.added


def captured_on(archive: str | None) -> date | None:
    """The day in the address of an archived copy (…/20241018103000/…), if it holds one."""
    found = re.search(r"/(\d{4})(\d\d)(\d\d)\d{0,6}[a-z_]{0,4}/", archive or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _event_on(day: date, event: Event, known: Iterable[str]) -> Event:
    sources = {handle: source for handle, source in event.sources.items() if known_from(source, event) <= day}
    return event.model_copy(
        update={
            "reported": event.since_known,
            "certainty": tuple(s for s in event.certainty if not s.since or s.since <= day) or event.certainty[:1],
            "summary": _paragraphs_on(event.summary, sources),
            "annotation": _paragraphs_on(event.annotation, sources) or None,
            "claims": tuple(_with_sources(event.claims, sources)),
            "figures": tuple(_with_sources(event.figures, sources)),
            "relations": tuple(tie for tie in event.relations if tie.target in known),
            "sources": sources,
        }
    )


def _with_sources(told: Iterable[Told], sources: Mapping[str, Source]) -> Iterable[Told]:
    for claim in told:
        left = tuple(handle for handle in claim.sources if handle in sources)
        if left:
            yield claim.model_copy(update={"sources": left})


def _paragraphs_on(text: str | None, sources: Mapping[str, Source]) -> str:
    """The paragraphs all of whose footnotes are known; what rests on a later source may tell what came later."""
    paragraphs = PARAGRAPH_BREAK.split(text or "")
    return "\n\n".join(p for p in paragraphs if set(FOOTNOTE.findall(p)) <= set(sources))
