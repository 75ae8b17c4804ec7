"""What is to be looked for in the sources: each quotation and each figure of a chronology, and where it stands in its file."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from chronicle.model import Chronology, Event, Source
from chronicle.model.scalars import Quantity
from chronicle.upkeep.verify.numerals import numbers_in, stands_in_words
from chronicle.upkeep.verify.quotations import find_nearest, has_words, stands_in
from chronicle.yamlfile import Route


class Kind(StrEnum):
    """What a passage is."""

    QUOTATION = "quotation"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source in which a passage should stand, under its handle; `language` is that of its words."""

    handle: str
    url: str
    archive: str | None
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation, or a number with what it counts; it should stand in one of its sources at least."""

    kind: Kind
    slug: str
    path: str
    route: Route
    words: str
    numbers: tuple[int, ...]
    cited: tuple[Cited, ...]

    def name_in(self, language: str) -> str:
        """A name by which the same question is known another time."""
        asked = f"{self.kind}|{self.words}|{self.numbers}|{language if self.numbers else ''}"
        return hashlib.sha256(asked.encode()).hexdigest()[:16]


def passages_of(chronology: Chronology, slugs: Collection[str] = ()) -> tuple[Passage, ...]:
    """Every passage of a chronology, or of some of its events, in their order; what a claim and its source quote alike is one."""
    events = (event for event in chronology.events if not slugs or event.slug in slugs)
    return tuple(passage for event in events for passage in _passages(event, chronology.setting.language))


def is_in(passage: Passage, text: str, language: str) -> bool:
    """Whether a passage stands in a text of that language; of a range, both numbers."""
    if passage.kind is Kind.QUOTATION:
        return stands_in(passage.words, text)
    found = numbers_in(text, language)
    return all(number in found or stands_in_words(number, text, language) for number in passage.numbers)


def explain_absence(passage: Passage, text: str) -> str:
    """What may help whoever looks for a passage that does not stand in a text: a sentence, or ""."""
    if passage.kind is Kind.NUMBER:
        return ""
    if not has_words(passage.words):
        return "There are no words in this quotation."
    if stands_in(passage.words.casefold(), text.casefold()):
        return "It stands there with other capitals."
    nearest = find_nearest(passage.words, text)
    return f"The nearest words there: “{nearest}”." if nearest else ""


def _passages(event: Event, language: str) -> Iterator[Passage]:
    cited = {handle: _cite(handle, source, language) for handle, source in event.sources.items()}
    quoted: set[tuple[str, str]] = set()

    def passage(
        kind: Kind, route: Route, words: str, handles: Collection[str], numbers: tuple[int, ...] = ()
    ) -> Passage:
        sources = tuple(cited[handle] for handle in handles if handle in cited)
        return Passage(kind, event.slug, event.path, route, words, numbers, sources)

    for handle, source in event.sources.items():
        if source.quote:
            quoted.add((source.quote, handle))
            yield passage(Kind.QUOTATION, ("sources", handle, "quote"), source.quote, (handle,))
    for number, claim in enumerate(event.claims):
        if claim.quote and not any((claim.quote, handle) in quoted for handle in claim.sources):
            yield passage(Kind.QUOTATION, ("claims", number, "quote"), claim.quote, claim.sources)
    for number, figure in enumerate(event.figures):
        words = f"{figure.value.words()} ({figure.measure})"
        yield passage(Kind.NUMBER, ("figures", number, "value"), words, figure.sources, _ends(figure.value))


def _cite(handle: str, source: Source, language: str) -> Cited:
    return Cited(handle, source.url, source.archive, source.title, source.language or language)


def _ends(quantity: Quantity) -> tuple[int, ...]:
    return tuple(dict.fromkeys((quantity.low, quantity.high)))
