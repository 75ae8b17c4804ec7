"""The tables of what the entries tell: events, claims, figures, sources, relations, and what was corrected."""

from collections.abc import Callable
from datetime import date
from typing import Any

from chronicle.dates import EdtfDate
from chronicle.exports.data.tell import tell_quantity
from chronicle.exports.tables.reading import PartOf, handle_of, source_ids
from chronicle.exports.tables.table import Column, Kind, Table
from chronicle.model import Certainty, Claim, Correction, Event, Figure, Relation, Source, Tie
from chronicle.model.scalars import Bound
from chronicle.model.setting import Setting
from chronicle.model.standing import ANSWERING, Step

_ID = "Its id: the event, # and its name on the event’s page, which is made of its own words; other words, another id."
_NUMBER = "Its place within the event, counted from 1; the place may change, the id does not."
_PROSE = "[^handle] cites a source of the event, a blank line ends a paragraph, *stars* are emphasis"
_STANDINGS = (*Certainty, *(Step(date.min, relation=word).word for word in Relation if word in ANSWERING))


def _dates(
    name: str, what: str, of: Callable[[Any], EdtfDate | None], optional: bool = False
) -> tuple[Column[Any], ...]:
    """A date as exactly as it is known and no more: in EDTF, as its first and its last possible day, and in words."""
    return (
        Column(f"{name}_edtf", Kind.TEXT, lambda row: found.edtf if (found := of(row)) else None,
               f"{what}, in EDTF (Library of Congress, 2019), as it is known and no more exactly.", optional),
        Column(f"{name}_earliest", Kind.DAY, lambda row: found.earliest if (found := of(row)) else None,
               "The first day that it may mean; empty when its start is open or unknown.", optional=True, indexed=not optional),
        Column(f"{name}_latest", Kind.DAY, lambda row: found.latest if (found := of(row)) else None,
               "The last day that it may mean; empty when its end is open or unknown.", optional=True),
        Column(f"{name}_words", Kind.TEXT, lambda row: found.words() if (found := of(row)) else None,
               "The same date for readers.", optional),
    )  # fmt: skip


def _words(vocabulary: str) -> Callable[[Setting], tuple[str, ...]]:
    """What chronology.yml lists under this name."""
    return lambda setting: tuple(getattr(setting, vocabulary))


_EVENT: Column[PartOf[Any]] = Column(
    "event", Kind.TEXT, lambda row: row.event.slug, "The event in which it stands.", refers_to="events", indexed=True
)
_STANDING: Column[PartOf[Any]] = Column(
    "standing", Kind.TEXT, lambda row: row.dossier.standing[-1].word,
    "The newest step in how the event came to be regarded; all steps are in the table standings.", words=lambda _: _STANDINGS,
)  # fmt: skip
_TOLD: tuple[Column[Any], ...] = (  # what claims and figures have in common
    Column("id", Kind.TEXT, lambda row: row.id,
           _ID),
    _EVENT,
    Column("number", Kind.WHOLE, lambda row: row.number,
           _NUMBER),
    Column("address", Kind.ADDRESS, lambda row: row.address,
           "Its permanent address."),
    Column("by", Kind.TEXT, lambda row: row.part.by,
           "The actor who said so; empty when the sources say it in their own voice.", True, "actors", indexed=True),
)  # fmt: skip
_RESTS: tuple[Column[Any], ...] = (
    Column("known", Kind.DAY, lambda row: row.known,
           "From when on it was public: the day of its first source."),
    Column("source_count", Kind.WHOLE, lambda row: len(source_ids(row)),
           "How many sources show it."),
    Column("origin_count", Kind.WHOLE, lambda row: len(row.dossier.origins_behind(row.part.sources)),
           "On how many independent origins it rests, however many sources repeat them."),
)  # fmt: skip

