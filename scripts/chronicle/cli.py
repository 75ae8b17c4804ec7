"""The commands: the only place that prints, exits or asks."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial, wraps
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

import click

from chronicle.load import FOLDER, Loaded
from chronicle.model import Chronology
from chronicle.new import (
    NAME,
    QUESTIONS,
    Draft,
    find_fault,
    find_name_fault,
    make_draft,
    name_for,
    save_draft,
    words_for,
)
from chronicle.problems import Problem, Severity, format_annotation, format_problems
from chronicle.schema import make_schemas
from chronicle.search import SearchError, index_site
from chronicle.site import build_docs, read_and_check
from chronicle.store import Store

_PATIENCE: Final = 1.0  # seconds without a word; after that, whoever watches is told what goes on
_MOST_WORDS: Final = 30  # more words than these in one question help nobody
Command = Callable[..., None]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder of the project, in which `chronology/` stands. Left out: the folder you are in.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Look after a chronology: check its entries, make its pages, begin a new entry."""
    context.obj = root


def _in_project(command: Command) -> Command:
    """Gives a command the folder of the project as its first argument, and refuses one that is none."""

    @wraps(command)
    def run(root: Path, **options: Any) -> None:
        if not (root / FOLDER).is_dir():
            here = f"There is no folder `{FOLDER}` in {root.resolve()}."
            raise click.UsageError(f"{here} Go to the folder of the project, or name it with --root.")
        command(root, **options)

    return click.pass_obj(run)


@main.command()
@click.option(
    "--github", is_flag=True, envvar="GITHUB_ACTIONS", help="On GitHub, also show each problem beside its line."
)
@click.option("--warnings", is_flag=True, help="List every warning, also where very many are alike.")
@_in_project
def check(root: Path, github: bool, warnings: bool) -> None:
    """List what is wrong with the entries.

    Each problem is told with its file, line and column, what is wrong, and how to mend it. Errors must be mended before
    the site can be made (exit code 1), and stand last; warnings are for you to judge.
    """
    with _patience("Reading and checking the entries"):
        _, problems = read_and_check(root, Store(root))
    for problem in problems if github else ():
        click.echo(format_annotation(problem))
    click.echo(format_problems(problems, every_warning=warnings))
    _exit_if_failed(problems)


@main.command()
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="AS_OF",
    metavar="DAY",
    help="Make the site as the public could know it at the end of that day (1998-03-17). Left out: as it is known now.",
)
@_in_project
def build(root: Path, as_of: datetime | None) -> None:
    """Check the entries and write the pages.

    They go below docs/. With an error nothing is written (exit code 1). MkDocs does this by itself, and for the site
    of a day looks for it in the variable AS_OF; the command is of use with other site generators.
    """
    with _patience("Making the pages"):
        built = build_docs(root, root / "docs", Store(root), as_of.date() if as_of else None)
    if built.problems:
        click.echo(format_problems(built.problems), err=True)
    _exit_if_failed(built.problems)
    click.echo(f"{_count(built.written, 'file')} written, {len(built.removed):,} removed.")


@main.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def index(site: Path) -> None:
    """Make the search index of a built site.

    SITE is its folder. MkDocs does this by itself; it is of use with other site generators.
    """
    try:
        with _patience("Indexing the pages"):
            pages = index_site(site)
    except SearchError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{pages:,} {'page' if pages == 1 else 'pages'} can be searched.")


@main.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; tell which files are not current (exit code 1)."
)
@_in_project
def schema(root: Path, only_check: bool) -> None:
    """Write the JSON Schemas of the entries.

    From these files, in schema/, editors know which keys an entry may have and what they mean.
    """
    outdated = {path: text for path, text in make_schemas().items() if _read(root / path) != text}
    if only_check and outdated:
        raise click.ClickException(f"Not current: {', '.join(outdated)}. Run `chronicle schema`.")
    for path, text in outdated.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{path} written.")


def _with_flags(command: Command) -> Command:
    for question in reversed((*QUESTIONS, NAME)):
        command = click.option(question.flag, question.key, metavar="TEXT", help=f"{question.asks}.")(command)
    return command


