"""The setting of a chronology: its name, its rules, and the words that its entries may use, as chronology.yml tells them."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from chronicle.model.records import MapOf, Record, read_mapping
from chronicle.model.scalars import Day, Flag, Language, Prose, Text, Url, read_text, read_url, refuse


class Term(Record):
    """A word that entries may use, with its name and meaning for readers."""

    name: Text = Field(description="The word as readers see it.")
    meaning: Text = Field(description="What it means, in one or two plain sentences.")


class Measure(Term):
    """Something that is counted; the home page shows where the headline measures stand."""

    headline: Flag = Field(False, description="true when the home page shows the latest number of each claimant.")


class ActorKind(Term):
    """A kind of actor; a conduit is never an origin when somebody stands behind it."""

    plural: Text | None = Field(None, description="Its name for several, which stands over a list of them.")
    conduit: Flag = Field(False, description="true for those who pass on what others say, such as news agencies.")
    person: Flag = Field(False, description="true when each of this kind is one human being and not a body of several.")


class CitedAs(StrEnum):
    """As what a source is cited: a type of the Citation Style Language, which reference managers know."""

    WEBPAGE = "webpage"
    NEWSPAPER = "article-newspaper"
    MAGAZINE = "article-magazine"
    JOURNAL = "article-journal"
    BLOG = "post-weblog"
    BROADCAST = "broadcast"
    REPORT = "report"
    DATASET = "dataset"


def _read_cited_as(value: object) -> CitedAs:
    text = read_text(value)
    if text in set(CitedAs):
        return CitedAs(text)
    raise refuse(f"“{text}” is not something that a source can be cited as", f"Use one of: {', '.join(CitedAs)}.")


class SourceType(Term):
    """A type of source; what it is cited as decides how reference managers write it."""

    cite_as: Annotated[
        CitedAs, PlainValidator(_read_cited_as), WithJsonSchema({"enum": [str(word) for word in CitedAs]})
    ] = Field(CitedAs.WEBPAGE, description="What such a source is cited as; left out for a web page.")


class Licence(Record):
    """The licence of the data."""

    name: Text = Field(description="Its name, such as CC BY 4.0.")
    url: Url = Field(description="Where its text can be read.")


def _read_limit(value: object) -> int:
    text = read_text(value)
    if re.fullmatch("[0-9]{1,4}", text) and 1 <= int(text) <= 1000:
        return int(text)
    raise refuse(f"“{text}” is not a number of words", "Write a whole number from 1 to 1000.")


class Rules(Record):
    """What the checks measure entries by."""

    quotation_words: Annotated[int, PlainValidator(_read_limit)] = Field(
        description="How many words a quotation may have."
    )
    loaded_words: Annotated[Mapping[Text, Text], BeforeValidator(read_mapping)] = Field(
        {}, description="Words that take a side: a plain one to use instead."
    )


def read_site(value: object) -> str:
    """The address of a whole site, with a slash at its end, so that the path of a page can follow it."""
    text = read_url(value)
    if "?" in text or "#" in text:
        raise refuse("no page can be found below an address with a ? or a #", "End it before that sign.")
    return text.rstrip("/") + "/"


SiteUrl = Annotated[
    str, PlainValidator(read_site), WithJsonSchema({"type": "string", "pattern": "^https?://[^?#]+$", "format": "uri"})
]


class Setting(Record):
    """The chronology itself, as chronology.yml tells it: its name, its rules, its vocabularies."""

    title: Text = Field(description="The name of the chronology.")
    subtitle: Text = Field(description="The line below the name on the home page.")
    description: Text = Field(description="One sentence for search engines.")
    introduction: Prose = Field(description="What the home page says first; a blank line begins a paragraph.")
    language: Language = Field(description="Code of the language in which the entries are written.")
    editors: Text = Field(description="Who answers for the chronology.")
    licence: Licence = Field(description="The licence of the data.")
    repository: Url = Field(description="Address of the repository, for “Edit this entry”.")
    site: SiteUrl = Field(
        "http://127.0.0.1:8000/",
        description="Address at which the site is published, for citations, feeds and calendars.",
    )
    first_site: SiteUrl | None = Field(
        None,
        description="Address that the site had at first, if it has moved: feeds and calendars keep the names they had there.",
    )
    evidence_until: Day | None = Field(None, description="The day up to which the sources were searched.")
    evidence_note: Text | None = Field(None, description="What readers must know of gaps in the evidence.")
    rules: Rules = Field(description="What the checks measure entries by.")
    glossary: Annotated[Mapping[Text, Text], BeforeValidator(read_mapping)] = Field(
        {}, description="Terms and short forms that the pages explain, each with what it means."
    )
    certainty: MapOf[Term] = Field(description="The words confirmed, claimed and disputed, as readers see them.")
    kinds: MapOf[Term] = Field(description="Kinds of event.")
    measures: MapOf[Measure] = Field(description="What figures count.")
    topics: MapOf[Term] = Field(description="Topics; each has a page.")
    source_types: MapOf[SourceType] = Field(description="Types of source.")
    actor_kinds: MapOf[ActorKind] = Field(description="Kinds of actor.")
    place_precisions: MapOf[Term] = Field(description="How exact the coordinates of a place are.")
