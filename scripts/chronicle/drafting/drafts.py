"""Drafts: entries that are not yet files among the events; how they are examined, and how they become files."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from chronicle.check import WHOLE_CHECKS, check_event, check_rests
from chronicle.check.repeats import find_likely_duplicates
from chronicle.check.whole import take_whole
from chronicle.load import Loaded, read_event
from chronicle.load.findings import Finding, locate
from chronicle.load.rest import Rest
from chronicle.model import Chronology, Event
from chronicle.model.likeness import clean_address, likely_duplicates
from chronicle.problems import Problem, Severity, sort_problems
from chronicle.yamlfile import read_around

MODELINE: Final = "# yaml-language-server: $schema=../../../schema/event.json"
"""The first line of an entry, from which editors know its keys."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is not yet a file: its path in the project, its text, its problems, and the events that it may repeat."""

    path: str
    text: str
    problems: tuple[Problem, ...] = ()
    alike: tuple[Event, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether it may become a file among the events."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def examine(text_by_path: Mapping[str, str], loaded: Loaded, root: Path) -> tuple[Draft, ...]:
    """The drafts, examined by the loader and the checks as if they stood at these paths of the project `root`.

    `loaded` is what the project holds. Of the problems only those are told that come with the drafts; what comes up in
    another file is told with the first of them. Nothing is written.
    """
    files = {path: read_event(path, text.encode()) for path, text in text_by_path.items()}
    events = {path: file.event for path, file in files.items() if file.event}
    rests = tuple(file.rest for file in files.values() if file.rest)
    found = tuple(_new_findings(loaded, tuple(events.values()), rests))
    elsewhere = locate((finding for finding in found if finding.path not in files), root)
    drafts: list[Draft] = []
    for path, text in text_by_path.items():
        here = _locate((finding for finding in found if finding.path == path), path, text)
        problems = sort_problems((*files[path].problems, *here, *(elsewhere if not drafts else ())))
        drafts.append(Draft(path, text, problems, tuple(_alike(events.get(path), loaded.chronology))))
    return tuple(drafts)


def save_drafts(drafts: Sequence[Draft], root: Path) -> None:
    """Writes the drafts as new files, all of them or none; raises FileExistsError where a file stands already.

    All are written out of sight first, so each is whole as soon as it can be seen. Where something goes wrong midway (a
    disk that is full, say), what was laid down is taken back, with the folders that were made for it.
    """
    paths = [root / draft.path for draft in drafts]
    with TemporaryDirectory(dir=_nearest_folder(paths, root), prefix=".drafts-") as beside:
        copies = [Path(beside, str(number)) for number in range(len(drafts))]
        for copy, draft in zip(copies, drafts, strict=True):
            copy.write_text(draft.text, encoding="utf-8", newline="\n")
        _lay_down(copies, paths)


def _nearest_folder(paths: Sequence[Path], root: Path) -> Path:
    """The nearest folder around all of these that is there."""
    around = Path(os.path.commonpath([path.parent for path in paths])) if paths else root
    return next(folder for folder in (around, *around.parents) if folder.is_dir())


def _lay_down(copies: Sequence[Path], paths: Sequence[Path]) -> None:
    made: list[Path] = []
    try:
        for copy, path in zip(copies, paths, strict=True):
            for folder in reversed([folder for folder in path.parents if not folder.is_dir()]):
                folder.mkdir()
                made.append(folder)
            os.link(copy, path)  # unlike a renaming, a link never takes the place of a file
            made.append(path)
    except BaseException:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink()
        raise


def _new_findings(loaded: Loaded, drafted: Sequence[Event], rests: Sequence[Rest]) -> Iterator[Finding]:
    """What the checks find with the drafts and do not find without them; what they may repeat is told in another way."""
    chronology, whole = loaded.chronology, take_whole(loaded)
    if chronology is None or whole is None:
        return
    yield from check_rests(rests, whole)
    if not drafted:
        return
    for event in drafted:
        yield from check_event(event, chronology.setting.rules)
    events = tuple(sorted((*chronology.events, *drafted), key=lambda each: each.order))
    together = Chronology.model_construct(**{**dict(chronology), "events": events})
    known = set(_find_in_whole(loaded))
    yield from (finding for finding in _find_in_whole(replace(loaded, chronology=together)) if finding not in known)


def _find_in_whole(loaded: Loaded) -> Iterator[Finding]:
    whole = take_whole(loaded)
    checks = (find for find in WHOLE_CHECKS if find is not find_likely_duplicates)
    return (finding for find in checks for finding in find(whole)) if whole else iter(())


def _locate(findings: Iterable[Finding], path: str, text: str) -> Iterator[Problem]:
    """The findings as problems, though the file at `path` is not there yet."""
    file, _ = read_around(path, text.encode())
    return (finding.problem(file) for finding in findings if file)


def _alike(event: Event | None, chronology: Chronology | None) -> Iterator[Event]:
    """Events of about that day with a title like that, and all that rest on the same address."""
    if event is None or chronology is None:
        return
    alike = {other.slug for other in likely_duplicates(event, chronology)}
    addresses = {clean_address(source.url) for source in event.sources.values()}
    for other in chronology.events:
        if other.slug in alike or any(clean_address(source.url) in addresses for source in other.sources.values()):
            yield other
