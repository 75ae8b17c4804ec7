"""The events as calendars to subscribe to (iCalendar, RFC 5545 and 7986), whole and by topic.

A calendar knows days and nothing vaguer. So an event stands in it on the days that are known of its date, and in the
title the date is said in words wherever it is not simply those days. An event of which no day is known, but a month or
a window only, is left out and counted: the first of the month would be invented, and a bar over the whole month or
window would say that it lasted.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from chronicle.addresses import absolute, lasting_name, name_of_event
from chronicle.dates import Shape
from chronicle.made import Keys, Made
from chronicle.model import Chronology, Event
from chronicle.pages.addresses import address_of, calendar_path, page_path
from chronicle.pages.cards import Card, Cards, count, facts_of
from chronicle.pages.names import events_by_topic
from chronicle.pages.recent import changes_of, last_change
from chronicle.pages.text import as_line, as_plain, bare_paragraphs_of

if TYPE_CHECKING:
    from icalendar import Component

DAY = timedelta(days=1)
_PRODUCT = "-//Chronicle//Annotated chronology//EN"


def make_calendars(chronology: Chronology, keys: Keys) -> Iterator[Made[str]]:
    """A calendar of all events and one for each topic; none where no event has a day, as a calendar may not be empty."""
    entries, events_of = _Entries(chronology), events_by_topic(chronology)
    for topic in ("", *chronology.setting.topics):
        events = events_of.get(topic, ()) if topic else chronology.events
        if any(event.date.known_days for event in events):
            key = keys.of(f"calendar {topic}", events)
            yield Made(calendar_path(topic), key, partial(_make, topic, events, entries))


class _Entries:
    """The entries of events as text, each made once, for that takes most of a millisecond and several calendars hold it."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self._cards = Cards(chronology)
        self._text_by_slug: dict[str, str] = {}

    def of(self, event: Event) -> str:
        """The entries of an event: one for each stretch of its date, all but the first with names of their own."""
        if event.slug not in self._text_by_slug:
            stretches = enumerate(event.date.known_days)
            entries = (_entry(event, number, days, self._cards) for number, days in stretches)
            self._text_by_slug[event.slug] = "".join(_text(entry) for entry in entries)
        return self._text_by_slug[event.slug]


def _make(topic: str, events: Sequence[Event], entries: _Entries) -> str:
    start, end, rest = _text(_frame(topic, events, entries.chronology)).rpartition("END:VCALENDAR")
    return "".join((start, *map(entries.of, events), end, rest))


def _text(component: "Component") -> str:
    ical: bytes = component.to_ical()
    return ical.decode()


def _frame(topic: str, events: Sequence[Event], chronology: Chronology) -> "Component":
    """The calendar without its entries; its name and description stand twice, as many programs know the older keys only."""
    from icalendar import Calendar, vText  # noqa: PLC0415  (slow, and only a build needs it)

    setting, path = chronology.setting, calendar_path(topic)
    page = absolute(chronology, address_of(page_path("topics", topic) if topic else page_path("timeline")))
    name = as_line(f"{setting.title}: {setting.topics[topic].name}" if topic else setting.title)
    about = as_line(f"{setting.topics[topic].meaning if topic else setting.description} {_left_out(events, page)}")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("uid", _uid(lasting_name(chronology, path)))
    for key, words in (("name", name), ("x-wr-calname", name), ("description", about), ("x-wr-caldesc", about)):
        calendar.add(key, vText(words))
    calendar.add("url", page)
    calendar.add("source", absolute(chronology, path), {"VALUE": "URI"})
    calendar.add("last-modified", _moment(max(last_change(event, chronology) for event in events)))
    calendar.add("refresh-interval", DAY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return calendar


def _entry(event: Event, number: int, days: tuple[date, date], cards: Cards) -> "Component":
    from icalendar import Event as Dated  # noqa: PLC0415  (as above)

    chronology, (first, last) = cards.chronology, days
    setting, changes = chronology.setting, changes_of(event, chronology)
    changed = _moment(max(change.day for change in changes))
    page = absolute(chronology, address_of(page_path("events", event.slug)))
    entry = Dated()
    entry.add("uid", _uid(name_of_event(event, chronology) + (f"#{number + 1}" if number else "")))
    entry.add("dtstamp", changed)
    entry.add("dtstart", first)
    if last < date.max:  # else there is no day to end before
        entry.add("dtend", last + DAY)
    entry.add("summary", _title(event))
    entry.add("description", _description(event, cards.of(event), page))
    entry.add("url", page)
    entry.add("categories", [as_line(setting.topics[topic].name) for topic in event.topics])
    entry.add("transp", "TRANSPARENT")
    entry.add("created", _moment(event.added))
    entry.add("last-modified", changed)
    entry.add("sequence", len(changes) - 1)
    return entry


def _title(event: Event) -> str:
    """The event’s title, and its date in words unless it is exactly the days at which it stands."""
    date, known = event.date, event.date.known_days
    vague = date.approximate or date.uncertain or date.shape is Shape.SET
    exact = not vague and known == ((date.earliest, date.latest),)
    return as_line(event.title if exact else f"{event.title} ({date.short()})")


def _description(event: Event, card: Card, page: str) -> str:
    """In plain words, the address at the end: not every program shows the one that is given apart."""
    facts = map(as_line, facts_of(event, card))
    told = map(as_plain, bare_paragraphs_of(event.summary))
    return "\n\n".join(("\n".join(facts), *told, page))


def _left_out(events: Iterable[Event], page: str) -> str:
    number = sum(1 for event in events if not event.date.known_days)
    are = "is" if number == 1 else "are"
    return (
        f"{count(number, 'event')} of which no day is known {are} left out here and {are} found at {page}"
        if number
        else ""
    )


def _uid(name: str) -> str:
    """A name for ever as the UUID that RFC 7986 asks for."""
    return str(uuid5(NAMESPACE_URL, name))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
