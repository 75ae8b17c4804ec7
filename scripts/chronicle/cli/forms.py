"""Commands for those who contribute by forms on GitHub: `forms` writes them, `from-form` takes in what was filled in."""

import sys
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from chronicle.cli.project import in_project
from chronicle.cli.speaking import Refusal, say_problems
from chronicle.drafting.forms import Taken, make_forms, reply, save_taken, take_form
from chronicle.load import load
from chronicle.load.store import Store
from chronicle.yamlfile.editing import EditError


class _NotSaved(click.ClickException):
    exit_code = 3


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; tell which files are not current (exit code 1)."
)
@in_project
def forms(root: Path, only_check: bool) -> None:
    """Write the forms that GitHub shows under “New issue”.

    They stand in .github/ISSUE_TEMPLATE and offer the words of chronology.yml for choice: run this when one of those
    words changes.
    """
    loaded = load(root, Store(root))
    if loaded.chronology is None:
        say_problems(loaded.problems)
        raise click.ClickException("The chronology cannot be read; mend that first.")
    made = make_forms(loaded.chronology.setting)
    outdated = {path: text for path, text in made.items() if _read(root / path) != text}
    if only_check and outdated:
        raise Refusal(f"Not current: {', '.join(outdated)}. Run `chronicle forms`.")
    for path, text in outdated.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{path} written.")


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


@click.command("from-form")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
@in_project
def from_form(root: Path, file: TextIO) -> None:
    """Make an entry, or change one, from a form that was filled in.

    FILE is the text of the issue that GitHub made of the form; - reads it from the standard input. What is printed is the
    answer, in Markdown: what was written, or every mistake at the heading of the form where it stands and how to mend it
    (exit code 1; then nothing is written). Where the file cannot be saved there is no answer, and the exit code is 3.
    Nothing is made up: what was not answered stays missing.
    """
    loaded = load(root, Store(root))
    if loaded.chronology is None:
        say_problems(loaded.problems)
        raise click.UsageError("The chronology cannot be read; mend that first.")
    taken = take_form(file.read(), loaded, root, date.today())
    answer = reply(taken)
    if taken.draft:
        _save(taken, taken.draft.path, root)
    click.echo(answer, nl=False)
    if taken.draft is None:
        sys.exit(1)


def _save(taken: Taken, path: str, root: Path) -> None:
    try:
        save_taken(taken, root)
    except (EditError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise _NotSaved(f"{path} could not be saved, so nothing has changed: {why}.") from error
