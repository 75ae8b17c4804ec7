"""EDTF: a date that says how well it is known; bounds, order, overlap, words."""

import re
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO

from chronicle.dates.parts import DATE, MONTHS, SEASONS, DateError, NotADate, Precision, Shape, parse
from chronicle.dates.words import FULL, SHORT, say


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
    def stretches(self) -> tuple[tuple[date | None, date | None], ...]:
        """The first and the last possible day of each of its stretches; only a set has more than one."""
        return tuple((stretch.first, stretch.last) for stretch in parse(self.edtf))

    @property
    def known_days(self) -> tuple[tuple[date, date], ...]:
        """The first and the last day of each of its stretches, as far as they are known to the day; none of a window.

        Of a span whose other end is open or vague the known end stands for both: nothing says how long it lasted.
        """
        return tuple(days for stretch in parse(self.edtf) if (days := stretch.known_days))

    @property
    def is_one_day(self) -> bool:
        """Tell whether it is a single day, about or uncertain though that may be."""
        return self.shape is Shape.POINT and self.precision is Precision.DAY

    def overlaps(self, first: date, last: date) -> bool:
        """Tell whether it may share a day with `first` to `last`; the gaps in a set do not count."""
        return any(stretch.overlaps(first, last) for stretch in parse(self.edtf))

    def words(self) -> str:
        """Say the date in full, for readers: “on one day between 8 and 13 October 2024”."""
        return say(self.edtf, FULL)

    def short(self) -> str:
        """Say the date briefly, for lists: “between 8 and 13 Oct 2024”."""
        return say(self.edtf, SHORT)


@lru_cache(maxsize=16_384)
def read_date(text: str) -> EdtfDate:
    """Read EDTF Level 0, Level 1 and the sets of Level 2, for days from 0001-01-01 to 9999-12-31.

    “About” and “uncertain” do not widen the bounds. Seasons are whole months, northern ones; a winter
    bears the year of its December. Raises `DateError` for anything else, such as a time of day.
    """
    written = " ".join(text.split())
    try:
        stretches = parse(written)
    except NotADate:
        raise _refusal(written) from None
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


def readings_of(text: str) -> tuple[EdtfDate, ...]:
    """Read a date that is not written as EDTF (“17 March 1998”): every date that it may mean, none where it is no date."""
    return tuple(read_date(spelling) for spelling in _spellings_of(text) if _is_readable(spelling))


def day_words(day: date) -> str:
    """Say a day in full: “8 October 2024”."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_short(day: date) -> str:
    """Say a day briefly: “8 Oct 2024”."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


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
    *((rf"\b{name[:3]}(?:{name[3:]}|t)?\b\.?", f"@{n:02}") for n, name in enumerate(MONTHS, start=1)),
    *((rf"^{name} ?(\d{{4}})$", rf"\1-{number}") for number, name in SEASONS.items()),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(?<!\d)(\d)(?!\d)", r"0\1"),
    (r"\b(\d\d)\. ?@", r"\1 @"),
    (r"\b(\d\d) ?(?:-|to) ?(\d\d) @(\d\d) (\d{4})\b", r"\4-\3-\1 to \4-\3-\2"),
    (r"\b(\d\d) @(\d\d),? (\d{4})\b", r"\3-\2-\1"),
    (r"@(\d\d) (\d\d)(?:, ?| )(\d{4})\b", r"\3-\1-\2"),
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
    (rf"[\[{{]({DATE})[\]}}]", (r"\1",)),
    (r".+", (r"\g<0>",)),
    (r"(\d\d)[-/.](\d\d)[-/.](\d{4})", (r"\3-\2-\1", r"\3-\1-\2")),
    (rf"\[?({DATE})(?:-|/|to|until|\.\.)({DATE})\]?", (r"\1/\2", r"[\1..\2]")),
    (rf"\[?({DATE})\.\.\]?", (r"\1/..", r"[\1..]")),
    (rf"\[?\.\.({DATE})\]?", (r"../\1", r"[..\1]")),
)


def _refusal(text: str) -> DateError:
    for pattern, what, mend in _SLIPS:
        if re.fullmatch(pattern, text):
            return DateError(what.format(text), mend)
    if spellings := _respell(text):
        return DateError(f"“{text}” is not in the form used here.", f"Write {', or '.join(spellings)}.")
    if impossible := next(filter(None, map(_find_impossible, _spellings_of(text))), None):
        return DateError(f"“{text}”: {impossible.what.partition('”: ')[2]}", impossible.mend)
    if _is_edtf(text):
        mend = "Put ~, ? or % only at the end of a date, and X only as in 199X, 1998-XX or 1998-03-XX."
        return DateError(f"“{text}” is a kind of EDTF date that is not used here.", mend)
    return DateError(f"“{text}” is not a date.", _FORMS)


def _respell(text: str) -> tuple[str, ...]:
    """List the right spellings of whatever the text may mean, each with its meaning."""
    meanings = (f"{found.edtf} for “{found.words()}”" for found in readings_of(text))
    return tuple(re.sub(r"^[\[{]\S+", r'"\g<0>"', meaning) for meaning in meanings)  # YAML wants sets quoted


def _spellings_of(text: str) -> tuple[str, ...]:
    """How the text may be meant in the form used here, be it a date or not."""
    written = " ".join(text.split())
    for pattern, replacement in _REWRITES:
        written = re.sub(pattern, replacement, written, flags=re.IGNORECASE)
    matches = ((re.fullmatch(pattern, written), readings) for pattern, readings in _READINGS)
    spellings = (found.expand(reading) for found, readings in matches if found for reading in readings)
    return tuple(dict.fromkeys(spellings))


def _find_impossible(spelling: str) -> DateError | None:
    """Why a day of that spelling is in no calendar: “31 April 1998”."""
    try:
        parse(spelling)
    except NotADate:
        return None
    except DateError as error:
        return error if error.what.startswith(f"“{spelling}”: ") else None
    return None


def _is_readable(text: str) -> bool:
    with suppress(NotADate, DateError):
        return bool(parse(text))
    return False


def _is_edtf(text: str) -> bool:
    """Ask python-edtf, which prints and falls over some junk, whether this is EDTF of another kind."""
    from edtf import is_valid_edtf  # noqa: PLC0415  (slow, and only a refused text needs it)

    with redirect_stdout(StringIO()), suppress(Exception):
        return is_valid_edtf(text)
    return False
