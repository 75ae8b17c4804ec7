"""The addresses that a row names → the sources of a draft, each once, under a handle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from chronicle.drafting.slugs import slug_of
from chronicle.model.likeness import clean_address
from chronicle.model.scalars import read_url

_NAMELESS: Final = "source"


@dataclass(frozen=True, slots=True)
class Lead:
    """Something that may be a source: what stands where an address should, the words that lead there, and how it was found."""

    said: str
    words: str = ""
    is_media: bool = False
    is_named: bool = False  # in a column for the source of the row

    @property
    def url(self) -> str | None:
        """The address, if it is one."""
        try:
            return read_url(self.said)
        except ValueError:
            return None


def take_sources(leads: Iterable[Lead]) -> Mapping[str, Lead]:
    """The leads by handle; of those with one address only the first."""
    first_by_address: dict[str, Lead] = {}
    for lead in leads:
        first_by_address.setdefault(address_of(lead), lead)
    by_handle: dict[str, Lead] = {}
    for lead in first_by_address.values():
        by_handle[_free_handle(lead, by_handle)] = lead
    return by_handle


def address_of(lead: Lead) -> str:
    """What tells whether two leads go to one page."""
    return clean_address(lead.url) if lead.url else lead.said


def _free_handle(lead: Lead, taken: Mapping[str, Lead]) -> str:
    """The name of the host, `gazette-example-org`, with a number where it is taken."""
    host = (urlsplit(lead.url).hostname or "").removeprefix("www.") if lead.url else ""
    handle = slug_of(host.replace(".", " "), least=1) or _NAMELESS
    numbered = (f"{handle}-{number}" for number in range(2, len(taken) + 3))
    return handle if handle not in taken else next(name for name in numbered if name not in taken)
