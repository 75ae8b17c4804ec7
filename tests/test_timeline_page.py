"""The timeline in a real browser: filters, the day, the address, keys, paper, and what it fetches when."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from chronicle.load import load
from chronicle.model import Chronology, Event
from chronicle.model.origins import origins_of_event
from chronicle.model.standing import as_known_on
from chronicle.pages.cards import Card, Cards
from chronicle.pages.changes import changes_between
from chronicle.pages.event import actors_in
from chronicle.pages.facets import facets_of, fold, origin_counts, texts_json, timeline_json, words_in
from chronicle.pages.timeline import years_of
from conftest import lay_out
from histories import DAYS, FIRST_DAY, share, write_histories
from served import build, serve, visit

SIZE = 60
SEEDED = tuple(FIRST_DAY + timedelta(days=day) for day in sorted(Random(9).sample(range(-5, DAYS + 150), 30)))
SMALLEST_TARGET = 44
CARDS = """() => [...document.querySelectorAll('.month .event')].filter((item) => item.checkVisibility()).map((item) => ({
  slug: item.querySelector('.event-title a').getAttribute('href').match(/events\\/([^/]+)/)[1],
  word: item.className.match(/event--(confirmed|claimed|disputed)/)[1],
  mark: item.querySelector('.certainty').className.match(/certainty--(\\w+)/)[1],
  certainty: item.querySelector('.certainty').textContent,
  rests: item.querySelector('.event-origins').textContent,
  origins: item.querySelector('.event-origins').title,
  standing: (item.querySelector('.event-standing')?.textContent ?? '').replaceAll('\u00a0', ' '),
  sentence: item.querySelector('.event-sentence').textContent,
}))"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_histories(tmp_path_factory.mktemp("timeline") / "project", SIZE)
    share(root)
    build(root, root / "site")
    return root


@pytest.fixture(scope="module")
def chronology(root: Path) -> Chronology:
    found = load(root).chronology
    assert found
    return found


@pytest.fixture(scope="module")
def timeline(root: Path) -> Iterator[str]:
    """The address of the timeline of a chronology in which much changes."""
    with serve(root / "site") as address:
        yield f"{address}timeline/"


def result(page: Page) -> str:
    return page.locator(".filters-result").inner_text()


def shown(page: Page) -> list[str]:
    return [card["slug"] for card in page.evaluate(CARDS)]


def expect_result(page: Page, words: str) -> None:
    expect(page.locator(".filters-result")).to_have_text(words)


def choose(page: Page, facet: str, value: str) -> None:
    """Opens a facet and ticks one of its choices, as a reader does."""
    box = page.locator(f"input[name={facet}][value='{value}']")
    if not box.is_visible():
        page.locator(".facet", has=box).locator("summary").click()
    box.click()


def number_beside(page: Page, facet: str, value: str) -> int:
    label = page.locator("label.choice", has=page.locator(f"input[name={facet}][value='{value}']"))
    return 0 if label.get_attribute("hidden") is not None else int(label.locator(".choice-number").text_content() or 0)


def in_list_order(chronology: Chronology) -> list[str]:
    return [card.slug for year in years_of(Cards(chronology)) for month in year.months for card in month.cards]


# What the build writes


def test_the_file_for_the_browser_is_the_same_twice_and_names_every_event(chronology: Chronology) -> None:
    text = timeline_json(chronology)
    assert text == timeline_json(chronology)
    assert set(json.loads(text)["events"]) == set(chronology.event_by_slug) == set(json.loads(texts_json(chronology)))


def test_every_choice_says_how_many_events_it_would_leave(chronology: Chronology) -> None:
    numbers = {(facet.name, choice.slug): choice.number for facet in facets_of(chronology) for choice in facet.choices}
    assert numbers["topic", "safety"] == sum("safety" in event.topics for event in chronology.events)
    assert numbers["actor", "mayor"] == sum("mayor" in actors_in(event) for event in chronology.events)
    assert min(numbers.values()) > 0
    origins = [len(origins_of_event(event, chronology)) for event in chronology.events]
    assert origin_counts(chronology)["2+"] == sum(number >= 2 for number in origins)
    assert origin_counts(chronology)["1"] == origins.count(1)


