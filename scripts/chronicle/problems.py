"""What a contributor got wrong: where it stands, what it is and how to mend it, for people and for GitHub."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType

_INDENT = " " * 6
_LONGEST_LINE = 120
_MOST_NEAR = 3
_MOST_ALIKE = 10  # more warnings than these with one mend are told by one of them and a number
_ANNOTATION_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_ESCAPES = str.maketrans({":": "%3A", ",": "%2C"})


class Severity(StrEnum):
    """An error fails the build; a warning is listed and counted."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    `path` is relative to the project, with forward slashes. `line` and `column` count from 1, the column in
    characters; line 0 means the file as a whole. `what` and `mend` are sentences that need no knowledge of
    programming. `excerpt` is the whole line of the file. None of the texts need be safe to print: the
    functions below see to that.
    """

    path: str
    line: int
    column: int
    what: str
    mend: str
    severity: Severity = Severity.ERROR
    excerpt: str = ""


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put problems in the order of their places and leave out those that are there twice."""
    order = attrgetter("path", "line", "column", "severity", "what", "mend")
    return tuple(sorted(dict.fromkeys(problems), key=order))


def format_problems(problems: Iterable[Problem], *, every_warning: bool = False) -> str:
    """Write problems for a terminal, each with its line and a caret, then their number.

    The errors stand last, where they are seen first; warnings that very many share are folded unless `every_warning`
    is asked for. Whatever an entry says, GitHub finds no workflow command in the text: those begin with `::` or hold `##[`.
    """
    ordered = sort_problems(problems)
    if not ordered:
        return "No problems."
    warnings = [problem for problem in ordered if problem.severity is Severity.WARNING]
    errors = [problem for problem in ordered if problem.severity is Severity.ERROR]
    told = map(_format_problem, warnings) if every_warning else _fold(warnings)
    return mute_commands("\n".join([*told, *map(_format_problem, errors), "", _count_problems(ordered)]))


def format_annotation(problem: Problem) -> str:
    """Write a problem as a GitHub workflow command, which shows it beside the line of a pull request.

    Escapes as in GitHub's "Workflow commands for GitHub Actions".
    """
    place = {"line": problem.line, "col": problem.column} if problem.line else {}
    properties = {"file": problem.path, **place, "title": problem.what}
    listed = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_escape_annotation(problem.mend or problem.what)}"


def mute_commands(text: str) -> str:
    """Put look-alikes of the same width in place of the signs by which GitHub knows a workflow command."""
    return text.replace("::", "꞉꞉").replace("##[", "♯♯[")


def make_visible(text: str) -> str:
    r"""Write whatever could move the cursor or hide text (tabs, terminal codes, bidi marks …) like `\x1b`."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def suggest(word: str, known: Iterable[str], names: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:
    """Ask whether the known word nearest to `word` was meant, whatever the case; "" when none is near.

    `names` are further names of the known words. Those of whose name it is a part, as a surname is, are asked for before
    the one that is spelt like it. The question ends with a blank, so that another sentence can follow.
    """
    spelt = {name.casefold(): each for each in sorted(known) for name in (each, *names.get(each, ()))}
    said = word[:_LONGEST_LINE].casefold()
    near = [said] if said in spelt else [name for name in spelt if is_part(said, name)]
    near = near or difflib.get_close_matches(said, spelt, n=1, cutoff=0.75)
    meant = list(dict.fromkeys(f"`{spelt[name]}`" for name in near))[:_MOST_NEAR]
    return f"Did you mean {join_choices(meant)}? " if meant else ""


def is_part(word: str, name: str) -> bool:
    """Whether one or some of the words of a name are meant: a surname, a ship without its class; whatever the case."""
    said, whole = (" ".join(re.split(r"[\s-]+", text.casefold().strip())) for text in (word, name))
    return bool(said) and f" {said} " in f" {whole} "


def join_choices(words: Sequence[str]) -> str:
    """“a”, “a or b”, “a, b or c”."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _fold(warnings: Sequence[Problem]) -> Iterator[str]:
    """Write warnings; of very many that are mended in one way, only the first and how many more there are."""
    alike_by_mend: dict[str, list[Problem]] = {}
    for warning in warnings:
        alike_by_mend.setdefault(warning.mend, []).append(warning)
    for warning in warnings:
        first, *others = alike_by_mend[warning.mend]
        if len(others) < _MOST_ALIKE:
            yield _format_problem(warning)
        elif warning is first:
            yield _format_problem(warning)
            yield f"{_INDENT}And {len(others):,} more like this one: `chronicle check --warnings` lists them."


def _format_problem(problem: Problem) -> str:
    place = f":{problem.line}:{problem.column}" if problem.line else ""
    warning = "warning: " if problem.severity is Severity.WARNING else ""
    heading = f"{make_visible(problem.path)}{place}: {warning}{make_visible(problem.what)}"
    mend = make_visible(problem.mend)
    if not problem.excerpt:
        return "\n".join([heading, _INDENT + mend] if mend else [heading])
    shown, caret = _show_excerpt(problem.excerpt, problem.column - 1)
    return "\n".join([heading, _INDENT + shown, f"{_INDENT}{' ' * caret}^ {mend}".rstrip()])


def _show_excerpt(excerpt: str, at: int) -> tuple[str, int]:
    """Return the line without indentation, cut if long, and the number of columns before `excerpt[at]`."""
    at = max(0, min(at, len(excerpt)))
    indentation = next((blanks for blanks, sign in enumerate(excerpt) if sign != " "), len(excerpt))
    first, last = indentation, len(excerpt)
    if last - first > _LONGEST_LINE:
        first, last = max(first, at - _LONGEST_LINE // 2), min(last, at + _LONGEST_LINE // 2)
    before = ("…" if first > indentation else "") + make_visible(excerpt[first:at])
    after = make_visible(excerpt[at:last]) + ("…" if last < len(excerpt) else "")
    return before + after, sum(map(_measure_width, before))


def _measure_width(sign: str) -> int:
    """Tell how many terminal columns a character takes (Unicode Standard Annex 11)."""
    joins_the_one_before = unicodedata.category(sign) in ("Mn", "Me") or "\u1160" <= sign <= "\u11ff"
    return 0 if joins_the_one_before else 1 + (unicodedata.east_asian_width(sign) in "WF")


def _count_problems(problems: tuple[Problem, ...]) -> str:
    severities = [problem.severity for problem in problems]
    counts = [_count(severities.count(severity), severity) for severity in Severity if severity in severities]
    return f"{', '.join(counts)} in {_count(len({problem.path for problem in problems}), 'file')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _escape_annotation(text: str) -> str:
    return make_visible(text.translate(_ANNOTATION_ESCAPES))


def _escape_property(text: str) -> str:
    return _escape_annotation(text).translate(_PROPERTY_ESCAPES)
