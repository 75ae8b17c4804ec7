"""The three forms, in the words of a newsroom: a new event, a correction, a source for an event that is there."""

from dataclasses import replace
from functools import partial
from typing import Final

from chronicle.drafting.forms.fields import Field, Form, Shape
from chronicle.drafting.new import NAME, QUESTIONS, Question
from chronicle.model.scalars import read_language, read_plain_day, read_prose, read_quantity, read_text, read_url

LABEL: Final = "form"
"""What GitHub labels an issue with that came of a form; the workflow answers no others."""

_QUESTION_BY_KEY: Final = {question.key: question for question in QUESTIONS}


def _ask(key: str, asks: str, *, needed: bool | None = None) -> Question:
    """A question that `chronicle new` asks too, in the words of the form."""
    question = _QUESTION_BY_KEY[key]
    return replace(question, asks=asks, needed=question.needed if needed is None else needed)


_more = partial(Question, needed=False)

_DATES = (
    "Year, month, day, and no more exactly than the source says: `1998-03-17`; `1998-03` if only the month is known; "
    "`1998-03~` for about then; `1998-03-08/1998-03-13` if it lasted; `[1998-03-08..1998-03-13]` if it was one day of these."
)
_NAMES = "as listed at {site}actors/"

SOURCE: Final = (
    Field(_ask("url", "The exact address of the page, from https:// on."), "Address of the source",
          example="https://gazette.example.org/1998/03/19/bridge"),
    Field(_ask("source_title", "As it stands there, in its own language."), "Title of the source", example="Ponton fissuré"),
    Field(_ask("publisher", "The newspaper, the agency, the ministry."), "Who published the source",
          example="The Ellery Gazette"),
    Field(_more("author", "Leave it empty if nobody signed it."), "Who signed the source", example="J. Corrie"),
    Field(_ask("type", "What kind of publisher that is."), "Type of source", Shape.CHOICE),
    Field(_ask("published", "`1998-03-19`; leave it empty if the page bears no date."), "When the source appeared",
          example="1998-03-19"),
    Field(_more("language", "Its code, such as `en`, `fr` or `de`; leave it empty for `{language}`.", read_language),
          "Language of the source", example="fr"),
    Field(_more("relays", f"A ministry, an agency, a witness, {_NAMES}, with commas between them. It decides on how many "
                "origins the event rests. Leave it empty if the source reports on its own.", words="actors", several=True),
          "Whose words the source passes on", example="Harbour Authority"),
    Field(_more("quote", "Word for word, in its own language, without quotation marks: at most {quotation_words} words."),
          "The sentence in the source that shows it",
          example="Entre onze et treize mille véhicules ont dû faire un détour."),
)  # fmt: skip

_SHOWN_BY = "Only if you name several sources: their numbers, such as `1, 2`. Left empty, it is the source above alone."
CLAIM: Final = (
    Field(_ask("says", "One fact, in plain neutral words."), "What the source shows", Shape.TEXT,
          "The crack had been reported twice before."),
    Field(_ask("by", f"A person or a body, {_NAMES}. Leave it empty if the source says it in its own voice."),
          "Who says so", example="Ines Marlow"),
    Field(_more("cites", _SHOWN_BY), "Which of your sources show it", example="1, 2"),
)  # fmt: skip

FIGURE: Final = (
    Field(_more("measure", "Choose nothing if nobody gave a number.", words="measures"), "What was counted", Shape.CHOICE),
    Field(_more("value", "`40`, `about 600`, `at least 1000`, `more than 3000`, `up to 15000`, `less than 50` or "
                "`11000 to 13000`, with digits only.", read_quantity), "The number", example="11000 to 13000"),
    Field(_more("as_of", "The day for which, or on which, the number was given.", read_plain_day),
          "The day of the number", example="1998-03-18"),
    Field(_more("figure_by", f"A person or a body, {_NAMES}. Leave it empty if the source gives it itself.", words="actors"),
          "Who gave the number", example="Harbour Authority"),
    Field(_more("note", "What is counted in, what is not."), "What a reader must know to read the number right",
          example="Counted on one weekday."),
    Field(_more("figure_cites", _SHOWN_BY), "Which of your sources give the number", example="1"),
)  # fmt: skip


