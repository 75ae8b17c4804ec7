"""Which numbers stand in a text, in digits of any grouping, with the words that languages put for thousands, or in words.

    numbers_in("nearly 11,000 men", "en")       whatever the digits can be read as: 11000
    stands_in_words(12, "twelve men", "en")     True

A number is looked for, not understood: `5` is found in the date of a page as well, so that a small number proves little.
"""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Final, TypeAlias

import num2words  # type: ignore[import-untyped]

from chronicle.upkeep.verify.scales import is_spaced, scale_pattern, value_of

_LETTER: Final = r"[^\W\d_\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff]"
_THOUSANDS: Final = r"\d{1,3}(?:[ .,']\d{2,3}){0,4}[ .,']\d{3}(?:[.,]\d{1,2})?(?!\d)"
_DIGITS: Final = re.compile(
    rf"(?<!\d)(?<!{_LETTER})(?<!{_LETTER}[-\u2010])(?:{_THOUSANDS}|\d{{1,15}}(?!\d)(?:[.,]\d{{1,6}})?)"
)
_NEXT_DIGITS: Final = re.compile(rf" ?({_DIGITS.pattern})")
_GROUPED: Final = re.compile(r"(\d{1,3}(?:[ .,']\d{2,3})*[ .,']\d{3})(?:[.,]\d{1,2})?|(\d+)")
_DECIMAL: Final = re.compile(r"([\d ]+|\d{1,3}(?:,\d{3})+(?=\.)|\d{1,3}(?:\.\d{3})+(?=,))[.,](\d+)")
_RANGE: Final = re.compile(r" ?(?:[-\u2010-\u2015~\u223c\u301c]|[^\W\d_]{1,5}) ?")
_CASES: Final = tuple({"case": case, "gender": gender} for case in "ngdaip" for gender in "mfn")
_LARGEST_IN_WORDS: Final = 10**6
_LARGEST_IN_SUMS: Final = 1000  # of the scales in what a larger scale multiplies as a whole
_Terms: TypeAlias = tuple[tuple[Fraction, int], ...]  # what a number is the sum of, each with its scale
_TWENTY: Final = "\N{HANGUL SYLLABLE SEU}\N{HANGUL SYLLABLE MU}"  # of people; the library lacks it


def numbers_in(text: str, language: str) -> frozenset[Fraction]:
    """All numbers that the digits of a text can be read as, in a language (BCP 47) whose words for thousands are known."""
    folded = _fold(text)
    found: set[Fraction] = set()
    end = 0
    before: tuple[int, str] | None = None  # where the last number without a scale ended, and the number
    for digits in _DIGITS.finditer(folded):
        if digits.start() < end:
            continue
        run = _Run(folded, digits, language)
        found |= run.values
        if before and run.first_scale and _RANGE.fullmatch(folded, before[0], digits.start()):  # “11 to 12 thousand”
            found |= {value * run.first_scale for value in (*_whole(before[1]), *_decimal(before[1]))}
        end = run.end
        before = None if run.first_scale else (digits.end(), digits[0])
    return frozenset(found)


def stands_in_words(number: int, text: str, language: str) -> bool:
    """Whether a number stands in a text written in words, as far as the words of the language are known."""
    forms = _words_of(number, language)
    folded = _fold_words(text) if forms else ""
    return any(_find_words(form, folded) or _begins_range(number, form, folded) for form in forms)


class _Run:
    """A number that begins at some digits: the digits, the scale after them, and what else is added to it."""

    def __init__(self, text: str, digits: re.Match[str], language: str) -> None:
        self.first_scale = 0
        self.end = digits.end()
        self.values = set(_whole(digits[0]))
        for first in (*self.values, *_decimal(digits[0])):
            self._read_on(text, digits.end(), ((first, 1),), language)

    def _read_on(self, text: str, at: int, terms: _Terms, language: str) -> None:
        """Reads scales and further digits as long as they are of one number, which is the sum of its terms."""
        pattern = scale_pattern(language)
        while pattern and (scale := pattern.match(text, at)):
            size = value_of(scale[0], language)
            multiplied = _multiply(terms, size)
            if not multiplied:
                break
            self.first_scale = self.first_scale or size
            terms, at = multiplied, scale.end()
            self._take(terms, at)
            following = _NEXT_DIGITS.match(text, at)
            more = min(_whole(following[1]), default=None) if following else None
            if following and more is not None and more < size:
                terms, at = (*terms, (more, 1)), following.end()
                self.values.add(more)
                if not pattern.match(text, at):
                    self._take(terms, at)

    def _take(self, terms: _Terms, end: int) -> None:
        self.values.add(sum((value for value, _ in terms), Fraction()))
        self.end = max(self.end, end)


