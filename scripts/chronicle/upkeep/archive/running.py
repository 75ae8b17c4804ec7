"""One run over the sources without a copy: which are asked for, what is written into the entries, and what is told."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from chronicle.net import Limits, Net, agent_for
from chronicle.net.guard import Private
from chronicle.upkeep.archive.finding import Find, Finder, Keys, Result
from chronicle.upkeep.archive.lacking import Lacking
from chronicle.upkeep.archive.wayback import Service
from chronicle.upkeep.notebook import Notebook
from chronicle.yamlfile import read_yaml
from chronicle.yamlfile.editing import EditError, edit_file, insert_key

FILE: Final = ".cache/archive/asked.jsonl"
_GIVE_UP: Final = 3  # times in a row that the archive could not be reached
_AFTER: Final = (
    "relays",
    "type",
    "language",
    "published",
    "author",
    "publisher",
    "title_en",
    "title",
    "url_status",
    "url",
)


class Done(StrEnum):
    """What became of a source."""

    WRITTEN = "written"
    FOUND = "found, not written"
    NONE = "without a copy"
    REFUSED = "refused"
    UNREACHED = "not reached"
    KEPT = "not changed"
    WAITING = "not asked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source, why, and the address of the copy, if there is one."""

    lacking: Lacking
    done: Done
    why: str = ""
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What a run needs to know; without `keys` nothing new is captured, and with `dry` nothing is written."""

    root: Path
    today: date
    repository: str
    limits: Limits
    service: Service
    keys: Keys | None = None
    dry: bool = False
    allow_private: Private = False


def choose(
    job: Job, every: Iterable[Lacking], *, fresh: bool = False, limit: int | None = None
) -> tuple[tuple[Lacking, ...], tuple[Outcome, ...]]:
    """The sources to ask for, at most `limit`; and what is known of those that were asked for today already.

    A new capture may be asked for at any time.
    """
    known = {} if fresh or job.keys else _asked_today(job)
    asked = tuple(Outcome(one, *known[one.url]) for one in every if one.url in known)
    waiting = tuple(one for one in every if one.url not in known)
    return waiting[:limit], asked


def run(job: Job, waiting: Sequence[Lacking], tell: Callable[[Outcome], None]) -> None:
    """Asks for one source after the other; what was found is written before it is told, and before the next is asked for."""
    asyncio.run(_run(job, waiting, tell))


def count_outcomes(outcomes: Iterable[Outcome]) -> str:
    """“12 sources without an archived copy: 7 written, 3 without a copy, 2 refused.”"""
    number_by_done = Counter(outcome.done for outcome in outcomes)
    total = number_by_done.total()
    told = ", ".join(f"{number_by_done[done]:,} {done}" for done in Done if number_by_done[done])
    return f"{total:,} {'source' if total == 1 else 'sources'} without an archived copy{': ' if told else ''}{told}."


async def _run(job: Job, waiting: Sequence[Lacking], tell: Callable[[Outcome], None]) -> None:
    notebook = Notebook(job.root / FILE)
    notebook.renew(note for note in notebook.read() if note.get("day") == job.today.isoformat())
    finds: dict[tuple[object, ...], Find] = {}
    unreached = 0
    async with Net(agent_for(job.repository), job.limits, allow_private=job.allow_private) as net:
        finder = Finder(net, job.service, job.today)
        for lacking in waiting:
            if unreached >= _GIVE_UP:
                tell(Outcome(lacking, Done.WAITING, "the archive could not be reached several times in a row"))
                continue
            question = (lacking.url, lacking.near, lacking.not_before, lacking.titles)
            if question not in finds:
                finds[question] = await _find(finder, lacking, job.keys)
            find = finds[question]
            unreached = unreached + 1 if find.result is Result.UNREACHED else 0
            outcome = _finish(job, lacking, find)
            if outcome.done in (Done.NONE, Done.REFUSED):
                told = {"day": job.today.isoformat(), "url": lacking.url, "done": outcome.done, "why": outcome.why}
                notebook.note(told)
            tell(outcome)


async def _find(finder: Finder, lacking: Lacking, keys: Keys | None) -> Find:
    found = await finder.find(lacking)
    if keys is None or found.result not in (Result.NONE, Result.REFUSED):
        return found
    return await finder.save(lacking, keys)


def _finish(job: Job, lacking: Lacking, find: Find) -> Outcome:
    """Writes the address of a copy that was found into the entry, and nothing else."""
    if find.capture is None:
        done = {Result.NONE: Done.NONE, Result.REFUSED: Done.REFUSED}.get(find.result, Done.UNREACHED)
        return Outcome(lacking, done, find.why)
    copy = job.service.copy(find.capture, lacking.url)
    if job.dry:
        return Outcome(lacking, Done.FOUND, find.why, copy)
    try:
        edit_file(job.root / lacking.path, partial(_put, lacking, copy))
    except (EditError, OSError) as error:
        return Outcome(lacking, Done.KEPT, str(error), copy)
    return Outcome(lacking, Done.WRITTEN, find.why, copy)


def _put(lacking: Lacking, copy: str, text: str) -> str:
    """The entry with the copy in it, unless somebody has changed the source meanwhile; never over another copy."""
    file, _ = read_yaml(lacking.path, text.encode())
    sources = file.data.get("sources") if file else None
    source = sources.get(lacking.handle) if isinstance(sources, dict) else None
    if not isinstance(source, dict) or source.get("url") != lacking.url:
        raise EditError("the source was changed while the archive was asked")
    return insert_key(text, ("sources", lacking.handle), "archive", copy, after=_AFTER)


def _asked_today(job: Job) -> dict[str, tuple[Done, str]]:
    asked = {}
    for note in Notebook(job.root / FILE).read():
        if note.get("day") == job.today.isoformat() and note.get("done") in (Done.NONE, Done.REFUSED):
            asked[str(note.get("url"))] = (Done(note["done"]), f"{note.get('why')} (asked earlier today)")
    return asked
