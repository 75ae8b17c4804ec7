"""Sources: one description for one address, an archived copy of each, and more than one origin."""

import re
from collections.abc import Iterator

from chronicle.check.whole import Whole
from chronicle.dates import EdtfDate
from chronicle.findings import Finding
from chronicle.model import Chronology, Event, Source
from chronicle.origins import origin_label, origins_of_event
from chronicle.problems import Severity

_DESCRIPTION = ("title", "publisher", "author", "published", "language", "type")
_ARCHIVED = re.compile(r"https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|li|md|vn|fo))/")


def find_repeated_addresses(whole: Whole) -> Iterator[Finding]:
    """An entry lists an address once; what leads to the same page (`www.`, `#part`, `utm_source=`) is the same address.

    Good: one source `gazette`, cited wherever it is needed
    Bad: `gazette` with `url: https://example.org/a`, and `gazette-2` with `url: https://www.example.org/a/#top`
    """
    for sources in whole.shared_addresses:
        handle_by_path: dict[str, str] = {}
        for event, handle in sources:
            first = handle_by_path.setdefault(event.path, handle)
            if first != handle:
                mend = "Keep one of the two, and cite it wherever the other is cited."
                yield Finding(event.path, ("sources", handle, "url"), f"`url`: `{first}` has the same address", mend)


def find_differing_descriptions(whole: Whole) -> Iterator[Finding]:
    """An address that several entries cite is described alike in all of them.

    Good: `publisher: The Ellery Gazette` in both entries
    Bad: `publisher: The Ellery Gazette` in one entry, `publisher: Ellery Gazette` in the other
    """
    for first, *others in whole.shared_addresses:
        for event, handle in others:
            if event is not first[0]:
                yield from _differing_description(event, handle, first, whole.setting.language)


def _differing_description(event: Event, handle: str, first: tuple[Event, str], language: str) -> Iterator[Finding]:
    there, name = first
    here_by_key = _words_by_key(event.sources[handle], language)
    there_by_key = _words_by_key(there.sources[name], language)
    differing = [key for key in _DESCRIPTION if here_by_key[key] != there_by_key[key]]
    if differing:
        given = getattr(event.sources[handle], differing[0]) is not None
        route = ("sources", handle, differing[0]) if given else ("sources", handle)
        keys = ", ".join(f"`{key}`" for key in differing)
        what = f"{keys}: `{name}` in {there.path} describes the same address otherwise"
        told = "; ".join(f"{key} {there_by_key[key]}" for key in differing)
        mend = f"There: {told}. Describe the page alike in both, as it is."
        yield Finding(event.path, route, what, mend, Severity.WARNING, at_key=not given)


def _words_by_key(source: Source, language: str) -> dict[str, str]:
    """The description of a source for a message."""
    values = {key: getattr(source, key) for key in _DESCRIPTION} | {"language": source.language or language}
    texts = {key: value.edtf if isinstance(value, EdtfDate) else value for key, value in values.items()}
    return {key: f"“{text}”" if text else "not given" for key, text in texts.items()}


def find_missing_copies(event: Event) -> Iterator[Finding]:
    """Every source has an archived copy, for the day its page is gone; told once an entry.

    Good: `archive: https://web.archive.org/web/19980320101500/https://example.org/a`
    Bad: no `archive`, unless `url` itself leads into an archive
    """
    lacking = [
        handle for handle, source in event.sources.items() if not source.archive and not _ARCHIVED.match(source.url)
    ]
    if lacking:
        what = f"`sources`: {len(lacking)} of {len(event.sources)} without an archived copy: {', '.join(lacking)}"
        mend = "Save each page in a web archive, and give the address of the copy as `archive:`."
        yield Finding(event.path, ("sources",), what, mend, Severity.WARNING, at_key=True)


def find_single_origins(chronology: Chronology) -> Iterator[Finding]:
    """What the claims and figures of an event rest on leads back to more than one origin.

    While a handle is wrong, the origins cannot be counted.

    Good: a newspaper that relays the harbour authority, and a newspaper that reports on its own
    Bad: five newspapers that relay the harbour authority
    """
    for event in chronology.events:
        origins = origins_of_event(event, chronology)
        if len(origins) == 1 and event.sources.keys() >= set(event.supporting):
            what = f"`claims`: {_all_sources(len(event.supporting))} one origin, {origin_label(origins[0], chronology)}"
            mend = "Look for a source with another origin; if there is none, leave it as it is."
            yield Finding(event.path, ("claims",), what, mend, Severity.WARNING, at_key=True)


def _all_sources(number: int) -> str:
    if number == 1:
        return "the only source cited has"
    return "both sources cited have" if number == 2 else f"all {number} sources cited have"
