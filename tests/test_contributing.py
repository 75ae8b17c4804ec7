"""CONTRIBUTING.md says what is true: its entry is valid, and the tool answers each mistake as it is printed there."""

import re
from pathlib import Path

import pytest

from chronicle.check import read_and_check
from chronicle.problems import Severity, format_problems
from conftest import ROOT

GUIDE = ROOT / "CONTRIBUTING.md"
ENTRY = "chronology/events/1998/harbour-bridge-closed.yml"
MISTAKES = (
    ("A source is cited by a name that is not listed", "    sources: [notice]", "    sources: [notise]"),
    ("A date is written as in a letter", "date: 1998-03-17  ", "date: 17 March 1998  "),
    (
        "A text with a colon stands without quotation marks",
        "    title: Ponton fissuré",
        "    title: Port Ellery: ponton fissuré",
    ),
    ("A key is misspelt", "    publisher: The Ellery Gazette", "    publischer: The Ellery Gazette"),
    ("Somebody speaks who is not in actors.yml", "  - by: ines-marlow", "  - by: inez-marlow"),
    ("A paragraph cites nothing", "was known.[^gazette]", "was known."),
)


def _guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def _entry() -> str:
    blocks: list[str] = re.findall(r"```yaml\n(.*?)```", _guide(), re.DOTALL)
    return next(block for block in blocks if block.startswith("date:"))


def _answer(project: Path, text: str) -> str:
    """What the tool prints for the errors of this entry."""
    (project / ENTRY).write_text(text, encoding="utf-8")
    _, problems = read_and_check(project, None)
    return format_problems(
        problem for problem in problems if problem.path == ENTRY and problem.severity is Severity.ERROR
    )


def test_the_entry_to_copy_is_valid(project: Path) -> None:
    assert _answer(project, _entry()) == "No problems."


@pytest.mark.parametrize(
    "key",
    ["reported", "milestone", "figures", "annotation", "relations", "corrections", "formerly", "archive", "relays"],
)
def test_the_entry_to_copy_has_every_key(key: str) -> None:
    assert re.search(rf"^ *{key}:", _entry(), re.MULTILINE)


def test_each_mistake_is_answered_as_the_guide_says(project: Path, renew: bool) -> None:
    parts = []
    for number, (heading, right, wrong) in enumerate(MISTAKES, 1):
        assert right in _entry()
        text = _entry().replace(right, wrong, 1)
        answer = _answer(project, text).rpartition("\n\n")[0]
        line = next(line for line in text.split("\n") if wrong.strip() in line)
        parts.append(
            f"### {number}. {heading}\n\n```yaml\n{line.split('  #')[0].rstrip()}\n```\n\n```text\n{answer}\n```\n"
        )
    told = "<!-- mistakes -->\n\n" + "\n".join(parts) + "\n<!-- /mistakes -->"
    if renew:
        GUIDE.write_text(
            re.sub(r"<!-- mistakes -->.*<!-- /mistakes -->", lambda _: told, _guide(), flags=re.DOTALL),
            encoding="utf-8",
        )
    assert told in _guide()
