"""Which sources have no archived copy, and near which day one should have been made."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chronicle.model import Chronology, Event, Source
from chronicle.model.likeness import is_archived
from chronicle.upkeep.archive.wayback import Capture


@dataclass(frozen=True, slots=True)
class Lacking:
    """A source without an archived copy.

    `near` is the day on which it was read, or else published; None when neither is known, and the newest copy serves.
    `not_before` is the day of publication: what was captured earlier cannot be it.
    """

    slug: str
    path: str
    handle: str
    url: str
    titles: tuple[str, ...]
    near: date | None
    not_before: date | None

    def rank(self, captures: Collection[Capture], today: date) -> tuple[Capture, ...]:
        """The captures that can be it, the nearest first; of two as near, the later one."""
        near = self.near or today
        earliest = (
            self.not_before - timedelta(days=1) if self.not_before else date.min
        )  # a day begins earlier in the east
        possible = (capture for capture in captures if capture.day >= earliest)
        return tuple(sorted(possible, key=lambda capture: (abs((capture.day - near).days), -int(capture.timestamp))))


def find_lacking(chronology: Chronology, slugs: Collection[str] = ()) -> tuple[Lacking, ...]:
    """The sources without a copy, of all events or of some, in their order; those that lead into an archive need none."""
    events = (event for event in chronology.events if not slugs or event.slug in slugs)
    return tuple(lacking for event in events for lacking in _lacking_of(event))


def _lacking_of(event: Event) -> Iterator[Lacking]:
    for handle, source in event.sources.items():
        if not source.archive and not is_archived(source.url):
            published = _first_day(source)
            titles = () if source.title.startswith("[") else (source.title,)
            near = source.accessed or published
            yield Lacking(event.slug, event.path, handle, source.url, titles, near, published)


def _first_day(source: Source) -> date | None:
    """The first day on which it can have been published."""
    return source.published.earliest if source.published else None
