"""The base of every record, and the forms in which its parts may stand: lists, and mappings from names."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from chronicle.model.scalars import Slug, refuse

Part = TypeVar("Part")


class Record(BaseModel):
    """Something read from YAML: no other keys than those named, and never changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


def read_list(value: object) -> object:
    """A list is asked for: one text alone is the commonest slip."""
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, dict):
        raise refuse("a group of keys stands where a list belongs", "Start each part of the list with a hyphen.")
    if value is None:
        raise refuse("there is nothing written here", "Write a list such as [first, second], or delete the key.")
    raise refuse(f"“{value}” stands where a list belongs", f"Put it in square brackets: [{value}].")


def read_mapping(value: object) -> object:
    """A mapping is asked for."""
    if isinstance(value, dict):
        return value
    raise refuse(
        "a group of named parts belongs here", "Write a name and a colon, and what belongs to it indented below."
    )


def refuse_empty(value: object) -> object:
    """A list or a mapping with something in it is asked for."""
    if value in ([], {}):
        raise refuse("the list is empty", "Name at least one.")
    return value


class _AtLeastOne:
    """Tells the JSON Schema what `refuse_empty` sees to; pydantic’s own limit would count parts that are refused as missing."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        form = handler(schema)
        return {**form, "minItems" if form.get("type") == "array" else "minProperties": 1}


ListOf = Annotated[tuple[Part, ...], BeforeValidator(read_list)]
SomeOf = Annotated[tuple[Part, ...], _AtLeastOne(), BeforeValidator(refuse_empty), BeforeValidator(read_list)]
MapOf = Annotated[Mapping[Slug, Part], BeforeValidator(read_mapping)]
SomeMapOf = Annotated[Mapping[Slug, Part], _AtLeastOne(), BeforeValidator(refuse_empty), BeforeValidator(read_mapping)]
