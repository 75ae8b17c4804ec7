"""Origins: on whose words a claim or an event rests in the end, however many sources repeat them."""

from collections.abc import Iterable, Mapping

from chronicle.model import Actor, Chronology, Event, Source

Origin = str  # the slug of an actor or, for a publisher that is no actor, the name of the publisher


def origins_of_source(source: Source, chronology: Chronology) -> frozenset[Origin]:
    """Whom `source` leads back to.

    That is whom it relays, each followed to the actor it speaks for, conduits (news agencies) aside when somebody
    stands behind them; a source that relays nobody reports on its own, and its origin is its publisher.
    """
    relayed = source.relays or (chronology.actor_slug_by_name.get(source.publisher, source.publisher),)
    behind = [slug for slug in relayed if not _is_conduit(slug, chronology)]
    return frozenset(voice_of(slug, chronology.actors) for slug in behind or relayed)


def origins_of_sources(handles: Iterable[str], event: Event, chronology: Chronology) -> tuple[Origin, ...]:
    """The origins of those of the event’s sources that have these handles, each once, in alphabetical order."""
    sources = (event.sources[handle] for handle in handles if handle in event.sources)
    return tuple(sorted(frozenset().union(*(origins_of_source(source, chronology) for source in sources))))


def origins_of_event(event: Event, chronology: Chronology) -> tuple[Origin, ...]:
    """The origins of the sources that an event’s claims and figures rest on."""
    return origins_of_sources(event.supporting, event, chronology)


def origin_label(origin: Origin, chronology: Chronology) -> str:
    """The origin’s name for readers."""
    actor = chronology.actors.get(origin)
    return actor.label if actor else origin


def voice_of(slug: str, actors: Mapping[str, Actor]) -> str:
    """The actor at the end of the chain of `speaks_for`: state media → state. A circle ends where it closes."""
    seen = {slug}
    while (actor := actors.get(slug)) and actor.speaks_for and actor.speaks_for not in seen:
        slug = actor.speaks_for
        seen.add(slug)
    return slug


def _is_conduit(slug: str, chronology: Chronology) -> bool:
    actor = chronology.actors.get(slug)
    kind = chronology.setting.actor_kinds.get(actor.kind) if actor else None
    return kind is not None and kind.conduit
