"""Where each page stands: the path of its Markdown under docs/, and addresses from one page to another."""

import hashlib
from collections import Counter
from collections.abc import Mapping

from chronicle.model import Chronology, Event
from chronicle.pages.text import as_slug

FOR_MACHINES = ("feeds", "calendars", "data")
FOLDERS = (
    "events", "timeline", "actors", "places", "topics", "figures", "sources", "recent", "editors", "words", "glossary",
    *FOR_MACHINES,
)  # fmt: skip
FILES = ("index.md", "llms.txt", "robots.txt")
RELAYS = "who-relays-whom"  # a page among those of the publishers


def page_path(kind: str, slug: str = "") -> str:
    """The Markdown file of a page, below docs/: `events/harbour-bridge-closed/index.md`, `events/index.md`.

    Each stands in a folder of its own, as it does in the site: so a way to another page, written in HTML, is the same
    from the file and from the page, and every generator leaves it right.
    """
    return f"{kind}/{slug}/index.md" if slug else f"{kind}/index.md"


def address_of(path: str) -> str:
    """The address of a page within the site, by its Markdown file: `events/harbour-bridge-closed/`; the home page has none."""
    return path.removesuffix("index.md")


def plain_path(slug: str) -> str:
    """An event as plain Markdown, below docs/ and in the site: `events/bridge-closed/event.md.txt`."""
    return f"events/{slug}/event.md.txt"


def record_path(slug: str) -> str:
    """An event as data, below docs/ and in the site: `data/v1/events/bridge-closed.json`."""
    return f"data/v1/events/{slug}.json"


def picture_path(slug: str) -> str:
    """The picture by which the page of an event is shared, below docs/ and in the site: `events/bridge-closed.png`."""
    return f"events/{slug}.png"


def feed_path(stream: str, suffix: str, topic: str = "") -> str:
    """A feed, below docs/ and in the site: `feeds/new.xml`, `feeds/safety/new.xml`."""
    return f"feeds/{topic}/{stream}.{suffix}" if topic else f"feeds/{stream}.{suffix}"


def calendar_path(topic: str = "") -> str:
    """A calendar, below docs/ and in the site: `calendars/all.ics`, `calendars/safety.ics`.

    A topic that is called `all` has the calendar `all_.ics`; no slug holds that sign, so no other topic has it too.
    """
    return f"calendars/{'all_' if topic == 'all' else topic or 'all'}.ics"


def root_from(path: str) -> str:
    """The way from a page, by its Markdown file, back to the root of the site: `../../`."""
    return "../" * path.count("/")


def year_anchor(event: Event) -> str:
    """The name of the year’s place on the timeline: `y2024`."""
    return f"y{event.year:04}" if event.year is not None else "undated"


def month_anchor(event: Event) -> str:
    """The name of the month’s place on the timeline, `y2024-10`; the year’s, when the month is not known."""
    return f"{year_anchor(event)}-{event.month:02}" if event.month else year_anchor(event)


def publisher_slugs(chronology: Chronology) -> Mapping[str, str]:
    """A file name for each publisher; names that would fall together are told apart by a digest, whatever else there is."""
    names = {source.publisher for event in chronology.events for source in event.sources.values()}
    shared = {slug for slug, number in Counter(map(as_slug, names)).items() if number > 1} | {RELAYS}
    return {name: _apart(name) if as_slug(name) in shared else as_slug(name) for name in names}


def _apart(name: str) -> str:
    return f"{as_slug(name)}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
