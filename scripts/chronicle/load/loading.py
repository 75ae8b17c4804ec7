"""Reads the YAML files of a chronology into its records, and collects everything that is wrong with them."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic

from chronicle.load.entries import EventFile, digest_of, read_event
from chronicle.load.findings import Finding, Read, read_record
from chronicle.load.rest import Rest
from chronicle.load.store import Signature, Store, signature_of
from chronicle.model import Actor, Chronology, Place
from chronicle.model.scalars import is_slug, name_foreign_sign, slug_like
from chronicle.model.setting import Setting
from chronicle.problems import Problem
from chronicle.yamlfile import read_around
from chronicle.yamlfile.faults import EMPTY_FILE

FOLDER = "chronology"
SETTING = f"{FOLDER}/chronology.yml"
ACTORS = f"{FOLDER}/actors.yml"
PLACES = f"{FOLDER}/places.yml"
EVENTS = f"{FOLDER}/events"
_BESIDE = re.compile(r"\..*|.*~|#.*#|.*\.(?:bak|orig|swp)|Thumbs\.db|desktop\.ini")  # what editors and systems lay beside a file
_LIKE_EVENTS = re.compile(rf"(?!{EVENTS}$){FOLDER}/(?:(?i:events?)|\d{{4}})")
_INTO_YEAR = f"into a folder for its year, such as {EVENTS}/1998/."
_TEXT_ENDING = re.compile(r"(?:\.(?:ya?ml|txt|md))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: the chronology (None when chronology.yml cannot be read), what is wrong, the digest of every file by
    its path, the names that exist but could not be read, so that nobody is told that they are unknown, and what can be
    read of the entries that were refused."""

    chronology: Chronology | None
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]
    unread: frozenset[str]
    rests: tuple[Rest, ...] = ()


def load(root: Path, store: Store | None = None) -> Loaded:
    """Reads `root`/chronology; files that have not changed since the last time are taken from `store`.

    Never raises for what a contributor wrote: everything wrong is a problem. Records with an error are left out.
    """
    setting, setting_problems, digests = _read_setting(root)
    actors = _read_register(root, ACTORS, Actor)
    places = _read_register(root, PLACES, Place)
    paths, strays = _event_paths(root)
    files = _read_events(root, paths, store)
    misnamed = {slug_like(Path(stray.path).stem) for stray in strays} - {""}
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
        actors.unread | places.unread | {Path(path).stem for path, file in files.items() if not file.event} | misnamed,
        tuple(file.rest for file in files.values() if file.rest),
    )


def _read_setting(root: Path) -> tuple[Setting | None, tuple[Problem, ...], Mapping[str, str]]:
    content = _content(root / SETTING)
    if content is None:
        return None, (_missing(SETTING, "Every chronology needs it; copy one and change it."),), {}
    file, problems = read_around(SETTING, content)
    setting, findings = read_record(Setting, file, ()) if file else (None, ())
    found = tuple(finding.problem(file) for finding in findings) if file else ()
    return None if file and file.aside else setting, problems + found, {SETTING: digest_of(content)}


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
    file, problems = read_around(path, content)
    if file is None:
        return _Register({}, tuple(map(_explain_if_empty, problems)), {path: digest_of(content)}, frozenset())
    records: dict[str, Read] = {}
    findings: list[Finding] = []
    lacking = {route[0] for route in file.routes_aside}
    for slug in file.data:
        read, found = read_record(record, file, (slug,))
        findings += [*found, *_bad_slug(path, slug)]
        if read and slug not in lacking and not file.torn:  # of a torn register nobody knows all names
            records[slug] = read
    told = tuple(finding.problem(file) for finding in findings)
    return _Register(records, problems + told, {path: digest_of(content)}, frozenset(set(file.data) - set(records)))


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
            strays.append(_stray(f"{EVENTS}/{folder.name}", f"Put it {_INTO_YEAR}"))
            continue
        for file in sorted(_scan(Path(folder.path)), key=lambda entry: entry.name):
            path = f"{EVENTS}/{folder.name}/{file.name}"
            name, _, suffix = file.name.partition(".")
            if suffix == "yml" and is_slug(name) and file.is_file(follow_symlinks=False):
                paths[path] = signature_of(file.stat())
            else:
                strays.append(_stray(path, _mend_stray(file)))
    mend = f"If it is an entry, put it {_INTO_YEAR}"
    return paths, (*strays, *(Problem(path, 0, 0, "nothing is read here", mend) for path in _find_unread(root)))


def _mend_stray(file: "os.DirEntry[str]") -> str:
    """What to do with something that stands in the folder of a year and is no entry there."""
    if file.is_dir(follow_symlinks=False):
        return "This is a folder: move the entries in it one folder higher, into that of their year, and delete it."
    is_text = _TEXT_ENDING.search(file.name)
    name = _TEXT_ENDING.sub("", file.name) if is_text else Path(file.name).stem
    right = f"`{slug_like(name) or 'harbour-bridge-closed'}.yml`: small letters, digits, hyphens{name_foreign_sign(name)}."
    return f"Give it a name such as {right}" if is_text else f"Save the entry as plain text, under a name such as {right}"


def _find_unread(root: Path) -> Iterator[str]:
    """What looks like an entry and stands where nothing is read; drafts may wait in any other folder."""
    for beside in sorted(_scan(root / FOLDER), key=lambda entry: entry.name):
        path = f"{FOLDER}/{beside.name}"
        if beside.is_dir(follow_symlinks=False):
            inside = sorted(Path(beside.path).rglob("*.y*ml")) if _LIKE_EVENTS.fullmatch(path) else ()
            yield from (file.relative_to(root).as_posix() for file in inside)
        elif path.endswith((".yml", ".yaml")) and path not in (SETTING, ACTORS, PLACES):
            yield path


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


def _missing(path: str, mend: str) -> Problem:
    return Problem(path, 0, 0, "this file is missing", mend)


def _stray(path: str, mend: str) -> Problem:
    return Problem(path, 0, 0, "this is not an event file", mend)