def test_words_are_folded_so_that_accents_and_case_do_not_matter() -> None:
    assert fold("Éastern ЁЖ Straße") == "eastern еж straße"
    assert words_in("The pier, the Pier’s") == " the pier s"


# The day, against the function that knows


def test_on_many_days_every_card_says_what_as_known_on_says(page: Page, timeline: str, chronology: Chronology) -> None:
    page.goto(timeline)
    for day in SEEDED:
        page.locator("[name=known]").fill(day.isoformat())
        known = as_known_on(day, chronology)
        expect(page.locator(".filters-result")).to_contain_text(f"{day.day} {day:%B %Y}")
        cards = {event.slug: Cards(known).of(event) for event in known.events}
        assert page.evaluate(CARDS) == [_card(cards[slug]) for slug in in_list_order(chronology) if slug in cards], day


def _card(card: Card) -> dict[str, str]:
    return {
        "slug": card.slug, "word": card.certainty, "mark": card.certainty, "certainty": card.certainty_name,
        "rests": card.rests_on, "origins": card.origins, "standing": card.standing, "sentence": card.sentence,
    }  # fmt: skip


def test_on_a_day_the_drawing_says_what_as_known_on_says_of_what_is_filtered_out_as_well(
    page: Page, timeline: str, chronology: Chronology
) -> None:
    for day in SEEDED[::5]:
        page.goto(f"{timeline}?known={day}&topic=money")
        expect(page.locator(".filters-result")).to_contain_text("known on")
        page.locator("input[name=topic][value=safety]").dispatch_event("click")
        known = as_known_on(day, chronology).events
        fitting = sum(not {"money", "safety"}.isdisjoint(event.topics) for event in known)
        expect(page.locator(".filters-result")).to_contain_text(f"{fitting} of " if fitting else "None of ")
        expect(page).to_have_url(re.compile("topic=safety"))
        marks = page.locator(".drawing .mark:not([hidden])").evaluate_all(
            r"all => all.map(m => [m.href.baseVal, m.className.baseVal.match(/mark--(\w+)/)[1], m.ariaLabel.match(/\w+$/)[0]])"
        )
        told = {f"../events/{e.slug}/?known={day}": e.certainty_now for e in known if e.date.earliest or e.date.latest}
        assert {href: word for href, word, _ in marks} == told
        assert all(name.lower() == word for _, word, name in marks)


def test_a_search_on_an_earlier_day_shows_nothing_that_was_not_public(
    page: Page, timeline: str, chronology: Chronology
) -> None:
    known = as_known_on(date(1998, 5, 1), chronology).events
    page.goto(f"{timeline}?known=1998-05-01")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    years = dialog.get_by_role("group", name="Year").locator("label").filter(visible=True)
    counted = Counter(str(event.year) for event in known if event.year)
    expect(years).to_have_text([f"{year} {counted[year]}" for year in sorted(counted, reverse=True)], use_inner_text=True)
    expect(dialog.locator("summary:visible", has_text=re.compile("Certainty|Actor"))).to_have_count(0)
    dialog.get_by_role("searchbox").fill("pier")
    expect(dialog.get_by_role("status")).to_contain_text("known on 1 May 1998")
    expect(dialog).to_contain_text("the words are sought in the texts as they stand now")
    while dialog.locator(".search-more").is_visible():
        before = dialog.locator(".search-result").count()
        dialog.locator(".search-more").click()
        expect(dialog.locator(".search-result").nth(before)).to_be_attached()
    links = dialog.locator(".search-title").evaluate_all(
        r"all => all.map(a => a.href.match(/events\/([^/]+)\/\?known=1998-05-01$/)[1])"
    )
    assert set(links) <= {event.slug for event in known}
    assert links
    assert dialog.locator(".search-result .certainty, .search-excerpt").count() == 0


def test_a_day_that_is_none_is_now_to_the_search_as_well(page: Page, timeline: str) -> None:
    page.goto(f"{timeline}?known=1998-02-30")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("group", name="Year").locator("label").first).to_be_visible()
    expect(dialog.locator("summary:visible", has_text=re.compile("Certainty|Actor"))).to_have_count(2)


