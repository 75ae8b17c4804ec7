"""What was found out about each address on which day, kept in a file of the project, one line for each look."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from chronicle.model import UrlStatus
from chronicle.net import Answer, Trouble
from chronicle.upkeep.links.verdicts import Verdict
from chronicle.upkeep.notebook import Notebook, read_line, write_line

FILE: Final = ".cache/links/looks.jsonl"
_MOST: Final = 6  # looks at one address that are kept


@dataclass(frozen=True, slots=True)
class Look:
    """What was found when an address was asked for: `http` is the status of the answer, `trouble` why there was none."""

    address: str
    day: date
    status: UrlStatus
    why: str
    to: str | None = None
    http: int | None = None
    trouble: Trouble | None = None

    @property
    def reached(self) -> bool:
        """Whether a machine at the other end spoke to us."""
        return self.http is not None


History = Mapping[str, tuple[Look, ...]]
"""The looks at each address, the oldest first."""


def look_of(answer: Answer, verdict: Verdict, day: date) -> Look:
    """What was found, ready to be remembered."""
    return Look(answer.url, day, verdict.status, verdict.why, verdict.to, answer.status, answer.trouble)


class Ledger:
    """The looks in the file of a project. A look is written as soon as it is made, so that a run can go on where it stopped.

    Until one site has answered, nothing is written: whoever is not connected sees nothing but hosts that do not exist.
    """

    def __init__(self, root: Path) -> None:
        self._notebook = Notebook(root / FILE)
        self._waiting: list[Look] = []
        self._reached = False  # whether one site has answered

    def read(self) -> History:
        """All looks that are remembered; a line that was broken off, or is none of ours, is passed over."""
        return gather(_looks_in(self._notebook.read()))

    def tidy(self) -> None:
        """Leaves out all but the newest looks at each address."""
        self._notebook.renew(tell_look(look) for looks in self.read().values() for look in looks[-_MOST:])

    def remember(self, look: Look) -> None:
        """Writes a look down at the end of the file."""
        self._waiting.append(look)
        self._reached = self._reached or look.reached
        if self._reached:
            for waiting in self._waiting:
                self._notebook.note(tell_look(waiting))
            self._waiting = []


def gather(looks: Iterable[Look]) -> History:
    """Looks by their address, the oldest first; of two on one day the later one in the order given."""
    by_address: dict[str, dict[date, Look]] = {}
    for look in looks:
        by_address.setdefault(look.address, {})[look.day] = look
    return {address: tuple(found[day] for day in sorted(found)) for address, found in by_address.items()}


def write_looks(looks: Iterable[Look]) -> Iterator[str]:
    """Each look as a line of JSON."""
    return (write_line(tell_look(look)) for look in looks)


def read_looks(lines: Iterable[str]) -> Iterator[Look]:
    """The looks in lines of JSON, those that are none left out."""
    return _looks_in(told for line in lines if (told := read_line(line)) is not None)


def tell_look(look: Look) -> dict[str, Any]:
    """A look as JSON has it, without what there is nothing to say of."""
    told = {name: value for name, value in asdict(look).items() if value is not None}
    return told | {"day": look.day.isoformat()}


def _looks_in(notes: Iterable[dict[str, Any]]) -> Iterator[Look]:
    for told in notes:
        with suppress(ValueError, KeyError, TypeError):
            yield _read_look(told)


def _read_look(told: dict[str, Any]) -> Look:
    to, http, trouble = told.get("to"), told.get("http"), told.get("trouble")
    return Look(
        str(told["address"]),
        date.fromisoformat(told["day"]),
        UrlStatus(told["status"]),
        str(told["why"]),
        str(to) if to is not None else None,
        int(http) if http is not None else None,
        Trouble(trouble) if trouble is not None else None,
    )
