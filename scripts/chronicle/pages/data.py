"""The page of the data: what can be had, under which licence, how it is cited and read, and what to subscribe to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from chronicle.addresses import absolute
from chronicle.citations import cited_in_words
from chronicle.citations.works import work_of_chronology
from chronicle.model import Chronology
from chronicle.pages.cards import count
from chronicle.pages.names import events_by_topic
from chronicle.pages.subscription import Subscription, subscription_to

FOLDER = "data/v1"
_JSON = "application/json"
_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be had: its path from the root of the site, its media type, and what it is."""

    path: str
    kind: str
    about: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as readers are told of it: its file, and its columns, each with what it holds and what that means."""

    file: Download
    name: str
    columns: tuple[tuple[str, str, str], ...]


DATABASE = Download(f"{FOLDER}/chronology.db", "application/vnd.sqlite3", "All tables as one SQLite database")
PACKAGE = Download(f"{FOLDER}/csv/datapackage.json", _JSON, "What each table and column is, as a Data Package")
TIMELINE = Download(f"{FOLDER}/timelinejs.json", _JSON, "The events for TimelineJS")
RECORDS = (
    Download(f"{FOLDER}/index.json", _JSON, "What there is, with sizes and checksums, and what the words mean"),
    Download(f"{FOLDER}/events.json", _JSON, "All events, each with its claims, figures, sources and origins"),
    Download(f"{FOLDER}/actors.json", _JSON, "Who acts and speaks, with other spellings"),
    Download(f"{FOLDER}/places.json", _JSON, "Where events happened"),
    Download(f"{FOLDER}/sources.json", _JSON, "Every page and document, with the events that cite it"),
    Download(f"{FOLDER}/figures.json", _JSON, "Every number that somebody gave"),
    Download(f"{FOLDER}/relations.json", _JSON, "What events do to one another"),
)
CITATIONS = (
    Download(f"{FOLDER}/citation.bib", "application/x-bibtex", "BibTeX"),
    Download(f"{FOLDER}/citation.ris", "application/x-research-info-systems", "RIS"),
    Download(f"{FOLDER}/citation.json", "application/vnd.citationstyles.csl+json", "CSL-JSON"),
)


def downloads(sheets: Iterable[Sheet]) -> Iterator[Download]:
    """Every file that holds the chronology, whole or a part of it."""
    yield from (*RECORDS, DATABASE, TIMELINE, PACKAGE)
    yield from (sheet.file for sheet in sheets)


def data_page(chronology: Chronology, digests: Mapping[str, str], sheets: tuple[Sheet, ...]) -> Mapping[str, Any]:
    """What the page shows; `digests` has the digest of each YAML file by its path."""
    work = work_of_chronology(chronology, digests)
    newest = chronology.events[-1] if chronology.events else None
    return {
        "licence": chronology.setting.licence,
        "totals": _totals(chronology),
        "changed": work.issued.words() if work.issued else "",
        "version": work.version,
        "citation": cited_in_words(work),
        "citations": CITATIONS,
        "records": RECORDS,
        "database": DATABASE,
        "package": PACKAGE,
        "timeline": TIMELINE,
        "sheets": sheets,
        "base": _typed(absolute(chronology, f"{FOLDER}/")),
        "newest": newest.slug if newest else "",
        "word": _a_word_of(newest.title if newest else ""),
        "subscriptions": tuple(_subscriptions(chronology)),
    }


def _totals(chronology: Chronology) -> str:
    """“126 events, 700 claims, 160 numbers and 480 sources”."""
    events = chronology.events
    sources = {source.url for event in events for source in event.sources.values()}
    claims, figures = sum(len(event.claims) for event in events), sum(len(event.figures) for event in events)
    parts = (count(len(events), "event"), count(claims, "claim"), count(figures, "number"))
    return f"{', '.join(parts)} and {count(len(sources), 'source')}"


def _subscriptions(chronology: Chronology) -> Iterator[tuple[str, Subscription]]:
    """What can be subscribed to: everything, and each topic by its name."""
    yield "Everything", subscription_to(chronology.events, chronology)
    by_topic = events_by_topic(chronology)
    for slug, topic in chronology.setting.topics.items():
        yield topic.name, subscription_to(by_topic.get(slug, ()), chronology, slug)


def _typed(address: str) -> str:
    """An address that can be typed between quotation marks into any program: no sign in it means anything there."""
    return quote(address, safe="/:%-._~")


def _a_word_of(title: str) -> str:
    """A word to search for in an example: the longest of a title that is spelt in plain letters."""
    return max(_WORD.findall(title), key=len, default="report").lower()
