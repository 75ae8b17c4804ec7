"""The tables of the registers: the actors, the places, and the words that chronology.yml explains."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from chronicle.addresses import absolute
from chronicle.exports.tables.reading import Reading
from chronicle.exports.tables.table import Column, Kind, Table
from chronicle.model import Actor, Chronology, Place
from chronicle.model.origins import voice_of
from chronicle.model.setting import Term

_VOCABULARIES = ("certainty", "kinds", "measures", "topics", "source_types", "actor_kinds", "place_precisions")
Record_co = TypeVar("Record_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Named(Generic[Record_co]):
    """A record with the name under which a register or a vocabulary has it."""

    slug: str
    record: Record_co
    chronology: Chronology
    register: str

    @property
    def page(self) -> str:
        """The address of its page."""
        return absolute(self.chronology, f"{self.register}/{self.slug}/")


def _actors(reading: Reading) -> Iterator[Named[Actor]]:
    return (Named(slug, actor, reading.chronology, "actors") for slug, actor in reading.chronology.actors.items())


def _places(reading: Reading) -> Iterator[Named[Place]]:
    return (Named(slug, place, reading.chronology, "places") for slug, place in reading.chronology.places.items())


def _terms(reading: Reading) -> Iterator[Named[Term]]:
    for vocabulary in _VOCABULARIES:
        for word, term in getattr(reading.chronology.setting, vocabulary).items():
            yield Named(word, term, reading.chronology, vocabulary)


ACTORS: Table[Named[Actor]] = Table(
    "actors",
    "Actors",
    "Those who act or speak: one row an actor. Other spellings are in the table actor_names.",
    _actors,
    (
        Column("slug", Kind.TEXT, lambda row: row.slug,
               "Its name in these tables."),
        Column("page", Kind.ADDRESS, lambda row: row.page,
               "The address of its page."),
        Column("name", Kind.TEXT, lambda row: row.record.name,
               "Its full name."),
        Column("short", Kind.TEXT, lambda row: row.record.short,
               "A short name for lists.", optional=True),
        Column("kind", Kind.TEXT, lambda row: row.record.kind,
               "What kind of actor it is.", words=lambda setting: setting.actor_kinds),
        Column("about", Kind.TEXT, lambda row: row.record.about,
               "Who it is, in one line."),
        Column("speaks_for", Kind.TEXT, lambda row: row.record.speaks_for,
               "The actor whose voice it is.", True, "actors", indexed=True),
        Column("voice", Kind.TEXT, lambda row: voice_of(row.slug, row.chronology.actors),
               "The actor at the end of that chain, with whom it counts as one origin; often itself.",
               refers_to="actors", indexed=True),
    ),
    ("slug",),
)  # fmt: skip

PLACES: Table[Named[Place]] = Table(
    "places",
    "Places",
    "Where events happen: one row a place. Other spellings are in the table place_names.",
    _places,
    (
        Column("slug", Kind.TEXT, lambda row: row.slug,
               "Its name in these tables."),
        Column("page", Kind.ADDRESS, lambda row: row.page,
               "The address of its page."),
        Column("name", Kind.TEXT, lambda row: row.record.name,
               "Its name for readers."),
        Column("within", Kind.TEXT, lambda row: row.record.within,
               "The larger place it lies in.", True, "places", indexed=True),
        Column("latitude", Kind.DEGREES, lambda row: at.latitude if (at := row.record.coordinates) else None,
               "Degrees north (WGS 84).", optional=True),
        Column("longitude", Kind.DEGREES, lambda row: at.longitude if (at := row.record.coordinates) else None,
               "Degrees east (WGS 84).", optional=True),
        Column("precision", Kind.TEXT, lambda row: row.record.precision,
               "How exact the coordinates are.", words=lambda setting: setting.place_precisions),
        Column("about", Kind.TEXT, lambda row: row.record.about,
               "What it is, in one line.", optional=True),
    ),
    ("slug",),
)  # fmt: skip

WORDS: Table[Named[Term]] = Table(
    "words",
    "Words",
    "What the words mean that stand in other tables: one row a word.",
    _terms,
    (
        Column("vocabulary", Kind.TEXT, lambda row: row.register,
               "The list to which it belongs.", words=lambda _: _VOCABULARIES),
        Column("word", Kind.TEXT, lambda row: row.slug,
               "The word as it stands in the tables."),
        Column("name", Kind.TEXT, lambda row: row.record.name,
               "The word as readers see it."),
        Column("meaning", Kind.TEXT, lambda row: row.record.meaning,
               "What it means."),
    ),
    ("vocabulary", "word"),
)  # fmt: skip
