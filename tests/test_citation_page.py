"""The citation on the page of an event: in words by a style, and in the head for reference managers."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest
from citeproc import SCHEMA_PATH
from lxml import etree

from chronicle.citations import cited_in_words, work_of_event
from chronicle.citations.words import process
from chronicle.load import load
from test_citations import BRIDGE, TESTS, work

# In words


def test_the_style_is_one_of_the_citation_style_language() -> None:
    style = etree.fromstring(resources.files("chronicle.citations").joinpath("entry.csl").read_bytes())
    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    assert schema.validate(style), schema.error_log
    style[0].append(etree.Element("nonsense"))
    assert not schema.validate(style)


def test_a_citation_in_words_is_what_the_processor_writes() -> None:
    loaded = load(TESTS / "project")
    assert loaded.chronology
    for event in loaded.chronology.events:
        one = work_of_event(event, loaded.chronology, loaded.digests[event.path])
        assert cited_in_words(one) == process(one)
        assert cited_in_words(one).endswith(f", version {one.version}, {one.url}")


@pytest.mark.parametrize("title", ["Is it?", "He said “no”", "<i>Not</i> markup", "\ue001 \ue002", "IT IS", "of the"])
def test_a_headline_is_cited_as_it_stands(title: str) -> None:
    cited = cited_in_words(replace(work(), title=title, version="01234567"))
    assert cited.startswith(f"Somebody, “{title}”, The Gazette, changed last on 18 March 1998, version 01234567, ")


# The head of the page


class Head(HTMLParser):
    """The `meta` tags and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in found:
            assert found["name"] not in self.meta, found["name"]
            self.meta[found["name"]] = found["content"]
        if "href" in found:
            self.links.add(found["href"])


def test_the_head_of_an_event_says_what_reference_managers_read(reading_site: Path) -> None:
    page = reading_site / BRIDGE / "index.html"
    head = Head(page.read_text(encoding="utf-8"))
    meta = {name: value for name, value in head.meta.items() if name.startswith(("citation_", "DC"))}
    url = "https://bridge.example.org/events/harbour-bridge-closed/"
    (item,) = json.loads((page.parent / "cite.json").read_text(encoding="utf-8"))
    assert meta == {
        "citation_title": item["title"],
        "citation_author": "The editors of the bridge chronology,",
        "citation_publication_date": "2024/06/11",
        "citation_online_date": "2024/05/02",
        "citation_language": "en",
        "citation_publisher": "The harbour bridge of Port Ellery",
        "citation_public_url": url,
        "DC.type": "webpage",
        "DC.title": item["title"],
        "DC.creator": "The editors of the bridge chronology",
        "DC.publisher": "The harbour bridge of Port Ellery",
        "DC.date": "2024-06-11",
        "DC.language": "en",
        "DC.identifier": url,
        "DC.rights": "https://creativecommons.org/licenses/by/4.0/",
        "DCTERMS.created": "2024-05-02",
        "DCTERMS.modified": "2024-06-11",
    }
    assert {f"{name}.{suffix}" for name in ("cite", "sources") for suffix in ("bib", "ris", "json")} <= head.links
    assert all((page.parent / name).is_file() for name in head.links if name.startswith(("cite.", "sources.")))


def test_a_page_that_is_no_event_has_no_citation_in_its_head(reading_site: Path) -> None:
    head = Head((reading_site / "timeline" / "index.html").read_text(encoding="utf-8"))
    assert not [name for name in head.meta if name.startswith(("citation_", "DC"))]
