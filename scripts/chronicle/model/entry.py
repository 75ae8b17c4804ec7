"""The frozen records of a chronology: what its YAML files may say, and nothing that has to be worked out."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from typing import Annotated, Any, TypeVar

from pydantic import Field, PlainValidator

from chronicle.dates import Precision, Shape
from chronicle.model.records import ListOf, Record, SomeMapOf, SomeOf
from chronicle.model.scalars import (
    Day,
    Edtf,
    Either,
    Flag,
    Language,
    LatLong,
    Number,
    Prose,
    Slug,
    Text,
    Url,
    read_plain_day,
    read_slug,
    read_text,
    refuse,
)
from chronicle.model.setting import Setting

Word = TypeVar("Word", bound=StrEnum)


class Relation(StrEnum):
    """What one event may do to another; the value is the key that contributors write."""

    ACKNOWLEDGES = "acknowledges"
    DENIES = "denies"
    CORROBORATES = "corroborates"
    DISPUTES = "disputes"
    REVISES = "revises"
    FOLLOWS = "follows"

    @property
    def inverse(self) -> str:
        """The same tie seen from the other end: “denied by”."""
        return _INVERSES[self]


_INVERSES = {
    Relation.ACKNOWLEDGES: "acknowledged by",
    Relation.DENIES: "denied by",
    Relation.CORROBORATES: "corroborated by",
    Relation.DISPUTES: "disputed by",
    Relation.REVISES: "revised by",
    Relation.FOLLOWS: "followed by",
}


class Certainty(StrEnum):
    """How far an event is established; the words for readers stand in chronology.yml."""

    CONFIRMED = "confirmed"
    CLAIMED = "claimed"
    DISPUTED = "disputed"


class UrlStatus(StrEnum):
    """What became of the address of a source when it was last asked for."""

    LIVE = "live"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    UNSURE = "unsure"


class CertaintyFrom(Record):
    """A certainty and the day from which it held; `since` is None for “from the day it became public”."""

    since: date | None
    certainty: Certainty


class Tie(Record):
    """A relation from one event to another, `target` being the other one’s slug."""

    relation: Relation
    target: str


def _read_word(words: type[Word], value: object) -> Word:
    text = read_text(value)
    if text in set(words):
        return words(text)
    listed = ", ".join(words)
    raise refuse(f"“{text}” is not one of the words that may stand here", f"Use one of: {listed}.")


def _read_certainty(value: object) -> tuple[CertaintyFrom, ...]:
    """One word, or a mapping from days to words when the certainty changed."""
    if not isinstance(value, dict):
        return (CertaintyFrom(since=None, certainty=_read_word(Certainty, value)),)
    history = [
        CertaintyFrom(since=read_plain_day(day), certainty=_read_word(Certainty, word)) for day, word in value.items()
    ]
    if not history:
        raise refuse("the history of the certainty is empty", "Write confirmed, claimed or disputed.")
    return tuple(sorted(history, key=lambda step: step.since or date.min))


def _read_tie(value: object) -> Tie:
    """`follows: slug` as a mapping of one key."""
    if not isinstance(value, dict) or len(value) != 1:
        raise refuse("a relation has the form `- follows: name-of-the-other-event`", "Write one relation a line.")
    ((relation, target),) = value.items()
    return Tie(relation=_read_word(Relation, relation), target=read_slug(target))


_HISTORY_FORMS = (
    {"enum": [str(word) for word in Certainty]},
    {"type": "object", "additionalProperties": {"enum": [str(word) for word in Certainty]}, "minProperties": 1},
)
_TIE_FORM = {
    "type": "object",
    "properties": {
        str(word): {"type": "string", "description": f"The event that this one {word}."} for word in Relation
    },
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
History = Annotated[tuple[CertaintyFrom, ...], PlainValidator(_read_certainty), Either(*_HISTORY_FORMS)]
TieText = Annotated[Tie, PlainValidator(_read_tie), Either(_TIE_FORM)]
UrlWord = Annotated[
    UrlStatus, PlainValidator(partial(_read_word, UrlStatus)), Either({"enum": [str(word) for word in UrlStatus]})
]
Handles = SomeOf[Slug]


class Claim(Record):
    """What somebody says, and where that can be read."""

    by: Slug | None = Field(
        None, description="The actor who says so; left out when the sources say it in their own voice."
    )
    says: Text = Field(description="What is said, in plain neutral words.")
    quote: Text | None = Field(
        None, description="The words themselves, exactly as in the source, without quotation marks."
    )
    sources: Handles = Field(description="Handles of the sources that show it.")


class Figure(Record):
    """A number that somebody gave; never merged with another, never averaged."""

    measure: Slug = Field(description="What is counted, from chronology.yml.")
    value: Number = Field(description="40, about 600, at least 1000, more than 3000, up to 15000, or 11000 to 13000.")
    by: Slug | None = Field(
        None, description="The actor who gave the number; left out when the sources give it themselves."
    )
    as_of: Day = Field(description="The day for which, or on which, the number was given.")
    sources: Handles = Field(description="Handles of the sources that show it.")
    note: Text | None = Field(None, description="What a reader must know to read the number right.")


class Source(Record):
    """A page or document in which a claim can be read."""

    url: Url = Field(description="The exact address.")
    url_status: UrlWord | None = Field(
        None, description="What became of the address, found by `chronicle links`: live, moved, gone, refused or unsure."
    )
    title: Text = Field(description="Title in its own language; [in square brackets] when it is a description of ours.")
    title_en: Text | None = Field(None, description="The title in the chronology’s language.")
    publisher: Text = Field(description="Who published it.")
    author: Text | None = Field(None, description="Who signed it.")
    published: Edtf | None = Field(
        None, description="Day (or month, or year) of publication; left out when it is not known."
    )
    language: Language | None = Field(None, description="Language code; left out for the chronology’s own language.")
    type: Slug = Field(description="Type of source, from chronology.yml.")
    relays: ListOf[Slug] = Field((), description="Actors whose words it passes on; left out for its own reporting.")
    archive: Url | None = Field(None, description="Address of an archived copy.")
    accessed: Day | None = Field(None, description="The day somebody of ours read it.")
    quote: Text | None = Field(None, description="The sentence that carries the claim, word for word.")

    @property
    def is_gone(self) -> bool:
        """Whether nothing stands any more at its address."""
        return self.url_status is UrlStatus.GONE

    @property
    def leads_to(self) -> str:
        """Where a reader finds it: at its address or, if it is gone from there, in the archived copy."""
        return self.archive if self.is_gone and self.archive else self.url

    @property
    def published_day(self) -> date | None:
        """The day of publication when it is known to the day."""
        exact = (
            self.published
            and self.published.is_one_day
            and not self.published.approximate
            and not self.published.uncertain
        )
        return self.published.earliest if self.published and exact else None


class Correction(Record):
    """A change to a published entry that a reader should know of."""

    date: Day = Field(description="The day of the correction.")
    what: Text = Field(description="What was changed, from what to what.")
    why: Text = Field(description="Why it was changed.")


class Entry(Record):
    """One event as its YAML file tells it."""

    date: Edtf = Field(
        description="When it happened, in EDTF: 1998-03-17, 1998-03, 1998-03-08/1998-03-13, [1998-03-08..1998-03-13]."
    )
    reported: Day | None = Field(
        None, description="First day the public could know; left out when it is the earliest `published` below."
    )
    title: Text = Field(description="A headline that says who did or said what.")
    kind: Slug = Field(description="Kind of event, from chronology.yml.")
    certainty: History = Field(
        description="confirmed, claimed or disputed; or a history such as {1998-03-18: claimed, 1998-04-02: confirmed}."
    )
    milestone: Flag = Field(False, description="true for the few events that a reader must not miss.")
    summary: Prose = Field(description="Two or three sentences; each paragraph cites a source as [^handle].")
    claims: SomeOf[Claim] = Field(description="The facts, each with who says so and where.")
    figures: ListOf[Figure] = Field((), description="Numbers that somebody gave.")
    annotation: Prose | None = Field(
        None, description="The editors’ voice: context and doubts; each paragraph cites a source as [^handle]."
    )
    places: ListOf[Slug] = Field((), description="Places, from places.yml.")
    actors: ListOf[Slug] = Field((), description="Actors, from actors.yml.")
    topics: SomeOf[Slug] = Field(description="Topics, from chronology.yml.")
    relations: ListOf[TieText] = Field(
        (),
        description="What this event does to others: acknowledges, denies, corroborates, disputes, revises, follows.",
    )
    sources: SomeMapOf[Source] = Field(description="The sources, each under a short handle.")
    added: Day = Field(description="The day the entry joined the chronology.")
    corrections: ListOf[Correction] = Field((), description="Changes that a reader should know of, oldest first.")
    formerly: ListOf[Slug] = Field(
        (), description="Older names of this file, the oldest first; each keeps answering with a redirect."
    )


class Event(Entry):
    """An entry with its slug (the file’s name, and its address for ever) and the path of its file."""

    slug: Slug
    path: str

    @property
    def since_known(self) -> date:
        """The first day the public could know: `reported`, or the earliest exact day of publication, or else `added`."""
        days = (source.published_day for source in self.sources.values())
        return self.reported or min((day for day in days if day), default=self.added)

    @property
    def year(self) -> int | None:
        """The year in which it happened or began; None when no bound of its date is known."""
        day = self.date.earliest or self.date.latest
        return day.year if day else None

    @property
    def month(self) -> int | None:
        """The month in which it happened or began; None when the date does not tell the month."""
        first, last = self.date.earliest, self.date.latest
        if first is None or self.date.precision not in (Precision.DAY, Precision.MONTH):
            return None
        one_month = last is not None and (first.year, first.month) == (last.year, last.month)
        return first.month if one_month or self.date.shape in (Shape.SPAN, Shape.SET) else None

    @property
    def certainty_now(self) -> Certainty:
        """The certainty that holds at the end of its history."""
        return self.certainty[-1].certainty

    @property
    def told(self) -> tuple["Claim | Figure", ...]:
        """What is said in it: its claims, then its figures."""
        return (*self.claims, *self.figures)

    @property
    def supporting(self) -> tuple[str, ...]:
        """The handles of the sources that a claim or a figure rests on; others serve the summary or the annotation only."""
        return tuple(dict.fromkeys(handle for told in self.told for handle in told.sources))

    @property
    def changed(self) -> date:
        """The day of the newest correction, or the day it was added."""
        return max((correction.date for correction in self.corrections), default=self.added)

    @property
    def order(self) -> tuple[Any, ...]:
        """Sorting key of the chronology: lower bound, then upper bound, then slug."""
        return (*self.date.sort_key, self.slug)


class Actor(Record):
    """Somebody who acts or speaks."""

    name: Text = Field(description="Full name, as it stands on the pages.")
    short: Text | None = Field(None, description="Short name for lists, such as an acronym.")
    kind: Slug = Field(description="Kind of actor, from chronology.yml.")
    also: ListOf[Text] = Field((), description="Other spellings and names, in any script.")
    about: Text = Field(description="One neutral line.")
    speaks_for: Slug | None = Field(
        None, description="The actor whose voice this one is: state media for a state, a spokesman for an office."
    )

    @property
    def label(self) -> str:
        """The short name if there is one."""
        return self.short or self.name


class Place(Record):
    """Somewhere that events happen."""

    name: Text = Field(description="Name, as it stands on the pages.")
    also: ListOf[Text] = Field((), description="Other spellings and names, in any script.")
    within: Slug | None = Field(None, description="The larger place it lies in.")
    coordinates: LatLong | None = Field(None, description="Degrees north, degrees east: 39.02, 125.75.")
    precision: Slug = Field(description="How exact the coordinates are, from chronology.yml.")
    about: Text | None = Field(None, description="One neutral line.")

    @property
    def label(self) -> str:
        """The name; places have no shorter one."""
        return self.name


class Chronology(Record):
    """Everything that was read: the setting, the registers, and the events in their order."""

    setting: Setting
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    events: tuple[Event, ...]

    @cached_property
    def event_by_slug(self) -> Mapping[str, Event]:
        """Every event under its slug."""
        return {event.slug: event for event in self.events}

    @cached_property
    def ties_to(self) -> Mapping[str, tuple[tuple[Event, Tie], ...]]:
        """For each event’s slug, the events that point at it, in the order of the chronology, with the relation."""
        ties: dict[str, list[tuple[Event, Tie]]] = {}
        for event in self.events:
            for tie in event.relations:
                ties.setdefault(tie.target, []).append((event, tie))
        return {slug: tuple(found) for slug, found in ties.items()}

    @cached_property
    def actor_slug_by_name(self) -> Mapping[str, str]:
        """Every actor’s slug under each of its names."""
        return {
            name: slug for slug, actor in self.actors.items() for name in (*actor.also, actor.short, actor.name) if name
        }
