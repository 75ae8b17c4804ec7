"""What holds for every workflow: whoever could change an action, or write the text of a pull request, gains nothing by it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from conftest import ROOT

FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
TEXT_OF = {file.stem: file.read_text(encoding="utf-8") for file in FILES}
PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+$")
TYPED_BY_STRANGERS = re.compile(r"\$\{\{[^}]*\b(title|body|head_ref|label|message|email|login|head\.ref|head_branch|inputs)\b")


def unpinned(text: str) -> list[str]:
    """The actions that a workflow takes by anything but a commit, with the release that it is."""
    return [used for used in re.findall(r"uses: (.+)", text) if not PINNED.match(used)]


def commands(text: str) -> Iterator[str]:
    """The shell lines of a workflow."""
    workflow: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    for job in workflow["jobs"].values():
        yield from (step["run"] for step in job["steps"] if "run" in step)


def spliced(text: str) -> list[str]:
    """The shell lines into which GitHub would paste what a stranger has typed."""
    return [line for run in commands(text) for line in run.splitlines() if TYPED_BY_STRANGERS.search(line)]


@pytest.mark.parametrize("name", TEXT_OF)
def test_every_action_is_pinned_to_a_commit_and_says_its_release(name: str) -> None:
    assert "uses: " in TEXT_OF[name]
    assert unpinned(TEXT_OF[name]) == []


@pytest.mark.parametrize("name", TEXT_OF)
def test_no_word_of_a_stranger_becomes_a_command(name: str) -> None:
    assert spliced(TEXT_OF[name]) == []


@pytest.mark.parametrize("name", TEXT_OF)
def test_every_workflow_says_what_it_may_do_and_how_long(name: str) -> None:
    workflow: dict[str, Any] = yaml.load(TEXT_OF[name], yaml.BaseLoader)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert [title for title, job in workflow["jobs"].items() if "timeout-minutes" not in job] == []


def test_one_action_has_one_pin_in_all_workflows() -> None:
    used = {use for text in TEXT_OF.values() for use in re.findall(r"uses: (.+)", text)}
    assert sorted(use.partition("@")[0] for use in used) == sorted({use.partition("@")[0] for use in used})


def test_a_loose_pin_and_a_pasted_title_are_noticed() -> None:
    tagged = "jobs: {a: {steps: [{run: 'echo ${{ github.event.issue.title }}'}]}}\n# uses: actions/checkout@v4\n"
    assert unpinned(tagged) == ["actions/checkout@v4"]
    assert spliced(tagged) == ["echo ${{ github.event.issue.title }}"]
