"""The JSON Schema of each data file, derived from its record, and what may change in it without breaking a promise.

The promise: under one address (`data/v1/`), nothing that is there goes away or comes to mean something else, and what a
member may hold is never widened. Members may be added; then the minor version rises. For anything else there would be a
`data/v2/`. The schemas allow for that: they name what is always there, and forbid nothing that is not named.
"""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from chronicle.addresses import absolute
from chronicle.exports.data.files import COLLECTIONS, FOLDER, File, Index
from chronicle.exports.data.parts import Event
from chronicle.model import Chronology

_FILES: tuple[type[File], ...] = (*COLLECTIONS, Index)
_RECORD_BY_NAME: dict[str, type[BaseModel]] = {**{file.name: file for file in _FILES}, "event": Event}
NAMES = tuple(_RECORD_BY_NAME)


def schema_path(name: str) -> str:
    """Where the schema of a file stands, below docs/."""
    return f"{FOLDER}/schema/{name}.json"


def make_schema(name: str, chronology: Chronology) -> str:
    """The schema of the file with this name (JSON Schema 2020-12)."""
    record = _RECORD_BY_NAME[name]
    told = record.model_json_schema(by_alias=True, mode="serialization", schema_generator=_Generator)
    heading = {"$schema": _Generator.schema_dialect, "$id": absolute(chronology, schema_path(name))}
    return json.dumps({**heading, **told}, ensure_ascii=False, indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """Pydantic’s own, but every member is always there, and its name is title enough."""

    def field_title_should_be_set(self, _: Any) -> bool:
        """The name of a field is title enough."""
        return False

    def field_is_required(self, *_: Any, **__: Any) -> bool:
        """What has a default is written too."""
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """A default is of use to writers only."""
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """Members may be added, so none is forbidden."""
        return {key: told for key, told in super().model_schema(schema).items() if key != "additionalProperties"}

    def dict_schema(self, schema: core_schema.DictSchema) -> dict[str, Any]:
        """How names may be formed is a matter of those who write them."""
        return {"type": "object", "additionalProperties": self.generate_inner(schema["values_schema"])}
