"""Brings in a timeline made elsewhere: each row of a sheet, or event of TimelineJS, becomes a draft that says what it lacks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chronicle.drafting.bring.columns import COLUMNS, Fault, Row, clean
from chronicle.drafting.bring.compose import Origin, compose
from chronicle.drafting.bring.naming import Named, find_names, name_rows
from chronicle.drafting.bring.sheet import CannotRead, decode, read_sheet
from chronicle.drafting.bring.timelinejs import read_events
from chronicle.drafting.bring.vocabulary import Vocabulary
from chronicle.drafting.bring.when import When, read_when
from chronicle.drafting.drafts import Draft
from chronicle.load import EVENTS, Loaded
from chronicle.yamlfile import MAX_BYTES

__all__ = ["COLUMNS", "Brought", "CannotRead", "Fault", "bring"]

_NO_EVENTS: Final = {
    "title": "is the title slide and no event; what it says belongs in chronology.yml",
    "era": "is an era and no event: it names a time, and nothing that happened in it",
}


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file.

    The drafts to be written; the faults of the rows that are refused, and how many rows these are; the paths of what is
    there already, each with the row that tells it too; and what was left aside, in sentences.
    """

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]
    refused: int
    there: tuple[tuple[str, str], ...]
    aside: tuple[str, ...]


def bring(name: str, content: bytes, into: str, loaded: Loaded, root: Path) -> Brought:
    """The drafts that a file called `name` makes for the folder `into` of the project `root`; nothing is written.

    `loaded` is what the project holds, and needs a chronology. A row whose date cannot be read is refused with all its
    faults. Raises `CannotRead` where nothing can be made of the file.
    """
    if loaded.chronology is None:
        raise ValueError("without a chronology, nothing can be brought into it")
    text = decode(content)
    rows, notes = read_events(text) if text.lstrip()[:1] in ("{", "[") else read_sheet(text)
    read = {row.name: (row, _find_date(row)) for row in rows if _kind(row) not in _NO_EVENTS}
    dated = ((row, when) for row, when in read.values() if isinstance(when, When))
    refusals = [when for _, when in read.values() if not isinstance(when, When)]
    named = tuple(name_rows(dated, find_names(loaded, root / into), name))
    words = Vocabulary(loaded.chronology)
    drafts = [(each.row, _draft(each, clean(name), into, words)) for each in named if each.there is None]
    refusals += [_refuse_size(row) for row, draft in drafts if _is_too_large(draft)]
    return Brought(
        tuple(draft for _, draft in drafts if not _is_too_large(draft)),
        tuple(fault for faults in refusals for fault in faults),
        len(refusals),
        tuple((each.row.name, each.there) for each in named if each.there),
        (*notes, *(f"{row.name.capitalize()} {_NO_EVENTS[_kind(row)]}." for row in rows if _kind(row) in _NO_EVENTS)),
    )


def _kind(row: Row) -> str:
    """What TimelineJS takes the row for: “title”, “era”, or an event if it is anything else."""
    return row.say("type").casefold()


def _find_date(row: Row) -> When | tuple[Fault, ...]:
    """The date of a row, or every fault in the row."""
    when = read_when(row)
    if isinstance(when, When):
        return row.faults or when
    return (*row.faults, *when)


def _draft(named: Named, file: str, into: str, words: Vocabulary) -> Draft:
    first, last = named.when.date.earliest, named.when.date.latest
    year = first.year if first else last.year if last else 0
    origin = Origin(file, into, f"{EVENTS}/{year}")
    text = compose(named.row, named.when, origin, words, is_named=named.is_fit)
    return Draft(f"{into}/{year}/{named.name}.yml", text)


def _is_too_large(draft: Draft) -> bool:
    return len(draft.text.encode()) > MAX_BYTES


def _refuse_size(row: Row) -> tuple[Fault, ...]:
    return (row.fault("summary", "the row holds more than an entry may", "Shorten its longest cells."),)
