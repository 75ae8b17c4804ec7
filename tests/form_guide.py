"""What the pages for contributors show of the forms: their fields, and what is really answered, written and changed."""

import difflib
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from chronicle import cli
from chronicle.drafting.forms import reply, save_taken, take_form
from chronicle.drafting.forms.fields import Shape
from chronicle.drafting.forms.github import fill_in
from chronicle.drafting.forms.issue import read_issue
from chronicle.drafting.forms.layout import EVENT
from chronicle.drafting.new import NAME
from chronicle.load import Loaded, load
from test_new import ANSWERS

SAMPLES = Path(__file__).parent / "forms"
TODAY = date(2026, 11, 22)
CLOSED = "chronology/events/1998/harbour-bridge-closed.yml"
NEW = "chronology/events/1998/council-asks-for-a-second-inspection-of-the-piers.yml"


def _sample(name: str) -> str:
    return (SAMPLES / f"{name}.md").read_text(encoding="utf-8")


def _block(text: str, language: str = "text") -> str:
    lines = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    return f"```{language}\n{lines}\n```\n"


def _answer(project: Path, text: str) -> str:
    """The answer as GitHub shows it, without the signs that only keep it from doing anything."""
    told = reply(take_form(text, load(project), project, TODAY)).replace("\u200b", "")
    return "".join(f"> {line}".rstrip() + "\n" for line in told.strip().split("\n"))


def _fields(project: Path) -> str:
    setting = _loaded(project).chronology
    assert setting
    rows = [
        f"| {field.label} | {fill_in(field.question.asks, setting.setting)} |\n"
        for field in EVENT.fields
        if field.question.needed and field.shape is not Shape.TICKS
    ]
    return "| Field | What to write |\n| --- | --- |\n" + "".join(rows)


def _loaded(project: Path) -> Loaded:
    return load(project)


def _entry(project: Path) -> str:
    return _block(_written(project, "second-try", NEW), "yaml")


def _written(project: Path, name: str, path: str) -> str:
    """The file at `path` after this form; the project stays as it was."""
    copy = project.with_name(f"{project.name}-{name}")
    shutil.copytree(project / "chronology", copy / "chronology")
    taken = take_form(_sample(name), load(copy), copy, TODAY)
    save_taken(taken, copy)
    text = (copy / path).read_text(encoding="utf-8")
    shutil.rmtree(copy)
    return text


def _change(name: str) -> Callable[[Path], str]:
    def show(project: Path) -> str:
        before = (project / CLOSED).read_text(encoding="utf-8").split("\n")
        lines = difflib.unified_diff(before, _written(project, name, CLOSED).split("\n"), lineterm="", n=1)
        shown = [re.sub(r"^@@.*", "…", line) for line in lines if not line.startswith(("---", "+++"))]
        return _block("\n".join(shown[1:]), "diff")

    return show


def _part(name: str, key: str, parts: int) -> Callable[[Path], str]:
    def show(project: Path) -> str:
        chronology = _loaded(project).chronology
        assert chronology
        issue = read_issue(_sample(name), chronology.setting)
        assert issue
        return _block("\n\n".join(issue.answers[key].split("\n\n")[:parts]))

    return show


def _answers(project: Path) -> str:
    chronology = _loaded(project).chronology
    assert chronology
    issue = read_issue(_sample("correction"), chronology.setting)
    assert issue
    rows = [
        f"| {field.label} | {issue.answers[field.key]} |\n"
        for field in issue.form.fields
        if issue.answers[field.key] and field.shape is not Shape.TICKS
    ]
    return "| Field | Answer |\n| --- | --- |\n" + "".join(rows)


def _mistakes(project: Path) -> str:
    heading = "### What it says now\n\n"
    texts = (_sample("correction").replace(f"{heading}11,000 to 13,000", heading + words) for words in ("crack", "12,000"))
    return "".join(_answer(project, text).split("\n>\n")[-1] for text in texts).replace("> 1. ", "> - ")


def _new(project: Path) -> str:
    """The command as somebody sees it who answers what it asks."""
    copy = project.with_name("new")
    shutil.copytree(project / "chronology", copy / "chronology")
    answers = "".join(f"{answer}\n" for key, answer in ANSWERS.items() if key != NAME.key)
    said = CliRunner().invoke(cli.main, ["--root", str(copy), "new"], input=answers).stdout
    checked = CliRunner().invoke(cli.main, ["--root", str(copy), "check"]).stdout
    shutil.rmtree(copy)
    asked = [f"{part.strip()}\n" for part in said.strip().split("\n\n")]
    lines = [*asked[:2], "…\n", asked[-1], "$ .venv/bin/chronicle check\n…", checked.strip().rpartition("\n")[2]]
    return _block("$ .venv/bin/chronicle new\n\n" + "\n".join(lines))


FORM_GUIDE: Mapping[str, Callable[[Path], str]] = {
    "correction answers": _answers,
    "correction change": _change("correction"),
    "correction mistakes": _mistakes,
    "form answer": lambda project: _answer(project, _sample("first-try")),
    "form entry": _entry,
    "form facts": _part("event", "more_claims", 2),
    "form fields": _fields,
    "form proposal": lambda project: _answer(project, _sample("second-try")),
    "form sources": _part("event", "more_sources", 1),
    "new entry": _new,
    "source change": _change("source"),
}
