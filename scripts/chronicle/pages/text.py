"""Strangers’ words made safe for a page: as HTML text, as Markdown prose, and as the values of a page’s front matter.

Everything an entry says is hostile until it has passed one of the functions here. Of Markdown, prose knows footnotes
(`[^handle]`), paragraphs (a blank line between them) and *emphasis*; all else is shown as it was typed.
"""

import html
import json
import re
import unicodedata
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from chronicle.scalars import FOOTNOTE

PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_EMPHASIS = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]{}()#+!|~^=:$\"'-])")
_SAFE_IN_PROSE = frozenset("()-:'\"")  # harmless within a line of the Markdown that our pages use


Explain = Callable[[str], str]  # adds explanations to words that are safe in HTML already


def _leave(words: str) -> str:
    return words


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each on one line."""
    return tuple(" ".join(part.split()) for part in PARAGRAPH_BREAK.split(text.strip()) if part.strip())


def as_markdown(text: str, number_by_handle: Mapping[str, int], explain: Explain = _leave) -> Markup:
    """Prose as Markdown paragraphs; each footnote becomes the reference that Material’s tooltips know."""
    return Markup("\n\n").join(_markdown_paragraph(paragraph, number_by_handle, explain) for paragraph in paragraphs_of(text))


def as_html(text: str, explain: Explain = _leave) -> Markup:
    """Prose without footnotes as inline HTML."""
    return Markup(" ").join(
        Markup(explain(_EMPHASIS.sub(r"<em>\1</em>", str(escape(part))))) for part in paragraphs_of(text)
    )


def as_plain(text: str) -> str:
    """Prose as bare words: no footnotes, no emphasis."""
    return " ".join(_EMPHASIS.sub(r"\1", FOOTNOTE.sub("", text)).split())


def reference(handle: str, number: int) -> Markup:
    """The mark of a footnote that leads to the source with this handle, which is a slug, in the list of sources."""
    link = f'<a class="footnote-ref" href="#fn:{handle}" title="Source {number}">{number}</a>'
    return Markup(f'<sup class="ref" data-pagefind-ignore>{link}</sup>')


def as_front_matter(text: str) -> Markup:
    """A value of front matter, quoted.

    Themes put it into HTML as it is, some of them after undoing one layer of escapes, so it may hold neither an angle
    bracket nor a quotation mark, escaped or not.
    """
    flat = " ".join(text.split())
    harmless = html.escape(flat.translate({ord("<"): "‹", ord(">"): "›", ord('"'): "”", ord("'"): "’"}))
    return Markup(json.dumps(harmless, ensure_ascii=False))


def as_slug(name: str) -> str:
    """A file name for a name: its letters and digits in lower case, other signs as hyphens; never empty, never a path."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60].strip("-")
    return slug or "u" + "-".join(f"{ord(sign):x}" for sign in name[:8])


def _markdown_paragraph(paragraph: str, number_by_handle: Mapping[str, int], explain: Explain) -> Markup:
    close = paragraph.replace(" [^", "[^")  # a line may have broken between a sentence and its footnote
    parts = FOOTNOTE.split(close)  # words, handle, words, handle, … words
    words = [
        explain(_markdown_words(part)) if index % 2 == 0 else _mark(part, number_by_handle) for index, part in enumerate(parts)
    ]
    return Markup("".join(words))


def _mark(handle: str, number_by_handle: Mapping[str, int]) -> str:
    number = number_by_handle.get(handle)
    return str(reference(handle, number)) if number else ""


def _markdown_words(words: str) -> str:
    """Words with their emphasis as a tag: two stars side by side would be another sign of Markdown."""
    return "".join(
        f"<em>{_escape_markdown(part)}</em>" if index % 2 else _escape_markdown(part)
        for index, part in enumerate(_EMPHASIS.split(words))
    )


def _escape_markdown(text: str) -> str:
    """Every sign that Markdown or HTML could take for its own as a character reference or with a backslash before it."""

    def shield(found: re.Match[str]) -> str:
        sign = found[1]
        inside = found.start() > 0 and sign in _SAFE_IN_PROSE
        return sign if inside else f"&#{ord(sign)};"

    safe = _MARKDOWN_SIGNS.sub(shield, text.replace("&", "\0").replace("<", "\1").replace(">", "\2"))
    first_number = re.sub(r"^(\d+)([.)])", lambda found: f"{found[1]}&#{ord(found[2])};", safe)
    return first_number.replace("\0", "&amp;").replace("\1", "&lt;").replace("\2", "&gt;")
