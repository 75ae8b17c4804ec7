"""Commands that make the site: `build`, and `index` for its search."""

from datetime import datetime
from pathlib import Path

import click

from chronicle.cli.patience import patience
from chronicle.cli.project import count, exit_if_failed, in_project
from chronicle.cli.speaking import say_problems
from chronicle.load.store import Store
from chronicle.model.setting import read_site
from chronicle.site import Edition, build_docs
from chronicle.site.search import SearchError, index_site


def _read_site(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        return read_site(value) if value else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="AS_OF",
    metavar="DAY",
    help="Make the site as the public could know it at the end of that day (1998-03-17). Left out: as it is known now.",
)
@click.option(
    "--site",
    envvar="SITE_URL",
    metavar="ADDRESS",
    callback=_read_site,
    help="The address at which the site is published. Left out: `site` in chronology.yml.",
)
@in_project
def build(root: Path, as_of: datetime | None, site: str | None) -> None:
    """Check the entries and write the pages.

    They go below docs/. With an error nothing is written (exit code 1). MkDocs does this by itself, and for the site
    of a day looks for it in the variable AS_OF, for its address in SITE_URL; the command is of use with other site generators.
    """
    edition = Edition(as_of.date() if as_of else None, site)
    with patience("Making the pages"):
        built = build_docs(root, root / "docs", Store(root), edition)
    if built.problems:
        say_problems(built.problems)
    exit_if_failed(built.problems)
    click.echo(f"{count(built.written, 'file')} written, {len(built.removed):,} removed.")


@click.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def index(site: Path) -> None:
    """Make the search index of a built site.

    SITE is its folder. MkDocs does this by itself; it is of use with other site generators.
    """
    try:
        with patience("Indexing the pages"):
            pages = index_site(site)
    except SearchError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{pages:,} {'page' if pages == 1 else 'pages'} can be searched.")
