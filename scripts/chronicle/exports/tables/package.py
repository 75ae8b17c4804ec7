"""The CSV files as a Data Package: a description of them for machines (Frictionless Data, Data Package 2.0)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from chronicle.addresses import absolute
from chronicle.exports.data.files import FOLDER, VERSION
from chronicle.exports.tables.definitions import KEY_BY_TABLE
from chronicle.exports.tables.table import Column, Table
from chronicle.model import Chronology
from chronicle.model.setting import Setting
from chronicle.pages.text import as_slug

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_READING = (
    "An empty cell means that nothing was given or that nothing is known. Where a spreadsheet program could take a text for a "
    "formula, an apostrophe stands before it: at the start of a cell, and after a line break, a tab or a semicolon. Take one "
    "apostrophe away at each of these places, and the text is as it was written. JSON and SQLite have it without them."
)


def as_package(chronology: Chronology, sheets: Iterable[tuple[Table[Any], str]], as_of: date | None) -> str:
    """The text of datapackage.json; with `as_of`, it says that the chronology is the one of that day."""
    setting = chronology.setting
    days = {"date": max((event.changed for event in chronology.events), default=None), "as_of": as_of}
    told = {
        "$schema": _PROFILE,
        "id": absolute(chronology, f"{FOLDER}/csv/datapackage.json"),
        "name": as_slug(setting.title),
        "title": setting.title,
        "description": f"{setting.description} {_READING}",
        "homepage": absolute(chronology, "data/"),
        "version": VERSION,
        **{name: day.isoformat() for name, day in days.items() if day},
        "licenses": [{"title": setting.licence.name, "path": setting.licence.url}],
        "contributors": [{"title": setting.editors, "roles": ["editor"]}],
        "sources": [
            {"title": "The sources that the entries cite", "path": absolute(chronology, "sources/")},
            {"title": "The entries", "path": setting.repository},
        ],
        "resources": [_resource(table, text.encode(), setting) for table, text in sheets],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table[Any], content: bytes, setting: Setting) -> Mapping[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "type": "table",
        "title": table.title,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(column, setting) for column in table.columns],
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": list(_foreign_keys(table)),
        },
    }


def _field(column: Column[Any], setting: Setting) -> Mapping[str, Any]:
    constraints: dict[str, Any] = {} if column.optional else {"required": True}
    if column.words:
        constraints["enum"] = list(column.words(setting))
    return {
        "name": column.name,
        "type": column.kind.value.type,
        "format": column.kind.value.format,
        "description": column.meaning,
        "constraints": constraints,
    }


def _foreign_keys(table: Table[Any]) -> Iterator[Mapping[str, Any]]:
    for column in table.columns:
        if column.refers_to:
            within = column.refers_to == table.name
            reference = {"resource": "" if within else column.refers_to, "fields": [KEY_BY_TABLE[column.refers_to]]}
            yield {"fields": [column.name], "reference": reference}
