"""Whether a quotation stands in a text word for word, and which words there come nearest to it.

Set aside is what differs between a page and its copy though nobody changed a word: blanks and line ends, the form of
quotation marks and dashes, soft hyphens and signs without width, HTML entities, and Unicode’s several ways of writing one
sign. Capitals count. `…`, `...` and `[…]` stand for words that were left out, `[words]` for words of the editors, and
`[W]e` for a letter whose case they changed; a full stop or comma at the very end is theirs too.
"""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

LONGEST_GAP: Final = 1500  # characters that may be left out; further apart, two passages are two quotations
_WORD: Final = re.compile(r"\w+")
_ALIKE: Final = 0.6  # the share of its words by which a passage comes near
_LONGEST_NEAR: Final = 400

_MARKS: Final = "\"'`´‘’‚‛“”„‟«»‹›′″‴「」『』《》〈〉〝〞〟＂＇｀"
_DASHES: Final = "-‐‑‒–—―−⁃﹘﹣－⸺⸻"
_SAME: Final = str.maketrans({**dict.fromkeys(_MARKS, "'"), **dict.fromkeys(_DASHES, "-"), "\u2044": "/"})
_WIDTHLESS: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_BROKEN_WORD: Final = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_GAP: Final = re.compile(r"\[[^\[\]]*\]|\((?:\.\s*){3,}\)|(?:\.\s*){3,}")
_LETTER_OF_THE_EDITORS: Final = re.compile(r"(?<!\w)\[([^\W\d_])\](?=\w)")
_UNSPACED: Final = (
    r"\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_SPACED_LETTER: Final = rf"[^\W{_UNSPACED}]"  # a letter or digit of a script that parts words by blanks


def stands_in(quotation: str, text: str) -> bool:
    """Whether a quotation stands in a text word for word; what is left out of it is near, and in its order."""
    pieces = _pieces(quotation)
    return bool(pieces) and any(_find_in_order(pieces, folded) for folded in _foldings(text))


def has_words(quotation: str) -> bool:
    """Whether there is anything in a quotation that could be looked for."""
    return bool(_pieces(quotation))


def find_nearest(quotation: str, text: str) -> str:
    """The words of a text that come nearest to a quotation; "" where none come near."""
    wanted = [word[0].casefold() for word in _WORD.finditer(_GAP.sub(" ", fold(quotation)))]
    folded = fold(text)
    there = list(_WORD.finditer(folded))
    length = min(len(wanted), len(there))
    if not length:
        return ""
    words = [word[0].casefold() for word in there]
    known, pairs = frozenset(wanted), frozenset(pairwise(wanted))
    alike = (0, *accumulate(word in known for word in words))
    in_order = (0, *accumulate(pair in pairs for pair in pairwise(words)), 0)

    def worth(start: int) -> tuple[int, bool]:
        hits = alike[start + length] - alike[start] + 2 * (in_order[start + length - 1] - in_order[start])
        return hits, words[start] in known

    best = max(range(len(words) - length + 1), key=worth)
    if alike[best + length] - alike[best] < max(2, _ALIKE * len(wanted)):
        return ""
    return folded[there[best].start() : there[best + length - 1].end()][:_LONGEST_NEAR]


def fold(text: str) -> str:
    """A text without what does not count: equal words give equal texts. Case is kept."""
    plain = html.unescape(html.unescape(text)) if "&" in text else text
    plain = unicodedata.normalize("NFKC", _WIDTHLESS.sub("", plain).translate(_SAME)).translate(_SAME)
    plain = re.sub(r"''+", "'", " ".join(plain.split()))
    return re.sub(r" ?-[- ]*", "-", plain)


def _foldings(text: str) -> Iterable[str]:
    """The text, and the text with words made whole that are broken over two lines, as in print."""
    yield fold(text)
    if _BROKEN_WORD.search(text):
        yield fold(_BROKEN_WORD.sub("", text))


def _pieces(quotation: str) -> tuple[re.Pattern[str], ...]:
    """What has to be found one after the other, each as a pattern."""
    freed = _LETTER_OF_THE_EDITORS.sub(lambda letter: f"\ue000{letter[1]}", fold(quotation))
    parts = (part.strip(" '.,;:-") for part in _GAP.split(freed))
    return tuple(_pattern(part) for part in parts if re.search(r"\w", part))


def _pattern(piece: str) -> re.Pattern[str]:
    """A pattern for words that begin and end where words do, as far as their script shows that."""
    escaped = re.sub("\ue000(.)", lambda letter: f"(?i:{letter[1]})", re.escape(piece))
    first, last = piece.lstrip("\ue000")[0], piece[-1]
    before = rf"(?<!{_SPACED_LETTER})" if re.match(_SPACED_LETTER, first) else ""
    after = rf"(?!{_SPACED_LETTER})" if re.match(_SPACED_LETTER, last) else ""
    if first.isdigit():
        before += r"(?<!\d[.,])"
    if last.isdigit():
        after += r"(?![.,]\d)"
    return re.compile(f"{before}{escaped}{after}")


def _find_in_order(pieces: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether the pieces stand in a text one after the other, none too far from the one before."""
    ends = [found.end() for found in _find_all(pieces[0], text)]
    for piece in pieces[1:]:
        ends = [found.end() for found in _find_all(piece, text) if _follows(found.start(), ends)]
    return bool(ends)


def _find_all(piece: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every place of a piece, also where two overlap."""
    found = piece.search(text)
    while found:
        yield found
        found = piece.search(text, found.start() + 1)


def _follows(start: int, ends: Sequence[int]) -> bool:
    """Whether one of the ends, which stand in their order, is close before a start."""
    at = bisect_left(ends, start - LONGEST_GAP)
    return at < len(ends) and ends[at] <= start
