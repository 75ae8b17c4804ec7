"""The drawing of the timeline: a lane for each topic, a mark for each event, a tail to the day it became known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, chain
from operator import itemgetter
from xml.etree.ElementTree import Element

from chronicle.charts.columns import MANY, NARROWEST, TALLEST, Column, draw_column
from chronicle.charts.lanes import rows_of
from chronicle.charts.scale import Stretch, TimeScale, months_around
from chronicle.charts.svg import Value, flat, make, percent, write
from chronicle.dates import EdtfDate, Precision, Shape

WIDTH = 1080  # the narrowest that the drawing is shown at: what lies apart at this width lies apart at any
_RULER, _HEAD, _ROW, _FOOT = 28, 18, 14, 4  # heights, in pixels
_RADIUS, _LETTER, _LONGEST = 5, 6, 64


@dataclass(frozen=True, slots=True)
class Mark:
    """One event as the drawing shows it; `name` is for those who hear it, `title` stands beside it or is empty."""

    href: str
    listed: str  # the address of its month in the list
    name: str
    when: EdtfDate
    known: date  # the day the public could know
    certainty: str
    lane: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with its name and the page that this leads to."""

    slug: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing, the names of its lanes (a drawing of their own, which stands still), and the days it begins and ends.

    `column` is the name of the column that counts most events; empty where every event has a mark to be seen.
    """

    plane: str
    names: str
    first: date
    last: date
    column: str


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: Mark
    left: float  # where the glyph and all that belongs to it begin and end, in pixels at the reference width
    right: float
    text_before: bool


_Row = tuple[int, _Placed]  # the number of a row, and what stands in it


@dataclass(frozen=True, slots=True)
class _Strip:
    """A lane with its marks, row by row; those that a column counts stand under it, and only there."""

    lane: Lane
    marks: list[_Row]
    columns: Mapping[Column, list[_Row]]

    def height(self, unit: float) -> float:
        rows = 1 + max((row for row, _ in chain(self.marks, *self.columns.values())), default=0)
        highest = max((len(column.certainties) for column in self.columns), default=0)
        return _HEAD + _FOOT + max(_ROW * rows, unit * highest)


def draw_timeline(marks: Iterable[Mark], lanes: Iterable[Lane]) -> Timeline | None:
    """Marks in the order of the chronology, lanes from top to bottom; None when no event has a day to stand at.

    Events of which neither bound is known, and lanes without events, are left out.
    """
    dated = [mark for mark in marks if mark.when.earliest or mark.when.latest]
    scale = _scale(dated)
    if scale is None:
        return None
    marks_by_lane = {slug: [m for m in dated if m.lane == slug] for slug in {mark.lane for mark in dated}}
    strips = [
        _strip(lane, _place(marks_by_lane[lane.slug], scale), len(dated) > MANY, scale)
        for lane in lanes
        if lane.slug in marks_by_lane
    ]
    columns = (column for strip in strips for column in strip.columns)
    tallest = max(columns, key=lambda column: len(column.certainties), default=None)
    unit = TALLEST / len(tallest.certainties) if tallest else 0
    tops = list(accumulate((strip.height(unit) for strip in strips), initial=float(_RULER)))
    plane = make(
        "svg",
        {"class_": "drawing-plane", "height": tops[-1], "role": "group", "aria-labelledby": "drawing-title"},
        make("title", {"id": "drawing-title"}, "The timeline as a drawing"),
        make("desc", {}, "The list below tells the same in words, and more."),
        _half(),
        _ruler(scale, tops[-1]),
        *(_lane(strip, top, unit, scale) for strip, top in zip(strips, tops, strict=False)),
    )
    names = _names([strip.lane for strip in strips], tops)
    return Timeline(write(plane), write(names), scale.first, scale.last, tallest.name if tallest else "")


def _scale(marks: Iterable[Mark]) -> TimeScale | None:
    """Whole months around all events; the days they became known as well, unless these would take over the drawing."""
    bounds = sorted(day for mark in marks for day in (mark.when.earliest, mark.when.latest) if day)
    if not bounds:
        return None
    quarter = timedelta(days=max((bounds[-1] - bounds[0]).days // 4, 62))
    reach = bounds[-1] + min(quarter, date.max - bounds[-1])
    return months_around((*bounds, *(mark.known for mark in marks if bounds[0] <= mark.known <= reach)))


def _place(marks: Iterable[Mark], scale: TimeScale) -> list[_Row]:
    """The marks of one lane, each with its row, from left to right."""
    placed = sorted((_extend(mark, scale) for mark in marks), key=lambda found: found.left)
    return list(zip(rows_of((found.left, found.right) for found in placed), placed, strict=True))


def _strip(lane: Lane, placed: list[_Row], crowded: bool, scale: TimeScale) -> _Strip:
    """A lane as it is, or with its marks counted in columns; what has a title is told by it and stands for itself."""
    counted = [row for row in placed if crowded and not row[1].mark.title]
    step = scale.step(WIDTH, NARROWEST)
    crowds: dict[Stretch, list[_Row]] = {}
    for row in counted:
        crowds.setdefault(scale.stretch_at(_stretch(row[1].mark, scale)[1], step), []).append(row)
    apart = [row for row in placed if not crowded or row[1].mark.title]
    return _Strip(lane, apart, {_column(stretch, rows): rows for stretch, rows in crowds.items()})


def _column(stretch: Stretch, rows: list[_Row]) -> Column:
    """The column leads to where the list tells of its events: the month of the first whose day is known."""
    marks = [found.mark for _, found in rows]
    first = next((mark for mark in marks if mark.when.precision is Precision.DAY), marks[0])
    return Column(stretch, tuple(mark.certainty for mark in marks), first.listed)


def _extend(mark: Mark, scale: TimeScale) -> _Placed:
    start, centre, end = (WIDTH * at for at in _stretch(mark, scale))
    known = WIDTH * scale.end_of(mark.known) if _has_tail(mark) else 0
    around = _RADIUS + (3.5 if mark.title or mark.when.approximate or mark.when.uncertain else 0.5)
    left, right = min(start, centre - around), max(end, centre + around, known)
    words = _LETTER * len(_cut(mark.title)) + 8 if mark.title else 0
    before = right + words > WIDTH
    return _Placed(mark, left - words * before, right + words * (not before), before)


def _stretch(mark: Mark, scale: TimeScale) -> tuple[float, float, float]:
    """Where the date begins, where its glyph stands, and where it ends: a span’s glyph stands at its start."""
    first, last = mark.when.earliest, mark.when.latest
    start, end = scale.start_of(first), scale.end_of(last)
    if mark.when.shape in (Shape.SPAN, Shape.SET) and first:
        return start, scale.middle_of(first, first), end
    return start, (start + end) / 2, end


def _has_tail(mark: Mark) -> bool:
    last = mark.when.latest
    return last is not None and (mark.known - last).days > 1


def _cut(title: str) -> str:
    """A title that is not too long to stand beside its mark, cut between words."""
    words = flat(title)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _half() -> Element:
    """What fills the sign of what is disputed; every sign is one circle, and the class of its link tells the rest."""
    stops = (make("stop", {"class_": f"half half--{side}", "offset": "50%"}) for side in ("full", "empty"))
    return make("defs", {}, make("linearGradient", {"id": "sign-half"}, *stops))


def _ruler(scale: TimeScale, height: float) -> Element:
    ticks = [
        part
        for tick in scale.ticks(WIDTH)
        for part in (
            make(
                "line",
                {
                    "class_": "tick tick--major" if tick.major else "tick",
                    "x1": percent(tick.at), "x2": percent(tick.at), "y1": 0, "y2": height,
                },
            ),
            make("text", {"x": percent(tick.at), "dx": 4, "y": 15}, tick.label),
        )
    ]  # fmt: skip
    ground = make("rect", {"class_": "ruler-ground", "width": "100%", "height": _RULER - 8})
    return make("g", {"class_": "drawing-ruler", "aria-hidden": "true"}, ground, *ticks)


def _lane(strip: _Strip, top: float, unit: float, scale: TimeScale) -> Element:
    line = make("line", {"class_": "lane-line", "x2": "100%", "y1": top, "y2": top})
    floor = top + strip.height(unit) - _FOOT

    def draw(rows: Iterable[_Row]) -> Iterator[Element]:
        return (_draw(found, top + _HEAD + _ROW * (row + 0.5), scale) for row, found in rows)

    columns = ((WIDTH * c.stretch.start, draw_column(c, floor, unit, draw(rows))) for c, rows in strip.columns.items())
    apart = zip((found.left for _, found in strip.marks), draw(strip.marks), strict=True)
    in_time = (element for _, element in sorted((*columns, *apart), key=itemgetter(0)))
    return make("g", {"class_": "lane", "role": "group", "aria-label": strip.lane.name}, line, *in_time)


def _draw(placed: _Placed, y: float, scale: TimeScale) -> Element:
    mark = placed.mark
    start, centre, end = _stretch(mark, scale)
    at: dict[str, Value] = {"cx": percent(centre), "cy": y}
    unsure = mark.when.approximate or mark.when.uncertain
    rings = [kind for kind, shown in (("about", unsure), ("milestone", mark.title)) if shown]
    return make(
        "a",
        {"href": mark.href, "class_": f"mark mark--{mark.certainty}", "aria-label": mark.name},
        *(_tail(mark, y, scale) if _has_tail(mark) else ()),
        *_body(mark.when, start, end, y),
        *(make("circle", {"class_": f"sign-{kind}", **at, "r": _RADIUS + 3}) for kind in rings),
        make("circle", {"class_": "sign", **at, "r": _RADIUS - 1}),
        *(_title(placed, centre, end, y, scale) if mark.title else ()),
    )  # fmt: skip


def _body(when: EdtfDate, start: float, end: float, y: float) -> Iterator[Element]:
    """What a date is wider than a day: a bar that it lasted, a dashed box that it fell in, a haze that is all that is known."""
    if when.is_one_day:
        return
    across: dict[str, Value] = {"x": percent(start), "width": percent(max(end - start, 0.0005))}
    if when.shape in (Shape.SPAN, Shape.SET):
        yield make("rect", {"class_": "span", **across, "y": y - 3, "height": 6, "rx": 3})
    elif when.shape is Shape.WINDOW and when.precision is Precision.DAY:
        yield make("rect", {"class_": "window", **across, "y": y - 6, "height": 12, "rx": 2})
    else:
        yield make("rect", {"class_": "haze", **across, "y": y - 6, "height": 12, "rx": 6})


def _tail(mark: Mark, y: float, scale: TimeScale) -> Iterator[Element]:
    """From the last day on which it can have happened to the day on which the public could know."""
    known = percent(scale.end_of(mark.known))
    from_ = scale.end_of(mark.when.latest) if mark.when.shape is not Shape.WINDOW else _stretch(mark, scale)[1]
    yield make("line", {"class_": "tail", "x1": percent(from_), "x2": known, "y1": y, "y2": y})
    if mark.known <= scale.last:  # else it runs off the drawing
        yield make("line", {"class_": "tail", "x1": known, "x2": known, "y1": y - 3.5, "y2": y + 3.5})


def _title(placed: _Placed, centre: float, end: float, y: float, scale: TimeScale) -> Iterator[Element]:
    """The name of a milestone, beside all that belongs to its mark: to the right of it, or to the left near the edge."""
    mark = placed.mark
    known = scale.end_of(mark.known) if _has_tail(mark) else 0
    at, aside = (max(end if not mark.when.is_one_day else centre, known, centre), 12)
    if placed.text_before:
        at, aside = min(centre, _stretch(mark, scale)[0]), -12
    place: dict[str, Value] = {"x": percent(at), "dx": aside, "y": y + 4}
    side = {"text-anchor": "end"} if placed.text_before else {}
    yield make("text", {"class_": "mark-title", **place, **side}, _cut(mark.title))


def _names(lanes: list[Lane], tops: list[float]) -> Element:
    names = (
        make("a", {"href": lane.href}, make("text", {"x": 0, "y": top + 14}, lane.name))
        for lane, top in zip(lanes, tops, strict=False)
    )
    return make("svg", {"class_": "drawing-names", "height": tops[-1], "role": "group", "aria-label": "Topics"}, *names)
