"""Findings: what is wrong with a value that stands somewhere in a file, in our words, before its line is looked up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from chronicle.model.records import Record
from chronicle.problems import Problem, Severity, suggest
from chronicle.yamlfile import Plain, Route, YamlFile, read_around

Read = TypeVar("Read", bound=Record)
_KEY: Final = "[key]"  # with this pydantic ends the place of a key that it refuses


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at `route` of the file `path`; `offset` counts characters of the value."""

    path: str
    route: Route
    what: str
    mend: str
    severity: Severity = Severity.ERROR
    at_key: bool = False
    offset: int = 0

    def problem(self, file: YamlFile) -> Problem:
        """The same with its line, column and excerpt, `file` being the file it was found in."""
        return file.problem(
            self.route, self.what, self.mend, severity=self.severity, at_key=self.at_key, offset=self.offset
        )


def locate(findings: Iterable[Finding], root: Path) -> list[Problem]:
    """Findings as problems: each file is read again, once, to learn where its values stand."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    problems: list[Problem] = []
    for path, found in by_path.items():
        file, _ = read_around(path, (root / path).read_bytes())
        problems += [finding.problem(file) for finding in found] if file else []
    return problems


def read_record(record: type[Read], file: YamlFile, route: tuple[str, ...]) -> tuple[Read | None, tuple[Finding, ...]]:
    """The record that stands at `route` of a file, or what is wrong with it; nothing of what was left out of the file."""
    value: Plain = file.data
    for key in route:
        value = value[key] if isinstance(value, dict) else None
    try:
        return record.model_validate(value), ()
    except ValidationError as error:
        found = _find_refused(error, record, file, route)
        return None, tuple(finding for finding in found if not _is_aside(finding, file))


def _is_aside(finding: Finding, file: YamlFile) -> bool:
    """Whether it is about what was left out of the file, or about a value that lacks it now."""
    within = [route for route in file.routes_aside if route[: len(finding.route)] == finding.route]
    return finding.route in within or bool(within and not finding.at_key)


def _find_refused(error: ValidationError, record: type[BaseModel], file: YamlFile, root: Route) -> Iterator[Finding]:
    """What pydantic refused, said in our words; `record` is what should have stood at `root` of `file`."""
    for detail in error.errors(include_url=False):
        route = route_of(detail)
        key = key_of(route)
        what, mend = _words(detail, key, _fields(record, route))
        is_missing = detail["type"] == "missing"
        if is_missing and file.torn:
            continue  # it may stand in a line of which nobody can tell what it was
        place = route[:-1] if is_missing else route
        at_key = is_missing or is_of_key(detail)
        yield Finding(file.path, root + place, f"`{key}`: {what}" if key else what, mend, at_key=at_key)


def route_of(detail: ErrorDetails) -> Route:
    """Where that stands which pydantic refused, be it a value or a key."""
    return tuple(part for part in detail["loc"] if part != _KEY)


def key_of(route: Route) -> str:
    """The key of a value; that of the list for a part of a list."""
    return next((part for part in reversed(route) if isinstance(part, str)), "")


def is_of_key(detail: ErrorDetails) -> bool:
    """Whether a key was refused, and not what stands there."""
    return detail["type"] == "extra_forbidden" or _KEY in detail["loc"]


def _words(detail: Mapping[str, Any], key: str, fields: Mapping[str, str]) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "chronicle":
        return detail["ctx"]["what"], detail["ctx"]["mend"]
    if kind == "missing":
        return "this key is missing", f"Add a line `{key}:`. {fields.get(key, '')}".strip()
    if kind == "extra_forbidden":
        return "no such key may stand here", f"{suggest(key, fields)}Known here are: {', '.join(fields)}."
    if kind in ("model_type", "model_attributes_type"):
        return "a group of keys belongs here", f"Write one key a line: {', '.join(fields)}."
    raise ValueError(f"no words for what pydantic calls {kind}")


def _fields(record: type[BaseModel], route: Route) -> Mapping[str, str]:
    """The keys that the record nearest to `route` knows, each with its description."""
    schema = _schema(record)
    fields: Mapping[str, Any] = {}
    here: Any = schema
    for part in (None, *route):
        here = _step(here, part) if part is not None else here
        here = schema["$defs"].get(here.get("$ref", "").rpartition("/")[2], here)
        fields = here.get("properties", fields)
    return {name: field.get("description", "") for name, field in fields.items()}


def _step(schema: Mapping[str, Any], part: str | int) -> Any:
    """The schema of a part of what `schema` describes: a field, an entry of a list, or a value of a mapping."""
    patterns = (*schema.get("patternProperties", {}).values(), schema.get("additionalProperties"), schema.get("items"))
    return schema.get("properties", {}).get(part) or next((found for found in patterns if found), {})


@cache
def _schema(record: type[BaseModel]) -> Mapping[str, Any]:
    return {"$defs": {}, **record.model_json_schema()}
