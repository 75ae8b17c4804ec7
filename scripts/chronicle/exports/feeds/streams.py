"""What the feeds tell, before it is Atom or JSON: streams of posts, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup, escape

from chronicle.addresses import absolute, lasting_name, name_of_event
from chronicle.model import Chronology, Event
from chronicle.pages.addresses import address_of, feed_path, page_path
from chronicle.pages.cards import Cards, count, facts_of
from chronicle.pages.recent import Change, Sort, changes_of, last_change
from chronicle.pages.text import as_html, as_line, as_plain, bare_paragraphs_of

MOST = 100  # posts in a feed
NO_DAY = date(1970, 1, 1)  # both formats ask for the day of the last change, also where nothing has ever happened
_TITLES = {"new": "new entries", "changes": "changes"}
_PAGES = {"new": "timeline", "changes": "recent"}


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a feed; its words are on one line each, its HTML is safe as it is."""

    name: str  # for ever
    address: str
    title: str
    brief: str
    html: str
    text: tuple[str, ...]
    published: date
    updated: date
    topics: tuple[tuple[str, str], ...]  # slug and name


@dataclass(frozen=True, slots=True)
class Heading:
    """What a stream is called, where it stands, and who answers for it."""

    name: str  # for ever
    path: str  # without the suffix
    title: str
    page: str  # the address of the page that it follows
    by: str
    rights: str


@dataclass(frozen=True, slots=True)
class Stream:
    """A feed with its posts, the newest first."""

    heading: Heading
    about: str
    updated: date
    posts: tuple[Post, ...]


class Streams:
    """The streams of a chronology."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self._cards = Cards(chronology)

    def new(self, events: Sequence[Event], topic: str) -> Stream:
        """Those of the events that joined the chronology last; of one day, what happened last comes first.

        An entry that is corrected keeps its place, or it would push out a new one; its correction is in the other stream.
        """
        latest_first = tuple(reversed(events))
        newest = sorted(latest_first, key=lambda event: event.added, reverse=True)
        posts = tuple(map(self._entry, newest[:MOST]))
        about = f"What joined the chronology, the newest first.{_rest(len(events), 'All stand on the page.')}"
        return Stream(self._heading("new", topic), about, _newest(posts, events), posts)

    def changes(self, events: Sequence[Event], topic: str) -> Stream:
        """What changed last in those of the events that were there already."""
        found = (change for event in reversed(events) for change in changes_of(event, self.chronology))
        changes = [change for change in found if change.sort is not Sort.ADDED]
        changes.sort(key=lambda change: change.day, reverse=True)
        posts = tuple(map(self._change, changes[:MOST]))
        rest = _rest(len(changes), "Each stands on the page of its event.")
        about = f"Corrections with their reasons, changes of certainty and new sources, the newest first.{rest}"
        return Stream(self._heading("changes", topic), about, _newest(posts, events), posts)

    def _heading(self, stem: str, topic: str) -> Heading:
        setting = self.chronology.setting
        whole = f"{setting.title}, {setting.topics[topic].name}" if topic else setting.title
        path = feed_path(stem, "", topic).removesuffix(".")
        page = page_path("topics", topic) if topic else page_path(_PAGES[stem])
        return Heading(
            lasting_name(self.chronology, path),
            path,
            as_line(f"{whole}: {_TITLES[stem]}"),
            absolute(self.chronology, address_of(page)),
            as_line(setting.editors),
            as_line(f"{setting.licence.name}, {setting.licence.url}"),
        )

    def _entry(self, event: Event) -> Post:
        facts, told, topics = self._facts(event), bare_paragraphs_of(event.summary), self.chronology.setting.topics
        return Post(
            name_of_event(event, self.chronology),
            absolute(self.chronology, address_of(page_path("events", event.slug))),
            as_line(event.title),
            as_line(self._cards.of(event).sentence),
            _paragraphs((escape(facts), *map(as_html, told))),
            (facts, *map(as_plain, told)),
            event.added,
            last_change(event, self.chronology),
            tuple((topic, as_line(topics[topic].name)) for topic in event.topics),
        )

    def _change(self, change: Change) -> Post:
        told = tuple(as_line(words) for words in (change.what, change.why, self._facts(change.event)) if words)
        entry = self._entry(change.event)
        return replace(
            entry,
            name=f"{entry.name}#{change.name}",
            title=f"{change.sort.label}: {entry.title}",
            brief=as_line(change.what),
            html=_paragraphs(map(escape, told)),
            text=told,
            published=change.day,
            updated=change.day,
        )

    def _facts(self, event: Event) -> str:
        return as_line(" · ".join(facts_of(event, self._cards.of(event))))


def _paragraphs(html: Iterable[Markup]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in html)


def _newest(posts: Iterable[Post], events: Iterable[Event]) -> date:
    days = [post.updated for post in posts] or [event.added for event in events]
    return max(days, default=NO_DAY)


def _rest(number: int, where: str) -> str:
    return f" These are the {MOST} newest of {count(number, 'post')}. {where}" if number > MOST else ""
