"""Reading YAML: plain text and its places, what is refused, and that no file can stop the reader."""

import random

import pytest
import yaml

from chronicle.problems import Problem, Severity
from chronicle.yamlfile import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Plain,
    Route,
    YamlFile,
    faults,
    read_yaml,
    reading,
)

PATH = "chronology/events/1998/harbour-bridge-closed.yml"
ENTRY = """\
# yaml-language-server: $schema=../../schema/event.json
date: 1998-03-17                    # when it happened
title: Harbour bridge closed after a crack is found
certainty: {1998-03-18: claimed, 1998-04-02: confirmed}
milestone: true
summary: >-
  Inspectors found a crack in the eastern pier
  and closed the bridge to traffic.[^notice]

claims:
  - by: harbour-authority           # an actor
    says: The crack was found at 14:10.
    sources: [notice]
  - by: ines-marlow
    quote: "We wrote \\"twice\\" in October."
    note: 'It''s the second time.'
annotation: |
  Whether it was known
  is open.[^gazette]
places:
sources:
  notice:
    title: Ponton fissur\u00e9
    published: 1998-03-17
"""


@pytest.fixture(params=[yaml.CBaseLoader, yaml.BaseLoader], ids=["C", "Python"])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the parser in C, and with the one in Python that stands in where the other is missing."""
    monkeypatch.setattr(reading, "_Loader", request.param)


def read(text: str) -> YamlFile:
    file, problems = read_yaml(PATH, text.encode())
    assert problems == ()
    assert file is not None
    return file


def problems_of(content: str | bytes) -> tuple[Problem, ...]:
    return read_yaml(PATH, content.encode() if isinstance(content, str) else content)[1]


def places_of(content: str | bytes, what: str) -> list[tuple[int, int]]:
    """Return the places of the problems that say `what`; there must be no others."""
    problems = problems_of(content)
    assert all(what in problem.what and problem.mend for problem in problems)
    return [(problem.line, problem.column) for problem in problems]


# What is read


@pytest.mark.usefixtures("_either_parser")
def test_an_entry_is_read_as_plain_text() -> None:
    assert read(ENTRY).data == {
        "date": "1998-03-17",
        "title": "Harbour bridge closed after a crack is found",
        "certainty": {"1998-03-18": "claimed", "1998-04-02": "confirmed"},
        "milestone": "true",
        "summary": "Inspectors found a crack in the eastern pier and closed the bridge to traffic.[^notice]",
        "claims": [
            {"by": "harbour-authority", "says": "The crack was found at 14:10.", "sources": ["notice"]},
            {"by": "ines-marlow", "quote": 'We wrote "twice" in October.', "note": "It's the second time."},
        ],
        "annotation": "Whether it was known\nis open.[^gazette]\n",
        "places": None,
        "sources": {"notice": {"title": "Ponton fissur\u00e9", "published": "1998-03-17"}},
    }


@pytest.mark.parametrize("text", ["no", "0555", "1_000", "1998-03-17", "12:30:45", "1e3", "~", "null", ".inf", "="])
def test_a_value_is_the_text_that_stands_there(text: str) -> None:
    assert read(f"value: {text}").data == {"value": text}


@pytest.mark.parametrize("text, value", [("", None), ("''", ""), ('""', ""), ("|", ""), ("  # why", None)])
def test_a_value_left_out_is_not_an_empty_text(text: str, value: str | None) -> None:
    assert read(f"places: {text}\n").data == {"places": value}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfkind: closure\n",
        b"kind: closure\r\n",
        b"kind: closure",
        b"---\nkind: closure\n...\n",
        b"# A comment\n\nkind:\tclosure\n",
        b"{kind: closure}",
        b"'kind': \"closure\"",
    ],
)
def test_harmless_differences_in_writing_are_accepted(content: bytes) -> None:
    file, problems = read_yaml(PATH, content)
    assert (file and file.data, problems) == ({"kind": "closure"}, ())


# Where it stands


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    "route, key, value",
    [
        ((), (2, 1), (2, 1)),
        (("date",), (2, 1), (2, 7)),
        (("certainty", "1998-04-02"), (4, 34), (4, 46)),
        (("summary",), (6, 1), (6, 10)),
        (("claims",), (10, 1), (11, 3)),
        (("claims", 0), (11, 5), (11, 5)),
        (("claims", 0, "sources"), (13, 5), (13, 14)),
        (("claims", 0, "sources", 0), (13, 15), (13, 15)),
        (("claims", 1, "by"), (14, 5), (14, 9)),
        (("places",), (20, 1), (20, 8)),
        (("sources", "notice", "published"), (24, 5), (24, 16)),
        # What is not there stands where the nearest value around it stands.
        (("kind",), (2, 1), (2, 1)),
        (("claims", 1, "sources", 0), (14, 5), (14, 5)),
        (("sources", "notice", "url"), (22, 3), (23, 5)),
    ],
)
def test_every_value_and_every_key_has_its_place(
    route: Route, key: tuple[int, int], value: tuple[int, int]
) -> None:
    file = read(ENTRY)
    assert (file.place_of_key(route), file.place(route)) == (key, value)


def test_columns_count_characters_and_lines_end_as_yaml_says() -> None:
    file = read("a: {\U0001f600\u6e2f: x}\r\nb: y\rc: z\n")
    assert file.place(("a", "\U0001f600\u6e2f")) == (1, 9)
    assert file.place(("b",)) == (2, 4)
    assert file.place(("c",)) == (3, 4)
    assert file.lines == ["a: {\U0001f600\u6e2f: x}", "b: y", "c: z", ""]


def test_a_problem_carries_its_place_and_its_line() -> None:
    problem = read(ENTRY).problem(("claims", 1, "by"), "Unknown.", "List it.", Severity.WARNING)
    assert problem == Problem(PATH, 14, 9, "Unknown.", "List it.", Severity.WARNING, "  - by: ines-marlow")
    assert read(ENTRY).problem(("claims", 1, "by"), "What.", "Mend.", at_key=True).column == 5


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    "route, word, place",
    [
        pytest.param(("title",), "closed", (3, 23), id="plain"),
        pytest.param(("summary",), "bridge", (8, 18), id="folded"),
        pytest.param(("annotation",), "open", (19, 6), id="literal"),
        pytest.param(("claims", 1, "quote"), "October", (15, 35), id="double quotes"),
        pytest.param(("claims", 1, "note"), "second", (16, 22), id="single quotes"),
    ],
)
def test_a_problem_can_point_at_a_word_within_a_value(route: Route, word: str, place: tuple[int, int]) -> None:
    file = read(ENTRY)
    value: Plain = file.data
    for step in route:
        value = value[step]  # type: ignore[index]
    assert isinstance(value, str)
    problem = file.problem(route, "What.", "Mend.", offset=value.index(word))
    assert (problem.line, problem.column) == place
    assert problem.excerpt[problem.column - 1 :].startswith(word)


def test_a_word_that_is_written_in_codes_is_pointed_at_from_the_start_of_its_value() -> None:
    problem = read('a: x\nb: "\\x41\\x42"\nc: B\n').problem(("b",), "What.", "Mend.", offset=1)
    assert (problem.line, problem.column) == (2, 4)
    assert read("a: [x]").problem(("a",), "What.", "Mend.", offset=5).column == 4


def test_a_word_is_not_looked_for_in_the_comment_above_its_text() -> None:
    problem = read("a: |  # xy\n  xy\n").problem(("a",), "What.", "Mend.", offset=1)
    assert (problem.line, problem.column) == (2, 4)


# What is refused: each with an example that trips it


def test_every_second_value_for_a_key_is_refused_and_both_lines_are_named() -> None:
    text = "kind: a\nclaims:\n  - by: x\n    by: y\n    'by': z\nkind: b\n"
    assert [(problem.line, problem.column, problem.what) for problem in problems_of(text)] == [
        (4, 5, "The key `by` stands here once more; it is already on line 3."),
        (5, 5, "The key `by` stands here once more; it is already on line 4."),
        (6, 1, "The key `kind` stands here once more; it is already on line 1."),
    ]


def test_the_same_key_may_stand_in_different_mappings() -> None:
    read("a: {by: x}\nb: {by: x}\nc: [{by: x}, {by: x}]\n")


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    "text, what, places",
    [
        ("a: &x 1\nb: &y [1]\nc: &z {d: 1}\n&k e: 1", "YAML anchor", [(1, 4), (2, 4), (3, 4), (4, 1)]),
        ("a: *x\nb: [*x, *y]", "YAML alias", [(1, 4), (2, 5), (2, 9)]),
        (
            "a: !!python/name:os.system x\nb: !t [1]\nc: !!set {d}\ne: ! f",
            "YAML tag",
            [(1, 4), (2, 4), (3, 4), (4, 4)],
        ),
        ("a: {<<: {b: 1}}\n<<: {c: 1}", "copies keys", [(1, 5), (2, 1)]),
        ("a: 1\n---\nb: 2\n---\nc: 3", "second document", [(2, 1)]),
        ("%YAML 1.1\n---\na: 1", "command to YAML", [(1, 1)]),
        ("# x\n%TAG ! tag:example.org,2000:\n---\na: 1", "command to YAML", [(2, 1)]),
        ("? [1]\n: 2\n? {a: 1}\n: 2\n'': 3\n?\n: 4", "must be text", [(1, 3), (3, 3), (5, 1), (6, 2)]),
        ("- a\n- b", "keys with values", [(1, 1)]),
        ("# x\nJust words.", "keys with values", [(2, 1)]),
        ("", "says nothing", [(1, 1)]),
        ("# x\n\n# y\n", "says nothing", [(3, 4)]),
        ("---\n...\n", "says nothing", [(2, 1)]),
        ("a: 1\n\tb: 2\n  \t- c\n", "A tab", [(2, 1), (3, 3)]),
        ("a: x\u202ey\nb\u2066: \x1b\x85", "nobody can see", [(1, 5), (2, 2), (2, 5), (2, 6)]),
        (
            "a: \u200b\u2028\ufeff\nb: \ufffe\U000e0041",
            "nobody can see",
            [(1, 4), (1, 5), (1, 6), (2, 4), (2, 5)],
        ),
        (r'a: "\u202e"' "\n" r'b: {"\e": 1}' "\n" r'c: "\x00"', "nobody can see", [(1, 4), (2, 5), (3, 4)]),
    ],
)
def test_what_yaml_hides_is_refused(text: str, what: str, places: list[tuple[int, int]]) -> None:
    assert places_of(text, what) == places


@pytest.mark.parametrize(
    "text",
    [
        "a: R&D *and* more!\n",
        "a: '&x'\nb: '*x'\nc: '!t'\n",
        "a: |\n  &x\n  *y\n  !t\n  --- not a document\n  % not a command\n",
        "a: 5 % off\nb: <<\n",
        "a: x\ty\nb: |\n  x\n   y\tz\n",
        'a: "\\t\\u00e9\\n"\n',
        "a: \u05d0\u200f\u0663 \U0001f469\u200d\U0001f52c\n",
        "1998: a\nno: b\n? c\n: d\n",
    ],
)
def test_signs_that_hide_nothing_are_accepted(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    "content, what, place",
    [
        (b"title: x\nby: Andr\xe9 M\n", "The byte 0xe9 is not UTF-8", (2, 9)),
        ("title: \u00e9\u00e9".encode() + b"\xff", "The byte 0xff is not UTF-8", (1, 10)),
        (b"title: \xed\xa0\x80", "The byte 0xed is not UTF-8", (1, 8)),
        ("title: x".encode("utf-16"), "UTF-16", (1, 1)),
        ("title: x".encode("utf-16-be"), "UTF-16", (1, 1)),
        (b"title: \0", "UTF-16", (1, 1)),
    ],
)
def test_only_utf_8_is_read(content: bytes, what: str, place: tuple[int, int]) -> None:
    assert places_of(content, what) == [place]
    assert read_yaml(PATH, content)[0] is None


def test_the_size_of_a_file_is_limited() -> None:
    largest = b"a: b\n" + b"#" * (MAX_BYTES - 5)
    assert problems_of(largest) == ()
    assert places_of(largest + b"#", "262,145 bytes") == [(1, 1)]


def test_the_depth_of_a_file_is_limited() -> None:
    def nest(depth: int) -> str:
        return "a: " + "[" * (depth - 1) + "]" * (depth - 1)

    assert problems_of(nest(MAX_DEPTH)) == ()
    assert places_of(nest(MAX_DEPTH + 1), "more than 12 deep") == [(1, MAX_DEPTH + 3)]
    assert places_of("a: " + "{" * 100_000, "more than 12 deep") == [(1, MAX_DEPTH + 3)]
    assert places_of("? " * 100_000, "more than 12 deep") != []


def test_the_number_of_values_is_limited() -> None:
    assert problems_of("a: [" + "b, " * (MAX_VALUES - 10) + "]") == ()
    assert len(places_of("a: [" + "b, " * MAX_VALUES + "]", "more than 20,000 values")) == 1


def test_a_file_cannot_fill_the_log_with_problems() -> None:
    for hostile in ("*x, " * 50_000, "[" * 100_000, "\x01" * 50_000, "{" + "a, " * 50_000 + "}"):
        assert 1 <= len(problems_of(f"a: [{hostile}]")) <= MAX_PROBLEMS + 1
    assert len(problems_of("\tx\n" * 50_000)) == MAX_PROBLEMS
    assert len(problems_of("".join(f"a{number}: b c #d\n" for number in range(1000)))) == MAX_PROBLEMS


def test_all_problems_of_a_file_are_found_in_one_run() -> None:
    text = "a: &x 1\na: *x\nb: !t 2\nc: bridge #5\n\u200bd: 1\n<<: {}\ne: x: y\n"
    assert [problem.line for problem in problems_of(text)] == [1, 2, 2, 3, 5, 6, 7]


def test_what_is_refused_leaves_the_rest_to_be_checked() -> None:
    file, problems = read_yaml(
        PATH, b"a: 1\na: 2\nb: *x\nc: !t 3\n<<: {d: 4}\n? [e]\n: 5\nf: &y 6\ng: \x1b\n---\nh: 7\n"
    )
    assert file is not None
    assert file.data == {"a": "2", "b": None, "c": "3", "f": "6", "g": "\ufffd"}
    assert file.place(("f",)) == (8, 4)
    assert len(problems) == 8


# A value cut short


@pytest.mark.parametrize(
    "text",
    [
        "title: Closure of bridge #5",
        "title: Closure of bridge # 5",
        "title: Bridge #5 closed",
        "title: #5 closed",
        "title: Closure of bridge   #5",
        "topics:\n  - #5 closed",
        "title: Closure\tof the\t#bridge",
    ],
)
def test_a_text_cut_short_by_a_hash_is_a_warning(text: str) -> None:
    [problem] = problems_of(f"kind: closure\n{text}\n")
    assert problem.severity is Severity.WARNING
    assert problem.excerpt[problem.column - 1] == "#"
    assert problem.what == faults.CUT_VALUE.what


@pytest.mark.parametrize(
    "text",
    [
        "date: 1998-03-17                    # EDTF: when it HAPPENED",
        "date: 1998-03-17 # when",
        "date: 1998-03-17  #when",
        "value: 11000 to 13000           # 40 · about 600",
        "value: 11000 to 13000  # counted",
        "claims:                             # the facts",
        "claims: # the facts",
        "claims: #the facts\n  - by: x",
        "title: 'Closure of bridge #5' # x",
        "title: Closure of bridge#5",
        "summary: >-\n  Closure of bridge #5\n  # and #6",
        "# Closure of bridge #5",
        "sources: [notice, gazette] # x",
    ],
)
def test_a_comment_at_the_end_of_a_line_is_no_warning(text: str) -> None:
    assert problems_of(f"kind: closure\n{text}\n") == ()


# Whatever a file holds


SIGNS = b"\n\n  \t-:#,[]{}&*!|>'\"%@`?<~\\0aU\x00\x1b\x85\xa0\xe2\x80\xae\xff\r"


def mutate(chance: random.Random, content: bytes) -> bytes:
    """Return the content with a few pieces taken out, doubled, or replaced by signs that YAML knows."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content) + 1)
        end = start + chance.choice((0, 0, 1, 2, 5, 40))
        signs = bytes(chance.choices(SIGNS, k=chance.randint(0, 4)))
        content = content[:start] + chance.choice((signs, content[start:end] * 2, b"")) + content[end:]
    return content


@pytest.mark.usefixtures("_either_parser")
def test_nothing_in_a_file_stops_the_reader() -> None:
    chance = random.Random(1998)
    mutants = [mutate(chance, ENTRY.encode()) for _ in range(300)]
    noise = [chance.randbytes(chance.randrange(60)) for _ in range(300)]
    signs = [mutate(chance, b"") * chance.randint(1, 5) for _ in range(300)]
    for content in (*mutants, *noise, *signs):
        file, problems = read_yaml(PATH, content)
        lines = content.count(b"\n") + content.count(b"\r") + 1
        assert file or problems, content
        assert all(1 <= problem.line <= lines + 1 and problem.column >= 1 for problem in problems), content
        assert not file or file.place(("sources", "notice", "title")) >= (1, 1)