def test_back_to_now_everything_stands_as_the_build_made_it(page: Page, timeline: str) -> None:
    page.goto(timeline)
    before = page.evaluate(CARDS)
    page.locator("[name=known]").fill("1998-06-01")
    expect(page.locator(".filters-result")).to_contain_text("known on 1 June 1998")
    expect(page.locator(".lead")).to_contain_text("known on 1 June 1998, oldest first.")
    assert page.evaluate(CARDS) != before
    page.get_by_role("button", name="Back to now").click()
    expect_result(page, f"{SIZE} events")
    assert page.evaluate(CARDS) == before
    expect(page).to_have_url(timeline)


def test_the_slider_stops_at_the_days_on_which_something_became_public(
    page: Page, timeline: str, chronology: Chronology
) -> None:
    page.goto(timeline)
    days = sorted({event.since_known for event in chronology.events})
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("[name=known]")).to_have_value(days[0].isoformat())
    expect(slider).to_have_attribute("aria-valuetext", f"{days[0].day} {days[0]:%B %Y}")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=known]")).to_have_value(days[1].isoformat())
    page.keyboard.press("End")
    expect(page.locator("[name=known]")).to_have_value("")
    expect(slider).to_have_attribute("aria-valuetext", "now")


def test_a_card_of_a_day_leads_to_the_page_of_that_day(page: Page, timeline: str) -> None:
    page.goto(f"{timeline}?known=1998-06-01")
    expect(page.locator(".filters-result")).to_contain_text("1 June 1998")
    page.locator(".event:not([hidden]) .event-title a").first.click()
    page.wait_for_url("**/events/*/?known=1998-06-01")


def test_what_changed_between_two_days_is_what_the_function_says(
    page: Page, timeline: str, chronology: Chronology
) -> None:
    for since, until in (("1998-02-01", "1998-05-01"), ("1998-05-01", "1998-12-01"), ("1998-12-01", "1999-06-01")):
        page.goto(f"{timeline}?since={since}&known={until}")
        expect(page.get_by_role("heading", name="What changed between")).to_be_visible()
        known = [as_known_on(date.fromisoformat(day), chronology) for day in (since, until)]
        changes = changes_between(known[0], known[1])
        lists = page.locator(".changes-list").evaluate_all(
            r"all => all.map(list => [...list.querySelectorAll('a')].map(a => a.href.match(/events\/([^/]+)/)[1]))"
        )
        changed = {change.slug for change in changes.changed}
        expected = [[e.slug for e in chronology.events if e.slug in group] for group in (changes.became_known, changed)]
        assert lists == [group for group in expected if group]
        for change in changes.changed:
            note = page.locator(".changes li", has=page.locator(f"a[href*='/{change.slug}/']")).inner_text()
            assert all(word in note for word in change.answers)
            assert (f"{change.before}, then {change.after}" in note) == (change.before != change.after)


# The filters


def test_choices_of_one_facet_are_alternatives_and_facets_narrow_each_other(
    page: Page, timeline: str, chronology: Chronology
) -> None:
    page.goto(timeline)
    choose(page, "topic", "safety")
    choose(page, "topic", "money")
    choose(page, "kind", "repair")
    fitting = [e.slug for e in chronology.events if {"safety", "money"} & set(e.topics) and e.kind == "repair"]
    expect_result(page, f"{len(fitting)} of {SIZE} events")
    assert set(shown(page)) == set(fitting)


def test_counts_beside_choices_follow_the_other_filters(page: Page, timeline: str, chronology: Chronology) -> None:
    random = Random(4)
    page.goto(timeline)
    choose(page, "certainty", "claimed")
    claimed = [event for event in chronology.events if event.certainty_now == "claimed"]
    expect_result(page, f"{len(claimed)} of {SIZE} events")
    for facet, having in (("topic", lambda e: e.topics), ("actor", actors_in), ("place", lambda e: e.places)):
        slugs = sorted({slug for event in chronology.events for slug in having(event)})
        for slug in random.sample(slugs, min(3, len(slugs))):
            assert number_beside(page, facet, slug) == sum(slug in having(event) for event in claimed), slug
    words = ("confirmed", "claimed", "disputed")  # its own facet is counted as if nothing were chosen in it
    assert [number_beside(page, "certainty", word) for word in words] == [
        sum(event.certainty_now == word for event in chronology.events) for word in words
    ]
    assert number_beside(page, "origins", "2+") == sum(len(origins_of_event(e, chronology)) >= 2 for e in claimed)


