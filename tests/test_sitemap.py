"""The site map: when what a page shows was changed last, the same by a clean build and after an edit."""

import gzip
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import lay_out
from served import build

SITE = "https://bridge.example.org/"
NAMESPACE = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}
CORRECTION = "corrections:\n  - {date: 2025-03-04, what: The pier is the western one, why: The Authority said so.}\n"


def days(site: Path) -> dict[str, str | None]:
    """The day that the map gives for each page, by its path."""
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    pages = {page.findtext("map:loc", "", NAMESPACE): page for page in root}
    return {
        address.removeprefix(SITE): page.findtext("map:lastmod", None, NAMESPACE) for address, page in pages.items()
    }


def test_every_page_is_in_the_map_and_what_only_leads_on_is_not(reading_site: Path) -> None:
    pages = {page.parent.relative_to(reading_site).as_posix() for page in reading_site.rglob("index.html")}
    moved = {"events/harbour-bridge-shut", "events/bridge-closed"}
    assert set(days(reading_site)) == {f"{page}/".removeprefix("./") for page in pages - moved}


def test_a_page_has_the_day_on_which_what_it_shows_was_changed_and_one_that_people_wrote_has_none(
    reading_site: Path,
) -> None:
    found = days(reading_site)
    assert found["events/harbour-bridge-closed/"] == "2024-06-11"  # corrected
    assert found["events/ferry-carries-traffic/"] == "2024-05-04"  # added
    assert found["topics/safety/"] == found["timeline/"] == found[""] == "2024-06-11"
    assert found["actors/ferry-company/"] == "2024-05-04"
    assert {page: found[page] for page in ("about/", "contribute/", "words/")} == dict.fromkeys(
        ("about/", "contribute/", "words/")
    )


def test_the_packed_map_says_the_same(reading_site: Path) -> None:
    assert (
        gzip.decompress((reading_site / "sitemap.xml.gz").read_bytes()) == (reading_site / "sitemap.xml").read_bytes()
    )


def test_after_an_edit_the_map_is_that_of_a_clean_build_on_whatever_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay_out("project", tmp_path)
    build(root, root / "site")
    before = days(root / "site")
    entry = next((root / "chronology" / "events").rglob("ferry-carries-traffic.yml"))
    entry.write_text(entry.read_text(encoding="utf-8") + CORRECTION, encoding="utf-8")
    build(root, root / "site", "--dirty")
    dirty = {name: (root / "site" / name).read_bytes() for name in ("sitemap.xml", "sitemap.xml.gz")}
    after = days(root / "site")
    shutil.rmtree(root / "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")  # in 2001: the clock by which MkDocs would date every page
    build(root, root / "site")
    assert dirty == {name: (root / "site" / name).read_bytes() for name in dirty}
    assert {page for page in after if after[page] != before[page]} >= {"events/ferry-carries-traffic/", "timeline/", ""}
    assert after["events/ferry-carries-traffic/"] == after["actors/ferry-company/"] == "2025-03-04"
    assert after["events/pier-inspection-1997/"] == before["events/pier-inspection-1997/"]
