"""What can still be read of an entry with a mistake, so that one mistake does not hide the others."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chronicle.load.findings import is_of_key, key_of, route_of
from chronicle.model import Entry, Event
from chronicle.yamlfile import Plain, Route, YamlFile

_NAME: Final = "stand-in"
_DAY: Final = "2000-01-01"
_URL: Final = "https://example.org/"
STAND_INS: Final[Mapping[str, Any]] = {
    "date": _DAY, "reported": _DAY, "title": "…", "kind": _NAME, "certainty": "claimed", "milestone": "true", "summary": "…",
    "claims": [{"by": _NAME, "says": "…", "quote": "…", "sources": [_NAME]}],
    "figures": [{"measure": _NAME, "value": "1", "by": _NAME, "as_of": _DAY, "sources": [_NAME], "note": "…"}],
    "annotation": "…", "places": [_NAME], "actors": [_NAME], "topics": [_NAME], "relations": [{"follows": _NAME}],
    "sources": {_NAME: {
        "url": _URL, "url_status": "live", "title": "…", "title_en": "…", "publisher": "…", "author": "…", "published": _DAY,
        "language": "en", "type": _NAME, "relays": [_NAME], "archive": _URL, "accessed": _DAY, "quote": "…",
    }},
    "added": _DAY, "corrections": [{"date": _DAY, "what": "…", "why": "…"}], "formerly": [_NAME],
}  # fmt: skip
"""For every key of an entry, what may stand in for a value so that the rest can be examined; it is never written anywhere."""


@dataclass(frozen=True, slots=True)
class Rest:
    """An entry with a mistake, as far as it can be read: at the doubtful routes something else stands in.

    `is_torn` says that a key was refused or a line left out, so that whatever is not there may have been meant by it.
    """

    event: Event
    doubtful: frozenset[Route]
    is_torn: bool

    def doubts(self, route: Route) -> bool:
        """Whether what stands there, or around it, stands in for something else."""
        return any(route[:length] in self.doubtful for length in range(1, len(route) + 1))

    def doubts_any(self, keys: Collection[str]) -> bool:
        """Whether something may stand in for the value of one of these keys."""
        return bool(keys) and (self.is_torn or any(key_of(route) in keys for route in self.doubtful))


def read_rest(slug: str, file: YamlFile) -> Rest | None:
    """What can be read of an entry that was refused; None where nothing can be made of it."""
    data = deepcopy(file.data)
    details = _put_all_aside(data)
    details += _put_all_aside(data)  # a list may be empty now, and is refused for that
    doubtful = {*file.routes_aside, *(route_of(detail) for detail in details)}
    if _find_refused(data):
        return None
    event = Event.model_construct(**dict(Entry.model_validate(data)), slug=slug, path=file.path)
    return Rest(event, frozenset(doubtful), bool(file.torn) or any(map(is_of_key, details)))


def _find_refused(data: dict[str, Plain]) -> list[ErrorDetails]:
    try:
        Entry.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _put_all_aside(data: dict[str, Plain]) -> list[ErrorDetails]:
    details = _find_refused(data)
    for detail in details:
        _put_aside(data, detail)
    return details


def _put_aside(data: Plain, detail: ErrorDetails) -> None:
    """Takes away a key that was refused, or puts something else in place of a value that was, or is missing."""
    *around, last = route_of(detail)
    for part in around:
        data = _step(data, part)
    if is_of_key(detail) and isinstance(data, dict):
        data.pop(str(last), None)
    elif isinstance(data, dict):
        data[str(last)] = _stand_in((*around, last))
    elif isinstance(data, list) and isinstance(last, int):
        data[last] = _stand_in((*around, last))


def _step(data: Plain, part: str | int) -> Plain:
    """What stands there; nothing where what is around it was taken away."""
    if isinstance(data, list) and isinstance(part, int):
        return data[part]
    return data.get(str(part)) if isinstance(data, dict) else None


def _stand_in(route: Route) -> Any:
    here: Any = STAND_INS
    for part in route:
        parts = dict(enumerate(here)) if isinstance(here, list) else here
        here = parts.get(part, next(iter(parts.values())))  # any place in a list, any handle of a source
    return deepcopy(here)
