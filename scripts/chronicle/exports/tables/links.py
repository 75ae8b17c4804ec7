"""The tables of what belongs together: two columns each, so that no cell of another table has to hold a list."""

from collections.abc import Callable, Iterable

from chronicle.exports.tables.reading import Reading, handle_of, source_ids
from chronicle.exports.tables.table import Column, Kind, Table
from chronicle.model import Event
from chronicle.pages.event import actors_in

Pair = tuple[str, str]
_COLUMNS = {  # the table to which a column refers, if any, and what stands in it
    "event": ("events", "The event."),
    "claim": ("claims", "The claim."),
    "figure": ("figures", "The figure."),
    "source": ("sources", "The source."),
    "actor": ("actors", "The actor."),
    "place": ("places", "The place."),
    "topic": ("", "The topic, explained in the table words."),
    "origin": ("", "The slug of an actor or, for a publisher that is no actor, the name of the publisher."),
    "name": ("", "The name, in any script."),
    "former": ("", "The slug under which it stood before; that address leads to its page."),
}


def _link(
    name: str, title: str, meaning: str, ends: tuple[str, str], pairs: Callable[[Reading], Iterable[Pair]]
) -> Table[Pair]:
    columns = tuple(_end(place, end) for place, end in enumerate(ends))
    return Table(name, title, meaning, lambda reading: dict.fromkeys(pairs(reading)), columns, ends)


def _end(place: int, name: str) -> Column[Pair]:
    refers_to, meaning = _COLUMNS[name]
    return Column(name, Kind.TEXT, lambda pair: pair[place], meaning, refers_to=refers_to, indexed=place == 1)


def _events(reading: Reading) -> tuple[Event, ...]:
    return reading.chronology.events


LINKS = (
    _link(
        "event_actors", "Actors of events", "Who acts or speaks in an event: one row for each of them.", ("event", "actor"),
        lambda reading: ((event.slug, actor) for event in _events(reading) for actor in actors_in(event)),
    ),
    _link(
        "event_places", "Places of events", "Where an event happened: one row for each place.", ("event", "place"),
        lambda reading: ((event.slug, place) for event in _events(reading) for place in event.places),
    ),
    _link(
        "event_topics", "Topics of events", "What an event bears on: one row for each topic.", ("event", "topic"),
        lambda reading: ((event.slug, topic) for event in _events(reading) for topic in event.topics),
    ),
    _link(
        "claim_sources", "Sources of claims", "Where a claim can be read: one row for each source.", ("claim", "source"),
        lambda reading: ((row.id, source) for row in reading.claims for source in source_ids(row)),
    ),
    _link(
        "figure_sources", "Sources of figures", "Where a number can be read: one row for each source.", ("figure", "source"),
        lambda reading: ((row.id, source) for row in reading.figures for source in source_ids(row)),
    ),
    _link(
        "source_relays", "Whom sources relay", "Whose words a source passes on; none for its own reporting.", ("source", "actor"),
        lambda reading: ((row.id, actor) for row in reading.sources for actor in row.part.relays),
    ),
    _link(
        "source_origins", "Origins of sources", "On whose words a source rests: one row for each origin.", ("source", "origin"),
        lambda reading: ((row.id, origin) for row in reading.sources for origin in sorted(row.dossier.origins[handle_of(row)])),
    ),
    _link(
        "actor_names", "Other names of actors", "How else an actor is written: one row for each spelling.", ("actor", "name"),
        lambda reading: ((slug, name) for slug, actor in reading.chronology.actors.items() for name in actor.also),
    ),
    _link(
        "place_names", "Other names of places", "How else a place is written: one row for each spelling.", ("place", "name"),
        lambda reading: ((slug, name) for slug, place in reading.chronology.places.items() for name in place.also),
    ),
    _link(
        "former_slugs", "Former names of events", "Older addresses of events: one row for each.", ("event", "former"),
        lambda reading: ((event.slug, former) for event in _events(reading) for former in event.formerly),
    ),
)  # fmt: skip
