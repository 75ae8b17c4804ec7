"""Every link to a source, wherever it stands, says where the archived copy is and of which day (Robust Links)."""

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chronicle.load import load
from chronicle.model import Source
from chronicle.model.standing import seen_on
from small import entry, read, source

ROBUST = ("data-originalurl", "data-versionurl", "data-versiondate")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs))


def links(site: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Every link of a site with the page it stands on."""
    for page in sorted(site.rglob("*.html")):
        reader = _Links()
        reader.feed(page.read_text(encoding="utf-8"))
        yield from ((page.relative_to(site).as_posix(), link) for link in reader.found)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    """The sources of the made-up project, by address."""
    chronology = load(Path(__file__).parent / "project").chronology
    assert chronology
    return {source.url: source for event in chronology.events for source in event.sources.values()}


def test_every_link_to_a_source_with_a_copy_is_robust_wherever_it_stands(
    reading_site: Path, sources: dict[str, Source]
) -> None:
    pages = set()
    for page, link in links(reading_site):
        source = sources.get(link.get("href") or "")
        if source and source.archive:
            assert [link.get(name) for name in ROBUST[:2]] == [source.url, source.archive], page
            assert date.fromisoformat(link["data-versiondate"] or ""), page
            pages.add(page.partition("/")[0] + "/" * (page != "sources/index.html"))
    assert pages == {"events/", "sources/", "sources"}  # of an event, of a publisher, of all sources


def test_the_link_to_the_copy_says_what_it_is_a_copy_of(reading_site: Path, sources: dict[str, Source]) -> None:
    source_by_copy = {source.archive: source for source in sources.values() if source.archive}
    copies = [link for _, link in links(reading_site) if link.get("href") in source_by_copy]
    assert copies
    assert all(link["data-originalurl"] == source_by_copy[link["href"] or ""].url for link in copies)


def test_a_link_without_a_copy_claims_none(reading_site: Path, sources: dict[str, Source]) -> None:
    known = {source.url for source in sources.values() if source.archive}
    known |= {source.archive for source in sources.values() if source.archive}
    others = [link for _, link in links(reading_site) if link.get("href") not in known]
    assert not [link for link in others if set(ROBUST) & set(link)]


@pytest.mark.parametrize(
    "fields, day",
    [
        (
            "archive: https://web.archive.org/web/19980320101500/https://a.example.org/1\naccessed: 2024-05-01",
            date(1998, 3, 20),
        ),
        ("archive: https://archive.example.org/abc\naccessed: 2024-05-01", date(2024, 5, 1)),
        ("archive: https://archive.example.org/abc", date(2024, 5, 2)),
    ],
    ids=["of the copy", "of the reading", "of the adding"],
)
def test_the_day_that_is_meant_is_that(tmp_path: Path, fields: str, day: date) -> None:
    text = entry("reported: 1998-03-18\nsources:\n" + source("a", fields))
    event = read(tmp_path, {"1998/bridge-closed": text}).events[0]
    assert seen_on(event.sources["a"], event) == day