def test_a_number_of_origins_can_be_asked_for(page: Page, timeline: str, chronology: Chronology) -> None:
    numbers = {event.slug: len(origins_of_event(event, chronology)) for event in chronology.events}
    page.goto(timeline)
    choose(page, "origins", "1")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    assert set(shown(page)) == {slug for slug, number in numbers.items() if number == 1}
    choose(page, "origins", "3+")
    many = {slug for slug, number in numbers.items() if number >= 3}
    expect_result(page, f"{len(many)} of {SIZE} events")
    expect(page).to_have_url(re.compile(r"origins=3%2B"))
    assert set(shown(page)) == many


def test_source_types_are_those_that_the_event_rests_on(page: Page, timeline: str, chronology: Chronology) -> None:
    page.goto(f"{timeline}?source=broadcast")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    resting = {e.slug for e in chronology.events if "broadcast" in {e.sources[handle].type for handle in e.supporting}}
    assert set(shown(page)) == resting


@pytest.mark.parametrize(
    ("query", "stretch"),
    [
        ("from=1998-03-01&to=1998-03-31", (date(1998, 3, 1), date(1998, 3, 31))),
        ("from=1998-03&to=1998-03", (date(1998, 3, 1), date(1998, 3, 31))),
        ("from=1999", (date(1999, 1, 1), date.max)),
        ("to=1997", (date.min, date(1997, 12, 31))),
        ("from=1998-02-11&to=1998-02-11", (date(1998, 2, 11), date(1998, 2, 11))),
    ],
)
def test_dates_are_found_by_overlap_however_vague(
    page: Page, timeline: str, chronology: Chronology, query: str, stretch: tuple[date, date]
) -> None:
    page.goto(f"{timeline}?{query}")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    assert set(shown(page)) == {event.slug for event in chronology.events if event.date.overlaps(*stretch)}


@pytest.mark.parametrize(
    "words", ["menagerie", "MÉNAG", "восточная", "동부", "동", "eastern quay", "crack pier", "mayor"]
)
def test_words_are_found_in_any_spelling_from_their_first_letters(
    page: Page, timeline: str, chronology: Chronology, words: str
) -> None:
    page.goto(timeline)
    page.get_by_role("searchbox", name="Words").fill(words)
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    assert set(shown(page)) == {event.slug for event in chronology.events if _says(event, words, chronology)}
    assert shown(page)


def _says(event: Event, words: str, chronology: Chronology) -> bool:
    records = [chronology.actors[slug] for slug in actors_in(event)] + [
        chronology.places[slug] for slug in event.places
    ]
    names = [name for record in records for name in (record.name, record.label, *record.also)]
    claims = [text for claim in event.claims for text in (claim.says, claim.quote or "")]
    text = words_in(event.title, event.summary, *claims, *names)
    return all(f" {word}" in text for word in fold(words).split())


def test_on_an_earlier_day_later_words_are_not_found(page: Page, timeline: str, chronology: Chronology) -> None:
    day = date(1998, 7, 1)
    page.goto(f"{timeline}?known={day}&words=ferry")
    expect(page.locator(".filters-result")).to_contain_text("1 July 1998")
    known = as_known_on(day, chronology)
    assert set(shown(page)) == {event.slug for event in known.events if _says(event, "ferry", chronology)}
    assert len(shown(page)) < sum(
        _says(chronology.event_by_slug[event.slug], "ferry", chronology) for event in known.events
    )


def test_empty_months_and_years_are_hidden_and_years_are_counted_anew(page: Page, timeline: str) -> None:
    page.goto(f"{timeline}?from=1998-03&to=1998-03")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    assert page.locator(".month:visible").evaluate_all(
        "all => all.every(month => month.querySelector('.event:not([hidden])'))"
    )
    tallies = page.locator(".years span:visible").all_inner_texts()
    assert sum(int(tally.split()[0]) for tally in tallies) == len(shown(page))


def test_what_nothing_fits_is_said(page: Page, timeline: str) -> None:
    page.goto(f"{timeline}?words=zeppelin")
    expect_result(page, f"None of {SIZE} events fits every choice. Take one of them away.")
    expect(page.locator(".lead")).to_contain_text(f"None of {SIZE} events, oldest first.")
    assert shown(page) == []
    page.get_by_role("button", name="Clear all").click()
    expect_result(page, f"{SIZE} events")
    expect(page.locator(".lead")).to_contain_text(f"{SIZE} events, oldest first.")
    assert len(shown(page)) == SIZE
    expect(page.get_by_role("searchbox", name="Words")).to_be_focused()


