"""What the timeline’s filters and its day need: the choices of its form, and for each event what holds of it on which day."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from chronicle.model import Actor, Certainty, Chronology, Event, Place
from chronicle.model.origins import Origin, origin_label, origins_of_event, origins_of_source
from chronicle.model.standing import ANSWERING
from chronicle.pages.cards import first_answers, first_sentence
from chronicle.pages.days import (
    Days,
    Over,
    actor_days,
    certainty_over,
    paragraph_days,
    source_days,
    summary_over,
    told_day,
)
from chronicle.pages.event import actors_in
from chronicle.pages.text import as_plain

_WORD = re.compile(r"\w+")
_LATER = ("actor", "place")  # facets with many choices: the commonest first


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet, with how many events it would leave."""

    slug: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One of the filters: its name in the address, its name for readers, and its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def facets_of(chronology: Chronology) -> tuple[Facet, ...]:
    """The filters of the timeline; only what some event has can be chosen."""
    setting = chronology.setting
    registers: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("topic", "Topic", setting.topics), ("actor", "Actor", chronology.actors), ("place", "Place", chronology.places),
        ("kind", "Kind", setting.kinds), ("certainty", "Certainty", setting.certainty),
        ("source", "Source type", setting.source_types),
    )  # fmt: skip
    return tuple(Facet(name, label, _choices(name, register, chronology)) for name, label, register in registers)


def origin_counts(chronology: Chronology) -> Mapping[str, int]:
    """How many events rest on exactly one origin, on at least two, three …, under the words of the address: `1`, `2+`."""
    numbers = Counter(len(origins_of_event(event, chronology)) for event in chronology.events)
    most = max(numbers, default=0)
    at_least = {f"{n}+": sum(numbers[m] for m in numbers if m >= n) for n in range(2, min(most, 5) + 1)}
    return {"1": numbers[1], **at_least}


def report_days(chronology: Chronology) -> tuple[date, ...]:
    """The days on which something became public, oldest first: the stops of the slider."""
    return tuple(sorted({event.since_known for event in chronology.events}))


def timeline_json(chronology: Chronology) -> str:
    """Everything from which a browser tells what holds on a day, but for the texts, as JSON without blanks.

    `days` are all days that matter, sorted; elsewhere a day is its place among them. `names` are the slugs of each facet,
    elsewhere a name is its place among those. In `events`, by slug, lists of pairs tell from which day on what holds.
    """
    writer = _Writer(chronology)
    events = {event.slug: writer.event(event) for event in chronology.events}
    setting = chronology.setting
    told = {
        "days": [day.isoformat() for day in writer.days],
        "reported": [writer.place_of_day[day] for day in report_days(chronology)],
        "names": {facet: list(slugs) for facet, slugs in writer.slugs.items()},
        "certainties": [setting.certainty[word].name for word in Certainty],
        "answers": list(writer.answers),
        "origins": [origin_label(origin, chronology) for origin in writer.origins],
        "spellings": {
            "actor": [spellings(chronology.actors[slug]) for slug in chronology.actors],
            "place": [spellings(chronology.places[slug]) for slug in chronology.places],
        },
        "events": events,
    }
    return _as_json(told)


def texts_json(chronology: Chronology) -> str:
    """What only a search for words, and an earlier day, need: for each event, its words and its sentences by their days.

    They weigh more than all the rest. A day is its place among the `days` of `timeline_json`.
    """
    writer = _Writer(chronology)
    return _as_json({event.slug: writer.texts(event) for event in chronology.events})


