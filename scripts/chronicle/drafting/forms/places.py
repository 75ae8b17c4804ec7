"""Where in the file of an entry the words stand that somebody copied from its page, and how the new ones are written there."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pydantic_core import PydanticCustomError

from chronicle.dates import day_short, day_words, readings_of
from chronicle.model import Chronology
from chronicle.model.amounts import rewrite_amount
from chronicle.model.scalars import read_edtf, read_plain_day, read_quantity
from chronicle.model.setting import Term
from chronicle.yamlfile import Plain, Route

_ASIDE: Final = ("corrections", "added", "formerly", "relations", "milestone")
_DATES: Final = ("date", "published")
_DAYS: Final = ("reported", "as_of", "accessed")
_VOCABULARIES: Final = {
    "kind": "kinds", "measure": "measures", "type": "source_types", "topics": "topics", "certainty": "certainty",
}  # fmt: skip
_NAMES: Final = {"by": "actors", "actors": "actors", "relays": "actors", "places": "places"}
_PARTS: Final = {
    ("claims", "by"): "by", ("claims", "quote"): "quote", ("sources", "quote"): "quote", ("figures", "value"): "value",
    ("sources", "title"): "source-title", ("sources", "title_en"): "source-title",
    ("places", ""): "names", ("actors", ""): "names",
}  # fmt: skip
_WHOLE: Final = (*_DATES, *_DAYS, *_VOCABULARIES, *_NAMES, "value", "url", "archive", "language", "url_status", "sources")


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of a file: the value in which they stand, and the words as they are written there."""

    route: Route
    words: str

    @property
    def key(self) -> str:
        """The key that tells what the value is."""
        return _key_of(self.route)

    @property
    def part(self) -> str:
        """The part of the entry in which it stands, as the form calls it."""
        return _part_of(self.route)


def find_places(data: Plain, words: str, part: str, chronology: Chronology) -> list[Place]:
    """Every place of the words in an entry, or in one part of it; a date, a number and a name also as its page shows them."""
    flat = " ".join(words.split())
    found = []
    for route, value in _walk(data, ()):
        if route[0] in _ASIDE or (part and _part_of(route) != part):
            continue
        if _key_of(route) in _WHOLE:
            said = {value, *_shown(_key_of(route), value, chronology)}
            found += [Place(route, value)] if flat.casefold() in map(str.casefold, said) else []
        else:
            times = " ".join(value.split()).count(flat)
            found += [Place(route, flat)] * times
    return found


def write_as(place: Place, words: str, chronology: Chronology) -> str:
    """New words as they are written at a place: a number and a date in the form used there, a name by its word."""
    flat = " ".join(words.split())
    if place.key == "value":
        return rewrite_amount(flat) or flat
    if place.key in (*_DATES, *_DAYS):
        meant = readings_of(flat)
        return meant[0].edtf if len(meant) == 1 else flat
    names = _names_of(place.key, chronology)
    fitting = [word for word, called in names.items() if flat.casefold() in map(str.casefold, called)]
    return fitting[0] if len(fitting) == 1 else flat


def is_known_day(place: Place, words: str) -> bool:
    """Whether the words, put there, are a day or a date, with which others may have to change."""
    try:
        return place.key in (*_DATES, *_DAYS) and bool(read_edtf(words))
    except PydanticCustomError:
        return False


def _walk(data: Plain, route: Route) -> Iterator[tuple[Route, str]]:
    """Every text with its route."""
    if isinstance(data, str):
        yield route, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _walk(value, (*route, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _walk(value, (*route, at))


def _part_of(route: Route) -> str:
    return _PARTS.get((str(route[0]), _key_of(route)), _PARTS.get((str(route[0]), ""), str(route[0])))


def _key_of(route: Route) -> str:
    """The key of a value; that of the list for a part of a list, and `certainty` for a step of its history."""
    return "certainty" if route[0] == "certainty" else next(str(key) for key in reversed(route) if isinstance(key, str))


def _shown(key: str, value: str, chronology: Chronology) -> Iterator[str]:
    """How a page shows a value."""
    with suppress(PydanticCustomError):
        if key in _DATES:
            date = read_edtf(value)
            yield from (date.words(), date.short())
        elif key in _DAYS:
            day = read_plain_day(value)
            yield from (day_words(day), day_short(day))
        elif key == "value":
            yield read_quantity(value).words()
        else:
            yield from _names_of(key, chronology).get(value, ())


def _names_of(key: str, chronology: Chronology) -> Mapping[str, tuple[str, ...]]:
    """The words that a key may have, each with what it is called."""
    if key in _VOCABULARIES:
        terms: Mapping[str, Term] = getattr(chronology.setting, _VOCABULARIES[key])
        return {word: (word, term.name) for word, term in terms.items()}
    if _NAMES.get(key) == "actors":
        return {word: (word, actor.name, actor.label, *actor.also) for word, actor in chronology.actors.items()}
    if _NAMES.get(key) == "places":
        return {word: (word, place.name, *place.also) for word, place in chronology.places.items()}
    return {}
