"""The glossary: explains a term where a page uses it first, and lists all of them on a page of its own."""

import re
from collections.abc import Callable, Mapping

from markupsafe import escape

from chronicle.pages.text import Explain


class Glossary:
    """The terms of a chronology with their meanings."""

    def __init__(self, meaning_by_term: Mapping[str, str]) -> None:
        self._meaning_by_term = meaning_by_term
        longest_first = sorted(meaning_by_term, key=lambda term: (-len(term), term))
        self._terms = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w-])")

    def for_page(self) -> Explain:
        """What explains, on one page, each term at its first place there: it takes words and the way to make them safe."""
        seen: set[str] = set()

        def explain(words: str, shield: Callable[[str], str]) -> str:
            parts = self._terms.split(words)  # words, term, words, term, … words
            return "".join(
                self._explained(part, shield) if index % 2 and _is_new(part, seen) else shield(part)
                for index, part in enumerate(parts)
            )

        return explain

    def _explained(self, term: str, shield: Callable[[str], str]) -> str:
        return f'<abbr title="{_as_attribute(self._meaning_by_term[term])}">{shield(term)}</abbr>'


def _is_new(term: str, seen: set[str]) -> bool:
    new = term not in seen
    seen.add(term)
    return new


def _as_attribute(meaning: str) -> str:
    """A text for an attribute that Markdown may come by: its signs are character references too."""
    return re.sub(r"[\\`*_\[\]]", lambda sign: f"&#{ord(sign[0])};", str(escape(meaning)))