def _as_json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def fold(text: str) -> str:
    """A text as it is searched: in small letters, without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))


def words_in(*texts: str) -> str:
    """The words of some texts, folded, each once, with a blank before each."""
    found = dict.fromkeys(word for text in texts for word in _WORD.findall(fold(text)))
    return "".join(f" {word}" for word in found)


def spellings(record: Actor | Place) -> str:
    """The words of all names of an actor or a place."""
    return words_in(record.name, record.label, *record.also)


class _Writer:
    """The tables that the events of the JSON refer to, and how each event is written with them."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        setting = chronology.setting
        self.slugs: Mapping[str, tuple[str, ...]] = {
            "topic": tuple(setting.topics), "actor": tuple(chronology.actors), "place": tuple(chronology.places),
            "kind": tuple(setting.kinds), "certainty": tuple(Certainty), "source": tuple(setting.source_types),
        }  # fmt: skip
        self.place = {facet: {slug: n for n, slug in enumerate(slugs)} for facet, slugs in self.slugs.items()}
        self.answers = tuple(sorted(relation.inverse.removesuffix(" by") for relation in ANSWERING))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day that matters: when something happened, became public, or came to be regarded otherwise."""
        found: set[date] = set()
        for event in self.chronology.events:
            found |= {event.since_known, *source_days(event).values()}
            found |= {day for day in chain(*event.date.stretches) if day}
            found |= {step.since for step in event.certainty if step.since}
        return tuple(sorted(found))

    @cached_property
    def place_of_day(self) -> Mapping[date, int]:
        """The place of each day among all."""
        return {day: place for place, day in enumerate(self.days)}

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Every origin of some event, in their order."""
        return tuple(sorted({origin for found in self._origins_of.values() for origin in found}))

    @cached_property
    def place_of_origin(self) -> Mapping[Origin, int]:
        """The place of each origin among all."""
        return {origin: place for place, origin in enumerate(self.origins)}

    def event(self, event: Event) -> Mapping[str, Any]:
        """What is told of one event."""
        place, at, days = self.place, self.place_of_day, source_days(event)
        told = {
            "when": [[day and at[day] for day in stretch] for stretch in event.date.stretches],
            "known": at[event.since_known],
            "topic": [place["topic"][slug] for slug in event.topics],
            "place": [place["place"][slug] for slug in event.places],
            "kind": [place["kind"][event.kind]],
            "actor": [[at[day], place["actor"][slug]] for slug, day in actor_days(event, days).items() if day < date.max],
            "certainty": [[at[day], place["certainty"][word]] for day, word in certainty_over(event)],
            "sources": [self._source(event, handle, days[handle]) for handle in event.supporting if handle in days],
            "answers": [[at[day], self.answers.index(word)] for word, day in first_answers(event, self.chronology).items()],
        }
        return {name: value for name, value in told.items() if value != []}

    def texts(self, event: Event) -> Mapping[str, Any]:
        """The words by which an event is found, and its sentence where it has not always been the same."""
        at, days = self.place_of_day, source_days(event)
        sentences = summary_over(event, days, first_sentence)
        told = {
            "words": [[at[day], words] for day, words in _words_over(event, days)],
            "sentences": [[at[day], sentence] for day, sentence in sentences if len(sentences) > 1],
        }
        return {name: value for name, value in told.items() if value}

    def _source(self, event: Event, handle: str, day: date) -> list[int]:
        """Its day, its type, and its origins."""
        origins = (self.place_of_origin[origin] for origin in self._origins_of[event.slug, handle])
        return [self.place_of_day[day], self.place["source"][event.sources[handle].type], *origins]

    @cached_property
    def _origins_of(self) -> Mapping[tuple[str, str], tuple[Origin, ...]]:
        return {
            (event.slug, handle): tuple(sorted(origins_of_source(event.sources[handle], self.chronology)))
            for event in self.chronology.events
            for handle in event.supporting
            if handle in event.sources
        }


def _choices(name: str, register: Mapping[str, Any], chronology: Chronology) -> tuple[Choice, ...]:
    numbers = Counter(slug for event in chronology.events for slug in set(_slugs(name, event)))
    choices = (
        Choice(slug, getattr(record, "label", None) or record.name, numbers[slug])
        for slug, record in register.items()
        if numbers[slug]
    )
    return tuple(sorted(choices, key=lambda choice: (-choice.number, choice.label)) if name in _LATER else choices)


def _slugs(name: str, event: Event) -> Iterable[str]:
    """What an event has of a facet, as it stands today."""
    return {
        "topic": event.topics, "actor": actors_in(event), "place": event.places, "kind": (event.kind,),
        "certainty": (event.certainty_now,), "source": [event.sources[h].type for h in event.supporting if h in event.sources],
    }[name]  # fmt: skip


def _words_over(event: Event, days: Days) -> Over[str]:
    """The words by which the event is found, each under the day from which on it stood there: title, summary, claims."""
    dated = [(event.since_known, event.title)]
    dated += [(day, as_plain(text)) for day, text in paragraph_days(event.summary, event, days)]
    dated += [(told_day(claim, days), f"{claim.says} {claim.quote or ''}") for claim in event.claims]
    seen: set[str] = set()
    over: list[tuple[date, str]] = []
    for day in sorted({day for day, _ in dated if day < date.max}):
        new = [w for w in words_in(*(text for since, text in dated if since == day)).split() if w not in seen]
        seen |= set(new)
        over += [(day, "".join(f" {word}" for word in new))] if new else []
    return tuple(over)
