"""The calendars: days and nothing more exact than is known, read back by a parser that we did not write."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import vobject

from chronicle.exports.calendars import make_calendars
from chronicle.load import load
from chronicle.made import Keys
from chronicle.model import Chronology
from chronicle.model.standing import as_known_on
from chronicle.site import build_docs
from conftest import ROOT
from small import SETTING, entry, read, source, write

SITE = "http://127.0.0.1:8000/"
PLAIN = "1998/plain"


def made(chronology: Chronology) -> Mapping[str, str]:
    digests = {event.path: event.slug for event in chronology.events}
    return {calendar.path: calendar.make() for calendar in make_calendars(chronology, Keys(chronology, digests))}


def whole(root: Path) -> Chronology:
    chronology = load(root).chronology
    assert chronology
    return chronology


def of_project(name: str) -> Mapping[str, str]:
    return made(whole(ROOT / "tests" / name))


def parsed(text: str) -> Any:
    calendar = vobject.readOne(text, validate=True)
    assert calendar.validate(raiseException=True)
    return calendar


def entries(text: str) -> list[tuple[str, date, date]]:
    return [(e.summary.value, e.dtstart.value, e.dtend.value) for e in parsed(text).vevent_list]


def dated(root: Path, written: str) -> list[tuple[str, date, date]]:
    """The entries of an event of this date, beside a plain one."""
    one = entry(f"title: It happened\nreported: 2024-01-01\ndate: {written!r}")
    texts = made(read(root, {PLAIN: entry("date: 1998-03-17\ntitle: Plain"), "1998/one": one}))
    return [found for found in entries(texts["calendars/all.ics"]) if found[0] != "Plain"]


@pytest.mark.parametrize(
    ("written", "title", "first", "after"),
    [
        ("1998-03-17", "It happened", date(1998, 3, 17), date(1998, 3, 18)),
        ("1998-03-08/1998-03-13", "It happened", date(1998, 3, 8), date(1998, 3, 14)),
        ("1998-12-31/1999-01-01", "It happened", date(1998, 12, 31), date(1999, 1, 2)),
        ("1998-03-17~", "It happened (c. 17 Mar 1998)", date(1998, 3, 17), date(1998, 3, 18)),
        ("1998-03-17?", "It happened (17 Mar 1998 (?))", date(1998, 3, 17), date(1998, 3, 18)),
        ("1998-03-08/1998-03-13~", "It happened (8 Mar 1998 – c. 13 Mar 1998)", date(1998, 3, 8), date(1998, 3, 14)),
        ("1998-03-08/..", "It happened (since 8 Mar 1998)", date(1998, 3, 8), date(1998, 3, 9)),
        ("1998-03-08/", "It happened (from 8 Mar 1998)", date(1998, 3, 8), date(1998, 3, 9)),
        ("../1998-03-13", "It happened (until 13 Mar 1998)", date(1998, 3, 13), date(1998, 3, 14)),
        ("1998-03-08/1998-05", "It happened (8 Mar – May 1998)", date(1998, 3, 8), date(1998, 3, 9)),
        ("1998-01/1998-03-13", "It happened (Jan – 13 Mar 1998)", date(1998, 3, 13), date(1998, 3, 14)),
        ("{1998-03-08..1998-03-10}", "It happened (each day from 8 to 10 Mar 1998)", date(1998, 3, 8), date(1998, 3, 11)),
    ],
)
def test_a_date_stands_on_the_days_that_are_known_of_it(
    tmp_path: Path, written: str, title: str, first: date, after: date
) -> None:
    assert dated(tmp_path, written) == [(title, first, after)]


@pytest.mark.parametrize(
    "written",
    [
        "1998-03", "1998-03-XX", "1998-XX-XX", "1998", "1998-21", "1998-03~", "1998-01/1998-03", "1998-03/..",
        "{1998-01,1998-03}", "[1998-03-08..1998-03-13]", "[1998-03-08,1998-03-13]", "[..1998-03-13]",
    ],
)
def test_an_event_of_which_no_day_is_known_is_left_out_and_counted(tmp_path: Path, written: str) -> None:
    assert dated(tmp_path, written) == []
    texts = made(whole(tmp_path))
    for key in ("description", "x_wr_caldesc"):
        told = getattr(parsed(texts["calendars/all.ics"]), key).value
        assert told.endswith(f"1 event of which no day is known is left out here and is found at {SITE}timeline/")
    assert f"found at {SITE}topics/safety/" in parsed(texts["calendars/safety.ics"]).description.value


def test_a_date_of_several_days_stands_on_each_under_a_name_of_its_own(tmp_path: Path) -> None:
    found = dated(tmp_path, "{1998-03-08,1998-03-12}")
    assert [(first, after) for _, first, after in found] == [
        (date(1998, 3, 8), date(1998, 3, 9)),
        (date(1998, 3, 12), date(1998, 3, 13)),
    ]
    assert {title for title, _, _ in found} == {"It happened (8 and 12 Mar 1998)"}
    text = made(whole(tmp_path))["calendars/all.ics"]
    assert len({event.uid.value for event in parsed(text).vevent_list}) == 3


@pytest.mark.parametrize("written", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_day_of_all_can_be_told(tmp_path: Path, written: str) -> None:
    events = {"1998/one": entry(f"date: {written}")}
    text = made(whole(write(tmp_path, events)))["calendars/all.ics"]
    assert parsed(text).vevent.dtstart.value == date.fromisoformat(written)


CHANGED = f"""
added: 2024-05-02
certainty: {{1998-03-18: claimed, 2024-08-01: confirmed}}
corrections:
  - {{date: 2024-06-11, what: 1100 is 11000, why: A digit was lost}}
