"""What a page of the web says of itself: its headings, and whether it asks for a password or for money."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from chronicle.net import Answer

_HTML: Final = ("text/html", "application/xhtml+xml", "")
_WORD: Final = re.compile(r"\w{2,}")
_ENOUGH: Final = (
    0.75  # the share of the words of a title that must stand in a heading; editors change headlines a little
)
_LONGEST_HEADING: Final = 2000
_OPENING: Final = re.compile(r"<(title|h1)\b[^>]{0,500}>", re.IGNORECASE)
_FOR_SHARING: Final = re.compile(r"<meta\b[^>]{0,200}og:title[^>]{0,900}", re.IGNORECASE)
_CONTENT: Final = re.compile(r"content\s*=\s*(\"[^\"]*|'[^']*)", re.IGNORECASE)
_PASSWORD: Final = re.compile(r"<input\b[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_NOT_FREE: Final = re.compile(
    r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE
)  # schema.org, of articles behind a wall


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page: its headings (title, first heading, title for sharing), and what it asks for."""

    headings: tuple[str, ...]
    is_empty: bool = False
    asks_for_password: bool = False
    asks_for_money: bool = False

    def bears(self, titles: Iterable[str]) -> bool:
        """Whether one of the titles stands in its headings, nearly word for word.

        The text below them is left out: a page that says what is missing repeats it there.
        """
        here = _words(" ".join(self.headings))
        return any(len(words & here) >= _ENOUGH * len(words) for title in titles if (words := _words(title)))


def read_page(answer: Answer) -> Page | None:
    """The page in an answer; None when it is something else, such as a PDF."""
    if answer.media_type not in _HTML:
        return None
    text = answer.text
    headings = dict.fromkeys(filter(None, map(_on_one_line, _find_headings(text))))
    return Page(tuple(headings), not text.strip(), bool(_PASSWORD.search(text)), bool(_NOT_FREE.search(text)))


def _find_headings(text: str) -> Iterator[str]:
    """The first title, the first h1, and the title for sharing. No more HTML is read than it takes, however bad it is."""
    found: set[str] = set()
    for opening in _OPENING.finditer(text):
        name = opening[1].lower()
        if name not in found:
            found.add(name)
            inside = text[opening.end() : opening.end() + _LONGEST_HEADING]
            yield re.sub("<[^>]*>", " ", re.split(rf"</{name}", inside, maxsplit=1, flags=re.IGNORECASE)[0])
    if (sharing := _FOR_SHARING.search(text)) and (content := _CONTENT.search(sharing[0])):
        yield content[1][1:]


def _on_one_line(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
