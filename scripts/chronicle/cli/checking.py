"""Commands that look entries over: `check`, and `schema`, which tells editors what an entry may hold."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from chronicle.check import read_and_check
from chronicle.cli.patience import patience
from chronicle.cli.project import count, exit_if_failed, in_project
from chronicle.cli.speaking import Refusal, say, say_problems
from chronicle.drafting.waiting import DRAFTS, find_drafts, format_waiting, is_published, read_waiting
from chronicle.load import Loaded
from chronicle.load.store import Store
from chronicle.model.schema import make_schemas
from chronicle.problems import format_annotation


@click.command()
@click.option(
    "--github", is_flag=True, envvar="GITHUB_ACTIONS", help="On GitHub, also show each problem beside its line."
)
@click.option("--warnings", is_flag=True, help="List every warning, also where very many are alike.")
@click.argument("drafts", nargs=-1, type=click.Path(exists=True, path_type=Path))
@in_project
def check(root: Path, drafts: tuple[Path, ...], github: bool, warnings: bool) -> None:
    """List what is wrong with the entries, or what drafts still lack.

    Each problem is told with its file, line and column, what is wrong, and how to mend it. Errors must be mended before
    the site can be made (exit code 1), and stand last; warnings are for you to judge.

    DRAFTS are drafts, or folders of them, such as chronology/drafts. For each is told what it lacks, and when it lacks
    nothing, it is checked as if it stood among the entries. While one is not complete, the exit code is 1.
    """
    files = tuple(dict.fromkeys(file for folder in drafts for file in find_drafts(folder)))
    if entry := next((file for file in files if is_published(file, root)), None):
        raise Refusal(f"{entry} is no draft: `chronicle check` alone looks over all entries and what they rest on.")
    with patience("Reading and checking the entries"):
        loaded, problems = read_and_check(root, Store(root))
    if drafts:
        _check_drafts(files, loaded, root, every_warning=warnings)
        return
    if waiting := find_drafts(root / DRAFTS):
        verb = "waits" if len(waiting) == 1 else "wait"
        say(f"{count(waiting, 'draft')} {verb} in {DRAFTS}: `chronicle check {DRAFTS}` tells what is lacking.\n")
    for problem in problems if github else ():
        click.echo(format_annotation(problem))
    say_problems(problems, every_warning=warnings, err=False)
    exit_if_failed(problems)
    if problems:
        click.echo("\nNo mistakes: the site can be made. The warnings are for you to judge.")


def _check_drafts(files: Iterable[Path], loaded: Loaded, root: Path, *, every_warning: bool) -> None:
    """Tells what the drafts lack, after what is wrong with them; ends with exit code 1 where one is not complete."""
    waiting = read_waiting(files, loaded, root)
    if problems := [problem for draft in waiting for problem in draft.problems]:
        say_problems(problems, every_warning=every_warning, err=False)
        click.echo()
    click.echo(format_waiting(waiting))
    if not all(draft.is_complete for draft in waiting):
        sys.exit(1)


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; tell which files are not current (exit code 1)."
)
@in_project
def schema(root: Path, only_check: bool) -> None:
    """Write the JSON Schemas of the entries.

    From these files, in schema/, editors know which keys an entry may have and what they mean.
    """
    outdated = {path: text for path, text in make_schemas().items() if _read(root / path) != text}
    if only_check and outdated:
        raise Refusal(f"Not current: {', '.join(outdated)}. Run `chronicle schema`.")
    for path, text in outdated.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{path} written.")


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
