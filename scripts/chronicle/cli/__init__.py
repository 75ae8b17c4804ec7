"""The commands, one module for each group of them: the only place that prints, exits or asks."""

from pathlib import Path
from pkgutil import resolve_name

import click

from chronicle.cli.speaking import Program

COMMANDS = {  # where each one stands, and the first sentence of its help: so much is known without importing it
    "archive": ("archiving:archive", "Find archived copies of the sources."),
    "build": ("building:build", "Check the entries and write the pages."),
    "check": ("checking:check", "List what is wrong with the entries, or what drafts still lack."),
    "diff": ("reviewing:diff", "Tell what a change to the entries means."),
    "forms": ("forms:forms", "Write the forms that GitHub shows under “New issue”."),
    "from-form": ("forms:from_form", "Make an entry, or change one, from a form that was filled in."),
    "import": ("bringing:import_timeline", "Bring in a timeline made elsewhere, as drafts."),
    "index": ("building:index", "Make the search index of a built site."),
    "init": ("starting:init", "Begin a chronology of your own in a new FOLDER."),
    "links": ("links:links", "Look whether the sources still answer."),
    "new": ("writing:new", "Begin a new entry."),
    "report": ("reporting:report", "Tell editors where the evidence is thin."),
    "schema": ("checking:schema", "Write the JSON Schemas of the entries."),
    "verify": ("verifying:verify", "Look whether quotations and numbers stand in their sources."),
}


def find_command(name: str) -> click.Command:
    """The command with this name, imported now: no command waits for what only others need."""
    command = resolve_name(f"{__name__}.{COMMANDS[name][0]}")
    assert isinstance(command, click.Command)
    return command


class _Listed(Program):
    """A group that holds a line of help for each command, and finds the command itself when it is called."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, _, rest = super().resolve_command(ctx, args)
        return name, find_command(name) if name else None, rest


@click.group(
    cls=_Listed,
    commands=[click.Command(name, short_help=summary) for name, (_, summary) in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
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
