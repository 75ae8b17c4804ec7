"""The comment on a pull request: what the two workflows may do, and what their lines do, run as GitHub runs them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from chronicle.review import review, write_markdown
from conftest import ROOT
from programs import write_program
from reviewed import CLOSED, ENVIRONMENT, TODAY, Repository, begin, propose

FOLDER = ROOT / ".github/workflows"
ASKING: dict[str, Any] = yaml.load((FOLDER / "pull-request.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
TELLING: dict[str, Any] = yaml.load((FOLDER / "comment.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
JOBS = (ASKING["jobs"]["entries"], TELLING["jobs"]["write"], TELLING["jobs"]["post"])
LINES = {step["name"]: step["run"] for job in JOBS for step in job["steps"] if "run" in step}
RUN = "https://git.example.org/bridge/actions/runs/5"
MARK = "<!-- what changes in the chronology -->"
GH = """
import json, pathlib, re, subprocess, sys
folder = pathlib.Path({folder!r})
words = sys.argv[1:]
with (folder / "said").open("a") as said:
    print(*words, file=said)
held = json.loads((folder / "github.json").read_text())
path = next((word for word in words if word.startswith("repos/")), "")
body = next((pathlib.Path(word[6:]).read_text() for word in words if word.startswith("body=@")), None)
if words[:2] == ["auth", "setup-git"]:
    pass
elif path == "repos/bridge/editors/pulls/7":
    print(held["head"])
elif path.startswith("repos/bridge/editors/pulls/"):
    sys.exit("gh: Not Found (HTTP 404)")
elif path == "repos/bridge/editors/issues/7/comments?per_page=100":
    ours = re.search(r'login == "([^"]+)".*startswith[(]"([^"]+)"', words[words.index("--jq") + 1])
    for comment in held["comments"]:
        if comment["login"] == ours[1] and comment["body"].startswith(ours[2]):
            print(comment["id"])
elif path == "repos/bridge/editors/issues/7/comments" and "--method" not in words:
    held["comments"].append({{"id": 100 + len(held["comments"]), "login": "github-actions[bot]", "body": body}})
elif words[:3] == ["api", "--method", "PATCH"] and path.startswith("repos/bridge/editors/issues/comments/"):
    (comment,) = [comment for comment in held["comments"] if comment["id"] == int(path.rpartition("/")[2])]
    comment["body"] = body
else:
    sys.exit("gh: what is " + " ".join(words))
(folder / "github.json").write_text(json.dumps(held))
"""


class Runner:
    """A machine of GitHub: a public repository with pull request 7, a clone for each workflow, and a `gh` that keeps comments."""

    def __init__(self, repository: Repository, folder: Path) -> None:
        self.folder = folder
        self.published = repository
        (folder / "temp").mkdir()
        write_program(folder / "bin" / "gh", GH.format(folder=str(folder)))
        repository.git("clone", "--quiet", "--bare", str(repository.root), str(folder / "origin.git"))
        self.push("proposal")

    def push(self, branch: str) -> None:
        """Brings a branch into pull request 7, with what it would be when merged."""
        git = self.published.git
        self.head = git("rev-parse", branch)
        git("switch", "--quiet", "--detach", "main")
        git("merge", "--quiet", "--no-ff", "--message", "Merge", branch)
        origin = str(self.folder / "origin.git")
        git("push", "--quiet", "--force", origin, f"{branch}:refs/pull/7/head", "HEAD:refs/pull/7/merge", "main")
        git("switch", "--quiet", branch)
        comments = self.comments if (self.folder / "github.json").exists() else []
        self.remember(comments)

    def remember(self, comments: list[dict[str, Any]]) -> None:
        """What GitHub holds of the pull request."""
        (self.folder / "github.json").write_text(json.dumps({"head": self.head, "comments": comments}))

    @property
    def comments(self) -> list[dict[str, Any]]:
        """The comments of the pull request."""
        held: dict[str, Any] = json.loads((self.folder / "github.json").read_text())
        return list(held["comments"])

    def clone(self, name: str, *words: str, ref: str) -> Path:
        """A clone as actions/checkout makes it, with the program set up."""
        root = self.folder / name
        root.mkdir()
        git = self.published.git
        git("init", "--quiet", folder=root)
        git("remote", "add", "origin", f"file://{self.folder / 'origin.git'}", folder=root)
        git("fetch", "--quiet", *words, "origin", ref, folder=root)
        git("checkout", "--quiet", "FETCH_HEAD", folder=root)
        (root / ".venv/bin").mkdir(parents=True)
        (root / ".venv/bin/chronicle").symlink_to(Path(sys.executable).parent / "chronicle")
        return root

    def run(self, step: str, root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the lines of a step; those of `comment.yml` in the shell that it asks for."""
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
        (self.folder / "outputs").write_text("")
        given = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")},
            **ENVIRONMENT,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "bridge/editors",
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "HEAD_SHA": self.head,
            "RUN": RUN,
        }
        command = [*shell, LINES[step]]
        return subprocess.run(command, cwd=root, env={**given, **environment}, capture_output=True, text=True, check=False)

    def review(self, name: str = "asking") -> subprocess.CompletedProcess[str]:
        """The step in the pull request; what it keeps goes where the other workflow finds it."""
        root = self.clone(name, "--depth", "2", ref="refs/pull/7/merge")
        done = self.run("Tell what changes", root, NUMBER="7")
        (root / "review").rename(self.folder / "temp" / "review")
        return done

    def find(self, root: Path) -> str:
        """The number of the pull request that is found."""
        done = self.run("Find the pull request", root)
        assert done.returncode == 0, done.stderr
        return (self.folder / "outputs").read_text().removeprefix("number=").strip()


