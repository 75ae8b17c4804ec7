"""How far the checks go: every sort of name, every slip with a footnote, and what they leave alone."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from bridge import ACTORS, BRIDGE, FERRY, Change, add, problems_after
from chronicle.check import read_and_check
from chronicle.load.rest import STAND_INS
from chronicle.model import Claim, Entry, Figure, Source
from chronicle.model.entry import Correction
from chronicle.problems import Problem, Severity, format_problems


def what_is_said(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.what for problem in problems]


def pointed_at(problem: Problem) -> str:
    return problem.excerpt[problem.column - 1 :]


# Names


@pytest.mark.parametrize(
    "change, what",
    [
        (Change("topics: [safety]", "topics: [safety, nobody]"), "`topics`: no topic is called “nobody”"),
        (Change("places: [eastern-pier]", "places: [eastern-pier, nobody]"), "`places`: no place is called “nobody”"),
        (Change("ines-marlow]\ntopics", "ines-marlow, nobody]\ntopics"), "`actors`: no actor is called “nobody”"),
        (Change("by: ines-marlow", "by: nobody"), "`by`: no actor is called “nobody”"),
        (Change("by: harbour-authority\n    as_of", "by: nobody\n    as_of"), "`by`: no actor is called “nobody”"),
        (Change("measure: vehicles", "measure: nobody"), "`measure`: no measure is called “nobody”"),
        (Change("follows: pier-inspected", "denies: nobody"), "`denies`: no event is called “nobody”"),
        (Change("type: newspaper", "type: nobody"), "`type`: no type of source is called “nobody”"),
        (Change("relays: [ines-marlow]", "relays: [ines-marlow, nobody]"), "`relays`: no actor is called “nobody”"),
        (Change("kind: person", "kind: nobody", "actors"), "`kind`: no kind of actor is called “nobody”"),
        (
            Change("speaks_for: harbour-authority", "speaks_for: nobody", "actors"),
            "`speaks_for`: no actor is called “nobody”",
        ),
        (Change("precision: town", "precision: nobody", "places"), "`precision`: no precision is called “nobody”"),
        (
            Change("precision: town\neastern", "precision: town\n  within: nobody\neastern", "places"),
            "`within`: no place is called “nobody”",
        ),
    ],
)
def test_an_unknown_name_is_found_wherever_it_may_stand(change: Change, what: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, [change])
    assert problem.what == what
    assert pointed_at(problem).startswith("nobody")


def test_a_long_register_is_not_listed_but_searched_for_the_nearest_name(tmp_path: Path) -> None:
    actors = "".join(
        f"clerk-{number:02}: {{name: Clerk {number}, kind: person, about: A clerk.}}\n" for number in range(30)
    )
    changes = [Change(ACTORS, ACTORS + actors, "actors"), Change("by: ines-marlow", "by: ines-marlo")]
    mends = {problem.mend for problem in problems_after(tmp_path, changes) if "ines-marlo" in problem.what}
    assert mends == {"Did you mean `ines-marlow`? If it is a new one, add it to chronology/actors.yml first."}


@pytest.mark.parametrize(
    "written", ["marlow", "owner", "resident-of-the-quay", "Marlow", "Ines Marlow", "The owner", "Марлоу"]
)
def test_a_surname_or_another_name_of_an_actor_is_answered_with_the_name_to_use(written: str, tmp_path: Path) -> None:
    also = Change("A resident.", "A resident.\n  also: [The owner, A resident of the quay, Марлоу]", "actors")
    (problem,) = problems_after(tmp_path, [also, Change("by: ines-marlow", f"by: {written}")])
    assert problem.what == f"`by`: no actor is called “{written}”"
    assert problem.mend.startswith("Did you mean `ines-marlow`? ")


def test_a_source_is_suggested_however_its_name_is_written(tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, [Change("sources: [gazette]", "sources: [Gazette]")])
    assert problem.mend == "Did you mean `gazette`? Listed are: notice, gazette."


def test_a_relation_to_an_older_name_is_told_the_present_one(tmp_path: Path) -> None:
    ferry = add("1998/ferry-begins", f"{FERRY}relations: [follows: harbour-bridge-shut]")
    (problem,) = problems_after(tmp_path, [ferry])
    assert problem.mend == "That is its older name; write `bridge-closed`."


@pytest.mark.parametrize(
    "change",
    [
        Change("about: A resident.", "abuot: A resident.", "actors"),
        Change("precision: town\n  within", "precison: town\n  within", "places"),
        Change("kind: closure", "knid: closure", "1997/pier-inspected"),
        Change("ines-marlow:", "ines-marlow", "actors"),
        Change("port-ellery:", "port-ellery", "places"),
    ],
)
def test_names_that_exist_but_cannot_be_read_are_neither_unknown_nor_make_others_unused(
    change: Change, tmp_path: Path
) -> None:
    problems = problems_after(tmp_path, [change])
    assert problems
    assert {problem.path.removeprefix("chronology/") for problem in problems} <= {
        f"{change.file}.yml",
        f"events/{change.file}.yml",
    }
    assert not [what for what in what_is_said(problems) if "is called" in what or "names this" in what]


def test_without_its_setting_nothing_is_checked(tmp_path: Path) -> None:
    problems = problems_after(
        tmp_path, [Change("rules:", "rulse:", "chronology"), Change("kind: closure", "kind: closed")]
    )
    assert {problem.path for problem in problems} == {"chronology/chronology.yml"}


# Footnotes


@pytest.mark.parametrize(
    "written",
    ["[^ notice]", "[notice]^", "[notice]", "^[notice]", "[^notice, gazette]", "[notice^]", "[ ^notice]", "[^]"],
)
def test_what_is_nearly_a_footnote_is_pointed_at(written: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, [Change("the bridge.[^notice]", f"the bridge.{written}")])
    assert problem.what.startswith("`summary`: “")
    assert pointed_at(problem) in (written, written.removeprefix("["))


def test_brackets_that_name_no_source_are_left_alone(tmp_path: Path) -> None:
    assert problems_after(tmp_path, [Change("closed the bridge.", "closed the [harbour] bridge.")]) == ()


# Words


@pytest.mark.parametrize(
    "summary",
    [
        "The owner called it “a wicked rumour”.",
        "The owner called it ‘a wicked rumour of the town’s youth’.",
        'The owner called it "wicked".',
        "A ship called Wicked lay in the harbour.",
        "The wickedness of it was much spoken of.",
    ],
)
def test_a_loaded_word_may_be_quoted_and_may_be_part_of_a_name_or_of_another_word(summary: str, tmp_path: Path) -> None:
    assert problems_after(tmp_path, [Change("A resident says that she had written twice.", summary)]) == ()


@pytest.mark.parametrize(
    "summary",
    [
        "Wicked letters came.",
        "It was closed. Wicked!",
        "It was closed.[^notice] “Never.” Wicked letters came.",
        "It was a WICKED deed.",
        "Wicked, “he” said.",
    ],
)
def test_a_loaded_word_is_found_in_any_case_and_where_a_sentence_begins(summary: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, [Change("A resident says that she had written twice.", summary)])
    assert pointed_at(problem).lower().startswith("wicked")


@pytest.mark.parametrize(
    "place",
    ["Eastern pier inspected", "The pier was inspected in the autumn.", "It was found sound."],
)
def test_a_loaded_word_is_found_in_whatever_the_editors_write(place: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, [Change(place, f"{place[:3]} wicked {place[3:]}", "1997/pier-inspected")])
    assert pointed_at(problem).startswith("wicked")


@pytest.mark.parametrize(
    "word, written",
    [
        ("hordes", "HORDES"),
        ("hordes", "Hordes and hordeſ"),
        ("hordeſ", "Hordes"),
        ("kilns", "Kilns and kİlns"),
        ("kilns", "\u212Ailns"),  # the sign for kelvin
    ],
)
def test_a_loaded_word_is_found_however_its_letters_are_written(word: str, written: str, tmp_path: Path) -> None:
    changes = [Change("wicked: describe", f"{word}: people", "chronology"), Change("A resident says", f"{written} say")]
    told = problems_after(tmp_path, changes)
    assert len(told) == len(written.split(" and "))
    assert {problem.mend for problem in told} == {"Instead: people what happened."}


def test_a_loaded_phrase_may_be_written_with_any_blanks(tmp_path: Path) -> None:
    changes = [
        Change("wicked: describe", '"cannon  fodder ": people', "chronology"),
        Change("A resident says", "Cannon fodder says"),
    ]
    (problem,) = problems_after(tmp_path, changes)
    assert problem.what == "`summary`: “Cannon fodder” takes a side"


def test_a_loaded_phrase_is_found_over_the_end_of_a_line(tmp_path: Path) -> None:
    changes = [
        Change("wicked: describe", "cannon fodder: people", "chronology"),
        Change("she had written twice", "she was no cannon\n  fodder"),
    ]
    (problem,) = problems_after(tmp_path, changes)
    assert problem.what.endswith("takes a side")
    assert pointed_at(problem) == "cannon"


@pytest.mark.parametrize(
    "title", ["Harbour bridge closed by the U.S.", "Harbour bridge closed by A. B.", "Harbour bridge closed …"]
)
def test_a_title_may_end_with_an_abbreviation(title: str, tmp_path: Path) -> None:
    assert problems_after(tmp_path, [Change("Harbour bridge closed after a crack is found", title)]) == ()


@pytest.mark.parametrize(
    "typed", ["**twice**", "__twice__", "`twice`", "<b>twice</b>", "[twice](/a)", "https://a.example.org/b"]
)
@pytest.mark.parametrize("place", ["The crack was", "Counted on", "A digit", "The two accounts", "A resident says"])
def test_signs_that_readers_would_see_are_pointed_at(typed: str, place: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, [Change(place, f"{place} {typed}")])
    assert pointed_at(problem).startswith(typed[:3])
    assert problem.severity is Severity.WARNING


def test_a_heading_within_a_text_is_pointed_at(tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, [Change("A resident says", "## A resident says")])
    assert problem.what == "`summary`: readers see “## A” as it is typed here, with all its signs"


@pytest.mark.parametrize(
    "summary",
    ["She had written *twice*.", "5 * 3 * 2 letters [of them] came.", "A #1 of <3 letters_of_hers_.", "It cost 3 < 4 > 2."],
)
def test_what_only_looks_like_a_sign_is_left_alone(summary: str, tmp_path: Path) -> None:
    assert problems_after(tmp_path, [Change("A resident says that she had written twice.", summary)]) == ()


@pytest.mark.parametrize("title", ["NATO", "U.S. closes bridge", "다리 폐쇄", "1998"])
def test_a_title_of_one_word_or_without_capitals_does_not_shout(title: str, tmp_path: Path) -> None:
    assert problems_after(tmp_path, [Change("Harbour bridge closed after a crack is found", title)]) == ()


@pytest.mark.parametrize("quote", ["“Never”, he said, “again”.", "He said “never”.", "'Tis so."])
def test_quotation_marks_within_a_quotation_are_left_alone(quote: str, tmp_path: Path) -> None:
    written = f"|-\n      {quote}"
    assert problems_after(tmp_path, [Change("We wrote to them in October and again in January.", written)]) == ()


# Days


def test_an_event_with_an_open_start_may_have_been_reported_on_any_day(tmp_path: Path) -> None:
    assert problems_after(tmp_path, [Change("date: 1998-03-17", 'date: "[..1998-03-20]"')]) == ()


def test_an_older_source_may_give_the_context_in_the_annotation(tmp_path: Path) -> None:
    changes = [
        Change("published: 1998-03-18", "published: 1998-03-12"),
        Change("the bridge.[^notice]", "the bridge.[^gazette]"),
        Change("known.[^gazette]", "known.[^notice]"),
        Change("sources: [notice]\n  - by", "sources: [gazette]\n  - by"),
        Change("sources: [notice]\n    note", "sources: [gazette]\n    note"),
        Change("relays: [ines-marlow]", "relays: [ines-marlow, harbour-authority]"),
    ]
    assert problems_after(tmp_path, changes) == ()


# Sources


def test_of_several_descriptions_of_one_address_the_rarest_is_told(tmp_path: Path) -> None:
    ferry = add("1998/ferry-begins", FERRY.replace("1998/ferry", "1998/bridge").replace("1998-04-19", "1998-03-19"))
    changes = [Change("The Ellery Gazette", "The Gazette", "1997/pier-inspected"), ferry]
    told = [problem for problem in problems_after(tmp_path, changes) if "otherwise" in problem.what]
    assert [problem.path for problem in told] == ["chronology/events/1997/pier-inspected.yml"]
    assert told[0].mend == "There: publisher “The Ellery Gazette”. Describe the page alike in both, as it is."


# Likely duplicates


def test_a_relation_tells_apart_what_looks_like_one_event(tmp_path: Path) -> None:
    heading = BRIDGE[: BRIDGE.index("kind:")]
    twin = FERRY.replace(FERRY[: FERRY.index("kind:")], heading)
    (problem,) = problems_after(tmp_path, [add("1998/bridge-shut", twin)])
    assert problem.what.startswith("`title`: chronology/events/1998/bridge-closed.yml may tell the same event")
    assert problems_after(tmp_path, [add("1998/bridge-shut", f"{twin}relations: [follows: bridge-closed]")]) == ()


# One mistake does not hide another

UNKNOWN = Change("by: ines-marlow", "by: nobody")


@pytest.mark.parametrize(
    "first",
    [
        Change("date: 1998-03-17", "date: 17 March 1998"),
        Change("title: Harbour", "titel: Harbour"),
        Change("    quote: We", "    qoute: We"),
        Change("value: 11000 to", "value: 11,000 to"),
        Change("    says: The crack had been reported twice before.\n", ""),
        Change("topics: [safety]", "topics: safety"),
        Change("follows: pier-inspected", "causes: pier-inspected"),
        Change("  notice:\n", "  The Notice:\n"),
        Change("title: Harbour bridge", "title: Harbour: bridge"),
        Change("title: Harbour bridge", 'title: "Harbour bridge'),
        Change("    note: Counted", "    note: Counted: once\n      more:"),
        Change("places: [eastern-pier]", "places: [eastern-pier"),
        Change("says: The crack was", "says:The crack was"),
        Change("    note: Counted", "\tnote: Counted"),
        Change("    note: Counted", "  \t  note: Counted"),
        Change("  - follows: pier", "\t- follows: pier"),
        Change("  Inspectors found", "\tInspectors found"),
        Change("    quote: We", "    quote We"),
        Change("claims:", "claims"),
        Change("  gazette:", "  gazette"),
        Change("  - measure: vehicles", "  - measure vehicles"),
        Change("date: 1998-03-17", "date 1998-03-17"),
        Change("figures:", "Some words\nfigures:"),
        Change("\nkind: closure", "\n  kind: closure"),
    ],
    ids=lambda change: change.new,
)
def test_an_entry_with_a_mistake_in_one_part_is_examined_in_the_others(first: Change, tmp_path: Path) -> None:
    stop = Change("by: harbour-authority\n    as_of: 1998", "by: nobody-else\n    as_of: 1998")
    alone = set(what_is_said(problems_after(tmp_path / "alone", [first])))
    told = set(what_is_said(problems_after(tmp_path / "together", [first, UNKNOWN, stop])))
    assert alone
    assert told - alone == {"`by`: no actor is called “nobody”", "`by`: no actor is called “nobody-else”"}


@pytest.mark.parametrize(
    "first, number",
    [
        (Change("date: 1998-03-17", "date: April 31, 1998"), 1),  # nothing is before or after a day that is none
        (Change("summary: |", "sumary: |"), 2),  # a source that it alone cites is not called uncited
        (Change("annotation: The", "anotation: The"), 1),
        (Change("  notice:\n", "  The Notice:\n"), 1),  # nor a source unlisted whose name cannot be read
        (Change("sources: [notice]\n  - by", "sources: notice\n  - by"), 1),
        (Change("title: Harbour", "title: Harbour: the"), 1),  # and of a value that YAML refuses nothing more is told
        (Change("kind: closure", "kind: *closure"), 1),
        (Change("  - follows: pier", "  - follows: @pier"), 1),
        (Change("  notice:", "\tnotice:"), 1),
        (Change("  - by: harbour-authority\n    says", "\t- by: harbour-authority\n    says"), 1),
        (Change("  notice:\n    url: ", "  notice:\n    url "), 1),
        (Change("    says: The crack was", "    says The crack was"), 1),
        (Change("corrections:", "corrections"), 1),
        (Change("summary: |\n  Inspectors", "summary: |\nInspectors"), 1),
        (Change("harbour-authority:", "harbour-authority", "actors"), 1),
        (Change("  kind: person", "\tkind: person", "actors"), 1),
        (Change("\nlanguage: en", "\nlanguage en", "chronology"), 1),
    ],
    ids=lambda case: case.new if isinstance(case, Change) else "",
)
def test_nothing_is_told_of_an_entry_that_comes_of_its_first_mistake_alone(
    first: Change, number: int, tmp_path: Path
) -> None:
    assert len(problems_after(tmp_path, [first])) == number


def test_an_entry_whose_only_source_is_refused_is_examined_in_its_other_parts(tmp_path: Path) -> None:
    letter = FERRY[FERRY.index("  letter:\n") : FERRY.index("  gazette:\n")]
    ferry = FERRY.replace(letter, "").replace("  gazette:", "  The Gazette:").replace("kind: closure", "kind: closed")
    told = what_is_said(problems_after(tmp_path, [add("1998/ferry-begins", ferry)]))
    assert told == [
        "`kind`: no kind of event is called “closed”",
        "`The Gazette`: “The Gazette” is not a name of the form `harbour-authority`",
    ]


def test_a_register_with_a_mistake_in_one_name_is_read_for_the_others(tmp_path: Path) -> None:
    changes = [
        Change("about: A resident.", "about: A resident: Ines.", "actors"),
        Change("speaks_for: harbour-authority", "speaks_for: nobody", "actors"),
        Change("by: ines-marlow", "by: nobody-else"),
    ]
    assert what_is_said(problems_after(tmp_path, changes)) == [
        "A value without quotes holds a colon, which YAML reads as the end of a key.",
        "`speaks_for`: no actor is called “nobody”",
        "`by`: no actor is called “nobody-else”",
    ]


def test_the_setting_is_examined_behind_a_fault_too(tmp_path: Path) -> None:
    changes = [Change("\nlanguage: en", "\nlanguage en", "chronology"), Change("rules:", "rulse:", "chronology")]
    told = what_is_said(problems_after(tmp_path, changes))
    assert told[1:] == ["`rulse`: no such key may stand here"]


def test_every_tab_is_told_and_every_line_is_counted_whatever_ends_it(tmp_path: Path) -> None:
    tabs = [Change("    quote: We", "\tquote: We"), Change("    note: Counted", "\tnote: Counted")]
    faulty = [*tabs, Change("title: Cracked", "title: Cracked: a")]
    for line_end in ("\n", "\r\n", "\r"):
        root = tmp_path / repr(line_end)
        problems_after(root, faulty)
        file = root / "chronology/events/1998/bridge-closed.yml"
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", line_end.encode()))
        _, problems = read_and_check(root, None)
        assert [(problem.line, problem.column) for problem in problems] == [(16, 1), (24, 1), (41, 19)]


def test_a_quotation_mark_that_is_not_closed_is_told_where_it_stands_and_not_where_the_next_one_begins(
    tmp_path: Path,
) -> None:
    later = Change("title: Cracked pier closes bridge", 'title: "Cracked pier closes bridge"')
    (problem,) = problems_after(tmp_path, [Change("title: Harbour", 'title: "Harbour'), later])
    assert (problem.line, problem.what) == (3, "The quotation mark that stands here is never closed.")


def test_a_file_with_a_wrong_name_is_told_the_right_one_and_is_not_unknown_to_others(tmp_path: Path) -> None:
    ferry = add("1998/Ferry Begins", FERRY)
    (problem,) = problems_after(tmp_path, [ferry, Change("follows: pier-inspected", "follows: ferry-begins")])
    assert problem.mend == "Give it a name such as `ferry-begins.yml`: small letters, digits, hyphens."


def test_for_every_key_of_an_entry_there_is_something_that_may_stand_there() -> None:
    assert Entry.model_validate(STAND_INS)
    parts: tuple[tuple[type[BaseModel], Mapping[str, object]], ...] = (
        (Entry, STAND_INS),
        (Claim, STAND_INS["claims"][0]),
        (Figure, STAND_INS["figures"][0]),
        (Source, STAND_INS["sources"]["stand-in"]),
        (Correction, STAND_INS["corrections"][0]),
    )
    assert [record for record, stand_ins in parts if record.model_fields.keys() != stand_ins.keys()] == []


# Everything at once

DREADFUL = Path(__file__).parent / "dreadful"


def test_everything_wrong_with_a_dreadful_project_is_told_in_one_run(renew: bool) -> None:
    """Its problems are kept in tests/dreadful/problems.txt; `pytest --renew` writes them anew."""
    _, problems = read_and_check(DREADFUL, None)
    golden = DREADFUL / "problems.txt"
    if renew:
        golden.write_text(f"{format_problems(problems)}\n", encoding="utf-8")
    assert f"{format_problems(problems)}\n" == golden.read_text(encoding="utf-8")
