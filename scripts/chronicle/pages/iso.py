"""What ISO 8601 can say of a date, as schema.org asks for it: as exact as it is known, and never more.

ISO 8601 knows a day, a month and a year. A date that is about or uncertain says nothing there; of one day in a window, it
says the month or the year that surely holds it; of a season, a decade or an open end, no more than is sure in the same way.
"""

from collections.abc import Iterable
from datetime import date

from chronicle.dates import EdtfDate
from chronicle.dates.parts import Part, Shape, parse


def start_of(when: EdtfDate) -> str | None:
    """The beginning: `1998-03-17`, `1998-03`, `1998`; None when not even the year is sure."""
    first = parse(when.edtf)[0]
    if when.shape is Shape.WINDOW:
        return _sure(when.earliest, when.latest, when.approximate or when.uncertain)
    return _sure_part(first.parts[0]) if first.first else None


def end_of(when: EdtfDate) -> str | None:
    """The end of something that lasted, or of several dates; None for all else, and when not even the year is sure."""
    last = parse(when.edtf)[-1]
    lasted = when.shape in (Shape.SPAN, Shape.SET)
    return _sure_part(last.parts[-1]) if lasted and last.last else None


def coverage_of(when: EdtfDate) -> str:
    """The time that is dealt with, as `temporalCoverage` takes it: an interval of ISO 8601 for a window.

    All else is EDTF, which is ISO 8601-1 for plain dates and intervals, and ISO 8601-2 for those that are about or uncertain.
    """
    exact = not when.approximate and not when.uncertain
    if when.shape is Shape.WINDOW and exact and when.earliest and when.latest:
        return f"{when.earliest}/{when.latest}"
    return when.edtf


def bounds_of(dates: Iterable[EdtfDate]) -> str:
    """The time from the first of several dates to the last, `1997-10-01/1998-12-31`; `..` for an end that is open or unknown."""
    dates = tuple(dates)
    first = None if any(when.earliest is None for when in dates) else min(when.sort_key[0] for when in dates)
    last = None if any(when.latest is None for when in dates) else max(when.sort_key[1] for when in dates)
    return f"{first or '..'}/{last or '..'}"


def _sure_part(part: Part) -> str | None:
    return _sure(part.first, part.last, bool(part.mark))


def _sure(first: date | None, last: date | None, marked: bool) -> str | None:
    """The day, the month or the year in which both bounds lie."""
    if first is None or last is None or marked or first.year != last.year:
        return None
    if first == last:
        return first.isoformat()
    return first.isoformat()[: 7 if first.month == last.month else 4]
