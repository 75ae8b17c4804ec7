"""The drawing of figures: for one measure, each number as it was given, at the day for which and by whom."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from chronicle.charts.scale import Tick, TimeScale, months_around, round_ticks
from chronicle.charts.svg import Value, flat, make, percent, write

_HUES = 8  # claimants are told apart by eight colours and as many shapes: sign 11 has colour 3 and shape 1 + 3
_WIDTH, _HEIGHT, _TOP, _BOTTOM = 620, 230, 24, 26
_LEFT, _RIGHT = 0.085, 0.05  # of the width, for the numbers of the scale and for what stands on the last day
_LETTER = 6.3
_MOST_LABELS = 60  # a crowd leaves no room for more, and to look for it takes long
_UPWARDS, _DOWNWARDS, _OPEN = ("at least", "more than"), ("up to", "less than"), ("more than", "less than")
Box = tuple[float, float, float, float]  # left, top, right, bottom
_OUTLINES = (
    "M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z",
    "M-4.4-4.4H4.4V4.4H-4.4Z",
    "M0-5.6L5.4 4.2H-5.4Z",
    "M0-6L6 0L0 6L-6 0Z",
    "M0 5.6L5.4-4.2H-5.4Z",
    "M-1.8-5.4H1.8V-1.8H5.4V1.8H1.8V5.4H-1.8V1.8H-5.4V-1.8H-1.8Z",
    "M0-5.6L5.3-1.7L3.3 4.5H-3.3L-5.3-1.7Z",
    "M-5-3L-3-5L0-2L3-5L5-3L2 0L5 3L3 5L0 2L-3 5L-5 3L-2 0Z",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One number as it was given; `bound` is its qualifier, `label` and `sign` tell who gave it."""

    href: str
    name: str  # for those who hear it
    label: str
    sign: int
    day: date
    low: int
    high: int
    bound: str
    value: str  # the number for readers, with its bound
    known: str  # the day since which it was public (ISO)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all drawings of a page share, across, and the scale of one, up and down."""

    time: TimeScale
    numbers: tuple[int, ...]

    def across(self, day: date) -> float:
        return _LEFT + (1 - _LEFT - _RIGHT) * self.time.middle_of(day, day)

    def down(self, number: int) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - number / self.numbers[-1])


def draw_figures(points: Iterable[Point], days: Iterable[date], title: str) -> str:
    """The figures of one measure on the scale of time that holds all `days`; nothing joins one to another."""
    shown = sorted(points, key=lambda point: (point.day, point.low, point.href))
    time = months_around(days)
    if not shown or time is None:
        return ""
    frame = _Frame(time, round_ticks(max(point.high for point in shown)))
    labels = dict(_labels(shown, frame))
    drawing = make(
        "svg",
        {"class_": "figures-plane", "height": _HEIGHT, "role": "group", "aria-label": title},
        make("desc", {}, "The table below tells the same in words."),
        *_grid(frame),
        *(_draw(point, frame, labels.get(point)) for point in shown),
    )
    return write(drawing)


def draw_sign(sign: int) -> str:
    """The sign of a claimant alone, for a list."""
    kind = f"claimant-sign {_hue(sign)}"
    return write(make("svg", {"class_": kind, "viewBox": "-8 -8 16 16", "aria-hidden": "true"}, _outline(sign)))


def choose_sign(near: Collection[int], taken: Collection[int]) -> int:
    """The sign least like those that stand near it: in colour first, then in shape; if all are alike, the least taken."""

    def likeness(sign: int) -> tuple[int, ...]:
        hues, shapes = Counter(other % _HUES for other in near), Counter(map(_shape, near))
        counts = Counter(taken)
        return (
            hues[sign % _HUES],
            shapes[_shape(sign)],
            counts[sign],
            sum(other % _HUES == sign % _HUES for other in taken),
            sign,
        )

    return min(range(_HUES * _HUES), key=likeness)


