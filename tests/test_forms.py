"""The forms for GitHub: that it will take them, and that they offer the words of chronology.yml and no others."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from chronicle.drafting.forms import make_forms
from chronicle.drafting.forms.answers import Reader
from chronicle.drafting.forms.fields import Shape, Spot, name_choices
from chronicle.drafting.forms.layout import CLAIM_LINES, EVENT, FIGURE_LINES, FORMS, LABEL, SOURCE_LINES
from chronicle.drafting.new import NAME, QUESTIONS
from chronicle.load import load
from chronicle.model import Chronology
from chronicle.model.scalars import read_prose
from conftest import ROOT
from small import ENTRY, SETTING, read, write

SCHEMAS = Path(__file__).parent / "vendor" / "schemastore"
CONFIG = ".github/ISSUE_TEMPLATE/config.yml"
AWKWARD = """
kinds:
  none: {name: None, meaning: "Reserved: by GitHub."}
  one: {name: 'Yes', meaning: A word that YAML takes for something else.}
  two: {name: 'Harbour, pier', meaning: With a comma.}
  three: {name: 'Same', meaning: Twice.}
  four: {name: same, meaning: Twice.}
  five: {name: '1998', meaning: 'A number: and "quotes" # sign'}
  closure: {name: Closure, meaning: Something is closed.}
topics:
  a: {name: 'Harbour', meaning: First.}
  b: {name: 'Harbour, pier', meaning: Second.}
  c: {name: 'pier', meaning: Third.}
  safety: {name: Safety, meaning: Fourth.}
