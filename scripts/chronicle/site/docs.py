"""Gathers everything that is made from a chronology and writes what changed below docs/."""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

from chronicle.check import read_and_check
from chronicle.citations import make_citations
from chronicle.exports.calendars import make_calendars
from chronicle.exports.data import make_data, with_index
from chronicle.exports.feeds import make_feeds
from chronicle.exports.plain import make_plain_texts
from chronicle.exports.share import can_draw, make_pictures
from chronicle.exports.signposts import make_signposts
from chronicle.exports.tables import make_tables, tell_sheets
from chronicle.load.store import Store
from chronicle.load.uncollected import uncollected
from chronicle.made import Keys, Made
from chronicle.model import Chronology
from chronicle.model.standing import as_known_on
from chronicle.pages import make_pages, make_redirects
from chronicle.pages.addresses import FILES, FOLDERS
from chronicle.problems import Problem, Severity, sort_problems

LEDGER = ".made-by-chronicle.json"  # beside the pages: what we wrote, from what, and what the file system says of it


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the problems found, the paths below docs/ that were written and removed.

    And, for each page of which that can be told, on which day what it shows was changed last.
    """

    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: Mapping[str, date] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether an error kept everything from being written."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which site is made: as the public could know it on which day (None: now), and at which address it is published."""

    as_of: date | None = None
    site: str | None = None  # None: that of chronology.yml


@uncollected()
def build_docs(
    root: Path,
    docs: Path,
    store: Store | None = None,
    edition: Edition = Edition(),
    resting: Collection[str] = (),
) -> Built:
    """Loads and checks `root`/chronology and writes its pages below `docs`; with an error, nothing is written.

    Of the folders that are `resting`, files that stand are left as they are, for a later build to renew.
    Files that would not change are not touched, and what an earlier build made and this one does not is removed.
    A file that nobody made here, in a folder that belongs to the pages, is a problem and stays.
    """
    loaded, problems = read_and_check(root, store)
    if loaded.chronology is None or any(problem.severity is Severity.ERROR for problem in problems):
        return Built(problems)
    chronology = published_at(edition.site, loaded.chronology) if edition.site else loaded.chronology
    pages = tuple(make_everything(chronology, loaded.digests, edition.as_of))
    ledger = _read_ledger(docs)
    strangers = tuple(_strangers(docs, ledger, {page.path for page in pages}, root))
    if strangers:
        return Built(sort_problems((*problems, *strangers)))
    written, removed = _write(docs, pages, ledger, resting)
    return Built(problems, written, removed, {page.path: page.changed for page in pages if page.changed})


def published_at(site: str, chronology: Chronology) -> Chronology:
    """The same chronology with another address of its site."""
    return chronology.model_copy(update={"setting": chronology.setting.model_copy(update={"site": site})})


def make_everything(
    whole: Chronology, digests: Mapping[str, str], as_of: date | None = None
) -> Iterator[Made[str | bytes]]:
    """Every file that is made from a chronology; with `as_of`, from what of it the public could know on that day."""
    chronology = as_known_on(as_of, whole) if as_of else whole
    yield from make_pages(chronology, digests, can_draw(), as_of, tell_sheets())
    yield from make_redirects(chronology)
    yield from make_pictures(chronology)
    keys = Keys(chronology, digests, str(as_of))
    yield from make_feeds(chronology, keys)
    yield from make_calendars(chronology, keys)
    yield from make_plain_texts(chronology, digests, keys, as_of)
    yield from make_signposts(chronology, keys, as_of)
    data = chain(
        make_data(chronology, digests, keys, as_of),
        make_tables(chronology, digests, keys, as_of),
        make_citations(chronology, keys, digests),
    )
    yield from with_index(data, chronology, digests, as_of)


Ledger = Mapping[str, list[str | int]]  # path below docs/ → key, modification time, size


def _write(
    docs: Path, pages: Iterable[Made[str | bytes]], ledger: Ledger, resting: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    entries: dict[str, list[str | int]] = {}
    written: list[str] = []
    for page in pages:
        file = docs / page.path
        known, status = ledger.get(page.path, []), [*_status(file)]
        if known == [page.key, *status] or (known[1:] == status and page.path.partition("/")[0] in resting):
            entries[page.path] = ledger[page.path]
            continue
        if _write_if_changed(file, page.make()):
            written.append(page.path)
        entries[page.path] = [page.key, *_status(file)]
    removed = tuple(sorted(set(ledger) - set(entries)))
    for path in removed:
        _remove(docs, path)
    if entries != ledger:
        _replace(docs / LEDGER, json.dumps(entries, indent=0, sort_keys=True).encode())
    return tuple(written), removed


def _write_if_changed(file: Path, made: str | bytes) -> bool:
    """Writes what was made unless it stands there; a build that is cut short leaves a page that the next one writes again."""
    content = made.encode() if isinstance(made, str) else made
    try:
        if file.read_bytes() == content and not file.is_symlink():
            return False
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    _replace(file, content)
    return True


def _replace(file: Path, content: bytes) -> None:
    """Writes beside the file and then over it, so that nobody ever reads half a page."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _remove(docs: Path, path: str) -> None:
    file = docs / path
    file.unlink(missing_ok=True)
    if file.parent != docs and file.parent.is_dir() and not any(file.parent.iterdir()):
        file.parent.rmdir()


def _status(file: Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError:
        return 0, -1
    return status.st_mtime_ns, status.st_size


def _read_ledger(docs: Path) -> Ledger:
    """What the last build wrote; nothing when the file is missing or is not ours."""
    try:
        ledger = json.loads((docs / LEDGER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {path: made for path, made in ledger.items() if _is_ours(path)} if isinstance(ledger, dict) else {}


def _is_ours(path: str) -> bool:
    """Whether a path below docs/ is one that the pages own: the ledger may come from a stranger."""
    parts = PurePosixPath(path).parts
    return path in FILES or (len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts)


def _strangers(docs: Path, ledger: Ledger, ours: set[str], root: Path) -> Iterable[Problem]:
    """Files in our folders that neither this build nor an earlier one made."""
    found = (file for folder in FOLDERS for file in sorted((docs / folder).rglob("*")) if file.is_file())
    for file in (*found, *(docs / name for name in FILES if (docs / name).is_file())):
        path = file.relative_to(docs).as_posix()
        if path not in ledger and path not in ours and not file.name.startswith("."):
            where = file.relative_to(root).as_posix() if file.is_relative_to(root) else path
            mend = "Move it elsewhere; if it is an old page, delete it."
            yield Problem(where, 0, 0, "this file stands in a folder that belongs to the pages", mend)
