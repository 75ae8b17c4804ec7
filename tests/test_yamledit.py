"""Editing YAML: one value changes, and every other byte of the file stays as it was, also when the machine dies meanwhile."""

import os
import stat
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from chronicle.yamlfile import read_yaml
from chronicle.yamlfile.editing import EditError, edit_file, insert_key, replace_value, set_key, write_whole
from conftest import ROOT

FILES = sorted((ROOT / "tests/project/chronology/events").glob("*/*.yml"))
ADDRESS = "https://web.archive.org/web/19980320101500/https://gazette.example.org/1998/03/19/bridge?a=1,2&b=[3]#x"
ODD = """\
# first
---
a: {x: 1,  # one
  y: "2",
}  # after
'b':   # group

  c: |
    kept
      as it is


  d:   # nothing yet
  # about e
  e: >-
    folded
    text

  # about f
  f: plain
     over two lines # why
list:
- q: 1
  r: 'x'  # oh
- s: 2
-   t: 3
nested:
    - - u: "v: w"
empty: {}
empty-too: {  }
한글: 다리  # 橋 🌉
last: "quoted \\u00e9"
"""


def data(text: str) -> object:
    file, problems = read_yaml("x.yml", text.encode())
    assert file is not None, problems
    return file.data


def added(before: str, after: str) -> list[str]:
    """What stands in `after` and not in `before`; fails if anything is missing."""
    parts = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    assert {kind for kind, *_ in parts} <= {"equal", "insert"}
    return [after[start:end] for kind, _, _, start, end in parts if kind == "insert"]


