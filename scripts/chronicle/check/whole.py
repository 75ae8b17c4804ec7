"""The whole that is checked: a chronology, what could not be read of it, and what the checks look up more than once."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property

from chronicle.load import ACTORS, PLACES, Loaded
from chronicle.model import Chronology, Event
from chronicle.model.likeness import clean_address
from chronicle.problems import Severity


class Whole(Chronology):
    """A chronology with the names that exist but could not be read, and the registers that could not be read at all."""

    unread: frozenset[str]
    unread_registers: frozenset[str]

    @cached_property
    def shared_addresses(self) -> tuple[tuple[tuple[Event, str], ...], ...]:
        """The sources that have an address in common: event and handle of each, in the order of the chronology."""
        addresses = [clean_address(source.url) for event in self.events for source in event.sources.values()]
        sources = ((event, handle) for event in self.events for handle in event.sources)
        shared: dict[str, list[tuple[Event, str]]] = {
            address: [] for address, number in Counter(addresses).items() if number > 1
        }
        for address, source in zip(addresses, sources, strict=True):
            if address in shared:
                shared[address].append(source)
        return tuple(map(tuple, shared.values()))

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """Every name that an entry or a register uses, by the noun for what it names."""
        names = defaultdict[str, set[str | None]](set)
        for event in self.events:
            _collect_names(event, names)
        for actor in self.actors.values():
            names["kind of actor"].add(actor.kind)
            names["actor"].add(actor.speaks_for)
        for place in self.places.values():
            names["precision"].add(place.precision)
            names["place"].add(place.within)
        return {noun: frozenset(name for name in found if name) for noun, found in names.items()}


def _collect_names(event: Event, names: Mapping[str, set[str | None]]) -> None:
    names["kind of event"].add(event.kind)
    names["topic"].update(event.topics)
    names["place"].update(event.places)
    names["event"].update([tie.target for tie in event.relations])
    names["actor"].update(event.actors)
    names["actor"].update([claim.by for claim in event.claims])
    for figure in event.figures:
        names["actor"].add(figure.by)
        names["measure"].add(figure.measure)
    for source in event.sources.values():
        names["actor"].update(source.relays)
        names["type of source"].add(source.type)
        names["publisher"].add(source.publisher)


def take_whole(loaded: Loaded) -> Whole | None:
    """What was loaded, ready to be checked; None when chronology.yml could not be read."""
    chronology = loaded.chronology
    if chronology is None:
        return None
    empty = {path for path, register in ((ACTORS, chronology.actors), (PLACES, chronology.places)) if not register}
    faulty = {problem.path for problem in loaded.problems if problem.severity is Severity.ERROR}
    return Whole.model_construct(**dict(chronology), unread=loaded.unread, unread_registers=frozenset(empty & faulty))
