"""All tables, in the order in which a reader meets them: this alone is what CSV, the Data Package and SQLite are made of."""

from typing import Any

from chronicle.exports.tables.entries import CLAIMS, CORRECTIONS, EVENTS, FIGURES, RELATIONS, SOURCES, STANDINGS
from chronicle.exports.tables.links import LINKS
from chronicle.exports.tables.registers import ACTORS, PLACES, WORDS
from chronicle.exports.tables.table import Table

TABLES: tuple[Table[Any], ...] = (
    EVENTS, CLAIMS, FIGURES, SOURCES, RELATIONS, STANDINGS, CORRECTIONS, ACTORS, PLACES, WORDS, *LINKS,
)  # fmt: skip
KEY_BY_TABLE = {table.name: table.key[0] for table in TABLES if len(table.key) == 1}  # of those that others refer to
