"""The command that begins a chronology of one’s own: `init`."""

import shlex
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import click

from chronicle.cli.asking import ask, with_flags
from chronicle.cli.patience import patience
from chronicle.cli.project import in_project
from chronicle.drafting.new import find_misreading
from chronicle.start import QUESTIONS, StartError, begin, complete


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@with_flags(QUESTIONS)
@in_project
def init(root: Path, folder: Path, **flags: str | None) -> None:
    """Begin a chronology of your own in a new FOLDER.

    It gets the program as it stands here, a setting with its words explained, and one made-up entry to look at; nothing of
    the chronology that is here. What the flags do not tell is asked; with --title, nothing is, and what is missing is
    marked “Fill in”. Nothing is written over, and either all of it is made or nothing.
    """
    words = complete(_gather(flags))
    try:
        with patience("Making the project"):
            begin(root, folder, words, date.today())
    except StartError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{folder} written.\n\nNow:\n")
    for step in (
        f"cd {shlex.quote(str(folder))}",
        "git init --initial-branch main && git add --all && git commit --message Begun",
        "grep -rni 'fill[- ]in' chronology docs/about mkdocs.yml README.md",
        "make serve",
    ):
        click.echo(f"  {step}")
    click.echo("\nThe third line lists what waits for your words, and the last shows the site until you press Ctrl+C.")
    click.echo("docs/contribute/maintaining.md tells the rest.")


def _gather(flags: Mapping[str, str | None]) -> Mapping[str, str]:
    """An answer to every question, from the flags or, without the title, by asking."""
    for question in QUESTIONS:
        answer = flags[question.key]
        if answer is not None and (fault := find_misreading(question, answer)):
            raise click.UsageError(f"{question.flag}: {fault}")
    open_ones = [question for question in QUESTIONS if flags[question.key] is None]
    answers = {key: given or "" for key, given in flags.items()}
    if not any(question.needed for question in open_ones):
        return answers
    for number, question in enumerate(open_ones, 1):
        may = "" if question.needed else "; empty for now"
        click.echo(f"\n{number} of {len(open_ones)}  {question.asks}{may}")
        answers[question.key] = ask(partial(find_misreading, question))
    return answers
