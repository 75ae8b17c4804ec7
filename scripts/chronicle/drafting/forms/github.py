"""The forms as GitHub reads them: the files in .github/ISSUE_TEMPLATE, with the words of chronology.yml to choose from.

They follow “Syntax for GitHub’s form schema” and “Common validation errors when creating issue forms”.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from chronicle.drafting.forms.fields import Field, Form, Shape, name_choices
from chronicle.drafting.forms.layout import FORMS, LABEL
from chronicle.model.setting import Setting, Term
from chronicle.yamlfile.text import write_text

FOLDER: Final = ".github/ISSUE_TEMPLATE"
_HEAD: Final = "# Made by `chronicle forms` from chronology/chronology.yml: change the words there, then run it again.\n"

_Part: TypeAlias = "str | bool | Sequence[_Part] | Mapping[str, _Part]"


def make_forms(setting: Setting) -> Mapping[str, str]:
    """The text of every form by its path in the project, and of the page on which people choose one; the same bytes each time."""
    forms = {f"{FOLDER}/{form.name}.yml": _HEAD + _write(_describe_form(form, setting)) for form in FORMS}
    return {**forms, f"{FOLDER}/config.yml": _HEAD + _write(_describe_choice(setting))}


def fill_in(text: str, setting: Setting) -> str:
    """A text of the layout with what this chronology has in the places that are kept for it."""
    words = {
        "site": setting.site,
        "language": setting.language,
        "licence": setting.licence.name,
        "quotation_words": str(setting.rules.quotation_words),
        "source_types": "; ".join(term.name for term in setting.source_types.values()),
        "measures": "; ".join(term.name for term in setting.measures.values()),
        "source_type": next((term.name for term in setting.source_types.values()), ""),
        "measure": next((term.name for term in setting.measures.values()), ""),
    }
    for word, said in words.items():
        text = text.replace(f"{{{word}}}", said)
    return text


def _describe_choice(setting: Setting) -> Mapping[str, _Part]:
    link = {
        "name": "How to contribute",
        "url": f"{setting.site}contribute/",
        "about": "What makes a good entry, step by step; also how to do without these forms.",
    }
    return {"blank_issues_enabled": True, "contact_links": [link]}


def _describe_form(form: Form, setting: Setting) -> Mapping[str, _Part]:
    body = [described for part in form.parts for described in _describe_part(part, setting)]
    heading = {"name": form.title, "description": form.about, "title": f"{form.title}: ", "labels": [LABEL]}
    return {**heading, "body": body}


def _describe_part(part: str | Field, setting: Setting) -> Iterator[Mapping[str, _Part]]:
    if isinstance(part, str):
        yield _note(fill_in(part, setting))
        return
    choices = name_choices(part, setting)
    if part.shape is Shape.CHOICE and not choices:
        return
    if part.shape is Shape.CHOICE and part.question.words:
        yield _note(_explain(part, choices, setting))
    attributes: dict[str, _Part] = {"label": part.label, "description": fill_in(part.question.asks, setting)}
    if part.example:
        attributes["placeholder"] = fill_in(part.example, setting)
    if part.shape is Shape.CHOICE:
        attributes |= {"multiple": part.question.several, "options": list(choices.values())}
    if part.shape is Shape.TICKS:
        attributes["options"] = [{"label": fill_in(tick, setting), "required": True} for tick in choices.values()]
    described: dict[str, _Part] = {"type": str(part.shape), "id": part.key, "attributes": attributes}
    yield described | ({"validations": {"required": True}} if _is_required(part) else {})


def _is_required(field: Field) -> bool:
    return field.question.needed and field.shape is not Shape.TICKS


def _note(text: str) -> Mapping[str, _Part]:
    return {"type": "markdown", "attributes": {"value": text}}


def _explain(field: Field, choices: Mapping[str, str], setting: Setting) -> str:
    terms: Mapping[str, Term] = getattr(setting, field.question.words)
    meanings = "\n".join(f"- **{choices[word]}**: {' '.join(term.meaning.split())}" for word, term in terms.items())
    return f"<details><summary>What the words under “{field.label}” mean</summary>\n\n{meanings}\n\n</details>"


def _write(data: Mapping[str, _Part]) -> str:
    return "".join(f"{line}\n" for line in _mapping(data))


def _mapping(data: Mapping[str, _Part]) -> Iterator[str]:
    for key, value in data.items():
        first, *rest = _value(value)
        yield f"{key}:{first}"
        yield from (f"  {line}" if line else "" for line in rest)


def _value(value: _Part) -> Iterator[str]:
    """What follows the colon, and the lines below it."""
    if isinstance(value, bool):
        yield " true" if value else " false"
    elif isinstance(value, str):
        yield from (" |-", *value.split("\n")) if "\n" in value else (f" {_on_one_line(value)}",)
    elif isinstance(value, Mapping):
        yield from ("", *_mapping(value))
    else:
        yield ""
        for part in value:
            first, *rest = (f" {_on_one_line(part)}",) if isinstance(part, str) else _listed(part)
            yield f"-{first}"
            yield from (f"  {line}" if line else "" for line in rest)


def _listed(part: _Part) -> Iterator[str]:
    first, *rest = _mapping(part) if isinstance(part, Mapping) else _value(part)
    yield from (f" {first}", *rest)


def _on_one_line(text: str) -> str:
    """As in entries, but what begins with a digit is quoted, lest it is read as a number, and a blank at the end is kept."""
    quoted = "'" + text.replace("'", "''") + "'"
    return write_text(text) if text[:1].isalpha() and text == text.strip() else quoted
