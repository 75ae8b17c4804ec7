"""RIS, which EndNote, Mendeley, Citavi and library catalogues read (Research Information Systems, 2011)."""

from collections.abc import Iterable, Iterator

from chronicle.citations.when import Dated, dated
from chronicle.citations.works import Work
from chronicle.model.setting import CitedAs

_TYPES = {
    CitedAs.WEBPAGE: "ELEC",
    CitedAs.BLOG: "BLOG",
    CitedAs.NEWSPAPER: "NEWS",
    CitedAs.MAGAZINE: "MGZN",
    CitedAs.JOURNAL: "EJOUR",
    CitedAs.BROADCAST: "VIDEO",
    CitedAs.REPORT: "RPRT",
    CitedAs.DATASET: "DATA",
}
_PUBLISHED = {CitedAs.REPORT, CitedAs.DATASET, CitedAs.BROADCAST}  # all else appears in something


def write_ris(works: Iterable[Work]) -> str:
    """The works as an RIS file in UTF-8, its lines ended as the format asks."""
    return "".join(f"{tag}  - {_line(value)}\r\n" for work in works for tag, value in (*_fields(work), ("ER", "")))


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    """The tags in order; the type comes first."""
    yield "TY", _TYPES[work.cited_as]
    yield "ID", work.key
    if work.author:
        yield "AU", work.author.replace(",", ";")  # readers take what stands behind a comma for a first name
    yield "TI", work.title
    if work.translation:
        yield "TT", work.translation
    if work.published_by:
        yield ("PB" if work.cited_as in _PUBLISHED else "T2"), work.published_by
    if work.issued:
        yield from _date(dated(work.issued))
    if work.version:
        yield "ET", f"Version {work.version}"
    yield "UR", work.url
    if work.accessed:
        yield "Y2", f"{work.accessed:%Y/%m/%d}/"
    if work.archive and work.archived_by:  # Zotero reads both as the archive and the place in it
        yield "DB", work.archived_by
        yield "AN", work.archive
    yield "LA", work.language
    yield from (("N1", note) for note in work.notes)


def _date(found: Dated) -> Iterator[tuple[str, str]]:
    """`DA` is a year, a month, a day and other words, each ended by a slash; what is not known is left empty."""
    if not found.parts:
        yield "N1", f"Published {found.words}."
        return
    parts = found.parts[0]
    more = found.words if found.about or found.season or len(found.parts) > 1 else ""
    year, month, day = (f"{part:02}" for part in (*parts, *(0,) * (3 - len(parts))))
    yield "PY", f"{parts[0]:04}"
    yield "DA", f"{int(year):04}/{month if len(parts) > 1 else ''}/{day if len(parts) > 2 else ''}/{more}"


def _line(text: str) -> str:
    return " ".join(text.split())
