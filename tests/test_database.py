"""The database: whole, searchable, the same in every run, and opened by Datasette as its readers open it."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette  # type: ignore[import-untyped]

from chronicle.exports.data import make_data
from chronicle.exports.data.files import VERSION
from chronicle.exports.tables.definitions import KEY_BY_TABLE, TABLES
from chronicle.exports.tables.reading import Reading
from chronicle.exports.tables.views import VIEWS
from chronicle.load import load
from chronicle.made import Keys
from small import write
from test_tables import EXAMPLES, FORMULAS, TESTS, files, with_texts

DATABASE = "data/v1/chronology.db"


def lay_database(root: Path, folder: Path) -> Path:
    """The database of a project, as a file."""
    content = files(root)[DATABASE]
    assert isinstance(content, bytes)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chronology.db").write_bytes(content)
    return folder / "chronology.db"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_database(EXAMPLES, tmp_path_factory.mktemp("database"))


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        yield connection


def ask(connection: sqlite3.Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return connection.execute(query, values).fetchall()


def faults(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """What SQLite itself finds wrong with a database."""
    found = [row for row in ask(connection, "PRAGMA integrity_check") if row != ("ok",)]
    return found + ask(connection, "PRAGMA foreign_key_check")


@pytest.mark.parametrize("name", ["project", "hostile", "formulas", "empty"])
def test_sqlite_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    roots = {"formulas": lambda: with_texts(tmp_path / name), "empty": lambda: write(tmp_path / name, {})}
    root = roots.get(name, lambda: TESTS / name)()
    with closing(sqlite3.connect(lay_database(root, tmp_path))) as connection:
        assert faults(connection) == []


def test_a_row_that_refers_to_nothing_is_found(database: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as broken:
        broken.deserialize(database.read_bytes())
        broken.execute("UPDATE claims SET by = 'nobody' WHERE rowid = 1")
        assert [found[:3] for found in faults(broken)] == [("claims", 1, "actors")]


def test_every_reference_is_a_foreign_key(connection: sqlite3.Connection) -> None:
    for table in TABLES:
        keys = {(row[3], row[2], row[4]) for row in ask(connection, f"PRAGMA foreign_key_list({table.name})")}
        expected = {(column.name, column.refers_to) for column in table.columns if column.refers_to}
        assert keys == {(name, other, KEY_BY_TABLE[other]) for name, other in expected}


def test_the_rows_are_those_of_the_tables(connection: sqlite3.Connection) -> None:
    chronology = load(EXAMPLES).chronology
    assert chronology
    reading = Reading(chronology)
    for table in TABLES:
        assert set(ask(connection, f"SELECT * FROM {table.name}")) == set(table.cells(reading))


def test_a_text_stands_in_the_database_as_it_was_written(tmp_path: Path) -> None:
    with closing(sqlite3.connect(lay_database(with_texts(tmp_path), tmp_path))) as connection:
        titles = {title for (title,) in ask(connection, "SELECT title FROM events")}
    assert {text for text in FORMULAS if text == " ".join(text.split())} <= titles


def test_two_runs_give_the_same_bytes(database: Path) -> None:
    assert files(EXAMPLES)[DATABASE] == database.read_bytes()


@pytest.mark.parametrize(
    ("search", "table", "column", "found"),
    [
        ("fissure", "sources", "title", "Ponton fissuré"),
        ("FISSURÉ", "sources", "title", "Ponton fissuré"),
        ("ferry", "events", "slug", "ferry-carries-traffic"),
        ("october january", "claims", "quote", "We wrote to them in October and again in January."),
        ("account*", "events", "slug", "harbour-bridge-closed"),
    ],
)
def test_a_search_finds_words_without_their_accents(
    connection: sqlite3.Connection, search: str, table: str, column: str, found: str
) -> None:
    query = f"SELECT {column} FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)"
    assert (found,) in ask(connection, query, search)


def test_the_search_still_fits_its_table_when_the_file_was_packed(database: Path, tmp_path: Path) -> None:
    (tmp_path / "packed.db").write_bytes(database.read_bytes())
    with closing(sqlite3.connect(tmp_path / "packed.db", isolation_level=None)) as packed:
        packed.execute("VACUUM")
        for table in (table.name for table in TABLES if table.searched):
            packed.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")


def test_a_search_that_does_not_fit_its_table_is_noticed(database: Path) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as broken:
        broken.deserialize(database.read_bytes())
        broken.execute("UPDATE events SET title = 'something else' WHERE rowid = 1")
        with pytest.raises(sqlite3.DatabaseError):
            broken.execute("INSERT INTO events_fts (events_fts, rank) VALUES ('integrity-check', 1)")


def test_a_view_has_a_row_for_each_thing_it_tells(connection: sqlite3.Connection) -> None:
    def count(name: str) -> int:
        return int(ask(connection, f"SELECT count(*) FROM {name}")[0][0])

    told = {
        "timeline": count("events"),
        "who_says_what": count("claims"),
        "numbers": count("figures"),
        "evidence": count("claim_sources") + count("figure_sources"),
        "answers": count("relations"),
    }
    assert {name: count(name) for name in VIEWS} == told


def test_a_view_tells_in_words(connection: sqlite3.Connection) -> None:
    query = "SELECT happened, certainty, origin_count FROM timeline WHERE page LIKE '%/harbour-bridge-closed/'"
    (row,) = ask(connection, query)
    assert row == ("17 March 1998", "Confirmed", 3)
    (row,) = ask(connection, "SELECT value, by FROM numbers WHERE lower = 11000 LIMIT 1")
    assert row == ("11,000 to 13,000", "Port Ellery Harbour Authority")


def test_the_database_says_whose_it_is_and_how_to_cite_it(connection: sqlite3.Connection) -> None:
    (row,) = ask(connection, "SELECT licence, licence_url, version, date, as_of, page, cite FROM about")
    *told, cite = row
    assert told == [
        "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", VERSION, "2024-06-11", None, "https://bridge.example.org/",
    ]  # fmt: skip
    assert "The harbour bridge of Port Ellery" in cite
    assert ask(connection, "PRAGMA user_version") == [(1,)]


def test_what_a_column_means_stands_in_the_database(connection: sqlite3.Connection) -> None:
    for table in TABLES:
        ((schema,),) = ask(connection, "SELECT sql FROM sqlite_master WHERE name = ?", table.name)
        assert table.meaning in schema
        assert all(column.meaning in schema for column in table.columns)


def browse(database: Path, *addresses: str) -> list[Any]:
    """What Datasette answers at each address: JSON as data, pages as text."""

    async def fetch() -> list[Any]:
        datasette = Datasette(files=[], immutables=[str(database)])
        await datasette.invoke_startup()
        answers = [await datasette.client.get(f"/chronology{address}") for address in addresses]
        assert [answer.status_code for answer in answers] == [200] * len(addresses)
        return [answer.json() if ".json" in str(answer.url) else answer.text for answer in answers]

    return asyncio.run(fetch())


def test_datasette_shows_the_tables_the_views_and_the_search(database: Path) -> None:
    whole, found, page = browse(
        database, ".json", "/events.json?_search=ferry&_shape=objects", "/claims?_search=october"
    )
    shown = {table["name"]: table for table in whole["tables"] if not table["hidden"]}
    assert set(shown) == {"about", *(table.name for table in TABLES)}
    assert {view["name"] for view in whole["views"]} == set(VIEWS)
    assert {name for name, table in shown.items() if table["fts_table"]} == {"events", "claims", "sources"}
    assert "ferry-carries-traffic" in {row["slug"] for row in found["rows"]}
    assert '<a href="/chronology/events/' in page


def test_datasette_shows_hostile_words_as_words(tmp_path: Path) -> None:
    (page,) = browse(lay_database(TESTS / "hostile", tmp_path), "/events")
    assert "<script>spoilt=1</script>" not in page
    assert "&lt;script&gt;spoilt=1&lt;/script&gt;" in page


def test_json_says_the_same_as_the_tables(connection: sqlite3.Connection) -> None:
    loaded = load(EXAMPLES)
    assert loaded.chronology
    made = make_data(loaded.chronology, loaded.digests, Keys(loaded.chronology, loaded.digests))
    (text,) = [file.make() for file in made if file.path == "data/v1/events.json"]
    for kind in ("claims", "figures"):
        told = [(event["slug"], one) for event in json.loads(text)["events"] for one in event[kind]]
        expected = [(f"{slug}#{one['id']}", one["address"], one["by"], len(one["origins"])) for slug, one in told]
        assert ask(connection, f"SELECT id, address, by, origin_count FROM {kind} ORDER BY rowid") == expected
