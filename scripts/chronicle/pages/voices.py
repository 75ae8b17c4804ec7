"""Voices: what each actor said, who speaks of the same events, and who passes on whose words how often."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from chronicle.dates import day_short
from chronicle.model import Chronology, Event, Source
from chronicle.model.origins import Origin, origin_label, origins_of_source
from chronicle.pages.citation import addresses_of
from chronicle.pages.event import Name, names_of
from chronicle.pages.text import as_html


@dataclass(frozen=True, slots=True)
class Said:
    """A claim or a number of somebody, with its address on the event’s page."""

    address: str
    words: Markup
    value: str = ""  # of a number; `words` then say what is counted
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A name with how often."""

    name: Name
    number: int


@dataclass(frozen=True, slots=True)
class Voice:
    """What the sources tell of one actor as a voice among others."""

    others: tuple[Counted, ...]  # who else speaks of the events that it acts in, by number of claims and figures
    relays: tuple[Counted, ...]  # whom it passes on as a publisher, by number of sources
    relayed_by: tuple[Counted, ...]  # the publishers that pass it on, by number of sources


@dataclass(frozen=True, slots=True)
class Relayer:
    """A publisher, and whose words its sources pass on."""

    publisher: Name
    sources: int
    own: int  # how many of them relay nobody
    relays: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Spring:
    """An origin, and how much comes from it."""

    origin: Name
    is_actor: bool  # or a publisher
    events: int
    sources: int
    publishers: int


class Voices:
    """All voices of a chronology; one address on the web is one source, however many events cite it."""

    def __init__(self, chronology: Chronology, publisher_slugs: Mapping[str, str]) -> None:
        self.chronology = chronology
        self.publisher_slugs = publisher_slugs

    def of(self, slug: str, events: Iterable[Event]) -> Voice:
        """One actor; `events` are those in which it acts or speaks."""
        of_it = (event for event in events if slug in event.actors)
        others = Counter(told.by for event in of_it for told in event.told if told.by and told.by != slug)
        published = Counter(relayed for name in self._published_as.get(slug, ()) for relayed in self._relays_of[name].elements())
        return Voice(
            others=self._actors(others),
            relays=self._actors(published),
            relayed_by=self._publishers(self._relayed_by.get(slug, Counter())),
        )

    @cached_property
    def relayers(self) -> tuple[Relayer, ...]:
        """Every publisher with whom it relays; those with most sources first."""
        found = (
            Relayer(
                self._publisher(name), len(works), sum(1 for source in works if not source.relays),
                self._actors(self._relays_of[name]),
            )
            for name, works in self._works.items()
        )  # fmt: skip
        return tuple(sorted(found, key=lambda one: (-one.sources, one.publisher.label.casefold())))

    @cached_property
    def springs(self) -> tuple[Spring, ...]:
        """Every origin with how much comes from it; that of most events first."""
        events: dict[Origin, set[str]] = {}
        sources: dict[Origin, set[str]] = {}
        publishers: dict[Origin, set[str]] = {}
        for event in self.chronology.events:
            for source in event.sources.values():
                for origin in origins_of_source(source, self.chronology):
                    events.setdefault(origin, set()).add(event.slug)
                    sources.setdefault(origin, set()).add(source.url)
                    publishers.setdefault(origin, set()).add(source.publisher)
        found = (self._spring(o, len(events[o]), len(sources[o]), len(publishers[o])) for o in events)
        return tuple(sorted(found, key=lambda spring: (-spring.events, -spring.sources, spring.origin.label.casefold())))

    def _spring(self, origin: Origin, events: int, sources: int, publishers: int) -> Spring:
        is_actor = origin in self.chronology.actors
        slug = origin if is_actor else self.publisher_slugs[origin]
        return Spring(Name(slug, origin_label(origin, self.chronology)), is_actor, events, sources, publishers)

    @cached_property
    def _works(self) -> Mapping[str, tuple[Source, ...]]:
        """The sources of each publisher, each address once."""
        found: dict[str, dict[str, Source]] = {}
        for event in self.chronology.events:
            for source in event.sources.values():
                found.setdefault(source.publisher, {}).setdefault(source.url, source)
        return {name: tuple(works.values()) for name, works in found.items()}

    @cached_property
    def _relays_of(self) -> Mapping[str, Counter[str]]:
        """How often each publisher relays each actor."""
        return {name: Counter(slug for source in works for slug in source.relays) for name, works in self._works.items()}

    @cached_property
    def _relayed_by(self) -> Mapping[str, Counter[str]]:
        """How often each actor is relayed by each publisher."""
        found: dict[str, Counter[str]] = {}
        for name, relays in self._relays_of.items():
            for slug, number in relays.items():
                found.setdefault(slug, Counter())[name] += number
        return found

    @cached_property
    def _published_as(self) -> Mapping[str, tuple[str, ...]]:
        """The names under which an actor publishes."""
        found: dict[str, tuple[str, ...]] = {}
        for name in self._works:
            slug = self.chronology.actor_slug_by_name.get(name)
            if slug:
                found[slug] = (*found.get(slug, ()), name)
        return found

    def _actors(self, numbers: Counter[str]) -> tuple[Counted, ...]:
        return _commonest(Counted(names_of([slug], self.chronology.actors)[0], number) for slug, number in numbers.items())

    def _publishers(self, numbers: Counter[str]) -> tuple[Counted, ...]:
        return _commonest(Counted(self._publisher(name), number) for name, number in numbers.items())

    def _publisher(self, name: str) -> Name:
        return Name(self.publisher_slugs[name], name)


def said_by(slug: str, events: Iterable[Event], chronology: Chronology) -> Mapping[str, tuple[Said, ...]]:
    """What an actor said, by the slug of the event on whose page it stands: claims, then numbers."""
    found = {event.slug: (*_claims(slug, event), *_figures(slug, event, chronology)) for event in events}
    return {event: said for event, said in found.items() if said}


def _claims(slug: str, event: Event) -> Iterable[Said]:
    for claim, address in zip(event.claims, addresses_of(event.claims), strict=True):
        if claim.by == slug:
            yield Said(address, as_html(claim.says))


def _figures(slug: str, event: Event, chronology: Chronology) -> Iterable[Said]:
    for figure, address in zip(event.figures, addresses_of(event.figures), strict=True):
        if figure.by == slug:
            measure = chronology.setting.measures[figure.measure].name
            yield Said(address, Markup("{}").format(measure), figure.value.words(), day_short(figure.as_of))


def _commonest(counted: Iterable[Counted]) -> tuple[Counted, ...]:
    return tuple(sorted(counted, key=lambda one: (-one.number, one.name.label.casefold(), one.name.slug)))
