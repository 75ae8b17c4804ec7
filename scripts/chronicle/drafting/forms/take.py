"""The text of an issue → what comes of it: an entry that may be written, or everything that has to be mended."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from chronicle.drafting.drafts import Draft, save_drafts
from chronicle.drafting.forms.change import Change, add_source, correct
from chronicle.drafting.forms.entry import make_entry
from chronicle.drafting.forms.fields import Fault, Form, Spot
from chronicle.drafting.forms.issue import Issue, read_issue
from chronicle.load import Loaded
from chronicle.model import Event
from chronicle.yamlfile.editing import edit_file

MAX_CHARACTERS: Final = 100_000
"""More than GitHub lets an issue hold."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a form: the draft where there is one, the entry that it changes, and what has to be mended.

    Only without faults may the draft be written. `remark` is the note for the editors, `shown` the page that shows a
    correction; `by_hand` says that an editor has to make the change itself. `form` is None for a text that is no form.
    """

    form: Form | None
    faults: tuple[Fault, ...]
    draft: Draft | None = None
    event: Event | None = None
    remark: str = ""
    shown: str = ""
    by_hand: bool = False


def take_form(text: str, loaded: Loaded, root: Path, today: date) -> Taken:
    """What comes of the text of an issue in the project `root`, of which `loaded` is what it holds; nothing is written.

    Raises ValueError where the project has no chronology.
    """
    if loaded.chronology is None:
        raise ValueError("without a chronology, nothing can be added to it")
    issue = read_issue(text[:MAX_CHARACTERS], loaded.chronology.setting)
    if issue is None:
        return Taken(None, ())
    drafted, faults, change = _make(issue, loaded, root, today)
    faults = (*faults, *_find_missing_ticks(issue))
    order = {field.label: place for place, field in enumerate(issue.form.fields)}
    faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: order[fault.spot.label]))
    return Taken(
        issue.form,
        faults,
        None if faults else drafted,
        change.event if change else None,
        issue.answers.get("remark", ""),
        issue.answers.get("shown", ""),
        change.by_hand if change else False,
    )


def save_taken(taken: Taken, root: Path) -> None:
    """Writes the draft: a new file for a new event, the changed text of the file for an entry that is there.

    Raises FileExistsError where a new entry would take the place of another, ValueError where nothing may be written.
    """
    if taken.draft is None:
        raise ValueError("a form with faults makes no entry")
    if taken.event is None:
        save_drafts([taken.draft], root)
    else:
        text = taken.draft.text
        edit_file(root / taken.draft.path, lambda _: text)


def _make(
    issue: Issue, loaded: Loaded, root: Path, today: date
) -> tuple[Draft | None, tuple[Fault, ...], Change | None]:
    if issue.form.name == "event":
        return *make_entry(issue, loaded, root, today), None
    change, faults = correct(issue, loaded, root, today) if issue.form.name == "correction" else add_source(issue, loaded, root)
    return change.draft if change else None, faults, change


def _find_missing_ticks(issue: Issue) -> tuple[Fault, ...]:
    field = issue.form.field("ready")
    lines = [line.strip().casefold() for line in issue.answers.get(field.key, "- [x]\n" * len(field.choices)).split("\n")]
    ticked = sum(line.startswith("- [x]") for line in lines)
    if ticked >= len(field.choices):
        return ()
    what = f"{ticked} of {len(field.choices)} boxes are ticked."
    return (Fault(Spot(field.label), what, "Put an x into each pair of brackets: - [x]."),)
