"""Repositories for tests of the review: a chronology under git, what somebody proposes to change in it, what is told of that."""

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from click.testing import CliRunner, Result

from chronicle import cli
from chronicle.review import review, write_markdown

TODAY = date(2024, 6, 11)
EVENTS = "chronology/events"
CLOSED = f"{EVENTS}/1998/harbour-bridge-closed.yml"
FERRY = f"{EVENTS}/1998/ferry-carries-traffic.yml"
LETTERS = f"{EVENTS}/1997/residents-report-crack.yml"
MOVED = f"{EVENTS}/1998/bridge-seen-to-move.yml"
REPAIR = f"{EVENTS}/1998/repair-begins.yml"
SURVEY = f"{EVENTS}/1998/divers-survey-the-pier.yml"
CORRECTION = (
    "{date: 2024-06-11, what: 'Passengers on the first day, about 600, is about 650', why: 'The timetable was read wrongly.'}"
)
NEW = """\
date: 1998-03-21
title: Divers survey the eastern pier
kind: inspection
certainty: claimed
summary: Divers hired by the town surveyed the pier below the water and said that it was sound.[^courier]
claims:
  - by: town-council
    says: The pier is sound below the water.
    sources: [courier]
topics: [safety]
relations:
  - disputes: harbour-bridge-closed
sources:
  courier:
    url: https://courier.example.org/1998/12/
    title: Pier sound, say divers
    publisher: The Ellery Courier
    published: 1998-03-22
    type: town-media
    archive: https://web.archive.org/web/19980323000000/https://courier.example.org/1998/12/
added: 2024-06-11
"""
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{role}_NAME": "A" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "a@example.org" for role in ("AUTHOR", "COMMITTER")},
}


@dataclass(frozen=True)
class Repository:
    """A project under git."""

    root: Path

    def git(self, *words: str, folder: Path | None = None) -> str:
        """What git answers."""
        environment = {**os.environ, **ENVIRONMENT}
        command = ("git", "-c", "protocol.file.allow=always", *words)
        return subprocess.run(
            command, cwd=folder or self.root, env=environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    def commit(self, said: str = "A change") -> str:
        """Puts everything as it stands into a commit; returns its id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", said)
        return self.git("rev-parse", "HEAD")

    def commit_nothing(self) -> str:
        """Makes a commit in which there is not yet any file."""
        self.git("commit", "--quiet", "--allow-empty", "--message", "Nothing yet")
        return self.git("rev-parse", "HEAD")

    def edit(self, path: str, *changes: tuple[str, str]) -> None:
        """Puts one text in place of another, each of which must be there."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after, 1)
        file.write_text(text, encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Writes a file, new or not."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def line(self, path: str, text: str) -> int:
        """The number of the first line that holds a text."""
        lines = (self.root / path).read_text(encoding="utf-8").split("\n")
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def tell(self, asked: str = "main", *, for_comment: bool = False) -> str:
        """The review as Markdown."""
        return write_markdown(review(asked, self.root, TODAY), for_comment=for_comment)

    def run(self, *words: str) -> Result:
        """The command, as a terminal would run it."""
        return CliRunner().invoke(cli.main, ["--root", str(self.root), "diff", *words])


def begin(root: Path) -> Repository:
    """Puts the project into a repository, everything that it holds being published on `main`."""
    repository = Repository(root)
    repository.git("init", "--quiet", "--initial-branch", "main")
    repository.write(".gitignore", "docs/\n")
    repository.commit("Publish")
    return repository


def propose(repository: Repository) -> None:
    """A pull request with something of everything, in the branch `proposal`."""
    repository.git("switch", "--quiet", "--create", "proposal")
    repository.edit(
        CLOSED,
        ("date: 1998-03-17\n", "date: 1998-03\n"),
        ("value: 11000 to 13000", "value: 1100 to 1300"),
        ("found at 14:10", "found at 14:20"),
    )
    repository.edit(
        FERRY,
        ("value: about 600", "value: about 650"),
        ("added: 2024-05-04\n", f"added: 2024-05-04\ncorrections:\n  - {CORRECTION}\n"),
    )
    repository.edit(LETTERS, ("[coast-wire, ines-marlow]", "[harbour-authority]"))
    repository.edit(LETTERS, ("1998-08-21: confirmed}", "1998-08-21: claimed}"))
    repository.edit(MOVED, ("    publisher: Coast Wire\n", "    publisher: Port Ellery Harbour Authority\n"))
    repository.write(SURVEY, NEW)
    repository.edit("chronology/actors.yml", ("about: Resident of the eastern quay.", "about: Resident of the northern quay."))
    repository.commit("Propose")



def _told(project: Path) -> str:
    repository = begin(project)
    propose(repository)
    return f"````markdown\n{repository.tell('main..proposal')}````\n"


REVIEWED: Mapping[str, Callable[[Path], str]] = {"review": _told}
