"""EDTF: a date that says how well it is known; bounds, order, overlap, words."""

import calendar
import re
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from io import StringIO
from itertools import pairwise, takewhile


class Shape(StrEnum):
    """How a date relates to what happened."""

    POINT = "point"  # at this date, as precisely as it is given
    SPAN = "span"  # it lasted from–to
    WINDOW = "window"  # once, on one day between
    SET = "set"  # on all of these


class Precision(StrEnum):
    """How finely the first date of a text is known: 2024-10-XX to the month."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class DateError(ValueError):
    """A date that cannot be read: what is wrong and how to mend it, in plain sentences."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what, mend)
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what} {self.mend}"


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date in EDTF (Library of Congress, 2019) with its strict bounds; `None` is open or unknown."""

    edtf: str
    earliest: date | None
    latest: date | None
    shape: Shape
    precision: Precision
    approximate: bool
    uncertain: bool

    @property
    def sort_key(self) -> tuple[date, date]:
        """Order by lower bound, then upper; an open start comes first, an open end last."""
        return self.earliest or date.min, self.latest or date.max

    @property
    def is_one_day(self) -> bool:
        """Tell whether it is a single day, about or uncertain though that may be."""
        return self.shape is Shape.POINT and self.precision is Precision.DAY

    def overlaps(self, first: date, last: date) -> bool:
        """Tell whether it may share a day with `first` to `last`; the gaps in a set do not count."""
        return any(stretch.overlaps(first, last) for stretch in _parse(self.edtf))

    def is_over_by(self, day: date) -> bool:
        """Tell whether its latest possible day is `day` or before; an open end is never over."""
        return self.latest is not None and self.latest <= day

    def words(self) -> str:
        """Say the date in full, for readers: “on one day between 8 and 13 October 2024”."""
        return _say(self.edtf, _FULL)

    def short(self) -> str:
        """Say the date briefly, for lists: “between 8 and 13 Oct 2024”."""
        return _say(self.edtf, _SHORT)


def read_date(text: str) -> EdtfDate:
    """Read EDTF Level 0, Level 1 and the sets of Level 2, for days from 0001-01-01 to 9999-12-31.

    “About” and “uncertain” do not widen the bounds. Seasons are whole months, northern ones; a winter
    bears the year of its December. Raises `DateError` for anything else, such as a time of day.
    """
    written = " ".join(text.split())
    stretches = _parse(written)
    parts = tuple(part for stretch in stretches for part in stretch.parts)
    marks = "".join(part.mark for part in parts)
    return EdtfDate(
        edtf=written,
        earliest=stretches[0].first,
        latest=stretches[-1].last,
        shape=stretches[0].shape,
        precision=parts[0].precision,
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
    )


def read_day(text: str) -> date:
    """Read one whole day, YYYY-MM-DD (ISO 8601); raises `DateError` for anything else."""
    found = read_date(text)
    if found.earliest and found.earliest.isoformat() == found.edtf:
        return found.earliest
    mend = "Only a year, a month and a day will do here, with no sign added: 1998-03-17."
    raise DateError(f"“{found.edtf}” is not one whole day.", mend)


def day_words(day: date) -> str:
    """Say a day in full: “8 October 2024”."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_short(day: date) -> str:
    """Say a day briefly: “8 Oct 2024”."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


@dataclass(frozen=True, slots=True)
class _Part:
    """One date within the text: its fields as written, its first day and its last."""

    year: str
    month: str | None
    day: str | None
    mark: str
    first: date
    last: date

    @property
    def precision(self) -> Precision:
        if self.day not in _UNKNOWN:
            return Precision.DAY
        if self.month not in _UNKNOWN:
            return Precision.SEASON if self.month in _SEASONS else Precision.MONTH
        return (Precision.YEAR, Precision.DECADE, Precision.CENTURY)[self.year.count("X")]

    @property
    def haze(self) -> str | None:
        """What is said to be unknown, some day or some month, as a key to the words for it."""
        return "XX day" if self.day == "XX" else "XX month" if self.month == "XX" else None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One date, or from one to another; its form is the text with `*` for each date, as in `*/..`."""

    form: str
    parts: tuple[_Part, ...]

    @property
    def first(self) -> date | None:
        return self.parts[0].first if self.form.lstrip("[{").startswith("*") else None

    @property
    def last(self) -> date | None:
        return self.parts[-1].last if self.form.rstrip("]}").endswith("*") else None

    @property
    def shape(self) -> Shape:
        if "/" in self.form:
            return Shape.SPAN
        if "{" in self.form:
            return Shape.SET
        return Shape.WINDOW if "[" in self.form or self.parts[0].haze else Shape.POINT

    def overlaps(self, first: date, last: date) -> bool:
        return (self.first or date.min) <= last and first <= (self.last or date.max)


