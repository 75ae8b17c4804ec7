"""One run over the links: which are asked, from where it goes on, and the reports that it leaves."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from chronicle.net import Limits, Net, agent_for
from chronicle.net.guard import Private
from chronicle.upkeep.links.addresses import Link
from chronicle.upkeep.links.ledger import FILE, History, Ledger, Look, gather
from chronicle.upkeep.links.looking import look_at
from chronicle.upkeep.links.report import (
    Change,
    Found,
    find_changes,
    find_newest,
    write_changes,
    write_json,
    write_markdown,
)
from chronicle.yamlfile.editing import write_whole

FOLDER: Final = FILE.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run needs to know: the project, the day, under whose name it asks, and how politely."""

    root: Path
    day: date
    repository: str
    limits: Limits
    allow_private: Private = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: every address with its newest look, what changed with it, and whether any site answered at all."""

    found: tuple[Found, ...]
    changes: tuple[Change, ...]
    reached: bool


def remember(root: Path, earlier: Iterable[Look] = ()) -> History:
    """All looks that are remembered: those of an earlier report, and those in the file of the project."""
    ledger = Ledger(root)
    ledger.tidy()
    return gather([*earlier, *(look for looks in ledger.read().values() for look in looks)])


def choose(
    links: Sequence[Link], history: History, day: date, *, fresh: bool = False, limit: int | None = None
) -> tuple[Link, ...]:
    """The links to ask: those that were not looked at on that day, or all; the longest unseen first, at most `limit`."""
    last_seen = {link: looks[-1].day if (looks := history.get(link.address)) else date.min for link in links}
    waiting = sorted((link for link in links if fresh or last_seen[link] != day), key=lambda link: last_seen[link])
    return tuple(waiting[:limit])


def ask_all(run: Run, links: Sequence[Link], history: History, tell: Callable[[Look], None]) -> None:
    """Asks the links, and writes each look down before it is told to `tell`."""
    ledger = Ledger(run.root)

    def note(look: Look) -> None:
        ledger.remember(look)
        tell(look)

    async def ask() -> None:
        async with Net(agent_for(run.repository), run.limits, allow_private=run.allow_private) as net:
            await look_at(links, net, history, run.day, note)

    asyncio.run(ask())


def report(run: Run, links: Sequence[Link], history: History, reached: bool) -> Outcome:
    """Writes report.md, report.json and changes.md, which is empty where nothing changed; `history` is that of before.

    Where no site answered at all, there is nothing to report, and what an earlier run wrote stays.
    """
    now = gather([*(look for looks in history.values() for look in looks), *_looks(run.root)])
    found = find_newest(links, now)
    outcome = Outcome(found, find_changes(found, now, run.day), reached)
    texts = {
        "report.md": write_markdown(found, run.day, run.repository),
        "report.json": write_json(found, run.day),
        "changes.md": write_changes(outcome.changes, run.repository),
    }
    for name, text in texts.items() if reached else ():
        write_whole(run.root / FOLDER / name, text.encode())
    return outcome


def _looks(root: Path) -> Iterable[Look]:
    return (look for looks in Ledger(root).read().values() for look in looks)
