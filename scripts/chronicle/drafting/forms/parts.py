"""The sources, facts and numbers of a form: each as the keys of an entry, with the place in the form of every key."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chronicle.drafting.forms.answers import Reader
from chronicle.drafting.forms.fields import Field, Spot
from chronicle.drafting.forms.issue import Issue
from chronicle.drafting.forms.several import split_parts
from chronicle.drafting.new import handle_of
from chronicle.problems import join_choices
from chronicle.yamlfile.text import Written

_KEYS: Final = {"source_title": "title", "figure_by": "by", "figure_cites": "sources", "cites": "sources"}
_LISTS: Final = ("relays",)
_NUMBERS = re.compile(r"\d+")
_LONGEST_NUMBER: Final = 4  # digits; what has more is the number of nothing, and may be too long for Python to read


@dataclass(frozen=True, slots=True)
class Told:
    """One source, fact or number: its keys as an entry has them, the place of each in the form, and what it cites there.

    `spot` is the place where it begins; `cited` is the answer to the question for its sources.
    """

    keys: Mapping[str, Written]
    spots: Mapping[str, Spot]
    spot: Spot
    cited: str = ""


def key_of(field: Field) -> str:
    """What an entry calls the answer to a question."""
    return _KEYS.get(field.key, field.key)


def read_first(fields: Sequence[Field], issue: Issue, reader: Reader) -> Told:
    """What the fields of the form itself tell."""
    spots = {field.key: Spot(field.label) for field in fields}
    return _read(fields, spots, issue.answers, Spot(fields[0].label), reader)


def read_further(area: Field, issue: Issue, noun: str, first: int, reader: Reader) -> list[Told]:
    """What a text area for several tells, each of them numbered from `first`."""
    parts, faults = split_parts(area, issue.answers.get(area.key, ""), noun, first)
    reader.faults += faults
    told = []
    for part in parts:
        number = f"{noun} {part.number}"
        spots = {field.key: Spot(area.label, f"{number}, “{field.label}”") for field in area.parts}
        answers = {field.key: part.answers.get(field.key, "") for field in area.parts}
        told.append(_read(area.parts, spots, answers, Spot(area.label, number), reader))
    return told


def _read(
    fields: Sequence[Field], spots: Mapping[str, Spot], answers: Mapping[str, str | None], spot: Spot, reader: Reader
) -> Told:
    values = {field.key: reader.read(spots[field.key], field, answers.get(field.key)) for field in fields}
    keys = {key_of(field): _as_written(field, values[field.key]) for field in fields if values[field.key]}
    cited = next((values[field.key] for field in fields if key_of(field) == "sources"), "")
    return Told(keys, {key_of(field): spots[field.key] for field in fields}, spot, cited)


def _as_written(field: Field, value: str) -> Written:
    return value.split(", ") if field.key in _LISTS else value


def name_sources(sources: Sequence[Told], taken: Sequence[str] = ()) -> list[str]:
    """A handle for each source, none of them twice and none that is taken."""
    handles: list[str] = []
    for source in sources:
        handle = base = handle_of(str(source.keys.get("publisher", "")), str(source.keys.get("type", "source")))
        number = 1
        while handle in (*taken, *handles):
            number += 1
            handle = f"{base}-{number}"
        handles.append(handle)
    return handles


def with_sources(told: Told, field: Field, handles: Sequence[str], reader: Reader, *, by_itself: bool) -> Told:
    """The same with the handles of the sources that it cites by number; `by_itself` where the first is meant unless said."""
    said = _NUMBERS.findall(told.cited)[:20]
    numbers = [int(number) if len(number) <= _LONGEST_NUMBER else 0 for number in said]  # no source has the number 0
    spot = told.spots["sources"]
    wrong = [number for number in numbers if not 1 <= number <= len(handles)]
    if wrong or (told.cited and not numbers):
        count = f"You name {len(handles)}: write {_count(len(handles))}."
        reader.refuse(spot, field, f"“{told.cited}” is not the number of a source of yours.", count)
    elif not numbers and len(handles) > 1 and not by_itself:
        mend = f"Add a line “{field.label}:” with its number: {_count(len(handles))}."
        reader.refuse(spot, field, "You name several sources, and not which of them shows this.", mend)
    named = [handles[number - 1] for number in dict.fromkeys(numbers) if 1 <= number <= len(handles)]
    if spot in reader.doubtful:
        named = list(handles)
    return replace(told, keys={**told.keys, "sources": named or list(handles[:1])})


def _count(number: int) -> str:
    return join_choices([str(each) for each in range(1, number + 1)])
