"""Speaking: what people are told, with our commands as they can be typed where the reader stands."""

import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import click

from chronicle.problems import Problem, format_problems

_NAME: Final = "chronicle"
_STARTED: Final = (_NAME, "mkdocs")  # MkDocs stands in the same folder, and its doorbell speaks for us


def name_program() -> str:
    """What was typed to start the program, in a clone `.venv/bin/chronicle`; its bare name where that will do."""
    if sys.orig_argv[1:3] == ["-m", _NAME]:
        return shlex.join(sys.orig_argv[:3])
    started = Path(sys.argv[0])
    if started.stem not in _STARTED:
        return _NAME
    ours = started.with_stem(_NAME)
    is_found = ours.resolve() == Path(shutil.which(_NAME) or "").resolve()
    return _NAME if is_found else shlex.quote(str(ours))


def as_typed(text: str) -> str:
    """A text that names commands of ours, such as `chronicle check`, as they can be typed here."""
    return text.replace(f"`{_NAME} ", f"`{name_program()} ")


def say(text: str, *, err: bool = False) -> None:
    """Prints a text that may name commands of ours."""
    click.echo(as_typed(text), err=err)


def say_problems(problems: Iterable[Problem], *, every_warning: bool = False, err: bool = True) -> None:
    """Prints what has to be mended, and what is to be judged."""
    say(format_problems(problems, every_warning=every_warning), err=err)


class Refusal(click.ClickException):
    """Why a command ends without having done what it was asked for."""

    def format_message(self) -> str:
        """The reason, for whoever reads it."""
        return as_typed(self.message)


class Program(click.Group):
    """All commands; how to use them is told with the name by which the program was started."""

    def make_context(self, info_name: str | None, *words: Any, **options: Any) -> click.Context:
        """The context in which a command runs."""
        return super().make_context(name_program() if info_name else info_name, *words, **options)