sources:
{source("a", "published: 1998-03-18")}
{source("late", "published: 2024-09-03")}
"""


def test_an_entry_says_how_often_and_when_it_changed_last(tmp_path: Path) -> None:
    calendar = parsed(made(read(tmp_path, {PLAIN: entry(CHANGED)}))["calendars/all.ics"])
    event, last = calendar.vevent, datetime(2024, 9, 3, tzinfo=UTC)
    assert (event.sequence.value, event.created.value) == ("3", datetime(2024, 5, 2, tzinfo=UTC))
    assert event.dtstamp.value == event.last_modified.value == last
    assert calendar.last_modified.value == "20240903T000000Z"  # which vobject reads as text


def test_an_entry_tells_its_standing_its_origins_and_where_it_is_told_whole() -> None:
    event = next(e for e in parsed(of_project("project")["calendars/all.ics"]).vevent_list if "closed" in e.summary.value)
    page = "https://bridge.example.org/events/harbour-bridge-closed/"
    assert event.description.value.split("\n") == [
        "17 March 1998",
        "Confirmed",
        "4 sources, 3 origins: Harbour Authority, Ines Marlow, Town Council",
        "corroborated 9 Jun 1998",
        "",
        "Inspectors found a crack in the eastern pier and closed the bridge to traffic.",
        "",
        page,
    ]
    assert event.url.value == page
    assert event.categories.value == ["Safety", "Traffic"]
    assert event.transp.value == "TRANSPARENT"


def test_a_calendar_says_what_it_is_and_when_to_look_again() -> None:
    texts = of_project("project")
    assert sorted(texts) == [f"calendars/{name}.ics" for name in ("all", "repair", "safety", "traffic")]
    calendar, text = parsed(texts["calendars/traffic.ics"]), texts["calendars/traffic.ics"]
    assert calendar.contents["name"][0].value == calendar.x_wr_calname.value == "The harbour bridge of Port Ellery: Traffic"
    assert calendar.url.value == "https://bridge.example.org/topics/traffic/"
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in text
    assert "\r\nSOURCE;VALUE=URI:https://bridge.example.org/calendars/traffic.ics\r\n" in text
    assert "\r\nMETHOD:" not in text


def test_names_stay_when_an_event_is_renamed_and_when_the_site_moves(tmp_path: Path) -> None:
    before = made(read(tmp_path / "before", {PLAIN: entry(CHANGED)}))
    setting = SETTING + f"\nsite: https://new.example.org/\nfirst_site: {SITE}\n"
    renamed = {"1998/other": entry(CHANGED + "\nformerly: [plain]")}
    after = made(whole(write(tmp_path / "after", renamed, setting)))
    old, new = (parsed(texts["calendars/all.ics"]) for texts in (before, after))
    assert UUID(old.vevent.uid.value) == UUID(new.vevent.uid.value)
    assert old.uid.value == new.uid.value != old.vevent.uid.value
    assert new.vevent.url.value == "https://new.example.org/events/other/"


HANGUL = "항구 다리의 금이 두 번 신고되었다고 주민들이 밝혔다; 항만청은 부인했다, \\ “차량 만여 대”. " * 4


@pytest.mark.parametrize("words", [HANGUL, "Ёлка 👩‍👩‍👧‍👦 " * 30, "x" * 74 + "\\;,\\;," * 30])
def test_long_words_are_folded_at_75_octets_between_signs_and_come_back_whole(tmp_path: Path, words: str) -> None:
    event = read(tmp_path, {PLAIN: entry()}).events[0].model_copy(update={"title": words, "summary": f"{words}\n\n{words}"})
    text = made(read(tmp_path, {PLAIN: entry()}).model_copy(update={"events": (event,)}))["calendars/all.ics"]
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    assert parsed(text).vevent.summary.value == " ".join(words.split())
    assert parsed(text).vevent.description.value.split("\n\n")[1:3] == [" ".join(words.split())] * 2


def test_a_strangers_words_cannot_add_a_line(tmp_path: Path) -> None:
    words = "A\r\nDTSTART:19990101\rX-EVIL:1\nEND:VEVENT\x85B\u2028C\x00\x07 \\n <b>&amp;]]>"
    plain = read(tmp_path, {PLAIN: entry()})
    event = plain.events[0].model_copy(update={"title": words, "summary": words, "topics": ("safety",)})
    topics = {"safety": plain.setting.topics["safety"].model_copy(update={"name": words, "meaning": words})}
    setting = plain.setting.model_copy(update={"title": words, "description": words, "topics": topics})
    for text in made(plain.model_copy(update={"setting": setting, "events": (event,)})).values():
        calendar, flat = parsed(text), "A DTSTART:19990101 X-EVIL:1 END:VEVENT B C \\n <b>&amp;]]>"
        assert (calendar.vevent.summary.value, calendar.vevent.categories.value) == (flat, [flat])
        assert flat in calendar.vevent.description.value
        assert calendar.x_wr_calname.value.startswith(flat)
        assert not re.search(r"(?m)^(DTSTART:|X-EVIL|END:VEVENT.)", text.replace("\r\n", "\n"))
        assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x85\u2028]|\r(?!\n)|(?<!\r)\n", text)


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_every_calendar_of_a_whole_chronology_can_be_read(name: str) -> None:
    for text in of_project(name).values():
        assert all(event.dtstart.value < event.dtend.value for event in parsed(text).vevent_list)
        assert all(isinstance(event.dtstart.value, date) for event in parsed(text).vevent_list)


def test_a_calendar_would_not_be_empty(tmp_path: Path) -> None:
    assert made(read(tmp_path, {})) == {}
    assert made(read(tmp_path, {PLAIN: entry("date: 1998-03\nreported: 1998-03-18")})) == {}


def test_a_topic_that_is_called_all_has_a_calendar_of_its_own(tmp_path: Path) -> None:
    setting = SETTING.replace("{safety:", "{all: {name: All, meaning: All.}, safety:")
    events = {PLAIN: entry("topics: [all]"), "1998/other": entry("date: 1998-04-01\nreported: 1998-04-02")}
    texts = made(whole(write(tmp_path, events, setting)))
    assert {path: len(entries(text)) for path, text in texts.items()} == {
        "calendars/all.ics": 2,
        "calendars/all_.ics": 1,
        "calendars/safety.ics": 1,
    }


def test_what_was_not_known_on_a_day_is_not_told_as_on_that_day(tmp_path: Path) -> None:
    chronology = read(tmp_path, {PLAIN: entry(CHANGED), "1999/late": entry("date: 1999-01-01\nreported: 2024-10-01")})
    calendar = parsed(made(as_known_on(date(2024, 7, 1), chronology))["calendars/all.ics"])
    assert (len(calendar.vevent_list), calendar.vevent.sequence.value) == (1, "1")
    assert "Claimed" in calendar.vevent.description.value


def test_two_runs_give_the_same_bytes_and_an_edit_reaches_the_calendars(tmp_path: Path) -> None:
    assert of_project("project") == of_project("project")
    root = write(tmp_path, {PLAIN: entry()})
    assert not build_docs(root, root / "docs").failed
    assert "calendars/all.ics" not in build_docs(root, root / "docs").written
    write(root, {PLAIN: entry("title: Another")})
    assert {"calendars/all.ics", "calendars/safety.ics"} <= set(build_docs(root, root / "docs").written)
