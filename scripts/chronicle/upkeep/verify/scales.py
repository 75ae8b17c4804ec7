"""What languages call a thousand, a million, ten thousand: the words and signs that follow digits, each with its value.

Most are those of the Unicode CLDR (compact number formats). MORE holds what is in use beside them, by the name of the sign.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

MORE: Final[Mapping[str, Mapping[str, int]]] = {
    "de": {"tsd.": 1000},
    "en": {"bn": 10**9, "mln": 10**6},
    "ja": {"\N{CJK UNIFIED IDEOGRAPH-5343}": 1000, "\N{CJK UNIFIED IDEOGRAPH-767E}": 100},
    "ko": {"\N{HANGUL SYLLABLE BAEG}": 100, "\N{HANGUL SYLLABLE SIB}": 10},
    "zh": {"\N{CJK UNIFIED IDEOGRAPH-5343}": 1000, "\N{CJK UNIFIED IDEOGRAPH-767E}": 100},
}
_LONG: Final = 4  # a word of so many letters is known by its beginning, whatever ending its case gives it


@cache
def scales_of(language: str) -> Mapping[str, int]:
    """Every word or sign that multiplies the digits before it, in small letters, with what it multiplies them by.

    `language` is a tag of BCP 47; nothing is known of a language that the CLDR does not have.
    """
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    return {**dict(_compact(locale)), **MORE.get(locale.language, {})}


@cache
def scale_pattern(language: str) -> re.Pattern[str] | None:
    """A pattern for a scale of a language behind a number; None where none are known."""
    words = sorted(scales_of(language), key=len, reverse=True)
    return re.compile(rf"[ -]?(?:{'|'.join(map(_form, words))})") if words else None


def value_of(scale: str, language: str) -> int:
    """What a text that `scale_pattern` has found multiplies by."""
    found = scale.strip(" -")
    known = scales_of(language)
    fitting = (word for word in sorted(known, key=len, reverse=True) if found.startswith(word.rstrip(".")))
    return known[next(fitting)]


def is_spaced(sign: str) -> bool:
    """Whether a word is of a script that parts words by blanks."""
    return sign[:1] < "\u2e80"


def _form(word: str) -> str:
    if not is_spaced(word):
        return re.escape(word)
    if len(word.rstrip(".")) < _LONG:
        return rf"{re.escape(word.rstrip('.'))}(?!\w)"
    return rf"{re.escape(word)}\w*"


def _compact(locale: Locale) -> Iterator[tuple[str, int]]:
    """The words of the compact formats: `00 thousand` for 10000 says that `thousand` is 1000."""
    for formats in locale.compact_decimal_formats.values():
        for by_size in formats.values():
            for size, pattern in by_size.items():
                written = str(pattern.pattern).replace("'", "").replace("\xa0", " ")
                word = written.strip("0 ").casefold()
                zeros = written.count("0")
                if word and zeros and not any(sign.isdigit() for sign in word):
                    yield word, int(size) // 10 ** (zeros - 1)
