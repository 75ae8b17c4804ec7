"""A new entry: what its writer is asked, and the text that the answers make."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from heapq import nlargest
from pathlib import Path
from typing import Final

from pydantic_core import PydanticCustomError

from chronicle.check.wording import examine_title
from chronicle.drafting.drafts import MODELINE, Draft, examine
from chronicle.drafting.slugs import slug_of
from chronicle.load import EVENTS, Loaded
from chronicle.model import Chronology
from chronicle.model.scalars import is_slug, read_edtf, read_plain_day, read_slug, read_text, read_url, refuse
from chronicle.model.setting import Term
from chronicle.pages.text import paragraphs_of
from chronicle.problems import is_part, join_choices
from chronicle.yamlfile.text import Written, write_yaml

_NEAREST: Final = 3  # words that are shown to somebody who has missed one
_ALIKE: Final = 0.55
_LONGEST_NAME: Final = 100
_NO_ACTOR: Final = "If it is somebody new, add them to chronology/actors.yml first, or leave this empty for now."


@dataclass(frozen=True, slots=True)
class Question:
    """Something that whoever writes an entry is asked."""

    key: str
    asks: str
    read: Callable[[object], object] = read_text
    words: str = ""  # the part of the chronology in which the words of the answer must stand
    several: bool = False  # several words, with commas between them
    needed: bool = True

    @property
    def flag(self) -> str:
        """The flag of the command line: `--source-title`."""
        return f"--{self.key.replace('_', '-')}"


def read_headline(value: object) -> str:
    """A title in which the checks find nothing to mend."""
    title = read_text(value)
    for _, what, mend in examine_title(title):
        raise refuse(what, mend)
    return title


QUESTIONS: Final = (
    Question("date", "When it happened, as far as is known: 1998-03-17, 1998-03, 1998", read_edtf),
    Question("title", "A headline that says who did or said what", read_headline),
    Question("kind", "The kind of event", words="kinds"),
    Question("certainty", "How far it is established", words="certainty"),
    Question("summary", "What happened, in two or three sentences"),
    Question("says", "The fact that the source shows, in plain neutral words"),
    Question(
        "by",
        "Who says so: an actor from actors.yml; leave empty if the source says it in its own voice",
        words="actors",
        needed=False,
    ),
    Question("topics", "The topics, with commas between them", words="topics", several=True),
    Question("url", "The exact address of the source", read_url),
    Question("source_title", "The title of the source, in its own language"),
    Question("publisher", "Who published the source"),
    Question("type", "The type of the source", words="source_types"),
    Question(
        "published", "The day on which the source appeared; leave empty if it is not known", read_edtf, needed=False
    ),
    Question(
        "reported",
        "The first day the public could know; leave empty if it is the day on which the source appeared",
        read_plain_day,
        needed=False,
    ),
)
NAME: Final = Question(
    "name", "A name for the entry, and its address for ever: a few words such as harbour-bridge-closed", read_slug
)
"""Asked only where the title gives none, or one that is taken."""

Answers = Mapping[str, str]


def words_for(question: Question, chronology: Chronology) -> Mapping[str, str]:
    """The words of which an answer must consist, sorted, each with what it means; none where any text will do."""
    if question.words == "actors":
        return {slug: actor.name for slug, actor in sorted(chronology.actors.items())}
    terms: Mapping[str, Term] = getattr(chronology.setting, question.words) if question.words else {}
    return {word: term.meaning for word, term in sorted(terms.items())}


def find_fault(question: Question, answer: str, chronology: Chronology) -> str:
    """What is wrong with an answer and how to mend it, in a sentence or two; an empty text when nothing is."""
    if (fault := find_misreading(question, answer)) or not answer.strip():
        return fault
    known = words_for(question, chronology)
    unknown = next((word for word in _split(question, answer) if known and word not in known), None)
    if unknown is None:
        return ""
    what = f"“{unknown}” is not one of the words that may stand here."
    if near := find_meant(unknown, {word: _names_of(word, chronology) for word in known}):
        return f"{what} Did you mean {join_choices([f'`{word}`' for word in near])}?"
    return f"{what} {_NO_ACTOR}" if question.words == "actors" else f"{what} Use one of: {', '.join(known)}."


def find_misreading(question: Question, answer: str) -> str:
    """The same as far as it can be told without a chronology."""
    if not answer.strip():
        return "This must have an answer." if question.needed else ""
    try:
        question.read(answer)
    except PydanticCustomError as error:
        return _say(error)
    return ""


def _names_of(word: str, chronology: Chronology) -> Sequence[str]:
    """How else a word is called, if it is an actor."""
    actor = chronology.actors.get(word)
    return (word, actor.label, actor.name, *actor.also) if actor else (word,)


def find_meant(said: str, names_by_word: Mapping[str, Iterable[str]]) -> Sequence[str]:
    """The words that may have been meant, the likest first: each is known by its names, and by a part of one, as a surname is.

    Where some are certain to bear the name, those that are only spelt like it are left out.
    """
    likeness = {word: max(_compare(said, name) for name in names) for word, names in names_by_word.items()}
    least = 1 if 1 in likeness.values() else _ALIKE
    return nlargest(_NEAREST, (word for word in likeness if likeness[word] >= least), key=likeness.__getitem__)


def _compare(said: str, name: str) -> float:
    """How alike two names are, from 0 to 1: by their letters, or by the share of the words that are in both."""
    if is_part(said, name):
        return 1
    one, other = said[:_LONGEST_NAME].casefold(), name.casefold()
    words, others = (set(re.findall(r"\w{4,}", text)) for text in (one, other))
    shared = len(words & others) / min(len(words), len(others)) if words and others else 0
    return max(SequenceMatcher(None, one, other).ratio(), shared)


def name_for(title: str) -> str:
    """The slug that a title gives, of whole words; an empty text if it has fewer than two words of Latin letters."""
    return slug_of(title, least=2)


def find_name_fault(name: str, loaded: Loaded) -> str:
    """Why a new entry cannot have this name, and what to do, in a sentence or two; an empty text when it can."""
    if not name:
        return "The title has too few words in Latin letters to give the entry a name."
    try:
        read_slug(name)
    except PydanticCustomError as error:
        return _say(error)
    taken = paths_by_name(loaded).get(name)
    return f"The name `{name}` is taken by {taken}. Add a word that tells yours apart." if taken else ""


def paths_by_name(loaded: Loaded) -> Mapping[str, str]:
    """Every name that an event has, or once had, with the path of its file."""
    events = loaded.chronology.events if loaded.chronology else ()
    older = {older: event.path for event in events for older in event.formerly}
    return older | {Path(path).stem: path for path in loaded.digests if path.startswith(f"{EVENTS}/")}


def _say(error: PydanticCustomError) -> str:
    context = error.context or {}
    return f"{context['what'].rstrip('.')}. {context['mend']}"


def make_draft(answers: Answers, loaded: Loaded, root: Path, today: date) -> Draft:
    """The entry that the answers make, examined by the loader and the checks as if it stood in the project `root`.

    `loaded` is what the project holds, and needs a chronology; no answer may have a fault, nor may the name, or it
    raises ValueError. Of the problems only those are told that come with the entry. Nothing is written.
    """
    name = answers[NAME.key]
    if fault := find_name_fault(name, loaded):
        raise ValueError(fault)
    path = f"{EVENTS}/{year_of(answers['date'])}/{name}.yml"
    (draft,) = examine({path: _compose(answers, today)}, loaded, root)
    return draft


def _split(question: Question, answer: str) -> Sequence[str]:
    return [word.strip() for word in answer.split(",")] if question.several else [answer.strip()]


def year_of(edtf: str) -> int:
    """The year of the folder in which an entry of that date stands."""
    day = read_edtf(edtf)
    return (day.earliest or day.latest or date.min).year


def handle_of(publisher: str, type_: str) -> str:
    """A handle for a source: its publisher without “The”, or its type if that gives none."""
    handle = slug_of(publisher, least=1).removeprefix("the-")
    return handle if is_slug(handle) else type_


def _compose(answers: Answers, today: date) -> str:
    given = {key: answer.strip() for key, answer in answers.items() if answer.strip()}
    handle = handle_of(given["publisher"], given["type"])
    heading = _pick(given, "date", "reported", "title", "kind", "certainty")
    claim = {**_pick(given, "by", "says"), "sources": [handle]}
    topics = [topic.strip() for topic in given["topics"].split(",")]
    source = _pick({**given, "title": given["source_title"]}, "url", "title", "publisher", "published", "type")
    groups: Sequence[Mapping[str, Written]] = (
        {**heading, "summary": cite(given["summary"], handle)},
        {"claims": [claim]},
        {"topics": topics},
        {"sources": {handle: source}},
        {"added": today.isoformat()},
    )
    return "\n".join([MODELINE, *map(write_yaml, groups)])


def _pick(given: Answers, *keys: str) -> Mapping[str, str]:
    return {key: given[key] for key in keys if key in given}


def cite(summary: str, handle: str) -> str:
    """The summary with a footnote at the end of each paragraph that has none."""
    return "\n\n".join(part if "[^" in part else f"{part}[^{handle}]" for part in paragraphs_of(summary))