def _in_lines(fields: tuple[Field, ...], *words: str) -> tuple[Field, ...]:
    """The same questions for a text area, each with the word that its line begins with."""
    return tuple(replace(field, label=word) for field, word in zip(fields, words, strict=True))


def need(fields: tuple[Field, ...], *keys: str) -> tuple[Field, ...]:
    """The same questions, of which those with these keys must have an answer."""
    return tuple(
        replace(field, question=replace(field.question, needed=field.question.needed or field.key in keys))
        for field in fields
    )


_COUNTED: Final = replace(
    FIGURE[0], question=replace(FIGURE[0].question, asks="Choose what it counts; if nobody gave a number, empty all its fields.")
)
NEEDED_FIGURE: Final = need((_COUNTED, *FIGURE[1:]), "measure", "value", "as_of")
"""The questions for a number where one is given."""
SOURCE_LINES: Final = _in_lines(
    SOURCE, "Address", "Title", "Publisher", "Author", "Type", "Published", "Language", "Passes on", "Quote"
)
CLAIM_LINES: Final = _in_lines(CLAIM, "Fact", "Who", "Source")
FIGURE_LINES: Final = _in_lines(NEEDED_FIGURE, "Count", "Number", "Day", "Who", "Note", "Source")

_TICKS: Final = {
    "read": "I have read every source that I name, and each shows what I say it shows.",
    "own": "The words are mine, quotations aside, and may be published under {licence}.",
}
_READY = Field(Question("ready", "Both are needed."), "Before you send it", Shape.TICKS, choices=_TICKS)
_REMARK = Field(_more("remark", "A person who is not in the lists yet, a doubt, another entry that this one contradicts. "
                      "It is not published on the site, but everybody can read it here.", read_prose),
                "A note for the editors", Shape.TEXT)  # fmt: skip

_INTRODUCTION = (
    "Fill in what you know and leave the rest empty: nothing is guessed. Within minutes you get an answer below your text: a "
    "proposal that an editor looks over, or a list of what has to be mended, each with how. You can edit your text as often as "
    "you like.\n\nEverything you write here is public."
)

EVENT: Final = Form(
    "event",
    "New event",
    "Something happened that should stand in the chronology. You need one source and about ten minutes.",
    (
        _INTRODUCTION,
        "## What happened",
        Field(_ask("title", "Who did or said what, in words that both sides could accept, without a full stop."), "Headline",
              example="Harbour bridge closed after a crack is found"),
        Field(_ask("date", _DATES), "When it happened", example="1998-03-17"),
        Field(_ask("kind", "Choose the one that fits best."), "Kind of event", Shape.CHOICE),
        Field(_ask("certainty", "It is about what the headline says. If in doubt, it is not confirmed."),
              "How far it is established", Shape.CHOICE),
        Field(replace(_ask("summary", "Plain neutral words; an empty line begins a paragraph. If you name several sources "
                           "below, put the number of the one that shows it after each sentence: `[1]`, `[2]`."), read=read_prose),
              "What happened, in two or three sentences", Shape.TEXT,
              "Inspectors found a crack in the eastern pier and closed the bridge to traffic."),
        Field(_ask("topics", "One or more."), "Topics", Shape.CHOICE),
        "## Your source\n\nIf you have several, begin with the best; there is room for the others below.",
        *SOURCE,
        "## What it shows",
        *CLAIM,
        "## A number, if somebody gave one",
        *FIGURE,
        "## If there is more",
        Field(_more("more_sources", "Source 2, source 3 and so on: begin each with a line `Address:` and write one thing a line, "
                    "as in the example. Only `Address`, `Title`, `Publisher` and `Type` must be there. Type is one of: "
                    "{source_types}.", read_prose), "Further sources", Shape.TEXT,
              "Address: https://harbour.example.org/notices/98-14\nTitle: Notice 14/98, closure of the harbour bridge\n"
              "Publisher: Port Ellery Harbour Authority\nType: {source_type}\nPublished: 1998-03-18\nLanguage: fr\n"
              "Passes on: Harbour Authority\nAuthor: J. Corrie\nQuote: Le pont est fermé.", parts=SOURCE_LINES),
        Field(_more("more_claims", "Begin each with a line `Fact:`. With several sources, say by its number which one shows "
                    "it.", read_prose), "Further facts", Shape.TEXT,
              "Fact: The crack was found at 14:10.\nWho: Harbour Authority\nSource: 2", parts=CLAIM_LINES),
        Field(_more("more_figures", "Begin each with a line `Count:`, which is one of: {measures}.", read_prose),
              "Further numbers", Shape.TEXT,
              "Count: {measure}\nNumber: at least 9000\nDay: 1998-03-20\nWho: Town Council\nNote: Counted by hand.\nSource: 1",
              parts=FIGURE_LINES),
        Field(_more("places", "As listed at {site}places/, with commas between them.", words="places", several=True), "Places",
              example="Port Ellery, Harbour bridge"),
        Field(_more("actors", f"Persons and bodies, {_NAMES}, with commas between them.", words="actors", several=True),
              "Who took part", example="Harbour Authority, Ines Marlow"),
        Field(_ask("reported", "`1998-03-18`. Leave it empty if it is the day on which your earliest source appeared.",
                   needed=False), "When the public could first know", example="1998-03-18"),
        Field(replace(NAME, asks="It becomes the address of the page for ever. Leave it empty: the headline gives it. Fill it "
                      "in if you are asked to.", needed=False), "A short name for the entry", example="harbour-bridge-closed"),
        _REMARK,
        _READY,
    ),
)  # fmt: skip

