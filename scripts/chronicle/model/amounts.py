"""A number as newspapers write it → as entries write it, for whoever is told how to mend theirs; never more exact than it was."""

import re
from collections.abc import Sequence
from typing import Final

_BOUNDS: Final = {
    "about": "about|around|approximately|approx[.]?|roughly|circa|ca[.]?|c[.]|some|~|≈",
    "at least": "at least|no (?:fewer|less) than|a minimum of|minimum|≥|>=",
    "more than": "more than|over|above|upwards of|>",
    "up to": "up to|at most|no more than|a maximum of|maximum|≤|<=",
    "less than": "less than|fewer than|under|below|<",
}
_BOUND: Final = re.compile("|".join(f"(?P<{name.replace(' ', '_')}>{said})" for name, said in _BOUNDS.items()), re.IGNORECASE)
_RANGES: Final = (r"(?:from )?(.+?)(?: ?[\u2010-\u2015] ?| to |(?<=\d) ?- ?(?=\d))(.+)", r"between (.+) and (.+)")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([ .,'\u2019\u00a0\u202f])\d{3})(?:\1\d{3}){0,2}|\d{1,12}")
_SIZED: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,3}))? ?([a-z]+)", re.IGNORECASE)
_SIZES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6}
_VALUES: Final = {
    "zero": 0, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


def rewrite_amount(text: str) -> str:
    """“10,000”, “ten thousand” → “10000”, “over 500” → “more than 500”, “10–15” → “10 to 15”; "" where it is not clear."""
    said = " ".join(text.split()).rstrip(".")
    bound = _BOUND.match(said)
    qualifier = bound.lastgroup.replace("_", " ") if bound and bound.lastgroup else ""
    rest = said[bound.end() :].strip() if bound else said
    number = _read(rest)
    written = _read_range(rest) if number is None and qualifier in ("", "about") else number
    return f"{qualifier} {written}".strip() if written not in (None, "") else ""


def _read_range(text: str) -> str:
    """Two numbers, the smaller first; "" where they are not told in full: “10 to 15 thousand” may begin at ten."""
    found = next(filter(None, (re.fullmatch(pattern, text, re.IGNORECASE) for pattern in _RANGES)), None)
    if found is None:
        return ""
    low, high = _read(found[1]), _read(found[2])
    sizes = [_SIZES.keys() & _words(end) for end in found.groups()]
    is_clear = low is not None and high is not None and low < high and sizes[0] >= sizes[1]
    return f"{low} to {high}" if is_clear else ""


def _read(text: str) -> int | None:
    """One whole number; None where it is none, or is not told in full."""
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    if (sized := _SIZED.fullmatch(text)) and (size := _SIZES.get(sized[3].casefold())):
        decimals = sized[2] or ""
        value, rest = divmod(int(sized[1] + decimals) * size, 10 ** len(decimals))
        return None if rest else value
    return _add(_words(text))


def _words(text: str) -> Sequence[str]:
    return [word for word in re.split(r"[\s-]+", text.casefold()) if word != "and"]


def _add(words: Sequence[str]) -> int | None:
    """What English words of numbers come to; None where one of them is another word."""
    total = part = 0
    for word in words:
        if word in _SIZES:
            part = max(part, 1) * _SIZES[word]
            total, part = (total, part) if word == "hundred" else (total + part, 0)
        elif word in _VALUES:
            part += _VALUES[word]
        else:
            return None
    return total + part if words and words != ["a"] else None
