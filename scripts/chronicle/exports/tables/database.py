"""The tables as one SQLite file, with keys, indexes, full-text search and views that join them; the same input, the same bytes.

What a column means stands beside it in the schema. The search knows whole words of any script, without their accents.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from chronicle.exports.tables.definitions import KEY_BY_TABLE
from chronicle.exports.tables.table import Cell, Column, Table
from chronicle.exports.tables.views import VIEWS

_PRAGMAS = "PRAGMA page_size=4096; PRAGMA encoding='UTF-8'; PRAGMA auto_vacuum=NONE; PRAGMA user_version=1;"
_TOKENS = "unicode61 remove_diacritics 2"


def as_database(sheets: Iterable[tuple[Table[Any], tuple[tuple[Cell, ...], ...]]]) -> bytes:
    """The bytes of a database that holds these tables with their rows."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(f"{_PRAGMAS} BEGIN;")
        for table, rows in sheets:
            connection.execute(_definition(table))
            connection.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})", rows)
            for statement in (*_indexes(table), *_search(table)):
                connection.execute(statement)
        for name, query in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query.strip()}")
        connection.execute("COMMIT")
        return connection.serialize()


def _definition(table: Table[Any]) -> str:
    """The statement that creates a table; what it and its columns mean stays in it as comments."""
    columns = "\n".join(f'  "{column.name}" {_type(column)}, -- {column.meaning}' for column in table.columns)
    key = ", ".join(f'"{name}"' for name in table.key)
    all_is_key = len(table.key) == len(table.columns)
    storage = " WITHOUT ROWID" if all_is_key else ""  # which keeps a key that is the whole row from standing twice
    return f"CREATE TABLE {table.name} ( -- {table.meaning}\n{columns}\n  PRIMARY KEY ({key})\n){storage}"


def _indexes(table: Table[Any]) -> Iterator[str]:
    for column in table.columns:
        if column.indexed:
            yield f'CREATE INDEX {table.name}_by_{column.name} ON {table.name} ("{column.name}")'


def _type(column: Column[Any]) -> str:
    needed = "" if column.optional else " NOT NULL"
    refers = f" REFERENCES {column.refers_to} ({KEY_BY_TABLE[column.refers_to]})" if column.refers_to else ""
    return f"{column.kind.value.affinity}{needed}{refers}"


def _search(table: Table[Any]) -> Iterator[str]:
    """The statements that make the searched columns of a table found by their words, without keeping these twice."""
    if table.searched:
        search = f"{table.name}_fts"
        columns = ", ".join(table.searched)
        yield f'CREATE VIRTUAL TABLE {search} USING fts5 ({columns}, content="{table.name}", tokenize="{_TOKENS}")'
        yield f"INSERT INTO {search} ({search}) VALUES ('rebuild')"
        yield f"INSERT INTO {search} ({search}) VALUES ('optimize')"
