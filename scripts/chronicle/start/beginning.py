"""A clean beginning: the program as it stands, and in place of its chronology the texts in files/, filled in."""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import Final

from chronicle.check import read_and_check
from chronicle.drafting.forms import make_forms
from chronicle.exports.plain import as_label
from chronicle.problems import format_problems
from chronicle.start.belongings import SETTINGS, change_head, is_own
from chronicle.start.program import GitError, find_commit, list_files
from chronicle.yamlfile.text import write_text

_FILES: Final = Path(__file__).parent / "files"
_WRITE: Final[Mapping[str, Callable[[str], str]]] = {".yml": partial(write_text, in_brackets=True), ".md": as_label}


class StartError(Exception):
    """No project was begun; the text says why, in a sentence or two."""


def begin(root: Path, folder: Path, words: Mapping[str, str], today: date) -> None:
    """Makes a project of its own in `folder` from the project `root`.

    `words` are the completed answers. The project comes into being out of sight and takes its place whole, or not at all:
    raises StartError where the folder is taken, where `root` is not the whole program, or where the disk does not do.
    """
    try:
        _refuse_place(root, folder)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
            made = Path(beside) / "project"
            _copy_program(root, made)
            _write_all(made, _fill_in({**words, "year": str(today.year), "begun": _tell_begin(root)}, made))
            _add_forms(made)
            made.rename(folder)
    except (OSError, GitError, ValueError) as error:
        raise StartError(f"{str(error).removesuffix('.')}. Nothing was made.") from error


def _refuse_place(root: Path, folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()) or (folder.is_dir() and any(folder.iterdir())):
        raise StartError(f"{folder} is there already. Choose another name: nothing is ever written over.")
    if not folder.parent.is_dir():
        raise StartError(f"There is no folder {folder.parent}. Make it first.")
    if folder.resolve().is_relative_to(root.resolve()):
        raise StartError(f"{folder} lies within this project. Choose a place outside of it, such as ../{folder.name}.")


def _copy_program(root: Path, made: Path) -> None:
    """Copies every file that does not belong to the chronology, with its mode."""
    for path in list_files(root):
        if not is_own(path):
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / path, made / path, follow_symlinks=False)
    if not (made / SETTINGS).is_file() or not (made / "Makefile").is_file():
        raise ValueError(f"{root.resolve()} is not a whole copy of the program: {SETTINGS} and Makefile belong to it")


def _tell_begin(root: Path) -> str:
    commit = find_commit(root)
    return f"Begun with the program as it stood in commit {commit}." if commit else "Begun with a copy of the program."


def _fill_in(words: Mapping[str, str], made: Path) -> Mapping[str, str]:
    """The texts of a new chronology by their paths, each answer written as its file needs it."""
    texts = {}
    for file in sorted(path for path in _FILES.rglob("*") if path.is_file()):
        write = _WRITE.get(file.suffix, str)
        fitting = {key: write(said) for key, said in words.items()}
        filled = Template(file.read_text(encoding="utf-8")).substitute(
            fitting, site_in_brackets=json.dumps(words["site"])
        )
        texts[file.relative_to(_FILES).as_posix()] = filled
    return {**texts, SETTINGS: change_head((made / SETTINGS).read_text(encoding="utf-8"), texts[SETTINGS])}


def _add_forms(made: Path) -> None:
    """Makes the forms of the new chronology; it must be without any problem."""
    loaded, problems = read_and_check(made, None)
    if problems or loaded.chronology is None:
        raise ValueError(f"The new chronology would have a problem:\n{format_problems(problems)}\n")
    _write_all(made, make_forms(loaded.chronology.setting))


def _write_all(made: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_text(text, encoding="utf-8", newline="\n")
