"""The figures: for each measure, who gave which number for which day; never merged, never averaged."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from chronicle.charts import Point, choose_sign, draw_figures, draw_sign
from chronicle.dates import day_short
from chronicle.model import Chronology, Event, Figure
from chronicle.model.scalars import Quantity
from chronicle.pages.event import Name, names_of

NOBODY = "the sources"  # who gives a number that the sources give in their own voice


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """One number as somebody gave it, with the event on whose page it stands."""

    quantity: Quantity
    by: Name | None
    day: date
    note: str
    event: Name
    number: int  # the figure’s number on that page
    latest: bool  # whether it is the latest of its claimant

    @property
    def value(self) -> str:
        """The number for readers: “about 11,000 to 13,000”."""
        return self.quantity.words()

    @property
    def as_of(self) -> str:
        """Its day for readers."""
        return day_short(self.day)

    @property
    def claimant(self) -> str:
        """Who gave it, for readers."""
        return self.by.label if self.by else NOBODY


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """Everything given for one measure, oldest first."""

    slug: str
    name: str
    meaning: str
    headline: bool
    figures: tuple[GivenFigure, ...]

    @property
    def latest(self) -> tuple[GivenFigure, ...]:
        """The latest number of each claimant, newest first."""
        return tuple(figure for figure in reversed(self.figures) if figure.latest)


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who gives numbers for one measure, with the sign that stands for them in its drawing; the newest number last."""

    by: Name | None
    sign: Markup
    figures: tuple[GivenFigure, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure as the page of figures shows it."""

    table: MeasureTable
    drawing: Markup
    claimants: tuple[Claimant, ...]  # whoever spoke last comes first


def measure_tables(chronology: Chronology) -> tuple[MeasureTable, ...]:
    """A table for each measure of chronology.yml, in its order, those without figures left out."""
    given = [(event, number, figure) for event in chronology.events for number, figure in enumerate(event.figures, 1)]
    tables = (
        MeasureTable(
            slug, term.name, term.meaning, term.headline, _given((g for g in given if g[2].measure == slug), chronology)
        )
        for slug, term in chronology.setting.measures.items()
    )
    return tuple(table for table in tables if table.figures)


def measure_panels(
    tables: Iterable[MeasureTable], known: Mapping[tuple[str, int], str], root: str
) -> tuple[Panel, ...]:
    """The measures as they are drawn, headlines first, all on one scale of time.

    `known` has for each figure, by event and number, the day since which it was public; a claimant has the same sign in all.
    """
    ordered = sorted(tables, key=lambda table: not table.headline)
    hand = _Hand(tuple(ordered), known, root)
    return tuple(hand.panel(table) for table in ordered)


@dataclass(frozen=True)
class _Hand:
    """What draws the panels: everything that they share."""

    tables: tuple[MeasureTable, ...]
    known: Mapping[tuple[str, int], str]
    root: str

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(figure.day for table in self.tables for figure in table.figures)

    @cached_property
    def signs(self) -> Mapping[str, int]:
        """The sign of each claimant, as unlike as can be to those of all who stand beside it in a drawing.

        Those who speak of the headlines choose first, and whoever speaks most before others.
        """
        said = Counter((figure.claimant, table.headline) for table in self.tables for figure in table.figures)
        names = {name for name, _ in said}
        beside = [{figure.claimant for figure in table.figures} for table in self.tables]
        signs: dict[str, int] = {}
        for name in sorted(names, key=lambda name: (-said[name, True], -said[name, False], name)):
            near = set[str]().union(*(others for others in beside if name in others))
            signs[name] = choose_sign(
                tuple(sign for other, sign in signs.items() if other in near), tuple(signs.values())
            )
        return signs

    def panel(self, table: MeasureTable) -> Panel:
        points = (self.point(figure) for figure in table.figures)
        claimants = (self.claimant(figure, table) for figure in table.latest)
        first = {claimant.by: claimant for claimant in reversed(tuple(claimants))}
        return Panel(table, Markup(draw_figures(points, self.days, table.name)), tuple(reversed(first.values())))

    def claimant(self, latest: GivenFigure, table: MeasureTable) -> Claimant:
        sign = Markup(draw_sign(self.signs[latest.claimant]))
        return Claimant(latest.by, sign, tuple(figure for figure in table.figures if figure.by == latest.by))

    def point(self, figure: GivenFigure) -> Point:
        told = (f"{figure.claimant}: {figure.value}, as of {figure.as_of}", figure.note.removesuffix("."))
        return Point(
            href=f"{self.root}events/{figure.event.slug}/#figure-{figure.number}",
            name=". ".join(part for part in told if part),
            label=figure.claimant,
            sign=self.signs[figure.claimant],
            day=figure.day,
            low=figure.quantity.low,
            high=figure.quantity.high,
            bound=figure.quantity.bound,
            value=figure.value,
            known=self.known[figure.event.slug, figure.number],
        )


def _given(figures: Iterable[tuple[Event, int, Figure]], chronology: Chronology) -> tuple[GivenFigure, ...]:
    ordered = sorted(figures, key=lambda given: (given[2].as_of, given[0].order, given[1]))
    last_day_of = {figure.by: figure.as_of for _, _, figure in ordered}
    return tuple(
        GivenFigure(
            quantity=figure.value,
            by=names_of([figure.by], chronology.actors)[0] if figure.by else None,
            day=figure.as_of,
            note=figure.note or "",
            event=Name(event.slug, event.title),
            number=number,
            latest=last_day_of[figure.by] == figure.as_of,
        )
        for event, number, figure in ordered
    )
