"""The command `verify`, which looks whether quotations and numbers stand in their sources."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chronicle.cli.network import find_chronology, network, with_pause, with_report, with_service
from chronicle.cli.patience import progress
from chronicle.cli.project import in_project
from chronicle.model import Chronology
from chronicle.problems import make_visible

if TYPE_CHECKING:
    from chronicle.upkeep.verify.proving import Finding, Job, Known, Question
    from chronicle.upkeep.verify.report import Result


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the command was asked to do."""

    slugs: tuple[str, ...]
    limit: int | None
    fresh: bool
    strict: bool
    since: Path | None
    delay: float
    service: str
    allow_private: bool


@click.command()
@click.option("--event", "slugs", multiple=True, metavar="NAME", help="Only this event; may be repeated.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask for no more addresses than this.")
@click.option("--fresh", is_flag=True, help="Ask again for everything, also for what was found.")
@click.option("--strict", is_flag=True, help="End with exit code 1 where something was not found.")
@with_report("to tell what has changed since then")
@with_pause(3.0, longest=120, whom="one site")
@with_service
@click.option("--allow-private", is_flag=True, help="Ask in private networks too; not where strangers add sources.")
@in_project
def verify(root: Path, **wishes: Any) -> None:
    """Look whether quotations and numbers stand in their sources.

    The archived copy of each source is read, or the page where there is none. A quotation must stand there word for word, a
    number anywhere. What came of it is told here and in .cache/verify/; a run that was stopped goes on where it was.
    """
    wanted = _Wishes(**wishes)
    chronology = find_chronology(root, wanted.slugs)
    results = _look(root, wanted, chronology)
    for line in _lines(results):
        click.echo(line)
    missing = [result for result in results if result.verdict == "not found"]
    if wanted.strict and missing:
        sys.exit(1)


def _look(root: Path, wanted: _Wishes, chronology: Chronology) -> "tuple[Result, ...]":
    """The results; shows a bar to whoever waits, and writes the reports, also when stopped."""
    with network():
        from chronicle.upkeep.archive.wayback import Service  # noqa: PLC0415  (slow, and libraries may be missing)
        from chronicle.upkeep.verify import proving  # noqa: PLC0415
        from chronicle.upkeep.verify.passages import passages_of  # noqa: PLC0415
        from chronicle.upkeep.verify.report import gather  # noqa: PLC0415
    limits = replace(proving.LIMITS, delay=wanted.delay)
    service, repository = Service(wanted.service), chronology.setting.repository
    job = proving.Job(root, date.today(), repository, limits, service, wanted.allow_private)
    passages = passages_of(chronology, wanted.slugs)
    questions = proving.questions_of(passages)
    known = proving.remember(root)
    waiting = proving.choose(questions, known, job.day, fresh=wanted.fresh, limit=wanted.limit)
    reached = False
    try:
        reached = _ask(job, waiting, known)
    finally:
        results = gather(root, passages, questions, known)
        if any(result.verdict for result in results):
            _write(root, results, wanted, job.day, repository)
    if not reached:
        click.echo(
            "Not one site answered, so nothing is remembered: is this machine connected to the internet?", err=True
        )
    return results


def _ask(job: "Job", waiting: "Sequence[Question]", known: "Known") -> bool:
    from chronicle.upkeep.verify.proving import ask_all  # noqa: PLC0415

    addresses = {question.address for question in waiting}
    try:
        with progress("Reading", len(addresses)) as advance:

            def tell(findings: "Sequence[Finding]") -> None:
                known.update({(finding.address, finding.name): finding for finding in findings})
                advance(len({finding.address for finding in findings}))

            return ask_all(job, waiting, tell)
    except KeyboardInterrupt as stop:
        click.echo("\nStopped. The same command goes on where it was.", err=True)
        raise click.Abort from stop


def _write(root: Path, results: "Sequence[Result]", wanted: _Wishes, day: date, repository: str) -> None:
    from chronicle.upkeep.verify.report import write_reports  # noqa: PLC0415

    earlier = wanted.since.read_text(encoding="utf-8", errors="replace") if wanted.since else ""
    write_reports(root, results, earlier, day, repository)


def _lines(results: "Sequence[Result]") -> "list[str]":
    """What is not found, by line, and how much was."""
    from chronicle.upkeep.verify.proving import FOLDER, Verdict  # noqa: PLC0415
    from chronicle.upkeep.verify.report import count_results, explain  # noqa: PLC0415

    lines = []
    for result in results:
        if result.verdict is Verdict.MISSING:
            passage = result.passage
            what = f"{passage.path}:{result.line}: {passage.kind} not found: {passage.words}"
            lines += [make_visible(what), f"      {make_visible(explain(result, Verdict.MISSING))}"]
    return [*lines, count_results(results), f"Reports: {FOLDER}/report.md, {FOLDER}/report.json"]
