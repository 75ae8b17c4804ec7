"""The registers: actors, places and topics, each name with a small chronology of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from chronicle.model import Actor, Chronology, Event, Place
from chronicle.model.origins import voice_of
from chronicle.model.scalars import Coordinates
from chronicle.pages.cards import Card, Cards, count
from chronicle.pages.event import Name, actors_in, names_of

EventsBySlug = Mapping[str, tuple[Event, ...]]


@dataclass(frozen=True, slots=True)
class NamePage:
    """The page of an actor, a place or a topic: what it is, and the events that name it."""

    slug: str
    name: str
    about: str
    also: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]  # label and text
    ties: tuple[tuple[str, tuple[Name, ...]], ...]  # label and names to link to
    cards: tuple[Card, ...]
    number: str  # “14 events”


@dataclass(frozen=True, slots=True)
class Listed:
    """A name in the list of its register."""

    slug: str
    name: str
    about: str
    also: str
    number: str


@dataclass(frozen=True, slots=True)
class Group:
    """Names of one kind in the list of a register."""

    label: str
    meaning: str
    names: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """One of the three registers: its folder, its words for readers, and its groups."""

    folder: str
    lead: str
    groups: tuple[Group, ...]

    @property
    def title(self) -> str:
        """Its name for readers."""
        return self.folder.capitalize()


@dataclass(frozen=True, slots=True)
class Kind:
    """How the pages of one register are made: its folder, its names, the events of each, a page for each, and the list."""

    folder: str
    slugs: Callable[[Chronology], Iterable[str]]
    events_by_slug: Callable[[Chronology], EventsBySlug]
    page: Callable[[str, tuple[Event, ...], Cards], NamePage]
    register: Callable[[Chronology], Register]


def events_by_actor(chronology: Chronology) -> EventsBySlug:
    """The events in which each actor acts or speaks."""
    return _events_by(actors_in, chronology)


def events_by_place(chronology: Chronology) -> EventsBySlug:
    """The events that happened at each place."""
    return _events_by(lambda event: event.places, chronology)


def events_by_topic(chronology: Chronology) -> EventsBySlug:
    """The events of each topic."""
    return _events_by(lambda event: event.topics, chronology)


def actor_page(slug: str, events: tuple[Event, ...], cards: Cards) -> NamePage:
    """What the page of an actor shows; `events` are those it acts or speaks in."""
    chronology = cards.chronology
    actor = chronology.actors[slug]
    own = voice_of(slug, chronology.actors)
    one_voice = (other for other in chronology.actors if other != slug and voice_of(other, chronology.actors) == own)
    ties = (
        ("Speaks for", names_of([actor.speaks_for] if actor.speaks_for else (), chronology.actors)),
        ("Counted as one voice with", names_of(one_voice, chronology.actors)),
    )
    facts = (("Kind", chronology.setting.actor_kinds[actor.kind].name),)
    return NamePage(
        slug, actor.name, actor.about, _others(actor.short, actor.also), facts, _filled(ties),
        cards.all(events), count(len(events), "event"),
    )  # fmt: skip


def place_page(slug: str, events: tuple[Event, ...], cards: Cards) -> NamePage:
    """What the page of a place shows; `events` are those that happened there."""
    chronology = cards.chronology
    place = chronology.places[slug]
    within = (other for other, record in chronology.places.items() if record.within == slug)
    ties = (
        ("In", names_of([place.within] if place.within else (), chronology.places)),
        ("Places in it", names_of(within, chronology.places)),
    )
    precision = chronology.setting.place_precisions[place.precision].name
    facts = (("Lies at", f"{_degrees(place.coordinates)} (exact to {precision})"),) if place.coordinates else ()
    return NamePage(
        slug, place.name, place.about or "", place.also, facts, _filled(ties),
        cards.all(events), count(len(events), "event"),
    )  # fmt: skip


def topic_page(slug: str, events: tuple[Event, ...], cards: Cards) -> NamePage:
    """What the page of a topic shows."""
    topic = cards.chronology.setting.topics[slug]
    return NamePage(slug, topic.name, topic.meaning, (), (), (), cards.all(events), count(len(events), "event"))


def actor_register(chronology: Chronology) -> Register:
    """All actors, by kind."""
    events = events_by_actor(chronology)
    actors, kinds = chronology.actors.items(), chronology.setting.actor_kinds
    of_kind = {name: {slug: actor for slug, actor in actors if actor.kind == name} for name in kinds}
    groups = tuple(
        Group(kind.plural or kind.name, kind.meaning, _listed(of_kind[name], events)) for name, kind in kinds.items()
    )
    lead = (
        "The people and bodies that act and speak in this chronology, under every name and spelling they are known by."
    )
    return Register("actors", lead, tuple(group for group in groups if group.names))


def place_register(chronology: Chronology) -> Register:
    """All places, by the largest place that they lie in; those that stand alone come last."""
    places, events = chronology.places, events_by_place(chronology)
    inside: dict[str, dict[str, Place]] = {}
    for slug, place in places.items():
        inside.setdefault(_outermost(slug, places), {})[slug] = place
    roots = sorted((root for root in inside if len(inside[root]) > 1), key=lambda slug: places[slug].name)
    groups = [Group(places[root].name, "", _listed(inside[root], events)) for root in roots]
    if alone := {slug: places[slug] for slug in inside if len(inside[slug]) == 1}:
        groups.append(Group("Elsewhere" if groups else "", "", _listed(alone, events)))
    return Register("places", "Where the events happened, under every name and spelling.", tuple(groups))


def topic_register(chronology: Chronology) -> Register:
    """All topics, in the order of chronology.yml."""
    events = events_by_topic(chronology)
    listed = (
        Listed(slug, topic.name, topic.meaning, "", count(len(events.get(slug, ())), "event"))
        for slug, topic in chronology.setting.topics.items()
    )
    lead = "The threads of the story, each as a small chronology of its own."
    return Register("topics", lead, (Group("", "", tuple(listed)),))


KINDS = (
    Kind("actors", lambda chronology: chronology.actors, events_by_actor, actor_page, actor_register),
    Kind("places", lambda chronology: chronology.places, events_by_place, place_page, place_register),
    Kind("topics", lambda chronology: chronology.setting.topics, events_by_topic, topic_page, topic_register),
)


def _events_by(slugs_in: Callable[[Event], Iterable[str]], chronology: Chronology) -> EventsBySlug:
    found: dict[str, list[Event]] = {}
    for event in chronology.events:
        for slug in slugs_in(event):
            found.setdefault(slug, []).append(event)
    return {slug: tuple(events) for slug, events in found.items()}


def _listed(records: Mapping[str, Actor] | Mapping[str, Place], events: EventsBySlug) -> tuple[Listed, ...]:
    """Records by name, each with how many events name it."""
    by_name: list[tuple[str, Actor | Place]] = sorted(records.items(), key=lambda named: named[1].name)
    return tuple(
        Listed(slug, record.name, record.about or "", ", ".join(record.also), count(len(events.get(slug, ())), "event"))
        for slug, record in by_name
    )


def _outermost(slug: str, places: Mapping[str, Place]) -> str:
    seen = {slug}
    while (within := places[slug].within) and within in places and within not in seen:
        slug = within
        seen.add(slug)
    return slug


def _others(short: str | None, also: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*([short] if short else ()), *also)))


def _filled(ties: tuple[tuple[str, tuple[Name, ...]], ...]) -> tuple[tuple[str, tuple[Name, ...]], ...]:
    return tuple((label, names) for label, names in ties if names)


def _degrees(coordinates: Coordinates) -> str:
    north = f"{abs(coordinates.latitude)}° {'N' if coordinates.latitude >= 0 else 'S'}"
    east = f"{abs(coordinates.longitude)}° {'E' if coordinates.longitude >= 0 else 'W'}"
    return f"{north}, {east}"
