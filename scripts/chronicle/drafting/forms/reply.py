"""What whoever filled in a form is answered, as Markdown for GitHub: what has to be mended, or what was made of it."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from chronicle.drafting.forms.fields import Fault
from chronicle.drafting.forms.take import Taken
from chronicle.harmless import as_block, as_code, harmless_message
from chronicle.problems import Problem, mute_commands

_LONGEST: Final = 160  # of what is repeated of one answer
_LONGEST_REMARK: Final = 5_000
_LONGEST_LIST: Final = 25_000  # GitHub takes 65,536 signs in all
_QUOTED: Final = re.compile("“([^“”]*)”")
_NOT_A_FORM: Final = (
    "**This is not the text of one of the forms**, or all its headings are gone. Nothing was made of it.\n\n"
    "Choose “New issue” and one of the forms; each asks for what is needed."
)


def reply(taken: Taken) -> str:
    """The answer to a form, with a line break at its end."""
    if taken.form is None:
        return _NOT_A_FORM + "\n"
    return mute_commands("\n".join(_tell_faults(taken) if taken.faults else _tell_draft(taken)) + "\n")


def _tell_faults(taken: Taken) -> Iterator[str]:
    number = len(taken.faults)
    yield f"**Nothing was made of this yet: {'one thing has' if number == 1 else f'{number:,} things have'} to be mended.**"
    yield ""
    yield (
        "Nothing is lost. Choose “Edit” in the menu at the top right of your text above, mend what is listed here below the "
        "heading that is named, and save. It is read again at once, and this answer changes."
    )
    yield ""
    yield from _list(f"{at}. {_tell_fault(fault)}" for at, fault in enumerate(taken.faults, 1))


def _tell_fault(fault: Fault) -> str:
    part = f", {fault.spot.part}" if fault.spot.part else ""
    what, mend = (say(text.strip()) for text in (fault.what, fault.mend))
    ending = "" if what.endswith((".", "?", "!")) else "."
    return f"**{fault.spot.label}**{part}: {what}{ending} {mend}".rstrip()


def _list(lines: Iterable[str]) -> Iterator[str]:
    """As many of the lines as an answer may hold, and how many more there are."""
    every = list(lines)
    lengths = accumulate(map(len, every))
    shown = sum(length <= _LONGEST_LIST for length in lengths)
    yield from every[:shown]
    if more := len(every) - shown:
        yield f"\nAnd {more:,} more."


def _tell_draft(taken: Taken) -> Iterator[str]:
    draft = taken.draft
    if draft is None or taken.form is None:
        return
    about = f" for `{taken.event.slug}`: {as_code(taken.event.title)}" if taken.event else ""
    yield f"**{taken.form.title}**{about}"
    yield f"\nThe file is `{draft.path}`. The check finds no mistake in it; whether it is right is for an editor to say."
    if taken.by_hand:
        yield "\n**The change itself has still to be made in the file**: only the line under “Corrections” is there."
    if taken.shown:
        yield f"\nA page that shows it: {as_code(taken.shown)}"
    if draft.alike:
        yield "\nThese entries may tell the same event, or rest on the same source:\n"
        yield from _list(f"- `{event.path}`: {as_code(event.title)}" for event in draft.alike)
    if draft.problems:
        yield "\nWhat the check says besides:\n"
        yield from _list(f"- {_tell_problem(problem)}" for problem in draft.problems)
    if taken.remark:
        yield "\nThe note for the editors:\n"
        yield as_block(taken.remark[:_LONGEST_REMARK], "")


def _tell_problem(problem: Problem) -> str:
    return f"{say(problem.what)}. {say(problem.mend)}".rstrip()


def say(text: str) -> str:
    """A sentence of ours, in which what stands in “quotation marks” is shown as code, and no stranger’s words do anything."""
    parts = _QUOTED.split(text[:1].upper() + text[1:])
    return "".join(_quote(part) if at % 2 else _show(part) for at, part in enumerate(parts))


def _quote(words: str) -> str:
    flat = " ".join(words.split())
    return as_code(flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…") if flat else "“”"


def _show(part: str) -> str:
    """What stands between quotations, with the blanks at its ends."""
    shown = harmless_message(part)
    return f"{' ' * part[:1].isspace()}{shown}{' ' * part[-1:].isspace()}" if shown else " " * bool(part)
