"""The figures: for each measure, who gave which number for which day; never merged, never averaged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chronicle.dates import day_short
from chronicle.model import Chronology, Event, Figure
from chronicle.pages.event import Name, names_of


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """One number as somebody gave it, with the event on whose page it stands."""

    value: str
    by: Name | None
    as_of: str
    day: date
    note: str
    event: Name
    number: int  # the figure’s number on that page
    latest: bool  # whether it is the latest of its claimant


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


def _given(figures: Iterable[tuple[Event, int, Figure]], chronology: Chronology) -> tuple[GivenFigure, ...]:
    ordered = sorted(figures, key=lambda given: (given[2].as_of, given[0].order, given[1]))
    last_day_of = {figure.by: figure.as_of for _, _, figure in ordered}
    return tuple(
        GivenFigure(
            value=figure.value.words(),
            by=names_of([figure.by], chronology.actors)[0] if figure.by else None,
            as_of=day_short(figure.as_of),
            day=figure.as_of,
            note=figure.note or "",
            event=Name(event.slug, event.title),
            number=number,
            latest=last_day_of[figure.by] == figure.as_of,
        )
        for event, number, figure in ordered
    )
