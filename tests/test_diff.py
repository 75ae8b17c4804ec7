"""`chronicle diff`: what a change to the entries means, what it lacks, and how that is told where strangers wrote the entries."""

import os
import re
import subprocess
import sys
from pathlib import Path

import cmarkgfm
import pytest

from chronicle.dates import read_date
from chronicle.harmless import as_block, as_code, harmless, harmless_message
from chronicle.problems import Severity
from chronicle.review import RevisionError, review
from chronicle.review.quantities import compare_dates, names_change, numbers_changed
from chronicle.review.rewording import show_rewording
from chronicle.review.states import read_states
from chronicle.yamlfile.text import write_text
from conftest import ROOT
from reviewed import (
    CLOSED,
    CORRECTION,
    ENVIRONMENT,
    EVENTS,
    FERRY,
    LETTERS,
    MOVED,
    NEW,
    REPAIR,
    SURVEY,
    TODAY,
    Repository,
    begin,
    propose,
)
from synthetic import write_project


@pytest.fixture
def repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The made-up project as it is published on `main`."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return begin(project)


def problems(repository: Repository, asked: str = "main") -> list[str]:
    """Where something must be mended: file, line and column; warnings are marked."""
    found = review(asked, repository.root, TODAY).problems
    marks = {Severity.ERROR: "", Severity.WARNING: " (warning)"}
    return [f"{problem.path}:{problem.line}:{problem.column}{marks[problem.severity]}" for problem in found]


def about(repository: Repository, path: str, asked: str = "main") -> list[str]:
    """The lines that tell of one event."""
    blocks = repository.tell(asked).rstrip("\n").split("\n\n")
    lines = next((block for block in blocks if block.startswith(f"- `{path}`\n")), "").split("\n")
    return lines[1:]


# A pull request


def test_a_pull_request_is_told_by_what_it_means(repository: Repository) -> None:
    propose(repository)
    told = repository.tell("main..proposal")
    assert told.startswith(
        "## What changes in the chronology\n\n"
        "1 event added, 4 events changed, 2 of them regarded otherwise, 1 event falls to one origin, 1 change in the registers.\n"
    )
    assert about(repository, CLOSED) == [
        "- **A correction is missing:** see above",
        "- **Date:** 17 March 1998 → March 1998 (less precise)",
        "- **Figure: Vehicles diverted, given by Harbour Authority for 18 March 1998:** 11,000 to 13,000 → 1,100 to 1,300",
        "- **Claim by Harbour Authority:** The crack was found at ~~14:10~~ **14:20** and had not been there in the autumn.",
        "- **Standing:** added: disputed from 22 March 1998 by “Divers survey the eastern pier”",
    ]
    assert about(repository, FERRY) == [
        "- **Figure: Ferry passengers, given by Ferry company for 18 March 1998:** about 600 → about 650",
        "- **Correction of 11 June 2024:** added: Passengers on the first day, about 600, is about 650 "
        "(The timetable was read wrongly.)",
    ]
    assert about(repository, LETTERS) == [
        "- **Origins:** 2 (The Ellery Gazette, Ines Marlow) → 2 (The Ellery Gazette, Harbour Authority)",
        "- **Certainty:** Claimed from 19 March 1998, Disputed from 2 April 1998, Confirmed from 21 August 1998 → "
        "Claimed from 19 March 1998, Disputed from 2 April 1998, Claimed from 21 August 1998",
        "- **Source “wire”, whose words it relays:** Coast Wire, Ines Marlow → Harbour Authority",
    ]
    assert about(repository, MOVED)[0] == (
        "- **Origins:** 2 (Coast Wire, Harbour Authority) → 1 (Harbour Authority) – **it falls to one origin**"
    )
    added = "- 21 March 1998: Divers survey the eastern pier (`chronology/events/1998/divers-survey-the-pier.yml`); Claimed; "
    assert f"### Added\n\n{added}1 claim, 0 figures, 1 source, 1 origin: Town Council\n" in told
    assert told.endswith(
        "### Registers and words\n\n- **Actor “ines-marlow”, about:** Resident of the ~~eastern~~ **northern** quay.\n"
    )


def test_its_annotations_stand_beside_the_lines(repository: Repository) -> None:
    propose(repository)
    result = repository.run("main..proposal", "--github")
    assert result.exit_code == 1
    annotations = [line for line in result.stderr.split("\n") if line.startswith("::")]
    places = [re.match(r"::error file=([^,]+),line=(\d+),col=(\d+),title=(.*)::", line) for line in annotations]
    line = repository.line
    assert [found and found.groups()[:3] for found in places] == [
        (CLOSED, str(line(CLOSED, "date: 1998-03")), "7"),
        (CLOSED, str(line(CLOSED, "14:20")), "11"),
        (CLOSED, str(line(CLOSED, "1100 to 1300")), "12"),
    ]
    assert "“11%2C000 to 13%2C000” is now “1%2C100 to 1%2C300”%2C and there is no new line" in annotations[2]
    assert annotations[2].endswith(
        "what: 'Vehicles diverted, given by Harbour Authority for 18 March 1998, 11,000 to 13,000, is 1,100 to 1,300', why: ''}"
    )
    assert "::" not in result.stdout
    assert not [line for line in repository.run("main..proposal").stderr.split("\n") if line.startswith("::")]


