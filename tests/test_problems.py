"""Problems: their order, how a terminal and GitHub show them, and that hostile text stays harmless."""

from dataclasses import replace

import pytest

from chronicle.problems import (
    Problem,
    Severity,
    format_annotation,
    format_problems,
    sort_problems,
    suggest,
)

GAZETTE = Problem(
    path="chronology/events/1998/harbour-bridge-closed.yml",
    line=31,
    column=15,
    what="`sources`: “gazete” is not listed under `sources:`",
    mend="Did you mean `gazette`? Listed are: notice, gazette.",
    excerpt="    sources: [gazete]",
)
WARNING = replace(GAZETTE, line=4, column=1, what="No archive copy.", severity=Severity.WARNING)


def point(excerpt: str, column: int) -> tuple[str, int]:
    """Return an excerpt as shown, and the number of columns before its caret."""
    problem = Problem("places.yml", 1, column, "What.", "Mend.", excerpt=excerpt)
    _, shown, mend, _, _ = format_problems([problem]).split("\n")
    blanks, _ = mend.split("^ Mend.")
    return shown.removeprefix(" " * 6), len(blanks) - 6


# The order


def test_problems_are_in_the_order_of_their_places() -> None:
    ordered = (
        replace(GAZETTE, path="chronology/actors.yml", line=90),
        replace(GAZETTE, line=0, column=0),
        replace(GAZETTE, line=4, column=1),
        WARNING,
        replace(WARNING, what="Reported before it was published."),
        replace(WARNING, column=9),
        replace(WARNING, line=10),
        GAZETTE,
    )
    assert sort_problems(reversed(ordered)) == ordered


def test_the_same_problem_twice_is_one() -> None:
    assert sort_problems([GAZETTE, WARNING, replace(GAZETTE)]) == (WARNING, GAZETTE)


# In a terminal


def test_a_problem_shows_its_line_and_points_at_the_character() -> None:
    assert format_problems([GAZETTE]) == (
        "chronology/events/1998/harbour-bridge-closed.yml:31:15: "
        "`sources`: “gazete” is not listed under `sources:`\n"
        "      sources: [gazete]\n"
        "                ^ Did you mean `gazette`? Listed are: notice, gazette.\n"
        "\n"
        "1 error in 1 file"
    )


def test_warnings_come_first_and_errors_last_each_in_the_order_of_their_places_and_all_are_counted() -> None:
    other, later = replace(GAZETTE, path="chronology/actors.yml"), replace(WARNING, line=40, what="Too late.")
    text = format_problems([GAZETTE, later, WARNING, GAZETTE, other])
    assert text.endswith("\n\n2 errors, 2 warnings in 2 files")
    told = [line for line in text.split("\n") if line.startswith("chronology/")]
    assert [line.rpartition("/")[2].partition(": ")[0] for line in told] == [
        "harbour-bridge-closed.yml:4:1",
        "harbour-bridge-closed.yml:40:1",
        "actors.yml:31:15",
        "harbour-bridge-closed.yml:31:15",
    ]


@pytest.mark.parametrize("number, told", [(10, 10), (11, 1), (1_200, 1)])
def test_very_many_warnings_that_are_mended_alike_are_told_by_the_first_and_a_number(number: int, told: int) -> None:
    alike = [replace(WARNING, line=line, what=f"{line} without a copy.") for line in range(1, number + 1)]
    other = replace(WARNING, line=5, what="Reported before it was published.", mend="Correct it.")
    text = format_problems([*alike, other, GAZETTE])
    assert text.count("without a copy.") == told
    assert text.count("Reported before it was published.") == 1
    more = f"      And {number - 1:,} more like this one: `chronicle check --warnings` lists them.\n"
    assert (more in text) == (told < number)
    assert f"\n\n1 error, {number + 1:,} warnings in 1 file" in text
    assert format_problems([*alike, other], every_warning=True).count("without a copy.") == number


def test_errors_are_never_folded() -> None:
    errors = [replace(GAZETTE, line=line) for line in range(1, 51)]
    assert format_problems(errors).count("gazete”") == 50


