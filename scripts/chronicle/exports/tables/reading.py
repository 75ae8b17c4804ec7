"""A chronology read for tables: each event and each of its parts, with all that a cell is worked out from, worked out once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from chronicle.addresses import absolute
from chronicle.model import Chronology, Claim, Event, Figure, Source
from chronicle.model.origins import Origin, origins_of_source
from chronicle.model.standing import Step, standing_of
from chronicle.pages.citation import addresses_of
from chronicle.pages.days import source_days, told_day

Part = TypeVar("Part")
Part_co = TypeVar("Part_co", covariant=True)
Told = TypeVar("Told", Claim, Figure)


@dataclass(frozen=True)
class Dossier:
    """An event with what is worked out from it."""

    event: Event
    chronology: Chronology

    @cached_property
    def page(self) -> str:
        """The address of its page."""
        return absolute(self.chronology, f"events/{self.event.slug}/")

    @cached_property
    def known(self) -> date:
        """The first day the public could know."""
        return self.event.since_known

    @cached_property
    def standing(self) -> tuple[Step, ...]:
        """How it came to be regarded, oldest first."""
        return standing_of(self.event, self.chronology)

    @cached_property
    def origins(self) -> Mapping[str, frozenset[Origin]]:
        """On whose words each source rests, by its handle."""
        return {handle: origins_of_source(source, self.chronology) for handle, source in self.event.sources.items()}

    def origins_behind(self, handles: Iterable[str]) -> frozenset[Origin]:
        """On whose words the sources with these handles rest."""
        return frozenset().union(*(self.origins[handle] for handle in handles if handle in self.origins))


@dataclass(frozen=True, slots=True)
class PartOf(Generic[Part_co]):
    """A part of an event: its number there, from when on it was public, and its name on the event’s page if it has one."""

    dossier: Dossier
    part: Part_co
    number: int
    known: date
    name: str = ""

    @property
    def event(self) -> Event:
        """The event."""
        return self.dossier.event

    @property
    def id(self) -> str:
        """What tells it from the parts of all events, the end of its address: `harbour-bridge-closed#c-1a2b3c4d`."""
        return f"{self.event.slug}#{self.name}"

    @property
    def address(self) -> str:
        """Where it stands on the event’s page, for ever."""
        return f"{self.dossier.page}#{self.name}"


class Reading:
    """What the rows of all tables are taken from, in the order of the chronology."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self.dossiers = tuple(Dossier(event, chronology) for event in chronology.events)

    @cached_property
    def claims(self) -> tuple[PartOf[Claim], ...]:
        """Every claim."""
        return tuple(part for dossier in self.dossiers for part in _told_in(dossier, dossier.event.claims))

    @cached_property
    def figures(self) -> tuple[PartOf[Figure], ...]:
        """Every number that somebody gave."""
        return tuple(part for dossier in self.dossiers for part in _told_in(dossier, dossier.event.figures))

    @cached_property
    def sources(self) -> tuple[PartOf[Source], ...]:
        """Every source of every event; a page that several events cite comes once for each."""
        return tuple(part for dossier in self.dossiers for part in _sources_of(dossier))

    def parts(self, of: Callable[[Dossier], Iterable[Part]]) -> Iterator[PartOf[Part]]:
        """Other parts that `of` finds in every event, as public as the event itself."""
        for dossier in self.dossiers:
            for number, part in enumerate(of(dossier), 1):
                yield PartOf(dossier, part, number, dossier.known)


def handle_of(source: PartOf[Source]) -> str:
    """The handle by which the event cites it."""
    return source.name.removeprefix(_source_name(""))


def source_ids(told: PartOf[Claim] | PartOf[Figure]) -> tuple[str, ...]:
    """The ids of the sources that show a claim or a figure, each once."""
    return tuple(f"{told.event.slug}#{_source_name(handle)}" for handle in dict.fromkeys(told.part.sources))


def _told_in(dossier: Dossier, told: tuple[Told, ...]) -> Iterator[PartOf[Told]]:
    days = source_days(dossier.event) if told else {}
    for number, (one, name) in enumerate(zip(told, addresses_of(told), strict=True), 1):
        yield PartOf(dossier, one, number, told_day(one, days), name)


def _sources_of(dossier: Dossier) -> Iterator[PartOf[Source]]:
    days = source_days(dossier.event)
    for number, (handle, source) in enumerate(dossier.event.sources.items(), 1):
        yield PartOf(dossier, source, number, days[handle], _source_name(handle))


def _source_name(handle: str) -> str:
    """The name of a source on the page of its event."""
    return f"fn:{handle}"
