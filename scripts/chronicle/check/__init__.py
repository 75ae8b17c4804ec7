"""What goes beyond one value: names nobody knows, days that contradict each other, what stands twice, what leans on little.

A check is a generator of findings whose docstring is its rule, with a good and a bad example.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias

from chronicle.check import days, handles, names, registers, repeats, sources, wording
from chronicle.check.whole import Whole, take_whole
from chronicle.load import Loaded, load
from chronicle.load.findings import Finding, locate
from chronicle.load.rest import Rest
from chronicle.load.store import Store
from chronicle.load.uncollected import uncollected
from chronicle.model import Event
from chronicle.model.setting import Rules
from chronicle.problems import Problem, Severity, sort_problems

EventCheck: TypeAlias = Callable[[Event], Iterator[Finding]]
RuleCheck: TypeAlias = Callable[[Event, Rules], Iterator[Finding]]
WholeCheck: TypeAlias = Callable[[Whole], Iterator[Finding]]

EVENT_CHECKS: Final[tuple[EventCheck, ...]] = (
    handles.find_unknown_handles,
    handles.find_uncited_sources,
    handles.find_malformed_footnotes,
    handles.find_misplaced_footnotes,
    handles.find_uncited_paragraphs,
    days.find_reported_missing,
    days.find_reported_too_early,
    days.find_misbegun_histories,
    days.find_added_too_early,
    days.find_misplaced_corrections,
    days.find_figures_from_later,
    days.find_sources_from_before,
    sources.find_tracking_addresses,
    sources.find_missing_copies,
    wording.find_bad_titles,
    wording.find_shouted_titles,
    wording.find_markup,
    wording.find_doubled_quotation_marks,
    repeats.find_repeated_names,
    repeats.find_repeated_ties,
    repeats.find_ties_to_itself,
)
RULE_CHECKS: Final[tuple[RuleCheck, ...]] = (
    wording.find_long_quotations,
    wording.find_loaded_words,
)
WHOLE_CHECKS: Final[tuple[WholeCheck, ...]] = (
    names.find_unknown_names,
    sources.find_repeated_addresses,
    sources.find_differing_descriptions,
    sources.find_single_origins,
    repeats.find_repeated_slugs,
    repeats.find_taken_older_names,
    repeats.find_likely_duplicates,
    registers.find_missing_certainties,
    registers.find_circles,
    registers.find_shared_names,
    registers.find_unused_names,
)


_DAYS: Final = ("date", "reported", "certainty", "figures", "as_of", "sources", "published", "added", "corrections")
_CITING: Final = ("summary", "claims", "figures", "annotation", "sources")
LEANS_ON: Final[Mapping[EventCheck, tuple[str, ...]]] = {
    handles.find_unknown_handles: ("sources",),
    handles.find_uncited_sources: _CITING,
    days.find_reported_missing: _DAYS,
    days.find_reported_too_early: _DAYS,
    days.find_misbegun_histories: _DAYS,
    days.find_added_too_early: _DAYS,
    days.find_misplaced_corrections: _DAYS,
    days.find_figures_from_later: _DAYS,
    days.find_sources_from_before: _DAYS,
}
"""The keys of an entry on which a check leans beside the one that it points at."""
_IN_RESTS: Final[tuple[WholeCheck, ...]] = (names.find_unknown_names, sources.find_repeated_addresses)


@uncollected()
def read_and_check(root: Path, store: Store | None) -> tuple[Loaded, tuple[Problem, ...]]:
    """The chronology of a project and everything that is wrong with it, sorted."""
    loaded = load(root, store)
    return loaded, sort_problems((*loaded.problems, *check(loaded, root)))


def check(loaded: Loaded, root: Path) -> tuple[Problem, ...]:
    """Run every check over what was loaded from the project folder `root`; errors and warnings, in no order.

    Without its chronology.yml nothing can be checked, and the loader has told why. An entry that was refused counts as
    known, and is checked as far as it can be read.
    """
    whole = take_whole(loaded)
    if whole is None:
        return ()
    in_events = (finding for event in whole.events for finding in check_event(event, whole.setting.rules))
    in_whole = (finding for find in WHOLE_CHECKS for finding in find(whole))
    return tuple(locate(chain(in_events, in_whole, check_rests(loaded.rests, whole)), root))


def check_event(event: Event, rules: Rules) -> Iterator[Finding]:
    """Run the checks that need no more than one event and the rules of its chronology."""
    for find in EVENT_CHECKS:
        yield from find(event)
    for find_by in RULE_CHECKS:
        yield from find_by(event, rules)


def check_rests(rests: Sequence[Rest], whole: Whole) -> Iterator[Finding]:
    """Find the errors in entries that were refused; none that leans on what only stands in for something else."""
    if not rests:
        return
    rest_by_path = {rest.event.path: rest for rest in rests}
    events = (*whole.events, *(rest.event for rest in rests))
    together = Whole.model_construct(**{**dict(whole), "events": events})
    in_rests = (finding for rest in rests for finding in _check_rest(rest, whole.setting.rules))
    in_whole = (finding for find in _IN_RESTS for finding in find(together))
    for finding in chain(in_rests, in_whole):
        rest = rest_by_path.get(finding.path)
        if rest and finding.severity is Severity.ERROR and not rest.doubts(finding.route):
            yield finding


def _check_rest(rest: Rest, rules: Rules) -> Iterator[Finding]:
    for find in EVENT_CHECKS:
        if not rest.doubts_any(LEANS_ON.get(find, ())):
            yield from find(rest.event)
    for find_by in RULE_CHECKS:
        yield from find_by(rest.event, rules)