def test_a_warning_says_so() -> None:
    text = format_problems([WARNING])
    assert "harbour-bridge-closed.yml:4:1: warning: No archive copy.\n" in text
    assert text.endswith("\n\n1 warning in 1 file")


def test_no_problems_are_reported_as_none() -> None:
    assert format_problems([]) == "No problems."


def test_a_problem_with_the_whole_file_has_no_line_and_no_caret() -> None:
    missing = Problem("chronology/places.yml", 0, 0, "This file is missing.", "Copy one and change it.")
    text = "chronology/places.yml: This file is missing.\n      Copy one and change it.\n\n1 error in 1 file"
    assert format_problems([missing]) == text


def test_a_problem_without_a_mend_ends_with_its_caret() -> None:
    assert "\n                ^\n\n" in format_problems([replace(GAZETTE, mend="")])
    assert "`sources:`\n\n1 error" in format_problems([replace(GAZETTE, mend="", excerpt="")])


@pytest.mark.parametrize(
    "excerpt, column, shown, before",
    [
        pytest.param("    by: x", 9, "by: x", 4, id="indentation goes"),
        pytest.param("    by: x", 3, "  by: x", 0, id="a caret in the indentation keeps its place"),
        pytest.param("title: x", 9, "title: x", 8, id="just beyond the end"),
        pytest.param("title: x", 99, "title: x", 8, id="far beyond the end"),
        pytest.param("title: x", 0, "title: x", 0, id="no column"),
        pytest.param("a: \tb", 5, r"a: \tb", 5, id="a tab takes the two columns of its escape"),
        pytest.param("\tb: c", 2, r"\tb: c", 2, id="a tab as indentation is seen"),
        pytest.param("a: \x1b[31mb", 9, r"a: \x1b[31mb", 11, id="a terminal code"),
        pytest.param("a: \u202eb", 5, r"a: \u202eb", 9, id="a mark that reverses the text"),
        pytest.param("a: \u6e2fb", 5, "a: \u6e2fb", 5, id="a wide character takes two columns"),
        pytest.param("a: \uac00b", 5, "a: \uac00b", 5, id="a whole syllable takes two columns"),
        pytest.param("a: \u1100\u1161\u11a8b", 7, "a: \u1100\u1161\u11a8b", 5, id="a syllable in its letters too"),
        pytest.param("a: e\u0301b", 6, "a: e\u0301b", 4, id="a combining accent takes none"),
        pytest.param("a: \uff21b", 5, "a: \uff21b", 5, id="a fullwidth letter takes two"),
    ],
)
def test_the_caret_stands_under_its_character(excerpt: str, column: int, shown: str, before: int) -> None:
    assert point(excerpt, column) == (shown, before)


@pytest.mark.parametrize("column, opens, closes", [(1, False, True), (500, True, True), (1000, True, False)])
def test_a_long_line_is_cut_around_the_caret(column: int, opens: bool, closes: bool) -> None:
    excerpt = "-" * (column - 1) + "!" + "-" * (1000 - column)
    shown, before = point(excerpt, column)
    assert shown[before] == "!"
    assert len(shown) <= len("…") + 120 + len("…")
    assert (shown.startswith("…"), shown.endswith("…")) == (opens, closes)


def test_a_line_that_fits_is_not_cut() -> None:
    assert point("    " + "x" * 120, 5) == ("x" * 120, 0)


HOSTILE = "\x1b[2J\r\n\t\x00\x07\x7f\x9b\u200b\u2028\u202e\u2066\ufeff\ud800\U000e0041"


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(replace(GAZETTE, path=HOSTILE), id="path"),
        pytest.param(replace(GAZETTE, what=HOSTILE), id="what"),
        pytest.param(replace(GAZETTE, mend=HOSTILE), id="mend"),
        pytest.param(replace(GAZETTE, excerpt=HOSTILE), id="excerpt"),
    ],
)
def test_no_text_can_command_the_terminal(hostile: Problem) -> None:
    heading, excerpt, mend, empty, number = format_problems([hostile]).split("\n")
    assert (heading + excerpt + mend + empty + number).isprintable()
    assert r"\x1b[2J\r\n\t\x00\x07\x7f\x9b\u200b\u2028\u202e\u2066\ufeff\ud800\U000e0041" in heading + excerpt + mend


