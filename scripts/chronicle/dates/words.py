"""Dates in words: every phrase that a reader can meet, in full and for lists."""

from functools import lru_cache
from itertools import takewhile

from chronicle.dates.parts import MONTHS, SEASONS, UNKNOWN, Part, Precision, Shape, Stretch, parse

FULL, SHORT = range(2)  # the places of the two manners in each row of _PHRASES
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
def say(edtf: str, manner: int) -> str:
    """Say an EDTF expression in full or, for lists, briefly."""
    stretches = parse(edtf)
    joint = "or" if stretches[0].shape is Shape.WINDOW else "and"
    parts = tuple(part for stretch in stretches for part in stretch.parts)
    prepositions, forms = {_preposition(part) for part in parts}, {stretch.form for stretch in stretches}
    if len(prepositions) == 1 and forms <= {"[*]", "{*}"}:
        dates = _enumerate(_say_together(parts, manner), joint)
        return _PHRASES[forms.pop()][manner].format(on=prepositions.pop(), a=dates)
    return _enumerate(tuple(_say_stretch(stretch, manner) for stretch in stretches), joint)


def _say_stretch(stretch: Stretch, manner: int) -> str:
    parts = tuple(dict.fromkeys(stretch.parts))
    form = "*" if len(parts) < len(stretch.parts) else stretch.form  # from a day to the same day
    dates, precision = _say_together(parts, manner), parts[0].precision
    dash = "–" if precision is parts[-1].precision and " " not in dates[0] else " – "
    on = _preposition(parts[0])
    return _PHRASES[form][manner].format(a=dates[0], b=dates[-1], dash=dash, on=on, unit=precision)


def _say_together(parts: tuple[Part, ...], manner: int) -> tuple[str, ...]:
    """Say dates side by side; what their ends have in common is said once, with the last."""
    if any(part.mark or part.haze for part in parts):
        return tuple(_say_part(part, manner) for part in parts)
    pieces = tuple(_pieces(part, manner) for part in parts)
    columns = zip(*(reversed(piece[1:]) for piece in pieces), strict=False)
    common = len(tuple(takewhile(lambda column: len(set(column)) == 1, columns)))
    return (*(" ".join(piece[: len(piece) - common]) for piece in pieces[:-1]), " ".join(pieces[-1]))


def _say_part(part: Part, manner: int) -> str:
    said = " ".join(_pieces(part, manner))
    for key in filter(None, (part.mark, part.haze)):
        said = _PHRASES[key][manner].format(a=said)
    return said


def _pieces(part: Part, manner: int) -> tuple[str, ...]:
    """Say the day, the month or season and the year, as far as each is known."""
    first, last = part.first.year, part.last.year
    years = {Precision.DECADE: f"the {first}s", Precision.CENTURY: f"the century {first}–{last}"}.get(
        part.precision, str(first) if first == last else f"{first}–{last}"
    )
    if part.month is None or part.month == "XX":
        return (years,)
    name = SEASONS.get(part.month) or MONTHS[int(part.month) - 1][: None if manner == FULL else 3]
    return (name, years) if part.day in UNKNOWN else (str(part.first.day), name, years)


def _preposition(part: Part) -> str:
    return "on" if part.precision is Precision.DAY else "in"


def _enumerate(words: tuple[str, ...], joint: str) -> str:
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last