# Reading: done here because python-edtf needs milliseconds a date, stumbles over junk, lets 2023-02-29
# pass and gives an unknown end ten years; the tests hold this grammar to it wherever it is right.

_UNKNOWN = (None, "XX")
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[~?%]?"
_HAZY = r"(?:[0-9]{2}XX|[0-9]{3}X|[0-9]{4}-XX(?:-XX)?|[0-9]{4}-[0-9]{2}-XX)[~?%]?"
_SPAN = rf"{_DATE}/(?:{_DATE}|\.\.)?|(?:\.\.)?/{_DATE}"
_RANGE = rf"{_DATE}\.\.(?:{_DATE})?|\.\.{_DATE}"
_MEMBERS = rf"(?:{_RANGE}|(?:{_RANGE}|{_DATE})(?:,(?:{_RANGE}|{_DATE}))+)"
_STRETCH_TEXT = re.compile(rf"{_DATE}|{_HAZY}|{_SPAN}")
_SET_TEXT = re.compile(rf"\[{_MEMBERS}\]|{{{_MEMBERS}}}")
_PART_TEXT = re.compile(r"([0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?([~?%]?)")


@lru_cache(maxsize=16_384)
def _parse(text: str) -> tuple[_Stretch, ...]:
    if _STRETCH_TEXT.fullmatch(text):
        return (_parse_stretch(text),)
    if not _SET_TEXT.fullmatch(text):
        raise _refusal(text)
    members = tuple(_parse_stretch(text[0] + member + text[-1]) for member in text[1:-1].split(","))
    if any((one.last or date.max) >= (other.first or date.min) for one, other in pairwise(members)):
        raise DateError(f"“{text}” has dates out of order.", "Write the earliest first and each only once.")
    return members


def _parse_stretch(text: str) -> _Stretch:
    stretch = _Stretch(_PART_TEXT.sub("*", text), tuple(map(_parse_part, _PART_TEXT.finditer(text))))
    if stretch.first and stretch.last and stretch.first > stretch.last:
        raise DateError(f"“{text}” ends before it starts.", "Check both dates and put the earlier one first.")
    if "*..*" in stretch.form and len({part.precision for part in stretch.parts}) > 1:
        raise DateError(f"“{text}” has ends that differ in kind.", "Give two days, two months or two years.")
    return stretch


