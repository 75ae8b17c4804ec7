"""The weekly looks at quotations and archived copies on GitHub: what they may do, and what their lines do."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from programs import SAY_BACK, set_up_make, write_program

READ = {"contents": "read"}
KEYS = {"quotations": ([], []), "archive": (["make archive LIMIT=200 | tee found.txt"], ["make .venv/ready"])}
"""The lines that have keys of others, and those that set up what they need."""
GH = """
import json, pathlib, sys
folder = pathlib.Path({folder!r})
held_in = folder / "held.json"
words = sys.argv[1:]
with (folder / "said").open("a") as said:
    print(*words[:2], file=said)
held = json.loads(held_in.read_text()) if held_in.exists() else None
body = pathlib.Path(words[words.index("--body-file") + 1]).read_text() if "--body-file" in words else ""
if words[1] == "list":
    print(held["number"] if held else "")
elif words[1] == "view":
    print(held["body"])
elif words[1] == "create":
    held_in.write_text(json.dumps({{"number": 7, "title": words[words.index("--title") + 1], "body": body}}))
elif words[1] == "edit":
    assert words[2] == "7"
    held_in.write_text(json.dumps({{**held, "body": body}}))
"""


def workflow(name: str) -> dict[str, Any]:
    text = (ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return found


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder in which the lines of a step can be run, with a `gh` that keeps one issue or pull request in a file."""
    write_program(tmp_path / "bin" / "gh", GH.format(folder=str(tmp_path)))
    return tmp_path


def run(name: str, step: str, runner: Path, folder: Path | None = None) -> list[str]:
    """Runs the lines of a step as GitHub does; returns what was asked of `gh`."""
    (runner / "said").write_text("")
    told = workflow(name)
    (lines,) = [one["run"] for job in told["jobs"].values() for one in job["steps"] if one.get("name") == step]
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(runner)}
    environment = {"PATH": f"{runner / 'bin'}:{os.environ['PATH']}", **nobody, **told["env"]}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", lines]
    subprocess.run(command, cwd=folder or runner, env=environment, check=True, capture_output=True)
    return (runner / "said").read_text().split("\n")[:-1]


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("quotations", {"quotations": {**READ, "issues": "write"}}),
        ("archive", {"find": READ, "propose": {"contents": "write", "pull-requests": "write"}}),
    ],
)
def test_each_job_may_do_what_it_needs_and_no_line_holds_the_words_of_strangers(name: str, may: dict[str, Any]) -> None:
    told = workflow(name)
    assert told["permissions"] == READ
    assert {job: settings["permissions"] for job, settings in told["jobs"].items()} == may
    assert set(told["on"]) == {"schedule", "workflow_dispatch"}
    steps = [step for job in told["jobs"].values() for step in job["steps"]]
    assert not any("${{" in step["run"] for step in steps if "run" in step)
    assert all(step["with"]["persist-credentials"] == "false" for step in steps if "checkout" in step.get("uses", ""))
    asking = [step for step in steps if "make " in step.get("run", "")]
    assert all("GH_TOKEN" not in step.get("env", {}) for step in asking), "who asks the world has no key of the project"
    with_keys = [step["run"] for step in steps if "secrets." in str(step.get("env"))]
    setting_up = [step["run"] for step in asking[:-1]]
    assert (with_keys, setting_up) == KEYS[name], "what is installed before sees no keys"


def tell(runner: Path, report: str, changes: str = "") -> list[str]:
    """One weekly run with these reports; returns what was asked of `gh`."""
    found = run("quotations", "Find what was told last time", runner)
    (runner / ".cache/verify").mkdir(parents=True, exist_ok=True)
    (runner / ".cache/verify/report.md").write_text(report)
    (runner / ".cache/verify/changes.md").write_text(changes)
    return [*found, *run("quotations", "Tell it in one issue", runner)]


def test_one_issue_tells_what_is_not_found(runner: Path) -> None:
    assert tell(runner, "1 quotation: 1 found.\n") == ["issue list"], "while everything is found there is none"
    assert tell(runner, "first\n", "**New**\n") == ["issue list", "issue create"]
    assert json.loads((runner / "held.json").read_text())["title"] == "Quotations and numbers of the sources"
    assert tell(runner, "second\n") == ["issue list", "issue view", "issue edit"]
    assert (runner / "issue.md").read_text() == "first\n\n"
    comment = ["issue list", "issue view", "issue edit", "issue reopen", "issue comment"]
    assert tell(runner, "third\n", "**New**\n") == comment
    assert tell(runner, "") == ["issue list", "issue view"]
    assert json.loads((runner / "held.json").read_text())["body"] == "third\n"


