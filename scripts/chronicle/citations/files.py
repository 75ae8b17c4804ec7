"""The files from which reference managers take how to cite an entry, its sources, and the whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from chronicle.citations.bibtex import write_bibtex
from chronicle.citations.csl import write_csl
from chronicle.citations.ris import write_ris
from chronicle.citations.works import Work, work_of_chronology, work_of_event, works_of_sources
from chronicle.made import Keys, Made
from chronicle.model import Chronology, Event

_Write = Callable[[Iterable[Work]], str]
_WRITERS: Mapping[str, _Write] = {"bib": write_bibtex, "ris": write_ris, "json": write_csl}


def make_citations(chronology: Chronology, keys: Keys, digests: Mapping[str, str]) -> Iterator[Made[str]]:
    """Each entry, the sources of each, and the whole, in BibTeX, RIS and CSL-JSON."""
    for event in chronology.events:
        key = keys.of("citations", [event])
        own = partial(_event_alone, event, chronology, digests[event.path])
        sources = partial(works_of_sources, event, chronology)
        for suffix, write in _WRITERS.items():
            yield Made(f"events/{event.slug}/cite.{suffix}", key, partial(_write, write, own))
            yield Made(f"events/{event.slug}/sources.{suffix}", key, partial(_write, write, sources))
    key = keys.of_all("citations")
    for suffix, write in _WRITERS.items():
        yield Made(f"data/v1/citation.{suffix}", key, partial(_write, write, partial(_whole, chronology, digests)))


def _event_alone(event: Event, chronology: Chronology, digest: str) -> tuple[Work]:
    return (work_of_event(event, chronology, digest),)


def _whole(chronology: Chronology, digests: Mapping[str, str]) -> tuple[Work]:
    return (work_of_chronology(chronology, digests),)


def _write(write: _Write, works: Callable[[], Iterable[Work]]) -> str:
    return write(works())
