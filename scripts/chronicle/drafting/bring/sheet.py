"""The bytes of a file → its text, and the text of a sheet → rows: encodings, separators, quotation marks, limits."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from itertools import zip_longest
from typing import Final

from chronicle.drafting.bring.columns import Cell, Fault, Row, clean, is_known, take_row

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_ROWS: Final = 10_000
MAX_CELL: Final = 100_000  # characters
_SEPARATORS: Final = (",", ";", "\t")
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DATED: Final = ("date", "year")
_MOST_SHOWN: Final = 20
_NAMED_SEPARATOR = re.compile(r"sep=(.)\r?\n")  # a first line that Excel writes and hides

_SAVE: Final = "In Excel choose “CSV UTF-8” when you save; in Google Sheets, “Download” and “Comma-separated values”."


class CannotRead(ValueError):
    """A file of which nothing can be brought: what is wrong and how to mend it, in plain sentences."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what, mend)
        self.what = what
        self.mend = mend


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark; raises `CannotRead` for any other, and for one that is huge.

    No other encoding is guessed at: a wrong guess changes letters and nobody sees it.
    """
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1024 / 1024:.0f} MB"
        raise CannotRead(f"The file has {size}, which is more than {MAX_BYTES // 1024 // 1024}.", "Divide it.")
    if content.startswith(b"PK\3\4"):
        raise CannotRead("This is a workbook (or another packed file), not a CSV.", _SAVE)
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        what = f"Line {line} holds letters that are not in UTF-8, most likely because an older Excel saved the file."
        raise CannotRead(what, _SAVE) from None
    if "\0" in text:
        raise CannotRead("This is not a text file, or one in an encoding that cannot be read.", _SAVE)
    return text


def read_sheet(text: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows below the headings, and which columns mean nothing here, in sentences.

    Raises `CannotRead` where no column tells the date, or where quotation marks do not match: half the sheet may have
    become one cell.
    """
    numbered = iter(_read_cells(text))
    _, headings = next(numbered, (1, []))
    if not any(is_known(heading, *_DATED) for heading in headings):
        seen = ", ".join(f"“{clean(heading)}”" for heading in headings[:_MOST_SHOWN]) or "nothing"
        mend = "Name the column with the date Date, or give it as Year, Month and Day."
        raise CannotRead(f"No column tells the date. The first row names: {seen}.", mend)
    rows = tuple(_take(number, headings, cells) for number, cells in numbered)
    if not rows:
        raise CannotRead("There is no row below the headings.", "Look whether this is the right file.")
    return rows, tuple(_name_unknown(headings))


def _read_cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that hold anything, each with its number."""
    named = _NAMED_SEPARATOR.match(text)
    body = text[named.end() :] if named else text
    separator = named[1] if named else _find_separator(body)
    rows = _within_size(csv.reader(StringIO(body, newline=""), delimiter=separator, strict=True))
    number = 0
    try:
        for number, cells in enumerate(rows, 1):
            if number > MAX_ROWS:
                raise CannotRead(f"The sheet has more than {MAX_ROWS:,} rows.", "Divide it.")
            if any(map(str.strip, cells)):
                yield number, cells
    except csv.Error:
        what = (
            f"Row {number + 1} cannot be read: a quotation mark is missing there or is one too many, or a cell is huge."
        )
        mend = "In a CSV, a cell that holds a quotation mark stands in quotation marks, and the mark is doubled. "
        raise CannotRead(what, mend + _SAVE) from None


def _within_size(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows as they come. The limit of the library is one for all of a process, and others raise it."""
    for cells in rows:
        if max(map(len, cells), default=0) > MAX_CELL:
            raise csv.Error("a cell is huge")
        yield cells


def _find_separator(text: str) -> str:
    """The separator by which most of the first row are known headings; the comma where none is."""

    def count_known(separator: str) -> int:
        rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
        try:
            first = next((cells for cells in rows if any(map(str.strip, cells))), [])
        except csv.Error:
            return 0
        return sum(map(is_known, first))

    return max(_SEPARATORS, key=count_known)


def _take(number: int, headings: Sequence[str], cells: Sequence[str]) -> Row:
    surplus = any(cell.strip() for cell in cells[len(headings) :])
    named = zip_longest(headings, cells[: len(headings)], fillvalue="")
    row = take_row(f"row {number}", (_cell(at, heading, cell) for at, (heading, cell) in enumerate(named)))
    if not surplus:
        return row
    mend = (
        "Put every cell that holds a separator into quotation marks; most likely the row was cut in the wrong places."
    )
    return replace(row, faults=(*row.faults, Fault(row.name, "it has more cells than there are headings", mend)))


def _cell(at: int, heading: str, text: str) -> Cell:
    name = clean(heading)
    return Cell(name or f"Column {_letter(at)}", f"column {_letter(at)}{f' ({name})' if name else ''}", text)


def _letter(at: int) -> str:
    """The letters by which spreadsheets call a column: A to Z, AA, AB …"""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _name_unknown(headings: Sequence[str]) -> Iterator[str]:
    unknown = [f"“{clean(heading)}”" for heading in headings if heading.strip() and not is_known(heading)]
    if unknown:
        yield f"No key of an entry says what these columns say; their cells are kept as comments: {', '.join(unknown)}."
