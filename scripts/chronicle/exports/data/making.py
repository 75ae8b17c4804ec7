"""Every JSON file, each with its path, what it is made from, and how to make it; and the index of all data files."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from chronicle.citations import cited_in_words
from chronicle.citations.works import Work, work_of_chronology
from chronicle.exports.data.files import COLLECTIONS, FOLDER, VERSION, File, Index, Listed, Words
from chronicle.exports.data.schemas import NAMES, make_schema, schema_path
from chronicle.exports.data.tell import Teller, tell_day
from chronicle.exports.data.timelinejs import timelinejs_json
from chronicle.made import Keys, Made, key_of
from chronicle.model import Chronology
from chronicle.model.setting import Setting

INDEX = f"{FOLDER}/index.json"


def make_data(
    chronology: Chronology, digests: Mapping[str, str], keys: Keys, as_of: date | None = None
) -> Iterator[Made[str]]:
    """The JSON files but for their index; `digests` has the digest of each YAML file by its path.

    With `as_of`, every collection says that it is the one of that day.
    """
    teller = Teller(chronology, digests)
    tell_event = cache(lambda slug: as_json(teller.event(chronology.event_by_slug[slug])))  # for two files
    for event in chronology.events:
        yield Made(f"{FOLDER}/events/{event.slug}.json", keys.of("data", [event]), partial(tell_event, event.slug))
    tellings: Mapping[str, Callable[[], Iterable[str]]] = {
        "events": lambda: map(tell_event, chronology.event_by_slug),
        "actors": lambda: map(as_json, teller.actors()),
        "places": lambda: map(as_json, teller.places()),
        "sources": lambda: map(as_json, teller.sources()),
        "figures": lambda: map(as_json, teller.figures()),
        "relations": lambda: map(as_json, teller.relations()),
    }
    for file in COLLECTIONS:
        text = partial(_tell_all, file, tellings[file.name], chronology, as_of)
        yield Made(f"{FOLDER}/{file.name}.json", keys.of_all(f"data {file.name}"), text)
    yield Made(f"{FOLDER}/timelinejs.json", keys.of_all("timelinejs"), partial(timelinejs_json, chronology))
    for name in NAMES:
        yield Made(schema_path(name), keys.of(f"schema {name}"), partial(make_schema, name, chronology))


def with_index(
    made: Iterable[Made[Any]], chronology: Chronology, digests: Mapping[str, str], as_of: date | None = None
) -> Iterator[Made[Any]]:
    """The files that were made, and last the index of the data files among them; none is made twice to be weighed for it."""
    scales = _Scales(made)
    yield from scales.files
    whole = work_of_chronology(chronology, digests)
    yield Made(INDEX, scales.key, lambda: _tell_index(Teller(chronology, digests), whole, scales.listed(), as_of))


def as_json(record: BaseModel) -> str:
    """A record as JSON, on one line that it ends."""
    return record.model_dump_json(by_alias=True) + "\n"


class _Scales:
    """Weighs every data file when it is made, and what was not made by the time that the weights are asked for."""

    def __init__(self, made: Iterable[Made[Any]]) -> None:
        self.files = tuple(self._watched(file) if file.path.startswith(f"{FOLDER}/") else file for file in made)
        self._data = tuple(file for file in self.files if file.path.startswith(f"{FOLDER}/"))
        self._listed: dict[str, Listed] = {}
        self.key = key_of("index", *(file.key for file in self._data))

    def listed(self) -> tuple[Listed, ...]:
        """Every data file with its weight, those of single events last."""
        for file in self._data:
            if file.path not in self._listed:
                file.make()
        return tuple(sorted(self._listed.values(), key=lambda file: (file.path.startswith("events/"), file.path)))

    def _watched(self, file: Made[Any]) -> Made[Any]:
        return replace(file, make=partial(self._weigh, file))

    def _weigh(self, file: Made[Any]) -> str | bytes:
        made: str | bytes = file.make()
        content = made.encode() if isinstance(made, str) else made
        path = file.path.removeprefix(f"{FOLDER}/")
        self._listed[file.path] = Listed(path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
        return made


def _tell_all(file: type[File], tell: Callable[[], Iterable[str]], chronology: Chronology, as_of: date | None) -> str:
    """A collection with one record a line, so that whoever compares two of them sees which records changed."""
    head = as_json(File(**_head(file, chronology, as_of))).removesuffix("}\n")
    return f'{head},"{file.name}":[\n{",".join(tell())}]}}\n'


def _head(file: type[File], chronology: Chronology, as_of: date | None) -> dict[str, Any]:
    changed = max((event.changed for event in chronology.events), default=None)
    return {
        "schema_": f"schema/{file.name}.json",
        "version": VERSION,
        "date": tell_day(changed) if changed else None,
        "as_of": tell_day(as_of) if as_of else None,
        "licence": chronology.setting.licence.url,
    }


def _tell_index(teller: Teller, whole: Work, listed: tuple[Listed, ...], as_of: date | None) -> str:
    chronology = teller.chronology
    index = Index(
        page=whole.url,
        data_version=whole.version or "",
        cite=cited_in_words(whole),
        counts=teller.counts(),
        chronology=_tell_words(chronology.setting),
        files=listed,
        **_head(Index, chronology, as_of),
    )
    plain = index.model_dump(
        by_alias=True
    )  # going straight to JSON, pydantic warns of what a field of the setting has read
    return to_json(plain, indent=2).decode() + "\n"


def _tell_words(setting: Setting) -> Words:
    day = setting.evidence_until
    return Words(**{**dict(setting), "evidence_until": tell_day(day) if day else None})
