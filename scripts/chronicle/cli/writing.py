"""Commands that bring entries into being: `new` asks for one."""

import shlex
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import click

from chronicle.check import read_and_check
from chronicle.cli.asking import ask, with_flags
from chronicle.cli.project import in_project
from chronicle.cli.speaking import Refusal, name_program, say_problems
from chronicle.drafting.drafts import Draft, save_drafts
from chronicle.drafting.new import (
    NAME,
    QUESTIONS,
    find_fault,
    find_name_fault,
    make_draft,
    name_for,
    words_for,
)
from chronicle.load import Loaded
from chronicle.load.store import Store
from chronicle.model import Chronology

_MOST_WORDS: Final = 30  # more words than these in one question help nobody


@click.command()
@with_flags((*QUESTIONS, NAME))
@in_project
def new(root: Path, **flags: str | None) -> None:
    """Begin a new entry.

    It has one claim and one source; the rest is added in the file. What the flags below do not tell is asked. Nothing is
    written before all answers have passed the checks, and never over an entry that is there.
    """
    loaded, problems = read_and_check(root, Store(root))
    if loaded.chronology is None:
        say_problems(problems)
        raise click.ClickException("The chronology cannot be read; mend that first.")
    answers = _gather(flags, loaded.chronology)
    name = _choose_name(flags[NAME.key], answers["title"], loaded)
    draft = make_draft({**answers, NAME.key: name}, loaded, root, date.today())
    _present(draft, answers)
    try:
        save_drafts([draft], root)
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
        answers[question.key] = ask(partial(find_fault, question, chronology=chronology))
    return answers


def _choose_name(flag: str | None, title: str, loaded: Loaded) -> str:
    """The name that was given, or the one that the title gives; where it cannot be had, another is asked for."""
    name = flag or name_for(title)
    if fault := find_name_fault(name, loaded):
        if flag:
            raise click.UsageError(f"{NAME.flag}: {fault}")
        click.echo(f"\n{fault}\n{NAME.asks}")
        return ask(partial(find_name_fault, loaded=loaded))
    return name


def _repeat(answers: Mapping[str, str]) -> str:
    """The command that gives the same answers."""
    given = [f"{each.flag} {shlex.quote(answers[each.key])}" for each in (*QUESTIONS, NAME) if answers[each.key]]
    return " \\\n  ".join([f"{name_program()} new", *given])


def _show_words(meaning_by_word: Mapping[str, str]) -> None:
    if 0 < len(meaning_by_word) <= _MOST_WORDS:
        table = click.HelpFormatter()
        with table.indentation():
            table.write_dl(tuple(meaning_by_word.items()))
        click.echo(table.getvalue(), nl=False)


def _present(draft: Draft, answers: Mapping[str, str]) -> None:
    """Shows what is wrong with a draft and what it may repeat; ends here if it is not valid, or not wanted."""
    if draft.problems:
        say_problems(draft.problems)
    if not draft.is_valid:
        how = "To go on with these answers, change in them what has to be mended:"
        raise Refusal(f"Nothing was written. {how}\n\n{_repeat(answers)}")
    if draft.alike:
        click.echo("These entries may tell the same event, or rest on the same source:")
        for event in draft.alike:
            click.echo(f"  {event.date.short()}  {event.title}  ({event.path})")
        click.confirm("Is yours another event?", abort=True)
