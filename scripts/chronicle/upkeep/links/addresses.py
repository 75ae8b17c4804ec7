"""The addresses that the sources of a chronology lead to, each once, with everything that cites it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from chronicle.model import Chronology, Event, UrlStatus


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that gives an address: the event, the file and the handle, and what the file says of it now."""

    slug: str
    path: str
    handle: str
    title: str
    is_copy: bool
    status: UrlStatus | None
    archive: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """One address, and the sources that give it."""

    address: str
    cited: tuple[Cited, ...]

    @property
    def host(self) -> str:
        """The host of the address."""
        return urlsplit(self.address).hostname or ""

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles by which the page can be known; one in square brackets is ours and does not stand on it."""
        return tuple(dict.fromkeys(cited.title for cited in self.cited if not cited.title.startswith("[")))


def links_of(chronology: Chronology, slugs: Collection[str] = (), *, copies: bool = False) -> tuple[Link, ...]:
    """The addresses of all sources, or of those of some events, sorted; `copies` adds those of the archived copies."""
    cited_by_address: dict[str, list[Cited]] = {}
    for event in chronology.events:
        for address, cited in _citations(event, copies) if not slugs or event.slug in slugs else ():
            cited_by_address.setdefault(address, []).append(cited)
    return tuple(Link(address, tuple(cited)) for address, cited in sorted(cited_by_address.items()))


def _citations(event: Event, copies: bool) -> Iterator[tuple[str, Cited]]:
    for handle, source in event.sources.items():
        told = (event.slug, event.path, handle, source.title)
        yield source.url, Cited(*told, is_copy=False, status=source.url_status, archive=source.archive)
        if copies and source.archive:
            yield source.archive, Cited(*told, is_copy=True, status=None, archive=None)
