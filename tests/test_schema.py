"""The JSON Schemas: that they say what the loader says, and explain every key to whoever writes one."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from chronicle.model.schema import make_schemas
from conftest import ROOT

PROJECTS = (ROOT, ROOT / "tests" / "project", ROOT / "tests" / "hostile")
SCHEMAS = {Path(path).stem: json.loads(text) for path, text in make_schemas().items()}


class Yaml12Loader(yaml.SafeLoader):
    """Reads YAML as editors do, in version 1.2: days are text, and only `true` and `false` are flags."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (the library declares it so)
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Yaml12Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), "tf")


def read(text: str) -> Any:
    return yaml.load(text, Yaml12Loader)


def files() -> Iterator[tuple[str, Path]]:
    for project in PROJECTS:
        folder = project / "chronology"
        yield from ((name, folder / f"{name}.yml") for name in ("chronology", "actors", "places"))
        yield from (("event", file) for file in sorted(folder.glob("events/*/*.yml")))


def keys(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every key that a schema knows, at any depth, with what it says of it."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        yield from (found for part in schema.values() for found in keys(part))
    if isinstance(schema, list):
        yield from (found for part in schema for found in keys(part))


def faults(name: str, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMAS[name]).iter_errors(data)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_says_what_it_is(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:chronicle:schema:{name}"
    assert schema["title"]


def test_the_committed_schemas_are_current() -> None:
    outdated = [path for path, text in make_schemas().items() if (ROOT / path).read_text(encoding="utf-8") != text]
    assert outdated == [], "run `make schema`"


def test_two_runs_give_the_same_bytes() -> None:
    assert make_schemas() == make_schemas()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described(name: str) -> None:
    definitions = SCHEMAS[name].get("$defs", {})
    for key, field in keys(SCHEMAS[name]):
        told = field.get("description") or definitions[field["$ref"].rpartition("/")[2]]["description"]
        assert told.endswith("."), key


def test_every_file_of_every_chronology_here_is_accepted() -> None:
    wrong = {str(file): faults(name, read(file.read_text(encoding="utf-8"))) for name, file in files()}
    assert {file: found for file, found in wrong.items() if found} == {}


ENTRY = (ROOT / "tests" / "project" / "chronology" / "events" / "1998" / "harbour-bridge-closed.yml").read_text(
    encoding="utf-8"
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("kind: closure", "kinds: closure"),
        ("kind: closure", "kind: Closure"),
        ("kind: closure", ""),
        ("kind: closure", "kind:"),
        ("milestone: true", "milestone: yes"),
        ("reported: 1998-03-18", "reported: 18 March 1998"),
        ("{1998-03-18: claimed, 1998-04-02: confirmed}", "probable"),
        ("{1998-03-18: claimed, 1998-04-02: confirmed}", "{1998-03-18: probable}"),
        ("  - follows: pier", "  - precedes: pier"),
        ("  - follows: pier", "  - denies: x\n    follows: pier"),
        ("  notice:\n", "  The Notice:\n"),
        ("    url: https://harbour", "    url: ftp://harbour"),
        ("    relays: [ines-marlow]", "    relays: ines-marlow"),
        ("    why: A digit was lost when the entry was typed.\n", ""),
        ("formerly: [harbour-bridge-shut, bridge-closed]", "formerly: {harbour-bridge-shut: bridge-closed}"),
    ],
)
def test_a_wrong_entry_is_refused(right: str, wrong: str) -> None:
    assert faults("event", read(ENTRY)) == []
    assert right in ENTRY
    assert faults("event", read(ENTRY.replace(right, wrong, 1)))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("actors", "kind: person", "sort: person"),
        ("actors", "ines-marlow:", "Ines Marlow:"),
        ("actors", "speaks_for: town-council", "speaks_for: [town-council]"),
        ("places", "coordinates: 47.12, -4.03", "coordinates: [47.12, -4.03]"),
        ("places", "precision: town", ""),
        ("chronology", "headline: true", "headline: often"),
        ("chronology", "  quotation_words: 25", ""),
        ("chronology", "licence:\n  name: CC BY 4.0", "licence:\n  title: CC BY 4.0"),
    ],
)
def test_a_wrong_register_or_setting_is_refused(name: str, right: str, wrong: str) -> None:
    text = (ROOT / "tests" / "project" / "chronology" / f"{name}.yml").read_text(encoding="utf-8")
    assert faults(name, read(text)) == []
    assert right in text
    assert faults(name, read(text.replace(right, wrong, 1)))


def test_editors_are_told_which_schema_is_for_which_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert {path.removeprefix("./") for path in settings["yaml.schemas"]} == set(make_schemas())


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_the_first_line_of_each_entry_leads_to_the_schema(project: Path) -> None:
    for file in project.glob("chronology/events/*/*.yml"):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        path = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / path).resolve() == ROOT / "schema" / "event.json", file
