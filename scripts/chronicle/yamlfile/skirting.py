"""Reads on behind a fault that keeps a file from being read, so that one such fault does not hide the others."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, takewhile
from typing import Final

from chronicle.problems import Problem, Severity, sort_problems
from chronicle.yamlfile.reading import YamlFile, read_yaml

_MOST: Final = 20  # faults of this sort in one file: whoever mends so many looks again
_VALUE: Final = re.compile(r"(?P<key>(?P<indent>[ -]*)[^\W\d][\w-]*[ ]*):.*")


def read_around(path: str, content: bytes) -> tuple[YamlFile | None, tuple[Problem, ...]]:
    """The same as `read_yaml`; but where nothing can be made of the text, without the values that are at fault.

    The lines of these are in `aside`. It is for examining the rest only: of what stood there, nothing is known.
    """
    file, problems = read_yaml(path, content)
    told_at: dict[int, tuple[Problem, ...]] = {}  # by the lines whose values are left out
    for _ in range(_MOST):
        at = next((problem.line for problem in problems if _is_at_value(problem) and problem.line not in told_at), 0)
        if file or not at:
            break
        # What was told further down came of it: a quotation mark that is not closed ends where the next one begins.
        told_at = {line: told for line, told in told_at.items() if line < at}
        told_at[at] = tuple(problem for problem in problems if problem.line == at)
        file, problems = read_yaml(path, _leave_out(content.decode(errors="replace"), told_at).encode())
    told = (*(problem for problem in problems if problem.line not in told_at), *chain(*told_at.values()))
    return file and replace(file, aside=frozenset(told_at)), sort_problems(told)


def _is_at_value(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR and _VALUE.fullmatch(problem.excerpt) is not None


def _leave_out(text: str, at: Iterable[int]) -> str:
    """The text without the values in these lines, also where they go on below; every line keeps its number."""
    lines = text.split("\n")
    for number in at:
        if found := _VALUE.fullmatch(lines[number - 1].rstrip("\r")):
            lines[number - 1] = f"{found['key']}:"
            below = _count_deeper(lines[number:], " " * (len(found["indent"]) + 1))
            lines[number : number + below] = [""] * below
    return "\n".join(lines)


def _count_deeper(lines: Iterable[str], indent: str) -> int:
    return len(tuple(takewhile(lambda line: line.startswith(indent) or not line.strip(), lines)))