@pytest.mark.parametrize(
    ("route", "after", "start", "put"),
    [
        (("a",), (), '  y: "2"', ", key: {q}"),
        (("a",), ("x",), "a: {x: 1", ", key: {q}"),
        (("b",), ("c",), "      as it is\n", "  key: {v}\n"),
        (("b",), ("d",), "  d:   # nothing yet\n", "  key: {v}\n"),
        (("b",), ("e",), "    text\n", "  key: {v}\n"),
        (("b",), (), "     over two lines # why\n", "  key: {v}\n"),
        (("b",), ("no", "f", "c"), "     over two lines # why\n", "  key: {v}\n"),
        (("list", 0), ("q",), "- q: 1\n", "  key: {v}\n"),
        (("list", 0), (), "  r: 'x'  # oh\n", "  key: {v}\n"),
        (("list", 2), (), "-   t: 3\n", "    key: {v}\n"),
        (("nested", 0, 0), (), '    - - u: "v: w"\n', "        key: {v}\n"),
        (("empty",), (), "empty: {", "key: {q}"),
        (("empty-too",), (), "empty-too: {", "key: {q}"),
        ((), ("a",), "}  # after\n", "key: {v}\n"),
        ((), ("b",), "     over two lines # why\n", "key: {v}\n"),
        ((), ("list",), "-   t: 3\n", "key: {v}\n"),
        ((), ("nested",), '    - - u: "v: w"\n', "key: {v}\n"),
        ((), ("한글",), "한글: 다리  # 橋 🌉\n", "key: {v}\n"),
        ((), (), 'last: "quoted \\u00e9"\n', "key: {v}\n"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_key_is_put_in_its_place(
    route: tuple[str | int, ...], after: tuple[str, ...], start: str, put: str, line_end: str
) -> None:
    text, start = ODD.replace("\n", line_end), start.replace("\n", line_end)
    put = put.format(v=ADDRESS, q=f"'{ADDRESS}'").replace("\n", line_end)
    at = text.index(start) + len(start)
    changed = insert_key(text, route, "key", ADDRESS, after)
    assert changed == text[:at] + put + text[at:]
    value = data(changed)
    for key in (*route, "key"):
        value = value[key]  # type: ignore[index]
    assert value == ADDRESS


def test_a_file_without_a_line_end_at_its_end_keeps_none() -> None:
    assert insert_key("a: 1", (), "b", "2") == "a: 1\nb: '2'"
    assert insert_key("a: 1\r\nb: 2", (), "c", "three") == "a: 1\r\nb: 2\r\nc: three"
    assert insert_key("a: |-\n  text", (), "b", "two") == "a: |-\n  text\nb: two"


@pytest.mark.parametrize(
    ("route", "old", "new"),
    [
        (("a", "x"), "x: 1,", "x: {v},"),
        (("a", "y"), '"2"', "{v}"),
        (("b", "c"), "|\n    kept\n      as it is\n", "{v}\n"),
        (("b", "d"), "d:   #", "d: {v}   #"),
        (("b", "e"), ">-\n    folded\n    text\n", "{v}\n"),
        (("b", "f"), "plain\n     over two lines #", "{v} #"),
        (("list", 0, "q"), "q: 1\n", "q: {v}\n"),
        (("list", 0, "r"), "'x'  #", "{v}  #"),
        (("nested", 0, 0, "u"), '"v: w"', "{v}"),
        (("한글",), "다리  #", "{v}  #"),
        (("last",), '"quoted \\u00e9"', "{v}"),
    ],
)
@pytest.mark.parametrize("value", ["two words", "it’s: [odd], #really", "다리 橋"])
def test_a_value_is_replaced_in_its_place(route: tuple[str | int, ...], old: str, new: str, value: str) -> None:
    changed = replace_value(ODD, route, value)
    written = f"'{value}'" if f"'{value}'" in changed else value
    assert changed == ODD.replace(old, new.format(v=written))
    assert replace_value(changed, route, value) == changed


def test_what_was_inserted_can_be_replaced_and_set() -> None:
    text = set_key(ODD, ("list", 1), "key", "one")
    assert added(ODD, text) == ["  key: one\n"]
    assert set_key(text, ("list", 1), "key", "one") == text
    assert set_key(text, ("list", 1), "key", "two") == text.replace("key: one", "key: two")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_in_real_entries_each_source_gains_one_line(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    sources = data(text)["sources"]  # type: ignore[index]
    assert sources
    for handle in sources:
        changed = insert_key(text, ("sources", handle), "url_status", "gone", after=("url",))
        new, old = changed.split("\n"), text.split("\n")
        (at,) = (number for number, line in enumerate(new) if line == "    url_status: gone")
        assert new[:at] + new[at + 1 :] == old
        assert "url:" in new[at - 1]


@pytest.mark.parametrize(
    ("text", "route", "key", "why"),
    [
        (ODD, ("a",), "x", "`x` is there already"),
        (ODD, ("no",), "k", "no group of keys stands at `no`"),
        (ODD, ("list",), "k", "no group of keys stands at `list`"),
        (ODD, ("list", 9), "k", "no group of keys stands at `list.9`"),
        (ODD, ("last",), "k", "no group of keys stands at `last`"),
        ("a: [", (), "k", "line 1: "),
        ("a: 1\na: 2\n", (), "k", "line 2: The key `a` stands here once more"),
        ("a: &x 1\n", (), "k", "line 1: `&` gives"),
        ("", (), "k", "line 1: This file says nothing."),
        ("? a\n: 1\n", (), "k", "more than this one value would have changed"),
        ("a: |+\n  kept\n\n\nb: 1\n", (), "k", "more than this one value would have changed"),
        ("a: |\n  text", (), "k", "more than this one value would have changed"),  # it would gain a line end
        ("a: 1\n...\n", (), "k: x", "more than this one value would have changed"),
    ],
)
def test_what_cannot_be_done_alone_is_refused(text: str, route: tuple[str | int, ...], key: str, why: str) -> None:
    with pytest.raises(EditError) as refused:
        insert_key(text, route, key, "value", after=("a",))
    assert str(refused.value).startswith(why)


@pytest.mark.parametrize("value", ["\x00", "\u202e", "a\u2028b", "\ufeff"])
def test_no_value_brings_in_what_nobody_can_see(value: str) -> None:
    with pytest.raises(EditError):
        insert_key(ODD, (), "key", value)


@pytest.mark.parametrize("route", [("a",), ("list",), ("list", 0), ("no",), ("a", "no")])
def test_only_a_single_text_is_replaced(route: tuple[str | int, ...]) -> None:
    with pytest.raises(EditError):
        replace_value(ODD, route, "value")


def test_the_end_of_a_document_stays_its_end() -> None:
    assert insert_key("---\na: 1\n...\n", (), "b", "two") == "---\na: 1\nb: two\n...\n"


# Files


def test_a_file_is_edited_and_keeps_its_mark_and_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "entry.yml"
    file.write_bytes(b"\xef\xbb\xbfa: 1  # \xed\x95\x9c\r\nb: 2")
    file.chmod(0o640)
    assert edit_file(file, lambda text: insert_key(text, (), "c", "three", after=("a",)))
    assert file.read_bytes() == b"\xef\xbb\xbfa: 1  # \xed\x95\x9c\r\nc: three\r\nb: 2"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    before = file.stat().st_mtime_ns
    assert not edit_file(file, lambda text: text)
    assert file.stat().st_mtime_ns == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "entry.yml"
    file.write_bytes(b"a: \xff")
    with pytest.raises(EditError, match="UTF-8"):
        edit_file(file, lambda text: text)


def test_a_refused_edit_leaves_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "entry.yml"
    file.write_text(ODD)
    with pytest.raises(EditError):
        edit_file(file, lambda text: insert_key(text, ("a",), "x", "1"))
    assert file.read_text() == ODD
    assert list(tmp_path.iterdir()) == [file]


DEATHS = {
    "a full disk": "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
    "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)",
    "killed while it writes": "os.fsync = lambda _: os.kill(os.getpid(), 9)",
    "killed before it puts the new in place": "pathlib.Path.replace = lambda *_: os._exit(9)",
    "killed afterwards": "there = pathlib.Path.replace; pathlib.Path.replace = lambda *both: (there(*both), os._exit(9))",
}


@pytest.mark.parametrize("death", DEATHS)
def test_whatever_happens_the_file_is_whole(tmp_path: Path, death: str) -> None:
    file = tmp_path / "entry.yml"
    old, new = b"a: old\n" * 4000, b"a: new\n" * 4000
    file.write_bytes(old)
    code = (
        f"import os, pathlib\nfrom chronicle.yamlfile.editing import write_whole\n{DEATHS[death]}\n"
        f"write_whole(pathlib.Path({str(file)!r}), b'a: new\\n' * 4000)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert done.returncode != 0
    assert file.read_bytes() == (new if death == "killed afterwards" else old)
    if death == "a full disk":
        assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_is_written_too(tmp_path: Path) -> None:
    write_whole(tmp_path / "new.yml", b"a: 1\n")
    assert (tmp_path / "new.yml").read_bytes() == b"a: 1\n"


def test_what_a_death_leaves_beside_an_entry_is_no_entry(project: Path) -> None:
    """The half-written file has a name that the loader passes over."""
    from chronicle.load import load  # noqa: PLC0415

    before = load(project).problems
    (project / "chronology/events/1998/.repair-begins.yml.4711").write_bytes(b"date: 19")
    assert load(project).problems == before