# On GitHub


@pytest.mark.parametrize("sides", ["what", "mend", "excerpt", "path"])
@pytest.mark.parametrize("command", ["::error::forged", "  ::error::forged", "x ##[error]forged", "###[error]forged"])
@pytest.mark.parametrize("column", [1, 2, 3, 4, 5])
def test_nothing_that_an_entry_says_is_a_command_to_github(sides: str, command: str, column: int) -> None:
    """A command begins with `::` after any blanks, or is anywhere in a line between `##[` and `]`."""
    problem = replace(GAZETTE, **{"excerpt": "", "column": column, sides: command})  # type: ignore[arg-type]
    text = format_problems([problem, replace(problem, severity=Severity.WARNING)])
    assert "forged" in text
    assert [line for line in text.split("\n") if line.lstrip().startswith("::") or "##[" in line] == []


def test_a_caret_stands_under_its_character_beside_what_is_no_command() -> None:
    assert point("::error::x", 10) == ("꞉꞉error꞉꞉x", 9)


def test_an_annotation_names_the_place_and_says_what_and_how_to_mend() -> None:
    assert format_annotation(GAZETTE) == (
        "::error file=chronology/events/1998/harbour-bridge-closed.yml,line=31,col=15,"
        "title=`sources`%3A “gazete” is not listed under `sources%3A`"
        "::Did you mean `gazette`? Listed are: notice, gazette."
    )
    assert format_annotation(WARNING).startswith("::warning file=")


def test_an_annotation_of_a_whole_file_has_no_line() -> None:
    missing = Problem("chronology/places.yml", 0, 0, "This file is missing.", "Copy one.")
    assert format_annotation(missing) == ("::error file=chronology/places.yml,title=This file is missing.::Copy one.")


def test_an_annotation_escapes_what_github_gives_a_meaning() -> None:
    problem = Problem("a,b.yml", 1, 1, "50% off: x, y", "100%: a,\r\n::error::b")
    assert format_annotation(problem) == (
        "::error file=a%2Cb.yml,line=1,col=1,title=50%25 off%3A x%2C y::100%25: a,%0D%0A::error::b"
    )
    assert "\n" not in format_annotation(problem)


def test_an_annotation_shows_no_hidden_characters() -> None:
    assert format_annotation(Problem("a", 1, 1, "b\x1b", "c\u202e")).endswith(r"title=b\x1b::c\u202e")


def test_an_annotation_without_a_mend_repeats_what_is_wrong() -> None:
    assert format_annotation(replace(WARNING, mend="")).endswith("title=No archive copy.::No archive copy.")


# Suggestions


@pytest.mark.parametrize("word", ["gazete", "gazzette", "Gazette", "GAZETTE", "gazettte"])
def test_a_near_miss_is_suggested(word: str) -> None:
    assert suggest(word, ["notice", "gazette"]) == "Did you mean `gazette`? "


@pytest.mark.parametrize("word", ["", "mirror", "gaz", "net", "g" * 100_000])
def test_nothing_is_suggested_when_nothing_is_near(word: str) -> None:
    assert suggest(word, ["notice", "gazette"]) == ""
    assert suggest(word, []) == ""


def test_a_suggestion_is_the_nearest_in_whatever_order_the_names_come() -> None:
    assert suggest("pier", ["PIER", "Pier"]) == suggest("pier", ["Pier", "PIER"])
    names = ["port-ellery", "port-emery", "harbour-authority"]
    assert suggest("port-elery", names) == suggest("port-elery", reversed(names)) == "Did you mean `port-ellery`? "


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("marlow", "`ada-marlow` or `ines-marlow`"),  # never chosen by itself
        ("Ines", "`ines-marlow`"),
        ("kim", "`kim-novak`"),
        ("Kim Novak", "`kim-novak`"),
        ("the town", "`town-council`"),
    ],
)
def test_a_surname_or_another_name_is_suggested_where_none_is_spelt_like_it(word: str, asked: str) -> None:
    names = {"town-council": ("The town of Port Ellery",)}
    assert suggest(word, ["ines-marlow", "ada-marlow", "kim-novak", "town-council"], names) == f"Did you mean {asked}? "
