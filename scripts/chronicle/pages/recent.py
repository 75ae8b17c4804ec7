"""Recent changes: what joined the chronology and what was corrected in it, by day, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from chronicle.dates import day_words
from chronicle.model import Event
from chronicle.pages.cards import Card, Cards


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and the event that it changed."""

    card: Card
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day on which something changed: what was corrected and what was added, of that as much as there is room for."""

    day: str
    datetime: str
    corrected: tuple[Corrected, ...]
    added: tuple[Card, ...]
    left_out: int  # how many more were added


@dataclass(frozen=True, slots=True)
class _Change:
    day: date
    event: Event
    what: str = ""  # empty for an event that was added
    why: str = ""


def recent_days(cards: Cards, most: int) -> tuple[ChangedDay, ...]:
    """The days of the newest changes, until `most` changes are shown; corrections are never left out of a day."""
    days: list[ChangedDay] = []
    room = most
    for day, found in groupby(_changes(cards.chronology.events), key=lambda change: change.day):
        if room <= 0:
            break
        shown = _day(day, tuple(found), room, cards)
        days.append(shown)
        room -= len(shown.corrected) + len(shown.added)
    return tuple(days)


def _changes(events: Iterable[Event]) -> list[_Change]:
    """Every change, the newest first; those of one day in the order of the chronology."""
    events = tuple(events)
    added = [_Change(event.added, event) for event in events]
    corrected = [_Change(c.date, event, c.what, c.why) for event in events for c in event.corrections]
    return sorted(added + corrected, key=lambda change: change.day, reverse=True)


def _day(day: date, changes: tuple[_Change, ...], room: int, cards: Cards) -> ChangedDay:
    corrected = tuple(Corrected(cards.of(c.event), c.what, c.why) for c in changes if c.what)
    added = [change.event for change in changes if not change.what]
    shown = added[: max(room - len(corrected), 0)]
    return ChangedDay(day_words(day), day.isoformat(), corrected, cards.all(shown), len(added) - len(shown))
