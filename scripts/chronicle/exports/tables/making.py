"""The files of tables, each with its path, what it is made from, and how to make it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, partial

from chronicle.citations import cited_in_words
from chronicle.citations.works import work_of_chronology
from chronicle.exports.data.files import FOLDER
from chronicle.exports.tables.about import about_table
from chronicle.exports.tables.database import as_database
from chronicle.exports.tables.definitions import TABLES
from chronicle.exports.tables.package import as_package
from chronicle.exports.tables.reading import Reading
from chronicle.exports.tables.spreadsheet import as_csv
from chronicle.made import Keys, Made
from chronicle.model import Chronology
from chronicle.pages.data import Download, Sheet

DATABASE = f"{FOLDER}/chronology.db"
PACKAGE = f"{FOLDER}/csv/datapackage.json"


def csv_path(name: str) -> str:
    """Where the CSV of the table with this name stands, below docs/."""
    return f"{FOLDER}/csv/{name}.csv"


def make_tables(
    chronology: Chronology, digests: Mapping[str, str], keys: Keys, as_of: date | None = None
) -> Iterator[Made[str] | Made[bytes]]:
    """Every table as CSV, their description as a Data Package, and all of them as one SQLite database.

    `digests` has the digest of each YAML file by its path. With `as_of`, the package and the database say that they are
    those of that day.
    """
    shelf = _Shelf(chronology)
    key = keys.of_all("tables")
    for table in TABLES:
        yield Made(csv_path(table.name), key, partial(shelf.csv, table))
    yield Made(PACKAGE, key, lambda: as_package(chronology, ((table, shelf.csv(table)) for table in TABLES), as_of))
    yield Made(DATABASE, key, partial(_database, shelf, chronology, digests, as_of))


def _database(shelf: "_Shelf", chronology: Chronology, digests: Mapping[str, str], as_of: date | None) -> bytes:
    about = about_table(cited_in_words(work_of_chronology(chronology, digests)), as_of)
    return as_database((table, shelf.rows(table)) for table in (about, *TABLES))


def tell_sheets() -> tuple[Sheet, ...]:
    """What readers are told of every table, for the page of the data."""
    return tuple(
        Sheet(
            Download(csv_path(table.name), "text/csv", table.meaning),
            table.name,
            tuple((column.name, column.kind.value.words, column.meaning) for column in table.columns),
        )
        for table in TABLES
    )


class _Shelf:
    """The rows of each table and its CSV, each worked out once, however many files hold them."""

    def __init__(self, chronology: Chronology) -> None:
        reading = Reading(chronology)
        self.rows = cache(lambda table: table.cells(reading))
        self.csv = cache(lambda table: as_csv(table, self.rows(table)))
