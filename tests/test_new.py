"""New entries: what is written, what is refused, and what may be a duplicate."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from chronicle.drafting.drafts import Draft, save_drafts
from chronicle.drafting.new import (
    NAME,
    QUESTIONS,
    Question,
    find_fault,
    find_meant,
    find_name_fault,
    make_draft,
    name_for,
    words_for,
)
from chronicle.load import load
from chronicle.problems import Severity, format_problems
from chronicle.yamlfile import read_yaml
from chronicle.yamlfile.text import Marked, Written, write_yaml

TODAY = date(2024, 7, 1)
ANSWERS = {
    "date": "1998-11-05",
    "title": "Council asks for a second inspection",
    "kind": "inspection",
    "certainty": "claimed",
    "summary": "The town council asked for a second inspection of the piers.",
    "says": "A second inspection is needed.",
    "by": "town-council",
    "topics": "safety, repair",
    "url": "https://courier.example.org/1998/45/",
    "source_title": "Second look at piers",
    "publisher": "The Ellery Courier",
    "type": "town-media",
    "published": "1998-11-06",
    "reported": "",
    "name": "council-asks-for-a-second-inspection",
}
ENTRY = """\
# yaml-language-server: $schema=../../../schema/event.json
date: 1998-11-05
title: Council asks for a second inspection
kind: inspection
certainty: claimed
summary: The town council asked for a second inspection of the piers.[^ellery-courier]

claims:
  - by: town-council
    says: A second inspection is needed.
    sources: [ellery-courier]

topics: [safety, repair]

sources:
  ellery-courier:
    url: https://courier.example.org/1998/45/
    title: Second look at piers
    publisher: The Ellery Courier
    published: 1998-11-06
    type: town-media

