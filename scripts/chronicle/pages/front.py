"""The front page: where the numbers stand, each claimant with its latest, and nothing said twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from chronicle.pages.cards import count, first_sentence
from chronicle.pages.figures import GivenFigure, MeasureTable

_CLAIMANTS = 3


@dataclass(frozen=True, slots=True)
class Stand:
    """The latest of one claimant: the different numbers that it gave for that day."""

    claimant: str
    as_of: str
    figures: tuple[GivenFigure, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A measure on the front page, with those claimants who spoke last."""

    slug: str
    name: str
    meaning: str
    stands: tuple[Stand, ...]
    more: str  # “and 4 more claimants”, or ""


def boards_of(tables: Iterable[MeasureTable]) -> tuple[Board, ...]:
    """The headline measures, in their order."""
    return tuple(_board(table) for table in tables if table.headline)


def _board(table: MeasureTable) -> Board:
    by_day = groupby(table.latest, key=lambda figure: figure.day)
    stands = tuple(stand for _, found in by_day for stand in _stands(tuple(found)))
    left = len(stands) - _CLAIMANTS
    more = f"and {count(left, 'more claimant')}" if left > 0 else ""
    return Board(table.slug, table.name, first_sentence(table.meaning), stands[:_CLAIMANTS], more)


def _stands(figures: tuple[GivenFigure, ...]) -> Iterable[Stand]:
    """The figures of one day by claimant; a number that several pages tell is shown once, as on the first of them."""
    for claimant in dict.fromkeys(figure.claimant for figure in figures):
        given = {figure.value: figure for figure in figures if figure.claimant == claimant}
        yield Stand(claimant, next(iter(given.values())).as_of, tuple(given.values()))
