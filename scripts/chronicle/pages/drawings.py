"""What the drawings of the timeline and of the places show, taken from the cards and the registers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from chronicle.charts import SIGNS, Lane, Map, Mark, Spot, Timeline, draw_locator, draw_maps, draw_timeline
from chronicle.model import Chronology, Event, Place
from chronicle.pages.addresses import month_anchor
from chronicle.pages.cards import Card, Cards, count

EventsBySlug = Mapping[str, tuple[Event, ...]]


def timeline_drawing(cards: Cards, root: str) -> Timeline | None:
    """Every event in the lane of the topic that it names first; None when no event has a day."""
    topics = cards.chronology.setting.topics
    lanes = (Lane(slug, topic.name, f"{root}topics/{slug}/") for slug, topic in topics.items())
    marks = (_mark(event, cards.of(event), root) for event in cards.chronology.events)
    return draw_timeline(marks, lanes)


@dataclass(frozen=True, slots=True)
class PlaceMaps:
    """The maps of all places, the signs on them, and the places that are not on any."""

    maps: tuple[Map, ...]
    precisions: tuple[tuple[int, str], ...]  # sign and name
    unplaced: tuple[tuple[str, str], ...]  # slug and name


def place_maps(chronology: Chronology, events: EventsBySlug, root: str) -> PlaceMaps | None:
    """The places that events name, on maps where their coordinates are known; None if that is so for none of them."""
    named = {slug: place for slug, place in chronology.places.items() if slug in events}
    spots = {
        slug: _spot(slug, place, chronology, len(events[slug]), root)
        for slug, place in named.items()
        if place.coordinates
    }
    if not spots:
        return None
    used = {named[slug].precision for slug in spots}
    terms = enumerate(chronology.setting.place_precisions.items())
    return PlaceMaps(
        maps=draw_maps(spots.values()),
        precisions=tuple((min(rank, SIGNS - 1), term.name) for rank, (word, term) in terms if word in used),
        unplaced=tuple((slug, place.name) for slug, place in named.items() if slug not in spots),
    )


def place_locator(slug: str, chronology: Chronology, root: str) -> Markup:
    """A small map of one place and those near it; empty when its coordinates are not known."""
    if not chronology.places[slug].coordinates:
        return Markup()
    others = {other: place for other, place in chronology.places.items() if place.coordinates and other != slug}
    near = (_spot(other, place, chronology, 0, root) for other, place in others.items())
    here = _spot(slug, chronology.places[slug], chronology, 0, root)
    return Markup(draw_locator(replace(here, href=""), near))


def _mark(event: Event, card: Card, root: str) -> Mark:
    known = f" ({card.known})" if card.known else ""
    return Mark(
        href=f"{root}events/{event.slug}/",
        listed=f"#{month_anchor(event)}",
        name=f"{card.when}: {card.title}{known}. {card.certainty_name}",  # on another day the last word is another
        when=event.date,
        known=event.since_known,
        certainty=card.certainty,
        lane=event.topics[0],
        title=card.title if card.milestone else "",
    )


def _spot(slug: str, place: Place, chronology: Chronology, events: int, root: str) -> Spot:
    precisions = chronology.setting.place_precisions
    told = f": {count(events, 'event')}" if events else ""
    assert place.coordinates
    return Spot(
        href=f"{root}places/{slug}/",
        name=f"{place.name}{told}. Exact to {precisions[place.precision].name}",
        label=place.name,
        latitude=place.coordinates.latitude,
        longitude=place.coordinates.longitude,
        precision=list(precisions).index(place.precision),
        weight=events,
    )
