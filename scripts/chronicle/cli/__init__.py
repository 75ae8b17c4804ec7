"""The commands, one module for each group of them: the only place that prints, exits or asks."""

from pathlib import Path

import click

from chronicle.cli.archiving import archive
from chronicle.cli.bringing import import_timeline
from chronicle.cli.building import build, index
from chronicle.cli.checking import check, schema
from chronicle.cli.forms import forms, from_form
from chronicle.cli.links import links
from chronicle.cli.reporting import report
from chronicle.cli.reviewing import diff
from chronicle.cli.speaking import Program
from chronicle.cli.starting import init
from chronicle.cli.verifying import verify
from chronicle.cli.writing import new


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder of the project, in which `chronology/` stands. Left out: the folder you are in.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Look after a chronology: check its entries, make its pages, add to it."""
    context.obj = root


for command in (archive, build, check, diff, forms, from_form, import_timeline, index, init, links, new, report, schema, verify):
    main.add_command(command)