def _shape(sign: int) -> int:
    return (sign + sign // _HUES * 3) % _HUES


def _hue(sign: int) -> str:
    return f"claimant--{sign % _HUES}"


def _outline(sign: int) -> Element:
    return make("path", {"d": _OUTLINES[_shape(sign)]})


def _grid(frame: _Frame) -> Iterator[Element]:
    lines = [part for number in frame.numbers for part in _level(number, frame.down(number))]
    yield make("g", {"class_": "figures-levels", "aria-hidden": "true"}, *lines)
    ticks = [part for tick in frame.time.ticks(_WIDTH * (1 - _LEFT - _RIGHT), room=64) for part in _day(tick)]
    yield make("g", {"class_": "figures-days", "aria-hidden": "true"}, *ticks)


def _level(number: int, y: float) -> tuple[Element, Element]:
    line = make("line", {"x2": "100%", "y1": y, "y2": y})
    return line, make("text", {"x": 0, "y": y - 4}, f"{number:,}")


def _day(tick: Tick) -> tuple[Element, Element]:
    x = percent(_LEFT + (1 - _LEFT - _RIGHT) * tick.at)
    kind = "tick tick--major" if tick.major else "tick"
    line = make("line", {"class_": kind, "x1": x, "x2": x, "y1": _HEIGHT - _BOTTOM, "y2": _HEIGHT - _BOTTOM + 5})
    return line, make("text", {"x": x, "dx": -2, "y": _HEIGHT - 7}, tick.label)


def _draw(point: Point, frame: _Frame, label: Element | None) -> Element:
    """A number: filled, or hollow where the number itself is not meant (“more than”); arrows for open ends."""
    x, low, high = frame.across(point.day), frame.down(point.low), frame.down(point.high)
    hollow = " figure--open" if point.bound in _OPEN else ""
    return make(
        "a",
        {"href": point.href, "class_": f"figure {_hue(point.sign)}{hollow}", "aria-label": point.name,
         "data-known": point.known},
        *_ends(point, percent(x), low, high),
        *(_at(x, y, _outline(point.sign)) for y in dict.fromkeys((low, high))),
        *(() if label is None else (label,)),
    )  # fmt: skip


def _ends(point: Point, x: str, low: float, high: float) -> Iterator[Element]:
    if point.low != point.high:
        yield make("line", {"class_": "range", "x1": x, "x2": x, "y1": low, "y2": high})
    if point.bound == "about":
        yield from (
            make("circle", {"class_": "sign-about", "cx": x, "cy": y, "r": 9}) for y in dict.fromkeys((low, high))
        )
    if point.bound in _UPWARDS:
        yield make("svg", {"x": x, "y": low}, make("path", {"class_": "arrow", "d": "M0-6V-19M-4-15L0-19L4-15"}))
    if point.bound in _DOWNWARDS:
        yield make("svg", {"x": x, "y": high}, make("path", {"class_": "arrow", "d": "M0 6V19M-4 15L0 19L4 15"}))


def _at(x: float, y: float, outline: Element) -> Element:
    """An outline at a place: only an <svg> of its own can stand at a percentage."""
    return make("svg", {"x": percent(x), "y": y}, outline)


def _labels(points: list[Point], frame: _Frame) -> Iterator[tuple[Point, Element]]:
    """Beside each number who gave it and the number itself, or who gave it, if there is room: the newest choose first."""
    marks = [
        (frame.across(point.day) * _WIDTH, (frame.down(point.low) + frame.down(point.high)) / 2) for point in points
    ]
    taken = [(x - 8, y - 8 - 14 * (p.bound in _UPWARDS), x + 8, y + 8 + 14 * (p.bound in _DOWNWARDS))
             for p, (x, y) in zip(points, marks, strict=True)]  # fmt: skip
    for point, (x, y) in list(zip(points, marks, strict=True))[: -_MOST_LABELS - 1 : -1]:
        found = next((place for place in _places(point, x, y) if _is_free(place.box, taken)), None)
        if found:
            taken.append(found.box)
            place: dict[str, Value] = {
                "x": percent(x / _WIDTH),
                "dx": found.aside,
                "y": found.down,
                "text-anchor": found.anchor,
            }
            yield point, make("text", {"class_": "figure-label", "aria-hidden": "true", **place}, found.words)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label could stand, and what it would say there."""

    words: str
    box: Box
    anchor: str
    aside: float
    down: float


def _places(point: Point, x: float, y: float) -> Iterator[_Place]:
    """To the right, to the left, below and above, never across the axis: with the number, then without."""
    beside = min(y, _HEIGHT - _BOTTOM - 9)
    for words in (flat(f"{point.label} {point.value}"), flat(point.label)):
        width = _LETTER * len(words)
        yield _Place(words, (x + 11, beside - 6, x + 11 + width, beside + 6), "start", 12, beside + 4)
        yield _Place(words, (x - 11 - width, beside - 6, x - 11, beside + 6), "end", -12, beside + 4)
        for middle in (y + 17, y - 15):
            yield _Place(words, (x - width / 2, middle - 6, x + width / 2, middle + 6), "middle", 0, middle + 4)


def _is_free(box: Box, taken: list[Box]) -> bool:
    inside = box[0] >= 0 and box[2] <= _WIDTH and box[3] <= _HEIGHT - _BOTTOM - 3
    return inside and not any(_meet(box, other) for other in taken)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
