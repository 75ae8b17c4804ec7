"""The feeds: what joined the chronology and what changed in it, whole and by topic, as Atom and as JSON Feed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from chronicle.exports.feeds.atom import write_atom
from chronicle.exports.feeds.jsonfeed import write_json_feed
from chronicle.exports.feeds.streams import Stream, Streams
from chronicle.made import Keys, Made
from chronicle.model import Chronology, Event
from chronicle.pages.addresses import feed_path
from chronicle.pages.names import events_by_topic

Write = Callable[[Stream, Chronology], str]
Tell = Callable[[Sequence[Event], str], Stream]
_WRITERS: Mapping[str, Write] = {"xml": write_atom, "json": write_json_feed}


def make_feeds(chronology: Chronology, keys: Keys) -> Iterator[Made[str]]:
    """Two streams, of new entries and of changes, for the whole chronology and for each topic, each in both forms."""
    streams, events_of = Streams(chronology), events_by_topic(chronology)
    for topic in ("", *chronology.setting.topics):
        events = events_of.get(topic, ()) if topic else chronology.events
        key = keys.of(f"feeds {topic}", events)
        for name, tell in (("new", streams.new), ("changes", streams.changes)):
            for suffix, write in _WRITERS.items():
                yield Made(feed_path(name, suffix, topic), key, partial(_make, write, tell, events, topic, chronology))


def _make(write: Write, tell: Tell, events: tuple[Event, ...], topic: str, chronology: Chronology) -> str:
    return write(tell(events, topic), chronology)
