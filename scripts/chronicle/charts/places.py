"""The drawing of places: one map that holds them all, larger ones of where many lie together, a small one for each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, hypot, radians
from xml.etree.ElementTree import Element

from chronicle.charts.earth import Frame, draw_boundaries, draw_land, frame_around
from chronicle.charts.svg import Value, flat, make, percent, write

_WIDE, _HALF, _NARROW = 1000, 560, 350  # widths of the whole map, of a part of it, and of either on a phone
_CLOSE = 0.025  # of the width of the whole map: places nearer to each other than this lie together
_CROWD = 5  # as many together have a map of their own
_RADII = (4, 4.5, 5, 15, 24)  # of the mark, from the most exact precision to the least
SIGNS = len(_RADII)  # precisions beyond these have the last sign
_LETTER, _LINE, _SLANT, _NEAR = 6.9, 15, 12, 7
_LETTERS = "ABC"  # of maps of crowds; more would be too many
_LOCATOR = 10  # degrees from north to south on the map of one place

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map; `precision` is the rank of its precision, the most exact first, `weight` its number of events.

    Without a `href` it is the place that the map is about.
    """

    href: str
    name: str  # for those who hear it
    label: str
    latitude: float
    longitude: float
    precision: int
    weight: int


@dataclass(frozen=True, slots=True)
class Map:
    """One map: its drawing, and the letter by which the whole map calls it (none for the whole map itself)."""

    drawing: str
    letter: str


def draw_maps(spots: Iterable[Spot]) -> tuple[Map, ...]:
    """A map of all, then one of each of the largest crowds, lettered from left to right; nothing for no places."""
    shown = sorted(spots, key=lambda spot: (-spot.precision, -spot.weight, spot.href))
    if not shown:
        return ()
    whole = frame_around(map(_position, shown), _WIDE)
    largest = [(frame_around(map(_position, crowd), _HALF), crowd) for crowd in _crowds(shown, whole)[: len(_LETTERS)]]
    lettered = dict(zip(_LETTERS, sorted(largest, key=lambda part: _left(part[0], whole)), strict=False))
    frames = {letter: frame for letter, (frame, _) in lettered.items()}
    known_best = sorted(shown, key=lambda spot: (-spot.weight, spot.href))
    elsewhere = [spot for spot in known_best if not any(spot in crowd for _, crowd in lettered.values())]
    parts = (Map(_draw(frame, shown, known_best, f"Map {letter}"), letter) for letter, frame in frames.items())
    return (Map(_draw(whole, shown, elsewhere, "Map of all places", frames), ""), *parts)


def draw_locator(spot: Spot, others: Iterable[Spot]) -> str:
    """A small map around one place, with those of the others that lie near it."""
    half = _LOCATOR / 2 / max(cos(radians(spot.latitude)), 0.1)
    south = min(max(spot.latitude - _LOCATOR / 2, -89), 89 - _LOCATOR)
    frame = Frame(spot.longitude - half * 1.5, south, spot.longitude + half * 1.5, south + _LOCATOR, _NARROW)
    shown = [
        spot,
        *sorted((other for other in others if other != spot), key=lambda other: (other.precision, other.href)),
    ]
    return _draw(frame, shown[::-1], shown, f"Where {spot.label} lies")


def _left(part: Frame, whole: Frame) -> float:
    return whole.project(part.west, part.north)[0]


def _position(spot: Spot) -> tuple[float, float]:
    return spot.longitude, spot.latitude


def _crowds(spots: list[Spot], whole: Frame) -> list[list[Spot]]:
    """Places that hang together by short ways, if there are many of them and not nearly all."""
    groups: list[list[Spot]] = []
    for spot in spots:
        near = [group for group in groups if any(_apart(spot, other, whole) < _CLOSE * _WIDE for other in group)]
        groups = [group for group in groups if group not in near] + [[*(s for group in near for s in group), spot]]
    crowds = [group for group in groups if _CROWD <= len(group) < len(spots) * 0.8]
    return sorted(crowds, key=lambda group: (-len(group), min(spot.href for spot in group)))


def _apart(one: Spot, other: Spot, frame: Frame) -> float:
    (x, y), (u, v) = frame.project(*_position(one)), frame.project(*_position(other))
    return hypot(x - u, y - v)


def _draw(frame: Frame, spots: list[Spot], named: list[Spot], title: str, parts: dict[str, Frame] | None = None) -> str:
    inside = [spot for spot in spots if frame.holds(*_position(spot))]
    labelled = [spot for spot in named if spot in inside]
    labels = dict(_labels(labelled, inside, frame, list((parts or {}).values())))
    drawing = make(
        "svg",
        {"class_": "map-plane", "role": "group", "aria-label": title,
         "style": f"aspect-ratio:{frame.width:.0f}/{frame.height:.0f}"},
        _ground(frame),
        *(part for letter, inset in (parts or {}).items() for part in _inset(letter, inset, frame)),
        *(_mark(spot, frame, labels.get(spot)) for spot in inside),
    )  # fmt: skip
    return write(drawing)


