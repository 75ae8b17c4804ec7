"""Asking: a flag for each question, and questions that are asked again until there is no fault in the answer."""

from collections.abc import Callable, Sequence

import click

from chronicle.cli.project import Command
from chronicle.drafting.new import Question


def with_flags(questions: Sequence[Question]) -> Callable[[Command], Command]:
    """Gives a command a flag for each question."""

    def add(command: Command) -> Command:
        for question in reversed(questions):
            command = click.option(question.flag, question.key, metavar="TEXT", help=f"{question.asks}.")(command)
        return command

    return add


def ask(find_fault_in: Callable[[str], str]) -> str:
    """What is typed, as soon as there is no fault in it; whether it may be nothing, `find_fault_in` knows."""

    def read(answer: str) -> str:
        if fault := find_fault_in(answer):
            raise click.UsageError(fault)
        return answer

    answer: str = click.prompt(">", prompt_suffix=" ", default="", show_default=False, value_proc=read)
    return answer
