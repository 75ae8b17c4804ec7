"""One file that is made from a chronology: where it goes, what it depends on, and how to make it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from chronicle.model import Chronology, Event

_PACKAGE = Path(__file__).parent
Content_co = TypeVar("Content_co", str, bytes, str | bytes, covariant=True)


@dataclass(frozen=True, slots=True)
class Made(Generic[Content_co]):
    """One file to write: its path below docs/, a key that changes whenever its content would, and how to make that.

    Making comes last, and only where the key is new: a key is cheap, and holds all that the content depends on.
    A page says on which day what it shows was changed last; where nobody can tell, it says nothing.
    """

    path: str
    key: str
    make: Callable[[], Content_co]
    changed: date | None = None


class Keys:
    """The keys of what is made from a chronology, out of the digests of its files, by their paths.

    Every key holds the program, the setting and the registers, the address of the site, which may come from elsewhere,
    and what else `shared` says that all depends on.
    """

    def __init__(self, chronology: Chronology, digests: Mapping[str, str], *shared: str) -> None:
        self._chronology = chronology
        self._digests = digests
        registers = sorted(path for path in digests if not path.startswith("chronology/events/"))
        self.shared = key_of(program_key(), chronology.setting.site, *shared, *(digests[path] for path in registers))

    def of(self, kind: str, events: Iterable[Event] = ()) -> str:
        """The key of something that shows these events: their files, and those of the events that answer them."""
        return key_of(self.shared, kind, *map(self._of_event, events))

    def of_all(self, kind: str) -> str:
        """The key of something that shows all events."""
        digest_by_slug = (f"{event.slug} {self._digests[event.path]}" for event in self._chronology.events)
        return key_of(self.shared, kind, *digest_by_slug)

    def _of_event(self, event: Event) -> str:
        answers = (self._digests[answer.path] for answer, _ in self._chronology.ties_to.get(event.slug, ()))
        return " ".join((event.slug, self._digests[event.path], *answers))


def key_of(*parts: str) -> str:
    """One key out of several parts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def program_key() -> str:
    """A digest of the program and of all that it ships: templates, schemas, the earth that it draws."""
    digest = hashlib.sha256()
    for file in sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(file.read_bytes())
    return digest.hexdigest()
