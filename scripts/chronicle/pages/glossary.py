"""The glossary: explains a term where a page uses it first, and lists all of them on a page of its own."""

import re
from collections.abc import Mapping

from markupsafe import escape

from chronicle.pages.text import Explain


class Glossary:
    """The terms of a chronology with their meanings."""

    def __init__(self, meaning_by_term: Mapping[str, str]) -> None:
        self._meanings = {str(escape(term)): _as_attribute(meaning) for term, meaning in meaning_by_term.items()}
        longest_first = sorted(self._meanings, key=lambda term: (-len(term), term))
        self._terms = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")

    def for_page(self) -> Explain:
        """What explains, on one page, each term at its first place there; it takes words that are safe in HTML already."""
        seen: set[str] = set()

        def explain(found: re.Match[str]) -> str:
            if found[0] in seen:
                return found[0]
            seen.add(found[0])
            return f'<abbr title="{self._meanings[found[0]]}">{found[0]}</abbr>'

        return lambda words: self._terms.sub(explain, words) if self._meanings else words


def _as_attribute(meaning: str) -> str:
    """A text for an attribute that Markdown may come by: its signs are character references too."""
    return re.sub(r"[\\`*_\[\]]", lambda sign: f"&#{ord(sign[0])};", str(escape(meaning)))
