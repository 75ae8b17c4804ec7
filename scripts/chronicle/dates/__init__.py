"""Dates that say how well they are known, as the Extended Date/Time Format (EDTF) writes them, and their words."""

from chronicle.dates.date import EdtfDate, day_short, day_words, read_date, read_day, readings_of
from chronicle.dates.parts import DateError, Precision, Shape

__all__ = [
    "DateError",
    "EdtfDate",
    "Precision",
    "Shape",
    "day_short",
    "day_words",
    "read_date",
    "read_day",
    "readings_of",
]
