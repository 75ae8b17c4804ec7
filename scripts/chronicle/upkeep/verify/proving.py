"""Asks for the copies of the sources and looks in each for what should stand there."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeAlias

from chronicle.model import UrlStatus
from chronicle.model.likeness import is_archived
from chronicle.net import Answer, Limits, Net, Trouble, agent_for
from chronicle.net.guard import Private
from chronicle.upkeep.archive.wayback import Service, raw_address
from chronicle.upkeep.links.verdicts import judge
from chronicle.upkeep.notebook import Notebook
from chronicle.upkeep.verify.passages import Cited, Passage, explain_absence, is_in
from chronicle.upkeep.verify.reading import Reader, Texts, UnreadableError

FOLDER: Final = ".cache/verify"
FILE: Final = f"{FOLDER}/findings.jsonl"
LIMITS: Final = Limits(seconds=60, size=16 * 1024**2, unpacked=24 * 1024**2, delay=3, backoff=5)
_NOBODY: Final = (Trouble.NO_SUCH_HOST, Trouble.UNRESOLVED, Trouble.REFUSED, Trouble.PRIVATE, Trouble.TIMEOUT)
_NEXT_TO_NOTHING: Final = 200  # characters; a page with fewer is filled by a script in the browser, or is no article


class Verdict(StrEnum):
    """What came of looking for a passage."""

    FOUND = "found"
    MISSING = "not found"
    UNREAD = "could not fetch"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of looking for one passage in one copy of a source; `why` is a sentence or ""."""

    address: str
    name: str
    verdict: Verdict
    why: str
    is_copy: bool
    day: date


@dataclass(frozen=True, slots=True)
class Question:
    """A passage, and a copy of one of its sources in which to look for it."""

    passage: Passage
    cited: Cited
    address: str
    is_copy: bool

    @property
    def key(self) -> tuple[str, str]:
        """By what its finding is known."""
        return self.address, self.passage.name_in(self.cited.language)


Known: TypeAlias = dict[tuple[str, str], Finding]
"""The newest finding for each question that was ever asked."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a run needs to know: the project, the day, under whose name it asks, how politely, and which archive."""

    root: Path
    day: date
    repository: str
    limits: Limits
    service: Service
    allow_private: Private = False


def questions_of(passages: Iterable[Passage]) -> tuple[Question, ...]:
    """Where each passage is looked for: in the archived copy of a source, or where there is none, on the page itself."""
    return tuple(
        Question(passage, cited, cited.archive or cited.url, bool(cited.archive or is_archived(cited.url)))
        for passage in passages
        for cited in passage.cited
    )


def remember(root: Path) -> Known:
    """What earlier runs have found."""
    notebook = Notebook(root / FILE)
    known = {(finding.address, finding.name): finding for finding in _read(notebook.read())}
    notebook.renew(map(_told, known.values()))
    return known


def choose(
    questions: Iterable[Question], known: Known, day: date, *, fresh: bool = False, limit: int | None = None
) -> tuple[Question, ...]:
    """The questions still to be asked, those of `limit` addresses at most.

    What was found in an archived copy stands there for ever; what could be read is read once a day.
    """
    waiting = [question for question in questions if fresh or not _is_settled(known.get(question.key), day)]
    addresses = tuple(dict.fromkeys(question.address for question in waiting))[:limit]
    return tuple(question for question in waiting if question.address in set(addresses))


def ask_all(job: Job, questions: Sequence[Question], tell: Callable[[Sequence[Finding]], None]) -> bool:
    """Asks for each copy once; returns whether any site answered.

    What was found is written down before it is told, and nothing before one site has answered: whoever is not connected
    loses nothing of what is known.
    """
    notebook = Notebook(job.root / FILE)
    held: list[Finding] = []
    reached = not questions

    def note(findings: Sequence[Finding], answered: bool) -> None:
        nonlocal reached
        reached = reached or answered
        held.extend(findings)
        if reached:
            for finding in held:
                notebook.note(_told(finding))
            tell(tuple(held))
            held.clear()

    asyncio.run(_look_in_all(job, questions, note))
    return reached


