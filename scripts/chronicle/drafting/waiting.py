"""Drafts that wait beside the events: what each still lacks, and where it goes once it lacks nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from pydantic_core import PydanticCustomError

from chronicle.drafting.drafts import Draft, examine
from chronicle.load import ACTORS, EVENTS, FOLDER, MARK_LEFT, PLACES, SETTING, Loaded
from chronicle.model import Event
from chronicle.model.scalars import read_edtf
from chronicle.problems import Problem, Severity, make_visible, mute_commands
from chronicle.yamlfile import Plain, Route, YamlFile, read_yaml

DRAFTS: Final = f"{FOLDER}/drafts"
"""Where drafts wait; nothing here is published."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits.

    `goal` is the path of the entry that it will be, `lacks` says in words what is not written yet, `marked` are the
    lines with a mark that nobody has deleted, `alike` are events that tell perhaps the same.
    """

    path: str
    goal: str
    lacks: tuple[str, ...]
    marked: tuple[int, ...]
    problems: tuple[Problem, ...]
    alike: tuple[Event, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it can be moved to where it belongs."""
        return not self.lacks and not self.marked and not any(map(_is_error, self.problems))


def find_drafts(folder: Path) -> tuple[Path, ...]:
    """The drafts in a folder and the folders within it; a file is taken for a draft itself."""
    return (folder,) if folder.is_file() else tuple(sorted(folder.rglob("[!.]*.yml")))


def is_published(file: Path, root: Path) -> bool:
    """Whether a file stands among the entries of the project `root`, or is one of those on which they rest."""
    path = _path_in(file, root)
    return path.startswith(f"{EVENTS}/") or path in (SETTING, ACTORS, PLACES)


def read_waiting(files: Iterable[Path], loaded: Loaded, root: Path) -> tuple[Waiting, ...]:
    """What each draft lacks; one that lacks nothing is checked as if it stood among the events of the project `root`."""
    read = {path: read_yaml(path, content) for path, content in _contents(files, root)}
    goals = {path: _goal(path, file) for path, (file, _) in read.items()}
    clashes = {path: tuple(_find_clash(path, goals, root)) for path in goals}
    texts = {goals[path]: file.text for path, (file, _) in read.items() if file and not clashes[path]}
    drafts = {draft.path: draft for draft in examine(texts, loaded, root)}
    return tuple(
        _take(path, goals[path], file, None if clashes[path] else drafts.get(goals[path]), (*problems, *clashes[path]))
        for path, (file, problems) in read.items()
    )


def format_waiting(waiting: Sequence[Waiting]) -> str:
    """What the drafts lack, for a terminal: a paragraph for each, and how many there are; problems are told elsewhere."""
    complete = sum(draft.is_complete for draft in waiting)
    number = f"{len(waiting):,} {'draft' if len(waiting) == 1 else 'drafts'}, {complete:,} complete"
    return mute_commands(
        "\n".join([*(make_visible(line) for draft in waiting for line in _describe(draft)), "", number])
    )


def _describe(draft: Waiting) -> Iterator[str]:
    yield draft.path
    for at, lack in enumerate(draft.lacks):
        yield f"{'      lacks ' if at == 0 else '            '}{lack}"
    if draft.marked:
        lines = ", ".join(map(str, draft.marked))
        yield f"      has a mark to be deleted in {'line' if len(draft.marked) == 1 else 'lines'} {lines}"
    for event in draft.alike:
        yield f"      may tell what is told already: {event.date.short()}  {event.title}  ({event.path})"
    if draft.is_complete:
        yield f"      is complete: move it to {draft.goal}"


def _contents(files: Iterable[Path], root: Path) -> Iterator[tuple[str, bytes]]:
    return ((_path_in(file, root), file.read_bytes()) for file in files)


def _find_clash(path: str, goals: Mapping[str, str], root: Path) -> Iterator[Problem]:
    """A draft cannot go where an entry is, or where an earlier draft goes."""
    other = next(earlier for earlier, goal in goals.items() if goal == goals[path])
    if (root / goals[path]).exists() or other != path:
        taken = other if other != path else goals[path]
        mend = "If both tell the same event, delete one; if not, give this file another name."
        yield Problem(path, 0, 0, f"its name is that of {taken}", mend)


def _take(path: str, goal: str, file: YamlFile | None, draft: Draft | None, unread: Sequence[Problem]) -> Waiting:
    """What is to be told of a draft; one that is not examined, because it cannot be read or placed, has problems `unread`."""
    if file is None or draft is None:
        return Waiting(path, goal, (), (), tuple(unread), ())
    empty = tuple(_empty_routes(file.data, ()))
    lines = {file.place_of_key(route)[0] for route in empty}
    marked = (problem.line for problem in draft.problems if problem.what == MARK_LEFT)
    places = {file.place(route) for route in empty}
    problems = (
        replace(problem, path=path) if problem.path == goal else problem
        for problem in draft.problems
        if problem.what != MARK_LEFT and (problem.path != goal or (problem.line, problem.column) not in places)
    )
    return Waiting(
        path,
        goal,
        tuple(_say(empty)),
        tuple(line for line in marked if line not in lines),
        tuple(problems),
        draft.alike,
    )


def _empty_routes(value: Plain, route: Route) -> Iterator[Route]:
    """The way to every value that is not written."""
    if value is None:
        yield route
    parts: Iterable[tuple[str | int, Plain]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for part, inner in parts:
        yield from _empty_routes(inner, (*route, part))


def _say(routes: Iterable[Route]) -> Iterator[str]:
    """What is not written, in words: “`kind`, `topics`”, “`title`, `type` of the source `gazette`”."""
    for around, group in groupby(sorted(routes, key=lambda route: len(route) > 1), key=lambda route: route[:-1]):
        yield ", ".join(f"`{route[-1]}`" for route in group) + _say_place(around)


def _say_place(around: Route) -> str:
    match around:
        case ():
            return ""
        case ("claims" | "figures" as part, int(number)):
            return f" of {part[:-1]} {number + 1}"
        case ("sources", handle):
            return f" of the source `{handle}`"
    return f" of {'.'.join(map(str, around))}"


def _goal(path: str, file: YamlFile | None) -> str:
    """Where the draft goes: the folder for the year of its date, or of the folder it is in where there is no date."""
    folder = Path(path).parent.name
    try:
        date = read_edtf(file.data.get("date")) if file else None
    except PydanticCustomError:
        date = None
    day = (date.earliest or date.latest) if date else None
    return f"{EVENTS}/{day.year if day else folder}/{Path(path).name}"


def _path_in(file: Path, root: Path) -> str:
    """The path as a person would write it: from the project on, if it is within."""
    full, project = file.resolve(), root.resolve()
    return full.relative_to(project).as_posix() if full.is_relative_to(project) else file.as_posix()


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR
