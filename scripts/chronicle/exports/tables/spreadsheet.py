"""A table as CSV (RFC 4180): UTF-8 without a mark, lines that end in CR LF, and no cell that a spreadsheet would run.

Spreadsheet programs take a cell that begins with = + - @ for a formula, quoted or not, and OWASP (CSV injection; ASVS 5,
1.2.10) asks for an apostrophe before it. In many countries they also take a semicolon, or a tab, for the end of a cell and
then do not heed the quotation marks, so that a cell can begin within a text. Wherever one might begin with such a sign, we
put an apostrophe there; and also where an apostrophe of the text stands there. So `unguard` is exact: it takes away one
apostrophe wherever one stands at such a place. Numbers and days are none of a stranger’s, and stay as they are.
"""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from typing import Any

from chronicle.exports.tables.table import Cell, Table

_FORMULA = re.compile(r"([\t\n\r;])(?='|[\s\"]*[=+\-@\uff1d\uff0b\uff0d\uff20])")  # the fullwidth signs are run too
_GUARD = re.compile(r"([\t\n\r;])'")


def guard(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet might begin to run it."""
    if text[:1].isalnum() and ";" not in text and text.isprintable():  # nearly every text, told in no time
        return text
    return _FORMULA.sub(r"\1'", f";{text}")[1:]


def unguard(text: str) -> str:
    """The text as it was before `guard`."""
    return _GUARD.sub(r"\1", f";{text}")[1:]


def as_csv(table: Table[Any], rows: Iterable[tuple[Cell, ...]]) -> str:
    """The rows of a table below the names of its columns."""
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(map(_written, row) for row in rows)
    return sheet.getvalue()


def _written(cell: Cell) -> str | int | float | None:
    if isinstance(cell, str):
        return guard(cell)
    return str(cell).lower() if isinstance(cell, bool) else cell
