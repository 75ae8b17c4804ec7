"""What the commands that ask other sites have in common: the libraries that they need beside those of the others."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click

from chronicle.load import load
from chronicle.model import Chronology
from chronicle.store import Store


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
        raise click.ClickException("The chronology cannot be read; `chronicle check` says why.")
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
