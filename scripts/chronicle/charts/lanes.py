"""Lanes: which row of its lane each mark of the timeline stands in, so that none lies on another."""

from collections.abc import Iterable

Extent = tuple[float, float]  # from left to right, in pixels
MOST_ROWS = 8
_GAP = 1.5


def rows_of(extents: Iterable[Extent]) -> tuple[int, ...]:
    """For each of these extents, sorted by their left ends, the first row with room for it.

    When every row is taken it stands in the one that is free soonest: a crowded lane overlaps rather than grow for ever.
    """
    ends: list[float] = []
    rows = []
    for left, right in extents:
        row = next((number for number, end in enumerate(ends) if end + _GAP <= left), len(ends))
        if row == MOST_ROWS:
            row = min(range(MOST_ROWS), key=ends.__getitem__)
        ends[row : row + 1] = [right]
        rows.append(row)
    return tuple(rows)
