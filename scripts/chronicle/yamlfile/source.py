"""The text of a file, by lines as YAML counts them."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from chronicle.problems import Problem, Severity

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Source:
    """The text of a file, by lines as YAML counts them."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; the first of them has the number 1."""
        return LINE_END.split(self.text)

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line begins in the text."""
        return [0, *(line_end.end() for line_end in LINE_END.finditer(self.text))]

    @cached_property
    def _end(self) -> int:
        return len(self.text.rstrip(" \t\r\n"))

    def line(self, number: int) -> str:
        """The line of that number, counted from 1, without its end."""
        return self.lines[number - 1]

    def place_at(self, index: int) -> tuple[int, int]:
        """Line and column, counted from 1, of a place in the text."""
        line = bisect_right(self.line_starts, index)
        return line, index - self.line_starts[line - 1] + 1

    def problem(self, index: int, what: str, mend: str, severity: Severity = Severity.ERROR) -> Problem:
        """A problem at a place in the text, at the latest where the text ends."""
        line, column = self.place_at(min(index, self._end))
        return Problem(self.path, line, column, what, mend, severity, self.line(line))
