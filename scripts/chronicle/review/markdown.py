"""The review as Markdown, for a terminal and for a comment on GitHub."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from chronicle.harmless import as_block, as_code, harmless, harmless_message
from chronicle.model import Event
from chronicle.model.origins import origin_label, origins_of_event
from chronicle.problems import Problem, Severity, mute_commands
from chronicle.review.assess import Review
from chronicle.review.change import Change, Words
from chronicle.review.comparison import ChangedEvent, Comparison
from chronicle.review.rewording import show_rewording
from chronicle.yamlfile.text import Marked, Written, write_yaml

_MOST_IN_COMMENT: Final = 60_000  # characters; GitHub takes 65,536
_MOST_LINES: Final = 60  # of one event


def write_markdown(review: Review, *, for_comment: bool = False) -> str:
    """The whole review; for a comment, as much of it as GitHub takes, with a word on what is left out.

    Whatever the entries say can do nothing in it: see `harmless`. Nor does GitHub find workflow commands in it.
    """
    blocks = ["## What changes in the chronology", *_introduce(review), *_say_mends(review), *_say_events(review)]
    whole = mute_commands("\n\n".join((*blocks, *_say_registers(review.comparison.registers)))) + "\n"
    return _cut(whole, review.asked) if for_comment else whole


def _cut(text: str, asked: str) -> str:
    """The beginning of a text that is too long, to the end of a line, with what was begun there ended."""
    if len(text) <= _MOST_IN_COMMENT:
        return text
    kept = text[:_MOST_IN_COMMENT].rpartition("\n")[0]
    fences = [line for line in kept.split("\n") if line.startswith("```")]
    end = "\n" + fences[-1].removesuffix("yaml") if len(fences) % 2 else ""
    left = text[len(kept) :].count("\n- ")
    more = f"{left:,} more lines are left out, as GitHub takes no longer comment."
    return f"{kept}{end}\n\n**This is not all:** {more} {as_code(f'chronicle diff {asked}')} prints everything.\n"


def _introduce(review: Review) -> Iterator[str]:
    comparison, before = review.comparison, review.before
    yield f"{'Nothing that the chronology says changes' if comparison.is_empty else _count_all(comparison)}."
    if before.is_empty:
        yield "There was no chronology before: everything is new."
    elif before.lent:
        files = ", ".join(map(as_code, before.lent))
        yield f"**Not compared:** {files} could not be read before, or was not there, and is taken as it is now."
    if before.unread:
        yield _name_unread("could not be read before", before.unread)
    if review.after.unread:
        yield _name_unread("cannot be read now", review.after.unread)


def _name_unread(what: str, paths: Sequence[str]) -> str:
    shown = ", ".join(map(as_code, paths[:10]))
    more = f" and {len(paths) - 10:,} more" if len(paths) > 10 else ""
    return f"**Not compared:** {_count(len(paths), 'entry', 'entries')} {what}: {shown}{more}."


def _count_all(comparison: Comparison) -> str:
    fallen = sum(event.origins.falls_to_one for event in comparison.changed)
    counts = (
        (len(comparison.added), "event added", "events added"),
        (len(comparison.removed), "event removed", "events removed"),
        (len(comparison.names.merged), "event merged into another", "events merged into others"),
        (len(comparison.changed), "event changed", "events changed"),
        (comparison.regarded_otherwise, "of them regarded otherwise", "of them regarded otherwise"),
        (fallen, "event falls to one origin", "events fall to one origin"),
        (len(comparison.registers), "change in the registers", "changes in the registers"),
    )
    return ", ".join(_count(number, *nouns) for number, *nouns in counts if number)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _say_mends(review: Review) -> Iterator[str]:
    """What must be mended, with the corrections to copy, then what is to be judged."""
    errors = [problem for problem in review.problems if problem.severity is Severity.ERROR]
    warnings = [problem for problem in review.problems if problem.severity is Severity.WARNING]
    if errors:
        yield "### To mend"
        for path, problems in groupby(errors, key=lambda problem: problem.path):
            yield from _say_file(path, tuple(problems), review)
    if warnings:
        yield "### To judge"
        yield "\n".join(f"- {_say_problem(problem)}{_mend(problem)}" for problem in warnings)


def _say_file(path: str, problems: Sequence[Problem], review: Review) -> Iterator[str]:
    corrections = [words for problem in problems if (words := review.problems[problem])]
    yield "\n".join(f"- {_say_problem(each)}{'' if review.problems[each] else _mend(each)}" for each in problems)
    if corrections:
        old = any(event.after.path == path and event.after.corrections for event in review.comparison.changed)
        where = "below the last of its corrections" if old else "at its end"
        yield f"If it is meant, copy this into {as_code(path)} {where}, and say why:"
        yield as_block(_write_correction("; ".join(corrections), review.today, with_key=not old), "yaml")


def _write_correction(what: str, today: date, *, with_key: bool) -> str:
    item: Mapping[str, Written] = {"date": today.isoformat(), "what": what, "why": Marked("say here why it was otherwise")}
    written = write_yaml({"corrections": [item]})
    return written if with_key else written.partition("\n")[2]


def _say_problem(problem: Problem) -> str:
    line = f", line {problem.line:,}" if problem.line else ""
    return f"{as_code(problem.path)}{line}: {harmless_message(problem.what)}."


def _mend(problem: Problem) -> str:
    return f" {harmless_message(problem.mend)}"


def _say_events(review: Review) -> Iterator[str]:
    comparison, words = review.comparison, Words(review.after.chronology)
    for event in comparison.changed:
        yield f"### {harmless(event.after.title)}"
        yield "\n".join(_say_changed(event, review))
    merged = (f"{as_code(older)} → {as_code(slug)}" for older, slug in comparison.names.merged.items())
    yield from _section("Merged into others", merged)
    yield from _section("Removed", (_say_event(event) for event in comparison.removed))
    yield from _section("Added", (f"{_say_event(event)}{_say_support(event, words)}" for event in comparison.added))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    if listed := "\n".join(f"- {line}" for line in lines):
        yield f"### {heading}"
        yield listed


def _say_changed(event: ChangedEvent, review: Review) -> Iterator[str]:
    yield f"- {as_code(event.after.path)}"
    if event.older:
        yield f"- **Renamed:** {as_code(event.older)} → {as_code(event.after.slug)}"
    wanting = [problem for problem, words in review.problems.items() if words and problem.path == event.after.path]
    if wanting:
        yield "- **A correction is missing:** see above"
    if event.origins.before != event.origins.after:
        yield f"- **Origins:** {_say_origins(event.origins.before)} → {_say_origins(event.origins.after)}{_say_fall(event)}"
    lines = [_say_change(change) for change in event.changes]
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield f"- … and {len(lines) - _MOST_LINES:,} more"


def _say_origins(origins: Sequence[str]) -> str:
    return f"{len(origins)} ({', '.join(map(harmless, origins))})"


def _say_fall(event: ChangedEvent) -> str:
    return " – **it falls to one origin**" if event.origins.falls_to_one else ""


def _say_change(change: Change) -> str:
    name = harmless(change.what)
    remark = f" ({harmless(change.remark)})" if change.remark else ""
    if change.is_prose and change.before and change.after:
        return f"- **{name}:** {show_rewording(change.before, change.after)}{remark}"
    if not change.before:
        return f"- **{name}:** added: {harmless(change.after)}{remark}"
    if not change.after:
        return f"- **{name}:** gone: {harmless(change.before)}{remark}"
    return f"- **{name}:** {harmless(change.before)} → {harmless(change.after)}{remark}"


def _say_event(event: Event) -> str:
    return f"{harmless(event.date.words())}: {harmless(event.title)} ({as_code(event.path)})"


def _say_support(event: Event, words: Words) -> str:
    chronology = words.chronology
    origins = [harmless(origin_label(origin, chronology)) for origin in origins_of_event(event, chronology)]
    told = [_count(len(event.claims), "claim", "claims"), _count(len(event.figures), "figure", "figures")]
    rest = [_count(len(event.supporting), "source", "sources"), _count(len(origins), "origin", "origins")]
    certainty = harmless(words.term("certainty", event.certainty_now))
    return f"; {certainty}; {', '.join((*told, *rest))}: {', '.join(origins)}"


def _say_registers(changes: Sequence[Change]) -> Iterator[str]:
    yield from _section("Registers and words", (_say_change(change).removeprefix("- ") for change in changes))
