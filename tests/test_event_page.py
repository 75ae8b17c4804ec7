"""An event’s page: its standing at a glance, claims by claimant, addresses that last, notes that open, and how it is cited."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from chronicle.model import Chronology
from chronicle.pages import make_pages
from chronicle.pages.citation import addresses_of, citation_of
from small import entry, read, source
from test_accessibility import AXE, violations

BRIDGE = "events/harbour-bridge-closed/"
CLAIMS = """
claims:
  - {by: mayor, says: First., sources: [a]}
  - {by: mayor, says: Second., sources: [a]}
  - {by: harbour, says: Third., sources: [a]}
  - {by: mayor, says: Fourth., sources: [a]}
figures:
  - {measure: vehicles, value: about 40, by: mayor, as_of: 1998-03-18, sources: [a]}
"""


def text_of(chronology: Chronology, slug: str, pictures: bool = False) -> str:
    digests = {event.path: hashlib.sha256(event.slug.encode()).hexdigest() for event in chronology.events}
    pages = make_pages(chronology, digests, pictures)
    return next(page.make() for page in pages if page.path == f"events/{slug}/index.md")


def test_claims_of_one_claimant_in_sequence_stand_under_one_name(tmp_path: Path) -> None:
    text = text_of(read(tmp_path, {"1998/bridge-closed": entry(CLAIMS)}), "bridge-closed")
    groups = [re.findall(r"<p>(\w+)\.", group) for group in text.split('<section class="claimant">')[1:]]
    assert groups == [["First", "Second"], ["Third"], ["Fourth"]]
    assert text.count('class="claim-origins"') == 3  # said once where it is the same for all claims of a group


def test_what_all_claims_of_a_group_rest_on_is_said_once_though_they_became_known_on_different_days(
    tmp_path: Path,
) -> None:
    claims = """
        claims: [{by: mayor, says: First., sources: [a]}, {by: mayor, says: Second., sources: [b]}]
        sources:
          a: {url: https://a.example.org/, title: A, publisher: A, published: 1998-03-18, type: newspaper, relays: [mayor]}
          b: {url: https://b.example.org/, title: "[B]", publisher: B, published: 1998-03-20, type: newspaper, relays: [mayor]}
    """
    text = text_of(read(tmp_path, {"1998/bridge-closed": entry(claims)}), "bridge-closed")
    assert text.count('class="claim-origins"') == 1
    assert "0 origins" not in text


def test_marks_of_a_claim_stand_in_the_order_of_the_sources(tmp_path: Path) -> None:
    sources = f"sources:\n{source('a')}{source('b')}claims: [{{says: First., sources: [b, a]}}]"
    text = text_of(read(tmp_path, {"1998/bridge-closed": entry(sources)}), "bridge-closed")
    claim = text.partition('<ol class="claims">')[2].partition("</ol>")[0]
    assert re.findall('title="Source ([0-9])"', claim) == ["1", "2"]


@pytest.mark.parametrize(("title", "is_told"), [("Closed", False), ("The [old] bridge", False), ("[A notice]", True)])
def test_a_title_in_square_brackets_is_explained_where_one_stands(tmp_path: Path, title: str, is_told: bool) -> None:
    sources = "sources:\n" + source("a", f"title: '{title}'")
    text = text_of(read(tmp_path, {"1998/bridge-closed": entry(sources)}), "bridge-closed")
    assert ("A title in square brackets is a description of ours." in text) is is_told


def test_a_page_shows_how_an_event_came_to_be_regarded_and_who_answered_meanwhile(tmp_path: Path) -> None:
    history = "certainty: {1998-03-18: claimed, 1998-04-02: confirmed}"
    denial = "title: It is denied\ndate: 1998-03-20\nreported: 1998-03-20\nrelations: [denies: bridge-closed]"
    events = {"1998/bridge-closed": entry(history), "1998/denial": entry(denial)}
    strip = text_of(read(tmp_path, events), "bridge-closed").partition('<ol class="standing"')[2].partition("</ol>")[0]
    held = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", strip.partition(">")[2])).strip()
    assert held == "Claimed 18 Mar 1998 Denied 20 Mar 1998 Confirmed 2 Apr 1998"
    assert 'href="../../events/denial/" title="It is denied"' in strip


def test_an_event_that_was_always_regarded_alike_needs_no_strip(tmp_path: Path) -> None:
    assert 'class="standing"' not in text_of(read(tmp_path, {"1998/bridge-closed": entry()}), "bridge-closed")


def test_the_address_of_a_claim_stays_when_another_is_put_before_it(tmp_path: Path) -> None:
    event = read(tmp_path, {"1998/bridge-closed": entry(CLAIMS)}).events[0]
    before = dict(zip((claim.says for claim in event.claims), addresses_of(event.claims), strict=True))
    moved = tuple(reversed(event.claims))
    assert dict(zip((claim.says for claim in moved), addresses_of(moved), strict=True)) == before
    assert len(set(before.values())) == 4


def test_the_address_of_a_claim_never_leads_to_other_words(tmp_path: Path) -> None:
    claim = read(tmp_path, {"1998/bridge-closed": entry(CLAIMS)}).events[0].claims[0]
    changed = claim.model_copy(update={"says": "Another."})
    assert addresses_of((claim,)) != addresses_of((changed,))
    assert len(set(addresses_of((claim, claim)))) == 2


def test_numbers_have_addresses_of_their_own(tmp_path: Path) -> None:
    event = read(tmp_path, {"1998/bridge-closed": entry(CLAIMS)}).events[0]
    (address,) = addresses_of(event.figures)
    assert re.fullmatch(r"f-[0-9a-f]{8}", address)
    assert f'id="{address}" href="#{address}"' in text_of(
        read(tmp_path, {"1998/bridge-closed": entry(CLAIMS)}), "bridge-closed"
    )


def test_a_citation_names_the_day_of_the_last_change_and_not_that_of_the_event(tmp_path: Path) -> None:
    corrected = "corrections: [{date: 2024-06-11, what: This is that, why: A slip}]"
    chronology = read(tmp_path, {"1998/bridge-closed": entry(corrected)})
    citation = citation_of(chronology.events[0], chronology, "0123456789abcdef")
    words = "The editors, “Bridge closed”, The bridge, changed last on 11 June 2024, version 01234567, "
    assert (citation.words, citation.version) == (words, "01234567")


def test_the_days_of_a_page_are_those_of_the_entry(tmp_path: Path) -> None:
    text = text_of(read(tmp_path, {"1998/bridge-closed": entry()}), "bridge-closed")
    assert 'published: "2024-05-02"\nmodified: "2024-05-02"' in text
    assert "1998" not in text.partition("cite:")[0]


def test_a_page_names_a_picture_only_where_one_is_made(tmp_path: Path) -> None:
    chronology = read(tmp_path, {"1998/bridge-closed": entry()})
    assert 'image: "events/bridge-closed.png"' in text_of(chronology, "bridge-closed", pictures=True)
    assert "image:" not in text_of(chronology, "bridge-closed")


def test_a_source_that_is_gone_says_so_and_leads_to_its_copy(tmp_path: Path) -> None:
    copy = "https://web.archive.org/web/19980320101500/https://a.example.org/1"
    for word, archive, leads_to, told in (
        ("gone", copy, copy, "The page is gone from its address; the title leads to the archived copy."),
        ("gone", "", "https://a.example.org/1", "The page is gone from its address; no archived copy is known."),
        ("moved", copy, "https://a.example.org/1", "Archived copy."),
        ("live", "", "https://a.example.org/1", "Origin: The Gazette."),
    ):
        archived = f", archive: '{archive}'" if archive else ""
        plain = "{url: https://a.example.org/1, title: Closed, publisher: The Gazette, type: newspaper, "
        sources = f"sources:\n  a: {plain}url_status: {word}{archived}}}"
        text = text_of(read(tmp_path, {"1998/bridge-closed": entry(sources)}), "bridge-closed").partition("## Sources")[2]
        assert f'<p class="source-title"><a href="{leads_to}"' in text
        assert told in re.sub("<[^>]*>", "", text)
        assert text.count(f'href="{archive}"') == bool(archive)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(path=AXE)
    page.goto(address + BRIDGE)
    yield page
    context.close()
    assert errors == []


def test_a_click_on_a_footnote_opens_its_source_in_place(page: Page) -> None:
    page.locator(".footnote-ref").first.click()
    expect(page.locator(".note:popover-open")).to_contain_text("Notice 14/98")
    assert "#fn" not in page.evaluate("location.href")
    page.keyboard.press("Escape")
    expect(page.locator(".note")).to_have_count(0)


def test_a_key_opens_a_footnote_and_the_focus_comes_back_to_it(page: Page) -> None:
    first = page.locator(".footnote-ref").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_contain_text("Notice 14/98")
    expect(first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.locator(".note :focus")).to_be_attached()
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-expanded", "false")


def test_an_open_note_breaks_no_rule_of_accessibility(page: Page) -> None:
    page.locator(".footnote-ref").first.click()
    expect(page.locator(".note")).to_be_visible()
    assert violations(page) == []


def test_a_tap_opens_a_footnote_within_the_screen(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + BRIDGE)
    for reference in (page.locator(".footnote-ref").first, page.locator(".figure .footnote-ref").last):
        reference.scroll_into_view_if_needed()
        reference.tap()
        expect(page.locator(".note")).to_be_visible()
        box = page.locator(".note").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 844
        page.locator(".note button").tap()
        expect(page.locator(".note")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_a_note_leads_to_the_list_and_leaves_no_second_name_on_the_page(page: Page) -> None:
    page.locator(".claim .footnote-ref").first.click()
    expect(page.locator(".note")).to_be_visible()
    assert page.evaluate("document.querySelectorAll('[id=\"fn:notice\"]').length") == 1
    page.get_by_role("link", name="In the list of sources").click()
    expect(page).to_have_url(re.compile("#fn:notice$"))
    expect(page.locator(".note")).to_have_count(0)


def test_without_scripts_a_footnote_is_a_link_to_the_source_and_the_citation_is_whole(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + BRIDGE)
    page.locator(".footnote-ref").first.click()
    expect(page).to_have_url(re.compile("#fn:notice$"))
    cite = page.locator(".cite-text").inner_text()
    assert cite.startswith("The editors of the bridge chronology, “Harbour bridge closed after a crack is found”")
    assert "changed last on 11 June 2024, version " in cite
    assert cite.endswith(f"/{BRIDGE}.")
    context.close()


def test_in_print_every_source_stands_in_full_and_no_note_and_no_button(page: Page) -> None:
    page.locator(".footnote-ref").first.click()
    expect(page.locator(".note")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".sources li").filter(visible=True)).to_have_count(page.locator(".sources li").count())
    expect(page.locator(".note, .address, .cite button").filter(visible=True)).to_have_count(0)
    expect(page.locator(".cite-text")).to_be_visible()


def test_the_address_of_a_claim_is_copied_by_a_click_and_leads_to_it(page: Page) -> None:
    claim = page.locator("#claim-2")
    claim.hover()
    link = claim.locator(".address")
    expect(link).to_have_css("opacity", "1")
    link.click()
    expect(page.get_by_role("status").filter(has_text="Address copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(rf"/{BRIDGE}#c-[0-9a-f]{{8}}$", copied)
    expect(page).to_have_url(re.compile(copied.partition("#")[2] + "$"))


def test_a_reader_is_told_when_the_claim_of_an_address_has_changed(page: Page, address: str) -> None:
    page.goto(address + "about/")
    page.goto(address + BRIDGE + "#c-00000000")
    expect(page.locator(".changed-words")).to_contain_text("The claim that this address led to has been changed")
    page.goto(address + BRIDGE + "#claim-1")
    expect(page.locator(".changed-words")).to_have_count(0)


def test_the_citation_is_copied_with_the_day_of_access(page: Page) -> None:
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").filter(has_text="Citation copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(rf"version [0-9a-f]{{8}}, http\S+/{BRIDGE}, accessed \d{{1,2}} \w+ \d{{4}}\.$", copied)


def test_numbers_stand_first_on_a_phone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + BRIDGE)
    row = page.locator("#figure-1")
    value, measure = row.locator(".figure-value").bounding_box(), row.locator("th").bounding_box()
    assert value
    assert measure
    assert value["y"] < measure["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_other_sites_are_told_what_a_page_is(page: Page, address: str) -> None:
    found = dict(
        page.evaluate("[...document.querySelectorAll('meta[property], meta[name]')].map(m => "
                      "[m.getAttribute('property') ?? m.name, m.content])")
    )  # fmt: skip
    assert found["og:title"] == "Harbour bridge closed after a crack is found"
    assert found["og:type"] == "article"
    assert found["og:url"].endswith(BRIDGE)
    assert (found["article:published_time"], found["article:modified_time"]) == ("2024-05-02", "2024-06-11")
    assert found["og:image"].endswith("events/harbour-bridge-closed.png")
    picture = page.request.get(address + "events/harbour-bridge-closed.png")
    assert picture.body().startswith(b"\x89PNG")