def git(folder: Path, *words: str) -> str:
    as_nobody = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *as_nobody, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def begin(runner: Path) -> Path:
    """A clone of a published repository with one entry."""
    origin, folder = runner / "origin.git", runner / "project"
    git(runner, "init", "--quiet", "--bare", str(origin))
    git(runner, "clone", "--quiet", str(origin), str(folder))
    entry = folder / "chronology/events/1998/bridge.yml"
    entry.parent.mkdir(parents=True)
    entry.write_text("url: x\n")
    (folder / "Makefile").write_text("all:\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    git(folder, "push", "--quiet", "origin", "HEAD:main")
    (folder / "copies").mkdir()
    return folder


PROPOSE = "Bring one pull request up to date"


def test_a_list_that_no_pull_request_can_hold_is_cut_after_a_whole_line(runner: Path) -> None:
    folder = begin(runner)
    (folder / "chronology/events/1998/bridge.yml").write_text("url: x\narchive: 1\n")
    (folder / "copies/copies.patch").write_text(git(folder, "diff"))
    git(folder, "checkout", "--quiet", "--force", "main")
    line = "written  다리 " + "x" * 84  # 100 bytes and a line break, four blanks before them
    (folder / "copies/found.txt").write_text(f"{line}\n" * 20_000, encoding="utf-8")
    assert run("archive", PROPOSE, runner, folder) == ["auth setup-git", "pr list", "pr create"]
    heading, empty, *told = json.loads((runner / "held.json").read_text())["body"].split("\n")
    assert (heading, empty) == ("What the archive had, source by source:", "")
    assert told == [*[f"    {line}"] * (60_000 // 105), "    …", ""]


def test_one_pull_request_proposes_the_copies_that_were_found(runner: Path) -> None:
    origin, folder = runner / "origin.git", begin(runner)
    entry = folder / "chronology/events/1998/bridge.yml"
    (folder / "copies/copies.patch").write_text("")
    (folder / "copies/found.txt").write_text("nothing\n")
    assert run("archive", PROPOSE, runner, folder) == []
    for number, expected in ((1, "pr create"), (2, "pr edit")):
        git(folder, "checkout", "--quiet", "--force", "main")
        entry.write_text(f"url: x\narchive: {number}\n")
        (folder / "Makefile").write_text("all: evil\n")
        run("archive", "Write down what has changed", runner, folder)
        (folder / "copies.patch").write_text(git(folder, "diff"))
        (folder / "copies.patch").rename(folder / "copies/copies.patch")
        (folder / "copies/found.txt").write_text(f"written  bridge {number}\n")
        git(folder, "checkout", "--quiet", "--force", "main")
        assert run("archive", PROPOSE, runner, folder) == ["auth setup-git", "pr list", expected]
        assert (
            git(origin, "show", "archived-copies:chronology/events/1998/bridge.yml") == f"url: x\narchive: {number}\n"
        )
        assert git(origin, "show", "archived-copies:Makefile") == "all:\n", "entries and nothing else"
        assert git(origin, "log", "--format=%s", "archived-copies").split("\n")[:2] == [
            "Archived copies of the sources",
            "Begin",
        ]
        assert f"    written  bridge {number}\n" in json.loads((runner / "held.json").read_text())["body"]


@pytest.mark.parametrize(
    ("name", "step", "environment", "told"),
    [
        ("quotations", "Read every source, politely", {}, ["verify", "--since", "issue.md"]),
        ("archive", "Ask the archive, politely", {"IA_ACCESS_KEY": ""}, ["archive", "--limit", "200"]),
        ("archive", "Ask the archive, politely", {"IA_ACCESS_KEY": "k"}, ["archive", "--limit", "200", "--save"]),
    ],
)
def test_make_asks_as_the_workflow_wants(
    tmp_path: Path, name: str, step: str, environment: dict[str, str], told: list[str]
) -> None:
    """In a folder where everything is set up already and `chronicle` only says what it is told."""
    set_up_make(tmp_path, chronicle=SAY_BACK)
    (lines,) = [
        one["run"] for job in workflow(name)["jobs"].values() for one in job["steps"] if one.get("name") == step
    ]
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", lines.replace("make", "make -s", 1)],
        cwd=tmp_path, capture_output=True, text=True, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.stdout.split("\n")[:-1] == told
