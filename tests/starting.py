"""A repository as people clone it, made of what stands here, and a chronology that was begun from it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from chronicle.start.program import list_trackable

ROOT = Path(__file__).parents[1]
TITLE = "The ferry of Port Ellery"
NOBODY = {
    **{f"GIT_{role}_NAME": "Nobody" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "nobody@example.org" for role in ("AUTHOR", "COMMITTER")},
}

QUIET = {  # git as somebody has it who has settled nothing
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    **NOBODY,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "LC_ALL": "C",
}


def copy_here(folder: Path) -> Path:
    """Copies all files of this repository, but for those that git ignores, into `folder`: what a download gives."""
    for path in list_trackable(ROOT):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    return folder


def git(folder: Path, *words: str) -> str:
    """What git says."""
    done = subprocess.run(("git", *words), cwd=folder, env=QUIET, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(folder: Path, message: str) -> str:
    """Commits everything and tells the name of the commit; makes the repository if there is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD").strip()


def init(root: Path, folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Runs `chronicle init` of the program in `root`."""
    return run(root, "-m", "chronicle", "init", str(folder), *flags)


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in `root` with the program that is there."""
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    environment = {
        name: value for name, value in environment.items() if name not in ("SITE_URL", "AS_OF", "GITHUB_ACTIONS")
    }
    return subprocess.run(
        (sys.executable, *words), cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def read_texts(root: Path) -> dict[str, str]:
    """The texts of a folder by their paths, without what is no text."""
    texts = {}
    for path in list_trackable(root):
        try:
            texts[path] = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts
