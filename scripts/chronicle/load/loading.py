"""Reads the YAML files of a chronology into its records, and collects everything that is wrong with them."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from chronicle.load.findings import Finding, findings_of
from chronicle.load.store import Signature, Store, signature_of
from chronicle.model import Actor, Chronology, Entry, Event, Place
from chronicle.model.records import Record
from chronicle.model.scalars import is_slug
from chronicle.model.setting import Setting
from chronicle.problems import Problem
from chronicle.yamlfile import Plain, YamlFile, read_yaml
from chronicle.yamlfile.faults import EMPTY_FILE

FOLDER = "chronology"
SETTING = f"{FOLDER}/chronology.yml"
ACTORS = f"{FOLDER}/actors.yml"
PLACES = f"{FOLDER}/places.yml"
EVENTS = f"{FOLDER}/events"
MARK_LEFT = "a mark of a draft stands here"
"""What is wrong with an entry in which a comment still says that something is missing, or to be looked at."""
_MARK = re.compile(r"(?:[^#].*  )?(?P<mark># (?:missing|check):)")
_BESIDE = re.compile(r"\..*|.*~|#.*#|.*\.(?:bak|orig|swp)")  # hidden files, and what editors lay beside a file

Read = TypeVar("Read", bound=Record)


@dataclass(frozen=True, slots=True)
class EventFile:
    """What one event file gave: its event, or None with the problems that say why; `digest` is that of its content."""

    event: Event | None
    problems: tuple[Problem, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: the chronology (None when chronology.yml cannot be read), what is wrong, the digest of every file by
    its path, and the names that exist but could not be read, so that nobody is told that they are unknown."""

    chronology: Chronology | None
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]
    unread: frozenset[str]


def load(root: Path, store: Store | None = None) -> Loaded:
    """Reads `root`/chronology; files that have not changed since the last time are taken from `store`.

    Never raises for what a contributor wrote: everything wrong is a problem. Records with an error are left out.
    """
    setting, setting_problems, digests = _read_setting(root)
    actors = _read_register(root, ACTORS, Actor)
    places = _read_register(root, PLACES, Place)
    paths, strays = _event_paths(root)
    files = _read_events(root, paths, store)
    events = sorted((file.event for file in files.values() if file.event), key=lambda event: event.order)
    chronology = None
    if setting:
        chronology = Chronology.model_construct(
            setting=setting, actors=actors.records, places=places.records, events=tuple(events)
        )
    told = (problem for file in files.values() for problem in file.problems)
    return Loaded(
        chronology,
        (*setting_problems, *actors.problems, *places.problems, *strays, *told),
        {**digests, **actors.digests, **places.digests, **{path: file.digest for path, file in files.items()}},
        actors.unread | places.unread | {Path(path).stem for path, file in files.items() if not file.event},
    )


def read_event(path: str, content: bytes) -> EventFile:
    """One event from the content of its file; `path` is relative to the project, and its last part gives the slug."""
    file, problems = read_yaml(path, content)
    entry, findings = _validate(Entry, file, ()) if file else (None, ())
    event = Event.model_construct(**dict(entry), slug=Path(path).stem, path=path) if entry else None
    if event and (year := event.year) and str(year) != Path(path).parent.name:
        findings = (_misplaced(event),)
    found = tuple(finding.problem(file) for finding in findings) if file else ()
    told = {problem.line for problem in found}
    marks = tuple(mark for mark in _find_marks(file) if mark.line not in told) if file else ()
    return EventFile(event, problems + found + marks, _digest(content))


def _find_marks(file: YamlFile) -> Iterator[Problem]:
    """Comments by which a draft asks for something: at the beginning of a line, or after a value and two blanks."""
    if "# missing:" not in file.text and "# check:" not in file.text:
        return
    for number, line in enumerate(file.text.split("\n"), 1):
        if found := _MARK.match(line):
            mend = "Do what it says, then delete it."
            yield Problem(file.path, number, found.start("mark") + 1, MARK_LEFT, mend, excerpt=line)


def _misplaced(event: Event) -> Finding:
    folder = f"{EVENTS}/{event.year}/"
    mend = f"Move the file to {folder}, or mend the date."
    return Finding(event.path, ("date",), "`date`: the year is not that of the folder", mend)


def _validate(record: type[Read], file: YamlFile, route: tuple[str, ...]) -> tuple[Read | None, tuple[Finding, ...]]:
    """The record that stands at `route` of a file, or what is wrong with it."""
    value: Plain = file.data
    for key in route:
        value = value[key] if isinstance(value, dict) else None
    try:
        return record.model_validate(value), ()
    except ValidationError as error:
        return None, tuple(findings_of(error, record, file, route))


def _read_setting(root: Path) -> tuple[Setting | None, tuple[Problem, ...], Mapping[str, str]]:
    content = _content(root / SETTING)
    if content is None:
        return None, (_missing(SETTING, "Every chronology needs it; copy one and change it."),), {}
    file, problems = read_yaml(SETTING, content)
    setting, findings = _validate(Setting, file, ()) if file else (None, ())
    found = tuple(finding.problem(file) for finding in findings) if file else ()
    return setting, problems + found, {SETTING: _digest(content)}


@dataclass(frozen=True, slots=True)
class _Register(Generic[Read]):
    records: Mapping[str, Read]
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]
    unread: frozenset[str]


def _read_register(root: Path, path: str, record: type[Read]) -> _Register[Read]:
    """The actors or the places: each is read on its own, so that one mistake does not hide the others."""
    content = _content(root / path)
    if content is None:
        return _Register({}, (_missing(path, "Make it, with `{}` inside if there are none yet."),), {}, frozenset())
    file, problems = read_yaml(path, content)
    if file is None:
        return _Register({}, tuple(map(_explain_if_empty, problems)), {path: _digest(content)}, frozenset())
    records: dict[str, Read] = {}
    findings: list[Finding] = []
    for slug in file.data:
        read, found = _validate(record, file, (slug,))
        findings += [*found, *_bad_slug(path, slug)]
        if read:
            records[slug] = read
    told = tuple(finding.problem(file) for finding in findings)
    return _Register(records, problems + told, {path: _digest(content)}, frozenset(set(file.data) - set(records)))


def _explain_if_empty(problem: Problem) -> Problem:
    return replace(problem, mend="Write `{}` if there are none yet.") if problem.what == EMPTY_FILE.what else problem


def _bad_slug(path: str, slug: str) -> Iterator[Finding]:
    if not is_slug(slug):
        mend = "Use small letters a–z, digits and single hyphens, such as `harbour-authority`."
        yield Finding(path, (slug,), f"“{slug}” cannot be a name here", mend, at_key=True)


def _event_paths(root: Path) -> tuple[Mapping[str, Signature], tuple[Problem, ...]]:
    """The event files with their signatures, and a problem for whatever else stands in the folder of events."""
    paths: dict[str, Signature] = {}
    strays: list[Problem] = []
    for folder in sorted(_scan(root / EVENTS), key=lambda entry: entry.name):
        if not folder.is_dir(follow_symlinks=False):
            strays.append(_stray(f"{EVENTS}/{folder.name}", "Put it into a folder for its year, such as events/1998/."))
            continue
        for file in sorted(_scan(Path(folder.path)), key=lambda entry: entry.name):
            path = f"{EVENTS}/{folder.name}/{file.name}"
            name, _, suffix = file.name.partition(".")
            if suffix == "yml" and is_slug(name) and file.is_file(follow_symlinks=False):
                paths[path] = signature_of(file.stat())
            else:
                strays.append(
                    _stray(path, "Give it a name such as `harbour-bridge-closed.yml`: small letters, digits, hyphens.")
                )
    return paths, tuple(strays)


def _scan(folder: Path) -> Iterable["os.DirEntry[str]"]:
    """What stands in a folder, but for hidden files and the spare copies of editors."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not _BESIDE.fullmatch(entry.name)]


def _read_events(root: Path, paths: Mapping[str, Signature], store: Store | None) -> Mapping[str, EventFile]:
    remembered = store.recall() if store else {}
    files: dict[str, EventFile] = {}
    for path, signature in paths.items():
        seen, file = remembered.get(path, (None, None))
        files[path] = file if file and seen == signature else read_event(path, (root / path).read_bytes())
    if store and any(remembered.get(path, (None,))[0] != signature for path, signature in paths.items()):
        store.remember({path: (paths[path], file) for path, file in files.items()})
    return files


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _missing(path: str, mend: str) -> Problem:
    return Problem(path, 0, 0, "this file is missing", mend)


def _stray(path: str, mend: str) -> Problem:
    return Problem(path, 0, 0, "this is not an event file", mend)
