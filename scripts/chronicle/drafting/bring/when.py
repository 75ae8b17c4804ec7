"""What a row says of its date → EDTF, as exact as the row and no more; what else it says of it is kept in its own words."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from chronicle.dates import DateError, EdtfDate, day_words, read_date, readings_of
from chronicle.drafting.bring.columns import Fault, Row
from chronicle.drafting.bring.vocabulary import quote

_WHOLE_NUMBER = re.compile(r"(\d{1,6})(?:\.0+)?")  # some programs write every number of a column with a gap as 3.0
_BEFORE_OUR_ERA = re.compile(r"[-\u2212]\s*\d.*|.*\bb\.?\s*c\.?.*", re.IGNORECASE | re.DOTALL)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d.*")
_LIMITS: Final = {"year": 9999, "month": 12, "day": 31}
_MENDS: Final = {
    "year": "Write the year in digits, 1998; in a column “Date” you may write 1998~ for about 1998, or 1998? for perhaps.",
    "month": "Write 1 to 12, or leave the cell empty if the month is not known.",
    "day": "Write 1 to 31, or leave the cell empty if the day is not known.",
}
_STARTS: Final = ("date", "day", "month", "year")
_ENDS: Final = ("end", "end day", "end month", "end year")
_TOO_EARLY: Final = "Dates here begin with the year 0001; leave the row out, or tell of it in the text of another."


@dataclass(frozen=True, slots=True)
class When:
    """A date in EDTF; why a person should look at it; and the fields whose own words it does not repeat."""

    edtf: str
    doubts: tuple[str, ...]
    reworded: tuple[str, ...]

    @property
    def date(self) -> EdtfDate:
        """The same as a date."""
        return read_date(self.edtf)


@dataclass(slots=True)
class _Notes:
    """What comes up while a date is read."""

    faults: list[Fault] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)


def read_when(row: Row) -> When | tuple[Fault, ...]:
    """The date that a row tells, or every fault in it.

    A year stays a year and a month a month. A time of day, and a date in words for readers, are not part of the date.
    """
    notes = _Notes()
    start, end = _read(row, "date", "", notes), _read(row, "end", "end ", notes)
    if not start and not notes.faults:
        mend = "Give at least its year; what cannot be dated cannot stand in a chronology."
        notes.faults.append(row.fault("", "there is no date in it", mend))
    edtf = start if end in (None, start) else f"{start}/{end}"
    for fields, text in ((_STARTS, start), (_ENDS, end), (_ENDS, edtf)):
        if text and not notes.faults:
            notes.faults += _find_calendar_faults(row, fields, text)
    if notes.faults or edtf is None:
        return tuple(notes.faults)
    if _is_new_year(edtf):
        notes.doubts.append("the first of January; is the day known, or only the year")
    if (shown := row.say("display date")) and not _says(shown, read_date(edtf)):
        notes.doubts.append(f"write no more than is known{quote('readers there are shown', shown)}")
    return When(edtf, tuple(notes.doubts), tuple(notes.reworded))


def _read(row: Row, field: str, prefix: str, notes: _Notes) -> str | None:
    """A date from one cell, or else from the cells for its parts."""
    if not row.say(field):
        return _read_parts(row, prefix, notes)
    notes.reworded += [f"{prefix}{part}" for part in _LIMITS if row.say(f"{prefix}{part}")]
    return _read_whole(row, field, notes)


def _read_parts(row: Row, prefix: str, notes: _Notes) -> str | None:
    """A date from the cells for its year, month and day, as far as they go."""
    faults = len(notes.faults)
    year, month, day = (_read_number(row, f"{prefix}{part}", notes) for part in _LIMITS)
    if len(notes.faults) > faults:
        return None
    if day and not month:
        notes.faults.append(row.fault(f"{prefix}day", "there is a day without its month", _MENDS["month"]))
    if (month or day) and not year:
        notes.faults.append(row.fault(f"{prefix}month", "there is a month or a day without its year", _MENDS["year"]))
    if len(notes.faults) > faults or not year:
        return None
    if year < 1000:
        notes.doubts.append(f"is it so early{quote('the year there is', row.say(f'{prefix}year'))}")
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _read_number(row: Row, field: str, notes: _Notes) -> int | None:
    text = re.sub(r"[\s,]", "", row.say(field))  # TimelineJS, too, takes 1,998 for a year
    part = field.removeprefix("end ")
    found = _WHOLE_NUMBER.fullmatch(text)
    if not text or (found and 1 <= int(found[1]) <= _LIMITS[part]):
        return int(found[1]) if found else None
    said = textwrap.shorten(row.say(field), 40, placeholder=" …")
    if part == "year" and _BEFORE_OUR_ERA.fullmatch(said):
        notes.faults.append(row.fault(field, f"“{said}” is before the year 1", _TOO_EARLY))
    else:
        notes.faults.append(row.fault(field, f"“{said}” is not a {part} that can stand here", _MENDS[part]))
    return None


def _read_whole(row: Row, field: str, notes: _Notes) -> str | None:
    """A date from one cell: EDTF, or words that can mean only one date."""
    text = row.say(field)
    try:
        edtf = read_one_date(text)
    except DateError as error:
        notes.faults.append(row.fault(field, error.what.rstrip("."), error.mend))
        return None
    if edtf != text:
        notes.reworded.append(field)
    return edtf


def read_one_date(text: str) -> str:
    """EDTF from EDTF, from a date with a time of day, or from words that can mean only one date; else raises `DateError`."""
    if found := _WITH_TIME.fullmatch(text):
        return read_date(found[1]).edtf
    try:
        return read_date(text).edtf
    except DateError:
        readings = readings_of(text)
        if len(readings) != 1:
            raise
        return readings[0].edtf


def _find_calendar_faults(row: Row, fields: tuple[str, ...], edtf: str) -> Iterator[Fault]:
    """What the calendar has against a date whose parts are good, told where the last of them stands."""
    try:
        read_date(edtf)
    except DateError as error:
        field = next((field for field in fields if row.say(field)), "")
        yield row.fault(field, error.what.rstrip("."), error.mend)


def _is_new_year(edtf: str) -> bool:
    """Whether it is, or begins or ends with, the day that often stands for a whole year where a program wants a day."""
    return re.search(r"-01-01(?=/|$)", edtf) is not None


def _says(shown: str, when: EdtfDate) -> bool:
    """Whether a date in words says what the date says."""
    forms = {when.words(), when.short(), when.edtf}
    if when.is_one_day and when.earliest:
        day, month, year = day_words(when.earliest).split()
        forms |= {f"{month} {day}, {year}", f"{month[:3]} {day}, {year}"}
    return shown.casefold() in {form.casefold() for form in forms}
