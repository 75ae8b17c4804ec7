"""The promise about the shape of the data files: what is there stays; what is added raises the version.

The shape that was promised last stands in golden/schema-v1. After a change, raise VERSION in chronicle/data/files.py (the
second number for new members, the first for anything else), then run `pytest tests/test_data_promise.py --renew`, which
refuses as long as the version does not fit the change. With the first number, the folder of the golden files changes too.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from chronicle.exports.data.files import FOLDER, VERSION
from chronicle.exports.data.schemas import NAMES, make_schema
from chronicle.exports.tables.definitions import TABLES
from chronicle.exports.tables.table import Table
from chronicle.load import load

GOLDEN = Path(__file__).parent / "golden" / f"schema-v{VERSION.partition('.')[0]}"
PROMISED = GOLDEN / "version.txt"
WORDS = {"$id", "$defs", "description", "title"}  # what a schema says to people, or only within itself
Json = Any
Added = bool  # whether a difference only adds something


@pytest.fixture(scope="module")
def schemas() -> Mapping[str, str]:
    chronology = load(Path(__file__).parent / "project").chronology
    assert chronology
    return {name: make_schema(name, chronology) for name in NAMES} | {"tables": json.dumps(_tables(), indent=2) + "\n"}


def _tables() -> Json:
    """The tables in the manner of a schema; a key or a reference is part of what a column is."""
    return {"properties": {table.name: {"properties": _columns(table)} for table in TABLES}}


def _columns(table: Table[Any]) -> Json:
    return {
        column.name: {
            "type": column.kind.value.type,
            "optional": column.optional,
            "refers_to": column.refers_to,
            "key": column.name in table.key,
        }
        for column in table.columns
    }


def shape(schema: Json, definitions: Json = None, named: bool = False) -> Json:
    """What a schema asks for, without its words; `named` for a mapping whose keys are names of members, not of the schema."""
    definitions = schema.get("$defs", {}) if definitions is None else definitions
    if isinstance(schema, list):
        return [shape(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return shape(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    kept = {key: part for key, part in schema.items() if named or key not in WORDS}
    return {key: shape(part, definitions, key == "properties" and not named) for key, part in kept.items()}


def shapes(schemas: Mapping[str, Json]) -> Json:
    """The shape of every file, by its name."""
    return {name: shape(schema) for name, schema in schemas.items()}


def differences(old: Json, new: Json, where: str = "", named: bool = False) -> Iterator[tuple[str, Added]]:
    """Where two shapes differ, and whether what is new there is only something more."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            place, old_part, new_part = f"{where}/{key}", old.get(key), new.get(key)
            if key == "required" and not named:
                yield from ((f"{place}/{name}", False) for name in sorted(set(old_part or ()) - set(new_part or ())))
            elif key not in old or key not in new:
                yield place, named and key not in old
            else:
                yield from differences(old_part, new_part, place, key == "properties" and not named)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (old_part, new_part) in enumerate(zip(old, new, strict=True)):
            yield from differences(old_part, new_part, f"{where}/{number}")
    elif old != new:
        yield where, False


def keeps_the_promise(promised: str, version: str, found: list[tuple[str, Added]]) -> bool:
    """Whether the version was raised as the differences ask, and not without any."""
    (old_major, old_minor), (major, minor) = (tuple(map(int, text.split("."))) for text in (promised, version))
    if not found:
        return (major, minor) == (old_major, old_minor)
    if all(added for _, added in found):
        return (major, minor) == (old_major, old_minor + 1)
    return (major, minor) == (old_major + 1, 0)


def test_the_shape_does_not_change_without_a_version(schemas: Mapping[str, str], renew: bool) -> None:
    if not PROMISED.is_file() and renew:  # a new major version, which promises nothing yet
        _write(schemas)
    promised = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(GOLDEN.glob("*.json"))}
    now = {name: json.loads(text) for name, text in schemas.items()}
    found = list(differences(shapes(promised), shapes(now), named=True))
    version = PROMISED.read_text(encoding="utf-8").strip()
    assert keeps_the_promise(version, VERSION, found), f"{version} was promised, {VERSION} has other shapes: {found}"
    if renew:
        _write(schemas)
    else:
        assert not found, "Run `.venv/bin/pytest tests/test_data_promise.py --renew`."


def _write(schemas: Mapping[str, str]) -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    PROMISED.write_text(f"{VERSION}\n", encoding="utf-8")
    for name, text in schemas.items():
        (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")


def test_the_major_version_stands_in_the_address() -> None:
    assert FOLDER.removeprefix("data/v") == VERSION.partition(".")[0]


OLD: Json = {
    "$defs": {"Day": {"properties": {"edtf": {"type": "string"}}, "required": ["edtf"]}},
    "properties": {"day": {"anyOf": [{"$ref": "#/$defs/Day"}, {"type": "null"}]}, "kind": {"enum": ["a", "b"]}},
    "required": ["day", "kind"],
}


@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        ('"kind"', '"kind"', "1.4"),
        ('"Day": {', '"Day": {"description": "Other words.", ', "1.4"),
        ("Day", "Date", "1.4"),
        ('"kind": {', '"more": {}, "kind": {', "1.5"),
        ('"edtf": {', '"words": {"type": "string"}, "edtf": {', "1.5"),
        ('"required": ["day", ', '"required": ["day", "more", ', "1.4"),
        ('"kind"', '"sort"', "2.0"),
        (', "kind": {"enum": ["a", "b"]}', "", "2.0"),
        (', "kind"]', "]", "2.0"),
        ('["a", "b"]', '["a", "b", "c"]', "2.0"),
        ('["a", "b"]', '["a"]', "2.0"),
        ('"string"', '"integer"', "2.0"),
        (', {"type": "null"}', "", "2.0"),
        ('"enum": ["a", "b"]', '"enum": ["a", "b"], "minLength": 1', "2.0"),
    ],
)
def test_only_the_version_that_a_change_asks_for_will_do(old: str, new: str, version: str) -> None:
    text = json.dumps(OLD)
    assert old in text
    found = list(differences(shape(OLD), shape(json.loads(text.replace(old, new)))))
    versions = ("1.3", "1.4", "1.5", "1.6", "2.0", "2.1")
    assert [one for one in versions if keeps_the_promise("1.4", one, found)] == [version]


def test_a_file_that_is_gone_breaks_the_promise_and_a_new_one_does_not() -> None:
    assert list(differences({"a": OLD, "b": OLD}, {"a": OLD}, named=True)) == [("/b", False)]
    assert list(differences({"a": OLD}, {"a": OLD, "b": OLD}, named=True)) == [("/b", True)]
