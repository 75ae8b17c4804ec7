"""How an event’s page is cited: who answers for it, what it is called, when it changed last, and which version was read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from chronicle.dates import day_words
from chronicle.model import Chronology, Claim, Event, Figure

_VERSION_SIGNS = 8
_ADDRESS_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation that the page itself knows; the theme adds its address, the browser the day of access."""

    by: str
    title: str
    name: str  # of the chronology
    changed: str  # “11 June 2024”
    version: str


def citation_of(event: Event, chronology: Chronology, digest: str) -> Citation:
    """How to cite the page of `event`; `digest` is that of its file (SHA-256), of which the version is the beginning."""
    setting = chronology.setting
    return Citation(setting.editors, event.title, setting.title, day_words(event.changed), digest[:_VERSION_SIGNS])


def addresses_of(told: Sequence[Claim | Figure]) -> tuple[str, ...]:
    """A name on the page for each claim or figure, made of who says it and of its words.

    It stays the same wherever the claim is moved. When the words change, the old name is gone: an address that somebody
    quoted never shows other words than those that were quoted.
    """
    names: list[str] = []
    for one in told:
        name = _address(one)
        names.append(name if name not in names else f"{name}-{len(names)}")
    return tuple(names)


def _address(told: Claim | Figure) -> str:
    words: tuple[str | None, ...] = (
        (told.by, told.says, told.quote)
        if isinstance(told, Claim)
        else (told.measure, told.by, told.value.words(), told.as_of.isoformat())
    )
    flat = "\n".join(" ".join((part or "").split()) for part in words)
    return f"{'c' if isinstance(told, Claim) else 'f'}-{hashlib.sha256(flat.encode()).hexdigest()[:_ADDRESS_SIGNS]}"