@main.command()
@_with_flags
@_in_project
def new(root: Path, **flags: str | None) -> None:
    """Begin a new entry.

    It has one claim and one source; the rest is added in the file. What the flags below do not tell is asked. Nothing is
    written before all answers have passed the checks, and never over an entry that is there.
    """
    loaded, problems = read_and_check(root, Store(root))
    if loaded.chronology is None:
        click.echo(format_problems(problems), err=True)
        raise click.ClickException("The chronology cannot be read; mend that first.")
    answers = _gather(flags, loaded.chronology)
    name = _choose_name(flags[NAME.key], answers["title"], loaded)
    draft = make_draft({**answers, NAME.key: name}, loaded, root, date.today())
    _present(draft)
    try:
        save_draft(draft, root)
    except FileExistsError as error:
        raise click.ClickException(f"{draft.path} is there already. Choose another name.") from error
    click.echo(f"{draft.path} written. Add what else is known: actors, places, figures, more claims and sources.")


def _gather(flags: Mapping[str, str | None], chronology: Chronology) -> Mapping[str, str]:
    """An answer to every question, from the flags or, where one is missing that is needed, by asking."""
    for question in QUESTIONS:
        answer = flags[question.key]
        if answer is not None and (fault := find_fault(question, answer, chronology)):
            raise click.UsageError(f"{question.flag}: {fault}")
    open_ones = [question for question in QUESTIONS if flags[question.key] is None]
    answers = {key: given or "" for key, given in flags.items()}
    if not any(question.needed for question in open_ones):
        return answers
    for number, question in enumerate(open_ones, 1):
        click.echo(f"\n{number} of {len(open_ones)}  {question.asks}")
        _show_words(words_for(question, chronology))
        answers[question.key] = _ask(partial(find_fault, question, chronology=chronology), needed=question.needed)
    return answers


def _choose_name(flag: str | None, title: str, loaded: Loaded) -> str:
    """The name that was given, or the one that the title gives; where it cannot be had, another is asked for."""
    name = flag or name_for(title)
    if fault := find_name_fault(name, loaded):
        if flag:
            raise click.UsageError(f"{NAME.flag}: {fault}")
        click.echo(f"\n{fault}\n{NAME.asks}")
        return _ask(partial(find_name_fault, loaded=loaded))
    return name


def _show_words(meaning_by_word: Mapping[str, str]) -> None:
    if 0 < len(meaning_by_word) <= _MOST_WORDS:
        table = click.HelpFormatter()
        with table.indentation():
            table.write_dl(tuple(meaning_by_word.items()))
        click.echo(table.getvalue(), nl=False)


def _ask(find_fault_in: Callable[[str], str], needed: bool = True) -> str:
    """What is typed, as soon as there is no fault in it."""

    def read(answer: str) -> str:
        if fault := find_fault_in(answer):
            raise click.UsageError(fault)
        return answer

    answer: str = click.prompt(
        ">", prompt_suffix=" ", default=None if needed else "", show_default=False, value_proc=read
    )
    return answer


def _present(draft: Draft) -> None:
    """Shows what is wrong with a draft and what it may repeat; ends here if it is not valid, or not wanted."""
    if draft.problems:
        click.echo(format_problems(draft.problems), err=True)
    if not draft.is_valid:
        raise click.ClickException("Nothing was written.")
    if draft.alike:
        click.echo("These entries may tell the same event, or rest on the same source:")
        for event in draft.alike:
            click.echo(f"  {event.date.short()}  {event.title}  ({event.path})")
        click.confirm("Is yours another event?", abort=True)


def _exit_if_failed(problems: tuple[Problem, ...]) -> None:
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(1)


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _count(things: tuple[Any, ...], noun: str) -> str:
    return f"{len(things):,} {noun if len(things) == 1 else noun + 's'}"


@contextmanager
def _patience(doing: str) -> Iterator[None]:
    """Tells a person at a terminal what goes on, and for how long, where it takes longer than a second."""
    over = Event()
    teller = Thread(target=_tell_time, args=(doing, over), daemon=True)
    if sys.stderr.isatty():
        teller.start()
    try:
        yield
    finally:
        over.set()
        if teller.is_alive():
            teller.join()


def _tell_time(doing: str, over: Event) -> None:
    seconds = 0
    while not over.wait(_PATIENCE):
        seconds += 1
        click.echo(f"\r{doing} … {seconds} s", nl=False, err=True)
    if seconds:
        click.echo("\r\033[K", nl=False, err=True)
