"""Where pages offer the feeds and the calendars: every link leads to a file, and a thumb can reach it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from chronicle.load import load
from chronicle.pages.subscription import subscription_to
from conftest import ROOT
from served import KINDS, open_page, weigh
from small import entry, read

ROOT_ADDRESS = "https://bridge.example.org/"
OFFERING = {"timeline": "", "recent": "", "topic": "safety"}


class _Links(HTMLParser):
    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str, form: str | None = None) -> list[str]:
        """Where the elements of a tag lead; with `form`, those to an alternate of that media type."""
        found = (attributes for name, attributes in self.found if name == tag)
        wanted = (one for one in found if form is None or _is_alternate(one, form))
        return [str(attributes["href"]) for attributes in wanted]


def _is_alternate(attributes: dict[str, str | None], form: str) -> bool:
    return "alternate" in str(attributes.get("rel")).split() and attributes.get("type") == form


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_leads_feed_readers_to_the_streams(reading_site: Path, kind: str) -> None:
    path = KINDS[kind]
    links = _Links(reading_site / path / "index.html" if path.endswith("/") or not path else reading_site / path)
    for suffix, form in (("xml", "application/atom+xml"), ("json", "application/feed+json")):
        found = [urlsplit(urljoin(ROOT_ADDRESS + path, link)).path for link in links.of("link", form)]
        own = [f"/feeds/safety/{stream}.{suffix}" for stream in ("new", "changes")] if kind == "topic" else []
        assert found == [f"/feeds/{stream}.{suffix}" for stream in ("new", "changes")] + own
        assert all((reading_site / file.lstrip("/")).is_file() for file in found)


@pytest.mark.parametrize("kind", OFFERING)
def test_the_pages_that_offer_a_subscription_lead_to_what_they_offer(reading_site: Path, kind: str) -> None:
    page = reading_site / KINDS[kind] / "index.html"
    offers = [link for link in _Links(page).of("a") if re.search(r"(feeds|calendars)/", link)]
    webcal = [link for link in offers if link.startswith("webcal:")]
    assert webcal == [f"webcal://bridge.example.org/calendars/{OFFERING[kind] or 'all'}.ics"]
    files = [(page.parent / link).resolve() for link in offers if link not in webcal]
    assert len(files) == 5
    assert all(file.is_file() for file in files)


def test_where_no_day_is_known_no_calendar_is_offered(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/plain": entry("date: 1998-03\nreported: 1998-03-18")})
    offered = subscription_to(chronology.events, chronology, "safety")
    assert (offered.calendar, offered.webcal) == ("", "")
    assert offered.feeds[0] == ("New entries", "feeds/safety/new.xml", "feeds/safety/new.json")


def test_the_address_for_calendar_programs_is_that_of_the_site() -> None:
    chronology = load(ROOT / "tests" / "project").chronology
    assert chronology
    moved = chronology.setting.model_copy(update={"site": "http://example.org:8080/bridge/"})
    offered = subscription_to(chronology.events, chronology.model_copy(update={"setting": moved}))
    assert offered.webcal == "webcal://example.org:8080/bridge/calendars/all.ics"


@pytest.mark.parametrize("kind", OFFERING)
def test_what_is_offered_is_closed_at_first_and_as_high_as_a_thumb(browser: Browser, address: str, kind: str) -> None:
    with open_page(browser, "phone") as page:
        page.goto(address + KINDS[kind])
        links = page.locator(".subscribe a")
        assert not links.first.is_visible()
        page.locator(".subscribe > summary").click()
        expect(links.first).to_be_visible()
        boxes = [found.bounding_box() for found in (page.locator(".subscribe > summary"), *links.all())]
        assert [box for box in boxes if not box or box["height"] < 44] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("kind", ["event", "topic"])
def test_the_theme_looks_for_no_sitemaps_beside_the_feeds(browser: Browser, address: str, kind: str) -> None:
    assert [path for path in weigh(browser, address + KINDS[kind]) if "sitemap" in path] == []