@pytest.mark.parametrize(("is_terminal", "times"), [(True, 1), (False, 2)])
def test_a_problem_is_told_once_to_whoever_reads_it_at_a_terminal(
    repository: Repository, is_terminal: bool, times: int
) -> None:
    propose(repository)
    at = [sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])"] if is_terminal else []
    call = [*at, sys.executable, "-m", "chronicle", "--root", str(repository.root), "diff", "main..proposal"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(call, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (done.stdout + done.stderr).count("Date: “17 March 1998” is now “March 1998”") == times


def test_the_correction_to_copy_mends_it_as_soon_as_it_says_why(repository: Repository) -> None:
    propose(repository)
    block = repository.tell("main..proposal").split("```yaml\n")[1].split("```")[0]
    assert block.startswith("  - date: 2024-06-11\n    what: ")  # the entry has corrections, so the key is not given again
    text = (repository.root / CLOSED).read_text(encoding="utf-8").replace("formerly:", f"{block}formerly:")
    repository.write(CLOSED, text)
    assert problems(repository) == [f"{CLOSED}:0:0"], "without a why the entry cannot be read"
    repository.write(CLOSED, re.sub("why:  #.*", "why: The notice was read wrongly.", text))
    assert problems(repository) == []
    assert repository.run("main").exit_code == 0


# The rule

CHANGED = {
    "the value of a figure": (CLOSED, "value: at least 9000", "value: at least 9900", "value: at least 9900", 12),
    "what bounds a figure": (CLOSED, "value: at least 9000", "value: about 9000", "value: about 9000", 12),
    "the day of a figure": (CLOSED, "as_of: 1998-03-20", "as_of: 1998-03-21", "as_of: 1998-03-21", 12),
    "the voice of a figure": (FERRY, "by: town-council\n    as_of", "by: coast-wire\n    as_of", "by: coast-wire", 9),
    "a figure that is gone": (
        REPAIR,
        "figures:\n  - measure: cost\n    value: about 2000000 to 2500000\n    by: harbour-authority\n"
        "    as_of: 1998-06-09\n    sources: [gazette]\n",
        "",
        "date:",
        1,
    ),
    "a date": (REPAIR, "date: 1998-06-08/..", "date: 1998-06/..", "date: 1998-06/..", 7),
    "a date that is doubted": (CLOSED, "date: 1998-03-17\n", "date: 1998-03-17?\n", "date: 1998-03-17?", 7),
    "the day it became public": (CLOSED, "reported: 1998-03-18", "reported: 1998-03-19", "reported: 1998-03-19", 11),
    "the day it became public, as its sources tell": (
        FERRY,
        "sources:\n  timetable:\n",
        "sources:\n  leaflet:\n    url: https://ferry.example.org/leaflet\n    title: The ferry\n"
        "    publisher: Ellery Ferry Company\n    published: 1998-05-20\n    type: government\n  timetable:\n",
        "date:",
        1,
    ),
    "the day of a source": (CLOSED, "published: 1998-03-19", "published: 1998-05-20", "03/19/bridge", 5),
    "the day of a source, made more exact": (FERRY, ": 1998-06\n", ": 1998-06-15\n", "ferry.example.org/1998", 5),
    "the day of a source, made less exact": (CLOSED, "published: 1998-03-19", "published: 1998-03", "03/19/bridge", 5),
    "the day of a source that is gone": (CLOSED, "    published: 1998-03-19\n", "", "03/19/bridge", 5),
    "a day of the certainty": (CLOSED, "1998-04-02: confirmed", "1998-06-02: confirmed", "certainty", 12),
    "a day of the certainty that is gone": (CLOSED, ", 1998-04-02: confirmed", "", "certainty", 12),
    "a certainty with a day of its own": (REPAIR, "y: confirmed", "y: {1998-07-01: confirmed}", "certainty", 12),
    "the day it joined": (REPAIR, "added: 2024-05-04", "added: 2024-05-05", "added: 2024-05-05", 8),
    "a number in a claim": (FERRY, "every twenty minutes", "every 20 minutes", "", 0),
    "a number in a claim that was in digits": (CLOSED, "found at 14:10", "found at 14:50", "says: The crack was found", 11),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_a_figure_or_a_date_does_not_change_in_silence(
    repository: Repository, change: tuple[str, str, str, str, int]
) -> None:
    path, before, after, found_at, column = change
    repository.edit(path, (before, after))
    expected = [f"{path}:{repository.line(path, found_at)}:{column}"] if found_at else []
    assert problems(repository) == expected
    text, key = (repository.root / path).read_text(encoding="utf-8"), "corrections:\n"
    for what in review("main", repository.root, TODAY).problems.values():
        item = f"  - {{date: 2024-06-11, what: {write_text(what, in_brackets=True)}, why: It was read wrongly.}}\n"
        repository.write(path, text.replace(key, f"{key}{item}") if key in text else f"{text}{key}{item}")
        assert problems(repository) == []


def test_a_source_on_whose_day_an_event_became_public_does_not_move_in_silence(repository: Repository) -> None:
    repository.edit(REPAIR, ("published: 1998-06-09", "published: 1998-08-09"))
    assert list(review("main", repository.root, TODAY).problems.values()) == [
        "First day the public could know, 9 June 1998, is 9 August 1998",
        "Source “courier”, published, 9 June 1998, is 9 August 1998",
    ]


def test_a_correction_of_something_else_excuses_nothing(repository: Repository) -> None:
    repository.edit(FERRY, ("value: about 600", "value: about 650"), ("date: 1998-03-18/", "date: 1998-03-19/"))
    text = (repository.root / FERRY).read_text(encoding="utf-8")
    repository.write(FERRY, f"{text}corrections:\n  - {CORRECTION}\n")
    assert problems(repository) == [f"{FERRY}:{repository.line(FERRY, 'date:')}:7 (warning)"]
    assert "no new line under `corrections:` names the one or the other" in repository.tell()
    typing = "{date: 2024-06-11, what: A typing mistake (typo), why: A slip.}"
    repository.write(FERRY, f"{text}corrections:\n  - {typing}\n")
    assert [place.endswith("(warning)") for place in problems(repository)] == [True, True]
    named = typing.replace("A typing mistake", "It was not the 18th")
    repository.write(FERRY, f"{text}corrections:\n  - {CORRECTION}\n  - {named}\n")
    assert problems(repository) == []


UNCHANGED = {
    "a figure that joins": (
        CLOSED,
        "figures:\n",
        "figures:\n  - {measure: letters, value: 3, as_of: 1998-03-20, sources: [gazette]}\n",
    ),
    "the sources of a figure": (CLOSED, "    sources: [courier]\n", "    sources: [courier, gazette]\n"),
    "a date written otherwise": (MOVED, '"[1998-03-09..1998-03-13]"', "[1998-03-09..1998-03-13]"),
    "a day that was derived and is written": (REPAIR, "title: Repair", "reported: 1998-06-09\ntitle: Repair"),
    "a later step of the certainty": (CLOSED, "1998-04-02: confirmed}", "1998-04-02: confirmed, 1998-08-21: disputed}"),
    "a certainty that begins when it became public": (
        REPAIR,
        "certainty: confirmed",
        "certainty: {1998-06-09: confirmed, 1998-08-21: disputed}",
    ),
    "the day of a source, written otherwise": (CLOSED, "published: 1998-03-19", 'published: "1998-03-19"'),
    "a claim without numbers": (CLOSED, "had not been there", "was not there"),
    "a claim that leaves a number out": (CLOSED, "found at 14:10 and", "found and"),
    "an annotation": (CLOSED, "The two accounts differ", "The 2 accounts differ"),
    "a handle": (REPAIR, "courier", "the-courier"),
}


@pytest.mark.parametrize(("path", "before", "after"), UNCHANGED.values(), ids=UNCHANGED)
def test_what_is_neither_asks_for_no_correction(repository: Repository, path: str, before: str, after: str) -> None:
    text = (repository.root / path).read_text(encoding="utf-8")
    repository.write(path, text.replace(before, after) if before == "courier" else text.replace(before, after, 1))
    assert problems(repository) == []


def test_the_day_of_a_source_that_had_none_may_be_filled_in(repository: Repository) -> None:
    repository.edit(CLOSED, ("    published: 1998-03-19\n", ""))
    repository.commit()
    repository.edit(CLOSED, ("    language: fr\n", "    language: fr\n    published: 1998-03-19\n"))
    assert problems(repository, "HEAD") == []


def test_a_number_in_a_title_or_a_summary_is_for_the_editor_to_judge(repository: Repository) -> None:
    repository.edit(REPAIR, ("on 8 June", "on 9 June"))
    assert problems(repository) == [f"{REPAIR}:{repository.line(REPAIR, 'summary')}:10 (warning)"]
    assert repository.run("main").exit_code == 0


def test_a_correction_that_was_there_is_no_new_one_however_it_is_reworded(repository: Repository) -> None:
    repository.edit(CLOSED, ("value: at least 9000", "value: at least 9900"), ("A digit was lost", "One digit was lost"))
    lines = (repository.line(CLOSED, "9900"), repository.line(CLOSED, "corrections:"))
    assert problems(repository) == [f"{CLOSED}:{lines[0]}:12", f"{CLOSED}:{lines[1]}:1 (warning)"]
    assert "was published and no longer stands there as it was" in repository.tell()


def test_figures_that_change_places_are_found_by_their_notes(repository: Repository) -> None:
    later = "value: up to 45000\n    by: ferry-company\n    as_of: 1998-05-30"
    repository.edit(FERRY, (later, "value: about 700\n    by: ferry-company\n    as_of: 1998-03-18"))
    repository.commit()
    repository.edit(FERRY, ("about 600", "about X"), ("about 700", "about 600"), ("about X", "about 700"))
    assert [line.rpartition(":** ")[2] for line in about(repository, FERRY, "HEAD")[1:]] == [
        "about 600 → about 700",
        "about 700 → about 600",
    ]


def test_all_figures_may_be_put_in_another_order(repository: Repository) -> None:
    repository.edit(FERRY, ("value: more than 48000\n    by: town-council", "value: up to 45000\n    by: ferry-company"))
    repository.edit(FERRY, ("value: up to 45000\n    by: ferry-company\n    as_of: 1998-05-30\n    sources: [timetable]", "X"))
    repository.edit(FERRY, ("sources: [courier]\n    note", "sources: [timetable]\n    note"))
    repository.edit(FERRY, ("X", "value: more than 48000\n    by: town-council\n    as_of: 1998-05-30\n    sources: [courier]"))
    assert problems(repository) == []
    assert about(repository, FERRY) == []


# Names


def rename(repository: Repository, path: str, name: str, formerly: str = "") -> str:
    """Gives the file of an event another name."""
    folder, _, _ = path.rpartition("/")
    (repository.root / path).rename(repository.root / folder / f"{name}.yml")
    repository.write(new := f"{folder}/{name}.yml", (repository.root / folder / f"{name}.yml").read_text() + formerly)
    return new


def test_an_event_with_another_name_is_the_same_event(repository: Repository) -> None:
    path = rename(repository, REPAIR, "pier-repair-begins", "formerly: [repair-begins]\n")
    repository.edit(path, ("date: 1998-06-08/..", "date: 1998-06-09/.."))
    assert problems(repository) == [f"{path}:2:7"], "the rule holds for it as before"
    assert "1 event changed." in repository.tell()
    assert about(repository, path)[0] == "- **Renamed:** `repair-begins` → `pier-repair-begins`"


def test_an_event_that_does_not_say_its_older_name_is_recognised_and_must_say_it(repository: Repository) -> None:
    path = rename(repository, REPAIR, "pier-repair-begins")
    assert problems(repository) == [f"{path}:2:1"]
    assert "Add the name: `formerly: [repair-begins]`." in repository.tell()


def test_older_names_stay(repository: Repository) -> None:
    repository.edit(CLOSED, ("formerly: [harbour-bridge-shut, bridge-closed]", "formerly: [bridge-shut, bridge-closed]"))
    assert problems(repository) == [f"{CLOSED}:2:1"]
    assert "`formerly: [harbour-bridge-shut, bridge-closed, bridge-shut]`" in repository.tell()


def test_an_event_that_is_gone_is_told_and_left_to_the_editor(repository: Repository) -> None:
    (repository.root / REPAIR).unlink()
    assert problems(repository) == [f"{REPAIR}:0:0 (warning)"]
    assert "### Removed\n\n- from 8 June 1998, still going on: Repair of the eastern pier begins" in repository.tell()


def test_an_event_that_was_told_twice_may_be_merged_into_the_other(repository: Repository) -> None:
    (repository.root / REPAIR).unlink()
    repository.edit(FERRY, ("added: 2024-05-04", "added: 2024-05-04\nformerly: [repair-begins]"))
    assert problems(repository) == []
    assert "### Merged into others\n\n- `repair-begins` → `ferry-carries-traffic`" in repository.tell()


def test_an_actor_with_another_name_in_the_files_is_no_other_voice(repository: Repository) -> None:
    for file in (repository.root / "chronology").rglob("*.yml"):
        file.write_text(file.read_text(encoding="utf-8").replace("harbour-authority", "port-authority"), encoding="utf-8")
    assert problems(repository) == []
    assert repository.tell() == (
        "## What changes in the chronology\n\n1 change in the registers.\n\n### Registers and words\n\n"
        "- **Actor, name in the files:** harbour-authority → port-authority\n"
    )


# What changes for events that nobody touched


def test_events_that_nobody_touched_count_when_a_voice_changes(repository: Repository) -> None:
    daily = "about: Daily newspaper of Port Ellery."
    repository.edit("chronology/actors.yml", (daily, f"{daily}\n  speaks_for: town-council"))
    fallen = "2 (The Ellery Gazette, Town Council) → 1 (Town Council) – **it falls to one origin**"
    assert about(repository, REPAIR) == [f"- **Origins:** {fallen}"]


def test_events_that_nobody_touched_count_when_they_are_answered(repository: Repository) -> None:
    repository.write(SURVEY, NEW)
    assert about(repository, CLOSED) == ["- **Standing:** added: disputed from 22 March 1998 by “Divers survey the eastern pier”"]
    repository.commit()
    repository.edit(SURVEY, ("date: 1998-03-21", "date: 1998-03-21\nreported: 1998-03-23"))
    assert about(repository, CLOSED, "HEAD") == [
        "- **Standing:** disputed from 22 March 1998 by “Divers survey the eastern pier” → "
        "disputed from 23 March 1998 by “Divers survey the eastern pier”"
    ]


def test_a_claim_that_falls_to_one_origin_is_told(repository: Repository) -> None:
    repository.edit(
        f"{EVENTS}/1998/authority-denies-warning.yml",
        ("sources: [leaflet, gazette]", "sources: [leaflet]"),
    )
    told = about(repository, f"{EVENTS}/1998/authority-denies-warning.yml")
    assert "- **Origins of the claim “No letter about a crack reached it before 17 March.”:** " in "\n".join(told)


# Words for dates and numbers


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("1998-03", "1998-03-17", "more precise"),
        ("1998-03-17", "1998-03", "less precise"),
        ("[1998-03-01..1998-03-20]", "[1998-03-08..1998-03-13]", "more precise"),
        ("1998-03-17", "1998-03-18", "moved 1 day later"),
        ("1998-03-17", "1997-03-17", "moved 365 days earlier"),
        ("1998-03", "1998-05", "moved later"),
        ("1998-03-08/1998-03-13", "1998-03-10/1998-03-15", "moved later"),
        ("1998-03-17", "1998-03-17~", "less sure"),
        ("1998-03-17%", "1998-03-17?", "surer"),
        ("1998-03-08/1998-03-13", "[1998-03-08..1998-03-13]", "the same days, but another kind of date"),
        ("1998-03-08/..", "1998-03-08/1998-04-01", "more precise"),
    ],
)
def test_a_change_of_a_date_has_a_word(before: str, after: str, told: str) -> None:
    assert compare_dates(read_date(before), read_date(after)) == told


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("40 killed", "50 killed", (("40",), ("50",))),
        ("1,100 of 12", "1100 of 12", ((), ())),
        ("at 14:10", "at 14:20", (("14:10",), ("14:20",))),
        ("40 killed", "some killed", ((), ())),
        ("some killed", "40 killed", ((), ())),
        ("40 and 40", "40 and 41", (("40",), ("41",))),
        ("1.5 million", "1,5 million", (("1.5",), ("1,5",))),
    ],
)
def test_numbers_that_have_become_others_are_found(before: str, after: str, changed: object) -> None:
    assert numbers_changed(before, after) == changed


