"""The files of a project, and from which commit they are, as git tells them."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory


class GitError(Exception):
    """Git is missing, or does not answer; the text is a sentence for people."""


def list_files(root: Path) -> Sequence[str]:
    """The paths of the files that belong to a project, sorted: in a clone what git tracks, in a copy what it would."""
    return list_tracked(root) if (root / ".git").exists() else list_trackable(root)


def list_tracked(root: Path) -> Sequence[str]:
    """The files of a clone that git tracks, as far as they are still there; raises GitError."""
    return _listed(root, "ls-files", "-z", "--cached")


def list_trackable(root: Path) -> Sequence[str]:
    """The files of any folder that its .gitignore lets through, whether git knows them or not; raises GitError."""
    with TemporaryDirectory(prefix="chronicle-") as nowhere:
        _git(root, "init", "--quiet", "--bare", nowhere)
        own = (f"--git-dir={nowhere}", f"--work-tree={root.resolve()}")
        return _listed(root, *own, "ls-files", "-z", "--others", "--exclude-standard")


def _listed(root: Path, *words: str) -> Sequence[str]:
    return sorted(path for path in _git(root, *words).split("\0") if path and (root / path).is_file())


def find_commit(root: Path) -> str | None:
    """The commit on which a clone stands; None in a copy, and where nothing was committed yet."""
    if not (root / ".git").exists():
        return None
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "HEAD").strip()
    except GitError:
        return None


def _git(root: Path, *words: str) -> str:
    around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ("git", *words), cwd=root, env={**around, "LC_ALL": "C"}, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise GitError("This needs git, which is not installed.") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise GitError(f"git does not tell which files belong to the project. It says: {said}")
    return os.fsdecode(done.stdout)
