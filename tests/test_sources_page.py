"""Sources and voices: the list and its filters, who relays whom, and what each actor said."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from chronicle.model import Chronology
from chronicle.pages import make_pages
from chronicle.pages.addresses import publisher_slugs
from chronicle.pages.voices import Voices, said_by
from small import entry, read
from test_accessibility import AXE, violations

RELAYED = """
claims:
  - {by: mayor, says: It was *closed*., sources: [a, b]}
  - {by: harbour, says: It was not., sources: [b]}
figures:
  - {measure: vehicles, value: about 40, by: mayor, as_of: 1998-03-18, sources: [a]}
actors: [mayor]
sources:
  a: {url: https://a.example.org/1, title: A, publisher: The Gazette, published: 1998-03-18, type: newspaper, relays: [mayor]}
  b: {url: https://b.example.org/1, title: B, publisher: The Wire, published: 1998-03, type: newspaper, relays: [herald, mayor]}
  c: {url: https://c.example.org/1, title: C, publisher: The Gazette, published: 1998-03-18, type: newspaper}
"""


@pytest.fixture
def chronology(tmp_path: Path) -> Chronology:
    return read(tmp_path, {"1998/bridge-closed": entry(RELAYED), "1998/again": entry("title: Again\n" + RELAYED)})


def voices(chronology: Chronology) -> Voices:
    return Voices(chronology, publisher_slugs(chronology))


def text_of(chronology: Chronology, path: str) -> str:
    digests = {event.path: event.slug for event in chronology.events}
    return next(page.make() for page in make_pages(chronology, digests) if page.path == path)


def test_one_address_counts_once_however_many_events_cite_it(chronology: Chronology) -> None:
    found = [
        (one.publisher.label, one.sources, one.own, [(relayed.name.slug, relayed.number) for relayed in one.relays])
        for one in voices(chronology).relayers
    ]
    assert found == [("The Gazette", 2, 1, [("mayor", 1)]), ("The Wire", 1, 0, [("herald", 1), ("mayor", 1)])]


def test_origins_are_counted_by_the_rules_of_origins(chronology: Chronology) -> None:
    found = {s.origin.slug: (s.is_actor, s.events, s.sources, s.publishers) for s in voices(chronology).springs}
    assert found == {"mayor": (True, 2, 2, 2), "harbour": (True, 2, 1, 1), "gazette": (True, 2, 1, 1)}


def test_an_actor_is_told_whom_it_relays_and_who_relays_it(chronology: Chronology) -> None:
    wire = voices(chronology).of("wire", ())
    assert [(one.name.slug, one.number) for one in wire.relays] == [("herald", 1), ("mayor", 1)]
    mayor = voices(chronology).of("mayor", chronology.events)
    assert [(one.name.label, one.number) for one in mayor.relayed_by] == [("The Gazette", 1), ("The Wire", 1)]
    assert [(one.name.slug, one.number) for one in mayor.others] == [("harbour", 2)]


def test_the_page_of_an_actor_tells_what_it_said_with_the_address_of_each(chronology: Chronology) -> None:
    said = said_by("mayor", chronology.events, chronology)["bridge-closed"]
    assert [(str(one.words), one.value) for one in said] == [("It was <em>closed</em>.", ""), ("Vehicles", "about 40")]
    page, event = text_of(chronology, "actors/mayor/index.md"), text_of(chronology, "events/bridge-closed/index.md")
    for one in said:
        assert f'href="../../events/bridge-closed/#{one.address}"' in page
        assert f'id="{one.address}"' in event
    assert "It was not." not in page


def test_the_page_of_an_actor_names_those_who_count_as_one_voice_with_it(chronology: Chronology) -> None:
    row = text_of(chronology, "actors/herald/index.md").partition("Counted as one voice with")[2].partition("</div>")[0]
    assert re.findall(r"actors/([\w-]+)/", row) == ["harbour", "spokesman"]


def test_the_list_names_every_source_with_the_events_that_rest_on_it(chronology: Chronology) -> None:
    text = text_of(chronology, "sources/index.md")
    assert text.count("<li data-type=") == 3
    assert text.count('href="../events/bridge-closed/"') == 3
    assert text.count('href="../events/again/"') == 3


def test_a_publisher_cannot_take_the_place_of_the_page_of_relays(tmp_path: Path) -> None:
    named = entry().replace("publisher: The Gazette", "publisher: Who relays whom")
    slugs = publisher_slugs(read(tmp_path, {"1998/bridge-closed": named}))
    (slug,) = slugs.values()
    assert slug.startswith("who-relays-whom-")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(path=AXE)
    page.goto(address + "sources/")
    yield page
    page.close()
    assert errors == []


def shown(page: Page) -> int:
    return int(page.evaluate("[...document.querySelectorAll('.cited > li')].filter(w => !w.closest('[hidden]')).length"))


def test_a_filter_leaves_what_fits_and_stands_in_the_address(page: Page) -> None:
    everything = shown(page)
    page.get_by_label("Language").select_option("fr")
    expect(page).to_have_url(re.compile(r"[?&]language=fr$"))
    assert 0 < shown(page) < everything
    expect(page.get_by_role("status")).to_have_text(f"{shown(page)} of {everything} sources")
    assert page.locator(".publisher:visible").count() == page.locator(".publisher[open]:visible").count() > 0


def test_a_filtered_list_breaks_no_rule_of_accessibility(page: Page) -> None:
    page.get_by_label("Language").select_option("fr")
    expect(page.get_by_role("status")).to_contain_text(" of ")
    assert violations(page) == []


def test_back_and_forward_lead_from_one_choice_to_the_other(page: Page) -> None:
    everything = shown(page)
    page.get_by_label("Type").select_option("government")
    expect(page.get_by_role("status")).to_contain_text(" of ")
    fewer = shown(page)
    page.go_back()
    expect(page.get_by_role("status")).to_have_text(f"{everything} sources")
    assert shown(page) == everything
    expect(page.get_by_label("Type")).to_have_value("")
    page.go_forward()
    expect(page.get_by_role("status")).to_have_text(f"{fewer} of {everything} sources")
    assert shown(page) == fewer < everything


def test_a_filtered_list_can_be_sent(page: Page, address: str) -> None:
    page.goto(address + "sources/?publisher=the-ellery-gazette&year=1998&type=nonsense")
    expect(page.locator(".publisher:visible")).to_have_count(1)
    expect(page.get_by_label("Publisher")).to_have_value("the-ellery-gazette")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_label("Publisher")).to_have_value("")
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("publisher="))


def test_each_choice_says_how_many_sources_it_would_leave(page: Page) -> None:
    option = page.get_by_label("Language").locator("option[value=fr]").inner_text()
    page.get_by_label("Language").select_option("fr")
    expect(page.get_by_role("status")).to_contain_text(" of ")
    assert option.endswith(f"({shown(page)})")
    expect(page.get_by_label("Publisher").locator("option:disabled").first).to_be_attached()


def test_without_scripts_the_list_is_whole_and_no_filter_is_shown(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "sources/")
    assert page.locator(".source-filters:visible").count() == 0
    page.locator(".publisher summary").first.click()
    assert page.locator(".cited > li:visible").count() > 0
    context.close()


def test_who_relays_whom_stands_on_a_page_of_its_own(page: Page) -> None:
    page.get_by_role("link", name="Who relays whom, and how often").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who relays whom")
    expect(page.locator(".relays")).to_have_count(2)
