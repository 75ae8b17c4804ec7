"""The command `import`: a timeline made elsewhere becomes drafts."""

import sys
from pathlib import Path
from typing import Final

import click

from chronicle.cli.patience import patience
from chronicle.cli.project import count, in_project
from chronicle.cli.speaking import say, say_problems
from chronicle.drafting.bring import Brought, CannotRead, bring
from chronicle.drafting.bring.sheet import MAX_BYTES
from chronicle.drafting.drafts import save_drafts
from chronicle.drafting.waiting import DRAFTS
from chronicle.load import EVENTS, load
from chronicle.load.store import Store
from chronicle.problems import make_visible

_MOST_TOLD: Final = 100  # whoever mends so many looks again


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help=f"Where the drafts go. Left out: {DRAFTS}.",
)
@in_project
def import_timeline(root: Path, file: Path, into: Path | None) -> None:
    """Bring in a timeline made elsewhere, as drafts.

    FILE is the spreadsheet of a TimelineJS timeline, saved as CSV; the JSON of one; or any CSV with a column for the
    date. Each row becomes a draft, a file that is not published and marks what an entry needs besides. Nothing is
    made up: a year stays a year, and what the row does not tell is left for you.

    \b
    Columns of TimelineJS: Year, Month, Day, Time, End Year …, Display Date,
      Headline, Text, Media, Media Credit, Media Caption, Type, Group …
    Columns of any other:  date, end, title, summary, kind, certainty, topics,
      places, actors, by, says, url, source_title, publisher, author,
      published, language, type, reported
    What other columns say is kept as comments.

    Rows whose date cannot be read are refused, each with its place and how to mend it (exit code 1); the others are
    written. No file is ever written over: run it again after you have mended the sheet, and only what is new is added.
    """
    loaded = load(root, Store(root))
    if loaded.chronology is None:
        say_problems(loaded.problems)
        raise click.ClickException("The chronology cannot be read; mend that first.")
    folder = _folder(into, root)
    try:
        with patience("Reading the file"):
            with file.open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
            brought = bring(file.name, content, folder, loaded, root)
            save_drafts(brought.drafts, root)
    except CannotRead as error:
        raise click.ClickException(f"{make_visible(f'{file.name}: {error.what}')}\n{make_visible(error.mend)}") from error
    except OSError as error:
        raise click.ClickException(
            f"Nothing was written: {error.strerror} ({error.filename2 or error.filename})"
        ) from error
    _tell(brought, file.name, folder)
    if brought.refused:
        sys.exit(1)


def _folder(into: Path | None, root: Path) -> str:
    """The folder of the drafts, as a path in the project if it is one."""
    if into is None:
        return DRAFTS
    full, project = into.resolve(), root.resolve()
    if full.is_relative_to(project / EVENTS):
        raise click.UsageError(f"--into: Drafts cannot go among the entries. Left out, they go to {DRAFTS}.")
    return full.relative_to(project).as_posix() if full.is_relative_to(project) else full.as_posix()


def _tell(brought: Brought, file: str, folder: str) -> None:
    """Says what was refused and why, what was left aside, and how many drafts there are."""
    for fault in brought.faults[:_MOST_TOLD]:
        click.echo(make_visible(f"{file}, {fault.place}: {fault.what}") + f"\n      {make_visible(fault.mend)}")
    if len(brought.faults) > _MOST_TOLD:
        click.echo(f"And {len(brought.faults) - _MOST_TOLD:,} more faults; mend these first and run it again.")
    told = [f"{row.capitalize()} is told already by {path}." for row, path in brought.there if path.startswith(EVENTS)]
    for note in (*brought.aside, *told):
        click.echo(make_visible(note))
    if brought.faults or brought.aside or told:
        click.echo()
    parts = [f"{count(brought.drafts, 'draft')} written to {folder}"]
    parts += [f"{brought.refused:,} refused"] if brought.refused else []
    parts += [f"{len(brought.there):,} there already"] if brought.there else []
    click.echo(f"{', '.join(parts)}.")
    if brought.drafts:
        say(f"Each says what it lacks. `chronicle check {folder}` tells it of all of them.")
