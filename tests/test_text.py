"""Strangers’ words stay words, in Markdown, in HTML and in front matter."""

import json
import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from markupsafe import Markup

from chronicle.pages.text import as_front_matter, as_html, as_markdown, as_plain, as_slug, paragraphs_of

HOSTILE = [
    "<script>alert(1)</script>",
    "</p><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[a link](https://evil.example.org) and ![an image](https://evil.example.org/x.png)",
    "[a link][evil] [evil]: https://evil.example.org",
    "<https://evil.example.org> and <javascript:alert(1)>",
    "# A heading",
    "A heading\n===\nand another\n---",
    "- a list\n- of two",
    "1. a list",
    "1) a list",
    "> a quotation",
    "    code by indentation",
    "`code` and ```fences```",
    "```\nfence\n```",
    "~~~\nfence\n~~~",
    "| a | table |\n| --- | --- |\n| b | c |",
    '!!! danger "A box"\n    inside',
    "??? danger\n    inside",
    "{: .class onclick=alert(1) }",
    "words { onclick=alert(1) }",
    '--8<-- "secret.txt"',
    "**strong** __strong__ _em_ ***both***",
    "[^unknown] [^ spaced] [^a",
    "*[HTML]: an abbreviation",
    "term\n: a definition",
    "{{ config.site_url }} {% include 'x' %}",
    "\\<script\\> \\[x\\](y)",
    "&#60;script&#62; &#x3c;script&#x3e;",
    "[TOC]",
    "a\u2028b \u00a0 c",
    "x" * 3000,
    "<!-- a comment --> <![CDATA[ x ]]> <?php ?>",
    "$math$ ==mark== ^^up^^ ~~out~~ ++in++",
    ":smile: :material-alert:",
    "***",
    "- - -",
    "+ plus",
    '=== "Tab"',
    "*<b>bold</b>*",
    "*[x](javascript:alert(1))*",
    "*a**b* *c*_d_*e* **f*g*",
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def _tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser


def _render(text: str) -> str:
    return markdown.markdown(
        text, extensions=["admonition", "tables", "toc", "attr_list", "footnotes", "abbr", "def_list"]
    )


def _squeezed(text: str) -> str:
    return re.sub(r"[\s*]|\[\^[^\]\s]*\]", "", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_gives_paragraphs_and_emphasis_and_every_letter_as_it_was_typed(text: str) -> None:
    rendered = _tags(_render(as_markdown(text, {"a": 1})))
    assert {tag for tag, _ in rendered.seen} <= {"p", "em"}
    assert all(attrs == {} for _, attrs in rendered.seen)
    assert _squeezed(rendered.words) == _squeezed(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_stays_words_when_it_stands_inside_a_box(text: str) -> None:
    box = '!!! editors "From the editors"\n\n    ' + str(as_markdown(text, {})).replace("\n", "\n    ")
    assert {tag for tag, _ in _tags(_render(box)).seen} <= {"div", "p", "em"}


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_as_html_holds_no_tag_but_emphasis(text: str) -> None:
    rendered = _tags(as_html(text))
    assert {tag for tag, _ in rendered.seen} <= {"em"}
    assert re.sub(r"[\s*]", "", rendered.words) == re.sub(r"[\s*]", "", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_front_matter_is_one_harmless_yaml_text(text: str) -> None:
    value = yaml.safe_load(f"title: {as_front_matter(text)}")["title"]
    assert isinstance(value, str)
    assert not set(value) & set("<>\"'\n")
    assert not set(Markup(value).striptags()) & set('<>"')  # what the theme makes of it for <title>


def test_straight_quotation_marks_open_and_close_in_front_matter() -> None:
    typed = """Minister: "No" and 'yes', o'clock ("so")"""
    assert yaml.safe_load(f"title: {as_front_matter(typed)}")["title"] == "Minister: “No” and ‘yes’, o’clock (“so”)"


def test_a_footnote_becomes_a_mark_that_leads_to_its_source() -> None:
    rendered = _tags(_render(as_markdown("It was closed.[^notice][^b]", {"notice": 1, "b": 2})))
    links = [attrs["href"] for tag, attrs in rendered.seen if tag == "a"]
    assert links == ["#fn:notice", "#fn:b"]
    assert rendered.words == "It was closed.1\u202f2"


def test_footnotes_side_by_side_stand_in_the_order_of_their_numbers() -> None:
    numbers = {"a": 1, "b": 2, "c": 3}
    rendered = _tags(_render(as_markdown("Closed.[^c] [^unknown][^a] Open.[^b] Shut.[^b][^a]", numbers)))
    assert rendered.words.replace("\u202f", " ").replace("  ", " ") == "Closed. 1 3 Open.2 Shut.1 2"
    assert [attrs["href"] for tag, attrs in rendered.seen if tag == "a"] == ["#fn:a", "#fn:c", "#fn:b", "#fn:a", "#fn:b"]


def test_paragraphs_stay_apart_and_lines_within_them_join() -> None:
    assert paragraphs_of(" One\ntwo.\n\n  \nThree. ") == ("One two.", "Three.")
    assert _render(as_markdown("One\ntwo.\n\nThree.", {})).count("<p>") == 2


def test_emphasis_is_the_one_sign_that_prose_knows() -> None:
    assert as_html("the *Gazette* said 2*3 or 4 * 5") == "the <em>Gazette</em> said 2*3 or 4 * 5"
    assert as_plain("the *Gazette* said so.[^a]") == "the Gazette said so."


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Ellery Gazette", "the-ellery-gazette"),
        ("Čas & čas", "cas-cas"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\0b/c\\d", "a-b-c-d"),
        ("x" * 500, "x" * 60 + "-c38c2bf3"),
        ("...", "ab5df625"),
        ("Index", "index-39c3be11"),
    ],
)
def test_a_name_becomes_a_file_name_that_cannot_leave_its_folder(name: str, slug: str) -> None:
    assert as_slug(name) == slug


@pytest.mark.parametrize(
    "names",
    [
        ("엘러리통신", "항구일보"),
        ("НИС 2024", "СВР 2024"),
        ("엘러리통신 TV", "항구일보 TV"),
        ("x" * 70 + "a", "x" * 70 + "b"),
    ],
)
def test_names_that_lose_letters_get_a_file_name_of_their_own(names: tuple[str, str]) -> None:
    slugs = {as_slug(name) for name in names}
    assert len(slugs) == 2
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


def test_front_matter_is_json_and_so_yaml() -> None:
    assert json.loads(as_front_matter('a "b" \\ c')) == "a “b” \\ c"
