"""The HTML of a cell → its words in paragraphs, with the links where they stand."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final, TypeAlias

from chronicle.model.scalars import PARAGRAPH_BREAK

_BLOCKS: Final = re.compile(
    "p|div|li|[uod]l|d[td]|h[1-6r]|blockquote|table|tr|pre|figure|figcaption|section|article", re.IGNORECASE
)
_INLINE: Final = re.compile(
    "a|abbr|b|big|br|center|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|su[bp]|tbody|t[dht]|thead|u"
    "|img|iframe|video|audio|source|embed|script|style",
    re.IGNORECASE,
)
_SILENT: Final = ("script", "style")
_MARKUP = re.compile(
    rf"</?(?:{_BLOCKS.pattern}|{_INLINE.pattern})\b[^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d?);", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’)\]]")


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words that lead to it; none for a picture or a film."""

    address: str
    words: str


Paragraph: TypeAlias = "tuple[str | Link, ...]"


def read_markup(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, whether it is HTML or plain; addresses that stand in it as such are links too.

    A text is taken for HTML when it holds a tag or an entity that HTML knows. Tags that it does not know are words.
    """
    parts = _read_html(text) if _MARKUP.search(text) else _read_plain(text)
    paragraphs: list[list[str | Link]] = [[]]
    for part in parts:
        if part is None:
            paragraphs.append([])
        else:
            paragraphs[-1] += [part] if isinstance(part, Link) else _find_addresses(part)
    return tuple(tuple(paragraph) for paragraph in paragraphs if any(_words(part).strip() for part in paragraph))


def links_of(paragraphs: tuple[Paragraph, ...]) -> tuple[Link, ...]:
    """The links of a text, in their order."""
    return tuple(part for paragraph in paragraphs for part in paragraph if isinstance(part, Link))


def words_of(text: str) -> str:
    """The words of a text alone, on one line."""
    return " ".join(" ".join(map(_words, paragraph)) for paragraph in read_markup(text)).strip()


def _words(part: str | Link) -> str:
    return (part.words or part.address) if isinstance(part, Link) else part


def _read_plain(text: str) -> list[str | Link | None]:
    parts: list[str | Link | None] = []
    for paragraph in PARAGRAPH_BREAK.split(text):
        parts += [" ".join(paragraph.split()), None]
    return parts


def _read_html(text: str) -> list[str | Link | None]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_link()
    return reader.parts


def _find_addresses(text: str) -> list[str | Link]:
    parts: list[str | Link] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        parts += [text[end : found.start()], Link(found[0], found[0])]
        end = found.end()
    return [*parts, text[end:]]


class _Reader(HTMLParser):
    """Gathers words, links and, as None, the ends of paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str | Link | None] = []
        self._address: str | None = None
        self._begin = 0
        self._is_silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a paragraph or a link, or takes the address of a picture."""
        given = dict(attrs)
        self._is_silent = tag in _SILENT
        if tag == "br":
            self._break_line()
        elif _BLOCKS.fullmatch(tag):
            self.parts.append(None)
        elif tag == "a":
            self.end_link()
            self._address, self._begin = given.get("href"), len(self.parts)
        elif not _INLINE.fullmatch(tag):
            self.parts.append(self.get_starttag_text() or "")
        elif tag not in _SILENT and (address := given.get("src")):
            self.parts.append(Link(address, ""))

    def handle_endtag(self, tag: str) -> None:
        """Ends a paragraph or a link."""
        self._is_silent = False
        if tag == "a":
            self.end_link()
        elif _BLOCKS.fullmatch(tag):
            self.parts.append(None)

    def handle_data(self, data: str) -> None:
        """Takes words, but for those of a script or a style."""
        if not self._is_silent:
            self.parts.append(re.sub(r"\s+", " ", data))

    def end_link(self) -> None:
        """Makes one link of the words since it began."""
        if self._address:
            words = "".join(part for part in self.parts[self._begin :] if isinstance(part, str))
            others = [part for part in self.parts[self._begin :] if isinstance(part, Link)]
            self.parts[self._begin :] = [Link(self._address, " ".join(words.split())), *others]
        self._address = None

    def _break_line(self) -> None:
        """One `<br>` is a blank, two are the end of a paragraph."""
        before = next((part for part in reversed(self.parts) if not isinstance(part, str) or part.strip(" ")), "")
        self.parts.append(None if before == "\n" else "\n")
