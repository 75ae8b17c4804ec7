"""The tables of a chronology, for spreadsheets, statistics and databases: CSV as a Data Package, and SQLite."""

from chronicle.exports.tables.making import make_tables, tell_sheets

__all__ = ["make_tables", "tell_sheets"]
