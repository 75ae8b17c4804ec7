"""Handles: whatever is cited is listed among the sources, and whatever is listed is cited."""

import re
from collections.abc import Iterator, Mapping, Sequence

from chronicle.load.findings import Finding
from chronicle.model import Claim, Event, Figure
from chronicle.model.scalars import FOOTNOTE, PARAGRAPH_BREAK
from chronicle.problems import suggest
from chronicle.yamlfile import Route

# A footnote, or else what may be written for one by somebody who has only heard of footnotes.
_FOOTNOTE_LIKE = re.compile(
    FOOTNOTE.pattern
    + r"|(?P<malformed>\[[^][\n]*\^[^][\n]*\]|\[[^][\n]*\]\^|\^(?:\[[^][\n]*\])?)|\[(?P<bare>[a-z0-9-]+)\]"
)


def find_unknown_handles(event: Event) -> Iterator[Finding]:
    """Whatever a claim, a figure or a footnote cites is listed under `sources:`.

    Good: `sources: [gazette]` in a claim or `[^gazette]` in the summary, and `gazette:` under `sources:`
    Bad: `sources: [gazete]`
    """
    if _cited(event) <= event.sources.keys():
        return  # nearly always so, and found much faster than by going through all places
    for key, route, offset, handle in _citations(event):
        if handle not in event.sources:
            what = f"`{key}`: “{handle}” is not listed under `sources:`"
            mend = f"{suggest(handle, event.sources)}{_listed(event)}"
            yield Finding(event.path, route, what, mend, offset=offset)


def find_uncited_sources(event: Event) -> Iterator[Finding]:
    """Whatever is listed under `sources:` is cited.

    While a citation is wrong, no source is said to be uncited, for it may be the one that was meant.

    Good: `gazette:` under `sources:`, and `sources: [gazette]` in a claim
    Bad: `gazette:` under `sources:`, and nothing that cites it
    """
    cited, listed = _cited(event), event.sources.keys()
    if cited < listed and not any(any(_malformed_footnotes(text, event)) for _, text in _prose(event)):
        for handle in listed - cited:
            what = f"`{handle}`: no claim, figure or footnote cites this source"
            mend = "Cite it for what it shows, or delete it."
            yield Finding(event.path, ("sources", handle), what, mend, at_key=True)


def _cited(event: Event) -> set[str]:
    return set(event.supporting).union(*(FOOTNOTE.findall(text) for _, text in _prose(event)))


def _citations(event: Event) -> Iterator[tuple[str, Route, int, str]]:
    """Every citation: its key, its place, how many characters into the text it stands, and the handle."""
    told_under: Mapping[str, Sequence[Claim | Figure]] = {"claims": event.claims, "figures": event.figures}
    for part, told in told_under.items():
        for at, one in enumerate(told):
            yield from (
                ("sources", (part, at, "sources", place), 0, handle) for place, handle in enumerate(one.sources)
            )
    for key, text in _prose(event):
        yield from ((key, (key,), found.start(), found[1]) for found in FOOTNOTE.finditer(text))


def _prose(event: Event) -> Iterator[tuple[str, str]]:
    """The texts that cite by footnotes, each under its key."""
    yield "summary", event.summary
    if event.annotation:
        yield "annotation", event.annotation


def _listed(event: Event) -> str:
    return f"Listed are: {', '.join(event.sources)}."


def find_malformed_footnotes(event: Event) -> Iterator[Finding]:
    """A footnote is a caret and one handle in square brackets.

    Good: `The bridge was closed.[^notice][^gazette]`
    Bad: `[^ notice]`, `[notice]^`, `[notice]`, `[^notice, gazette]`
    """
    for key, text in _prose(event):
        for found in _malformed_footnotes(text, event):
            mend = f"Write a caret and one handle in square brackets: [^handle]. {_listed(event)}"
            yield Finding(event.path, (key,), f"`{key}`: “{found[0]}” is not a footnote", mend, offset=found.start())


def _malformed_footnotes(text: str, event: Event) -> Iterator[re.Match[str]]:
    if text.count("^") == text.count("[") == len(FOOTNOTE.findall(text)):
        return  # nearly always so, and found much faster than by the pattern
    for found in _FOOTNOTE_LIKE.finditer(text):
        if found["malformed"] or found["bare"] in event.sources:
            yield found


def find_misplaced_footnotes(event: Event) -> Iterator[Finding]:
    """Footnotes stand in `summary` and `annotation`; claims and figures have `sources` for it, a title cites nothing.

    Good: `says: The bridge had been inspected.` with `sources: [notice]`
    Bad: `says: The bridge had been inspected.[^notice]`
    """
    for route, text in _plain_texts(event):
        if "[^" in text and (found := FOOTNOTE.search(text)):
            what = f"`{route[-1]}`: a footnote cannot stand here"
            mend = "Delete it; claims and figures name their sources under `sources:`."
            yield Finding(event.path, route, what, mend, offset=found.start())


def _plain_texts(event: Event) -> Iterator[tuple[Route, str]]:
    yield ("title",), event.title
    for at, claim in enumerate(event.claims):
        yield ("claims", at, "says"), claim.says
        if claim.quote:
            yield ("claims", at, "quote"), claim.quote
    for at, figure in enumerate(event.figures):
        if figure.note:
            yield ("figures", at, "note"), figure.note


def find_uncited_paragraphs(event: Event) -> Iterator[Finding]:
    """Each paragraph of a summary and of an annotation cites a source.

    Good: `The bridge was closed.[^notice]`
    Bad: `The bridge was closed.`
    """
    for key, text in _prose(event):
        for start, paragraph in _paragraphs(text):
            if not FOOTNOTE.search(paragraph) and not any(_malformed_footnotes(paragraph, event)):
                what = f"`{key}`: this paragraph cites no source"
                mend = f"Put [^handle] after the sentence that a source shows. {_listed(event)}"
                yield Finding(event.path, (key,), what, mend, offset=start)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text, each with its place in the text."""
    start = 0
    for gap in PARAGRAPH_BREAK.finditer(text):
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]
