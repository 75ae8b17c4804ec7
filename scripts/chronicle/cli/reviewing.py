"""The command that tells editors what a change means: `diff`."""

import sys
from datetime import date
from pathlib import Path

import click

from chronicle.cli.patience import patience
from chronicle.cli.project import exit_if_failed, in_project
from chronicle.cli.speaking import say_problems
from chronicle.problems import format_annotation
from chronicle.review import RevisionError, UnreadableError, review, write_markdown


class _CannotCompare(click.ClickException):
    exit_code = 2


@click.command()
@click.argument("states", metavar="[BASE..HEAD]", default="HEAD")
@click.option(
    "--github",
    is_flag=True,
    envvar="GITHUB_ACTIONS",
    help="On GitHub, also show each problem beside its line, and print no more than a comment takes.",
)
@in_project
def diff(root: Path, states: str, github: bool) -> None:
    """Tell what a change to the entries means.

    BASE..HEAD are two states that git knows; BASE...HEAD is what HEAD changed since it left BASE; BASE alone is compared with
    the files as they are on your disk, and so is the last commit if you name nothing. The answer is Markdown: events
    added, dates moved, figures from what to what, sources and origins gained and lost. A figure or a date of a published
    entry that changes without a new line under `corrections:` must be mended (exit code 1). Where the two states cannot be
    compared, the exit code is 2.
    """
    try:
        with patience("Comparing"):
            found = review(states, root, date.today())
    except RevisionError as error:
        raise _CannotCompare(str(error)) from error
    except UnreadableError as error:
        say_problems(error.problems)
        raise _CannotCompare(str(error)) from error
    click.echo(write_markdown(found, for_comment=github), nl=False)
    problems = tuple(found.problems)
    for problem in problems if github else ():
        click.echo(format_annotation(problem), err=True)
    if problems and not sys.stdout.isatty():  # at a terminal the answer has just said it
        say_problems(problems)
    exit_if_failed(problems)
