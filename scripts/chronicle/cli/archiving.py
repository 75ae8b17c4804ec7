"""The command `archive`, which finds archived copies of the sources and writes where they are."""

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chronicle.cli.network import find_chronology, network, with_pause, with_service
from chronicle.cli.patience import progress
from chronicle.cli.project import in_project
from chronicle.model import Chronology
from chronicle.problems import make_visible

if TYPE_CHECKING:
    from chronicle.upkeep.archive.finding import Keys
    from chronicle.upkeep.archive.running import Job, Outcome

_KEYS = ("IA_ACCESS_KEY", "IA_SECRET_KEY")


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the command was asked to do."""

    slugs: tuple[str, ...]
    limit: int | None
    save: bool
    dry_run: bool
    fresh: bool
    delay: float
    service: str
    allow_private: bool


@click.command()
@click.option(
    "--event", "slugs", multiple=True, metavar="NAME", help="Only the sources of this event; may be repeated."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask for no more sources than this.")
@click.option(
    "--save", is_flag=True, help="Where there is no copy, have one made (Save Page Now; needs the keys of an account)."
)
@click.option("--dry-run", is_flag=True, help="Write nothing and have nothing made; only tell what would be written.")
@click.option("--fresh", is_flag=True, help="Ask again for what has been asked for today.")
@with_pause(5.0, longest=120, whom="the archive")
@with_service
@click.option("--allow-private", is_flag=True, help="Ask in private networks too, such as an archive of your own.")
@in_project
def archive(root: Path, **wishes: Any) -> None:
    """Find archived copies of the sources.

    Their addresses are written into the entries: for every source without `archive:`, that of the copy nearest to the day
    on which it was read, or else to the day of publication. Nothing else in a file changes, and no copy is ever replaced.
    A run that was stopped goes on where it was.
    """
    wanted = _Wishes(**wishes)
    chronology = find_chronology(root, wanted.slugs)
    with network():
        from chronicle.upkeep.archive import running  # noqa: PLC0415  (slow, and it may be missing)
        from chronicle.upkeep.archive.lacking import find_lacking  # noqa: PLC0415
    job = _plan(root, wanted, chronology)
    every = find_lacking(chronology, wanted.slugs)
    waiting, known = running.choose(job, every, fresh=wanted.fresh, limit=wanted.limit)
    told = list(known)
    try:
        with progress("Asking", len(waiting)) as advance:

            def tell(outcome: "Outcome") -> None:
                told.append(outcome)
                advance(1)

            running.run(job, waiting, tell)
    except KeyboardInterrupt as stop:
        click.echo("\nStopped. The same command goes on where it was.", err=True)
        raise click.Abort from stop
    finally:
        for outcome in told:
            click.echo(_line(outcome))
        click.echo(running.count_outcomes(told))
        if left := len(every) - len(told):
            click.echo(f"{left:,} more wait for another run.")


def _plan(root: Path, wanted: _Wishes, chronology: Chronology) -> "Job":
    from chronicle.upkeep.archive.finding import LIMITS  # noqa: PLC0415
    from chronicle.upkeep.archive.running import Job  # noqa: PLC0415
    from chronicle.upkeep.archive.wayback import Service  # noqa: PLC0415

    return Job(
        root,
        date.today(),
        chronology.setting.repository,
        replace(LIMITS, delay=wanted.delay),
        Service(wanted.service),
        keys=_read_keys() if wanted.save and not wanted.dry_run else None,
        dry=wanted.dry_run,
        allow_private=wanted.allow_private,
    )


def _read_keys() -> "Keys":
    from chronicle.upkeep.archive.finding import Keys  # noqa: PLC0415

    access, secret = (os.environ.get(name, "").strip() for name in _KEYS)
    if not access or not secret:
        where = "Anybody with an account finds them at https://archive.org/account/s3.php."
        raise click.UsageError(f"--save needs the two keys of an account in {_KEYS[0]} and {_KEYS[1]}. {where}")
    return Keys(access, secret)


def _line(outcome: "Outcome") -> str:
    """Which source, what became of it, and why."""
    lacking = outcome.lacking
    why = f": {outcome.why}" if outcome.why else ""
    told = [f"{outcome.done}  {lacking.path} (`{lacking.handle}`){why}", outcome.copy or lacking.url]
    return "\n      ".join(map(make_visible, told))
