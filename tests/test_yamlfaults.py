"""Syntax errors in YAML: each is told in our words, with its place, whichever parser finds it."""

import pytest
import yaml

from chronicle.yamlfile import faults, read_yaml, reading

PATH = "chronology/events/1998/harbour-bridge-closed.yml"
BROKEN = [
    # the text, the place, and a part of what is said
    ("a: 1\nb: x: y", (2, 5), "holds a colon"),
    ("a: {says: x: y}", (1, 12), "holds a colon"),
    ("a: 1\n  b: 2", (2, 4), "A key cannot stand here"),
    ("Some words\na: 1", (2, 2), "A key cannot stand here"),
    ("a: 1\nwords\nb: 2", (2, 1), "neither a key with a colon nor an entry"),
    ("a:\n  - 1\n  2\n", (3, 3), "neither a key with a colon nor an entry"),
    ("a: 1\nb:2\nc: 3", (2, 3), "After the key `b`"),
    ("kind:closure\nb: 1", (1, 6), "After the key `kind`"),
    ("a: 1\nb:\u00a0closure\nc: 3", (2, 3), "After the key `b`"),
    ("a:\n  - b\uff1aclosure\n    c: 3", (2, 7), "After the key `b`"),
    ("a: x\n\t\n\tb: 1", (3, 1), "A tab"),
    ("a: [\n  \t]\n", (2, 3), "A tab"),
    ("\t\na: 1", (1, 1), "A tab"),
    ("a: |\n\t\n  b", (2, 1), "A tab"),
    ("a:\n  - b: x\n\u00a0   c: y\n    d: z", (3, 1), "A sign that looks like a blank"),
    ("a:\n  - b: x\n    c: y\n  \u202f d: z", (4, 3), "A sign that looks like a blank"),
    ("a: @x", (1, 4), "cannot begin with “@”"),
    ("a: `x`", (1, 4), "cannot begin with “`”"),
    ("a: %x", (1, 4), "cannot begin with “%”"),
    ("a: ? x", (1, 4), "cannot begin with “?”"),
    ("a: ] x", (1, 4), "cannot begin with “]”"),
    ("a: & Sons", (1, 4), "cannot begin with “&”"),
    ("a: *very* much", (1, 4), "cannot begin with “*”"),
    ("a: !<x y", (1, 4), "cannot begin with “!”"),
    ("a: !no!x y", (1, 4), "cannot begin with “!”"),
    ("a: 1\n%b: 2", (2, 1), "A line that begins with `%`"),
    ("%YAML 9.9\n---\na: 1", (1, 1), "A line that begins with `%`"),
    ("a: - b", (1, 4), "A list cannot begin on the line of its key"),
    ("a: 'x\nb: y", (1, 4), "is never closed"),
    ('a: "x', (1, 4), "is never closed"),
    ("a: 'x\n---\ny'", (1, 4), "is never closed"),
    ('a: "\\xzz"', (1, 7), "a backslash begins a code"),
    ("a: > 3000 cars", (1, 4), "After `|` or `>`"),
    ("a: |0\n x", (1, 4), "After `|` or `>`"),
    ("a: 'it's'", (1, 8), "after its closing quotation mark"),
    ('a:\n  - "We" said', (2, 10), "after its closing quotation mark"),
    ("a: [Draft] x", (1, 12), "after its bracket"),
    ("a: b\n- c", (2, 1), "An entry of a list stands where a key belongs"),
    ("a:\n- b\nc: d\n- e", (4, 1), "An entry of a list stands where a key belongs"),
    ("a:\n  - b\n  c: d", (3, 3), "in the column of a list"),
    ("a:\n  b: 1\n c: 2", (3, 2), "in the column of its neighbours"),
    ("a: [b, c\nd: e", (1, 4), "is not closed"),
    ("a: {b: c\nd: e", (1, 4), "is not closed"),
    ("a: [b", (1, 4), "is not closed"),
    ("a: [", (1, 5), "The file ends before a bracket is closed"),
    ("a: b\n...\nc: d", (3, 1), "goes on after its end"),
]


@pytest.fixture(params=[yaml.CBaseLoader, yaml.BaseLoader], ids=["C", "Python"])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the parser in C, and with the one in Python that stands in where the other is missing."""
    monkeypatch.setattr(reading, "_Loader", request.param)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize("text, place, what", BROKEN)
def test_a_syntax_error_is_told_in_our_words(text: str, place: tuple[int, int], what: str) -> None:
    for ending in ("", "\n", "\r\n\r\n"):
        file, problems = read_yaml(PATH, (text + ending).encode())
        assert file is None
        [problem] = problems
        assert what in problem.what
        assert (problem.line, problem.column) == place
        assert problem.excerpt == text.split("\n")[problem.line - 1]


def test_a_colon_that_only_the_parser_in_c_refuses_is_told_too() -> None:
    [problem] = read_yaml(PATH, b"a: [x:, y]")[1]
    assert (problem.column, "holds a colon" in problem.what) == (6, True)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize("code", [r"\d", r"\U00110000", r"\ud800"])
def test_a_code_that_does_not_exist_is_a_problem(code: str) -> None:
    [problem] = read_yaml(PATH, f'a: "C:{code}"'.encode())[1]
    assert problem.line == 1


def test_every_fault_in_the_syntax_is_tripped_above() -> None:
    said = {problem.what for text, _, _ in BROKEN for problem in read_yaml(PATH, text.encode())[1]}
    told = [fault.what.split("{sign}")[0] for fault in faults.SYNTAX_FAULTS[:-1]]
    assert [what for what in told if not any(words.startswith(what) for words in said)] == []


def test_no_message_of_a_parser_is_without_words() -> None:
    assert faults.find_syntax_fault("None: something new", "", "").what == faults.UNREADABLE.what
