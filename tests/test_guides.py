"""The guides for contributors show what the program really says: every shown part is made by it, and kept current."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from chronicle.check import read_and_check
from chronicle.dates import read_date
from chronicle.model.origins import origin_label, origins_of_event, origins_of_source
from chronicle.problems import format_problems
from conftest import ROOT
from evidence import EVIDENCE
from form_guide import FORM_GUIDE
from maintained import MAINTAINED, table
from reviewed import REVIEWED

GUIDES = ROOT / "docs" / "contribute"
SHOWN = re.compile(r"<!-- shown: ([a-z ]+) -->\n(.*?)<!-- /shown -->", re.DOTALL)
CLOSED = "chronology/events/1998/harbour-bridge-closed.yml"
KNOWN = (
    ("the day", "1998-03-17"),
    ("the month", "1998-03"),
    ("some day of a month", "1998-03-XX"),
    ("only the year", "1998"),
    ("about when", "1998-03-17~"),
    ("a day, with doubt", "1998-03-17?"),
    ("that it lasted", "1998-03-08/1998-03-13"),
    ("that it began, and goes on", "1998-03-08/.."),
    ("that it was one day of several", "[1998-03-08..1998-03-13]"),
    ("that it was on or before a day", "[..1998-03-13]"),
    ("that it happened on each of some days", "{1998-03-08,1998-03-13}"),
)
WRONG_DATES = ("17 March 1998", "03/04/1998", "1998-02-30")


def _dates(_: Path) -> str:
    rows = ((what, f"`{edtf}`", read_date(edtf).words()) for what, edtf in KNOWN)
    return table(("You know", "Write", "Readers see"), *rows)


def _wrong_dates(project: Path) -> str:
    return "\n".join(_answer(project, "date: 1998-03-17", f"date: {date}") for date in WRONG_DATES)


def _certainty(project: Path) -> str:
    return _answer(project, "1998-04-02: confirmed", "1998-04-02: probable")


def _loaded_words(project: Path) -> str:
    return _answer(project, "Inspectors found a crack", "Inspectors found a catastrophic crack")


def _long_quotation(project: Path) -> str:
    words = "We wrote to them in October and again in January"
    more = "and nobody from the authority ever came to look at the pier or answered our letters before it was closed"
    return _answer(project, words, f"{words} {more}")


def _one_origin(project: Path) -> str:
    return _answer(project, "", "", "chronology/events/1997/pier-inspection-1997.yml")


def _origins(project: Path) -> str:
    loaded, _ = read_and_check(project, None)
    assert loaded.chronology
    event = loaded.chronology.event_by_slug["harbour-bridge-closed"]
    chronology = loaded.chronology
    rows = []
    for handle in event.supporting:
        source = event.sources[handle]
        origins = sorted(origins_of_source(source, chronology))
        rows.append((source.publisher, ", ".join(source.relays) or "–", ", ".join(origin_label(o, chronology) for o in origins)))
    total = origins_of_event(event, chronology)
    return table(("Source", "`relays`", "Origin"), *rows) + f"\nTogether: {len(rows)} sources, {len(total)} origins.\n"


PARTS: Mapping[str, Callable[[Path], str]] = {
    "certainty": _certainty,
    "dates": _dates,
    "loaded words": _loaded_words,
    "long quotation": _long_quotation,
    "one origin": _one_origin,
    "origins": _origins,
    "wrong dates": _wrong_dates,
    **FORM_GUIDE,
    **EVIDENCE,
    **MAINTAINED,
    **REVIEWED,
}


def _answer(project: Path, right: str, wrong: str, path: str = CLOSED) -> str:
    """The line as somebody might write it, and what the check says to it."""
    file = project / path
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace(right, wrong, 1), encoding="utf-8")
    _, problems = read_and_check(project, None)
    file.write_text(before, encoding="utf-8")
    told = format_problems(problem for problem in problems if problem.path == path).rpartition("\n\n")[0]
    assert told
    return f"```text\n{told}\n```\n"


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=lambda guide: guide.stem)
def test_a_guide_shows_what_the_program_says(guide: Path, project: Path, renew: bool) -> None:
    text = guide.read_text(encoding="utf-8")
    now = SHOWN.sub(lambda part: f"<!-- shown: {part[1]} -->\n\n{PARTS[part[1]](project)}\n<!-- /shown -->", text)
    if renew:
        guide.write_text(now, encoding="utf-8")
        text = now
    assert text == now


def test_every_part_is_shown_somewhere() -> None:
    shown = [part[1] for guide in GUIDES.glob("*.md") for part in SHOWN.finditer(guide.read_text(encoding="utf-8"))]
    assert sorted(shown) == sorted(PARTS)
