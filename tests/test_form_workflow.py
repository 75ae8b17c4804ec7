"""The workflow for forms: its shell lines, run on a repository of their own with a stand-in for what GitHub answers."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from form_texts import FORM_BY_NAME, render
from programs import write_program

WORKFLOW = ROOT / ".github" / "workflows" / "form.yml"
SAMPLES = Path(__file__).parent / "forms"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"
MARK = "<!-- the answer to the form -->"
NEW = "council-asks-for-a-second-inspection-of-the-piers"
PROGRAM = f'exec "{sys.executable}" -m chronicle "$@"'

# What `gh` does, as far as the workflow needs it: it keeps what it is asked and told, and answers from that.
GH = '''
import json, pathlib, sys
words = sys.argv[1:]
state = pathlib.Path({state!r})
known = json.loads(state.read_text())
fields = dict(word.split("=", 1) for flag, word in zip(words, words[1:]) if flag in ("--field", "--raw-field"))
fields = {{key: pathlib.Path(value[1:]).read_text() if value.startswith("@") else value for key, value in fields.items()}}
path = next((word for word in words if word.startswith("repos/")), "")
known["asked"].append([*words[:1], path, "PATCH" if "PATCH" in words else "POST" if fields else "GET"])
if words[0] == "api" and "/pulls?" in path:
    print(known["pull"] or "")
elif words[0] == "api" and path.endswith("/pulls"):
    known["pull"] = 7
    known["proposal"] = fields
    print(7)
elif words[0] == "api" and "/pulls/" in path:
    known["proposal"].update(fields)
elif words[0] == "api" and "/comments?" in path:
    print(known["comment"] or "")
elif words[0] == "api" and "/comments" in path:
    known["comment"] = 11
    known["said"].append(fields["body"])
state.write_text(json.dumps(known))
'''


@dataclass(frozen=True)
class Place:
    """A repository on “GitHub”, the folder of a runner, and what the stand-in keeps."""

    origin: Path
    runner: Path
    state: Path

    @property
    def known(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.state.read_text(encoding="utf-8"))
        return found

    def git(self, *words: str, folder: Path | None = None) -> str:
        who = {"GIT_AUTHOR_NAME": "Ed", "GIT_AUTHOR_EMAIL": "ed@example.org", "GIT_COMMITTER_NAME": "Ed",
               "GIT_COMMITTER_EMAIL": "ed@example.org", "GIT_CONFIG_GLOBAL": os.devnull}  # fmt: skip
        command, environment = ["git", *words], {**os.environ, **who}
        done = subprocess.run(command, cwd=folder or self.origin, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "origin.git", tmp_path / "runner", tmp_path / "state.json")
    made.state.write_text(json.dumps({"pull": None, "comment": None, "asked": [], "said": [], "proposal": {}}), encoding="utf-8")
    first = tmp_path / "first"
    shutil.copytree(ROOT / "tests" / "project" / "chronology", first / "chronology")
    made.git("init", "--quiet", "--initial-branch=main", ".", folder=first)
    made.git("add", ".", folder=first)
    made.git("commit", "--quiet", "--message", "Begin", folder=first)
    made.git("clone", "--quiet", "--bare", str(first), str(made.origin), folder=tmp_path)
    write_program(tmp_path / "bin" / "gh", GH.format(state=str(made.state)))
    return made


def workflow() -> dict[Any, Any]:
    read: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return read


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow()["jobs"]["form"]["steps"]
    return found


def take_in(place: Place, body: str | None, number: int = 5, program: str = PROGRAM) -> dict[str, int]:
    """Runs the steps as a runner does, in a fresh clone; the exit code of each that ran, by its name."""
    shutil.rmtree(place.runner, ignore_errors=True)
    place.git("clone", "--quiet", "--depth", "1", place.origin.as_uri(), str(place.runner), folder=place.origin.parent)
    binaries = place.runner / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    (binaries / "chronicle").write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    (binaries / "chronicle").chmod(0o755)
    (place.runner / ".git" / "info" / "exclude").write_text(".venv\n.temp\n", encoding="utf-8")
    temp = place.runner / ".temp"
    temp.mkdir()
    (temp / "event.json").write_text(json.dumps({"issue": {"body": body, "number": number}}), encoding="utf-8")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "PATH": f"{place.state.parent / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "scripts"),
        "HOME": str(temp), "RUNNER_TEMP": str(temp), "GITHUB_EVENT_PATH": str(temp / "event.json"),
        "GITHUB_OUTPUT": str(temp / "output"), "GITHUB_ACTIONS": "true", "NUMBER": str(number), "REPOSITORY": "port/ellery",
        "OWNER": "port", "MAIN": "main", "BOT": workflow()["jobs"]["form"]["env"]["BOT"], "GH_TOKEN": "none",
    }  # fmt: skip
    codes: dict[str, int] = {}
    for step in steps():
        wanted = step.get("if")
        output = (temp / "output").read_text(encoding="utf-8") if (temp / "output").exists() else ""
        if "run" not in step or step["run"].startswith("make ") or (wanted and "status=0\n" not in output):
            continue
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=place.runner, env=environment, capture_output=True, text=True, check=False)
        codes[step["name"]] = done.returncode
        assert not re.search(r"^(::(?!error|warning)|##\[)", done.stdout, re.MULTILINE)
        if done.returncode:
            break
    return codes


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.md").read_text(encoding="utf-8")


def test_a_form_becomes_a_pull_request_and_an_answer(place: Place) -> None:
    assert set(take_in(place, sample("event")).values()) == {0}
    assert place.git("diff", "--name-only", "main", "form/5") == f"chronology/events/1998/{NEW}.yml"
    assert place.git("log", "-1", "--format=%ae %s", "form/5") == f"{BOT} {NEW}: take in issue 5"
    proposal = place.known["proposal"]
    assert (proposal["title"], proposal["head"], proposal["base"]) == (f"{NEW}: take in issue 5", "form/5", "main")
    assert "From #5. To start the checks" in proposal["body"]
    (said,) = place.known["said"]
    assert said.startswith(f"{MARK}\n**Thank you. Your text has become a proposal: #7.**")


def test_a_poor_form_is_answered_and_nothing_is_proposed(place: Place) -> None:
    assert take_in(place, sample("poor-event")) == {"Read the form": 0, "Answer": 0}
    golden = (ROOT / "tests" / "golden" / "form-answer.md").read_text(encoding="utf-8")
    assert place.known["said"] == [f"{MARK}\n{golden}"]
    assert place.known["pull"] is None
    assert place.git("branch", "--list", "form/*") == ""


def test_an_edited_form_changes_the_same_pull_request_and_the_same_answer(place: Place) -> None:
    take_in(place, sample("poor-event"))
    take_in(place, sample("event"))
    first = place.git("rev-parse", "form/5")
    take_in(place, sample("event").replace("Council asks for", "Council demands"))
    assert place.git("rev-parse", "form/5") != first
    assert place.git("rev-list", "--count", "main..form/5") == "1"
    assert "council-demands" in place.git("diff", "--name-only", "main", "form/5")
    asked = place.known["asked"]
    assert [path for _, path, way in asked if way == "POST"] == ["repos/port/ellery/issues/5/comments", "repos/port/ellery/pulls"]
    assert [path for _, path, way in asked if way == "PATCH"] == [
        "repos/port/ellery/issues/comments/11",
        "repos/port/ellery/pulls/7",
        "repos/port/ellery/issues/comments/11",
    ]


def test_what_an_editor_has_changed_is_never_written_over(place: Place) -> None:
    take_in(place, sample("correction"))
    editor = place.origin.parent / "editor"
    place.git("clone", "--quiet", "--branch", "form/5", str(place.origin), str(editor), folder=place.origin.parent)
    place.git("commit", "--quiet", "--allow-empty", "--message", "Look it over", folder=editor)
    place.git("push", "--quiet", folder=editor)
    before = place.git("rev-parse", "form/5")
    assert set(take_in(place, sample("correction")).values()) == {0}
    assert place.git("rev-parse", "form/5") == before
    assert "**An editor has worked on the proposal" in place.known["said"][-1]


def test_two_issues_have_two_branches(place: Place) -> None:
    take_in(place, sample("correction"), 5)
    take_in(place, sample("source"), 6)
    assert place.git("branch", "--list", "form/*", "--format=%(refname:short)").split() == ["form/5", "form/6"]


@pytest.mark.parametrize("body", [None, "", "Hello", sample("hostile-markdown"), sample("hostile-correction"), "한" * 65_536])
def test_whatever_stands_in_the_issue_only_an_answer_comes_of_it(place: Place, body: str | None) -> None:
    assert take_in(place, body) == {"Read the form": 0, "Answer": 0}
    assert len(place.known["said"]) == 1
    assert not list(place.runner.rglob("owned"))


def test_words_that_a_shell_would_run_are_words(place: Place, project: Path) -> None:
    from chronicle.load import load  # noqa: PLC0415

    chronology = load(project).chronology
    assert chronology
    evil = "$(touch owned) `touch owned`; touch owned & ${{ github.token }} \" ' \\"
    answers = {"event": "harbour-bridge-closed", "what": evil, "why": evil, "remark": evil}
    assert set(take_in(place, render(FORM_BY_NAME["correction"], answers, chronology.setting)).values()) == {0}
    assert not list(place.runner.rglob("owned"))
    assert evil.replace("'", "''") in place.git("show", "form/5:chronology/events/1998/harbour-bridge-closed.yml")


def test_a_fault_of_the_program_fails_and_blames_nobody(place: Place) -> None:
    broken = place.origin.parent / "broken"
    place.git("clone", "--quiet", str(place.origin), str(broken), folder=place.origin.parent)
    (broken / "chronology" / "chronology.yml").write_text("title: only", encoding="utf-8")
    place.git("commit", "--quiet", "--all", "--message", "Break", folder=broken)
    place.git("push", "--quiet", folder=broken)
    assert take_in(place, sample("event")) == {"Read the form": 1}
    assert place.known["said"] == []


@pytest.mark.parametrize("end", ["exit 0", "exit 1", "echo 'The file is there.'; exit 3", "echo Killed; exit 137"])
def test_a_program_that_ends_early_is_not_answered_for(place: Place, end: str) -> None:
    assert take_in(place, sample("event"), program=end) == {"Read the form": 1}
    assert place.known["said"] == []


def test_no_words_of_strangers_reach_the_shell() -> None:
    for step in steps():
        assert "${{" not in step.get("run", ""), step
    told = re.findall(r"\$\{\{ *(.*?) *\}\}", WORKFLOW.read_text(encoding="utf-8"))
    assert set(told) == {
        "github.event.issue.number",
        "github.repository",
        "github.repository_owner",
        "github.event.repository.default_branch",
        "github.token",
    }


def test_it_may_do_no_more_than_it_needs_and_runs_the_program_of_the_main_branch() -> None:
    read = workflow()
    assert read[True] == {"issues": {"types": ["opened", "edited"]}}  # YAML 1.1 takes the key `on` for true
    assert read["permissions"] == {}
    job = read["jobs"]["form"]
    assert job["permissions"] == {"contents": "write", "issues": "write", "pull-requests": "write"}
    assert read["defaults"]["run"]["shell"] == "bash"
    checkout = job["steps"][0]["with"]
    assert checkout == {"ref": "${{ github.event.repository.default_branch }}", "persist-credentials": False}
    tokens = [step["name"] for step in job["steps"] if "GH_TOKEN" in step.get("env", {})]
    assert tokens == ["Propose the change", "Answer"]
