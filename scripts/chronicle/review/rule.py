"""The rule of review: no figure and no date of a published entry changes, and no address ends, without a word to readers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from chronicle.load.findings import Finding
from chronicle.model import Event
from chronicle.problems import Problem, Severity, sort_problems
from chronicle.review.change import Change
from chronicle.review.comparison import ChangedEvent, Comparison
from chronicle.review.quantities import names_change
from chronicle.review.states import State
from chronicle.yamlfile import YamlFile, read_yaml
from chronicle.yamlfile.text import write_text


def find_problems(comparison: Comparison, before: State, after: State, today: date) -> Mapping[Problem, str]:
    """What must be mended before the change can be published, in order, at file, line and column as they are now.

    Each with the words of the correction that is missing, "" where none is. `today` is proposed as its day.
    """
    files: dict[str, YamlFile | None] = {}
    found = dict.fromkeys(_find_unread(before, after), "")
    for finding, correction in _find_all(comparison, today):
        if finding.path in after.tree.ids and finding.path not in files:
            ((_, content),) = after.tree.read([finding.path])
            files[finding.path], _ = read_yaml(finding.path, content)
        file = files.get(finding.path)
        found[finding.problem(file) if file else _without_place(finding)] = correction
    return {problem: found[problem] for problem in sort_problems(found)}


def _without_place(finding: Finding) -> Problem:
    return Problem(finding.path, 0, 0, finding.what, finding.mend, finding.severity)


def _find_all(comparison: Comparison, today: date) -> Iterator[tuple[Finding, str]]:
    for event in comparison.changed:
        for change in find_uncorrected(event):
            yield _ask_for_correction(event, change, today), change.correction
        yield from ((_ask_for_its_name(event, change), "") for change in find_unnamed(event))
        yield from ((finding, "") for finding in find_lost_corrections(event))
        yield from ((finding, "") for finding in find_lost_names(event, comparison))
    yield from ((finding, "") for removed in comparison.removed for finding in find_ended_addresses(removed))


def find_uncorrected(event: ChangedEvent) -> Iterator[Change]:
    """A figure or a date of a published entry that changes is told under `corrections:`, with what was changed and why.

    In a title or a summary, where a number may change because the text tells something else, it is a warning.

    Good: `value: 50` where it was 40, and a new correction “Vehicles, 40, is 50”
    Bad: `value: 50` where it was 40, and the corrections that were there already
    """
    if not is_corrected(event):
        yield from (change for change in event.changes if change.correction)


def find_unnamed(event: ChangedEvent) -> Iterator[Change]:
    """A new correction says which figure or date it is of: one of the two numbers or dates stands in it.

    Good: `value: 50` where it was 40, and a new correction “Vehicles, 40, is 50”
    Bad: the same with a new correction “A typing mistake”, or with one of another figure
    """
    if is_corrected(event):
        new = [each.what for each in event.after.corrections if each not in event.before.corrections]
        for change in event.changes:
            if change.correction and not any(names_change(what, change.before, change.after) for what in new):
                yield change


def _ask_for_its_name(event: ChangedEvent, change: Change) -> Finding:
    what = f"{_say(change)}, and no new line under `corrections:` names the one or the other"
    mend = f"If none of them is meant for it, add another; if one is, say in its `what`: “{change.correction}”."
    at_key = len(change.route) < 2 and not change.after
    return Finding(event.after.path, change.route, what, mend, Severity.WARNING, at_key=at_key)


def _say(change: Change) -> str:
    now = f"“{change.before}” is now “{change.after}”" if change.after else f"“{change.before}” is gone"
    return change.correction if change.is_prose else f"{change.what}: {now}"


def _ask_for_correction(event: ChangedEvent, change: Change, today: date) -> Finding:
    what = f"{_say(change)}, and there is no new line under `corrections:` that says so"
    item = f"- {{date: {today}, what: {write_text(change.correction, in_brackets=True)}, why: ''}}"
    mend = f"If it is meant, add under `corrections:`, and say why between the last two marks: {item}"
    at_key = len(change.route) < 2 and not change.after
    return Finding(event.after.path, change.route, what, mend, change.severity, at_key=at_key)


def is_corrected(event: ChangedEvent) -> bool:
    """Whether the event has a correction more than it had; one that was only reworded is none."""
    was, now = (Counter(map(str, each.corrections)) for each in (event.before, event.after))
    return (now - was).total() > (was - now).total()


def find_lost_corrections(event: ChangedEvent) -> Iterator[Finding]:
    """A correction that was published stays as it is.

    Good: a second correction below the first
    Bad: the first is gone, or says something else
    """
    kept = event.after.corrections
    for lost in event.before.corrections:
        if lost not in kept:
            what = f"the correction of {lost.date} was published and no longer stands there as it was: “{lost.what}”"
            mend = "Put it back as it was; if it was wrong itself, add another below it."
            yield Finding(event.after.path, ("corrections",), what, mend, Severity.WARNING, at_key=bool(kept))


def find_lost_names(event: ChangedEvent, comparison: Comparison) -> Iterator[Finding]:
    """An event that has another name leads there from every name that it ever had.

    Good: the file `bridge-shut.yml` is now `bridge-closed.yml`, with `formerly: [bridge-shut]`
    Bad: the same without `formerly`, or one of the names in it is gone
    """
    unsaid = [older for older, slug in comparison.names.unsaid.items() if slug == event.after.slug]
    lost = [change.before for change in event.changes if change.what == "Older name"]
    for name in (*unsaid, *lost):
        what = f"this entry was published as `{name}`, and that address would lead nowhere"
        yield Finding(event.after.path, (), what, f"Add the name: `formerly: [{', '.join(_older(event, name))}]`.")


def _older(event: ChangedEvent, name: str) -> Sequence[str]:
    return tuple(dict.fromkeys((*event.before.formerly, *event.after.formerly, name)))


def find_ended_addresses(event: Event) -> Iterator[Finding]:
    """An event that was published stays; one that was told twice leads to the other.

    Good: `formerly: [bridge-shut]` in the entry that tells the same
    Bad: the file is deleted
    """
    what = f"the published entry `{event.slug}` is gone, and its address would lead nowhere"
    mend = f"If another entry tells the same, add `formerly: [{event.slug}]` there; if not, better keep it, with a correction."
    yield Finding(event.path, (), what, mend, Severity.WARNING)


def _find_unread(before: State, after: State) -> Iterator[Problem]:
    for path in after.unread:
        mend = "`chronicle check` tells what is wrong with it."
        yield Problem(path, 0, 0, "this entry cannot be read, so nobody can tell what changed in it", mend)
    for path in before.unread:
        if path in after.tree.ids and path not in after.unread:
            what = "this entry could not be read before, so nobody can tell whether a figure or a date of it changed"
            yield Problem(path, 0, 0, what, "Compare it by eye.", Severity.WARNING)
