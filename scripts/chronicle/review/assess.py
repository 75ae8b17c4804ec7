"""A review: what a change to the chronology means, and what must be mended before it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chronicle.problems import Problem
from chronicle.review.comparison import Comparison, compare
from chronicle.review.rule import find_problems
from chronicle.review.states import State, read_states


@dataclass(frozen=True, slots=True)
class Review:
    """Two states compared; each of the `problems` with the words of the correction that it asks for, or "".

    `asked` are the states as they were named, `today` is the day that is proposed for corrections.
    """

    asked: str
    today: date
    before: State
    after: State
    comparison: Comparison
    problems: Mapping[Problem, str]


def review(asked: str, root: Path, today: date) -> Review:
    """Compares the two states that `asked` names: `A..B`, `A...B`, or `A` and the files as they stand on the disk.

    Raises RevisionError where git does not know what is asked for, UnreadableError where the later state cannot be read.
    """
    before, after = read_states(asked, root)
    comparison = compare(before, after)
    return Review(asked, today, before, after, comparison, find_problems(comparison, before, after, today))
