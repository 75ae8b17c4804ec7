"""The command that tells editors where the evidence is thin: `report`."""

from pathlib import Path

import click

from chronicle.check import read_and_check
from chronicle.cli.patience import patience
from chronicle.cli.project import in_project
from chronicle.cli.speaking import say, say_problems
from chronicle.load.store import Store
from chronicle.report import format_report, report_on


@click.command()
@click.option("--all", "every_lack", is_flag=True, help="List everything, however much it is.")
@in_project
def report(root: Path, every_lack: bool) -> None:
    """Tell editors where the evidence is thin.

    What the chronology holds by year and kind, the months without any event, and what rests on one origin or one outlet,
    or lacks an archived copy, a date, another spelling. The same stands on the page “For editors”.
    """
    with patience("Counting"):
        loaded, problems = read_and_check(root, Store(root))
    if loaded.chronology is None:
        say_problems(problems)
        raise click.ClickException("The chronology cannot be read; mend that first.")
    say(format_report(report_on(loaded.chronology), every_lack))
