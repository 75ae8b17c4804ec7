"""Dates as bibliographies write them: CSL’s parts, and the EDTF that biblatex knows; never more exact than they are known."""

from dataclasses import dataclass

from chronicle.dates import EdtfDate
from chronicle.dates.parts import SEASONS, UNKNOWN, Part, Shape, Stretch, parse

Parts = tuple[int, ...]  # a year; a year and a month; a year, a month and a day


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in parts, with a second one where it is a span; no parts where only words can tell it."""

    parts: tuple[Parts, ...]
    words: str
    about: bool = False
    season: int | None = None  # 1 is spring


def dated(when: EdtfDate) -> Dated:
    """What of a date can be told in years, months and days.

    A window within one month, or a set, is that month; within one year, that year.
    """
    words, about = when.words(), when.approximate or when.uncertain
    stretches = parse(when.edtf)
    if when.shape is Shape.SPAN:
        return Dated(_ends(stretches[0]), words, about)
    part = stretches[0].parts[0]
    if when.shape is Shape.POINT and part.month in SEASONS:
        return Dated(((int(part.year),),), words, about, int(part.month or 0) - 20)
    if when.shape is Shape.POINT:
        return Dated(tuple(filter(None, (_parts(part),))), words, about)
    return Dated(_shared(when), words, about)


def biblatex_date(when: EdtfDate) -> str | None:
    """The date for biblatex, which knows EDTF to Level 1; None where only words can tell it."""
    if when.edtf[0] not in "[{":
        return when.edtf
    return next(("-".join((f"{p[0]:04}", *(f"{part:02}" for part in p[1:]))) for p in _shared(when)), None)


def _ends(stretch: Stretch) -> tuple[Parts, ...]:
    ends = tuple(filter(None, map(_parts, stretch.parts)))
    return ends if len(ends) == 2 else ()


def _parts(part: Part) -> Parts | None:
    if "X" in part.year or part.month in SEASONS:
        return None
    fields = (part.year, *(field for field in (part.month, part.day) if field not in UNKNOWN))
    return tuple(int(field or 0) for field in fields)


def _shared(when: EdtfDate) -> tuple[Parts, ...]:
    """The month, or else the year, in which its first and its last possible day lie."""
    first, last = when.earliest, when.latest
    if first is None or last is None or first.year != last.year:
        return ()
    return ((first.year, first.month) if first.month == last.month else (first.year,),)
