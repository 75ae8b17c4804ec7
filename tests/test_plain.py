"""Events as plain Markdown, and what stands at the root of the site, read back by markdown-it: words stay words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from chronicle.dates import read_day
from chronicle.exports.plain import as_label, as_link, as_text, make_plain_texts, plain_event
from chronicle.exports.signposts import write_llms_txt, write_robots_txt
from chronicle.load import Loaded, load
from chronicle.made import Keys
from chronicle.model import Chronology
from chronicle.model.standing import as_known_on
from chronicle.pages.text import as_line, as_plain
from synthetic import write_project

TESTS = Path(__file__).parent
OURS = {
    "heading",
    "paragraph",
    "bullet_list",
    "ordered_list",
    "list_item",
    "blockquote",
    "inline",
    "text",
    "link",
    "code_inline",
}
HEADINGS = (
    "In brief", "Who says what", "Numbers given", "From the editors", "Related events", "Sources", "Corrections",
    "About this text",
)  # fmt: skip
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@dataclass
class Read:
    """What a Markdown file holds."""

    kinds: set[str] = field(default_factory=set)
    headings: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # of each paragraph and heading

    @property
    def words(self) -> str:
        return "\n".join(self.texts)


def read_back(markdown: str) -> Read:
    found, tokens = Read(), READER.parse(markdown)
    for before, token in zip(["", *tokens], tokens, strict=False):
        found.kinds.add(_kind(token))
        if token.type == "inline":
            inside = token.children or []
            found.kinds |= {_kind(child) for child in inside}
            found.links += _links(inside)
            found.texts.append("".join(child.content for child in inside))
            if isinstance(before, Token) and before.type == "heading_open":
                found.headings.append((before.tag, found.texts[-1]))
    return found


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def _links(inside: list[Token]) -> Iterator[tuple[str, str]]:
    for place, token in enumerate(inside):
        if token.type == "link_open":
            label = next((other.content for other in inside[place:] if other.type == "text"), "")
            yield label, str(token.attrGet("href"))


@cache
def loaded(name: str) -> Loaded:
    return load(TESTS / name)


@cache
def texts(name: str) -> dict[str, str]:
    """Every plain text of a made-up project, by its path."""
    found = loaded(name)
    assert found.chronology
    made = make_plain_texts(found.chronology, found.digests, Keys(found.chronology, found.digests))
    return {text.path: text.make() for text in made}


def chronology_of(name: str) -> Chronology:
    chronology = loaded(name).chronology
    assert chronology
    return chronology


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_a_text_is_headings_paragraphs_lists_quotations_and_links_and_nothing_else(name: str) -> None:
    for path, text in texts(name).items():
        read = read_back(text)
        assert read.kinds <= OURS - {"code_inline"}, path
        assert [tag for tag, _ in read.headings] == ["h1"] + ["h2"] * (len(read.headings) - 1), path
        assert [words for _, words in read.headings[1:]] == [one for one in HEADINGS if ("h2", one) in read.headings], (
            path
        )


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_every_link_leads_to_a_source_a_copy_the_licence_or_this_site(name: str) -> None:
    chronology = chronology_of(name)
    for event in chronology.events:
        allowed = {READER.normalizeLink(url) for s in event.sources.values() for url in (s.url, s.archive) if url}
        allowed |= {READER.normalizeLink(chronology.setting.licence.url)}
        links = read_back(texts(name)[f"events/{event.slug}/event.md.txt"]).links
        assert {href for _, href in links if not href.startswith(chronology.setting.site)} == allowed


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_all_that_the_page_says_is_there_word_for_word(name: str) -> None:
    chronology = chronology_of(name)
    for event in chronology.events:
        read = read_back(texts(name)[f"events/{event.slug}/event.md.txt"])
        assert read.headings[0] == ("h1", as_line(event.title))
        for claim in event.claims:
            assert as_plain(claim.says) in read.words
            assert not claim.quote or f"“{as_line(claim.quote)}”" in read.texts
        for figure in event.figures:
            assert f"{figure.value.words()}, as of" in read.words
        for source in event.sources.values():
            said = filter(None, (source.title, source.title_en, source.publisher, source.author))
            assert [words for words in said if as_line(words) not in read.words] == []
        assert f"(EDTF: {event.date.edtf})" in read.words
        assert event.date.words() in read.words


def test_sources_are_numbered_as_they_are_cited() -> None:
    text = texts("project")["events/harbour-bridge-closed/event.md.txt"]
    event = chronology_of("project").event_by_slug["harbour-bridge-closed"]
    after = text.partition("## Sources")[2]
    tokens = READER.parse(after.partition("\n## ")[0])
    assert [token.info for token in tokens if token.type == "list_item_open"] == [
        str(n + 1) for n in range(len(event.sources))
    ]
    assert "had been reported twice before. [3]" in text


def test_a_text_says_how_it_is_cited_and_under_which_licence() -> None:
    read = read_back(texts("project")["events/harbour-bridge-closed/event.md.txt"])
    assert ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/") in read.links
    assert any(words.startswith("To cite it: The editors of the bridge chronology") for words in read.texts)


def test_a_former_address_says_where_the_text_stands_now() -> None:
    address = "https://bridge.example.org/events/harbour-bridge-closed/event.md.txt"
    for old in ("harbour-bridge-shut", "bridge-closed"):
        assert [href for _, href in read_back(texts("project")[f"events/{old}/event.md.txt"]).links] == [address]


def test_what_became_public_later_is_not_in_the_text_of_a_day() -> None:
    day, found = read_day("1998-03-19"), loaded("project")
    then = as_known_on(day, chronology_of("project"))
    event = then.event_by_slug["harbour-bridge-closed"]
    text = plain_event(event, then, found.digests[event.path], day)
    assert "- As known on: 19 March 1998" in text
    assert "courier" not in text.lower()
    assert "Confirmed" not in text


SIGNS = "\\`*_<>[]()#~|&;:!-+=1. a"


def _paragraph(markdown: str) -> str:
    """The words of a text that is one paragraph and nothing more."""
    tokens = READER.parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    inside = tokens[1].children or []
    assert {token.type for token in inside} <= {"text"}, markdown
    return "".join(token.content for token in inside)


def test_whatever_signs_are_typed_they_are_shown_and_do_nothing() -> None:
    for signs in product(SIGNS, repeat=3):
        words = as_line("".join(signs))
        assert not words or _paragraph(as_text(words)) == words, signs
        assert _paragraph(f"By: {as_label(words)} [1]") == f"By: {f'{words} ' if words else ' '}[1]", signs


@pytest.mark.parametrize(
    "words",
    ["<script>x</script>", "&lt;b&gt; &#60; &copy;", "1. no list", "10) no list", "- no list", "# no heading", "C #",
     "> no quotation",
     "===", "---", "***", "```", "~~~", "| a | b |", "[a]: https://x.example", "![i](x)", "<https://x.example>", "a\\", "a  \nb",
     "\u2028line\u2029", "\u202egnp.exe", ": term", "[^a]", "a\tb", "\x00\x07"],
)  # fmt: skip
def test_words_that_look_like_markdown_are_words(words: str) -> None:
    line = as_line(words)
    assert not line or _paragraph(as_text(words)) == line
    assert read_back(f"# {as_text(words)}").headings == [("h1", line)]
    assert read_back(as_link(words, "https://x.example/a(b)?c=&lt;d&e")).links == [
        (line, "https://x.example/a(b)?c=&lt;d&e")
    ]


def test_a_bracket_after_a_footnote_makes_no_link() -> None:
    chronology = chronology_of("project")
    event = chronology.event_by_slug["harbour-bridge-closed"]
    hostile = event.model_copy(
        update={"summary": "Closed.[^notice](javascript:alert) and[^notice]: https://x.example[^notice][^gazette]"}
    )
    read = read_back(plain_event(hostile, chronology, "0" * 64))
    assert "Closed. [1](javascript:alert) and [1]: https://x.example [1] [2]" in read.texts
    assert not [href for _, href in read.links if "javascript" in href or "x.example" in href]


@pytest.mark.parametrize("name", ["project", "hostile"])
def test_llms_txt_has_the_form_of_llmstxt_org(name: str) -> None:
    text = write_llms_txt(chronology_of(name))
    read = read_back(text)
    setting = chronology_of(name).setting
    assert read.kinds <= OURS
    assert read.headings[0] == ("h1", as_line(setting.title))
    assert read.headings[1:] == [("h2", one) for one in ("Data", "Milestones", "Topics", "Pages", "Optional")]
    assert read.texts[1] == as_line(setting.description)
    assert text.split("\n\n")[1].startswith("> ")


def test_every_link_of_llms_txt_leads_to_a_file(reading_site: Path) -> None:
    links = [href for _, href in read_back((reading_site / "llms.txt").read_text(encoding="utf-8")).links]
    ours = [href.removeprefix("https://bridge.example.org/") for href in links if href.startswith("https://bridge")]
    assert len(ours) > 15
    for path in ours:
        assert (reading_site / (f"{path}index.html" if path.endswith("/") else path)).is_file(), path


def test_llms_txt_stays_short_however_long_the_chronology(tmp_path: Path) -> None:
    write_project(tmp_path, 300)
    chronology = load(tmp_path).chronology
    assert chronology
    milestones = [event.model_copy(update={"milestone": True}) for event in chronology.events]
    text = write_llms_txt(chronology.model_copy(update={"events": tuple(milestones)}))
    assert len(text.encode()) < 16_000
    assert f"events/{milestones[-1].slug}/event.md.txt" in text


def test_robots_may_read_everything_and_are_told_of_the_site_map() -> None:
    robots = RobotFileParser()
    robots.parse(write_robots_txt(chronology_of("project")).splitlines())
    assert robots.can_fetch("GPTBot", "https://bridge.example.org/events/harbour-bridge-closed/event.md.txt")
    assert robots.site_maps() == ["https://bridge.example.org/sitemap.xml"]


def test_two_runs_give_the_same_texts() -> None:
    assert texts.__wrapped__("project") == texts("project")


def test_the_page_of_an_event_leads_to_its_text_in_its_head_and_for_readers(reading_site: Path) -> None:
    page = (reading_site / "events" / "harbour-bridge-closed" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="alternate " type="text/markdown" title="This event as plain text" href="event.md.txt">' in page
    assert '<a href="event.md.txt" type="text/markdown">plain text</a>' in page
    assert (reading_site / "events" / "harbour-bridge-closed" / "event.md.txt").is_file()
