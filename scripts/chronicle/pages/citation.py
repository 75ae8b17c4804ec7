"""How an event’s page is cited: who answers for it, what it is called, when it changed last, and which version was read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from chronicle.citations import cited_in_words, work_of_event
from chronicle.model import Chronology, Claim, Event, Figure

_ADDRESS_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of a page in words, to which the browser adds the day of access, and what machines are told of it."""

    words: str  # up to the address, with which it ends
    url: str
    by: str
    version: str
    language: str
    licence: str


def citation_of(event: Event, chronology: Chronology, digest: str) -> Citation:
    """How to cite the page of `event`; `digest` is that of its file (SHA-256), of which the version is made."""
    work, setting = work_of_event(event, chronology, digest), chronology.setting
    words = cited_in_words(work).removesuffix(work.url)
    return Citation(words, work.url, setting.editors, work.version or "", work.language, setting.licence.url)


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
