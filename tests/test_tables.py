"""The tables as CSV: read back by others, validated against their description, and harmless in a spreadsheet."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate

from chronicle.exports.data.files import VERSION
from chronicle.exports.tables import make_tables
from chronicle.exports.tables.definitions import TABLES
from chronicle.exports.tables.reading import Reading
from chronicle.exports.tables.spreadsheet import as_csv, guard, unguard
from chronicle.load import load
from chronicle.made import Keys
from chronicle.model import Chronology
from chronicle.model.standing import as_known_on
from chronicle.pages import make_pages
from small import entry, read, write

TESTS = Path(__file__).parent
CSV = "data/v1/csv"
Row = dict[str, str]
EXAMPLES = Path(__file__).parent / "project"
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    "'=1+1",
    "''",
    "said; =1+1",
    'said;"=1+1";',
    "said\n=1+1",
    "said\n\n \t@SUM(1)",
    "said;'=1+1",
    "a \"quoted\", word; and 'another'",
    "\t=1+1",
)


def chronology_of(root: Path) -> Chronology:
    found = load(root).chronology
    assert found
    return found


def files(root: Path, as_of: date | None = None) -> dict[str, str | bytes]:
    """What is made of a project: the content of each file by its path."""
    loaded = load(root)
    assert loaded.chronology
    chronology = as_known_on(as_of, loaded.chronology) if as_of else loaded.chronology
    made = make_tables(chronology, loaded.digests, Keys(chronology, loaded.digests), as_of)
    return {file.path: file.make() for file in made}


def lay(made: dict[str, str | bytes], folder: Path) -> Path:
    """Write files into a folder; returns it."""
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def table(made: dict[str, str | bytes], name: str) -> list[Row]:
    """A CSV file as an independent reader has it, with the guards of its texts taken away."""
    text = made[f"{CSV}/{name}.csv"]
    assert isinstance(text, str)
    return [
        {key: unguard(cell) for key, cell in row.items()}
        for row in csv.DictReader(StringIO(text, newline=""), strict=True)
    ]


def errors(folder: Path) -> list[Any]:
    """What Frictionless finds wrong with a package."""
    return list(validate(str(folder / CSV / "datapackage.json")).flatten(["title", "type", "fieldName"]))


@pytest.fixture(scope="module")
def made() -> dict[str, str | bytes]:
    return files(EXAMPLES)


def with_texts(root: Path) -> Path:
    """A project in which every formula is a title, a claim, a note and the title of a source."""
    events = {}
    for number, text in enumerate(FORMULAS):
        quoted = json.dumps(text)
        changes = (
            f"title: {quoted}\nsummary: {json.dumps(text + '[^a]')}\nannotation: {json.dumps(text + '[^a]')}\n"
            f"claims: [{{says: {quoted}, quote: {quoted}, sources: [a]}}]\n"
            f"figures: [{{measure: vehicles, value: 7, as_of: 1998-03-17, note: {quoted}, sources: [a]}}]\n"
            f"sources: {{a: {{url: 'https://a.example.org/?a;=1+1', title: {quoted}, publisher: {quoted}, author: {quoted},"
            f" type: newspaper, published: 1998-03-18}}}}"
        )
        events[f"1998/event-{number:02}"] = entry(changes)
    return write(root, events)


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_the_package_is_valid_as_frictionless_has_it(name: str, tmp_path: Path) -> None:
    assert errors(lay(files(TESTS / name), tmp_path)) == []


def test_the_package_is_valid_whatever_the_texts_are(tmp_path: Path) -> None:
    assert errors(lay(files(with_texts(tmp_path / "texts")), tmp_path)) == []


def test_an_empty_chronology_has_tables_without_rows(tmp_path: Path) -> None:
    made = files(write(tmp_path / "empty", {}))
    assert errors(lay(made, tmp_path)) == []
    assert table(made, "events") == []
    assert table(made, "words") != []


@pytest.mark.parametrize(
    ("name", "edit", "error"),
    [
        ("claims", ("\r\nharbour-bridge-closed#", "\r\nnowhere#"), "foreign-key"),
        ("events", ("1998-03-17", "17 March"), "type-error"),
        ("events", ("confirmed", "certain"), "constraint-error"),
        ("events", ("pier-inspection-1997", "repair-begins"), "primary-key"),
        ("figures", ("id,event", "id,happened"), "incorrect-label"),
        ("sources", ("Gazette", "Gazetta"), "hash-count"),
    ],
)
def test_a_package_that_is_wrong_is_found(
    made: dict[str, str | bytes], name: str, edit: tuple[str, str], error: str, tmp_path: Path
) -> None:
    text, (old, new) = made[f"{CSV}/{name}.csv"], edit
    assert isinstance(text, str)
    assert old in text
    lay(made | {f"{CSV}/{name}.csv": text.replace(old, new)}, tmp_path)
    assert error in {found for _, found, _ in errors(tmp_path)}


def test_the_package_says_all_that_a_reader_needs(made: dict[str, str | bytes]) -> None:
    package = json.loads(made[f"{CSV}/datapackage.json"])
    assert package["licenses"] == [{"title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    assert package["version"] == VERSION
    assert package["date"] == "2024-06-11"
    assert package["homepage"] == "https://bridge.example.org/data/"
    assert [resource["name"] for resource in package["resources"]][:5] == [
        "events", "claims", "figures", "sources", "relations",
    ]  # fmt: skip
    for resource in package["resources"]:
        assert resource["description"]
        assert all(field["description"] for field in resource["schema"]["fields"])


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_every_text_comes_back_as_it_was_written(name: str) -> None:
    made, reading = files(TESTS / name), Reading(chronology_of(TESTS / name))
    for definition in TABLES:
        expected = [[_plain(cell) for cell in row] for row in definition.cells(reading)]
        assert [list(row.values()) for row in table(made, definition.name)] == expected


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def test_formulas_come_back_as_they_were_written(tmp_path: Path) -> None:
    made = files(with_texts(tmp_path))
    written = [re.sub(r"\s*\n\s*", " ", text.strip()) for text in FORMULAS]
    assert [row["title"] for row in table(made, "events")] == written
    assert [row["quote"] for row in table(made, "claims")] == written
    assert [row["author"] for row in table(made, "sources")] == written
    assert [row["annotation"] for row in table(made, "events")] == [f"{text.strip()}[^a]" for text in FORMULAS]
    assert {row["url"] for row in table(made, "sources")} == {"https://a.example.org/?a;=1+1"}


def test_a_guard_is_exact_for_every_text() -> None:
    for length in range(6):
        for signs in product("=+'\"; \na", repeat=length):
            text = "".join(signs)
            assert unguard(guard(text)) == text
    assert guard("Bridge closed; a crack - said the 'authority'") == "Bridge closed; a crack - said the 'authority'"
    assert guard("=1+1") == "'=1+1"


def running(sheet: str) -> list[str]:
    """The cells that a spreadsheet program might run, whatever it takes for the end of a cell, quoted or not."""
    return [
        cell for delimiter in ",;\t" for cell in _cells(sheet, delimiter) if re.match(r"[\s\"]*[=+\-@＝＋－＠]", cell)
    ]


def _cells(sheet: str, delimiter: str) -> Iterator[str]:
    for row in csv.reader(StringIO(sheet, newline=""), delimiter=delimiter):
        yield from (cell for cell in row if not re.fullmatch(r"-?[\d.]+", cell))


@pytest.mark.parametrize("name", ["project", "hostile", "formulas"])
def test_no_cell_would_be_run_by_a_spreadsheet(name: str, tmp_path: Path) -> None:
    made = files(with_texts(tmp_path) if name == "formulas" else TESTS / name)
    assert [running(str(text)) for path, text in made.items() if path.endswith(".csv")] == [[]] * len(TABLES)


def test_a_cell_that_would_be_run_is_noticed() -> None:
    texts = [text for text in FORMULAS if guard(text) != text and not re.search("(^|;)'", text)]
    assert len(texts) > 8
    for text in texts:
        unguarded = "slug,title\r\n" + f'a,"{text.replace(chr(34), chr(34) * 2)}"\r\n'
        assert running(unguarded), text


def test_the_form_is_that_of_rfc_4180(made: dict[str, str | bytes]) -> None:
    for definition in TABLES:
        text = made[f"{CSV}/{definition.name}.csv"]
        assert isinstance(text, str)
        assert not text.startswith("\ufeff")
        assert text.endswith("\r\n")
        names, *rows = csv.reader(StringIO(text, newline=""), strict=True)
        assert tuple(names) == tuple(column.name for column in definition.columns)
        assert {len(row) for row in rows} <= {len(names)}


def test_a_date_says_how_well_it_is_known(made: dict[str, str | bytes]) -> None:
    dates = {
        row["slug"]: (row["date_edtf"], row["date_earliest"], row["date_latest"], row["date_words"])
        for row in table(made, "events")
    }
    assert dates["harbour-bridge-closed"] == ("1998-03-17", "1998-03-17", "1998-03-17", "17 March 1998")
    assert dates["pier-inspection-1997"] == ("1997-10~", "1997-10-01", "1997-10-31", "about October 1997")
    assert dates["repair-begins"][:3] == ("1998-06-08/..", "1998-06-08", "")


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        ("40", ("40", "40", "")),
        ("about 600", ("600", "600", "about")),
        ("at least 1000", ("1000", "", "at least")),
        ("more than 3000", ("3000", "", "more than")),
        ("up to 15000", ("", "15000", "up to")),
        ("less than 50", ("", "50", "less than")),
        ("about 11000 to 13000", ("11000", "13000", "about")),
    ],
)
def test_a_figure_is_never_more_exact_than_it_was_given(value: str, cells: tuple[str, ...], tmp_path: Path) -> None:
    figure = f"figures: [{{measure: vehicles, value: {value}, as_of: 1998-03-17, sources: [a]}}]"
    (row,) = table(files(write(tmp_path, {"1998/bridge-closed": entry(figure)})), "figures")
    assert (row["lower"], row["upper"], row["qualifier"]) == cells
    assert row["as_of"] == "1998-03-17"


def test_the_address_of_a_claim_and_of_a_figure_is_that_of_the_page(made: dict[str, str | bytes]) -> None:
    loaded = load(EXAMPLES)
    assert loaded.chronology
    pages = {page.path: page for page in make_pages(loaded.chronology, loaded.digests)}
    for row in (*table(made, "claims"), *table(made, "figures"), *table(made, "sources")):
        event, name = row["id"].split("#")
        assert event == row["event"]
        assert f'id="{name}"' in pages[f"events/{event}/index.md"].make()
        assert row.get("address") in (None, f"https://bridge.example.org/events/{event}/#{name}")


def test_counts_are_those_of_the_rows_that_can_be_counted(made: dict[str, str | bytes]) -> None:
    origins: dict[str, set[str]] = {}
    for row in table(made, "source_origins"):
        origins.setdefault(row["source"], set()).add(row["origin"])
    for kind in ("claim", "figure"):
        sources: dict[str, list[str]] = {}
        for row in table(made, f"{kind}_sources"):
            sources.setdefault(row[kind], []).append(row["source"])
        for row in table(made, f"{kind}s"):
            assert int(row["source_count"]) == len(sources[row["id"]])
            assert int(row["origin_count"]) == len(set().union(*(origins[source] for source in sources[row["id"]])))


def test_as_known_on_a_day_nothing_later_is_there() -> None:
    day = date(1998, 3, 19)
    made = files(EXAMPLES, day)
    known = [
        row["known"] for name in ("events", "claims", "figures", "sources", "relations") for row in table(made, name)
    ]
    assert max(known) <= day.isoformat()
    assert "authority-acknowledges-letters" not in {row["slug"] for row in table(made, "events")}
    assert json.loads(made[f"{CSV}/datapackage.json"])["as_of"] == "1998-03-19"


def test_two_runs_give_the_same_bytes(made: dict[str, str | bytes]) -> None:
    assert files(EXAMPLES) == made


def test_the_newest_word_of_the_standing_is_that_of_the_last_step(made: dict[str, str | bytes]) -> None:
    newest = {row["event"]: row["word"] for row in table(made, "standings")}
    assert {row["slug"]: row["standing"] for row in table(made, "events")} == newest
    assert len(set(newest.values())) > 2


def test_a_thing_that_is_told_twice_has_one_row(tmp_path: Path) -> None:
    twice = entry("topics: [safety, safety]\nplaces: [town, town]\nclaims: [{says: It was., sources: [a, a]}]")
    chronology = read(tmp_path, {"1998/bridge-closed": twice})
    rows = {definition.name: definition.cells(Reading(chronology)) for definition in TABLES}
    assert [len(rows[name]) for name in ("event_topics", "event_places", "claim_sources")] == [1, 1, 1]
    assert as_csv(TABLES[0], rows["events"]).count("\r\n") == 2
