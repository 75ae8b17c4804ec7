"""Revisions: what git holds of the files of a chronology, read blob by blob, with nothing checked out and no shell."""

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chronicle.load import ACTORS, EVENTS, FOLDER, PLACES, SETTING
from chronicle.model.scalars import is_slug
from chronicle.yamlfile import MAX_BYTES

REGISTERS: Final = (SETTING, ACTORS, PLACES)
_RANGE = re.compile(r"(?P<base>.*?)(?:(?P<dots>\.{2,3})(?P<head>.*))?")
_AT_ONCE: Final = 256  # files; more would fill the memory if every one were as large as it may be
_LONGEST_FOLDER: Final = 200  # bytes; file systems take little more
_TOO_LARGE: Final = b" " * (MAX_BYTES + 1)  # stands for a file that the loader refuses without reading it


class RevisionError(Exception):
    """Something that keeps two states from being compared; the text is sentences that say what, and the way out."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a chronology in one state: the id of each by its path; `commit` is "" for what stands on the disk."""

    root: Path
    commit: str
    ids: Mapping[str, str]

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The content of each of these files, with its path; one that is larger than an entry may be comes as blanks."""
        if not self.commit:
            yield from ((path, (self.root / path).read_bytes()) for path in paths)
            return
        asked = tuple(paths)
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            yield from zip(some, _read_blobs(self.root, [self.ids[path] for path in some]), strict=True)


def find_commits(asked: str, root: Path) -> tuple[str, str]:
    """The ids of the two commits that are meant; the second is "" for the files as they stand on the disk.

    `A..B` is from A to B; `A...B` from where B left A to B; `A` alone from A to the files on the disk. A side that is
    left out is HEAD.
    Raises RevisionError for what git does not know, and for what is no revision at all.
    """
    found = _RANGE.fullmatch(asked)
    if found is None or asked.startswith("-") or not asked.isprintable() or " " in asked:
        raise RevisionError(f"{asked!r} cannot name a revision. Write for example `main..HEAD`, or `HEAD` alone.")
    shallow = _is_shallow(root)
    base = _find_commit(found["base"] or "HEAD", root, shallow)
    head = _find_commit(found["head"] or "HEAD", root, shallow) if found["dots"] else ""
    return (_find_parting(base, head, root, shallow) if found["dots"] == "..." else base), head


def open_commit(commit: str, root: Path) -> Tree:
    """The files of the chronology in a commit: entries and registers, as far as they are ordinary files with a name for one."""
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", f"{FOLDER}/")
    ids: dict[str, str] = {}
    for described, _, name in (line.partition(b"\t") for line in listed.split(b"\0") if line):
        mode, _, blob = described.decode().split()
        path = name.decode(errors="replace")
        if mode.startswith("100") and _may_be_read(path):
            ids[path] = blob
    return Tree(root, commit, ids)


def open_disk(root: Path, paths: Iterable[str], like: Tree) -> Tree:
    """The files as they stand on the disk, with the ids that git would give them in the repository of `like`."""
    algorithm = "sha256" if any(len(known) > 40 for known in like.ids.values()) else "sha1"
    contents = ((path, (root / path).read_bytes()) for path in paths)
    named = ((path, hashlib.new(algorithm, b"blob %d\0" % len(content) + content)) for path, content in contents)
    return Tree(root, "", {path: digest.hexdigest() for path, digest in named})


def _may_be_read(path: str) -> bool:
    """Whether it is an entry or a register, and can stand at this path of any disk; everything else is none of our business."""
    if path in REGISTERS:
        return True
    folder, _, name = path.removeprefix(f"{EVENTS}/").partition("/")
    stem, _, suffix = name.partition(".")
    safe = folder.isprintable() and not folder.startswith(".") and len(os.fsencode(folder)) <= _LONGEST_FOLDER
    return path.startswith(f"{EVENTS}/") and safe and suffix == "yml" and is_slug(stem)


def _read_blobs(root: Path, ids: Sequence[str]) -> Iterator[bytes]:
    """The content of blobs in the order asked for; the form of the answers is that of `git cat-file --batch`."""
    described = _git(root, "cat-file", "--batch-check", stdin=_lines(ids)).decode().splitlines()
    if missing := next((line for line in described if line.endswith(" missing")), ""):
        raise RevisionError(f"git does not have a file that it names: {missing}. Try `git fsck`, or a new clone.")
    sizes = [int(line.rpartition(" ")[2]) for line in described]
    small = [blob for blob, size in zip(ids, sizes, strict=True) if size <= MAX_BYTES]
    answer = _git(root, "cat-file", "--batch", stdin=_lines(small))
    at = 0
    for size in sizes:
        if size > MAX_BYTES:
            yield _TOO_LARGE
        else:
            start = answer.index(b"\n", at) + 1
            at = start + size + 1
            yield answer[start : start + size]


def _lines(ids: Sequence[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in ids).encode()


def _is_shallow(root: Path) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _find_commit(name: str, root: Path, shallow: bool) -> str:
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except RevisionError:
        raise RevisionError(f"git knows no revision “{name}” here. {_way_out(shallow)}") from None


def _find_parting(base: str, head: str, root: Path, shallow: bool) -> str:
    try:
        return _git(root, "merge-base", base, head).decode().split()[0]
    except RevisionError:
        raise RevisionError(f"The two have no commit in common. {_way_out(shallow)}") from None


def _way_out(shallow: bool) -> str:
    if shallow:
        return (
            "This copy of the repository is shallow: it holds the newest commits only. "
            "Run `git fetch --unshallow`; in a workflow, let actions/checkout fetch more with `fetch-depth: 0`."
        )
    return "Run `git fetch`, or look for it with `git log --oneline --all`; a branch that only GitHub has is called `origin/…`."


def _git(root: Path, *words: str, stdin: bytes = b"") -> bytes:
    """What git answers; raises RevisionError with its own words where it refuses."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ("git", *words), cwd=root, input=stdin, capture_output=True, check=False, env=environment
        )
    except FileNotFoundError:
        raise RevisionError("This needs git, which is not installed.") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0] or "nothing"
        raise RevisionError(f"git cannot tell what changed. It says: {said}")
    return done.stdout