EVENTS: Table[PartOf[Event]] = Table(
    "events",
    "Events",
    "What happened: one row an event.",
    lambda reading: reading.parts(lambda dossier: (dossier.event,)),
    (
        Column("slug", Kind.TEXT, lambda row: row.event.slug,
               "Its name, for ever."),
        Column("page", Kind.ADDRESS, lambda row: row.dossier.page,
               "The address of its page."),
        Column("title", Kind.TEXT, lambda row: row.event.title,
               "A headline that says who did or said what.", searched=True),
        *_dates("date", "When it happened", lambda row: row.event.date),
        Column("known", Kind.DAY, lambda row: row.known,
               "The first day the public could know."),
        Column("kind", Kind.TEXT, lambda row: row.event.kind,
               "What kind of event it is.", words=_words("kinds")),
        Column("certainty", Kind.TEXT, lambda row: row.event.certainty_now,
               "How far what the title says is established now.", words=lambda _: tuple(Certainty)),
        _STANDING,
        Column("milestone", Kind.TRUTH, lambda row: row.event.milestone,
               "Whether it is one of the few that a reader must not miss."),
        Column("summary", Kind.TEXT, lambda row: row.event.summary,
               f"What happened; {_PROSE}.", searched=True),
        Column("annotation", Kind.TEXT, lambda row: row.event.annotation,
               f"The editors’ voice: context and doubts; {_PROSE}.", optional=True, searched=True),
        Column("source_count", Kind.WHOLE, lambda row: len(row.event.supporting),
               "How many sources its claims and figures rest on."),
        Column("origin_count", Kind.WHOLE, lambda row: len(row.dossier.origins_behind(row.event.supporting)),
               "On how many independent origins those sources rest."),
        Column("added", Kind.DAY, lambda row: row.event.added,
               "The day on which the entry joined the chronology."),
        Column("changed", Kind.DAY, lambda row: row.event.changed,
               "The day of the newest correction, or that on which it was added."),
    ),
    ("slug",),
)  # fmt: skip

CLAIMS: Table[PartOf[Claim]] = Table(
    "claims",
    "Claims",
    "What somebody says, and where that can be read: one row a claim. It was said; that is not to say that it is true.",
    lambda reading: reading.claims,
    (
        *_TOLD,
        Column("says", Kind.TEXT, lambda row: row.part.says,
               "What is said, in the words of the editors; *stars* are emphasis.", searched=True),
        Column("quote", Kind.TEXT, lambda row: row.part.quote,
               "The words themselves, exactly as in the source.", optional=True, searched=True),
        *_RESTS,
        _STANDING,
    ),
    ("id",),
)  # fmt: skip

FIGURES: Table[PartOf[Figure]] = Table(
    "figures",
    "Figures",
    "Numbers that somebody gave: one row a number. Several for one day are several accounts, not to be added up or averaged.",
    lambda reading: reading.figures,
    (
        *_TOLD,
        Column("measure", Kind.TEXT, lambda row: row.part.measure,
               "What is counted.", words=_words("measures"), indexed=True),
        Column("value", Kind.TEXT, lambda row: row.part.value.words(),
               "The number in words, with its qualifier."),
        Column("lower", Kind.WHOLE, lambda row: tell_quantity(row.part.value).lower,
               "The lower end; empty when none was given, as in “up to 15,000”.", optional=True),
        Column("upper", Kind.WHOLE, lambda row: tell_quantity(row.part.value).upper,
               "The upper end; empty when none was given, as in “at least 1,000”.", optional=True),
        Column("qualifier", Kind.TEXT, lambda row: row.part.value.bound or None,
               "How it was qualified; empty for exactly this number or this range. An end belongs to the number, but for "
               "“more than” and “less than”.", optional=True, words=lambda _: tuple(filter(None, Bound))),
        Column("as_of", Kind.DAY, lambda row: row.part.as_of,
               "The day for which, or on which, the number was given.", indexed=True),
        Column("note", Kind.TEXT, lambda row: row.part.note,
               "What must be known to read the number right.", optional=True),
        *_RESTS,
    ),
    ("id",),
)  # fmt: skip