async def _look_in_all(
    job: Job, questions: Sequence[Question], note: Callable[[Sequence[Finding], bool], None]
) -> None:
    by_address: dict[str, list[Question]] = {}
    for question in questions:
        by_address.setdefault(question.address, []).append(question)
    one_at_a_time = asyncio.Lock()
    with Reader() as reader:
        async with Net(agent_for(job.repository), job.limits, allow_private=job.allow_private) as net:

            async def find(address: str, here: Sequence[Question]) -> tuple[tuple[Finding, ...], bool]:
                raw = raw_address(address, job.service)
                answer = await net.ask(raw or address, as_robot=raw is None)
                async with one_at_a_time:
                    findings = await asyncio.to_thread(look_for, here, answer, reader, job.day)
                return findings, answer.trouble not in _NOBODY

            async def look(address: str, here: Sequence[Question]) -> None:
                try:
                    findings, answered = await find(address, here)
                except Exception as error:  # one address that nobody foresaw does not end the run
                    doubt = f"we could not look at it ({type(error).__name__})"
                    findings, answered = tuple(_find_nothing(question, doubt, job.day) for question in here), False
                note(findings, answered)

            async with asyncio.TaskGroup() as group:
                for address, here in by_address.items():
                    group.create_task(look(address, here))


def look_for(questions: Sequence[Question], answer: Answer, reader: Reader, day: date) -> tuple[Finding, ...]:
    """What came of the questions about one address, given its answer."""
    try:
        texts, doubt = _read_answer(answer, reader), ""
    except UnreadableError as error:
        texts, doubt = Texts("", ""), str(error)
    return tuple(_look(question, texts, doubt or _find_doubt(question, answer, texts), day) for question in questions)


def _read_answer(answer: Answer, reader: Reader) -> Texts:
    if answer.trouble:
        raise UnreadableError(answer.said)
    if not answer.ok:
        raise UnreadableError(f"it answers with an error ({answer.status})")
    return reader.read(answer)


def _find_doubt(question: Question, answer: Answer, texts: Texts) -> str:
    """Why a page on which a passage is missing may not be the page at all; "" if nothing speaks for it."""
    if len(texts.whole.strip()) < _NEXT_TO_NOTHING:
        return "it has next to no text of its own (it may be made by a script in the browser, or be a scan)"
    verdict = judge(answer, () if question.cited.title.startswith("[") else (question.cited.title,))
    return "" if verdict.status in (UrlStatus.LIVE, UrlStatus.MOVED) else verdict.why


def _look(question: Question, texts: Texts, doubt: str, day: date) -> Finding:
    passage, language = question.passage, question.cited.language
    address, name = question.key
    if any(is_in(passage, text, language) for text in texts.every):
        return Finding(address, name, Verdict.FOUND, "", question.is_copy, day)
    if doubt:
        return _find_nothing(question, doubt, day)
    return Finding(address, name, Verdict.MISSING, explain_absence(passage, texts.whole), question.is_copy, day)


def _find_nothing(question: Question, doubt: str, day: date) -> Finding:
    return Finding(*question.key, Verdict.UNREAD, doubt, question.is_copy, day)


def _is_settled(finding: Finding | None, day: date) -> bool:
    if finding is None or finding.verdict is Verdict.UNREAD:
        return False
    return finding.day == day or (finding.is_copy and finding.verdict is Verdict.FOUND)


def _told(finding: Finding) -> dict[str, Any]:
    return asdict(finding) | {"day": finding.day.isoformat()}


def _read(notes: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    for note in notes:
        try:
            day, verdict = date.fromisoformat(note["day"]), Verdict(note["verdict"])
            yield Finding(
                str(note["address"]), str(note["name"]), verdict, str(note["why"]), bool(note["is_copy"]), day
            )
        except (KeyError, TypeError, ValueError):
            continue
