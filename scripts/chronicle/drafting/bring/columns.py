"""Columns: which heading of a sheet, or which key of TimelineJS, tells what, and what one row says."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from chronicle.yamlfile import HIDDEN

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("date", "start date", "start", "when"),
    "end": ("end", "end date", "until"),
    "year": ("year", "start year", "start_date.year"),
    "month": ("month", "start month", "start_date.month"),
    "day": ("day", "start day", "start_date.day"),
    "time": ("time", "start time"),
    "end year": ("end year", "end_date.year"),
    "end month": ("end month", "end_date.month"),
    "end day": ("end day", "end_date.day"),
    "end time": ("end time",),
    "display date": ("display date", "start_date.display_date"),
    "title": ("title", "headline", "event", "text.headline"),
    "summary": ("summary", "text", "description", "details", "text.text"),
    "kind": ("kind", "event type"),
    "certainty": ("certainty",),
    "topics": ("topics", "topic", "tags", "tag", "category"),
    "places": ("places", "place", "location"),
    "actors": ("actors", "actor", "people"),
    "by": ("by", "said by"),
    "says": ("says", "claim"),
    "url": ("url", "link", "address", "source url", "source"),
    "source title": ("source title",),
    "publisher": ("publisher", "published by", "outlet"),
    "author": ("author", "byline"),
    "published": ("published", "date published", "publication date", "source date"),
    "language": ("language", "source language"),
    "type": ("type", "source type"),
    "reported": ("reported", "first reported"),
    "media": ("media", "media.url"),
    "media credit": ("media credit", "media.credit"),
    "media caption": ("media caption", "media.caption"),
    "media thumbnail": ("media thumbnail", "media.thumbnail"),
    "alt text": ("alt text", "media.alt"),
    "group": ("group",),
    "background": ("background",),
}
"""What a row may tell, each under the headings that mean it, the first of them before the others."""

_LONGEST_CELL: Final = 50_000  # what Google Sheets allows
_BROKEN_CELLS: Final = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!")
_RANK_BY_HEADING: Final = {
    heading: (field, rank) for field, headings in COLUMNS.items() for rank, heading in enumerate(headings)
}


class Fault(NamedTuple):
    """Why a row is refused: where, what is wrong, and how to mend it."""

    place: str
    what: str
    mend: str


class Cell(NamedTuple):
    """What stands under a heading, and where that is, in words such as “column C (Day)”."""

    heading: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a sheet, or one event of TimelineJS, tells.

    `name` is “row 5” or “event 4”. `words` and `places` are by the names of `COLUMNS`; `aside` is what has no place
    there, each with its heading.
    """

    name: str
    words: Mapping[str, str]
    places: Mapping[str, str]
    aside: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]

    def say(self, field: str) -> str:
        """What it says of this; an empty text where it says nothing."""
        return self.words.get(field, "")

    def fault(self, field: str, what: str, mend: str) -> Fault:
        """A fault in what it says of this, or in the whole row where it says nothing of it."""
        place = self.places.get(field)
        return Fault(f"{self.name}, {place}" if place else self.name, what, mend)


def is_known(heading: str, *fields: str) -> bool:
    """Whether a heading means something here, or one of these fields; capitals, hyphens and blanks do not matter."""
    field, _ = _RANK_BY_HEADING.get(_fold(heading), ("", 0))
    return field in fields if fields else bool(field)


def take_row(name: str, cells: Iterable[Cell]) -> Row:
    """One row from its cells; where two say the same thing, the second stands aside."""
    read = [Cell(clean(cell.heading), cell.place, clean(cell.text)) for cell in cells]
    filled = [cell for cell in read if cell.text]
    known = [(*_RANK_BY_HEADING[_fold(cell.heading)], cell) for cell in filled if is_known(cell.heading)]
    by_field: dict[str, Cell] = {}
    for field, _, cell in sorted(known, key=lambda found: found[1]):
        by_field.setdefault(field, cell)
    taken = {id(cell) for cell in by_field.values()}
    return Row(
        name,
        {field: cell.text for field, cell in by_field.items()},
        {field: cell.place for field, cell in by_field.items()},
        tuple((cell.heading, cell.text) for cell in filled if id(cell) not in taken),
        tuple(fault for cell in filled for fault in _find_faults(name, cell)),
    )


def _find_faults(name: str, cell: Cell) -> Iterable[Fault]:
    if cell.text in _BROKEN_CELLS:
        mend = "Mend the formula, or leave the cell empty."
        yield Fault(f"{name}, {cell.place}", f"“{cell.text}” is what a spreadsheet shows for a broken formula", mend)
    if len(cell.text) > _LONGEST_CELL:
        what = f"{len(cell.text):,} characters are more than {_LONGEST_CELL:,}"
        yield Fault(f"{name}, {cell.place}", what, "Shorten it; a summary has two or three sentences.")


def _fold(heading: str) -> str:
    folded = " ".join(clean(heading).casefold().split())
    return folded if "." in folded else folded.replace("_", " ").replace("-", " ")


def clean(text: str) -> str:
    """The text without the signs that nobody can see and that entries may not hold; a control becomes a blank."""
    return HIDDEN.sub(lambda sign: "" if unicodedata.category(sign[0]) in ("Cf", "Cn", "Cs") else " ", text).strip()