SOURCES: Table[PartOf[Source]] = Table(
    "sources",
    "Sources",
    "Where it can be read: one row for each source of each event; a page that three events cite has three rows.",
    lambda reading: reading.sources,
    (
        Column("id", Kind.TEXT, lambda row: row.id,
               "Its id: the event, # and its name on the event’s page."),
        _EVENT,
        Column("number", Kind.WHOLE, lambda row: row.number,
               "Its place in the list of sources of the event, counted from 1."),
        Column("handle", Kind.TEXT, handle_of,
               "The short name under which the event cites it."),
        Column("url", Kind.ADDRESS, lambda row: row.part.url,
               "Its exact address.", indexed=True),
        Column("title", Kind.TEXT, lambda row: row.part.title,
               "Its title in its own language; [in square brackets] when it is a description of ours.", searched=True),
        Column("title_en", Kind.TEXT, lambda row: row.part.title_en,
               "Its title in the chronology’s language.", optional=True, searched=True),
        Column("publisher", Kind.TEXT, lambda row: row.part.publisher,
               "Who published it.", searched=True),
        Column("author", Kind.TEXT, lambda row: row.part.author,
               "Who signed it.", optional=True),
        *_dates("published", "When it was published", lambda row: row.part.published, optional=True),
        Column("language", Kind.TEXT, lambda row: row.part.language or row.dossier.chronology.setting.language,
               "Code of its language (BCP 47)."),
        Column("type", Kind.TEXT, lambda row: row.part.type,
               "What type of source it is.", words=_words("source_types")),
        Column("archive", Kind.ADDRESS, lambda row: row.part.archive,
               "Address of an archived copy.", optional=True),
        Column("accessed", Kind.DAY, lambda row: row.part.accessed,
               "The day on which one of the editors read it.", optional=True),
        Column("quote", Kind.TEXT, lambda row: row.part.quote,
               "The sentence that carries the claim, word for word.", optional=True),
        Column("known", Kind.DAY, lambda row: row.known,
               "The first day on which it was certainly public; never before that of the event."),
        Column("origin_count", Kind.WHOLE, lambda row: len(row.dossier.origins[handle_of(row)]),
               "On how many independent origins it rests."),
    ),
    ("id",),
)  # fmt: skip

RELATIONS: Table[PartOf[Tie]] = Table(
    "relations",
    "Relations",
    "What one event does to another: one row a relation.",
    lambda reading: reading.parts(lambda dossier: dict.fromkeys(dossier.event.relations)),
    (
        Column("event", Kind.TEXT, lambda row: row.event.slug,
               "The event that does something.", refers_to="events"),
        Column("relation", Kind.TEXT, lambda row: row.part.relation,
               "What it does.", words=lambda _: tuple(Relation)),
        Column("target", Kind.TEXT, lambda row: row.part.target,
               "The event to which it does that.", refers_to="events", indexed=True),
        Column("inverse", Kind.TEXT, lambda row: row.part.relation.inverse,
               "The relation as seen from the target.", words=lambda _: tuple(word.inverse for word in Relation)),
        Column("known", Kind.DAY, lambda row: max(row.known, row.dossier.chronology.event_by_slug[row.part.target].since_known),
               "From when on it was public: the first day on which both events were."),
    ),
    ("event", "relation", "target"),
)  # fmt: skip

STANDINGS: Table[PartOf[Step]] = Table(
    "standings",
    "Standings",
    "How events came to be regarded: one row for each certainty that held from a day on, and for each answer of another event.",
    lambda reading: reading.parts(lambda dossier: dossier.standing),
    (
        _EVENT,
        Column("number", Kind.WHOLE, lambda row: row.number,
               "Its place in the order of days, counted from 1."),
        Column("day", Kind.DAY, lambda row: row.part.day,
               "From which day on."),
        Column("word", Kind.TEXT, lambda row: row.part.word,
               "The certainty, or what the other event did to this one.", words=lambda _: _STANDINGS),
        Column("by", Kind.TEXT, lambda row: row.part.by,
               "The event that answers; empty for a certainty.", optional=True, refers_to="events", indexed=True),
    ),
    ("event", "number"),
)  # fmt: skip

CORRECTIONS: Table[PartOf[Correction]] = Table(
    "corrections",
    "Corrections",
    "What was changed in published entries: one row a correction.",
    lambda reading: reading.parts(lambda dossier: dossier.event.corrections),
    (
        _EVENT,
        Column("number", Kind.WHOLE, lambda row: row.number,
               "Its place in the list of the event, counted from 1."),
        Column("date", Kind.DAY, lambda row: row.part.date,
               "The day of the correction."),
        Column("what", Kind.TEXT, lambda row: row.part.what,
               "What was changed, from what to what."),
        Column("why", Kind.TEXT, lambda row: row.part.why,
               "Why it was changed."),
    ),
    ("event", "number"),
)  # fmt: skip
