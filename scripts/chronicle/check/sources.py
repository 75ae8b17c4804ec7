"""Sources: one description for one address, an archived copy of each, and more than one origin."""

from collections import Counter
from collections.abc import Iterator

from chronicle.check.whole import Whole
from chronicle.dates import EdtfDate
from chronicle.load.findings import Finding
from chronicle.model import Chronology, Event, Source
from chronicle.model.likeness import find_tracking, is_archived
from chronicle.model.origins import origin_label, origins_of_event
from chronicle.problems import Severity

_DESCRIPTION = ("title", "publisher", "author", "published", "language", "type")


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
    """An address that several entries cite is described alike in all of them; what differs from most is told.

    Good: `publisher: The Ellery Gazette` in both entries
    Bad: `publisher: The Ellery Gazette` in one entry, `publisher: Ellery Gazette` in the other
    """
    for cited in whole.shared_addresses:
        descriptions = [_describe(event.sources[handle], whole.setting.language) for event, handle in cited]
        usual, _ = Counter(descriptions).most_common(1)[0]
        there, name = cited[descriptions.index(usual)]
        for (event, handle), description in zip(cited, descriptions, strict=True):
            if description != usual and event is not there:
                yield _differing_description(event, handle, description, usual, f"`{name}` in {there.path}")


def _describe(source: Source, language: str) -> tuple[str, ...]:
    """What a source says of its page, in words, in the order of `_DESCRIPTION`."""
    values = (getattr(source, key) for key in _DESCRIPTION)
    texts = (value.edtf if isinstance(value, EdtfDate) else value for value in values)
    said = {key: f"“{text}”" if text else "not given" for key, text in zip(_DESCRIPTION, texts, strict=True)}
    return tuple({**said, "language": f"“{source.language or language}”"}.values())


def _differing_description(
    event: Event, handle: str, here: tuple[str, ...], usual: tuple[str, ...], other: str
) -> Finding:
    differing = {key: there for key, mine, there in zip(_DESCRIPTION, here, usual, strict=True) if mine != there}
    first = next(iter(differing))
    given = getattr(event.sources[handle], first) is not None
    what = f"{', '.join(f'`{key}`' for key in differing)}: {other} describes the same address otherwise"
    told = "; ".join(f"{key} {words}" for key, words in differing.items())
    mend = f"There: {told}. Describe the page alike in both, as it is."
    route = ("sources", handle, first) if given else ("sources", handle)
    return Finding(event.path, route, what, mend, Severity.WARNING, at_key=not given)


def find_tracking_addresses(event: Event) -> Iterator[Finding]:
    """An address holds nothing by which whoever opens it is followed; what comes after a search or a letter often does.

    Good: `url: https://gazette.example.org/1998/bridge`
    Bad: `url: https://gazette.example.org/1998/bridge?utm_source=newsletter`
    """
    for handle, source in event.sources.items():
        if tracking := find_tracking(source.url):
            what = f"`url`: “{tracking}” only tells the site how somebody came to the page"
            mend = "Delete it; the address leads to the same page without it."
            place = ("sources", handle, "url")
            yield Finding(event.path, place, what, mend, Severity.WARNING, offset=source.url.index(tracking))


def find_missing_copies(event: Event) -> Iterator[Finding]:
    """Every source has an archived copy, for the day its page is gone; told once an entry.

    Good: `archive: https://web.archive.org/web/19980320101500/https://example.org/a`
    Bad: no `archive`, unless `url` itself leads into an archive
    """
    lacking = [
        handle for handle, source in event.sources.items() if not source.archive and not is_archived(source.url)
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
