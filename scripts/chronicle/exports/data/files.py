"""The data files themselves: what stands around the records in each, and the index that says what there is."""

from typing import ClassVar

from pydantic import Field

from chronicle.exports.data.parts import Citing, Day, Event, Figure, Part, Slug, Url, Work
from chronicle.model import Relation
from chronicle.model.setting import Setting

VERSION = "1.1"  # of the shape: see `schemas`
FOLDER = f"data/v{VERSION.partition('.')[0]}"


class File(Part):
    """What every file says of itself."""

    name: ClassVar[str]

    schema_: str = Field(
        serialization_alias="$schema", description="The JSON Schema of this file, as an address relative to it."
    )
    version: str = Field(description="The version of the shape, major.minor; the major one also stands in the address.")
    date: Day | None = Field(description="The newest day on which an entry was added or corrected.")
    as_of: Day | None = Field(
        description="What is here is what the public could know at the end of that day; null for now."
    )
    licence: Url = Field(description="Where the licence of the data can be read.")


class Events(File):
    """All events; each also stands alone, in the same words, in events/<slug>.json."""

    name = "events"

    events: tuple[Event, ...] = Field(
        description="By when they happened: earliest first, then the latest day, then the name."
    )


class Actor(Part):
    """Somebody who acts or speaks."""

    slug: Slug = Field(description="Its name in these files.")
    page: Url = Field(description="The address of its page.")
    name: str = Field(description="Its full name.")
    short: str | None = Field(description="A short name for lists.")
    kind: Slug = Field(description="What kind of actor it is; the kinds are explained in index.json.")
    also: tuple[str, ...] = Field(description="Other spellings and names, in any script.")
    about: str = Field(description="Who it is, in one line.")
    speaks_for: Slug | None = Field(description="The actor whose voice it is.")
    voice: Slug = Field(
        description="The actor at the end of that chain, with whom it counts as one origin; often itself."
    )
    events: tuple[Slug, ...] = Field(description="The events in which it acts or speaks.")


class Actors(File):
    """All actors."""

    name = "actors"

    actors: tuple[Actor, ...] = Field(description="In the order of the register.")


class Coordinates(Part):
    """Where a place lies (WGS 84)."""

    latitude: float = Field(description="Degrees north.")
    longitude: float = Field(description="Degrees east.")


class Place(Part):
    """Somewhere that events happen."""

    slug: Slug = Field(description="Its name in these files.")
    page: Url = Field(description="The address of its page.")
    name: str = Field(description="Its name for readers.")
    also: tuple[str, ...] = Field(description="Other spellings and names, in any script.")
    within: Slug | None = Field(description="The larger place it lies in.")
    coordinates: Coordinates | None = Field(description="Where it lies; null when that is not given.")
    precision: Slug = Field(description="How exact the coordinates are; explained in index.json.")
    about: str | None = Field(description="What it is, in one line.")
    events: tuple[Slug, ...] = Field(description="The events that happened there.")


class Places(File):
    """All places."""

    name = "places"

    places: tuple[Place, ...] = Field(description="In the order of the register.")


class InEvent(Part):
    """Something that stands in an event."""

    event: Slug = Field(description="The event.")


class Citation(Citing, InEvent):
    """An event that cites a source, with what it takes from it."""


class CitedWork(Work):
    """A page or document with the events that cite it; what only one of them tells of it is told here."""

    cited_by: tuple[Citation, ...] = Field(description="Every event that cites it, in the order of the chronology.")


class Sources(File):
    """All sources: one for each address that is cited."""

    name = "sources"

    sources: tuple[CitedWork, ...] = Field(description="By address.")


class EventFigure(Figure, InEvent):
    """A number with the event in which it was given."""


class Figures(File):
    """All numbers; several of one measure for one day are several accounts, not a series."""

    name = "figures"

    figures: tuple[EventFigure, ...] = Field(description="In the order of the chronology.")


class TiedEvents(Part):
    """What one event does to another."""

    event: Slug = Field(description="The event that does something.")
    relation: Relation = Field(description="What it does.")
    target: Slug = Field(description="The event to which it does that.")
    inverse: str = Field(description="The relation as seen from the target: “denied by”.")
    known: Day = Field(description="From when on it was public: the first day on which both events were.")


class Relations(File):
    """All relations between events; each stands here once."""

    name = "relations"

    relations: tuple[TiedEvents, ...] = Field(description="In the order of the chronology.")


class Counts(Part):
    """How much there is."""

    events: int = Field(description="Events.")
    milestones: int = Field(description="Events that a reader must not miss.")
    claims: int = Field(description="Claims.")
    figures: int = Field(description="Numbers that somebody gave.")
    sources: int = Field(description="Addresses that are cited.")
    citations: int = Field(description="Sources of events: an address that two events cite counts twice.")
    publishers: int = Field(description="Names of publishers.")
    origins: int = Field(description="Those on whose words the events rest.")
    relations: int = Field(description="Relations between events.")
    corrections: int = Field(description="Corrections.")
    actors: int = Field(description="Actors.")
    places: int = Field(description="Places.")


class Listed(Part):
    """A file, and how to tell that it was fetched whole."""

    path: str = Field(description="Its address, relative to index.json.")
    bytes: int = Field(description="Its size.")
    sha256: str = Field(description="Its SHA-256, in hexadecimal digits.")


class Words(Setting):
    """The chronology as its chronology.yml tells it."""

    model_config = Part.model_config

    evidence_until: Day | None = Field(description="The day up to which the sources were searched.")  # type: ignore[assignment]


class Index(File):
    """Where to begin: what there is, how to cite it, and what the words in it mean."""

    name = "index"

    page: Url = Field(description="The address of the chronology.")
    data_version: str = Field(description="The version of the data: when a word of an entry changes, it changes.")
    cite: str = Field(description="How to cite the chronology as a whole.")
    counts: Counts = Field(description="How much there is.")
    chronology: Words = Field(description="Its name, its editors, its rules, and its words with what they mean.")
    files: tuple[Listed, ...] = Field(description="Every data file but this one, those of single events last.")


COLLECTIONS: tuple[type[File], ...] = (Events, Actors, Places, Sources, Figures, Relations)
