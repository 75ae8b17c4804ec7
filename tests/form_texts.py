"""Texts as GitHub makes them of a form: every heading of it, an empty line, and the answer."""

from collections.abc import Mapping

from chronicle.drafting.forms.fields import Field, Form, Shape, name_choices
from chronicle.drafting.forms.github import fill_in
from chronicle.drafting.forms.layout import FORMS
from chronicle.model.setting import Setting

FORM_BY_NAME: Mapping[str, Form] = {form.name: form for form in FORMS}


def render(form: Form, answers: Mapping[str, str], setting: Setting) -> str:
    """The text of an issue, as GitHub renders these answers; the boxes are ticked unless an answer says otherwise."""
    return "\n\n".join(f"### {field.label}\n\n{_answer(field, answers, setting)}" for field in form.fields)


def _answer(field: Field, answers: Mapping[str, str], setting: Setting) -> str:
    if field.key in answers:
        return answers[field.key]
    if field.shape is Shape.TICKS:
        return "\n".join(f"- [X] {fill_in(tick, setting)}" for tick in name_choices(field, setting).values())
    return "_No response_"
