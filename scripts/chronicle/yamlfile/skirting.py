"""Reads on behind a fault that keeps a file from being read, so that one such fault does not hide the others."""

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, takewhile
from typing import Final

from chronicle.problems import Problem, Severity, sort_problems
from chronicle.yamlfile import faults
from chronicle.yamlfile.reading import YamlFile, read_yaml
from chronicle.yamlfile.source import LINE_END

_MOST: Final = 20  # times that a file is read again: whoever mends so much looks again
_OF_THE_WHOLE: Final = (faults.EMPTY_FILE.what, faults.NO_MAPPING.what)  # no line can be left out that would mend it
_LINE: Final = re.compile("(?P<indent>[ -]*)(?P<key>[^\\W\\d][\\w-]*)?(?P<colon> *[:\uff1a])?(?P<rest>.*)")
_PAIR_WITH_TAB: Final = re.compile(r"\s*[\w-]+: +[^\s|>].*")


def read_around(path: str, content: bytes) -> tuple[YamlFile | None, tuple[Problem, ...]]:
    """The same as `read_yaml`; but where nothing can be made of the text, without the values and lines that are at fault.

    The numbers of these are in `aside`. It is for examining the rest only: of what stood there, nothing is known.
    """
    file, problems = read_yaml(path, content)
    lines = LINE_END.split(content.removeprefix(BOM_UTF8).decode(errors="replace"))
    told_at: dict[int, tuple[Problem, ...]] = {}  # by the lines that are left out
    torn: frozenset[int] = frozenset()
    for _ in range(_MOST):
        faulty = _find_faulty(problems, told_at) or _find_above(problems, told_at, lines)
        if file or not faulty:
            break
        # What was told further down came of it: a quotation mark that is not closed ends where the next one begins.
        came_of_it = {line for line in told_at if line > min(faulty) and any(faulty.values())}
        told_at = {line: told for line, told in told_at.items() if line not in came_of_it} | faulty
        text, torn = _leave_out(lines, told_at)
        file, problems = read_yaml(path, text.encode())
    told = (*(problem for problem in problems if problem.line not in told_at), *chain(*told_at.values()))
    return file and replace(file, aside=frozenset(told_at), torn=torn), sort_problems(told)


def _find_faulty(problems: Sequence[Problem], left_out: Collection[int]) -> dict[int, tuple[Problem, ...]]:
    """The lines at fault that are not left out yet, each with all that is told of it."""
    lines = [problem.line for problem in problems if _is_at_line(problem) and problem.line not in left_out]
    return {line: tuple(problem for problem in problems if problem.line == line) for line in lines}


def _is_at_line(problem: Problem) -> bool:
    is_error = problem.severity is Severity.ERROR
    return is_error and bool(problem.excerpt.strip()) and problem.what not in _OF_THE_WHOLE


def _find_above(
    problems: Sequence[Problem], left_out: Collection[int], lines: Sequence[str]
) -> dict[int, tuple[Problem, ...]]:
    """The line above a key that was left out in vain, for the colon may be lacking there; nothing is told of it."""
    out_of_place = [problem.line for problem in problems if problem.what == faults.KEY_OUT_OF_PLACE]
    above = max((at for at in range(1, max(out_of_place, default=1)) if lines[at - 1].strip()), default=0)
    return {above: ()} if above and above not in left_out else {}


def _leave_out(lines: Sequence[str], told_at: Mapping[int, Sequence[Problem]]) -> tuple[str, frozenset[int]]:
    """The text with nothing but a key in each of these lines, if one begins it, and without what goes on below; every
    line keeps its number. Those of which nobody can tell what they were are the second answer.
    """
    left, torn = list(lines), set()
    for number, told in told_at.items():
        found = _LINE.match(lines[number - 1])
        assert found  # any line matches
        left[number - 1] = f"{found['indent']}{found['key']}:" if found["key"] else ""
        below = _count_below(found, lines[number:])
        if found["key"] and not found["colon"] and not found["rest"] and below:
            continue  # a key with its group, and only its colon is lacking
        left[number : number + below] = [""] * below
        if not (told and found["key"] and found["colon"]):
            torn.add(number)
    return "\n".join(left), frozenset(torn)


def _count_below(found: re.Match[str], lines: Iterable[str]) -> int:
    """How many of the lines below belong to a line, as far as its blanks tell; none to one that has all of its value."""
    if not found["key"] and _PAIR_WITH_TAB.fullmatch(found["rest"]):
        return 0
    deeper = " " * (len(found["indent"]) + 1)
    return len(tuple(takewhile(lambda line: line.startswith(deeper) or not line.strip(), lines)))
