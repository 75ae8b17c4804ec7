"""The weekly look at the links on GitHub: what it may do, and what its lines do with an issue."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from programs import SAY_BACK, set_up_make, write_program

WORKFLOW: dict[str, Any] = yaml.load(
    (ROOT / ".github/workflows/links.yml").read_text(encoding="utf-8"), yaml.BaseLoader
)
(JOB,) = WORKFLOW["jobs"].values()
STEPS = {step["name"]: step for step in JOB["steps"] if "name" in step}
STATE = '1 address: 0 live.\n\n<!-- what was found, for the next run:\n{"address": "https://a.example.org/"}\n-->\n'
GH = """
import json, pathlib, sys
folder = pathlib.Path({folder!r})
issue = folder / "issue.json"
words = sys.argv[1:]
with (folder / "said").open("a") as said:
    print(*words[:2], file=said)
held = json.loads(issue.read_text()) if issue.exists() else None
body = pathlib.Path(words[words.index("--body-file") + 1]).read_text() if "--body-file" in words else ""
if words[1] == "list":
    assert words[words.index("--search") + 1] == '"Links of the sources" in:title'
    print(held["number"] if held else "")
elif words[1] == "view":
    print(held["body"])
elif words[1] == "create":
    issue.write_text(json.dumps({{"number": 7, "title": words[words.index("--title") + 1], "body": body}}))
else:
    assert words[2] == "7"
    issue.write_text(json.dumps({{**held, **({{"body": body}} if words[1] == "edit" else {{}})}}))
"""


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder in which the lines of a step can be run, with a `gh` that keeps one issue in a file."""
    write_program(tmp_path / "bin" / "gh", GH.format(folder=str(tmp_path)))
    (tmp_path / ".cache/links").mkdir(parents=True)
    return tmp_path


def run(step: str, folder: Path) -> list[str]:
    """Runs the lines of a step as GitHub does; returns what was asked of `gh`."""
    (folder / "said").write_text("")
    environment = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", **WORKFLOW["env"]}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[step]["run"]]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    return (folder / "said").read_text().split("\n")[:-1]


def tell(folder: Path, report: str, changes: str = "") -> list[str]:
    """One weekly run with these reports; returns what was asked of `gh`."""
    found = run("Find what was told last time", folder)
    (folder / ".cache/links/report.md").write_text(report)
    (folder / ".cache/links/changes.md").write_text(changes)
    return [*found, *run("Tell it in one issue", folder)]


def test_it_may_read_the_project_and_write_issues_and_nothing_else() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert JOB["permissions"] == {"contents": "read", "issues": "write"}
    assert set(WORKFLOW["on"]) == {"schedule", "workflow_dispatch"}
    asking = {name for name, step in STEPS.items() if "GH_TOKEN" in step.get("env", {})}
    assert asking == {"Find what was told last time", "Tell it in one issue"}, "who asks the world has no key"
    assert not any("${{" in step["run"] for step in JOB["steps"] if "run" in step)


def test_the_first_time_an_issue_is_opened(runner: Path) -> None:
    assert tell(runner, STATE, "**Gone**\n") == ["issue list", "issue create"]
    assert json.loads((runner / "issue.json").read_text()) == {
        "number": 7,
        "title": "Links of the sources",
        "body": STATE,
    }
    assert (runner / "issue.md").read_text() == ""


def test_while_everything_answers_there_is_no_issue(runner: Path) -> None:
    assert tell(runner, "1 address: 1 live.\n") == ["issue list"]


def test_later_the_same_issue_is_brought_up_to_date(runner: Path) -> None:
    tell(runner, STATE, "**Gone**\n")
    assert tell(runner, f"2 {STATE}") == ["issue list", "issue view", "issue edit"]
    assert (runner / "issue.md").read_text() == f"{STATE}\n"
    changed = tell(runner, f"3 {STATE}", "**Moved**\n")
    assert changed == ["issue list", "issue view", "issue edit", "issue reopen", "issue comment"]
    assert json.loads((runner / "issue.json").read_text())["body"] == f"3 {STATE}"


def test_where_no_site_answered_nothing_is_told(runner: Path) -> None:
    tell(runner, STATE)
    assert tell(runner, "") == ["issue list", "issue view"]
    assert json.loads((runner / "issue.json").read_text())["body"] == STATE


def test_the_addresses_are_asked_by_make_with_what_was_told_last_time(tmp_path: Path) -> None:
    """`make links SINCE=…`, here in a folder where everything is set up already and `chronicle` only says what it is told."""
    set_up_make(tmp_path, chronicle=SAY_BACK)
    lines = STEPS["Ask every address, politely"]["run"].replace("make", "make -s", 1)
    done = subprocess.run(["bash", "-ec", lines], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["links", "--since", "issue.md", ""]
