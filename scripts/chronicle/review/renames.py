"""Renames: the chronology as it was before, told in the names that things have now, so that a new name is no other change."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias, TypeVar

from chronicle.model import Actor, Chronology, Event, Place, Source, Tie
from chronicle.model.likeness import clean_address
from chronicle.model.scalars import FOOTNOTE
from chronicle.model.setting import Term

Named = TypeVar("Named", Actor, Place, Term)
NewNames: TypeAlias = Mapping[str, str]
"""The new name of whatever has one, by the old."""

VOCABULARIES: Final = ("kinds", "measures", "topics", "source_types", "actor_kinds", "place_precisions")


@dataclass(frozen=True, slots=True)
class Names:
    """What has another name now: events, and whatever entries name.

    An event that was `renamed` says so by `formerly`; one that was `merged` is told in another that was there already; of
    one in `unsaid` the title and a source, or the day and a source, give away that it is the same.
    """

    renamed: NewNames
    merged: NewNames
    unsaid: NewNames
    registers: Mapping[str, NewNames]  # by the name of the register or vocabulary: “actors”, “measures”

    @property
    def events(self) -> NewNames:
        """All new names of events."""
        return {**self.renamed, **self.merged, **self.unsaid}


def find_names(before: Chronology, after: Chronology, unread: Collection[str]) -> Names:
    """What was renamed between two states of a chronology; events in `unread` may be there in both, though one cannot be read."""
    now, was = {*after.event_by_slug, *unread}, {*before.event_by_slug, *unread}
    gone = {event.slug: event for event in before.events if event.slug not in now}
    new = [event for event in after.events if event.slug not in was]
    told_in = {older: event.slug for event in after.events for older in event.formerly if older in gone}
    renamed = dict[str, str]()
    for older, slug in told_in.items():
        if slug not in before.event_by_slug and slug not in renamed.values():
            renamed[older] = slug
    merged = {older: slug for older, slug in told_in.items() if older not in renamed}
    left = [event for slug, event in gone.items() if slug not in told_in]
    unsaid = dict(_find_unsaid(left, [event for event in new if event.slug not in renamed.values()]))
    return Names(renamed, merged, unsaid, dict(_find_in_registers(before, after)))


def _find_unsaid(gone: Iterable[Event], new: Iterable[Event]) -> Iterator[tuple[str, str]]:
    free = {event.slug: event for event in new}
    by_address: dict[str, list[Event]] = {}
    for event in free.values():
        for address in _addresses(event):
            by_address.setdefault(address, []).append(event)
    for event in gone:
        sharing = (other for address in sorted(_addresses(event)) for other in by_address.get(address, ()))
        same = next((other for other in sharing if other.slug in free and _is_same(event, other)), None)
        if same:
            del free[same.slug]
            yield event.slug, same.slug


def _is_same(one: Event, other: Event) -> bool:
    return one.title == other.title or one.date == other.date


def _addresses(event: Event) -> set[str]:
    return {clean_address(source.url) for source in event.sources.values()}


def _find_in_registers(before: Chronology, after: Chronology) -> Iterator[tuple[str, NewNames]]:
    yield "actors", _same_by_another_name(before.actors, after.actors)
    yield "places", _same_by_another_name(before.places, after.places)
    for vocabulary in VOCABULARIES:
        yield vocabulary, _same_by_another_name(getattr(before.setting, vocabulary), getattr(after.setting, vocabulary))


def _same_by_another_name(before: Mapping[str, Named], after: Mapping[str, Named]) -> NewNames:
    """What is gone under one name and new under another, but is called the same on the pages."""
    new = {after[slug].name: slug for slug in sorted(set(after) - set(before), reverse=True)}
    gone = {before[slug].name: slug for slug in sorted(set(before) - set(after), reverse=True)}
    return {gone[name]: new[name] for name in gone.keys() & new.keys()}


def retell(before: Chronology, names: Names) -> Chronology:
    """The chronology `before` in the names of today; the events that were merged into others are left out."""
    if not names.events and not any(names.registers.values()):
        return before
    events = tuple(_retell_event(event, names) for event in before.events if event.slug not in names.merged)
    vocabularies = {key: _rename_keys(getattr(before.setting, key), names.registers[key]) for key in VOCABULARIES}
    return Chronology.model_construct(
        setting=before.setting.model_copy(update=vocabularies),
        actors=_rename_keys(before.actors, names.registers["actors"], "speaks_for"),
        places=_rename_keys(before.places, names.registers["places"], "within"),
        events=tuple(sorted(events, key=lambda event: event.order)),
    )


def _rename_keys(named: Mapping[str, Named], names: NewNames, key: str = "") -> Mapping[str, Named]:
    """The same records under their new names; `key` is one in which they name each other."""
    if not names:
        return named
    told = named.items()
    if key:
        told = {slug: each.model_copy(update={key: _new(getattr(each, key), names)}) for slug, each in told}.items()
    return {names.get(slug, slug): record for slug, record in told}


def _new(name: str | None, names: NewNames) -> str | None:
    return names.get(name, name) if name else None


def _all_new(old: Iterable[str], names: NewNames) -> tuple[str, ...]:
    return tuple(names.get(name, name) for name in old)


def _retell_event(event: Event, names: Names) -> Event:
    registers = names.registers
    actors, measures = registers["actors"], registers["measures"]
    return event.model_copy(
        update={
            "slug": names.events.get(event.slug, event.slug),
            "kind": _new(event.kind, registers["kinds"]),
            "claims": tuple(claim.model_copy(update={"by": _new(claim.by, actors)}) for claim in event.claims),
            "figures": tuple(
                figure.model_copy(update={"by": _new(figure.by, actors), "measure": _new(figure.measure, measures)})
                for figure in event.figures
            ),
            "places": _all_new(event.places, registers["places"]),
            "actors": _all_new(event.actors, actors),
            "topics": _all_new(event.topics, registers["topics"]),
            "relations": tuple(
                Tie(relation=tie.relation, target=names.events.get(tie.target, tie.target)) for tie in event.relations
            ),
            "sources": {handle: _retell_source(source, registers) for handle, source in event.sources.items()},
        }
    )


def _retell_source(source: Source, registers: Mapping[str, NewNames]) -> Source:
    told = {"relays": _all_new(source.relays, registers["actors"]), "type": _new(source.type, registers["source_types"])}
    return source.model_copy(update=told)


def rehandle(before: Event, after: Event) -> Event:
    """The event `before` with the handles that its sources have in `after`; a source is the same where its address is."""
    new = {clean_address(source.url): handle for handle, source in after.sources.items() if handle not in before.sources}
    gone = ((handle, source) for handle, source in before.sources.items() if handle not in after.sources)
    handles = {handle: new[address] for handle, source in gone if (address := clean_address(source.url)) in new}
    if not handles or len(set(handles.values())) < len(handles):
        return before
    cite = partial(FOOTNOTE.sub, lambda found: f"[^{handles.get(found[1], found[1])}]")
    return before.model_copy(
        update={
            "summary": cite(before.summary),
            "annotation": cite(before.annotation) if before.annotation else None,
            "claims": tuple(one.model_copy(update={"sources": _all_new(one.sources, handles)}) for one in before.claims),
            "figures": tuple(one.model_copy(update={"sources": _all_new(one.sources, handles)}) for one in before.figures),
            "sources": {handles.get(handle, handle): source for handle, source in before.sources.items()},
        }
    )