def _parse_part(found: re.Match[str]) -> _Part:
    year, month, day, mark = found.groups()
    try:
        return _Part(year, month, day, mark, *_bounds(year, month, day))
    except ValueError:
        raise _calendar_error(found.group(), year, month, day) from None


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if month is None or month == "XX":
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if day is None and month in _SEASONS:
        start = 3 * (int(month) - 20)
        return date(int(year), start, 1), _month_end(int(year) + start // 12, (start + 1) % 12 + 1)
    if day is None or day == "XX":
        return date(int(year), int(month), 1), _month_end(int(year), int(month))
    whole_day = date(int(year), int(month), int(day))
    return whole_day, whole_day


def _calendar_error(text: str, year: str, month: str | None, day: str | None) -> DateError:
    if month and month.isdigit() and not "01" <= month <= "12":
        return DateError(f"“{text}”: there is no month {month}.", "Months are 01 to 12, after the year.")
    if month and day and year > "0000":
        mend = f"Check it with the source; if the day is not known, write {year}-{month}."
        return DateError(f"“{text}”: {_MONTHS[int(month) - 1]} {int(year)} has no day {day}.", mend)
    return DateError(f"“{text}” is outside the calendar.", "Years are 0001 to 9999.")


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


# Saying: every phrase that a reader can meet, in full and for lists
_FULL, _SHORT = range(2)  # the places of the two manners in each row of _PHRASES
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PHRASES = {
    "~": ("about {a}", "c. {a}"),
    "?": ("{a} (uncertain)", "{a} (?)"),
    "%": ("about {a} (uncertain)", "c. {a} (?)"),
    "XX day": ("on an unknown day in {a}", "a day in {a}"),
    "XX month": ("some month of {a}", "a month of {a}"),
    "*": ("{a}", "{a}"),
    "*/*": ("{a} to {b}", "{a}{dash}{b}"),
    "*/..": ("from {a}, still going on", "since {a}"),
    "*/": ("from {a}, end unknown", "from {a}"),
    "../*": ("until {b}", "until {b}"),
    "/*": ("until {b}, start unknown", "until {b}"),
    "[*]": ("{on} {a}", "{a}"),
    "[*..*]": ("{on} one {unit} between {a} and {b}", "between {a} and {b}"),
    "[..*]": ("{on} or before {b}", "{b} or earlier"),
    "[*..]": ("{on} or after {a}", "{a} or later"),
    "{*}": ("{on} {a}", "{a}"),
    "{*..*}": ("{on} each {unit} from {a} to {b}", "each {unit} from {a} to {b}"),
    "{..*}": ("{on} each {unit} until {b}", "each {unit} until {b}"),
    "{*..}": ("{on} each {unit} from {a} on", "each {unit} from {a} on"),
}


@lru_cache(maxsize=16_384)
def _say(edtf: str, manner: int) -> str:
    stretches = _parse(edtf)
    joint = "or" if stretches[0].shape is Shape.WINDOW else "and"
    parts = tuple(part for stretch in stretches for part in stretch.parts)
    prepositions, forms = {_preposition(part) for part in parts}, {stretch.form for stretch in stretches}
    if len(prepositions) == 1 and forms <= {"[*]", "{*}"}:
        dates = _enumerate(_say_together(parts, manner), joint)
        return _PHRASES[forms.pop()][manner].format(on=prepositions.pop(), a=dates)
    return _enumerate(tuple(_say_stretch(stretch, manner) for stretch in stretches), joint)


def _say_stretch(stretch: _Stretch, manner: int) -> str:
    parts = tuple(dict.fromkeys(stretch.parts))
    form = "*" if len(parts) < len(stretch.parts) else stretch.form  # from a day to the same day
    dates, precision = _say_together(parts, manner), parts[0].precision
    dash = "–" if precision is parts[-1].precision and " " not in dates[0] else " – "
    on = _preposition(parts[0])
    return _PHRASES[form][manner].format(a=dates[0], b=dates[-1], dash=dash, on=on, unit=precision)


def _say_together(parts: tuple[_Part, ...], manner: int) -> tuple[str, ...]:
    """Say dates side by side; what their ends have in common is said once, with the last."""
    if any(part.mark or part.haze for part in parts):
        return tuple(_say_part(part, manner) for part in parts)
    pieces = tuple(_pieces(part, manner) for part in parts)
    columns = zip(*(reversed(piece[1:]) for piece in pieces), strict=False)
    common = len(tuple(takewhile(lambda column: len(set(column)) == 1, columns)))
    return (*(" ".join(piece[: len(piece) - common]) for piece in pieces[:-1]), " ".join(pieces[-1]))


def _say_part(part: _Part, manner: int) -> str:
    said = " ".join(_pieces(part, manner))
    for key in filter(None, (part.mark, part.haze)):
        said = _PHRASES[key][manner].format(a=said)
    return said


def _pieces(part: _Part, manner: int) -> tuple[str, ...]:
    """Say the day, the month or season and the year, as far as each is known."""
    first, last = part.first.year, part.last.year
    years = {Precision.DECADE: f"the {first}s", Precision.CENTURY: f"the century {first}–{last}"}.get(
        part.precision, str(first) if first == last else f"{first}–{last}"
    )
    if part.month is None or part.month == "XX":
        return (years,)
    name = _SEASONS.get(part.month) or _MONTHS[int(part.month) - 1][: None if manner == _FULL else 3]
    return (name, years) if part.day in _UNKNOWN else (str(part.first.day), name, years)


def _preposition(part: _Part) -> str:
    return "on" if part.precision is Precision.DAY else "in"


def _enumerate(words: tuple[str, ...], joint: str) -> str:
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last


# Refusing: what is wrong, and the right spelling where one can be told; never a fact
_FORMS = "Write the year first and go as far as is known: 1998, 1998-03 or 1998-03-17."
_SLIPS = (
    (r"", "The date is empty.", _FORMS),
    (r"[][{}/., ]+", "“{}” holds no date.", _FORMS),
    (r".{81,}", "“{:.40}…” is not a date.", _FORMS),
    (r".*\d[T ]+\d\d?:\d\d.*", "“{}” has a time of day.", "Write the day alone: the text can name the time."),
    (r"[Y-].*|\d{5,7}(-.*)?", "“{}” has no year of four digits.", "Years are 0001 to 9999."),
    (r".*X.*[/.,].*|.*[/.,].*X.*", "“{}” has an X beside another date.", "There, leave out the part with X."),
)
_REWRITES = (
    ("[\u2010-\u2015\u2212]", "-"),
    *((rf"\b{name[:3]}(?:{name[3:]}|t)?\b\.?", f"@{n:02}") for n, name in enumerate(_MONTHS, start=1)),
    *((rf"^{name} ?(\d{{4}})$", rf"\1-{number}") for number, name in _SEASONS.items()),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(?<!\d)(\d)(?!\d)", r"0\1"),
    (r"\b(\d\d) ?(?:-|to) ?(\d\d) @(\d\d) (\d{4})\b", r"\4-\3-\1 to \4-\3-\2"),
    (r"\b(\d\d) @(\d\d),? (\d{4})\b", r"\3-\2-\1"),
    (r"@(\d\d) (\d\d), ?(\d{4})\b", r"\3-\1-\2"),
    (r"@(\d\d),? (\d{4})\b", r"\2-\1"),
    (r"\b(\d{4})[/.]?(\d\d)[/.]?(\d\d)\b", r"\1-\2-\3"),
    (r"^(\d{4})[/.](\d\d)$", r"\1-\2"),
    (r"^(\d\d)[-/.](\d{4})$", r"\2-\1"),
    (r"^((\d{4}-\d\d-)\d\d)/(\d\d)$", r"\1/\2\3"),
    (r"^(?:about|around|circa|ca?\.?|~) ?(.+)$", r"\1~"),
    (r"xx|\?\?", "XX"),
    (r"~\?|\?~", "%"),
    (" ", ""),
)
_READINGS = (
    (rf"[\[{{]({_DATE})[\]}}]", (r"\1",)),
    (r".+", (r"\g<0>",)),
    (r"(\d\d)[-/.](\d\d)[-/.](\d{4})", (r"\3-\2-\1", r"\3-\1-\2")),
    (rf"\[?({_DATE})(?:-|/|to|until|\.\.)({_DATE})\]?", (r"\1/\2", r"[\1..\2]")),
)


def _refusal(text: str) -> DateError:
    for pattern, what, mend in _SLIPS:
        if re.fullmatch(pattern, text):
            return DateError(what.format(text), mend)
    if spellings := _respell(text):
        return DateError(f"“{text}” is not in the form used here.", f"Write {', or '.join(spellings)}.")
    if _is_edtf(text):
        mend = "Put ~, ? or % only at the end of a date, and X only as in 199X, 1998-XX or 1998-03-XX."
        return DateError(f"“{text}” is a kind of EDTF date that is not used here.", mend)
    return DateError(f"“{text}” is not a date.", _FORMS)


def _respell(text: str) -> tuple[str, ...]:
    """List the right spellings of whatever the text may mean, each with its meaning."""
    for pattern, replacement in _REWRITES:
        text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
    matches = ((re.fullmatch(pattern, text), readings) for pattern, readings in _READINGS)
    spellings = (found.expand(reading) for found, readings in matches if found for reading in readings)
    dates = (read_date(spelling) for spelling in dict.fromkeys(spellings) if _is_readable(spelling))
    meanings = (f"{found.edtf} for “{found.words()}”" for found in dates)
    return tuple(re.sub(r"^[\[{]\S+", r'"\g<0>"', meaning) for meaning in meanings)  # YAML wants sets quoted


def _is_readable(text: str) -> bool:
    with suppress(DateError):
        return bool((_STRETCH_TEXT.fullmatch(text) or _SET_TEXT.fullmatch(text)) and _parse(text))
    return False


def _is_edtf(text: str) -> bool:
    """Ask python-edtf, which prints and falls over some junk, whether this is EDTF of another kind."""
    from edtf import is_valid_edtf  # noqa: PLC0415  (slow, and only a refused text needs it)

    with redirect_stdout(StringIO()), suppress(Exception):
        return is_valid_edtf(text)
    return False
