"""The days of an event: from when on each of its parts was public, and what its changing words said from which day on.

Everything here says day by day what `as_known_on` would say on that day; the tests hold the two together.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from chronicle.model import Certainty, Chronology, Claim, Event, Figure
from chronicle.model.origins import origin_label, origins_of_sources
from chronicle.model.scalars import FOOTNOTE, PARAGRAPH_BREAK
from chronicle.model.standing import known_from, standing_of
from chronicle.pages.cards import count
from chronicle.pages.event import actors_in

Word = TypeVar("Word")
Say = Callable[[tuple[str, ...], Event, Chronology], str]  # what is said of the sources with these handles
Days = Mapping[str, date]  # by the handle of a source
Over = tuple[tuple[date, Word], ...]  # what held from each day on, oldest first; the first day is the event’s own


@dataclass(frozen=True, slots=True)
class EventDays:
    """What the page of an event must know to show itself as on an earlier day.

    Days are ISO texts, empty where a part is as old as the event itself; changing words are JSON, a list of days with
    what was said from then on, empty where they never changed.
    """

    known: str
    certainty: str
    rests_on: str
    origins: str
    sources: Mapping[str, str]  # by handle
    claims: tuple[str, ...]
    figures: tuple[str, ...]
    claim_origins: tuple[str, ...]
    standing: tuple[str, ...]
    actors: Mapping[str, str]  # by slug


def event_days(event: Event, chronology: Chronology) -> EventDays:
    """The days of everything that the page of `event` shows."""
    names = chronology.setting.certainty
    days, since = source_days(event), event.since_known
    steps = standing_of(event, chronology)
    oldest = next(step for step in steps if step.certainty)

    def later(day: date) -> str:
        return day.isoformat() if day > since else ""

    def over(handles: Iterable[str], say: Say, first: date = since) -> str:
        steps = rests_over(handles, event, days, lambda known: say(known, event, chronology))
        return as_steps((day, words) for day, words in steps if day >= first)

    return EventDays(
        known=since.isoformat(),
        certainty=as_steps((day, (word, names[word].name)) for day, word in certainty_over(event)),
        rests_on=over(event.supporting, _number_of_both),
        origins=over(event.supporting, _number_and_names),
        sources={handle: later(day) for handle, day in days.items()},
        claims=tuple(later(told_day(claim, days)) for claim in event.claims),
        figures=tuple(later(told_day(figure, days)) for figure in event.figures),
        claim_origins=tuple(
            over(claim.sources, _number_of_origins_and_names, told_day(claim, days)) for claim in event.claims
        ),
        standing=tuple("" if step is oldest else later(step.day) for step in steps),
        actors={slug: later(day) for slug, day in actor_days(event, days).items()},
    )


def figure_days(chronology: Chronology) -> Mapping[tuple[str, int], str]:
    """From when on each figure was public, by the slug of its event and its number there."""
    return {
        (event.slug, number): told_day(figure, source_days(event)).isoformat()
        for event in chronology.events
        for number, figure in enumerate(event.figures, 1)
    }


def source_days(event: Event) -> Days:
    """From when on each source could be read, under its handle; none is older than the event became public."""
    since = event.since_known
    return {handle: max(known_from(source, event), since) for handle, source in event.sources.items()}


def told_day(told: Claim | Figure, days: Days) -> date:
    """From when on a claim or a figure was public: the day of its first source."""
    return min((days[handle] for handle in told.sources if handle in days), default=date.max)


def actor_days(event: Event, days: Days) -> Mapping[str, date]:
    """From when on each actor was known to act or speak in the event, in the order of `actors_in`."""
    since = event.since_known
    known = {slug: since if slug in event.actors else date.max for slug in actors_in(event)}
    for told in event.told:
        if told.by and known[told.by] > since:
            known[told.by] = min(known[told.by], told_day(told, days))
    return known


def paragraph_days(text: str, event: Event, days: Days) -> tuple[tuple[date, str], ...]:
    """Each paragraph of a text with the day from which on all of its footnotes could be read."""
    since = event.since_known

    def day_of(paragraph: str) -> date:
        return max((days.get(handle, date.max) for handle in FOOTNOTE.findall(paragraph)), default=since)

    return tuple((day_of(paragraph), paragraph) for paragraph in PARAGRAPH_BREAK.split(text))


def certainty_over(event: Event) -> Over[Certainty]:
    """The certainty that held from each day on."""
    since = event.since_known
    held = {since: event.certainty[0].certainty}
    for step in event.certainty:
        held[max(step.since or since, since)] = step.certainty
    return only_changes(held.items())


def summary_over(event: Event, days: Days, say: Callable[[str], str]) -> Over[str]:
    """What `say` makes of the summary from each day on, as its paragraphs became public."""
    dated = paragraph_days(event.summary, event, days)
    turns = sorted({event.since_known, *(day for day, _ in dated if day < date.max)})
    return only_changes((day, say("\n\n".join(text for since, text in dated if since <= day))) for day in turns)


def rests_over(handles: Iterable[str], event: Event, days: Days, say: Callable[[tuple[str, ...]], str]) -> Over[str]:
    """What `say` makes of those of the sources that could be read, from each day on that one of them appeared."""
    since = {handle: days[handle] for handle in handles if handle in days}
    turns = sorted({event.since_known, *since.values()})
    return only_changes((day, say(tuple(h for h in since if since[h] <= day))) for day in turns)


def only_changes(steps: Iterable[tuple[date, Word]]) -> Over[Word]:
    """Steps by day, without those that repeat the one before."""
    changes: list[tuple[date, Word]] = []
    for step in steps:
        if not changes or changes[-1][1] != step[1]:
            changes.append(step)
    return tuple(changes)


def as_steps(steps: Iterable[tuple[date, object]]) -> str:
    """Steps as JSON for an attribute; empty when there is but one."""
    listed = [[day.isoformat(), words] for day, words in steps]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")) if len(listed) > 1 else ""


def _number_of_both(handles: tuple[str, ...], event: Event, chronology: Chronology) -> str:
    origins = origins_of_sources(handles, event, chronology)
    return f"{count(len(handles), 'source')}, {count(len(origins), 'origin')}"


def _number_and_names(handles: tuple[str, ...], event: Event, chronology: Chronology) -> str:
    return f"{_number_of_both(handles, event, chronology)}: {_names(handles, event, chronology)}"


def _number_of_origins_and_names(handles: tuple[str, ...], event: Event, chronology: Chronology) -> str:
    origins = origins_of_sources(handles, event, chronology)
    return f"{count(len(origins), 'origin')}: {_names(handles, event, chronology)}"


def _names(handles: tuple[str, ...], event: Event, chronology: Chronology) -> str:
    return ", ".join(origin_label(origin, chronology) for origin in origins_of_sources(handles, event, chronology))
