"""The command `links`, which looks whether the addresses of the sources still answer."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chronicle.cli.network import find_chronology, network, with_pause, with_report
from chronicle.cli.patience import progress
from chronicle.cli.project import count, in_project
from chronicle.model import Chronology
from chronicle.problems import make_visible

if TYPE_CHECKING:
    from chronicle.upkeep.links.ledger import Look
    from chronicle.upkeep.links.report import Found
    from chronicle.upkeep.links.running import Outcome


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the command was asked to do."""

    slugs: tuple[str, ...]
    limit: int | None
    fresh: bool
    copies: bool
    write: bool
    since: Path | None
    delay: float
    allow_private: bool


@click.command()
@click.option(
    "--event", "slugs", multiple=True, metavar="NAME", help="Only the sources of this event; may be repeated."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask for no more addresses than this.")
@click.option("--fresh", is_flag=True, help="Ask again for what has been asked for today.")
@click.option("--copies", is_flag=True, help="Ask for the archived copies too.")
@click.option("--write", is_flag=True, help="Write what was found into the entries, as `url_status`.")
@with_report("to tell what has changed since then where nothing else remembers it")
@with_pause(1.5, longest=60, whom="one site")
@click.option("--allow-private", is_flag=True, help="Ask in private networks too; not where strangers add sources.")
@in_project
def links(root: Path, **wishes: Any) -> None:
    """Look whether the sources still answer.

    Each address is asked once a day at most, politely; a run that was stopped goes on where it was. What came of it (live,
    moved, gone, refused, unsure) is told here and in .cache/links/. Dead links are no failure of the command.
    """
    wanted = _Wishes(**wishes)
    chronology = find_chronology(root, wanted.slugs)
    outcome = _look(root, wanted, chronology)
    _tell(outcome)
    if wanted.write and outcome.reached:
        _write(root, outcome)


def _look(root: Path, wanted: _Wishes, chronology: Chronology) -> "Outcome":
    """Asks what is to be asked, with a bar for whoever waits, and writes the reports, also when it is stopped."""
    with network():
        from chronicle.upkeep.links import running  # noqa: PLC0415  (slow, and it may be missing)
        from chronicle.upkeep.links.addresses import links_of  # noqa: PLC0415
        from chronicle.upkeep.links.looking import LIMITS  # noqa: PLC0415
        from chronicle.upkeep.links.report import read_state  # noqa: PLC0415
    limits = replace(LIMITS, delay=wanted.delay)
    run = running.Run(root, date.today(), chronology.setting.repository, limits, wanted.allow_private)
    told = wanted.since.read_text(encoding="utf-8", errors="replace") if wanted.since else ""
    history = running.remember(root, read_state(told, run.day))
    every = links_of(chronology, wanted.slugs, copies=wanted.copies)
    waiting = running.choose(every, history, run.day, fresh=wanted.fresh, limit=wanted.limit)
    answered = [not waiting]
    try:
        with progress("Asking", len(waiting)) as advance:

            def note(look: "Look") -> None:
                answered.append(look.reached)
                advance(1)

            running.ask_all(run, waiting, history, note)
    except KeyboardInterrupt as stop:
        click.echo("\nStopped. The same command goes on where it was.", err=True)
        raise click.Abort from stop
    finally:
        outcome = running.report(run, every, history, any(answered))
    return outcome


def _tell(outcome: "Outcome") -> None:
    """Says how many addresses are how, and names those that are gone or have moved."""
    from chronicle.upkeep.links.report import count_verdicts  # noqa: PLC0415
    from chronicle.upkeep.links.running import FOLDER  # noqa: PLC0415

    if not outcome.reached:
        click.echo(
            "Not one site answered, so nothing was remembered: is this machine connected to the internet?", err=True
        )
        return
    for one in outcome.found:
        if told := _line(one):
            click.echo(told)
    click.echo(count_verdicts(outcome.found))
    click.echo(f"Reports: {FOLDER}/report.md, {FOLDER}/report.json")


def _line(found: "Found") -> str:
    look = found.look
    if look is None or look.status not in ("gone", "moved"):
        return ""
    cited = found.link.cited[0]
    to = f"now {look.to}" if look.to else ""
    where = f"{cited.path} (`{cited.handle}`): {look.why}"
    return "\n      ".join(map(make_visible, filter(None, (f"{look.status}  {look.address}", to, where))))


def _write(root: Path, outcome: "Outcome") -> None:
    from chronicle.upkeep.links.writing import write_statuses  # noqa: PLC0415

    changed, refused = write_statuses(root, outcome.found)
    for reason in refused:
        click.echo(f"Not written: {reason}", err=True)
    click.echo(f"{count(changed, 'entry') if len(changed) == 1 else f'{len(changed):,} entries'} changed.")