@pytest.mark.parametrize(
    ("text", "before", "after", "named"),
    [
        ("Vehicles, 11000, is otherwise", "11,000 to 13,000", "1,100 to 1,300", True),
        ("Vehicles, 11 000, is otherwise", "11,000", "12,000", True),
        ("A typing mistake (typo)", "40", "90", False),
        ("Ferry passengers, 4, is 9", "40", "90", False),
        ("1998-03-17 is 1998-05-20", "17 March 1998", "20 May 1998", True),
        ("It was the 17th", "17 March 1998", "18 March 1998", True),
        ("March is April", "March 1998", "April 1998", True),
        ("Something of 1998", "17 March 1998", "18 March 1998", False),
        ("It was about 40", "at least 40", "about 40", True),
        ("It was said surely", "at least 40", "about 40", False),
        ("Given by the Ferry company", "Ferry company", "Town Council", True),
        ("Vehicles, 40, is left out", "40", "", True),
        ("Vehicles are left out", "40", "", False),
    ],
)
def test_a_correction_names_what_it_corrects(text: str, before: str, after: str, named: bool) -> None:
    assert names_change(text, before, after) == named


def test_a_rewording_shows_what_changed_and_where() -> None:
    long = " ".join(f"word{number}" for number in range(60))
    assert show_rewording(f"{long} old {long}", f"{long} new {long}") == (
        f"… {' '.join(f'word{n}' for n in range(52, 60))} ~~old~~ **new** {' '.join(f'word{n}' for n in range(8))} …"
    )
    assert show_rewording("a b", "a c b") == "a **c** b"
    assert show_rewording("word " * 1501, "words") == f"{harmless('word ' * 1501)} → words"


