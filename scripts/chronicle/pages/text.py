"""Strangers’ words made safe for a page: as HTML text, as Markdown prose, and as the values of a page’s front matter.

Everything an entry says is hostile until it has passed one of the functions here. Of Markdown, prose knows footnotes
(`[^handle]`), paragraphs (a blank line between them) and *emphasis*; all else is shown as it was typed.
"""

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from chronicle.model.scalars import FOOTNOTE, PARAGRAPH_BREAK

_EMPHASIS = re.compile(r"\*(?=\S)([^*\n]+?)(?<=\S)\*")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]{}()#+!|~^=:$\"'-])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_OPENING = re.compile(r"""(?<![^\s(\[“‘—–-])["'](?=["'\w])""")  # straight marks, of which all others close or are apostrophes
_LONGEST_SLUG = 60
BETWEEN_REFERENCES = "\u202f"  # a narrow space at which no line breaks
_SAFE_IN_PROSE = frozenset("()-:'\"")  # harmless within a line of the Markdown that our pages use


Shield = Callable[[str], str]  # makes words safe
Explain = Callable[[str, Shield], str]  # makes words safe, part by part, and adds explanations to some


def _only_shield(words: str, shield: Shield) -> str:
    return shield(words)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each on one line."""
    return tuple(" ".join(part.split()) for part in PARAGRAPH_BREAK.split(text.strip()) if part.strip())


def as_markdown(text: str, number_by_handle: Mapping[str, int], explain: Explain = _only_shield) -> Markup:
    """Prose as Markdown paragraphs; each footnote becomes the reference that Material’s tooltips know."""
    return Markup("\n\n").join(
        _markdown_paragraph(paragraph, number_by_handle, explain) for paragraph in paragraphs_of(text)
    )


def as_html(text: str, explain: Explain = _only_shield) -> Markup:
    """Prose without footnotes as inline HTML."""
    return Markup(" ").join(Markup(_with_emphasis(part, _escape_html, explain)) for part in paragraphs_of(text))


def as_plain(text: str) -> str:
    """Prose as bare words: no footnotes, no emphasis."""
    return " ".join(without_emphasis(FOOTNOTE.sub("", text)).split())


def without_emphasis(text: str) -> str:
    """Prose without the stars around words that are emphasised."""
    return _EMPHASIS.sub(r"\1", text)


def as_line(words: str) -> str:
    """Words on one line, without the signs that XML cannot hold and that end a line elsewhere."""
    return " ".join(_CONTROLS.sub(" ", words).split())


def bare_paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of prose without their footnotes, each on one line."""
    bare = (as_line(FOOTNOTE.sub("", paragraph)) for paragraph in paragraphs_of(text))
    return tuple(paragraph for paragraph in bare if paragraph)


def reference(handle: str, number: int) -> Markup:
    """The mark of a footnote that leads to the source with this handle, which is a slug, in the list of sources."""
    link = f'<a class="footnote-ref" href="#fn:{handle}" title="Source {number}">{number}</a>'
    return Markup(f'<sup class="ref" data-pagefind-ignore>{link}</sup>')


def unbroken(words: str) -> str:
    """Words between which lines break after a comma only: “denied 10 Oct 2024, acknowledged 26 Apr 2025”."""
    return re.sub("(?<!,) ", "\u00a0", words)


def as_front_matter(text: str) -> Markup:
    """A value of front matter, quoted.

    Themes put it into HTML as it is, some of them after undoing one layer of escapes, so it may hold neither an angle
    bracket nor a quotation mark, escaped or not.
    """
    flat = _OPENING.sub(lambda mark: "“" if mark[0] == '"' else "‘", " ".join(text.split()))
    harmless = html.escape(flat.translate({ord("<"): "‹", ord(">"): "›", ord('"'): "”", ord("'"): "’"}))
    return Markup(json.dumps(harmless, ensure_ascii=False))


def as_slug(name: str) -> str:
    """A file name for a name: its Latin letters and digits, other signs as hyphens; never empty, never a path, never `index`.

    A name that loses letters on the way, or is cut, gets a digest of the whole, so that two names seldom share a file.
    """
    folded = unicodedata.normalize("NFKD", name)
    latin = "".join(sign for sign in folded if not unicodedata.combining(sign)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")
    lost = any(sign.isalnum() and not sign.isascii() for sign in latin)
    if not slug or lost or slug == "index" or len(slug) > _LONGEST_SLUG:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        return f"{slug[:_LONGEST_SLUG].strip('-')}-{digest}".strip("-")
    return slug


def _markdown_paragraph(paragraph: str, number_by_handle: Mapping[str, int], explain: Explain) -> Markup:
    close = paragraph.replace(" [^", "[^")  # a line may have broken between a sentence and its footnote
    parts = _in_order(FOOTNOTE.split(close), number_by_handle)  # words, handle, words, handle, … words
    between = (part or (BETWEEN_REFERENCES if 0 < index < len(parts) - 1 else "") for index, part in enumerate(parts))
    words = (
        _mark(part, number_by_handle) if index % 2 else _with_emphasis(part, _escape_markdown, explain)
        for index, part in enumerate(between)
    )
    return Markup("".join(words))


def _in_order(parts: list[str], number_by_handle: Mapping[str, int]) -> list[str]:
    """Words and handles in turn, where footnotes side by side stand in the order of their numbers: “1 2”, never “2 1”."""
    ordered = list(parts)
    first = 1
    for last in range(1, len(parts), 2):
        if parts[last + 1] or last + 2 == len(parts):  # what follows is words, or nothing more
            ordered[first : last + 1 : 2] = sorted(
                parts[first : last + 1 : 2], key=lambda handle: number_by_handle.get(handle, 0)
            )
            first = last + 2
    return ordered


def _mark(handle: str, number_by_handle: Mapping[str, int]) -> str:
    number = number_by_handle.get(handle)
    return str(reference(handle, number)) if number else ""


def _with_emphasis(words: str, shield: Shield, explain: Explain) -> str:
    """Words with their emphasis as a tag: in Markdown two stars side by side would be another sign."""
    parts = enumerate(_EMPHASIS.split(words))
    return "".join(f"<em>{explain(part, shield)}</em>" if index % 2 else explain(part, shield) for index, part in parts)


def _escape_html(text: str) -> str:
    return str(escape(text))


def _escape_markdown(text: str) -> str:
    """Every sign that Markdown or HTML could take for its own as a character reference or with a backslash before it."""

    def shield(found: re.Match[str]) -> str:
        sign = found[1]
        inside = found.start() > 0 and sign in _SAFE_IN_PROSE
        return sign if inside else f"&#{ord(sign)};"

    safe = _MARKDOWN_SIGNS.sub(shield, text.replace("&", "\0").replace("<", "\1").replace(">", "\2"))
    first_number = re.sub(r"^(\d+)([.)])", lambda found: f"{found[1]}&#{ord(found[2])};", safe)
    return first_number.replace("\0", "&amp;").replace("\1", "&lt;").replace("\2", "&gt;")