def _multiply(terms: _Terms, size: int) -> _Terms | None:
    """The terms of a number after one more scale, which multiplies those of smaller scales; None if it is of another number.

    It is where the new term is not below the scale of the one before it (“3 million 5 million”), and where it would multiply
    a sum of more than thousands (“1 million 1 billion”). So terms get ever smaller, and there are never more than scales.
    """
    larger = tuple(term for term in terms if term[1] >= size)
    smaller = terms[len(larger) :]
    value = (sum((value for value, _ in smaller), Fraction()) or Fraction(1)) * size
    is_sum = len(smaller) > 1
    if (larger and value >= larger[-1][1]) or (is_sum and not smaller[0][1] <= _LARGEST_IN_SUMS < size):
        return None
    return (*larger, (value, size))


def _whole(digits: str) -> Iterator[Fraction]:
    """What digits can mean as whole numbers: one, the signs between them being those of thousands, or several."""
    if grouped := _GROUPED.fullmatch(digits):
        yield Fraction(_plain(re.sub(r"\D", "", grouped[1] or grouped[2])))
    parts = digits.split(" ")
    if len(parts) > 1 and not any(part.startswith("0") for part in parts[1:]):
        yield from (Fraction(_plain(part)) for part in parts if part.isdigit())


def _decimal(digits: str) -> Iterator[Fraction]:
    """What digits can mean as a decimal fraction, before a scale."""
    if decimal := _DECIMAL.fullmatch(digits):
        yield Fraction(f"{_plain(re.sub(r'[^0-9]', '', _plain(decimal[1])))}.{_plain(decimal[2])}")


def _plain(digits: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in digits)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate({0x2019: "'", 0x00AD: None, 0x200B: None})
    return re.sub(r"\s+", " ", plain).casefold()


def _fold_words(text: str) -> str:
    return " ".join(re.sub(r"[-\u2010-\u2015,\s]+", " ", _fold(text)).split())


@cache
def _words_of(number: int, language: str) -> frozenset[str]:
    """A number in words, in every case and gender that the library knows; nothing for a language it does not know."""
    code = language.partition("-")[0]
    if not 0 < number <= _LARGEST_IN_WORDS or code not in num2words.CONVERTER_CLASSES:
        return frozenset()
    if code == "ko":
        return _native(number)
    told = {_fold_words(words) for how in ({}, *_CASES) for words in _speak(number, code, how)}
    if code == "en":
        told |= {f"a {words.removeprefix('one ')}" for words in told if words.startswith("one ")}
        told |= {words.replace(" and ", " ") for words in told}
    return frozenset(words for words in told if is_spaced(words) or len(words) > 1)


def _native(number: int) -> frozenset[str]:
    """What precedes the word for “time” in an ordinal: the native numerals, which count people; the others stand in digits."""
    if not 1 < number < 100:
        return frozenset()
    spoken = {words.rpartition(" ")[0] for words in _speak(number, "ko", {"to": "ordinal"})}
    return frozenset(spoken | {_TWENTY} if number == 20 else spoken)


def _speak(number: int, code: str, how: dict[str, str]) -> Iterator[str]:
    try:
        yield str(num2words.num2words(number, lang=code, **how))
    except (TypeError, NotImplementedError, OverflowError, KeyError, ValueError):
        return


def _find_words(words: str, text: str) -> bool:
    if not is_spaced(words) and not re.search(r"[\uac00-\ud7a3]", words):
        return words in text
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _begins_range(number: int, words: str, text: str) -> bool:
    """Whether a number stands in a text as the lower one of two thousands: “eleven to thirteen thousand”."""
    first, _, thousand = words.rpartition(" ")
    if number % 1000 or not first:
        return False
    between = r" [^\W\d_]{1,6}(?: [^\W\d_]+){1,2} "
    return re.search(rf"(?<!\w){re.escape(first)}{between}{re.escape(thousand)}(?!\w)", text) is not None