"""


@pytest.fixture
def chronology(project: Path) -> Chronology:
    found = load(project).chronology
    assert found
    return found


@pytest.fixture
def awkward(tmp_path: Path) -> Chronology:
    """A chronology whose words are as awkward for a form as words can be."""
    changed = {**yaml.safe_load(SETTING), **yaml.load(AWKWARD, yaml.BaseLoader)}
    setting = yaml.dump(changed, allow_unicode=True)
    found = load(write(tmp_path, {"1998/bridge-closed": ENTRY}, setting=setting)).chronology
    assert found
    return found


def faults(form: Any) -> list[str]:
    """What GitHub would refuse of a form: SchemaStore’s schema, then what GitHub’s own page on such errors says besides."""
    schema = json.loads((SCHEMAS / "github-issue-forms.json").read_text(encoding="utf-8"))
    errors = [f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(form)]
    return errors or list(_find_rule_faults(form))


def _find_rule_faults(form: Any) -> Iterator[str]:
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    ticks = [tick["label"] for part in asked if part["type"] == "checkboxes" for tick in part["attributes"]["options"]]
    labels = [part["attributes"]["label"] for part in asked] + ticks
    yield from _find_twins("ids", [part["id"] for part in asked])
    yield from _find_twins("labels", [re.sub(r"[^a-z0-9_-]+", "-", label.lower()).strip("-") for label in labels])
    yield from (f"a word that GitHub forbids: {label}" for label in labels if re.search("password|token|secret", label, re.I))
    for part in asked:
        options = part["attributes"].get("options", []) if part["type"] == "dropdown" else []
        yield from _find_twins("options", [option.lower() for option in options])
        yield from (f"reserved: {option}" for option in options if option.lower() == "none")
    yield from (f"blank: {text}" for text in _texts(form) if not text.strip())
    if not asked:
        yield "nothing is asked"


def _find_twins(what: str, names: list[str]) -> Iterator[str]:
    yield from (f"{what} not unique: {name}" for name in sorted(set(names)) if names.count(name) > 1)


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def read_forms(chronology: Chronology) -> dict[str, Any]:
    """The forms as GitHub reads them: YAML 1.1, in which a bare day is no text."""
    made = make_forms(chronology.setting)
    return {Path(path).stem: yaml.safe_load(text) for path, text in made.items() if path != CONFIG}


def test_the_committed_forms_are_current() -> None:
    chronology = load(ROOT).chronology
    assert chronology
    made = make_forms(chronology.setting)
    outdated = [path for path, text in made.items() if (ROOT / path).read_text(encoding="utf-8") != text]
    assert outdated == [], "run `chronicle forms`"
    assert {path.name for path in (ROOT / ".github/ISSUE_TEMPLATE").iterdir()} == {Path(path).name for path in made}


def test_github_takes_the_forms(chronology: Chronology, awkward: Chronology) -> None:
    ours = load(ROOT).chronology
    assert ours
    for each in (ours, chronology, awkward):
        forms = read_forms(each)
        assert list(forms) == ["event", "correction", "source"]
        assert {name: faults(form) for name, form in forms.items()} == {"event": [], "correction": [], "source": []}


def test_github_takes_the_page_on_which_one_is_chosen(chronology: Chronology) -> None:
    schema = json.loads((SCHEMAS / "github-issue-config.json").read_text(encoding="utf-8"))
    config = yaml.safe_load(make_forms(chronology.setting)[CONFIG])
    assert list(Draft7Validator(schema).iter_errors(config)) == []
    assert config["contact_links"][0]["url"] == "https://bridge.example.org/contribute/"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda form: form.pop("name"), "'name' is a required property"),
        (lambda form: form.update(hello="world"), "'hello' was unexpected"),
        (lambda form: form.update(description=True), "True is not of type 'string'"),
        (lambda form: form["body"][2].update(id="two words"), "does not match"),
        (lambda form: form["body"][2].update(type="text"), "'text'"),
        (lambda form: form["body"][2]["attributes"].update(size=3), "size"),
        (lambda form: form["body"][3].update(id="title"), "ids not unique: title"),
        (lambda form: form["body"][3]["attributes"].update(label="Headline?"), "labels not unique: headline"),
        (lambda form: form["body"][3]["attributes"].update(label="Your password"), "forbids: Your password"),
        (lambda form: form["body"][5]["attributes"].update(options=[]), "[]"),
        (lambda form: form["body"][5]["attributes"].update(options=["None"]), "reserved: None"),
        (lambda form: form["body"][5]["attributes"].update(options=["A", "a"]), "options not unique: a"),
        (lambda form: form["body"][5]["attributes"].update(options=[True]), "True is not of type 'string'"),
        (lambda form: form["body"][2]["attributes"].update(placeholder="  "), "blank"),
        (lambda form: form.update(body=form["body"][:1]), "nothing is asked"),
    ],
)
def test_a_form_that_github_would_refuse_is_noticed(chronology: Chronology, change: Any, fault: str) -> None:
    form = read_forms(chronology)["event"]
    change(form)
    assert any(fault in told for told in faults(form)), faults(form)


def test_every_word_of_the_chronology_can_be_chosen_and_is_understood(chronology: Chronology, awkward: Chronology) -> None:
    for each in (chronology, awkward):
        forms = read_forms(each)
        for form in FORMS:
            offered = {part["id"]: part["attributes"].get("options") for part in forms[form.name]["body"] if "id" in part}
            for field in (field for field in form.fields if field.shape is Shape.CHOICE):
                choices = name_choices(field, each.setting)
                assert offered[field.key] == list(choices.values())
                for word, option in choices.items():
                    assert Reader(each).read(Spot(field.label), field, option) == word
                if field.question.several:
                    together = ", ".join(choices.values())  # as GitHub joins them, commas within names and all
                    assert Reader(each).read(Spot(field.label), field, together) == ", ".join(choices)


def test_the_words_for_the_vocabularies_are_all_of_them(chronology: Chronology) -> None:
    setting = chronology.setting
    words = {field.question.words: list(name_choices(field, setting)) for field in EVENT.fields if field.shape is Shape.CHOICE}
    assert words == {
        "kinds": list(setting.kinds),
        "certainty": list(setting.certainty),
        "topics": list(setting.topics),
        "source_types": list(setting.source_types),
        "measures": list(setting.measures),
    }


def test_where_nothing_is_counted_no_number_is_asked_for_by_choice(tmp_path: Path) -> None:
    setting = yaml.dump({**yaml.safe_load(SETTING), "measures": {}}, allow_unicode=True)
    found = load(write(tmp_path, {"1998/bridge-closed": ENTRY}, setting=setting)).chronology
    assert found
    form = read_forms(found)["event"]
    assert faults(form) == []
    assert "measure" not in [part.get("id") for part in form["body"]]


def test_the_form_asks_whatever_the_command_asks() -> None:
    asked = {field.key: field.question for field in EVENT.fields}
    for question in QUESTIONS:
        same = asked[question.key]
        read = read_prose if question.key == "summary" else question.read  # in a form, it may have several paragraphs
        assert (same.read, same.words, same.several, same.needed) == (read, question.words, question.several, question.needed)
    assert asked[NAME.key].read is NAME.read


def test_a_text_area_for_several_explains_every_word_that_may_begin_a_line(chronology: Chronology) -> None:
    parts = {part["id"]: part["attributes"] for part in read_forms(chronology)["event"]["body"] if "id" in part}
    for key, lines in (("more_sources", SOURCE_LINES), ("more_claims", CLAIM_LINES), ("more_figures", FIGURE_LINES)):
        assert all(f"{line.label}: " in parts[key]["placeholder"] for line in lines)


def test_every_form_has_the_label_by_which_the_workflow_knows_it(chronology: Chronology) -> None:
    assert [form["labels"] for form in read_forms(chronology).values()] == [[LABEL]] * 3
    assert f"labels.*.name, '{LABEL}'" in (ROOT / ".github/workflows/form.yml").read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/bridge-closed": ENTRY})
    assert make_forms(chronology.setting) == make_forms(chronology.setting)
