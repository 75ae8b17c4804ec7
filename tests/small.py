"""Small chronologies for tests, written as YAML text and read by the real loader."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

import yaml

from chronicle.load import Loaded, load
from chronicle.model import Chronology

SETTING = """
title: The bridge
subtitle: A made-up chronology
description: What was said of a bridge.
introduction: A bridge was closed.
language: en
editors: The editors
licence: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
repository: https://git.example.org/bridge
rules: {quotation_words: 25, loaded_words: {wicked: describe what happened}}
certainty:
  confirmed: {name: Confirmed, meaning: Established.}
  claimed: {name: Claimed, meaning: Said by one side.}
  disputed: {name: Disputed, meaning: Denied by somebody.}
kinds: {closure: {name: Closure, meaning: Something is closed.}}
measures:
  vehicles: {name: Vehicles, meaning: Vehicles counted., headline: true}
topics: {safety: {name: Safety, meaning: How safe it was.}}
source_types: {newspaper: {name: Newspaper, meaning: A newspaper., cite_as: article-newspaper}}
actor_kinds:
  person: {name: Person, meaning: Somebody., person: true}
  state: {name: State, meaning: A state.}
  newsroom: {name: Newsroom, meaning: A newsroom.}
  news-agency: {name: News agency, meaning: An agency., conduit: true}
  state-media: {name: State media, meaning: A medium of a state.}
place_precisions: {town: {name: the town, meaning: A town.}}
"""

ACTORS = """
mayor: {name: The mayor, kind: person, about: Mayor of the town.}
harbour: {name: Harbour Authority, kind: state, about: An authority., also: [Управление порта]}
spokesman: {name: The spokesman, kind: person, about: Speaks for the harbour., speaks_for: harbour}
herald: {name: State Herald, kind: state-media, about: A paper of the harbour., speaks_for: spokesman}
wire: {name: The Wire, kind: news-agency, about: An agency.}
cable: {name: The Cable, kind: news-agency, about: Another agency.}
gazette: {name: The Gazette, kind: newsroom, about: A newspaper.}
"""

PLACES = """
town: {name: Port Ellery, precision: town, coordinates: "50.1, -3.2", about: A town.}
"""

ENTRY = """
date: 1998-03-17
title: Bridge closed
kind: closure
certainty: confirmed
summary: The bridge was closed.[^a]
claims:
  - says: It was closed.
    sources: [a]
topics: [safety]
sources:
  a: {url: https://a.example.org/1, title: Closed, publisher: The Gazette, published: 1998-03-18, type: newspaper}
added: 2024-05-02
"""


def entry(changes: str = "") -> str:
    """The plain entry with some top-level keys replaced or added, given as YAML text."""
    return yaml.dump(
        {**yaml.load(ENTRY, yaml.BaseLoader), **(yaml.load(dedent(changes), yaml.BaseLoader) or {})}, allow_unicode=True
    )


def source(handle: str, rest: str = "") -> str:
    """One source of an entry as YAML text, indented to stand under `sources:`."""
    fields = {"url": f"https://{handle}.example.org/1", "title": handle, "publisher": handle, "type": "newspaper"}
    fields |= yaml.load(dedent(rest), yaml.BaseLoader) or {}
    return indent(yaml.dump({handle: fields}, allow_unicode=True), "  ")


def write(
    root: Path, events: Mapping[str, str], setting: str = SETTING, actors: str = ACTORS, places: str = PLACES
) -> Path:
    """Writes a project with these events (`1998/bridge-closed` → YAML text) and returns its root."""
    folder = root / "chronology"
    (folder / "events").mkdir(parents=True, exist_ok=True)
    for name, text in (("chronology", setting), ("actors", actors), ("places", places)):
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    for name, text in events.items():
        file = folder / "events" / f"{name}.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def read(root: Path, events: Mapping[str, str]) -> Chronology:
    """Writes and reads a chronology that must have no problems."""
    loaded: Loaded = load(write(root, events))
    assert loaded.problems == ()
    assert loaded.chronology
    return loaded.chronology
