"""What programs look for at the root of a site: llms.txt, which says what there is (llmstxt.org), and robots.txt."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from chronicle.addresses import absolute
from chronicle.dates import day_words
from chronicle.exports.plain import as_label, as_link, as_text
from chronicle.made import Keys, Made
from chronicle.model import Chronology, Event
from chronicle.pages.addresses import calendar_path, feed_path, plain_path, record_path
from chronicle.pages.cards import count
from chronicle.pages.data import DATABASE, PACKAGE, RECORDS, TIMELINE
from chronicle.pages.text import paragraphs_of

_MOST_MILESTONES = 40  # the newest; a signpost is short, however long the chronology
_FILES = (*RECORDS, DATABASE, PACKAGE, TIMELINE)
_PAGES = (
    ("data/", "Data", "every file for programs: what it is, its licence, and examples of its use"),
    ("timeline/", "Timeline", "every event by when it happened, with filters, also as it was known on a day"),
    ("figures/", "Numbers", "every number that somebody gave, with who gave it"),
    ("actors/", "Actors", "who acts and speaks"),
    ("places/", "Places", "where it happened"),
    ("sources/", "Sources", "every page and document that is cited"),
    ("recent/", "Recent changes", "what joined and what was corrected"),
    ("words/", "Words", "what the words mean that the pages and the data use"),
    ("glossary/", "Glossary", "short forms and terms"),
)
_READING = (
    "What an event’s page says is what somebody said, with who said it and where that can be read.",
    "Dates are EDTF (Library of Congress, ISO 8601-2) and no more exact than they are known: `[1998-03-08..1998-03-13]` is one "
    "day between the two, `1998-03-08/1998-03-13` lasted from the one to the other.",
    "Several sources may lead back to one origin; on how many origins it rests is said with each claim.",
    "Numbers of different claimants are never merged.",
    "The day on which the public could know of an event, the day on which its entry was added and the day on which that was "
    "corrected last are other days than the one on which it happened.",
)


def make_signposts(chronology: Chronology, keys: Keys, as_of: date | None = None) -> Iterator[Made[str]]:
    """llms.txt and robots.txt; with `as_of`, the first says that the site is the one of that day."""
    yield Made("llms.txt", keys.of_all("llms.txt"), partial(write_llms_txt, chronology, as_of))
    yield Made("robots.txt", keys.of("robots.txt"), partial(write_robots_txt, chronology))


def write_llms_txt(chronology: Chronology, as_of: date | None = None) -> str:
    """The guide for language models: what this is, how to read it, where the data are; never longer than a page."""
    setting = chronology.setting
    milestones = [event for event in chronology.events if event.milestone][-_MOST_MILESTONES:]
    sections = {
        "Data": [_entry(chronology, file.path, file.name, file.about) for file in _FILES],
        "Milestones": [_milestone(event, chronology) for event in milestones],
        "Topics": [_entry(chronology, f"topics/{slug}/", t.name, t.meaning) for slug, t in setting.topics.items()],
        "Pages": [_entry(chronology, *row) for row in _PAGES],
        "Optional": [_entry(chronology, *row) for row in _subscriptions(chronology)],
    }
    blocks = (
        f"# {as_text(setting.title)}",
        f"> {as_text(setting.description)}",
        *map(as_text, paragraphs_of(setting.introduction)),
        " ".join(_state(chronology, as_of)),
        "How to read it:",
        "\n".join(f"- {rule}" for rule in (*_READING, _where_events_stand(chronology))),
        *("\n".join((f"## {name}", "", *lines)) for name, lines in sections.items() if lines),
    )
    return "\n\n".join(blocks) + "\n"


def write_robots_txt(chronology: Chronology) -> str:
    """Everybody may read everything, and the site map is there (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {absolute(chronology, 'sitemap.xml')}\n"


def _state(chronology: Chronology, as_of: date | None) -> Iterator[str]:
    """How much there is, of which day, by whom and under which licence, a sentence each."""
    setting = chronology.setting
    changed = max((event.changed for event in chronology.events), default=None)
    yield count(len(chronology.events), "event") + (f", changed last on {day_words(changed)}." if changed else ".")
    if as_of:
        yield f"This is what the public could know on {day_words(as_of)}; what became public later is left out."
    yield f"By {as_label(setting.editors)}."
    yield f"Licence of text and data: {as_link(setting.licence.name, setting.licence.url)}."


def _where_events_stand(chronology: Chronology) -> str:
    text = absolute(chronology, plain_path("SLUG"))
    data = absolute(chronology, record_path("SLUG"))
    return f"Each event stands as plain text at `{text}` and as JSON at `{data}`, by its slug in the index of events."


def _milestone(event: Event, chronology: Chronology) -> str:
    link = as_link(event.title, absolute(chronology, plain_path(event.slug)))
    return f"- {link}: {event.date.words()}, {as_label(chronology.setting.certainty[event.certainty_now].name)}"


def _subscriptions(chronology: Chronology) -> Iterator[tuple[str, str, str]]:
    """The feeds and the calendar; there is no calendar where no event has a day."""
    yield feed_path("new", "xml"), "New entries", "an Atom feed"
    yield feed_path("changes", "xml"), "Changes", "an Atom feed of corrections and the like"
    if any(event.date.known_days for event in chronology.events):
        yield calendar_path(), "Calendar", "all events of which a day is known, as iCalendar"


def _entry(chronology: Chronology, path: str, name: str, meaning: str) -> str:
    return f"- {as_link(name, absolute(chronology, path))}: {as_label(meaning)}"
