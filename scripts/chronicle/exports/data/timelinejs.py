"""The chronology for TimelineJS (Knight Lab), so that others can embed it; no date is more precise there than it is known."""

import html
from datetime import date

from pydantic import BaseModel, ConfigDict

from chronicle.addresses import absolute
from chronicle.dates import EdtfDate
from chronicle.dates.parts import Part, Precision, Shape, parse
from chronicle.model import Chronology, Event
from chronicle.model.origins import origins_of_event
from chronicle.model.scalars import FOOTNOTE
from chronicle.pages.cards import count
from chronicle.pages.text import as_html, paragraphs_of


class Moment(BaseModel):
    """A date as TimelineJS knows it: a year, a month of it, a day of that."""

    model_config = ConfigDict(frozen=True)

    year: int
    month: int | None = None
    day: int | None = None


class Text(BaseModel):
    """What a slide says; TimelineJS takes both for HTML."""

    model_config = ConfigDict(frozen=True)

    headline: str
    text: str


class Slide(BaseModel):
    """One event, or the title; what the dates cannot say, `display_date` says in words, and readers see that."""

    model_config = ConfigDict(frozen=True)

    start_date: Moment | None = None
    end_date: Moment | None = None
    display_date: str | None = None
    text: Text
    unique_id: str
    autolink: bool = False  # no address in a stranger’s words becomes a link


class Timeline(BaseModel):
    """The file as a whole."""

    model_config = ConfigDict(frozen=True)

    title: Slide
    events: tuple[Slide, ...]
    scale: str = "human"


def timelinejs_json(chronology: Chronology) -> str:
    """The chronology for TimelineJS 3; members that are not known are left out, as it wants it."""
    setting = chronology.setting
    title = Text(headline=html.escape(setting.title), text=_paragraphs(setting.introduction))
    timeline = Timeline(
        title=Slide(text=title, unique_id="index"),  # which no event can be called
        events=tuple(_slide(event, chronology) for event in chronology.events),
    )
    return timeline.model_dump_json(exclude_none=True) + "\n"


def moments_of(when: EdtfDate) -> tuple[Moment, Moment | None]:
    """Where a date begins and, if it lasted, where it ends; a start that is not known is told by the end.

    A window is one point, no more precise than what all of its days have in common. TimelineJS has no unit larger than a
    year: what is not known to the year is drawn from year to year.
    """
    parts = tuple(part for stretch in parse(when.edtf) for part in stretch.parts)
    if when.shape is Shape.WINDOW or parts[0].precision in (Precision.DECADE, Precision.CENTURY):
        return _window(when.earliest, when.latest)
    start, end = _moment(parts[0]), _moment(parts[-1])
    return start, end if end != start else None


def _window(*bounds: date | None) -> tuple[Moment, Moment | None]:
    """What the first and the last day have in common; where one of them is open, the other tells no more than a year."""
    known = tuple(day for day in bounds if day)
    first, last = known[0], known[-1]
    if first.year != last.year:
        return Moment(year=first.year), Moment(year=last.year)
    if len(known) < len(bounds) or first.month != last.month:
        return Moment(year=first.year), None
    return Moment(year=first.year, month=first.month, day=first.day if first == last else None), None


def _moment(part: Part) -> Moment:
    day, exact = part.first, part.precision
    month = day.month if exact in (Precision.DAY, Precision.MONTH) else None
    return Moment(year=day.year, month=month, day=day.day if exact is Precision.DAY else None)


def _slide(event: Event, chronology: Chronology) -> Slide:
    start, end = moments_of(event.date)
    certainty = chronology.setting.certainty[event.certainty_now].name
    sources, origins = len(event.supporting), len(origins_of_event(event, chronology))
    state = f"{certainty}; {count(sources, 'source')}, {count(origins, 'origin')}"
    more = f'<a href="{html.escape(absolute(chronology, f"events/{event.slug}/"))}">Claims and sources</a>'
    words = f"{_paragraphs(event.summary)}<p>{html.escape(state)}. {more}</p>"
    return Slide(
        start_date=start,
        end_date=end,
        display_date=event.date.words(),
        text=Text(headline=html.escape(event.title), text=words),
        unique_id=event.slug,
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{as_html(FOOTNOTE.sub('', paragraph))}</p>" for paragraph in paragraphs_of(text))
