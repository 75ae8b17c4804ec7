"""The report on quotations and numbers: as Markdown for editors, which is also the text of an issue, and as JSON for machines."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from chronicle.dates import day_words
from chronicle.upkeep.verify.passages import Cited, Kind, Passage
from chronicle.upkeep.verify.proving import FOLDER, Finding, Known, Question, Verdict
from chronicle.yamlfile import YamlFile, read_yaml
from chronicle.yamlfile.editing import write_whole

LONGEST: Final = 60_000  # characters of an issue, a little less than GitHub takes
_STATE: Final = re.compile(r"<!-- not found: ([0-9a-z: -]*) -->")
_ADVICE: Final = {
    Verdict.MISSING: "Open the source. If it says something else, mend the entry, and add a line under `corrections`.",
    Verdict.UNREAD: "The source may be sound: open it by hand. An archived copy (`chronicle archive`) can be read by programs.",
}
_PARTLY: Final = (
    "Each stands in one of its sources, and not in the other: leave that one out where it does not carry it."
)
_LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Result:
    """A passage with the line in which it stands, and what was found in each of its sources; None where nobody has looked."""

    passage: Passage
    line: int
    findings: tuple[tuple[Cited, Finding | None], ...]

    @property
    def verdict(self) -> Verdict | None:
        """`found` where it stands in one source; `not found` where every one was read; None where some was not asked yet."""
        verdicts = {finding.verdict if finding else None for _, finding in self.findings}
        ranked = (Verdict.FOUND, None, Verdict.UNREAD, Verdict.MISSING)
        return next((verdict for verdict in ranked if verdict in verdicts), None)

    @property
    def name(self) -> str:
        """A name by which the passage is known in another report."""
        return f"{self.passage.slug}:{self.passage.name_in('')}"

    def lacking(self, verdict: Verdict) -> tuple[tuple[Cited, Finding], ...]:
        """The sources of which that is told."""
        return tuple((cited, finding) for cited, finding in self.findings if finding and finding.verdict is verdict)


def gather(root: Path, passages: Iterable[Passage], questions: Iterable[Question], known: Known) -> tuple[Result, ...]:
    """What is known of every passage, with the lines of their files."""
    by_passage: dict[Passage, list[tuple[Cited, Finding | None]]] = {}
    for question in questions:
        by_passage.setdefault(question.passage, []).append((question.cited, known.get(question.key)))
    files: dict[str, YamlFile | None] = {}
    results = []
    for passage in passages:
        if passage.path not in files:
            files[passage.path], _ = read_yaml(passage.path, (root / passage.path).read_bytes())
        file = files[passage.path]
        line = file.place(passage.route)[0] if file else 0
        results.append(Result(passage, line, tuple(by_passage.get(passage, ()))))
    return tuple(results)


def count_results(results: Iterable[Result]) -> str:
    """“68 quotations: 60 found, 3 not found, 5 could not fetch. 124 numbers: …”"""
    every = tuple(results)
    return " ".join(_count(kind, [result.verdict for result in every if result.passage.kind is kind]) for kind in Kind)


def write_markdown(results: Sequence[Result], day: date, repository: str) -> str:
    """The report, short enough for an issue, with what the next run must know of this one in a comment at its end."""
    state = f"\n<!-- not found: {' '.join(result.name for result in results if result.verdict is Verdict.MISSING)[:9000]} -->\n"
    head = f"{count_results(results)} Looked at on {day_words(day)}."
    lines, room = [head], LONGEST - len(state) - len(head) - 200
    told = [*_section(Verdict.MISSING, results, repository), *_partly(results, repository)]
    told += _section(Verdict.UNREAD, results, repository)
    for number, line in enumerate(told):
        room -= len(line) + 1
        if room < 0:
            lines.append(f"\nAnd {len(told) - number:,} more lines: the whole report is in `report.json`.")
            break
        lines.append(line)
    return "\n".join([*lines, state])


def write_reports(root: Path, results: Sequence[Result], earlier: str, day: date, repository: str) -> None:
    """Writes report.md, report.json and changes.md, which is empty where nothing is new; `earlier` is a report.md of before."""
    texts = {
        "report.md": write_markdown(results, day, repository),
        "report.json": write_json(results, day),
        "changes.md": write_changes(results, read_state(earlier), repository),
    }
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_whole(root / FOLDER / name, text.encode())


def read_state(text: str) -> frozenset[str]:
    """The names of what an earlier report has not found."""
    found = _STATE.search(text)
    return frozenset(found[1].split()) if found else frozenset()


def write_changes(results: Iterable[Result], earlier: frozenset[str], repository: str) -> str:
    """What is not found now and was not missing in an earlier report, as Markdown; "" where there is nothing."""
    new = [result for result in results if result.verdict is Verdict.MISSING and result.name not in earlier]
    text = "\n".join(_by_event(new, Verdict.MISSING, repository))[:LONGEST]
    return f"**No longer found, or new**\n{text}\n" if new else ""


def write_json(results: Iterable[Result], day: date) -> str:
    """The whole report for machines."""
    told = [
        {
            "event": result.passage.slug,
            "path": result.passage.path,
            "line": result.line,
            "kind": result.passage.kind,
            "words": result.passage.words,
            "verdict": result.verdict,
            "sources": [_source(cited, finding) for cited, finding in result.findings],
        }
        for result in results
    ]
    return json.dumps({"day": day.isoformat(), "passages": told}, ensure_ascii=False, indent=1) + "\n"


def explain(result: Result, verdict: Verdict) -> str:
    """Where a passage is missing or could not be looked for, in a sentence or more; not yet safe to print."""
    told = []
    for cited, finding in result.lacking(verdict):
        copy = "the archived copy" if finding.is_copy else "the page"
        if verdict is Verdict.UNREAD:
            told.append(f"{cited.handle}: {copy} could not be read: {finding.why}.")
        else:
            told.append(f"{cited.handle}: not in {copy}. {finding.why}".strip())
    return " ".join(told)


def _count(kind: Kind, verdicts: Sequence[Verdict | None]) -> str:
    number_by_verdict = Counter(verdicts)
    told = ", ".join(f"{number_by_verdict[verdict]:,} {verdict}" for verdict in Verdict)
    waiting = f", {number_by_verdict[None]:,} not asked yet" if number_by_verdict[None] else ""
    return f"{len(verdicts):,} {kind if len(verdicts) == 1 else f'{kind}s'}: {told}{waiting}."


def _section(verdict: Verdict, results: Iterable[Result], repository: str) -> Iterator[str]:
    here = [result for result in results if result.verdict is verdict]
    if here:
        yield f"\n## {verdict.capitalize()} ({len(here):,})\n\n{_ADVICE[verdict]}"
        yield from _by_event(here, verdict, repository)


def _partly(results: Iterable[Result], repository: str) -> Iterator[str]:
    numbers = (result for result in results if result.passage.kind is Kind.NUMBER and result.verdict is Verdict.FOUND)
    here = [result for result in numbers if result.lacking(Verdict.MISSING)]
    if here:
        yield f"\n## Numbers that are in one source and not in another ({len(here):,})\n\n{_PARTLY}"
        yield from _by_event(here, Verdict.MISSING, repository)


def _by_event(results: Iterable[Result], verdict: Verdict, repository: str) -> Iterator[str]:
    for path, here in groupby(results, key=lambda result: result.passage.path):
        yield f"\n**{path.rpartition('/')[2].removesuffix('.yml')}**\n"
        for result in here:
            where = f"[line {result.line}]({repository}/blob/main/{path}#L{result.line})"
            yield f"- {where}, {result.passage.kind} {_code(result.passage.words)} {_plain(explain(result, verdict))}"


def _source(cited: Cited, finding: Finding | None) -> Mapping[str, object]:
    told = {"handle": cited.handle, "url": cited.url, "archive": cited.archive}
    if finding is None:
        return {**told, "verdict": None}
    return {
        **told,
        **{name: value for name, value in asdict(finding).items() if name != "name"},
        "day": finding.day.isoformat(),
    }


def _code(text: str) -> str:
    """A text between backticks, whatever is in it."""
    return f"`{' '.join(text.split()).replace('`', chr(39))[:_LONGEST_WORDS]}`"


def _plain(text: str) -> str:
    """Sentences without signs by which Markdown or GitHub would make something of them."""
    return re.sub(r"[`<>\[\]*_#@|\\~]|https?://|www\.|[\x00-\x1f]", "", " ".join(text.split()))
