"""CSL-JSON, which Zotero and every CSL processor read: https://docs.citationstyles.org (CSL 1.0.2)."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from chronicle.citations.when import dated
from chronicle.citations.works import Work
from chronicle.dates import EdtfDate
from chronicle.model.setting import CitedAs

# What appears in something has that as its container; all else has a publisher.
_CONTAINED = {CitedAs.NEWSPAPER, CitedAs.MAGAZINE, CitedAs.JOURNAL, CitedAs.BLOG}


def write_csl(works: Iterable[Work]) -> str:
    """The works as a CSL-JSON file, one a line."""
    lines = ",\n".join(json.dumps(csl_item(work), ensure_ascii=False) for work in works)
    return f"[\n{lines}\n]\n"


def csl_item(work: Work) -> Mapping[str, Any]:
    """One work as CSL has it. CSL has no place for a translated title: it follows the title in square brackets."""
    ours = work.version is not None and work.cited_as is CitedAs.WEBPAGE
    place = "container-title" if ours or work.cited_as in _CONTAINED else "publisher"
    item = {
        "id": work.key,
        "type": work.cited_as.value,
        "title": f"{work.title} [{work.translation}]" if work.translation else work.title,
        "author": [{"literal": work.author}] if work.author else None,
        place: work.published_by,
        "issued": _csl_date(work.issued) if work.issued else None,
        "available-date": _csl_day(work.added),
        "version": work.version,
        "URL": work.url,
        "accessed": _csl_day(work.accessed),
        "archive": work.archived_by,
        "archive_location": work.archive,
        "language": work.language,
        "note": " ".join(work.notes),
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(when: EdtfDate) -> Mapping[str, Any]:
    found = dated(when)
    if not found.parts:
        return {"literal": found.words}
    parts: dict[str, Any] = {"date-parts": [list(parts) for parts in found.parts]}
    if found.season:
        parts["season"] = found.season
    return {**parts, "circa": True} if found.about else parts


def _csl_day(day: date | None) -> Mapping[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