added: 2024-07-01
"""
# fmt: off
HARD_TO_WRITE = (
    "a: b", "a #b", "# a", "a:", ": a", "- a", "? a", "[a]", "{a: b}", "a, b", "&a", "*a*", "!a", "%a", "@a", "`a`", "| a", "> a",
    "yes", "No", "TRUE", "null", "~", "1998", "1998-03", "14:10", "1e3", "0x1F", "0o17", "1_000", "-.5", ".inf", "+1",
    "'a'", '"a"', "it's", "''", "a\\b", '\\"', "<<", "=", "---", "...", "--- a", "a\tb", "  a  ",
    "한국어: 말", "مالوري", "👩‍🚀", "“a”: b", "word " * 60 + ": # -", "- " * 80, "# " * 80, "unbroken" * 60,
    "One: two # three.\n\n- Four\n\n# Five", "a\n b\n  c", "|\n\n>",
)
# fmt: on


def draft(project: Path, changes: Mapping[str, str] | None = None) -> Draft:
    return make_draft({**ANSWERS, **(changes or {})}, load(project), project, TODAY)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_an_entry_is_written_as_a_person_would_write_it(project: Path) -> None:
    made = draft(project)
    assert made.path == "chronology/events/1998/council-asks-for-a-second-inspection.yml"
    assert made.text == ENTRY
    assert made.is_valid
    assert made.alike == ()


def test_nothing_is_written_before_it_is_saved_and_then_the_loader_knows_it(project: Path) -> None:
    before = load(project)
    made = draft(project)
    assert load(project) == before
    save_drafts([made], project)
    after = load(project)
    assert after.problems == before.problems
    assert after.chronology
    assert "council-asks-for-a-second-inspection" in after.chronology.event_by_slug
    assert sorted(path.name for path in (project / made.path).parent.iterdir() if path.name.startswith(".")) == []


def test_an_entry_never_takes_the_place_of_another(project: Path) -> None:
    made = draft(project)
    (project / made.path).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        save_drafts([made], project)
    assert (project / made.path).read_text(encoding="utf-8") == "mine"
    assert [path.name for path in (project / made.path).parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("text", HARD_TO_WRITE)
def test_whatever_is_typed_is_read_back_as_it_was_typed(text: str) -> None:
    data: dict[str, Written] = {
        "a": text,
        "b": [{"c": text, "d": ["e", "f"]}],
        "g": {"h": {"i": text}},
        "j": [flat(text)],
    }
    file, problems = read_yaml("a.yml", write_yaml(data).encode())
    assert problems == ()
    assert file is not None
    readings: tuple[Any, ...] = (file.data, yaml.safe_load(write_yaml(data)))
    for read in readings:
        assert flat(read["a"]) == flat(read["b"][0]["c"]) == flat(read["g"]["h"]["i"]) == read["j"][0] == flat(text)
        assert read["b"][0]["d"] == ["e", "f"]


@pytest.mark.parametrize(
    "value", ["Closure", "One: two", "One.\n\nTwo.", "word " * 60, ["a", "b"], {"b": "c"}, [{"b": "c"}], None]
)
def test_a_mark_is_a_comment_on_the_line_of_its_key(value: "Written | None") -> None:
    text = write_yaml({"a": Marked("check: this\nand that", value), "z": "end"})
    assert text.split("\n")[0].startswith("a:")
    assert text.split("\n")[0].endswith("  # check: this and that")
    file, problems = read_yaml("a.yml", text.encode())
    assert problems == ()
    assert file is not None
    bare, _ = read_yaml("a.yml", write_yaml({"a": value or "", "z": "end"}).encode())
    assert bare is not None
    assert file.data == (bare.data if value else {"a": None, "z": "end"})


def test_paragraphs_stay_apart() -> None:
    file, _ = read_yaml("a.yml", write_yaml({"a": "One: two # three.\n \n- Four"}).encode())
    assert file is not None
    assert file.data == {"a": "One: two # three.\n\n- Four\n"}


@pytest.mark.parametrize("text", HARD_TO_WRITE)
def test_an_entry_of_hard_words_is_as_valid_as_any(project: Path, text: str) -> None:
    title = f"{flat(text)[:60]} — {TODAY}"
    made = draft(
        project, {"title": title, "summary": text, "says": text, "source_title": text, "publisher": f"{text} Gazette"}
    )
    assert made.is_valid, format_problems(made.problems)


def test_each_paragraph_of_the_summary_gets_its_footnote(project: Path) -> None:
    made = draft(project, {"summary": "First.\n\nSecond.[^ellery-courier] Third."})
    assert "summary: |\n  First.[^ellery-courier]\n\n  Second.[^ellery-courier] Third.\n" in made.text
    assert made.is_valid


def test_an_entry_with_an_error_is_not_valid_and_the_error_is_told_with_its_line(project: Path) -> None:
    made = draft(project, {"title": "It was closed."})
    assert not made.is_valid
    (error,) = [problem for problem in made.problems if problem.severity is Severity.ERROR]
    assert (error.path, error.line, error.excerpt) == (made.path, 3, "title: It was closed.")


def test_what_was_wrong_before_is_not_told_again(project: Path) -> None:
    file = project / "chronology" / "events" / "1998" / "repair-begins.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: works", "kind: wrecks"), encoding="utf-8")
    made = draft(project)
    assert made.is_valid
    assert {problem.path for problem in made.problems} == {made.path}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("harbour-bridge-shut", "is taken by chronology/events/1998/harbour-bridge-closed.yml."),  # an older name
        ("pier-inspection-1997", "is taken by chronology/events/1997/pier-inspection-1997.yml."),  # of another year
        ("broken", "is taken by chronology/events/1998/broken.yml."),
        ("index", "“index” is not a name"),
        ("Harbour bridge", "“Harbour bridge” is not a name"),
        ("", "The title has too few words in Latin letters"),
    ],
)
def test_a_name_that_cannot_be_had_is_refused_with_the_reason(project: Path, name: str, fault: str) -> None:
    (project / "chronology/events/1998/broken.yml").write_text("date: [", encoding="utf-8")
    assert fault in find_name_fault(name, load(project))
    assert find_name_fault("harbour-bridge", load(project)) == ""
    with pytest.raises(ValueError, match=re.escape(fault)):
        draft(project, {"name": name})


@pytest.mark.parametrize(
    ("publisher", "handle"),
    [
        ("The Index", "town-media"),
        ("Index", "town-media"),
        ("Вестник 24", "town-media"),
        ("Herald of Port Ellery", "herald-of-port-ellery"),
        ("The " + "Very " * 30 + "Old Paper", "-".join(["very"] * 11)),
    ],
)
def test_a_source_gets_a_handle_that_the_loader_takes(project: Path, publisher: str, handle: str) -> None:
    made = draft(project, {"publisher": publisher})
    assert f"\n  {handle}:\n" in made.text
    assert made.is_valid, format_problems(made.problems)


def test_what_may_be_a_duplicate_is_named(project: Path) -> None:
    same_day = draft(project, {"date": "1998-03", "title": "Harbour bridge is closed after crack"})
    assert [event.slug for event in same_day.alike] == ["harbour-bridge-closed"]
    same_source = draft(project, {"url": "http://www.gazette.example.org/1998/12/30/bridge/?utm_source=x#top"})
    assert [event.slug for event in same_source.alike] == ["repair-begins"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harbour bridge closed", "harbour-bridge-closed"),
        ("Ponton fissuré: “rien”", "ponton-fissure-rien"),
        ("../../etc/passwd", "etc-passwd"),
        ("다리", ""),
        ("ДЗР 1998", ""),
        ("1998 — 12", ""),
        ("Index", ""),
        ("Ceasefire", ""),
        ("a" * 61 + " b", ""),
        ("Мост closed by ÖBB 1998", "closed-by-obb-1998"),
        ("a " * 80, "a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a"),
        (
            "The bridge was inspected, closed, cased in concrete and opened",
            "the-bridge-was-inspected-closed-cased-in-concrete-and-opened",
        ),
    ],
)
def test_a_title_gives_a_name_of_whole_words_that_is_never_a_path_or_none_at_all(title: str, name: str) -> None:
    assert name_for(title) == name


@pytest.mark.parametrize(
    ("key", "answer", "fault"),
    [
        ("date", "17 March 1998", "“17 March 1998”"),
        ("title", " ", "must have an answer"),
        ("kind", "closur", "stand here. Did you mean `closure`?"),
        ("by", "ines", "not one of the words that may stand here. Did you mean `ines-marlow`?"),
        ("by", "Nobody", "If it is somebody new, add them to chronology/actors.yml first, or leave this empty for now."),
        ("kind", "xyz", "Use one of: closure, denial, inspection, statement, works."),
        ("by", "Управление порта", "Did you mean `harbour-authority`?"),  # another name of the actor
        ("topics", "safety, trafic", "“trafic” is not one of the words that may stand here. Did you mean `traffic`?"),
        ("url", "gazette.example.org", "not a web address"),
        ("reported", "1998-03", "is not one whole day"),
    ],
)
def test_a_wrong_answer_is_told_at_once(project: Path, key: str, answer: str, fault: str) -> None:
    question = next(question for question in QUESTIONS if question.key == key)
    chronology = load(project).chronology
    assert chronology
    assert fault in find_fault(question, answer, chronology)
    assert find_fault(question, ANSWERS[key], chronology) == ""


def test_every_question_has_its_own_key_and_known_words(project: Path) -> None:
    chronology = load(project).chronology
    assert chronology
    assert {question.key for question in (*QUESTIONS, NAME)} == set(ANSWERS)
    kinds = words_for(Question("kind", "", words="kinds"), chronology)
    assert list(kinds) == ["closure", "denial", "inspection", "statement", "works"]
    assert kinds["closure"] == chronology.setting.kinds["closure"].meaning


def test_of_those_who_bear_a_name_a_few_are_asked_for_and_none_is_chosen() -> None:
    names = {f"kim-{number}": (f"Kim {number}",) for number in range(9)} | {"park": ("Park",)}
    assert len(find_meant("Kim", names)) == 3
    assert find_meant("Lee", names) == []


def test_what_may_be_left_empty_says_when() -> None:
    assert [question.key for question in QUESTIONS if ("leave empty if" in question.asks) == question.needed] == []
