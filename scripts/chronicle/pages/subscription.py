"""What a reader can subscribe to from a page: the feeds and the calendar of the whole chronology or of a topic."""

from collections.abc import Iterable
from dataclasses import dataclass

from chronicle.addresses import absolute
from chronicle.model import Chronology, Event
from chronicle.pages.addresses import calendar_path, feed_path


@dataclass(frozen=True, slots=True)
class Subscription:
    """Paths from the root of the site; the calendar and its address for calendar programs are empty where there is none."""

    feeds: tuple[tuple[str, str, str], ...]  # what it tells, as Atom, as JSON Feed
    calendar: str
    webcal: str


def subscription_to(events: Iterable[Event], chronology: Chronology, topic: str = "") -> Subscription:
    """What tells of these events, which are those of `topic` or all."""
    streams = (("New entries", "new"), ("Changes", "changes"))
    feeds = tuple((label, feed_path(stream, "xml", topic), feed_path(stream, "json", topic)) for label, stream in streams)
    path = calendar_path(topic) if any(event.date.known_days for event in events) else ""
    webcal = f"webcal:{absolute(chronology, path).partition(':')[2]}" if path else ""
    return Subscription(feeds, path, webcal)