# Strangers

HOSTILE = (
    "@everyone and @org/team, see #1, org/repo#2, GH-3 and gh-4",
    "https://evil.example.org http://evil.example.org www.evil.example.org ftp://evil.example.org me@evil.example.org",
    "![x](https://evil.example.org/x.png) [x](https://evil.example.org) [x][y] <https://evil.example.org>",
    "<img src=x onerror=alert(1)> </details></summary> <!-- hidden --> <script>x</script> &#64;everyone &lt;b&gt;",
    "`code` ``more`` ```\nfence\n``` ~~~ **bold** _em_ ~~gone~~ $x$ $$y$$ $`z`$",
    "| a | b |\n| --- | --- |\n# heading\n> quote\n- [ ] task\n1. one\n\n    code\n\n***\nsetext\n===",
    "\u202eright to left\u202c \x1b[31mred\x1b[0m zero\u200bwidth back\\slash\\",
    "::error file=x::spoilt ##[error]spoilt %0A::warning::",
    "[^1] footnote [^1]: https://evil.example.org",
)
ALLOWED = re.compile(r"</?(?:h[1-6]|p|ul|li|strong|del|code|pre|hr|ol|em|span)(?: lang=\"(?:yaml|markdown)\")?(?: /)?>")


def reaches_out(markdown: str) -> list[str]:
    """Whatever a text could do on GitHub: its own parser turns it into HTML, in which nothing but our markup may stand."""
    html = cmarkgfm.github_flavored_markdown_to_html(markdown, cmarkgfm.Options.CMARK_OPT_UNSAFE)
    tags = [tag for tag in re.findall(r"<[^>]*>", html) if not ALLOWED.fullmatch(tag)]
    plain = re.sub(r"<(pre|code)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "", plain)
    return [*tags, *re.findall(r"(?i)[@#]\w+|\w+://\S+|www\.\w+|\bGH-\d+", text)]


def test_what_would_reach_out_is_noticed() -> None:
    assert [text for text in HOSTILE[:4] if not reaches_out(text)] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_strangers_can_do_nothing(text: str) -> None:
    shown = (
        f"- **{harmless(text)}:** {harmless(text)} → {show_rewording(text, text[::-1])}",
        f"### {harmless(text)}",
        f"- {as_code(text)}: {harmless_message(f'`says`: “{text}” is `{text}`')}",
    )
    for markdown in shown:
        assert reaches_out(markdown) == []
        assert "\n" not in markdown
        assert markdown.isprintable() or set(re.findall(r"[^ -~\u00a1-\uffff]", markdown)) == set()
    assert reaches_out(f"{as_block(text, 'yaml')}\n\ntext") == []
    assert cmarkgfm.github_flavored_markdown_to_html(f"{as_block(text, 'yaml')}\n\nx").endswith("</code></pre>\n<p>x</p>\n")


def test_a_hostile_entry_is_told_whole_and_does_nothing(repository: Repository) -> None:
    quoted = " ".join(HOSTILE[:-3]).replace("'", "").replace("\n", " ")
    repository.edit(CLOSED, ("title: Harbour bridge closed after a crack is found", f"title: '{quoted}'"))
    repository.edit(CLOSED, ("The crack was found at 14:10 and", f"'{quoted} 15:10 and"), ("in the autumn.", "in the autumn.'"))
    repository.edit(CLOSED, ("value: at least 9000", "value: at least 9001"))
    repository.edit(CLOSED, ("note: Counted on one weekday.", f"note: '{quoted}'"))
    repository.edit("chronology/chronology.yml", ("name: Vehicles diverted", f"name: '{quoted}'"))
    repository.write(f"{EVENTS}/1998/@everyone `#1/divers.yml", NEW)
    told = repository.tell()
    assert "9,001" in told
    assert reaches_out(told) == []
    assert "::" not in told
    result = repository.run("main", "--github")
    assert result.exit_code == 1
    commands = [line for line in result.stderr.split("\n") if "::" in line]
    assert commands
    assert all(re.match("::(error|warning) file=chronology/events/1998/", line) for line in commands)


def test_a_comment_is_cut_where_github_takes_no_more_and_says_so(repository: Repository) -> None:
    for number in range(400):
        repository.write(f"{EVENTS}/1998/divers-{number}.yml", NEW.replace("Divers survey", f"Divers {number} survey"))
    whole, comment = repository.tell(), repository.tell(for_comment=True)
    assert len(comment) < 61_000
    assert len(whole) > 65_536
    left = whole.count("\n- ") - comment.count("\n- ")
    assert comment.endswith(f"\n\n**This is not all:** {left} more lines are left out, as GitHub takes no longer comment. "
                            "`chronicle diff main` prints everything.\n")  # fmt: skip
    assert comment.rpartition("\n\n")[0] in whole


def test_a_comment_is_not_cut_within_what_is_to_be_copied(repository: Repository) -> None:
    for number in range(300):
        repository.write(f"{EVENTS}/1998/divers-{number}.yml", NEW.replace("Divers survey", f"Divers {number} survey"))
    repository.commit()
    for number in range(300):
        repository.edit(f"{EVENTS}/1998/divers-{number}.yml", ("date: 1998-03-21", "date: 1998-03-22"))
    told = repository.tell("HEAD", for_comment=True)
    assert len(told) < 61_000
    assert "<strong>This is not all:</strong>" in cmarkgfm.github_flavored_markdown_to_html(told)


# States


def test_it_is_compared_with_the_files_on_the_disk_or_with_another_revision(repository: Repository) -> None:
    nothing = "## What changes in the chronology\n\nNothing that the chronology says changes.\n"
    assert repository.run().stdout == nothing
    repository.edit(REPAIR, ("title: Repair", "title: The repair"))
    assert "The repair" not in repository.tell("main..HEAD")
    assert "**The repair**" in repository.tell("main").replace("~~Repair~~ **The repair**", "**The repair**")
    assert repository.run().stdout == repository.tell("HEAD")
    repository.commit()
    assert repository.tell("HEAD^..HEAD") == repository.tell("HEAD^..") == repository.tell("HEAD^")


def test_a_dirty_tree_does_not_change_what_a_range_says(repository: Repository) -> None:
    propose(repository)
    told = repository.tell("main..proposal")
    repository.edit(FERRY, ("value: about 650", "value: about 999"))
    repository.write(REPAIR, "spoilt: [")
    repository.write("chronology/chronology.yml", "spoilt: [")
    assert repository.tell("main..proposal") == told


def test_three_dots_leave_out_what_the_other_side_did_since(repository: Repository) -> None:
    propose(repository)
    told = repository.tell("main..proposal")
    repository.git("switch", "--quiet", "main")
    repository.edit(REPAIR, ("title: Repair", "title: The repair"))
    repository.commit()
    assert repository.tell("main...proposal") == told
    assert "repair" in repository.tell("main..proposal").replace(told, "").lower()


def test_a_file_that_is_the_same_is_read_once(tmp_path: Path) -> None:
    write_project(tmp_path, 30)
    repository = begin(tmp_path)
    paths = sorted((tmp_path / EVENTS).rglob("*.yml"))
    repository.edit(paths[0].relative_to(tmp_path).as_posix(), ("title: ", "title: New "))
    repository.commit()
    for asked in ("HEAD^", "HEAD^..HEAD", "HEAD..HEAD^"):
        before, after = read_states(asked, tmp_path)
        same = [event for event in before.chronology.events if event is after.chronology.event_by_slug[event.slug]]
        assert len(same) == 29
        assert len(after.chronology.events) == 30


@pytest.mark.parametrize("asked", ["nowhere", "main..nowhere", "nowhere..main", "HEAD^", "HEAD:chronology", "main....HEAD"])
def test_a_revision_that_is_not_there_is_told(repository: Repository, asked: str) -> None:
    result = repository.run(asked)
    assert result.exit_code == 2
    assert "git knows no revision “" in result.stderr
    assert "`git fetch`" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("asked", ["--output=x", "-x", "--upload-pack=touch spoilt", "main --output=x", "a\nb", "a\0b"])
def test_no_argument_of_git_can_be_smuggled_in(repository: Repository, asked: str) -> None:
    assert repository.run("--", asked).exit_code == 2
    assert repository.run(asked).exit_code == 2
    with pytest.raises(RevisionError, match="cannot name a revision"):
        review(asked, repository.root, TODAY)
    assert not (repository.root / "x").exists()
    assert not (repository.root / "spoilt").exists()


def test_a_shallow_clone_is_told_with_the_way_out(repository: Repository, tmp_path: Path) -> None:
    repository.commit("Another")
    clone = Repository(tmp_path / "shallow")
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(clone.root), folder=tmp_path)
    result = clone.run("HEAD^..HEAD")
    assert result.exit_code == 2
    assert "git knows no revision “HEAD^” here. This copy of the repository is shallow" in result.stderr
    assert "fetch-depth: 0" in result.stderr
    assert clone.run("HEAD").exit_code == 0