def _ground(frame: Frame) -> Element:
    """Land and boundaries, stretched to whatever width the map is shown at; their lines stay as thin."""
    return make(
        "svg",
        {"class_": "map-ground", "width": "100%", "height": "100%", "preserveAspectRatio": "none", "aria-hidden": "true",
         "viewBox": f"0 0 {frame.width:.0f} {frame.height:.0f}"},
        make("path", {"class_": "map-land", "d": draw_land(frame)}),
        make("path", {"class_": "map-boundary", "d": draw_boundaries(frame)}),
    )  # fmt: skip


def _inset(letter: str, inset: Frame, frame: Frame) -> Iterator[Element]:
    """Where a map of a part lies on the whole one."""
    left, top = frame.project(inset.west, inset.north)
    right, bottom = frame.project(inset.east, inset.south)
    place = {
        "x": percent(left / frame.width), "y": percent(top / frame.height),
        "width": percent((right - left) / frame.width), "height": percent((bottom - top) / frame.height),
    }  # fmt: skip
    yield make("rect", {"class_": "map-inset", **place})
    yield make("text", {"class_": "map-letter", "x": place["x"], "y": place["y"], "dx": 5, "dy": 15}, letter)


def _mark(spot: Spot, frame: Frame, label: Element | None) -> Element:
    rank = min(spot.precision, SIGNS - 1)
    circle = make("circle", {**_place(spot, frame, "c"), "r": _RADII[rank]})
    parts = (circle,) if label is None else (circle, label)
    if not spot.href:
        return make("g", {"class_": f"place place--{rank} place--here"}, *parts)
    return make("a", {"href": spot.href, "class_": f"place place--{rank}", "aria-label": spot.name}, *parts)


def _place(spot: Spot, frame: Frame, prefix: str = "") -> dict[str, Value]:
    x, y = frame.project(*_position(spot))
    return {f"{prefix}x": percent(x / frame.width), f"{prefix}y": percent(y / frame.height)}


def _labels(named: list[Spot], spots: list[Spot], frame: Frame, parts: list[Frame]) -> Iterator[tuple[Spot, Element]]:
    """Names where there is room: those that a phone has room for, then those that only a wide screen has.

    Who comes first in `named` chooses first.
    """
    shown: dict[Spot, _Side] = {}
    for width, kind in ((_NARROW, "map-name"), (frame.width, "map-name map-name--roomy")):
        scaled = Frame(frame.west, frame.south, frame.east, frame.north, width)
        taken = [(*scaled.project(part.west, part.north), *scaled.project(part.east, part.south)) for part in parts]
        taken += [_around(spot, scaled, (-_NEAR, -_NEAR, _NEAR, _NEAR)) for spot in spots if spot.precision < SIGNS - 2]
        taken += [_around(spot, scaled, side.box) for spot, side in shown.items()]
        for spot in (spot for spot in named if spot not in shown):
            side = next(
                (side for side in _sides(spot) if _is_free(_around(spot, scaled, side.box), scaled, taken)), None
            )
            if side:
                taken.append(_around(spot, scaled, side.box))
                shown[spot] = side
                place = {**_place(spot, frame), "text-anchor": side.anchor, "dx": side.aside, "dy": side.down + 4}
                here = "" if spot.href else " map-name--here"
                yield spot, make("text", {"class_": kind + here, "aria-hidden": "true", **place}, spot.label)


@dataclass(frozen=True, slots=True)
class _Side:
    """Where a name stands, in pixels from its place."""

    anchor: str
    aside: float
    down: float
    box: Box


def _sides(spot: Spot) -> Iterator[_Side]:
    """To its right, to its left, below it and above it; then aslant, below and above."""
    width = _LETTER * len(flat(spot.label))
    yield _Side("start", 8, 0, (8, -6, 8 + width, 6))
    yield _Side("end", -8, 0, (-8 - width, -6, -8, 6))
    for down in (_LINE, -_LINE):
        yield _Side("middle", 0, down, (-width / 2, down - 6, width / 2, down + 6))
    for down in (_SLANT, -_SLANT):
        yield _Side("start", 7, down, (7, down - 6, 7 + width, down + 6))
        yield _Side("end", -7, down, (-7 - width, down - 6, -7, down + 6))


def _is_free(box: Box, frame: Frame, taken: list[Box]) -> bool:
    inside = box[0] >= 0 and box[2] <= frame.width and box[1] >= 0 and box[3] <= frame.height
    return inside and not any(_meet(box, other) for other in taken)


def _around(spot: Spot, frame: Frame, box: Box) -> Box:
    x, y = frame.project(*_position(spot))
    return x + box[0], y + box[1], x + box[2], y + box[3]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
