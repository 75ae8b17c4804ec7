"""Land and boundaries (Natural Earth, 1:50 million), cut to a frame and as coarse as its pixels."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from math import copysign, cos, hypot, radians
from pathlib import Path

_FILE = Path(__file__).parent / "earth" / "earth-50m.json"
_COARSE = 1.1  # pixels: what is closer to the point before is left out
_SMALLEST = 3  # square pixels: smaller islands are left out
_TURNS = (-360, 0, 360)  # degrees: what lies across the 180th meridian is met from either side

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the earth, in degrees, and how wide its drawing is; parallels are as long as in its middle."""

    west: float
    south: float
    east: float
    north: float
    width: float

    @property
    def height(self) -> float:
        """How high the drawing is, so that its middle is not distorted."""
        return self.width * (self.north - self.south) / ((self.east - self.west) * self._shrink)

    @property
    def _shrink(self) -> float:
        return cos(radians((self.north + self.south) / 2))

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Pixels from the upper left corner (equirectangular, true to scale in the middle of the frame)."""
        scale = self.width / (self.east - self.west)
        return (longitude - self.west) * scale, (self.north - latitude) * scale / self._shrink

    def turned(self, degrees: float) -> "Frame":
        """The same frame after so many degrees around the earth."""
        return replace(self, west=self.west + degrees, east=self.east + degrees)

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a place lies in it."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


def frame_around(places: Iterable[tuple[float, float]], width: float, margin: float = 0.09) -> Frame:
    """The frame that holds these places (longitude, latitude) with a margin, neither too small nor too flat to know it by."""
    longitudes, latitudes = zip(*places, strict=True)
    middle, centre = (max(longitudes) + min(longitudes)) / 2, (max(latitudes) + min(latitudes)) / 2
    shrink = max(cos(radians(centre)), 0.1)
    across = max((max(longitudes) - min(longitudes)) * shrink * (1 + 2 * margin), 6)
    upwards = max((max(latitudes) - min(latitudes)) * (1 + 2 * margin), 4, across * 0.3)
    across = max(across, upwards * 1.15)
    half, south, north = min(across / shrink / 2, 180), centre - upwards / 2, centre + upwards / 2
    return Frame(middle - half, max(south, -89), middle + half, min(north, 89), width)


def draw_land(frame: Frame) -> str:
    """The land within a frame as the data of an SVG path."""
    rings = (_cut(shape.line, turned) for shape, turned in _met("land", frame))
    return "".join(_path(ring, closed=True) for ring in rings if len(ring) > 2 and abs(_area(ring)) >= _SMALLEST)


def draw_boundaries(frame: Frame) -> str:
    """The boundaries between countries within a frame as the data of an SVG path."""
    lines = (part for shape, turned in _met("boundaries", frame) for part in _runs(shape.line, turned))
    return "".join(_path(line, closed=False) for line in lines)


def _met(name: str, frame: Frame) -> Iterator[tuple["_Shape", Frame]]:
    """The shapes that the frame may hold a part of, each with the frame where it meets them."""
    frames = [frame.turned(degrees) for degrees in _TURNS]
    return ((shape, turned) for shape in _earth()[name] for turned in frames if shape.may_meet(turned))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A line in degrees with the frame around it."""

    line: Line
    west: float
    south: float
    east: float
    north: float

    def may_meet(self, frame: Frame) -> bool:
        return (
            self.west <= frame.east and self.east >= frame.west
            and self.south <= frame.north and self.north >= frame.south
        )  # fmt: skip


@lru_cache(maxsize=1)
def _earth() -> Mapping[str, tuple[_Shape, ...]]:
    """The shapes of the land (rings) and of the boundaries (lines)."""
    stored = json.loads(_FILE.read_text(encoding="utf-8"))
    return {name: tuple(_unpack(line, stored["scale"]) for line in stored[name]) for name in ("land", "boundaries")}


def _unpack(steps: list[int], scale: float) -> _Shape:
    """A line stored as steps from point to point: east, north, east, north …"""
    east = (step * scale for step in steps[::2])
    longitudes = tuple(accumulate(step - 360 * round(step / 360) for step in east))
    latitudes = tuple(y * scale for y in accumulate(steps[1::2]))
    line = (*zip(longitudes, latitudes, strict=True), *_way_past_the_pole(longitudes, latitudes))
    return _Shape(line, min(longitudes), min(y for _, y in line), max(longitudes), max(y for _, y in line))


def _way_past_the_pole(longitudes: tuple[float, ...], latitudes: tuple[float, ...]) -> Line:
    """What closes a ring that goes once around the earth; nothing for all others."""
    if abs(longitudes[-1] - longitudes[0]) < 180:
        return ()
    pole = copysign(90, latitudes[0])
    return (longitudes[-1], pole), (longitudes[0], pole)


def _cut(ring: Line, frame: Frame) -> Line:
    """A ring cut to the frame, edge after edge (Sutherland and Hodgman 1974), a little outside so that no edge shows."""
    points = [frame.project(*point) for point in ring]
    for axis, limit, sign in ((0, -4, 1), (0, frame.width + 4, -1), (1, -4, 1), (1, frame.height + 4, -1)):
        points = list(_cut_at(points, axis, limit, sign))
    return _thin(points)


def _cut_at(points: list[tuple[float, float]], axis: int, limit: float, sign: int) -> Iterator[tuple[float, float]]:
    def is_inside(point: tuple[float, float]) -> bool:
        return sign * (point[axis] - limit) >= 0

    for before, point in zip((points[-1:] + points[:-1]), points, strict=True):
        if is_inside(before) != is_inside(point):
            part = (limit - before[axis]) / (point[axis] - before[axis])
            yield before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])
        if is_inside(point):
            yield point


def _runs(line: Line, frame: Frame) -> Iterator[Line]:
    """The parts of a line that lie in the frame or end just outside it."""
    run: list[tuple[float, float]] = []
    for before, point in pairwise(line):
        if frame.holds(*before) or frame.holds(*point):
            run += [frame.project(*point)] if run else [frame.project(*before), frame.project(*point)]
        elif run:
            yield _thin(run)
            run = []
    if run:
        yield _thin(run)


def _thin(points: Iterable[tuple[float, float]]) -> Line:
    """The points that are far enough from the one before to be told from it; the last one always."""
    kept: list[tuple[float, float]] = []
    last = None
    for last in points:
        if not kept or hypot(last[0] - kept[-1][0], last[1] - kept[-1][1]) >= _COARSE:
            kept.append(last)
    return (*kept, last) if last and kept[-1] != last else tuple(kept)


def _area(ring: Line) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def _path(points: Line, *, closed: bool) -> str:
    """Steps in whole half-pixels: SVG’s shortest way to write a line."""
    grid = [(round(x * 2) / 2, round(y * 2) / 2) for x, y in points]
    start = f"M{grid[0][0]:g} {grid[0][1]:g}l"
    steps = [f"{u - x:g} {v - y:g}" for (x, y), (u, v) in pairwise(grid) if (x, y) != (u, v)]
    return start + " ".join(steps).replace(" -", "-") + ("z" if closed else "") if steps else ""