def test_the_result_is_told_to_those_who_hear_the_page(page: Page, timeline: str) -> None:
    page.goto(timeline)
    expect(page.locator(".filters").get_by_role("status")).to_have_text(f"{SIZE} events")


# The address


def test_a_copied_address_shows_the_same_to_somebody_else(page: Page, timeline: str, browser: Browser) -> None:
    page.goto(timeline)
    choose(page, "topic", "safety")
    choose(page, "certainty", "disputed")
    page.get_by_role("searchbox", name="Words").fill("pier")
    page.locator("[name=known]").fill("1998-10-01")
    expect(page.locator(".filters-result")).to_contain_text("1 October 1998")
    expect(page).to_have_url(re.compile(r"topic=safety&certainty=disputed&words=pier&known=1998-10-01$"))
    with browser.new_context() as fresh:
        other = fresh.new_page()
        other.goto(page.url)
        expect(other.locator(".filters-result")).to_have_text(result(page))
        assert other.evaluate(CARDS) == page.evaluate(CARDS)
        expect(other.get_by_role("searchbox", name="Words")).to_have_value("pier")
        expect(other.locator("input[name=topic]:checked")).to_have_count(1)


def test_back_and_forward_walk_through_the_choices(page: Page, timeline: str, chronology: Chronology) -> None:
    safety = [event for event in chronology.events if "safety" in event.topics]
    one, two = (f"{sum(kind in (None, e.kind) for e in safety)} of {SIZE} events" for kind in (None, "repair"))
    page.goto(timeline)
    choose(page, "topic", "safety")
    expect(page).to_have_url(f"{timeline}?topic=safety")
    expect_result(page, one)
    choose(page, "kind", "repair")
    expect(page).to_have_url(f"{timeline}?topic=safety&kind=repair")
    expect_result(page, two)
    page.go_back()
    expect_result(page, one)
    expect(page.locator("input[name=kind][value=repair]")).not_to_be_checked()
    page.go_back()
    expect_result(page, f"{SIZE} events")
    page.go_forward()
    page.go_forward()
    expect_result(page, two)


def test_typing_is_one_step_for_back(page: Page, timeline: str) -> None:
    page.goto(timeline)
    page.get_by_role("searchbox", name="Words").press_sequentially("ferry")
    expect(page).to_have_url(f"{timeline}?words=ferry")
    page.go_back()
    expect(page).to_have_url(timeline)
    expect_result(page, f"{SIZE} events")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("")


def test_a_choice_may_be_named_by_its_label_and_nonsense_is_passed_over(page: Page, timeline: str) -> None:
    page.goto(f"{timeline}?topic=SAFETY&known=1998-02-30&from=soon&origins=many")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    expect(page.locator("input[name=topic][value=safety]")).to_be_checked()
    page.goto(f"{timeline}?topic=zeppelins")
    expect(page.locator(".filters-result")).to_contain_text("None of")


# Keys, other scripts, search


def test_j_and_k_walk_along_the_shown_events_and_enter_opens(page: Page, timeline: str) -> None:
    page.goto(f"{timeline}?certainty=claimed")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    links = page.locator(".event:not([hidden]) .event-title a")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*/")


def test_where_one_types_j_is_a_letter(page: Page, timeline: str) -> None:
    page.goto(timeline)
    page.get_by_role("searchbox", name="Words").press_sequentially("jk")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("jk")


def test_escape_and_a_press_elsewhere_close_an_open_facet(page: Page, timeline: str) -> None:
    page.goto(timeline)
    facet = page.locator(".facet").first
    facet.locator("summary").click()
    page.keyboard.press("Escape")
    expect(facet).not_to_have_attribute("open", re.compile(""))
    expect(facet.locator("summary")).to_be_focused()
    facet.locator("summary").click()
    page.locator("h1").click()
    expect(facet).not_to_have_attribute("open", re.compile(""))


