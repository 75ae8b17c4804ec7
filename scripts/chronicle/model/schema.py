"""JSON Schema of the files in chronology/, derived from the records, so that editors can help whoever writes one."""

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from chronicle.model import Actor, Entry, Place
from chronicle.model.records import MapOf
from chronicle.model.setting import Setting

_FILES: Final[Mapping[str, tuple[TypeAdapter[Any], str]]] = {
    "event": (TypeAdapter(Entry), "An event: one file in chronology/events/"),
    "actors": (TypeAdapter(MapOf[Actor]), "The actors: chronology/actors.yml"),
    "places": (TypeAdapter(MapOf[Place]), "The places: chronology/places.yml"),
    "chronology": (TypeAdapter(Setting), "The chronology itself: chronology/chronology.yml"),
}


def make_schemas() -> Mapping[str, str]:
    """The text of each schema by its path in the project (JSON Schema 2020-12); two runs give the same bytes.

    They describe the YAML as YAML 1.2 reads it, with days as text, which is what editors do.
    """
    return {f"schema/{name}.json": _make_schema(name, *file) for name, file in _FILES.items()}


def _make_schema(name: str, file: TypeAdapter[Any], title: str) -> str:
    heading = {"$schema": _Generator.schema_dialect, "$id": f"urn:chronicle:schema:{name}", "title": title}
    schema = {**heading, **file.json_schema(schema_generator=_Generator), "title": title}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """Pydantic’s own, but it tells writers no more than they need and refuses keys that the records refuse."""

    def field_title_should_be_set(self, _: Any) -> bool:
        """The name of a field is title enough."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What may be left out is left out; a key with nothing behind it is a slip."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default of nothing says nothing."""
        described = super().default_schema(schema)
        return {key: value for key, value in described.items() if key != "default" or value is False}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Keys that are not of the right form are wrong, not merely unknown."""
        described = super().dict_schema(schema)
        return {**described, "additionalProperties": False} if "patternProperties" in described else described
