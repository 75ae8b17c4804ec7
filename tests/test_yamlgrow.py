"""Groups put into YAML files: the bytes around them stay, and what cannot be done without harm is refused."""

from collections.abc import Callable

import pytest
import yaml

from chronicle.yamlfile import Route
from chronicle.yamlfile.editing import EditError
from chronicle.yamlfile.growing import append_part, insert_group, replace_words
from chronicle.yamlfile.text import Written
from conftest import ROOT
from test_new import HARD_TO_WRITE, flat

TEXT = """\
# A comment at the top
title:   "A: bridge"   # and one at the side
summary: >-
  The bridge was
  closed, and stays closed
  for now.
claims:
- says: One.  # the first
  sources: [a,  b ]
-   says: 'Two: it''s so.'
    sources:
      - a
      # before the last
      - b   # the last

sources:
    a: {url: x, title: y}

    b:
        url: z

# At the end
"""
ITEM: dict[str, Written] = {"date": "2024-06-11", "what": "It is: so # now", "why": "long " * 40}


def grown(before: str, after: str) -> list[str]:
    """The lines that are new, once the others are known to be the old ones in their order."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    end = len(old) - start
    assert new[:start] == old[:start]
    assert end == 0 or new[-end:] == old[start:]
    return new[start : len(new) - end]


def test_a_group_follows_the_last_one_in_its_column() -> None:
    after = insert_group(TEXT, ("sources",), "c", {"url": "q", "relays": ["d", "e"]})
    assert grown(TEXT, after) == ["    c:\n", "      url: q\n", "      relays: [d, e]\n"]


def test_a_group_goes_where_it_is_wanted() -> None:
    after = insert_group(TEXT, (), "corrections", [ITEM], after=("added", "claims"))
    assert grown(TEXT, after)[:3] == ["corrections:\n", "  - date: 2024-06-11\n", "    what: 'It is: so # now'\n"]
    assert after.index("corrections:") < after.index("\nsources:")


def test_a_part_joins_a_list_in_the_form_that_the_list_has() -> None:
    assert grown(TEXT, append_part(TEXT, ("claims",), {"says": "Three."})) == ["- says: Three.\n"]
    assert "  sources: [a,  b, c ]\n" in append_part(TEXT, ("claims", 0, "sources"), "c")
    assert grown(TEXT, append_part(TEXT, ("claims", 1, "sources"), "c")) == ["      - c\n"]
    assert insert_group("a: {b: c}  # so\n", ("a",), "d", {"e": ["f: g"]}) == "a: {b: c, d: {e: ['f: g']}}  # so\n"
    assert append_part("a: []\n", ("a",), {"b": "c"}) == "a: [{b: c}]\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n# the end"])
def test_line_ends_stay_as_they_are(line_end: str, ending: str) -> None:
    text = f"a:{line_end}  - b: c{ending.replace(chr(10), line_end)}"
    after = append_part(text, ("a",), {"b": "d"})
    assert after.replace(f"{line_end}  - b: d", "", 1) == text
    assert after.count("\n") == after.count(line_end)


@pytest.mark.parametrize(
    ("route", "old", "new", "line"),
    [
        (("title",), "bridge", "harbour bridge", 'title:   "A: harbour bridge"   # and one at the side\n'),
        (("title",), "bridge", 'so-called "bridge"', "title:   'A: so-called \"bridge\"'   # and one at the side\n"),
        (("summary",), "was closed", "is shut", "  The bridge is shut, and stays closed\n"),
        (("claims", 0, "says"), "One", "One: # two", "- says: 'One: # two.'  # the first\n"),
        (("claims", 1, "says"), "it's so", "it is", "-   says: 'Two: it is.'\n"),
        (("claims", 1, "says"), "so", "it's", "-   says: 'Two: it''s it''s.'\n"),
        (("claims", 0, "sources", 1), "b", "c", "  sources: [a,  c ]\n"),
        (("sources", "a", "title"), "y", "a, b", "    a: {url: x, title: 'a, b'}\n"),
    ],
)
def test_words_are_put_in_place_of_others(route: Route, old: str, new: str, line: str) -> None:
    after = replace_words(TEXT, route, old, new)
    assert line in after
    kept = [each for each in TEXT.splitlines(keepends=True) if each in after.splitlines(keepends=True)]
    assert len(kept) >= TEXT.count("\n") - 2


@pytest.mark.parametrize("text", HARD_TO_WRITE)
def test_whatever_is_added_is_read_back(text: str) -> None:
    words = flat(text)
    grown_text = insert_group(TEXT, ("sources",), "c", {"url": words, "relays": [words]})
    grown_text = append_part(grown_text, ("claims",), {"says": words})
    grown_text = append_part(grown_text, ("claims", 0, "sources"), words)
    grown_text = append_part(grown_text, ("claims", 1, "sources"), words)
    grown_text = replace_words(grown_text, ("summary",), "closed, and stays", words)
    read = yaml.load(grown_text, yaml.BaseLoader)
    assert read["sources"]["c"] == {"url": words, "relays": [words]}
    assert read["claims"][2]["says"] == read["claims"][0]["sources"][2] == read["claims"][1]["sources"][2] == words
    assert flat(read["summary"]) == flat(f"The bridge was {words} closed for now.")


@pytest.mark.parametrize(
    "harmful",
    [
        lambda: insert_group(TEXT, ("sources",), "a", {"url": "q"}),
        lambda: insert_group(TEXT, ("title",), "a", {"url": "q"}),
        lambda: insert_group("a: {}\n", ("a",), "b", "c"),
        lambda: append_part(TEXT, ("sources",), "a"),
        lambda: append_part(TEXT, ("claims", 7, "sources"), "a"),
        lambda: replace_words(TEXT, ("summary",), "closed", "open"),
        lambda: replace_words(TEXT, ("summary",), "gone", "open"),
        lambda: replace_words(TEXT, ("sources",), "a", "b"),
        lambda: append_part("a: [\n", ("a",), "b"),
        lambda: append_part("a: [b]\na: [c]\n", ("a",), "b"),
    ],
)
def test_what_would_do_harm_is_refused(harmful: Callable[[], str]) -> None:
    with pytest.raises(EditError):
        harmful()


def test_every_entry_of_the_chronologies_can_grow() -> None:
    roots = (ROOT, ROOT / "tests" / "project")
    for file in sorted(path for root in roots for path in root.glob("chronology/events/*/*.yml")):
        text = file.read_text(encoding="utf-8")
        after = insert_group(text, ("sources",), "zz", {"url": "https://a.example.org", "title": "T: t"})
        assert grown(text, after).count("  zz:\n") == 1
        assert append_part(text, ("claims",), {"says": "A: b", "sources": ["zz"]}).startswith(text[:100])
        assert append_part(text, ("claims", 0, "sources"), "zz").count("\n") == text.count("\n")