@pytest.fixture
def runner(project: Path, tmp_path: Path) -> Runner:
    repository = begin(project)
    propose(repository)
    return Runner(repository, tmp_path)


def tell(runner: Runner, name: str) -> Path:
    """The workflow that comments, run whole; returns the folder in which it ran."""
    root = runner.clone(name, ref="main")
    assert runner.find(root) == "7"
    for step in ("Write what changes", "Post the comment, or renew it"):
        done = runner.run(step, root, NUMBER="7")
        assert done.returncode == 0, done.stderr
    (runner.folder / "temp/comment").rename(runner.folder / f"{name}-comment")
    return root


def steps(job: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {step.get("name", step.get("uses", "").partition("@")[0]): step for step in job["steps"]}


def test_what_strangers_start_has_no_key_and_what_has_a_key_runs_nothing_of_theirs() -> None:
    assert ASKING["on"] == "pull_request"
    assert ASKING["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in ASKING["jobs"].values())
    assert TELLING["on"] == {"workflow_run": {"workflows": [ASKING["name"]], "types": ["completed"]}}
    assert TELLING["permissions"] == {}
    write, post = TELLING["jobs"]["write"], TELLING["jobs"]["post"]
    assert write["permissions"] == {"actions": "read", "contents": "read", "pull-requests": "read"}
    assert post["permissions"] == {"pull-requests": "write"}
    assert [step for step in post["steps"] if "checkout" in step.get("uses", "")] == [], "who may write has no program"
    assert steps(write)["actions/checkout"]["with"]["ref"] == "${{ github.event.repository.default_branch }}"


def test_a_run_that_left_nothing_is_not_told_and_is_no_failure() -> None:
    write, post = TELLING["jobs"]["write"], TELLING["jobs"]["post"]
    assert write["if"].split(" && ")[1:] == ["github.event.workflow_run.conclusion != 'cancelled'"]
    (fetching,) = [step for step in write["steps"] if "download-artifact" in step.get("uses", "")]
    assert (fetching["id"], fetching["continue-on-error"]) == ("review", "true")
    after = write["steps"][write["steps"].index(fetching) + 1 :]
    wanted = "steps.pull.outputs.number != ''"
    assert [step["if"] for step in after] == ["steps.review.outcome == 'success'", wanted, wanted]
    assert post["if"] == "needs.write.outputs.number != ''"


def test_no_text_of_a_stranger_stands_in_a_line_of_the_shell() -> None:
    for workflow in (ASKING, TELLING):
        for job in workflow["jobs"].values():
            assert [step["run"] for step in job["steps"] if "${{" in step.get("run", "")] == []
            uses = [step["uses"] for step in job["steps"] if "uses" in step]
            assert all(used.startswith("actions/") for used in uses)


def test_the_pull_request_is_told_in_its_run_and_the_run_fails_for_what_must_be_mended(runner: Runner) -> None:
    done = runner.review()
    assert done.returncode == 1
    annotations = [line for line in done.stderr.split("\n") if line.startswith("::error file=")]
    assert len(annotations) == 3
    assert annotations[0].startswith(f"::error file={CLOSED},line=2,col=7,title=Date")
    told = (runner.folder / "temp/review/changes.md").read_text(encoding="utf-8")
    whole = write_markdown(review("main..proposal", runner.published.root, TODAY))
    assert told.split("\n")[:3] == whole.split("\n")[:3]
    assert (runner.folder / "summary.md").read_text(encoding="utf-8") == told
    assert (runner.folder / "temp/review/number").read_text() == "7\n"


def test_one_comment_tells_it_and_is_renewed(runner: Runner) -> None:
    stranger = {"id": 99, "login": "somebody", "body": f"{MARK}\nNothing changes."}
    other = {"id": 98, "login": "github-actions[bot]", "body": "<!-- the answer to the form -->"}
    runner.remember([stranger, other])
    runner.review()
    tell(runner, "first")
    ours = runner.comments[2]
    assert ours["body"].startswith(f"{MARK}\n## What changes in the chronology\n\n1 event added, 4 events changed")
    preview = f"The site with this change can be downloaded as “site” at the end of [this run]({RUN})."
    assert ours["body"].endswith(f"\n---\n\n{preview}\n")
    runner.published.edit(CLOSED, ("value: 1100 to 1300", "value: 11000 to 13000"))
    runner.published.commit()
    runner.push("proposal")
    (runner.folder / "temp/review").rename(runner.folder / "before")
    runner.review("again")
    tell(runner, "second")
    assert [comment["id"] for comment in runner.comments] == [99, 98, ours["id"]]
    assert runner.comments[:2] == [stranger, other]
    assert "1,100" not in runner.comments[2]["body"]
    assert "1,100" in ours["body"]


def test_the_comment_is_written_by_the_main_branch_whatever_the_pull_request_left_for_it(runner: Runner) -> None:
    runner.review()
    (runner.folder / "temp/review/changes.md").write_text("Nothing changes. @everyone, merge this: https://evil.example.org")
    root = tell(runner, "telling")
    assert "everyone" not in runner.comments[0]["body"]
    assert "1,100" in runner.comments[0]["body"]
    assert runner.published.git("status", "--porcelain", "--untracked-files=no", folder=root) == ""
    assert runner.published.git("rev-parse", "HEAD", folder=root) == runner.published.git("rev-parse", "main")


@pytest.mark.parametrize("left", ["", "0", "-7", "7; touch spoilt", "$(touch spoilt)", "7\n8", "../7", "٧", "7" * 12, "7 "])
def test_a_number_that_is_none_is_refused(runner: Runner, left: str) -> None:
    (runner.folder / "temp/review").mkdir()
    (runner.folder / "temp/review/number").write_text(left)
    done = runner.run("Find the pull request", runner.folder)
    assert done.returncode == 1
    assert "names no pull request" in done.stderr
    assert not (runner.folder / "spoilt").exists()
    assert not (runner.folder / "said").exists(), "GitHub is asked for nothing"


def test_nothing_is_written_for_another_pull_request_or_older_commits(runner: Runner) -> None:
    (runner.folder / "temp/review").mkdir()
    (runner.folder / "temp/review/number").write_text("7\n")
    done = runner.run("Find the pull request", runner.folder, HEAD_SHA="0" * 40)
    assert done.returncode == 0
    assert "newer commits, or is another one" in done.stdout
    assert (runner.folder / "outputs").read_text() == ""
    (runner.folder / "temp/review/number").write_text("8\n")
    assert runner.run("Find the pull request", runner.folder).returncode != 0
    root = runner.clone("telling", ref="main")
    assert runner.run("Write what changes", root, NUMBER="7", HEAD_SHA="0" * 40).returncode != 0
    assert not (runner.folder / "temp/comment").exists()


def test_entries_that_cannot_be_read_are_told_in_a_sentence(runner: Runner) -> None:
    runner.published.write("chronology/chronology.yml", "@everyone: [")
    runner.published.commit()
    runner.push("proposal")
    assert runner.review().returncode == 2
    tell(runner, "telling")
    said = runner.comments[0]["body"]
    assert said.startswith(f"{MARK}\nThe entries of this pull request cannot be read, so that nobody can tell what it changes.")
    assert "everyone" not in said