def test_a_stretch_that_the_drawing_asks_for_becomes_the_dates(page: Page, timeline: str) -> None:
    page.goto(timeline)
    page.evaluate(
        """() => {
          document.addEventListener('timeline:selection', (event) => { window.told = event.detail });
          const detail = { from: '1998-03-01', to: '1998-04-15' };
          document.dispatchEvent(new CustomEvent('timeline:stretch', { detail }));
        }"""
    )
    expect(page).to_have_url(f"{timeline}?from=1998-03-01&to=1998-04-15")
    expect(page.locator("[name=from]")).to_have_value("1998-03-01")
    page.wait_for_function("window.told")
    assert sorted(page.evaluate("window.told.slugs")) == sorted(shown(page))


def test_what_was_chosen_last_is_shown_though_a_choice_before_it_takes_longer(page: Page, timeline: str) -> None:
    waiting: list[Route] = []
    page.route("**/texts.json", lambda route: waiting.append(route))  # noqa: PLW0108  (it marks what it is given)
    page.goto(timeline)
    page.evaluate(
        """() => {
          window.told = [];
          document.addEventListener('timeline:selection', ({ detail }) => window.told.push(detail.state.words));
        }"""
    )
    words = page.get_by_role("searchbox", name="Words")
    with page.expect_request("**/texts.json"):
        words.fill("zeppelin")
    expect(page).to_have_url(f"{timeline}?words=zeppelin")
    words.fill("")
    expect(page).to_have_url(timeline)
    words.fill("ferry")
    waiting[0].continue_()
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    assert page.evaluate("window.told") == ["", "ferry"]


def test_words_are_handed_to_the_search_and_a_search_becomes_a_filtered_timeline(page: Page, timeline: str) -> None:
    page.goto(timeline)
    page.get_by_role("searchbox", name="Words").fill("ferry")
    page.get_by_role("button", name="Search these words").click()
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("searchbox")).to_have_value("ferry")
    expect(dialog.get_by_role("status")).to_contain_text("56 events")
    link = dialog.get_by_role("link", name="Show as filtered timeline")
    place = link.bounding_box()
    dialog.get_by_label("Claimed").check()
    expect(dialog.get_by_role("status")).to_have_text("12 events")
    assert link.bounding_box() == place, "a link that moves while the answer arrives is missed"
    link.click()
    page.wait_for_url(f"{timeline}?*")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("ferry")
    expect(page.locator("input[name=certainty][value=claimed]")).to_be_checked()


# What it costs, and where there are no scripts


