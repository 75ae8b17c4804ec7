"""The drawings: events on a line of time, figures by day and claimant, places on a map; each is the text of one SVG.

They are fluid: across, everything stands at a percentage of the width; up and down, at a number of pixels. So one
drawing serves a phone and a wide screen with letters of the same size, and to zoom is to make it wider. Colours are
not in it: the style sheet gives them to its classes, in light and dark.
"""

from chronicle.charts.numbers import Point, choose_sign, draw_figures, draw_sign
from chronicle.charts.places import SIGNS, Map, Spot, draw_locator, draw_maps
from chronicle.charts.timeline import Lane, Mark, Timeline, draw_timeline

__all__ = [
    "SIGNS",
    "Lane",
    "Map",
    "Mark",
    "Point",
    "Spot",
    "Timeline",
    "choose_sign",
    "draw_figures",
    "draw_locator",
    "draw_maps",
    "draw_sign",
    "draw_timeline",
]
