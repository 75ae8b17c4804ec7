"""Names that entries and registers use: each must be known."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from chronicle.check.whole import Whole
from chronicle.load import ACTORS, PLACES, SETTING
from chronicle.load.findings import Finding
from chronicle.model import Actor, Chronology, Event, Place
from chronicle.problems import suggest
from chronicle.yamlfile import Route

_LONGEST_LIST = 20  # more names than these in one message help nobody


def find_unknown_names(whole: Whole) -> Iterator[Finding]:
    """Every kind, measure, topic, type, actor, place and event that is named somewhere exists.

    A register that could not be read at all is told once, by the loader; its names do not all become unknown.

    Good: `kind: closure`
    Bad: `kind: closed`, when chronology.yml has no such kind
    """
    vocabularies = _vocabularies(whole)
    unknown = {
        noun: names.difference(vocabularies[noun].names, whole.unread)
        for noun, names in whole.named.items()
        if noun in vocabularies
    }
    if not any(unknown.values()):
        return  # nearly always so, and found much faster than by going through all places
    mend = cache(lambda noun, name: vocabularies[noun].mend(name))  # many entries may use the same wrong name
    for noun, path, route, name in _places_of_names(whole):
        if name in unknown.get(noun, ()):
            key = next(part for part in reversed(route) if isinstance(part, str))  # and not a position in a list
            yield Finding(path, route, f"`{key}`: no {noun} is called “{name}”", mend(noun, name))


class _Vocabulary(NamedTuple):
    """The names of one sort, a sentence on where new ones belong, how else each is called, and what older names have become."""

    names: Collection[str]
    home: str
    also: Mapping[str, Collection[str]] = {}
    renamed: Mapping[str, str] = {}

    def mend(self, name: str) -> str:
        if name in self.renamed:
            return f"That is its older name; write `{self.renamed[name]}`."
        few = 0 < len(self.names) <= _LONGEST_LIST
        listed = f"Known are: {', '.join(sorted(self.names))}. " if few else ""
        return f"{suggest(name, self.names, self.also)}{listed}{self.home}"


def _vocabularies(whole: Whole) -> Mapping[str, _Vocabulary]:
    """By noun, every vocabulary that could be read."""
    setting = whole.setting
    words = {
        "kind of event": setting.kinds,
        "measure": setting.measures,
        "topic": setting.topics,
        "type of source": setting.source_types,
        "kind of actor": setting.actor_kinds,
        "precision": setting.place_precisions,
    }
    registers: Mapping[str, tuple[str, Mapping[str, Actor | Place]]] = {
        "actor": (ACTORS, whole.actors),
        "place": (PLACES, whole.places),
    }
    renamed = {older: event.slug for event in whole.events for older in event.formerly}
    return {
        **{noun: _Vocabulary(terms, _home(SETTING)) for noun, terms in words.items()},
        **{
            noun: _Vocabulary(register, _home(path), {slug: (named.name, *named.also) for slug, named in register.items()})
            for noun, (path, register) in registers.items()
            if path not in whole.unread_registers
        },
        "event": _Vocabulary(whole.event_by_slug, "An event has the name of its file, without `.yml`.", renamed=renamed),
    }


def _home(path: str) -> str:
    return f"If it is a new one, add it to {path} first."


_Use: TypeAlias = tuple[str, str, Route, str]
"""The noun for what is named, the file and the place in it, and the name."""


def _places_of_names(chronology: Chronology) -> Iterator[_Use]:
    for event in chronology.events:
        yield from _places_in_event(event)
    for slug, actor in chronology.actors.items():
        yield "kind of actor", ACTORS, (slug, "kind"), actor.kind
        if actor.speaks_for:
            yield "actor", ACTORS, (slug, "speaks_for"), actor.speaks_for
    for slug, place in chronology.places.items():
        yield "precision", PLACES, (slug, "precision"), place.precision
        if place.within:
            yield "place", PLACES, (slug, "within"), place.within


def _places_in_event(event: Event) -> Iterator[_Use]:
    path = event.path
    yield "kind of event", path, ("kind",), event.kind
    for noun, named in (("topic", event.topics), ("place", event.places), ("actor", event.actors)):
        yield from ((noun, path, (f"{noun}s", at), name) for at, name in enumerate(named))
    for at, claim in enumerate(event.claims):
        if claim.by:
            yield "actor", path, ("claims", at, "by"), claim.by
    for at, figure in enumerate(event.figures):
        yield "measure", path, ("figures", at, "measure"), figure.measure
        if figure.by:
            yield "actor", path, ("figures", at, "by"), figure.by
    for at, tie in enumerate(event.relations):
        yield "event", path, ("relations", at, str(tie.relation)), tie.target
    for handle, source in event.sources.items():
        yield "type of source", path, ("sources", handle, "type"), source.type
        for at, actor in enumerate(source.relays):
            yield "actor", path, ("sources", handle, "relays", at), actor
