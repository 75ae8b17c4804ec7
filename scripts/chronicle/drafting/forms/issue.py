"""The text of an issue that GitHub made of a form → which form it was, and what stands under each of its headings.

GitHub writes `### Heading`, an empty line and the answer, for every field in its order. Strangers can write such lines into
their answers too; where a heading stands more than once, nobody can tell which is the form’s, and none is believed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from chronicle.drafting.forms.fields import Fault, Field, Form, Shape, Spot
from chronicle.drafting.forms.layout import FORMS
from chronicle.model.setting import Setting

_TWO_FORMS: Final = (
    "The text holds the whole form more than once, and only one entry can be made of it.",
    "Leave one here, and send the other as a form of its own.",
)
NO_ANSWER: Final = ("_No response_", "None")
"""What GitHub writes for an empty field; “None” only where something could be chosen."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What an issue says: its form, the answers by the keys of their fields, and what is wrong with its headings.

    An empty answer is an empty text; a field whose answer cannot be told is not among them.
    """

    form: Form
    answers: Mapping[str, str]
    faults: tuple[Fault, ...]


def read_issue(text: str, setting: Setting) -> Issue | None:
    """What stands under the headings of the form that has most of them in the text; None where no form has any."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = {form.name: _find_headings(form, lines) for form in FORMS}
    form = max(FORMS, key=lambda form: (len(set(found[form.name])), -len(form.fields)))
    return _read(form, lines, found[form.name], setting) if found[form.name] else None


def _find_headings(form: Form, lines: Sequence[str]) -> Mapping[int, Field]:
    field_by_heading = {f"### {field.label}": field for field in form.fields}
    return {at: field_by_heading[line.rstrip()] for at, line in enumerate(lines) if line.rstrip() in field_by_heading}


def _read(form: Form, lines: Sequence[str], found: Mapping[int, Field], setting: Setting) -> Issue:
    keys = [field.key for field in found.values()]
    shown = [field for field in form.fields if not _is_left_out(field, setting)]
    faults = [_tell_number(field, keys.count(field.key)) for field in shown if keys.count(field.key) != 1]
    if all(keys.count(field.key) > 1 for field in shown):
        return Issue(form, {}, (Fault(Spot(shown[0].label), *_TWO_FORMS),))
    unsure = {field.key for field in shown if keys.count(field.key) != 1}
    once = [key for key in keys if key not in unsure]
    misplaced = [key for key, right in zip(once, _in_order(once, form), strict=True) if key != right]
    faults += [_tell_order(form.field(key)) for key in misplaced[:1]]
    unsure |= {*misplaced, *(before for before, after in pairwise(keys) if after in unsure)}
    ends = [*found, len(lines)]
    answers = {
        field.key: _clean("\n".join(lines[start + 1 : end]), field)
        for (start, end), field in zip(pairwise(ends), found.values(), strict=True)
    }
    left_out = {field.key: "" for field in form.fields if field not in shown}
    sure = {key: answer for key, answer in answers.items() if key not in unsure}
    return Issue(form, left_out | sure, tuple(faults))


def _is_left_out(field: Field, setting: Setting) -> bool:
    """Whether the form does not show it, because there is nothing to choose."""
    return field.shape is Shape.CHOICE and bool(field.question.words) and not getattr(setting, field.question.words)


def _in_order(keys: Sequence[str], form: Form) -> list[str]:
    return [field.key for field in form.fields if field.key in keys]


def _tell_number(field: Field, times: int) -> Fault:
    line = f"“### {field.label}”"
    if times:
        what = f"The line {line} stands {times} times in the text, so nobody can tell which answer is meant."
        mend = "Leave the one that the form made; take the others out of your answers, or put a word before them."
    else:
        what = f"The line {line} is no longer in the text, so nobody can tell where this answer begins."
        mend = "Put it back as a line of its own, with your answer below it, or fill in a new form."
    return Fault(Spot(field.label), what, mend)


def _tell_order(field: Field) -> Fault:
    what = f"The line “### {field.label}” does not stand where the form had it."
    return Fault(Spot(field.label), what, "Put the parts back into the order of the form, or fill in a new one.")


def _clean(answer: str, field: Field) -> str:
    answer = answer.strip()
    nothing = NO_ANSWER if field.shape is Shape.CHOICE else NO_ANSWER[:1]
    return "" if answer in nothing else answer
