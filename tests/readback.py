"""Reads a chronology back from its data files alone, by way of the reader of the entries themselves."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chronicle.exports.data.files import FOLDER
from chronicle.model import Actor, Chronology, Claim, Correction, Entry, Event, Figure, Place, Source
from chronicle.model.records import Record
from chronicle.model.setting import Setting

Json = Any


def read_chronology(texts: Mapping[str, str]) -> tuple[Chronology, Mapping[str, str]]:
    """The chronology, and as much of the digests of its files as the data tell, from the texts of the data files."""
    name = {name: json.loads(texts[f"{FOLDER}/{name}.json"]) for name in ("index", "actors", "places", "events")}
    events = name["events"]["events"]
    chronology = Chronology.model_construct(
        setting=Setting.model_validate(_written(name["index"]["chronology"])),
        actors={told["slug"]: Actor.model_validate(_kept(Actor, told)) for told in name["actors"]["actors"]},
        places={told["slug"]: Place.model_validate(_place(told)) for told in name["places"]["places"]},
        events=tuple(map(_event, events)),
    )
    return chronology, {event["file"]: event["version"] for event in events}


def _event(told: Json) -> Event:
    entry = {
        **_kept(Entry, told),
        "certainty": _certainty(told["certainty_history"]),
        "claims": _all(Claim, told["claims"]),
        "figures": [{**_kept(Figure, one), "value": _quantity(one["value"])} for one in told["figures"]],
        "relations": [{tie["relation"]: tie["event"]} for tie in told["relations"]],
        "sources": {one["handle"]: _kept(Source, one) for one in told["sources"]},
        "corrections": _all(Correction, told["corrections"]),
    }
    return Event.model_construct(**dict(Entry.model_validate(entry)), slug=told["slug"], path=told["file"])


def _certainty(history: Json) -> Json:
    first = history[0]
    return first["certainty"] if first["since"] is None else {_written(h["since"]): h["certainty"] for h in history}


def _quantity(told: Json) -> str:
    ends = [str(end) for end in dict.fromkeys((told["lower"], told["upper"])) if end is not None]
    return f"{told['qualifier'] or ''} {' to '.join(ends)}".strip()


def _place(told: Json) -> Json:
    lies = told["coordinates"]
    return _kept(Place, {**told, "coordinates": lies and f"{lies['latitude']:.6f}, {lies['longitude']:.6f}"})


def _all(record: type[Record], told: Iterable[Json]) -> Json:
    return [_kept(record, one) for one in told]


def _kept(record: type[Record], told: Json) -> Json:
    """Those members that a record has too; the others were worked out."""
    return _written({key: told[key] for key in record.model_fields if key in told})


def _written(told: Json) -> Json:
    """What stands in JSON as it would in an entry, where everything is text, and what is not known is left out."""
    if isinstance(told, dict):
        return told["edtf"] if "edtf" in told else {k: _written(v) for k, v in told.items() if v is not None}
    if isinstance(told, list):
        return [_written(one) for one in told]
    return str(told).lower() if isinstance(told, bool) else str(told)
