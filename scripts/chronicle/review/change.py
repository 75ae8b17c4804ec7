"""A change in meaning: what was, what is, and what the change asks of whoever makes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chronicle.dates import EdtfDate, day_words
from chronicle.model import Chronology
from chronicle.model.records import Record
from chronicle.model.scalars import Coordinates, Quantity
from chronicle.problems import Severity
from chronicle.yamlfile import Route


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise than it was.

    `before` is "" for what is new, `after` for what is gone. `route` leads to it in the file as it is now. `correction`
    are the words of the correction that the change asks for, "" where it asks for none; whether it must have one or
    should is told by `severity`. `is_prose` are texts of which only some words have changed.
    """

    what: str
    before: str = ""
    after: str = ""
    remark: str = ""
    route: Route = ()
    correction: str = ""
    severity: Severity = Severity.ERROR
    is_prose: bool = False


class Words:
    """The words for what an entry names, as they stand on the pages; a name that nobody knows stands for itself."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology

    def actor(self, slug: str) -> str:
        """The short name of an actor."""
        actor = self.chronology.actors.get(slug)
        return actor.label if actor else slug

    def place(self, slug: str) -> str:
        """The name of a place."""
        place = self.chronology.places.get(slug)
        return place.label if place else slug

    def event(self, slug: str) -> str:
        """The title of an event."""
        event = self.chronology.event_by_slug.get(slug)
        return f"“{event.title}”" if event else slug

    def term(self, vocabulary: str, slug: str) -> str:
        """The name of a word of chronology.yml."""
        term = getattr(self.chronology.setting, vocabulary).get(slug)
        return str(term.name) if term else slug


def in_words(value: object) -> str:
    """A value of a record for readers; "" for one that is left out."""
    if value is None or value is False:
        return ""
    say: Callable[[Any], str] = next((say for kind, say in _SAYINGS if isinstance(value, kind)), str)
    return say(value)


def _say_parts(parts: Mapping[str, object]) -> str:
    return "; ".join(f"{key}: {in_words(part)}" for key, part in parts.items())


_SAYINGS: Sequence[tuple[type, Callable[[Any], str]]] = (
    (bool, lambda _: "yes"),
    (EdtfDate, EdtfDate.words),
    (date, day_words),
    (Quantity, Quantity.words),
    (Coordinates, lambda value: f"{value.latitude}, {value.longitude}"),
    (Record, lambda value: _say_parts(dict(value))),
    (Mapping, _say_parts),
    (tuple, lambda value: ", ".join(map(in_words, value))),
)