def test_nothing_is_fetched_before_a_filter_is_touched(page: Page, timeline: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    visit(page, timeline)
    assert not [url for url in fetched if url.endswith(("events.json", "texts.json", "dossier.js"))]
    with page.expect_request("**/timeline/events.json"):
        page.locator(".facet summary").first.focus()
    assert not [url for url in fetched if url.endswith("texts.json")]
    with page.expect_request("**/timeline/texts.json"):
        page.get_by_role("searchbox", name="Words").focus()


def test_a_file_that_cannot_be_read_is_said_in_words(context: BrowserContext, timeline: str) -> None:
    page = context.new_page()
    page.route("**/events.json", lambda route: route.fulfill(status=404))
    page.goto(f"{timeline}?topic=safety")
    expect_result(page, "The filters could not be loaded. Reload the page.")
    page.close()


def test_without_scripts_the_list_is_whole_and_no_filter_is_offered(browser: Browser, timeline: str) -> None:
    with browser.new_context(java_script_enabled=False) as plain:
        page = plain.new_page()
        page.goto(f"{timeline}?topic=safety")
        expect(page.locator(".filters")).to_be_hidden()
        expect(page.locator(".month .event")).to_have_count(SIZE)
        assert page.locator(".month .event:visible").count() == SIZE


def test_on_a_phone_the_filters_are_behind_one_button_with_large_targets(browser: Browser, timeline: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as phone:
        page = phone.new_page()
        page.goto(timeline)
        toggle = page.get_by_role("button", name="Filter the timeline")
        expect(page.locator(".filter-facets")).to_be_hidden()
        toggle.tap()
        expect(toggle).to_have_attribute("aria-expanded", "true")
        page.locator(".facet summary").first.tap()
        page.locator(".choice input").first.tap()
        expect(page.locator(".filters-result")).to_contain_text(" of ")
        expect(toggle).to_contain_text("1 chosen")
        targets = page.locator(
            ".filters :is(button, summary, .choice, input:not([type=checkbox], [type=radio])):visible"
        )
        assert targets.evaluate_all("all => Math.min(...all.map(one => one.offsetHeight))") >= SMALLEST_TARGET
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_hostile_choices_stay_text(browser: Browser, tmp_path: Path) -> None:
    root = lay_out("hostile", tmp_path)
    build(root, root / "site")
    with serve(root / "site") as address, browser.new_context() as context:
        page = context.new_page()
        errors: list[object] = []
        page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  (it marks what it is given)
        page.goto(f"{address}timeline/?known=2030-01-01&since=1990-01-01&words=%3Cscript%3E")
        expect(page.locator(".filters-result")).to_contain_text("of")
        page.get_by_role("button", name="Clear all").click()
        page.locator("[name=since]").fill("1990-01-01")
        expect(page.get_by_role("heading", name="What changed")).to_be_visible()
        assert page.locator(":is(.filters, .changes, .month) :is(img, script:not([type=module]))").count() == 0
        assert errors == []


# On paper


def test_the_dossier_holds_every_shown_event_with_all_of_its_sources(
    page: Page, timeline: str, chronology: Chronology
) -> None:
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1 }")
    page.goto(f"{timeline}?topic=money&certainty=disputed")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    events = [chronology.event_by_slug[slug] for slug in shown(page)]
    page.get_by_role("button", name="Print this selection").click()
    page.wait_for_function("window.printed === 1")
    page.emulate_media(media="print")
    expect(page.locator(".dossier")).to_be_visible()
    expect(page.locator(".md-container")).to_be_hidden()
    entries = page.locator(".dossier-entry").all_inner_texts()
    assert len(entries) == len(events)
    for event, entry in zip(events, entries, strict=True):
        assert event.title in entry
        assert all(source.title in entry for source in event.sources.values())
        assert all(claim.says in entry for claim in event.claims)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_the_dossier_of_a_day_holds_what_was_public_then(page: Page, timeline: str, chronology: Chronology) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    day = date(1998, 4, 1)
    page.goto(f"{timeline}?known={day}&kind=repair")
    expect(page.locator(".filters-result")).to_contain_text("1 April 1998")
    known = [as_known_on(day, chronology).event_by_slug[slug] for slug in shown(page)]
    page.get_by_role("button", name="Print this selection").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    for event, entry in zip(known, page.locator(".dossier-entry").all(), strict=True):
        assert entry.locator(".sources > li").count() == len(event.sources)
        assert entry.locator(".claim").count() == len(event.claims)


def test_another_choice_makes_the_dossier_untrue_and_takes_it_away(page: Page, timeline: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{timeline}?kind=repair")
    page.get_by_role("button", name="Print this selection").click()
    page.wait_for_function("window.printed")
    expect(page.locator(".dossier")).to_have_count(1)
    choose(page, "topic", "money")
    expect(page.locator(".dossier")).to_have_count(0)


def test_a_dossier_that_another_choice_has_overtaken_is_not_printed(page: Page, timeline: str) -> None:
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1 }")
    waiting: list[Route] = []
    page.goto(f"{timeline}?kind=repair")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    page.route("**/events/*/", lambda route: waiting.append(route), times=1)  # noqa: PLW0108  (as above)
    with page.expect_request("**/events/*/"):
        page.get_by_role("button", name="Print this selection").click()
    choose(page, "topic", "money")
    expect(page).to_have_url(re.compile("topic=money"))
    slugs, said = shown(page), result(page)
    waiting[0].continue_()
    page.get_by_role("button", name="Print this selection").click()
    page.wait_for_function("window.printed")
    expect(page.locator(".dossier-entry")).to_have_count(len(slugs))
    expect(page.locator(".dossier > header > p").first).to_have_text(said)
    assert page.evaluate("window.printed") == 1


def test_a_selection_prints_as_it_is_shown(page: Page, timeline: str) -> None:
    page.goto(f"{timeline}?kind=repair")
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    slugs = shown(page)
    page.emulate_media(media="print")
    expect(page.locator(".filters-body")).to_be_hidden()
    expect(page.locator(".filters-result")).to_be_visible()
    assert shown(page) == slugs
