"""What commands have in common: the project they work in, counts in words, and how they end with errors."""

import sys
from collections.abc import Callable, Sized
from functools import wraps
from pathlib import Path
from typing import Any

import click

from chronicle.load import FOLDER
from chronicle.problems import Problem, Severity

Command = Callable[..., None]


def in_project(command: Command) -> Command:
    """Gives a command the folder of the project as its first argument, and refuses one that is none."""

    @wraps(command)
    def run(root: Path, **options: Any) -> None:
        if not (root / FOLDER).is_dir():
            here = f"There is no folder `{FOLDER}` in {root.resolve()}."
            raise click.UsageError(f"{here} Go to the folder of the project, or name it with --root.")
        command(root, **options)

    return click.pass_obj(run)


def exit_if_failed(problems: tuple[Problem, ...]) -> None:
    """Ends the command with exit code 1 where one of the problems is an error."""
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(1)


def count(things: Sized, noun: str) -> str:
    """How many there are, in words: “1 page”, “1,204 pages”."""
    return f"{len(things):,} {noun if len(things) == 1 else noun + 's'}"
