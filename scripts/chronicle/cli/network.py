"""What the commands that ask other sites have in common: the libraries that they need beside those of the others."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from chronicle.cli.speaking import Refusal
from chronicle.load import load
from chronicle.load.store import Store
from chronicle.model import Chronology


@contextmanager
def network() -> Iterator[None]:
    """Surrounds the imports of a command that opens the network, and says in a sentence what to do where a library is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("chronicle"):
            raise
        missing = f"This command needs the library `{error.name}`, which is not installed."
        raise click.ClickException(f"{missing} Install it with: pip install 'chronicle[network]'") from error


def find_chronology(root: Path, slugs: Collection[str]) -> Chronology:
    """The chronology of a project, in which there are all events that were asked for; ends the command where that is not so."""
    chronology = load(root, Store(root)).chronology
    if chronology is None:
        raise Refusal("The chronology cannot be read; `chronicle check` says why.")
    if unknown := [slug for slug in slugs if slug not in chronology.event_by_slug]:
        raise click.UsageError(f"There is no event called {', '.join(unknown)}.")
    return chronology


def _read_service(_: click.Context, __: click.Parameter, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise click.BadParameter("give the address of a web archive, such as https://web.archive.org")
    return address.rstrip("/")


with_service = click.option(
    "--service",
    envvar="CHRONICLE_ARCHIVE",
    default="https://web.archive.org",
    show_default=True,
    callback=_read_service,
    metavar="ADDRESS",
    help="The archive: the Wayback Machine, or another that answers as it does.",
)


def with_pause(seconds: float, longest: float, whom: str) -> Callable[..., Any]:
    """The option by which somebody says how long to wait between two requests; left out, so many seconds."""
    return click.option(
        "--delay",
        type=click.FloatRange(0, longest),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help=f"The pause between two requests to {whom}.",
    )


def with_report(use: str) -> Callable[..., Any]:
    """The option that takes an earlier report, and says of what use it is."""
    return click.option(
        "--since",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="REPORT",
        help=f"An earlier report.md, {use}.",
    )
