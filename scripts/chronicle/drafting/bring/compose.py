"""What a row tells → the text of a draft: nothing is added to it, and what an entry needs besides is marked as missing."""

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pydantic_core import PydanticCustomError

from chronicle.dates import DateError
from chronicle.drafting.bring.columns import Row
from chronicle.drafting.bring.leads import Lead, address_of, take_sources
from chronicle.drafting.bring.markup import Link, Paragraph, links_of, read_markup, words_of
from chronicle.drafting.bring.vocabulary import LONGEST_HINT, Vocabulary, quote
from chronicle.drafting.bring.when import When, read_one_date
from chronicle.drafting.drafts import MODELINE
from chronicle.drafting.new import cite
from chronicle.model.scalars import FOOTNOTE, read_language, read_plain_day
from chronicle.yamlfile.text import Marked, Written, write_yaml

_WIDTH: Final = 116
_ASIDE: Final = (  # what no key of an entry can hold
    *("time", "end time", "display date", "media credit", "media caption", "media thumbnail", "alt text"),
    *("group", "background"),
)
_OF_SOURCE: Final = ("source title", "publisher", "author", "published")
_MORE_OF_SOURCE: Final = ("language", "type")  # alone, they do not make a source
_HINTED: Final = (
    *("reported", "kind", "certainty", "topics", "places", "actors", "by"),
    *("url", "published", "language", "type", "media"),
)
_NAME_MISSING: Final = (
    "# missing: a name for this file, such as harbour-bridge-closed: it is the address of the event for ever"
)
_PLACE_OF_FOOTNOTES: Final = "does each source show what its [^handle] follows?"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft comes from and where it goes: the file, the folder of the drafts, the folder of the events."""

    file: str
    drafts: str
    goal: str


def compose(row: Row, when: When, origin: Origin, words: Vocabulary, *, is_named: bool) -> str:
    """The text of the draft; with `is_named` false it says that its file still needs a name."""
    text, sources = read_markup(row.say("summary")), take_sources(_leads(row))
    named = _named(sources)
    groups: Sequence[Mapping[str, Written]] = (
        _heading(row, when, words) | {"summary": _summary(text, sources)},
        {"claims": [_claim(row, sources, words)]},
        _names(row, words),
        {"sources": {handle: _source(lead, row, words, is_only=len(named) == 1) for handle, lead in sources.items()}},
        {"added": Marked("missing: the day on which the entry joins the chronology, such as 2024-05-02")},
    )
    comments = [
        *_explain(row, origin),
        *([] if is_named else [_NAME_MISSING]),
        *_tell_aside(row, when, len(named) == 1),
    ]
    return "\n".join(["\n".join([MODELINE, *comments, ""]), *map(write_yaml, groups)])


def _heading(row: Row, when: When, words: Vocabulary) -> dict[str, Written]:
    title = words_of(row.say("title"))
    doubt = "; ".join(when.doubts)
    return {
        "date": Marked(f"check: {doubt}", when.edtf) if doubt else when.edtf,
        **_given("reported", row.say("reported"), read_plain_day, "the first day the public could know, 1998-03-18"),
        "title": title or Marked("missing: a headline that says who did or said what"),
        "kind": words.choose("kinds", row.say("kind"), "the kind of event"),
        "certainty": words.choose("certainty", row.say("certainty"), "how far it is established"),
    }


def _summary(text: Sequence[Paragraph], sources: Mapping[str, Lead]) -> Written:
    """The text, with a footnote wherever it has a link, and at the end of a paragraph where the row names one source."""
    if not text:
        return Marked("missing: what happened, in two or three sentences, each paragraph with a [^handle]")
    handle_by_address = {address_of(lead): handle for handle, lead in sources.items()}
    summary = "\n\n".join(_join(paragraph, handle_by_address) for paragraph in text)
    if len(named := _named(sources)) == 1:
        summary = cite(summary, *named)
    if all(FOOTNOTE.search(paragraph) for paragraph in summary.split("\n\n")):
        return Marked(f"check: {_PLACE_OF_FOOTNOTES}", summary)
    return Marked("missing: in each paragraph, [^handle] after what that source shows", summary)


def _join(paragraph: Paragraph, handle_by_address: Mapping[str, str]) -> str:
    """The words of a paragraph; where an address is known to be a source, its footnote follows the words that lead there."""
    text = " ".join("".join(_say(part, handle_by_address) for part in paragraph).split())
    handles = "|".join(map(re.escape, handle_by_address.values()))
    return re.sub(rf"(\[\^(?:{handles})\])([.,;:!?”’)\"]+)", r"\2\1", text)  # a footnote stands after the full stop


def _say(part: str | Link, handle_by_address: Mapping[str, str]) -> str:
    if isinstance(part, str):
        return part
    handle = handle_by_address.get(address_of(Lead(part.address)))
    return f"{part.words}[^{handle}]" if part.words and handle else f"{part.words} "


def _named(sources: Mapping[str, Lead]) -> list[str]:
    """The handles of what the row itself calls its source."""
    return [handle for handle, lead in sources.items() if lead.is_named]


def _claim(row: Row, sources: Mapping[str, Lead], words: Vocabulary) -> Mapping[str, Written]:
    named = _named(sources) or list(sources)
    by = "who says so, from actors.yml; delete the line if the sources say it in their own voice"
    return {
        "by": words.choose_actor(row.say("by"), by),
        "says": words_of(row.say("says")) or Marked("missing: the fact that the source shows, in plain neutral words"),
        "sources": named if len(named) == 1 else Marked(f"missing: which of {', '.join(sources)} shows it"),
    }


def _names(row: Row, words: Vocabulary) -> Mapping[str, Written]:
    topics = f"the topics in square brackets, [a, b], of {words.listed('topics')}"
    return {
        **words.list_named("places", row.say("places")),
        **words.list_named("actors", row.say("actors")),
        "topics": words.choose_some(
            "topics", row.say("topics"), topics + quote("the group there is", row.say("group"))
        ),
    }


def _leads(row: Row) -> Sequence[Lead]:
    """Whatever may be a source: what stands in a column for it, the links of the text, what is shown beside it."""
    named = [Lead(said, is_named=True) for said in _split_addresses(row.say("url"))]
    if not named and any(row.say(field) for field in _OF_SOURCE):
        named = [Lead("", is_named=True)]
    linked = [Lead(link.address, link.words) for link in _links(row)]
    shown = [Lead(link.address, is_media=True) for link in _media(row)]
    return [*named, *(lead for lead in linked if lead.url), *shown] or [Lead("")]


def _media(row: Row) -> Sequence[Link]:
    """The addresses of the picture or film, which may be given as the HTML that shows it."""
    media = row.say("media")
    return links_of(read_markup(media)) or ((Link(media, ""),) if media else ())


def _links(row: Row) -> Sequence[Link]:
    return [link for field in ("summary", "title") for link in links_of(read_markup(row.say(field)))]


def _split_addresses(text: str) -> Sequence[str]:
    """The addresses of a cell that holds nothing else; any other cell as it is, unless it is empty."""
    parts = [part.rstrip(",;") for part in text.split()]
    return parts if not text or all(re.match("https?://", part) for part in parts) else [text]


def _source(lead: Lead, row: Row, words: Vocabulary, *, is_only: bool) -> Mapping[str, Written]:
    """A source as far as the row tells it; who published it and what kind it is are never guessed from its address.

    What stands in the columns for the source goes to the one that is named there, if it `is_only` one.
    """
    own = row if lead.is_named and is_only else Row(row.name, {}, {}, (), ())
    link = lead.words if lead.words != lead.said else ""
    credit = words_of(row.say("media credit")) if lead.is_media else ""
    language = f"its language, such as fr; delete the line if it is {words.language}"
    return {
        "url": _url(lead),
        "title": own.say("source title")
        or Marked(f"missing: its title, in its own language{quote('the link there says', link)}"),
        "publisher": own.say("publisher") or Marked(f"missing: who published it{quote('the credit there is', credit)}"),
        **({"author": own.say("author")} if own.say("author") else {}),
        **_needed(
            "published", own.say("published"), read_one_date, "the day it appeared; delete the line if it bears none"
        ),
        **_needed("language", own.say("language"), read_language, language),
        "type": words.choose("source_types", own.say("type"), "the type of source"),
        "relays": Marked(
            "missing: the actors whose words it passes on, [a, b]; delete the line if it reports on its own"
        ),
    }


def _url(lead: Lead) -> Written:
    if lead.url is None:
        return Marked(f"missing: the exact address of a page that shows it{quote('there it says', lead.said)}")
    shown = (
        "check: this is the picture or the film there; if it shows nothing that is said here, delete the whole source"
    )
    return Marked(shown, lead.url) if lead.is_media else lead.url


def _given(key: str, said: str, read: Callable[[str], object], what: str) -> Mapping[str, Written]:
    """A key that is there only if the row tells it."""
    return _needed(key, said, read, what) if said else {}


def _needed(key: str, said: str, read: Callable[[str], object], what: str) -> Mapping[str, Written]:
    """A key with what the row tells, as far as it can be read."""
    try:
        return {key: str(read(said))}
    except (DateError, PydanticCustomError):
        return {key: Marked(f"missing: {what}{quote('there it says', said)}")}


def _explain(row: Row, origin: Origin) -> Iterator[str]:
    text = (
        f"A draft, made of {row.name} of {origin.file}, and not published. Put in what is marked “missing”, look at what is "
        f"marked “check”, and delete each mark; `chronicle check {origin.drafts}` tells what is left. Then delete these "
        f"lines and move the file to {origin.goal}/."
    )
    yield from (f"# {line}" for line in _wrap(text))


def _tell_aside(row: Row, when: When, has_one_source: bool) -> Iterator[str]:
    """What the row says besides, as comments, in its own words."""
    long_ones = [field for field in _HINTED if len(row.say(field)) > LONGEST_HINT]
    unplaced = () if has_one_source else (*_OF_SOURCE, *_MORE_OF_SOURCE)
    reworded = [*when.reworded, *_reworded(row)]
    fields = [field for field in dict.fromkeys((*reworded, *long_ones, *unplaced, *_ASIDE)) if row.say(field)]
    links = [("A link", f"{link.address} {link.words}") for link in _links(row) if Lead(link.address).url is None]
    told = [*((field.capitalize(), row.say(field)) for field in fields), *links, *row.aside]
    if told:
        yield from ("#", f"# What {row.name} says besides:")
    for heading, words in told:
        first, *rest = _wrap(f"{heading}: {words}") or [""]
        yield from (f"#   {first}", *(f"#     {line}" for line in rest))


def _reworded(row: Row) -> Iterator[str]:
    """The fields of which the draft has only a part, or in another form."""
    with suppress(DateError):
        if read_one_date(row.say("published")) != row.say("published"):
            yield "published"
    if any(link.address != row.say("media") for link in _media(row)):
        yield "media"


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)
