"""What a table is: its rows, its columns, each with its type, how its cell is made and what it means, and its keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from chronicle.exports.tables.reading import Reading
from chronicle.model.setting import Setting

Row = TypeVar("Row")
Value = str | int | float | bool | date | None  # None is an empty cell: nothing was given, or nothing is known
Cell = str | int | float | bool | None  # the same as it is written: a day as ISO 8601 has it, 1998-03-17


class _Form(NamedTuple):
    type: str
    format: str
    affinity: str
    words: str


class Kind(Enum):
    """What a column holds: its type and format in Table Schema, and its type in SQLite, and its name for readers."""

    TEXT = _Form("string", "default", "TEXT", "text")
    ADDRESS = _Form("string", "uri", "TEXT", "address")
    DAY = _Form("date", "default", "TEXT", "day")
    WHOLE = _Form("integer", "default", "INTEGER", "whole number")
    DEGREES = _Form("number", "default", "REAL", "degrees")
    TRUTH = _Form("boolean", "default", "INTEGER", "true or false")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, what it holds, how its cell is made of a row, and what it means to a reader."""

    name: str
    kind: Kind
    cell: Callable[[Row], Value]
    meaning: str
    optional: bool = False
    refers_to: str = ""  # the table whose key stands here
    words: Callable[[Setting], Iterable[str]] | None = None  # all that may stand here, where that is a closed list
    searched: bool = False  # by the full-text search
    indexed: bool = False  # asked or sorted by


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """One table: its name, what one row of it is, how the rows are found, its columns, and those that tell rows apart."""

    name: str
    title: str
    meaning: str
    rows: Callable[[Reading], Iterable[Row]]
    columns: tuple[Column[Row], ...]
    key: tuple[str, ...]

    @property
    def searched(self) -> tuple[str, ...]:
        """The columns that the full-text search looks into."""
        return tuple(column.name for column in self.columns if column.searched)

    def cells(self, reading: Reading) -> tuple[tuple[Cell, ...], ...]:
        """Every row as its cells, in the order of the columns."""
        cells = [column.cell for column in self.columns]
        return tuple(tuple([_written(cell(row)) for cell in cells]) for row in self.rows(reading))


def _written(value: Value) -> Cell:
    return value.isoformat() if isinstance(value, date) else value
