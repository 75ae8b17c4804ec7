"""A new entry: what its writer is asked, its text, and how it is examined before it becomes a file."""

import os
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from pydantic_core import PydanticCustomError

from chronicle.check import WHOLE_CHECKS, check_event
from chronicle.check.repeats import find_likely_duplicates
from chronicle.check.whole import take_whole
from chronicle.findings import Finding, locate
from chronicle.likeness import clean_address, likely_duplicates
from chronicle.load import EVENTS, Loaded, read_event
from chronicle.model import Chronology, Event
from chronicle.pages.text import as_slug, paragraphs_of
from chronicle.problems import Problem, Severity, sort_problems, suggest
from chronicle.scalars import read_edtf, read_plain_day, read_text, read_url
from chronicle.yamlfile import read_yaml
from chronicle.yamltext import Written, write_yaml

_MODELINE: Final = "# yaml-language-server: $schema=../../../schema/event.json"
_LONGEST_NAME: Final = 60


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


QUESTIONS: Final = (
    Question("date", "When it happened, as far as is known: 1998-03-17, 1998-03, 1998", read_edtf),
    Question("title", "A headline that says who did or said what"),
    Question("kind", "The kind of event", words="kinds"),
    Question("certainty", "How far it is established", words="certainty"),
    Question("summary", "What happened, in two or three sentences"),
    Question("says", "The fact that the source shows, in plain neutral words"),
    Question(
        "by", "Who says so, if not the source in its own voice: an actor from actors.yml", words="actors", needed=False
    ),
    Question("topics", "The topics, with commas between them", words="topics", several=True),
    Question("url", "The exact address of the source", read_url),
    Question("source_title", "The title of the source, in its own language"),
    Question("publisher", "Who published the source"),
    Question("type", "The type of the source", words="source_types"),
    Question("published", "The day on which the source appeared, if it is known", read_edtf, needed=False),
    Question(
        "reported", "The first day the public could know, if the source does not tell it", read_plain_day, needed=False
    ),
)
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is not yet a file: its path in the project, its text, its problems, and the events that it may repeat."""

    path: str
    text: str
    problems: tuple[Problem, ...]
    alike: tuple[Event, ...]

    @property
    def is_valid(self) -> bool:
        """Whether it may become a file."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def words_for(question: Question, chronology: Chronology) -> Sequence[str]:
    """The words of which an answer must consist, sorted; none where any text will do."""
    if not question.words:
        return ()
    return sorted(chronology.actors if question.words == "actors" else getattr(chronology.setting, question.words))


def find_fault(question: Question, answer: str, chronology: Chronology) -> str:
    """What is wrong with an answer and how to mend it, in a sentence or two; an empty text when nothing is."""
    if not answer.strip():
        return "This must have an answer." if question.needed else ""
    try:
        question.read(answer)
    except PydanticCustomError as error:
        context = error.context or {}
        return f"{context['what'].rstrip('.')}. {context['mend']}"
    known = words_for(question, chronology)
    unknown = next((word for word in _split(question, answer) if known and word not in known), None)
    return (
        f"“{unknown}” is not one of the words that may stand here. {suggest(unknown, known)}".strip() if unknown else ""
    )


def make_draft(answers: Answers, loaded: Loaded, root: Path, today: date) -> Draft:
    """The entry that the answers make, examined by the loader and the checks as if it stood in the project `root`.

    `loaded` is what the project holds, and needs a chronology; no answer may have a fault. Of the problems only those
    are told that come with the entry. Nothing is written.
    """
    text = _compose(answers, today)
    path = f"{EVENTS}/{_year(answers['date'])}/{_name(answers['title'])}.yml"
    file = read_event(path, text.encode())
    event, chronology = file.event, loaded.chronology
    if event is None or chronology is None:
        return Draft(path, text, sort_problems(file.problems), ())
    findings = tuple(_new_findings(loaded, chronology, event))
    problems = (*file.problems, *_locate(findings, path, text, root))
    return Draft(path, text, sort_problems(problems), tuple(_alike(event, chronology)))


def save_draft(draft: Draft, root: Path) -> None:
    """Writes the draft as a new file, all of it or nothing; raises FileExistsError where a file stands already."""
    path = root / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(draft.text, encoding="utf-8", newline="\n")
        os.link(beside, path)  # unlike a renaming, a link never takes the place of a file
    finally:
        beside.unlink(missing_ok=True)


def _split(question: Question, answer: str) -> Sequence[str]:
    return [word.strip() for word in answer.split(",")] if question.several else [answer.strip()]


def _year(edtf: str) -> int:
    day = read_edtf(edtf)
    return (day.earliest or day.latest or date.min).year


def _name(title: str) -> str:
    """The slug that a title gives, of whole words."""
    return as_slug(textwrap.shorten(title, _LONGEST_NAME, placeholder="") or title)


def _compose(answers: Answers, today: date) -> str:
    given = {key: answer.strip() for key, answer in answers.items() if answer.strip()}
    handle = as_slug(given["publisher"]).removeprefix("the-")
    heading = _pick(given, "date", "reported", "title", "kind", "certainty")
    claim = {**_pick(given, "by", "says"), "sources": [handle]}
    topics = [topic.strip() for topic in given["topics"].split(",")]
    source = _pick({**given, "title": given["source_title"]}, "url", "title", "publisher", "published", "type")
    groups: Sequence[Mapping[str, Written]] = (
        {**heading, "summary": _cite(given["summary"], handle)},
        {"claims": [claim]},
        {"topics": topics},
        {"sources": {handle: source}},
        {"added": today.isoformat()},
    )
    return "\n".join([_MODELINE, *map(write_yaml, groups)])


def _pick(given: Answers, *keys: str) -> Mapping[str, str]:
    return {key: given[key] for key in keys if key in given}


def _cite(summary: str, handle: str) -> str:
    """The summary with a footnote at the end of each paragraph that has none."""
    return "\n\n".join(part if "[^" in part else f"{part}[^{handle}]" for part in paragraphs_of(summary))


def _new_findings(loaded: Loaded, chronology: Chronology, event: Event) -> Iterator[Finding]:
    """What the checks find with the event and do not find without it; what it may repeat is told in another way."""
    yield from check_event(event, chronology.setting.rules)
    events = tuple(sorted((*chronology.events, event), key=lambda each: each.order))
    together = Chronology.model_construct(**{**dict(chronology), "events": events})
    known = set(_find_in_whole(loaded))
    yield from (finding for finding in _find_in_whole(replace(loaded, chronology=together)) if finding not in known)


def _find_in_whole(loaded: Loaded) -> Iterator[Finding]:
    whole = take_whole(loaded)
    checks = (find for find in WHOLE_CHECKS if find is not find_likely_duplicates)
    return (finding for find in checks for finding in find(whole)) if whole else iter(())


def _locate(findings: Sequence[Finding], path: str, text: str, root: Path) -> Iterator[Problem]:
    """The findings as problems, though the file at `path` is not there yet."""
    file, _ = read_yaml(path, text.encode())
    yield from (finding.problem(file) for finding in findings if file and finding.path == path)
    yield from locate((finding for finding in findings if finding.path != path), root)


def _alike(event: Event, chronology: Chronology) -> Iterator[Event]:
    """Events of about that day with a title like that, and all that rest on the same address."""
    alike = {other.slug for other in likely_duplicates(event, chronology)}
    addresses = {clean_address(source.url) for source in event.sources.values()}
    for other in chronology.events:
        if other.slug in alike or any(clean_address(source.url) in addresses for source in other.sources.values()):
            yield other