_ENTRY = Field(
    Question("event", "The address of its page, or the name at the end of it."), "Which entry",
    example="{site}events/harbour-bridge-closed/",
)  # fmt: skip
PARTS: Final = {
    "title": "The headline", "date": "When it happened", "reported": "When the public could know", "kind": "The kind of event",
    "certainty": "How far it is established", "summary": "The summary", "claims": "What somebody says", "by": "Who says it",
    "quote": "A quotation", "value": "A number", "figures": "What is said about a number", "topics": "The topics",
    "names": "Places and who took part", "annotation": "The note from the editors", "source-title": "The title of a source",
    "sources": "Something else about a source",
}  # fmt: skip
"""The parts of an entry in which words may be corrected, by what `places` calls them."""

CORRECTION: Final = Form(
    "correction",
    "Correction",
    "An entry has a mistake, and you can say what is right.",
    (
        _INTRODUCTION,
        _ENTRY,
        "## The change itself\n\nIf the mistake cannot be mended by putting some words in place of others, leave these three "
        "empty and describe it below: an editor then makes the change.",
        Field(_more("now", "Copy the words from the page, without the small numbers of the sources. A few are enough if they "
                    "stand there only once.", read_text), "What it says now", Shape.TEXT, "1,100 to 1,300"),
        Field(_more("right", "Only the words that belong in place of those.", read_text), "What it should say", Shape.TEXT,
              "11,000 to 13,000"),
        Field(_more("part", "Needed only if the same words stand in several places."), "Where these words stand",
              Shape.CHOICE, choices=PARTS),
        "## What readers are told\n\nThis stands on the page of the entry, under “Corrections”, with the day.",
        Field(Question("what", "One sentence, from what to what."), "What is changed",
              example="Vehicles diverted, 1,100 to 1,300, is 11,000 to 13,000"),
        Field(Question("why", "One sentence."), "Why it is changed", example="A digit was lost when the entry was typed."),
        Field(_more("shown", "For the editors; if readers need it too, use the form “New source” as well.", read_url),
              "Address of a page that shows it", example="https://gazette.example.org/1998/03/19/bridge"),
        _REMARK,
        _READY,
    ),
)  # fmt: skip

ADDITION: Final = Form(
    "source",
    "New source",
    "An entry is there, and you have another source for it.",
    (
        _INTRODUCTION,
        _ENTRY,
        "## The source",
        *SOURCE,
        "## What it shows\n\nFill in one of the first two, or both.",
        Field(_more("shows", "A fact of the entry: copy some of its words from the page, or give its number there, such as `2` "
                    "for the second."), "Which fact of the entry it shows", example="The crack had been reported twice before."),
        Field(_ask("says", "A fact that the entry does not have yet, in plain neutral words.", needed=False),
              "Which new fact it shows", Shape.TEXT),
        Field(_ask("by", f"For a new fact: a person or a body, {_NAMES}. Leave it empty if the source says it in its own "
                   "voice."), "Who says so", example="Ines Marlow"),
        _REMARK,
        _READY,
    ),
)  # fmt: skip

FORMS: Final = (EVENT, CORRECTION, ADDITION)
"""All of them, in the order in which GitHub lists their files."""
