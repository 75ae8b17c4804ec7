"""Reads one entry: the event that it tells or, where it has a mistake, all that is wrong and what can be read of the rest."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chronicle.load.findings import Finding, read_record
from chronicle.load.rest import Rest, read_rest
from chronicle.model import Entry, Event
from chronicle.problems import Problem, Severity
from chronicle.yamlfile import YamlFile, read_around

MARK_LEFT: Final = "a mark of a draft stands here"
"""What is wrong with an entry in which a comment still says that something is missing, or to be looked at."""
_MARK = re.compile(r"(?:[^#].*  )?(?P<mark># (?:missing|check):)")


@dataclass(frozen=True, slots=True)
class EventFile:
    """What one event file gave: its event, or None with the problems that say why; `digest` is that of its content.

    Where there is no event, `rest` is what can be read of it, for the checks alone.
    """

    event: Event | None
    problems: tuple[Problem, ...]
    digest: str
    rest: Rest | None = None


def read_event(path: str, content: bytes) -> EventFile:
    """One event from the content of its file; `path` is relative to the project, and its last part gives the slug."""
    file, problems = read_around(path, content)
    if file is None:
        return EventFile(None, problems, digest_of(content))
    slug = Path(path).stem
    entry, findings = read_record(Entry, file, ())
    event = Event.model_construct(**dict(entry), slug=slug, path=path) if entry and not file.aside else None
    rest = None if event else read_rest(slug, file)
    told = (*problems, *_tell(file, (*findings, *_find_misplaced(event, rest)), problems))
    return EventFile(event, (*told, *_find_marks(file, told)), digest_of(content), rest)


def digest_of(content: bytes) -> str:
    """By what a file is known to be the same."""
    return hashlib.sha256(content).hexdigest()


def _tell(file: YamlFile, findings: tuple[Finding, ...], before: tuple[Problem, ...]) -> Iterator[Problem]:
    """The findings, without those of values of which YAML has told already why they cannot be read."""
    unread = {(problem.line, problem.column) for problem in before if problem.severity is Severity.ERROR}
    located = (finding.problem(file) for finding in findings)
    yield from (problem for problem in located if (problem.line, problem.column) not in unread)


def _find_misplaced(event: Event | None, rest: Rest | None) -> Iterator[Finding]:
    """An entry stands in the folder for the year of its date."""
    known = rest.event if rest and not rest.doubts(("date",)) else event
    if known and known.year and str(known.year) != Path(known.path).parent.name:
        mend = f"Move the file to {Path(known.path).parents[1].as_posix()}/{known.year}/, or mend the date."
        yield Finding(known.path, ("date",), "`date`: the year is not that of the folder", mend)


def _find_marks(file: YamlFile, told: tuple[Problem, ...]) -> Iterator[Problem]:
    """Comments by which a draft asks for something, at the beginning of a line or after a value and two blanks.

    Where something is told of their line already, they are not.
    """
    if "# missing:" not in file.text and "# check:" not in file.text:
        return
    lines = {problem.line for problem in told}
    for number, line in enumerate(file.lines, 1):
        if (found := _MARK.match(line)) and number not in lines:
            mend = "Do what it says, then delete it."
            yield Problem(file.path, number, found.start("mark") + 1, MARK_LEFT, mend, excerpt=line)
