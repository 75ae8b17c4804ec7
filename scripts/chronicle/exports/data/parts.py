"""The parts that the data files are made of: what a date, a claim, a source or a whole event looks like in JSON.

Every member is always there: `null` says that something is not known or was not given, an empty list that there is none.
"""

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from chronicle.dates import Precision, Shape
from chronicle.model import Certainty, Relation
from chronicle.model.scalars import SLUG_PATTERN, Bound

Slug = Annotated[str, WithJsonSchema({"type": "string", "pattern": SLUG_PATTERN})]
Url = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Qualifier = Annotated[str, WithJsonSchema({"enum": [str(bound) for bound in Bound if bound]})]


class Part(BaseModel):
    """Anything in a data file; members may be added to it, so whoever reads it passes over those it does not know.

    Nothing is built before it is used, for whoever only checks the entries uses none of it.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)


class Day(Part):
    """A day, in the form that all dates have."""

    edtf: str = Field(description="The day in EDTF, which for a day is ISO 8601.")
    earliest: datetime.date = Field(description="The day.")
    latest: datetime.date = Field(description="The same day.")
    words: str = Field(description="The day for readers, in English.")


class When(Part):
    """A date that says how well it is known: in EDTF (Library of Congress, 2019), and in plain days."""

    edtf: str = Field(description="The date in EDTF, as it is known and no more exactly.")
    earliest: datetime.date | None = Field(
        description="The first day that it may mean; null when its start is open or unknown."
    )
    latest: datetime.date | None = Field(
        description="The last day that it may mean; null when its end is open or unknown."
    )
    words: str = Field(description="The date for readers, in English.")
    shape: Shape = Field(
        description="point: at this date. span: it lasted from–to. window: once, within these days. set: on all of these."
    )
    precision: Precision = Field(description="How finely the first date of it is known.")
    approximate: bool = Field(description="Whether it is “about” this date; the days above are not widened by it.")
    uncertain: bool = Field(description="Whether the date itself is doubted; the days above are not widened by it.")


class Origin(Part):
    """On whose words something rests in the end, however many sources repeat them."""

    actor: Slug | None = Field(description="The actor; null for a publisher that is none of the actors.")
    name: str = Field(description="Its name for readers.")


class Quantity(Part):
    """A number as somebody gave it; never rounded, never averaged."""

    words: str = Field(description="The number for readers, with its qualifier.")
    qualifier: Qualifier | None = Field(description="How it was qualified; null for exactly this number or this range.")
    lower: int | None = Field(description="The lower end; null when none was given, as in “up to 15,000”.")
    upper: int | None = Field(
        description="The upper end; null when none was given, as in “at least 1,000”. An end that is given belongs to "
        "the number, but for “more than” and “less than”."
    )


class Claim(Part):
    """What somebody says, and where that can be read."""

    id: str = Field(
        description="Its name on the page, made of who says it and of its words: other words, another name."
    )
    address: Url = Field(description="Its permanent address.")
    by: Slug | None = Field(description="The actor who says so; null when the sources say it in their own voice.")
    says: str = Field(description="What is said, in the words of the editors; *stars* for emphasis.")
    quote: str | None = Field(description="The words themselves, exactly as in the source.")
    sources: tuple[Slug, ...] = Field(description="Handles of the sources that show it, within the same event.")
    origins: tuple[Origin, ...] = Field(description="On whose words it rests, worked out from what its sources relay.")
    known: Day = Field(description="From when on it was public: the day of its first source.")


class Figure(Part):
    """A number that somebody gave, and where that can be read."""

    id: str = Field(description="Its name on the page, made of what was counted, who says so, the number and the day.")
    address: Url = Field(description="Its permanent address.")
    measure: Slug = Field(description="What is counted; the measures are explained in index.json.")
    value: Quantity = Field(description="The number.")
    by: Slug | None = Field(description="The actor who gave it; null when the sources give it themselves.")
    as_of: Day = Field(description="The day for which, or on which, the number was given.")
    sources: tuple[Slug, ...] = Field(description="Handles of the sources that show it, within the same event.")
    origins: tuple[Origin, ...] = Field(description="On whose words it rests, worked out from what its sources relay.")
    known: Day = Field(description="From when on it was public: the day of its first source.")
    note: str | None = Field(description="What must be known to read the number right.")


class Work(Part):
    """A page or document, as it describes itself."""

    url: Url = Field(description="Its exact address.")
    title: str = Field(
        description="Its title in its own language; [in square brackets] when it is a description of ours."
    )
    title_en: str | None = Field(description="Its title in the chronology’s language.")
    publisher: str = Field(description="Who published it.")
    author: str | None = Field(description="Who signed it.")
    published: When | None = Field(description="When it was published; null when that is not known.")
    language: str | None = Field(description="Code of its language (BCP 47); null for the chronology’s own.")
    type: Slug = Field(description="What type of source it is; the types are explained in index.json.")
    archive: Url | None = Field(description="Address of an archived copy.")
    accessed: Day | None = Field(description="The day on which one of the editors read it.")


class Citing(Part):
    """What an event takes from a source."""

    handle: Slug = Field(description="The short name under which the event cites it; good within that event only.")
    address: Url = Field(description="Where it stands in the list of sources of the event’s page.")
    quote: str | None = Field(description="The sentence that carries the claim, word for word.")
    relays: tuple[Slug, ...] = Field(description="The actors whose words it passes on; none for its own reporting.")
    origins: tuple[Origin, ...] = Field(description="On whose words it rests, worked out from what it relays.")
    known: Day = Field(
        description="The first day on which it was certainly public (published, or else archived, read or added); never "
        "before that of the event."
    )


class Source(Work, Citing):
    """A source as an event cites it."""


class Held(Part):
    """A certainty and the day from which on it held."""

    since: Day | None = Field(description="Null for “from the day on which it became public”.")
    certainty: Certainty = Field(description="How far the event was established.")


class Step(Part):
    """One change in how an event is regarded: a certainty that held from a day on, or another event that answers it."""

    day: Day = Field(description="From which day on.")
    word: str = Field(description="The certainty, or what the other event did to this one: “denied”.")
    certainty: Certainty | None = Field(description="The certainty; null for an answer.")
    relation: Relation | None = Field(description="What the other event does to this one; null for a certainty.")
    event: Slug | None = Field(description="The event that answers; null for a certainty.")


class Tie(Part):
    """What an event does to another."""

    relation: Relation = Field(description="What it does.")
    event: Slug = Field(description="The other event.")
    page: Url = Field(description="The page of the other event.")


class Answer(Tie):
    """What another event does to this one."""

    inverse: str = Field(description="The relation as seen from here: “denied by”.")


class Correction(Part):
    """A change to a published entry."""

    date: Day = Field(description="The day of the correction.")
    what: str = Field(description="What was changed, from what to what.")
    why: str = Field(description="Why it was changed.")


class Event(Part):
    """One event, with everything that its page shows."""

    slug: Slug = Field(description="Its name, for ever.")
    page: Url = Field(description="The address of its page.")
    file: str = Field(description="The file of the entry within the repository.")
    version: str = Field(description="The version of the entry: the beginning of the SHA-256 of that file.")
    title: str = Field(description="A headline that says who did or said what.")
    date: When = Field(description="When it happened.")
    reported: Day | None = Field(description="The first day the public could know, where the entry gives it.")
    known: Day = Field(
        description="The first day the public could know: `reported`, or else the earliest day of publication, or else `added`."
    )
    added: Day = Field(description="The day on which the entry joined the chronology.")
    changed: Day = Field(description="The day of the newest correction, or that on which it was added.")
    kind: Slug = Field(description="What kind of event it is; the kinds are explained in index.json.")
    milestone: bool = Field(description="Whether it is one of the few that a reader must not miss.")
    certainty: Certainty = Field(description="How far what the title says is established now.")
    certainty_history: tuple[Held, ...] = Field(description="How that changed, oldest first.")
    standing: tuple[Step, ...] = Field(
        description="How it came to be regarded, oldest first, worked out from its certainty and the answers of others."
    )
    summary: str = Field(
        description="What happened. [^handle] cites a source, *stars* are emphasis, an empty line ends a paragraph; any "
        "other break of a line is a blank."
    )
    annotation: str | None = Field(description="The editors’ voice: context and doubts, in the form of the summary.")
    claims: tuple[Claim, ...] = Field(description="The facts, each with who says so and where.")
    figures: tuple[Figure, ...] = Field(description="Numbers that somebody gave.")
    origins: tuple[Origin, ...] = Field(description="On whose words its claims and figures rest.")
    places: tuple[Slug, ...] = Field(description="Where it happened.")
    actors: tuple[Slug, ...] = Field(description="Who acts in it, beside those who say something in it.")
    topics: tuple[Slug, ...] = Field(description="Its topics; they are explained in index.json.")
    relations: tuple[Tie, ...] = Field(description="What it does to other events.")
    answers: tuple[Answer, ...] = Field(description="What other events do to it.")
    sources: tuple[Source, ...] = Field(description="Its sources, in the order of its page.")
    corrections: tuple[Correction, ...] = Field(description="Changes that a reader should know of, oldest first.")
    formerly: tuple[Slug, ...] = Field(description="Older names of it; the pages with these names lead to its page.")
