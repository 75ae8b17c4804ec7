"""What changed in the chronology: what joined it, was corrected, came to be regarded otherwise or got a new source."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise

from chronicle.dates import day_words
from chronicle.model import Chronology, Event, Source
from chronicle.pages.cards import Card, Cards
from chronicle.pages.days import certainty_over, source_days


class Sort(StrEnum):
    """What sort of change it is; the value is the word for readers."""

    ADDED = "added"
    CORRECTED = "corrected"
    CERTAINTY = "certainty"
    SOURCE = "new source"

    @property
    def label(self) -> str:
        """The word as a heading."""
        return self.capitalize()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an event, with a name of its own among all that the event ever has."""

    day: date
    event: Event
    sort: Sort
    name: str  # “corrected-2024-06-11”
    what: str = ""  # empty for an event that was added
    why: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of an event that was there already, as a line of the page."""

    card: Card
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day on which something changed: what changed and what was added, of that as much as there is room for."""

    day: str
    datetime: str
    changed: tuple[tuple[Sort, tuple[Changed, ...]], ...]
    added: tuple[Card, ...]
    left_out: int  # how many more were added

    @property
    def number(self) -> int:
        """How many changes are shown."""
        return len(self.added) + sum(len(lines) for _, lines in self.changed)


def recent_days(cards: Cards, most: int) -> tuple[ChangedDay, ...]:
    """The days of the newest changes, until `most` changes are shown; only additions are ever left out of a day."""
    days: list[ChangedDay] = []
    room = most
    for day, found in groupby(newest_changes(cards.chronology), key=lambda change: change.day):
        if room <= 0:
            break
        shown = _day(day, tuple(found), room, cards)
        days.append(shown)
        room -= shown.number
    return tuple(days)


def newest_changes(chronology: Chronology) -> list[Change]:
    """Every change, the newest first; those of one day in the order of the chronology."""
    changes = (change for event in chronology.events for change in changes_of(event, chronology))
    return sorted(changes, key=lambda change: change.day, reverse=True)


def changes_of(event: Event, chronology: Chronology) -> tuple[Change, ...]:
    """All changes of an event, its adding first.

    What held before the event was added, an earlier certainty or an older source, joined with it and is no change.
    """
    return (
        Change(event.added, event, Sort.ADDED, "added"),
        *_corrections(event),
        *_turns(event, chronology),
        *_sources(event),
    )


def last_change(event: Event, chronology: Chronology) -> date:
    """The day of the newest of all its changes."""
    return max(change.day for change in changes_of(event, chronology))


def _corrections(event: Event) -> Iterator[Change]:
    number: Counter[date] = Counter()
    for one in event.corrections:
        number[one.date] += 1
        name = f"corrected-{one.date}" if number[one.date] == 1 else f"corrected-{one.date}-{number[one.date]}"
        yield Change(one.date, event, Sort.CORRECTED, name, one.what, one.why)


def _turns(event: Event, chronology: Chronology) -> Iterator[Change]:
    names = chronology.setting.certainty
    for (_, before), (day, now) in pairwise(certainty_over(event)):
        if day > event.added:
            what = f"{names[now].name}; until then: {names[before].name}"
            yield Change(day, event, Sort.CERTAINTY, f"certainty-{day}", what)


def _sources(event: Event) -> Iterator[Change]:
    """The sources that cannot have been there when the event was added, as they were not yet published."""
    for handle, day in source_days(event).items():
        source = event.sources[handle]
        published = source.published.earliest if source.published else None
        if published and published > event.added:
            yield Change(day, event, Sort.SOURCE, f"source-{handle}", _source_words(source))


def _source_words(source: Source) -> str:
    when = f", {source.published.words()}" if source.published else ""
    return f"{source.title_en or source.title} ({source.publisher}{when})"


def _day(day: date, changes: tuple[Change, ...], room: int, cards: Cards) -> ChangedDay:
    changed = tuple(
        (sort, lines) for sort in Sort if sort is not Sort.ADDED and (lines := _lines(sort, changes, cards))
    )
    number = sum(len(lines) for _, lines in changed)
    added = [change.event for change in changes if change.sort is Sort.ADDED]
    shown = added[: max(room - number, 0)]
    return ChangedDay(day_words(day), day.isoformat(), changed, cards.all(shown), len(added) - len(shown))


def _lines(sort: Sort, changes: Iterable[Change], cards: Cards) -> tuple[Changed, ...]:
    found = (change for change in changes if change.sort is sort)
    return tuple(Changed(cards.of(change.event), change.what, change.why) for change in found)
