"""The JSON of TimelineJS → rows, each event with its keys as headings; what is no event is told apart."""

import json
from collections.abc import Iterator
from typing import Any

from chronicle.drafting.bring.columns import Cell, Row, take_row
from chronicle.drafting.bring.sheet import MAX_ROWS, CannotRead

_FORM = 'A file of TimelineJS has the form {"events": [{"start_date": {"year": 1998}, "text": {"headline": "…"}}, …]}.'
_DEEPEST = 3  # start_date.year, media.url and the like; what is deeper is kept as it stands


def read_events(text: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The events as rows, and what was left aside, in sentences; raises `CannotRead` where there is no list of events."""
    timeline = _parse(text)
    events = timeline.get("events") if isinstance(timeline, dict) else None
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise CannotRead("There is no list “events” in this file, or it holds something else than events.", _FORM)
    if len(events) > MAX_ROWS:
        raise CannotRead(f"There are more than {MAX_ROWS:,} events.", "Divide the file.")
    rows = tuple(take_row(f"event {number}", _flatten(event)) for number, event in enumerate(events, 1))
    return rows, tuple(_left_aside(timeline))


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_refuse_repeated_keys, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        what = f"This is not JSON: something is wrong in line {error.lineno}, column {error.colno}."
        raise CannotRead(what, "Export the timeline again, or look at what stands just before that place.") from None
    except RecursionError:
        raise CannotRead("The parts of this file stand within each other too deeply.", _FORM) from None


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in pairs:
        if key in read:
            raise CannotRead(f"The key “{key}” stands twice in one group.", "Delete the one that is not meant.")
        read[key] = value
    return read


def _flatten(value: dict[str, Any], around: str = "", depth: int = 1) -> Iterator[Cell]:
    for key, inner in value.items():
        name = f"{around}{key}"
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from _flatten(inner, f"{name}.", depth + 1)
        elif inner not in (None, "", [], {}):
            yield Cell(name, name, inner if isinstance(inner, str) else json.dumps(inner, ensure_ascii=False))


def _left_aside(timeline: dict[str, Any]) -> Iterator[str]:
    if timeline.get("title"):
        yield "The title slide is no event; what it says belongs in chronology.yml."
    if timeline.get("eras"):
        yield "The eras are no events: they name a time, and nothing that happened in it."
    for key in sorted(timeline.keys() - {"events", "title", "eras", "scale"}):
        yield f"“{key}” means nothing here."
