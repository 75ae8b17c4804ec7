"""Columns: what the drawing of the timeline shows at first where it has more marks than an eye, or a browser, tells apart.

Each counts the events of some months in one lane, and holds their marks, which take its place when the zoom makes room.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chronicle.charts.scale import Stretch
from chronicle.charts.svg import Value, make, percent
from chronicle.model import Certainty

MANY = 600  # marks; with more of them the drawing begins as columns
NARROWEST = 8  # pixels
TALLEST = 112  # pixels
_GAP = 0.001


@dataclass(frozen=True, slots=True)
class Column:
    """The months that it counts, the certainty of each of their events, and the page that tells of them."""

    stretch: Stretch
    certainties: tuple[str, ...]
    href: str

    @property
    def name(self) -> str:
        """“March 1998: 14 events”."""
        number = len(self.certainties)
        return f"{self.stretch.name}: {number} event{'s' * (number != 1)}"


def draw_column(column: Column, floor: float, unit: float, marks: Iterable[Element]) -> Element:
    """A bar for each certainty, one on the other over `floor`, `unit` pixels an event; and the marks of these events."""
    numbers = Counter(column.certainties)
    start, end = column.stretch.start, column.stretch.end
    across: dict[str, Value] = {"x": percent(start), "width": percent(end - start - _GAP)}
    bars, top = [], floor
    for word in Certainty:
        height = unit * numbers[word]
        top -= height
        bars.append(make("rect", {"class_": f"bar bar--{word}", **across, "y": top, "height": height}))
    return make(
        "g",
        {"class_": "cell"},
        make("a", {"class_": "column", "href": column.href, "aria-label": column.name}, *bars),
        make("svg", {"class_": "cell-marks"}, *marks),  # browsers lay out a hidden <g>, but not a hidden <svg>
    )
