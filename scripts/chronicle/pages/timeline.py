"""The timeline: every event by year and month."""

from dataclasses import dataclass
from itertools import groupby

from chronicle.dates.parts import MONTHS
from chronicle.model import Event
from chronicle.pages.addresses import month_anchor, year_anchor
from chronicle.pages.cards import Card, Cards, count


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the timeline, or the events of a year whose month is not known."""

    label: str
    anchor: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the timeline."""

    label: str
    anchor: str
    months: tuple[Month, ...]
    number: str  # “14 events”


def years_of(cards: Cards) -> tuple[Year, ...]:
    """The whole timeline, oldest first; events whose month is not known come before the months of their year."""
    events = sorted(cards.chronology.events, key=lambda event: (event.year or 0, event.month or 0, event.order))
    return tuple(_year(anchor, tuple(found), cards) for anchor, found in groupby(events, key=year_anchor))


def month_label(event: Event) -> str:
    """“October 2024”, or what can be said when the month is not known."""
    return (
        f"{MONTHS[event.month - 1]} {event.year}" if event.month else f"Some time in {event.year or 'an unknown year'}"
    )


def _year(anchor: str, events: tuple[Event, ...], cards: Cards) -> Year:
    groups = [(name, tuple(found)) for name, found in groupby(events, key=month_anchor)]
    months = tuple(Month(month_label(group[0]), name, cards.all(group)) for name, group in groups)
    return Year(str(events[0].year or "Undated"), anchor, months, count(len(events), "event"))