def test_two_states_without_a_commit_in_common_are_told(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--orphan", "other")
    repository.commit()
    result = Repository(repository.root).run("main...other")
    assert result.exit_code == 2


def test_no_repository_and_no_git_are_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    result = Repository(project).run()
    assert result.exit_code == 2
    assert "git cannot tell what changed. It says: fatal: not a git repository" in result.stderr
    monkeypatch.setenv("PATH", str(project))
    assert "This needs git, which is not installed." in Repository(project).run().stderr


def test_a_project_in_a_folder_of_its_repository_is_found(tmp_path: Path) -> None:
    write_project(tmp_path / "deep" / "project", 3)
    repository = begin(tmp_path)
    inside = Repository(tmp_path / "deep" / "project")
    path = next((inside.root / EVENTS).rglob("*.yml")).relative_to(inside.root).as_posix()
    inside.edit(path, ("title: ", "title: New "))
    repository.commit()
    assert f"- `{path}`\n- **Title:**" in inside.tell("HEAD^..HEAD")


# What cannot be read


def test_an_entry_that_could_not_be_read_before_is_told_and_never_taken_for_new(repository: Repository) -> None:
    repository.edit(REPAIR, ("title: Repair", "title: 'Repair"))
    repository.commit()
    repository.edit(REPAIR, ("title: 'Repair", "title: Repair"), ("date: 1998-06-08/..", "date: 1998-06-09/.."))
    assert problems(repository, "HEAD") == [f"{REPAIR}:0:0 (warning)"]
    told = repository.tell("HEAD")
    assert f"**Not compared:** 1 entry could not be read before: `{REPAIR}`." in told
    assert "added" not in told
    assert "### " in told
    assert repository.run("HEAD").exit_code == 0


def test_an_entry_that_cannot_be_read_is_not_taken_for_one_with_another_name(repository: Repository) -> None:
    text = (repository.root / REPAIR).read_text(encoding="utf-8")
    repository.edit(REPAIR, ("title: Repair", "title: 'Repair"))
    repository.write(REPAIR.replace("repair", "pier-repair"), text)
    told = repository.tell()
    assert "1 event added" in told
    assert "Renamed" not in told


def test_an_entry_that_cannot_be_read_now_must_be_mended(repository: Repository) -> None:
    repository.edit(REPAIR, ("title: Repair", "title: 'Repair"))
    assert problems(repository) == [f"{REPAIR}:0:0"]
    told = repository.tell()
    assert f"**Not compared:** 1 entry cannot be read now: `{REPAIR}`." in told
    assert "### Removed" not in told
    assert repository.run("main").exit_code == 1


@pytest.mark.parametrize("name", ["chronology", "actors", "places"])
def test_a_register_that_could_not_be_read_before_is_taken_as_it_is_now(repository: Repository, name: str) -> None:
    path = f"chronology/{name}.yml"
    right = (repository.root / path).read_text(encoding="utf-8")
    repository.write(path, "spoilt: [")
    repository.commit()
    repository.write(path, right)
    repository.edit(CLOSED, ("value: at least 9000", "value: at least 9900"))
    assert problems(repository, "HEAD") == [f"{CLOSED}:{repository.line(CLOSED, '9900')}:12"], "the rule holds nonetheless"
    assert f"**Not compared:** `{path}` could not be read before, or was not there" in repository.tell("HEAD")
    assert "### Registers" not in repository.tell("HEAD")


@pytest.mark.parametrize("name", ["chronology", "actors", "places"])
def test_a_register_that_cannot_be_read_now_ends_the_review(repository: Repository, name: str) -> None:
    repository.write(f"chronology/{name}.yml", "spoilt: [")
    result = repository.run("main")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"chronology/{name}.yml:1:" in result.stderr
    assert "The chronology cannot be read; mend that first." in result.stderr


def test_one_actor_that_cannot_be_read_is_neither_new_nor_gone(repository: Repository) -> None:
    repository.edit("chronology/actors.yml", ("kind: person\n  about: Works on", "knid: person\n  about: Works on"))
    assert "night-watchman" not in repository.tell()
    repository.commit()
    repository.edit("chronology/actors.yml", ("knid: person", "kind: person"))
    assert "night-watchman" not in repository.tell("HEAD")


def test_the_first_chronology_of_a_repository_is_new(project: Path) -> None:
    repository = Repository(project)
    repository.git("init", "--quiet", "--initial-branch", "main")
    repository.commit_nothing()
    told = repository.tell("HEAD")
    assert "8 events added" in told
    assert "There was no chronology before: everything is new." in told


def test_what_is_no_entry_is_passed_over(repository: Repository) -> None:
    (repository.root / EVENTS / "1998" / "link.yml").symlink_to("/etc/passwd")
    repository.write(f"{EVENTS}/1998/Not a name.yml", "x: [")
    repository.write(f"{EVENTS}/1998/deeper/entry.yml", "x: [")
    repository.write(f"{EVENTS}/.hidden/entry.yml", "x: [")
    repository.write(f"{EVENTS}/{'é' * 120}/entry.yml", "x: [")
    repository.commit()
    assert repository.tell("HEAD^..HEAD") == "## What changes in the chronology\n\nNothing that the chronology says changes.\n"


def test_a_huge_file_is_refused_as_the_loader_refuses_it(repository: Repository) -> None:
    repository.write(SURVEY, NEW + "#" * 300_000)
    repository.commit()
    repository.git("rm", "--quiet", SURVEY)
    assert problems(repository, "HEAD^..HEAD") == [f"{SURVEY}:0:0"]


def test_a_damaged_repository_is_told(repository: Repository) -> None:
    repository.edit(REPAIR, ("title: Repair", "title: The repair"))
    repository.commit()
    blob = repository.git("rev-parse", f"HEAD^:{REPAIR}")
    (repository.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    result = repository.run("HEAD^..HEAD")
    assert result.exit_code == 2
    assert "git does not have a file that it names" in result.stderr
