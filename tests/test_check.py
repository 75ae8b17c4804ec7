"""The checks: each is tripped once on purpose, and says what is wrong, where, and how to mend it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from bridge import BRIDGE, FERRY, Change, add, problems_after
from chronicle.check import (
    EVENT_CHECKS,
    RULE_CHECKS,
    WHOLE_CHECKS,
    days,
    handles,
    names,
    registers,
    repeats,
    sources,
    wording,
)
from chronicle.load.findings import Finding
from chronicle.problems import Severity, format_problems

WARNING = Severity.WARNING


class Case(NamedTuple):
    """A change that trips a check: the text at which the caret points, what is said, and how to mend it."""

    check: Callable[..., Iterable[Finding]]
    changes: tuple[Change, ...]
    caret: str
    what: str
    mend: str
    severity: Severity = Severity.ERROR


FERRY_AGAIN = "http://www.Gazette.example.org/1998/ferry/#top\n    archive: https://archive.ph/Zq0fr"
EARLIER_SOURCE = """
    url: https://gazette.example.org/1998/pier
    title: Doubts about the pier
    publisher: The Ellery Gazette
    published: 1998-03-10
    type: newspaper
    archive: https://archive.ph/d0ubt
"""
CORRECTIONS = BRIDGE[BRIDGE.index("corrections:") : BRIDGE.index("formerly:")]
CASES = (
    Case(
        handles.find_unknown_handles,
        (Change("sources: [gazette]", "sources: [gazete]"),),
        "gazete]",
        "`sources`: “gazete” is not listed under `sources:`",
        "Did you mean `gazette`? Listed are: notice, gazette.",
    ),
    Case(
        handles.find_unknown_handles,
        (Change("written twice.[^gazette]", "written twice.[^Gazette]"),),
        "[^Gazette]",
        "`summary`: “Gazette” is not listed under `sources:`",
        "Did you mean `gazette`? Listed are: notice, gazette.",
    ),
    Case(
        handles.find_unknown_handles,
        (
            Change("autumn.[^letter]", "autumn.[^gazette]", "1997/pier-inspected"),
            Change("[letter]", "[radio]", "1997/pier-inspected"),
        ),
        "radio]",
        "`sources`: “radio” is not listed under `sources:`",
        "Listed are: letter, gazette.",
    ),
    Case(
        handles.find_uncited_sources,
        (Change("sources:\n  notice:", f"sources:\n  earlier:{EARLIER_SOURCE}  notice:"),),
        "earlier:",
        "`earlier`: no claim, figure or footnote cites this source",
        "Cite it for what it shows, or delete it.",
    ),
    Case(
        handles.find_malformed_footnotes,
        (Change("closed the bridge.[^notice]", "closed the bridge.[^ notice]"),),
        "[^ notice]",
        "`summary`: “[^ notice]” is not a footnote",
        "Write a caret and one handle in square brackets: [^handle]. Listed are: notice, gazette.",
    ),
    Case(
        handles.find_misplaced_footnotes,
        (Change("found at 14:10.", "found at 14:10.[^notice]"),),
        "[^notice]",
        "`says`: a footnote cannot stand here",
        "Delete it; claims and figures name their sources under `sources:`.",
    ),
    Case(
        handles.find_uncited_paragraphs,
        (Change("written twice.[^gazette]", "written twice."),),
        "A resident says",
        "`summary`: this paragraph cites no source",
        "Put [^handle] after the sentence that a source shows. Listed are: notice, gazette.",
    ),
    Case(
        days.find_reported_missing,
        (
            Change("reported: 1998-03-19\n", "", "1997/pier-inspected"),
            Change("published: 1998-03-19", "published: 1998-03", "1997/pier-inspected"),
            Change("published: 1998-03-19", "published: 1998-03"),
        ),
        "date: 1997-10",
        "`reported` is missing, and no source has an exact day of publication that could stand for it",
        "Add a line `reported:` with the first day the public could know.",
    ),
    Case(
        days.find_reported_too_early,
        (Change("reported: 1998-03-18", "reported: 1998-03-16"), Change("{1998-03-18", "{1998-03-16")),
        "1998-03-16",
        "`reported`: 16 March 1998 is before it happened",
        "Correct `reported` or `date` from the sources.",
    ),
    Case(
        days.find_reported_too_early,
        (
            Change("reported: 1998-03-18\n", ""),
            Change("{1998-03-18: claimed, 1998-04-02: confirmed}", "claimed"),
            Change("the crack was known.[^gazette]", "the crack was known.[^gazette][^earlier]"),
            Change("sources:\n  notice:", f"sources:\n  earlier:{EARLIER_SOURCE}  notice:"),
        ),
        "date: 1998-03-17",
        "`reported` is missing, and the earliest `published`, which would stand for it, is before it happened",
        "Add a line `reported:` with the first day the public could know that it had happened, or correct `date`.",
    ),
    Case(
        days.find_misbegun_histories,
        (Change("{1998-03-18", "{1998-03-20"),),
        "1998-03-20: claimed",
        "`certainty`: the history does not begin on 18 March 1998, when the event became public",
        "Let its first day be that day, or correct `reported`.",
    ),
    Case(
        days.find_added_too_early,
        (Change("added: 2024-05-02", "added: 1998-03-18", "1997/pier-inspected"),),
        "1998-03-18",
        "`added`: the event became public only on 19 March 1998",
        "Correct `added` or `reported`.",
    ),
    Case(
        days.find_misplaced_corrections,
        (Change("date: 2024-06-11", "date: 2024-05-01"),),
        "2024-05-01",
        "`date`: 1 May 2024 is before the entry was added, on 2 May 2024",
        "Correct the day, or put the corrections in order, oldest first.",
    ),
    Case(
        days.find_misplaced_corrections,
        (Change("date: 2024-06-11", "date: 2024-07-11"),),
        "2024-07-01",
        "`date`: 1 July 2024 is before the correction above it, on 11 July 2024",
        "Correct the day, or put the corrections in order, oldest first.",
    ),
    Case(
        days.find_figures_from_later,
        (Change("as_of: 1998-03-18", "as_of: 2098-03-18"),),
        "2098-03-18",
        "`as_of`: 18 March 2098 is after the entry was last corrected, on 1 July 2024",
        "Correct the day; a figure that joined later needs a line under `corrections:`.",
    ),
    Case(
        days.find_figures_from_later,
        (Change("as_of: 1998-03-18", "as_of: 2024-05-03"), Change(CORRECTIONS, "")),
        "2024-05-03",
        "`as_of`: 3 May 2024 is after the entry was added, on 2 May 2024",
        "Correct the day; a figure that joined later needs a line under `corrections:`.",
    ),
    Case(
        days.find_sources_from_before,
        (Change("published: 1998-03-18", "published: 1998-03-12"),),
        "1998-03-12",
        "`published`: this source is older than the event, and is cited for it",
        "If it tells of plans or of what went before, cite it in the annotation alone; if not, correct the date.",
        WARNING,
    ),
    Case(
        sources.find_tracking_addresses,
        (Change("url: https://radio.example.org/98-14", "url: https://radio.example.org/98-14?id=3&utm_source=mail#top"),),
        "utm_source=mail#top",
        "`url`: “utm_source=mail” only tells the site how somebody came to the page",
        "Delete it; the address leads to the same page without it.",
        WARNING,
    ),
    Case(
        sources.find_missing_copies,
        (Change("    archive: https://web.archive.org/web/19980320/https://radio.example.org/98-14\n", ""),),
        "sources:",
        "`sources`: 1 of 2 without an archived copy: notice",
        "Save each page in a web archive, and give the address of the copy as `archive:`.",
        WARNING,
    ),
    Case(
        sources.find_repeated_addresses,
        (add("1998/ferry-begins", FERRY.replace("https://archive.ph/Zq0fr", FERRY_AGAIN)),),
        "https://gazette.example.org/1998/ferry",
        "`url`: `letter` has the same address",
        "Keep one of the two, and cite it wherever the other is cited.",
    ),
    Case(
        sources.find_differing_descriptions,
        (Change("publisher: The Ellery Gazette", "publisher: Ellery Gazette"),),
        "Ellery Gazette",
        "`publisher`: `gazette` in chronology/events/1997/pier-inspected.yml describes the same address otherwise",
        "There: publisher “The Ellery Gazette”. Describe the page alike in both, as it is.",
        WARNING,
    ),
    Case(
        sources.find_differing_descriptions,
        (Change("    author: J. Corrie\n    published: 1998-03-19", "    published: 1998-03"),),
        "gazette:",
        "`author`, `published`: `gazette` in chronology/events/1997/pier-inspected.yml describes the same address otherwise",
        "There: author “J. Corrie”; published “1998-03-19”. Describe the page alike in both, as it is.",
        WARNING,
    ),
    Case(
        sources.find_single_origins,
        (Change("relays: [ines-marlow]", "relays: [harbour-authority]"),),
        "claims:",
        "`claims`: both sources cited have one origin, Harbour Authority",
        "Look for a source with another origin; if there is none, leave it as it is.",
        WARNING,
    ),
    Case(
        wording.find_bad_titles,
        (Change("a crack is found", "a crack is found."),),
        ".",
        "`title`: a headline has no full stop at its end",
        "Delete the full stop.",
    ),
    Case(
        wording.find_bad_titles,
        (Change("a crack is found", f"a crack is {'found and ' * 10}mended"),),
        "ound and found and mended",
        "`title`: 145 characters are more than 120",
        "Shorten it; the summary can say the rest.",
    ),
    Case(
        wording.find_shouted_titles,
        (Change("Harbour bridge closed after a crack is found", "HARBOUR BRIDGE CLOSED"),),
        "HARBOUR",
        "`title`: all of it stands in capitals",
        "Write it as in a sentence, with capitals for names and short forms alone.",
        WARNING,
    ),
    Case(
        wording.find_markup,
        (Change("title: Harbour bridge", "title: Harbour *bridge*"),),
        "*bridge*",
        "`title`: readers see “*bridge*” as it is typed here, with all its signs",
        "Delete the signs, and let the words say it.",
        WARNING,
    ),
    Case(
        wording.find_markup,
        (Change("was known.[^gazette]", "was known, see [here](https://gazette.example.org/a).[^gazette]"),),
        "[here](",
        "`annotation`: readers see “[here](https://gazette.example.org/a)” as it is typed here, with all its signs",
        "List the page under `sources:`, and cite it there for what it shows.",
        WARNING,
    ),
    Case(
        wording.find_doubled_quotation_marks,
        (Change("We wrote to them in October and again in January.", "“We wrote to them in October.”"),),
        "“We",
        "`quote`: quotation marks stand around it, and the page adds its own",
        "Delete the first and the last mark.",
        WARNING,
    ),
    Case(
        wording.find_long_quotations,
        (Change("quote: We wrote", f"quote: We wrote{' and wrote' * 8}"),),
        "January.",
        "`quote`: 26 words are more than 25",
        "Let it end before this word, or put … in place of words that it can spare.",
    ),
    Case(
        wording.find_loaded_words,
        (Change("A resident says", "A wicked resident says"),),
        "wicked resident",
        "`summary`: “wicked” takes a side",
        "Instead: describe what happened.",
        WARNING,
    ),
    Case(
        names.find_unknown_names,
        (Change("kind: closure", "kind: closed"),),
        "closed",
        "`kind`: no kind of event is called “closed”",
        "Did you mean `closure`? Known are: closure. If it is a new one, add it to chronology/chronology.yml first.",
    ),
    Case(
        repeats.find_repeated_slugs,
        (add("1998/pier-inspected", FERRY),),
        "date: 1998-04",
        "chronology/events/1997/pier-inspected.yml has the same name, and with it the same address",
        "Rename one of the two files, or join them if they tell the same event.",
    ),
    Case(
        repeats.find_taken_older_names,
        (Change("[harbour-bridge-shut]", "[bridge-closed]"),),
        "bridge-closed]",
        "`formerly`: “bridge-closed” is the name that this entry has now",
        "Delete it here; an old address can lead to one event only.",
    ),
    Case(
        repeats.find_taken_older_names,
        (Change("[harbour-bridge-shut]", "[pier-inspected]"),),
        "pier-inspected]",
        "`formerly`: “pier-inspected” is the name of another entry, chronology/events/1997/pier-inspected.yml",
        "Delete it here; an old address can lead to one event only.",
    ),
    Case(
        repeats.find_taken_older_names,
        (add("1998/ferry-begins", f"{FERRY}formerly: [harbour-bridge-shut]"),),
        "harbour-bridge-shut]",
        "`formerly`: “harbour-bridge-shut” is an older name of another entry, chronology/events/1998/bridge-closed.yml",
        "Delete it here; an old address can lead to one event only.",
    ),
    Case(
        repeats.find_repeated_names,
        (Change("actors: [harbour-authority, ines-marlow]", "actors: [ines-marlow, harbour-authority, ines-marlow]"),),
        "ines-marlow]",
        "`actors`: `ines-marlow` is named twice",
        "Delete one of the two.",
    ),
    Case(
        repeats.find_repeated_ties,
        (
            Change(
                "follows: pier-inspected",
                "follows: pier-inspected\n  - denies: pier-inspected\n  - follows: pier-inspected",
            ),
        ),
        "pier-inspected",
        "`follows`: `pier-inspected` is named twice",
        "Delete one of the two lines.",
    ),
    Case(
        repeats.find_ties_to_itself,
        (Change("follows: pier-inspected", "follows: bridge-closed"),),
        "bridge-closed",
        "`follows`: this entry names itself",
        "Name the other event, or delete the line.",
    ),
    Case(
        repeats.find_likely_duplicates,
        (
            add(
                "1998/bridge-shut",
                FERRY.replace(FERRY[: FERRY.index("kind:")], BRIDGE[: BRIDGE.index("after")] + "for a crack\n"),
            ),
        ),
        "Harbour bridge closed for",
        "`title`: chronology/events/1998/bridge-closed.yml may tell the same event",
        "If it does, make one entry of both; if not, let the titles tell them apart, or relate one to the other.",
        WARNING,
    ),
    Case(
        registers.find_missing_certainties,
        (Change("  disputed: {name: Disputed, meaning: Denied by somebody.}\n", "", "chronology"),),
        "certainty:",
        "`certainty`: `disputed` is missing",
        "Add `disputed:` with a `name` and a `meaning` for readers.",
    ),
    Case(
        registers.find_missing_certainties,
        (
            Change(
                "  disputed:", "  dispute: {name: Disputed, meaning: Denied by somebody.}\n  disputed:", "chronology"
            ),
        ),
        "dispute:",
        "`certainty`: “dispute” is not a word for a certainty",
        "Did you mean `disputed`? Known are: confirmed, claimed, disputed.",
    ),
    Case(
        registers.find_circles,
        (Change("Owner of the bridge.", "Owner of the bridge.\n  speaks_for: harbour-radio", "actors"),),
        "harbour-radio",
        "`speaks_for` goes in a circle: harbour-authority → harbour-radio → harbour-authority",
        "Correct the one that is wrong, or delete its line.",
    ),
    Case(
        registers.find_circles,
        (Change("precision: town\n", "precision: town\n  within: port-ellery\n", "places"),),
        "port-ellery",
        "`within` goes in a circle: port-ellery → port-ellery",
        "Correct the one that is wrong, or delete its line.",
    ),
    Case(
        registers.find_shared_names,
        (Change("A resident.", "A resident.\n  also: [harbour authority]", "actors"),),
        "harbour authority]",
        "`also`: “harbour authority” is given to `harbour-authority` as well",
        "Keep it once, where it belongs.",
    ),
    Case(
        registers.find_shared_names,
        (Change("precision: town\n", "precision: town\n  also: [Port Ellery]\n", "places"),),
        "Port Ellery]",
        "`also`: “Port Ellery” is given twice here",
        "Keep it once, where it belongs.",
    ),
    Case(
        registers.find_unused_names,
        (Change("eastern-pier:", "ferry-landing: {name: Ferry landing, precision: town}\neastern-pier:", "places"),),
        "ferry-landing:",
        "`ferry-landing`: no entry names this place",
        "Delete it, unless an entry is about to come that needs it.",
        WARNING,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check.__name__)
def test_a_check_says_what_is_wrong_points_at_it_and_tells_how_to_mend_it(case: Case, tmp_path: Path) -> None:
    problems = problems_after(tmp_path, case.changes)
    assert [(problem.what, problem.mend, problem.severity) for problem in problems] == [
        (case.what, case.mend, case.severity)
    ]
    assert problems[0].excerpt[problems[0].column - 1 :].startswith(case.caret)


def test_a_good_chronology_has_no_problem(tmp_path: Path) -> None:
    assert format_problems(problems_after(tmp_path, ())) == "No problems."


def test_every_check_is_tripped_and_tells_its_rule_by_a_good_and_a_bad_example() -> None:
    checks = (*EVENT_CHECKS, *RULE_CHECKS, *WHOLE_CHECKS)
    assert {case.check for case in CASES} == set(checks)
    assert [check.__name__ for check in checks if not {"Good:", "Bad:"} <= set((check.__doc__ or "").split())] == []
