"""Scales: where a day stands across a drawing, and which days and numbers are written beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chronicle.dates.parts import MONTHS

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)  # months from one tick to the next
_ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on a scale, as a fraction of it, and what is written there."""

    at: float
    label: str
    major: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some months in a row: where they begin and end on a scale, and what they are called."""

    start: float
    end: float
    name: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from `first` to `last`, both included, on a line from 0 to 1."""

    first: date
    last: date

    def start_of(self, day: date | None) -> float:
        """Where a day begins; None is an open start."""
        return self._at(day.toordinal()) if day else 0.0

    def end_of(self, day: date | None) -> float:
        """Where a day ends; None is an open end."""
        return self._at(day.toordinal() + 1) if day else 1.0

    def middle_of(self, first: date | None, last: date | None) -> float:
        """The middle of a stretch of days."""
        return (self.start_of(first) + self.end_of(last)) / 2

    def ticks(self, width: float, room: float = 46) -> tuple[Tick, ...]:
        """Months or years, as many as leave `room` for each label on a line of `width`."""
        first, last = _month_number(self.first), _month_number(self.last)
        step = self.step(width, room)
        months = [number for number in range(first, last + 1) if number % step == 0]
        return tuple(self._tick(number, number == months[0]) for number in months)

    def step(self, width: float, room: float) -> int:
        """How many months in a row, a round number, take up `room` or more on a line of `width`."""
        months = _month_number(self.last) - _month_number(self.first) + 1
        return next((s for s in _STEPS if width * s / months >= room), _STEPS[-1])

    def stretch_at(self, at: float, step: int) -> Stretch:
        """The stretch of `step` months to which a place on the scale belongs."""
        first, last = self.first.toordinal(), self.last.toordinal()
        day = date.fromordinal(min(first + int(at * (last + 1 - first)), last))
        number = _month_number(day) // step * step
        start, end = (self.start_of(_first_day(each)) for each in (number, number + step))
        return Stretch(start, end, _name_months(number, step))

    def _tick(self, number: int, leads: bool) -> Tick:
        year, month = divmod(number, 12)
        name = MONTHS[month][:3]
        label = str(year) if month == 0 else f"{name} {year}" if leads else name
        return Tick(self.start_of(date(year, month + 1, 1)), label, month == 0)

    def _at(self, ordinal: int) -> float:
        days = self.last.toordinal() + 1 - self.first.toordinal()
        return min(max((ordinal - self.first.toordinal()) / days, 0.0), 1.0)


def months_around(days: Iterable[date]) -> TimeScale | None:
    """A scale of whole months that holds all of these days; None if there are none."""
    known = sorted(days)
    if not known:
        return None
    after = _first_day(_month_number(known[-1]) + 1)
    return TimeScale(known[0].replace(day=1), date.fromordinal(after.toordinal() - 1))


def round_ticks(highest: float, most: int = 4) -> tuple[int, ...]:
    """Round numbers from 0 to `highest` or a little above, at most about `most` steps, evenly apart."""
    size = 1
    while size * 10 * most < highest:
        size *= 10
    step = next((int(r * size) for r in _ROUND if r * size == int(r * size) and r * size * most >= highest), 10 * size)
    steps = max(-(-int(highest) // step), 1)
    return tuple(step * number for number in range(steps + 1))


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(number: int) -> date:
    year, month = divmod(number, 12)
    return date(max(year, date.min.year), month + 1, 1) if year <= date.max.year else date.max


def _name_months(number: int, step: int) -> str:
    """“March 1998”, “January–March 1998”, “1998”, or “1990–1999”."""
    (year, month), (last_year, last_month) = (divmod(each, 12) for each in (number, number + step - 1))
    if step < 12:
        return f"{'–'.join(dict.fromkeys((MONTHS[month], MONTHS[last_month])))} {year}"
    return "–".join(dict.fromkeys((str(year), str(last_year))))
