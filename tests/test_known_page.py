"""As known on a day: what the pages know of each day is what `as_known_on` says, in Python and in a real browser."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from chronicle.load import load
from chronicle.model import Chronology, Event
from chronicle.model.origins import origin_label, origins_of_event, origins_of_sources
from chronicle.model.standing import as_known_on, standing_of
from chronicle.pages.cards import Cards, first_sentence
from chronicle.pages.changes import changes_between
from chronicle.pages.days import (
    actor_days,
    certainty_over,
    event_days,
    figure_days,
    rests_over,
    source_days,
    summary_over,
    told_day,
)
from chronicle.pages.event import actors_in
from chronicle.pages.figures import measure_tables
from conftest import ROOT, lay_out
from histories import DAYS, FIRST_DAY, share, write_histories
from served import build, serve

SEEDED = tuple(FIRST_DAY + timedelta(days=day) for day in sorted(Random(5).sample(range(-5, DAYS + 120), 24)))
FAR = date(2100, 1, 1)


@pytest.fixture(scope="module")
def chronology(tmp_path_factory: pytest.TempPathFactory) -> Chronology:
    found = load(write_histories(tmp_path_factory.mktemp("histories"), 60)).chronology
    assert found
    return found


def _holding(over: tuple[tuple[date, object], ...], day: date) -> object:
    return [word for since, word in over if since <= day][-1]


def test_every_part_of_an_event_is_public_on_the_days_that_as_known_on_says(chronology: Chronology) -> None:
    for day in SEEDED:
        for event in as_known_on(day, chronology).events:
            whole = chronology.event_by_slug[event.slug]
            days = source_days(whole)
            assert {handle for handle, since in days.items() if since <= day} == set(event.sources)
            assert [c.says for c in whole.claims if told_day(c, days) <= day] == [c.says for c in event.claims]
            assert [f.value for f in whole.figures if told_day(f, days) <= day] == [f.value for f in event.figures]
            assert {slug for slug, since in actor_days(whole, days).items() if since <= day} == set(actors_in(event))


def test_what_is_said_of_an_event_on_a_day_is_what_as_known_on_makes_of_it(chronology: Chronology) -> None:
    def number(handles: tuple[str, ...]) -> str:
        return str(len(handles))

    for day in SEEDED:
        for event in as_known_on(day, chronology).events:
            whole = chronology.event_by_slug[event.slug]
            days = source_days(whole)
            assert _holding(certainty_over(whole), day) == event.certainty_now
            assert _holding(summary_over(whole, days, first_sentence), day) == first_sentence(event.summary)
            assert _holding(rests_over(whole.supporting, whole, days, number), day) == str(len(event.supporting))


def test_a_figure_is_listed_from_the_day_of_its_first_source(chronology: Chronology) -> None:
    days = figure_days(chronology)
    for day in SEEDED:
        tables = measure_tables(as_known_on(day, chronology))
        known = sum(len(table.figures) for table in tables)
        assert known == sum(since <= day.isoformat() for since in days.values())


def test_what_never_changed_bears_no_mark(chronology: Chronology) -> None:
    for event in chronology.events:
        days = event_days(event, chronology)
        assert all(since > days.known for since in (*days.sources.values(), *days.claims, *days.figures) if since)
        for steps in (days.certainty, days.rests_on, days.origins, *days.claim_origins):
            assert not steps or len(json.loads(steps)) > 1


def test_changes_between_two_days_are_new_events_other_certainties_and_first_answers(chronology: Chronology) -> None:
    first, second = date(1998, 4, 1), date(1998, 9, 1)
    before, after = as_known_on(first, chronology), as_known_on(second, chronology)
    changes = changes_between(before, after)
    assert changes.became_known == tuple(e.slug for e in after.events if first < e.since_known <= second)
    assert all(change.before != change.after or change.answers for change in changes.changed)
    for change in changes.changed:
        assert change.before == before.event_by_slug[change.slug].certainty_now
        assert change.after == after.event_by_slug[change.slug].certainty_now
    untouched = set(before.event_by_slug) - {change.slug for change in changes.changed}
    for slug in untouched:
        assert Cards(before).of(before.event_by_slug[slug]).standing == Cards(after).of(after.event_by_slug[slug]).standing


def test_between_a_day_and_itself_nothing_changed(chronology: Chronology) -> None:
    known = as_known_on(date(1998, 9, 1), chronology)
    changes = changes_between(known, known)
    assert changes.became_known == ()
    assert changes.changed == ()


def test_an_answer_of_a_kind_that_was_there_before_is_no_change(tmp_path: Path) -> None:
    root = lay_out("project", tmp_path)
    whole = load(root).chronology
    assert whole
    changed = changes_between(as_known_on(date(1998, 3, 20), whole), as_known_on(date(1998, 9, 1), whole)).changed
    (letters,) = (change for change in changed if change.slug == "residents-report-crack")
    assert letters.answers == ("denied", "acknowledged")
    after = as_known_on(date(1998, 4, 10), whole), as_known_on(date(1998, 9, 1), whole)
    assert [change.answers for change in changes_between(*after).changed if change.slug == letters.slug] == [("acknowledged",)]


# In the browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("site") / "project"
    share(write_histories(root, 60))
    build(root, root / "site")
    with serve(root / "site") as address:
        yield address


def _seen(page: Page, selector: str) -> list[str]:
    """What a reader sees of some parts, blanks made one."""
    texts = page.locator(f"{selector}:visible").all_inner_texts()
    return [" ".join(text.split()) for text in texts]


def test_the_page_of_an_event_shows_on_any_day_what_the_page_of_that_day_would(
    page: Page, site: str, chronology: Chronology
) -> None:
    random = Random(11)
    for day in SEEDED[::3]:
        known = as_known_on(day, chronology)
        for event in random.sample(known.events, min(2, len(known.events))):
            page.goto(f"{site}events/{event.slug}/?known={day}")
            expect(page.locator(".known-banner")).to_be_visible()
            _compare(page, event, known)


def _compare(page: Page, event: Event, known: Chronology) -> None:
    shown, card = _seen(page, ".claimant"), Cards(known).of(event)
    for claim in event.claims:
        labels = ", ".join(origin_label(o, known) for o in origins_of_sources(claim.sources, event, known))
        assert [text for text in shown if claim.says in text and f": {labels}" in text]
    assert _number(page, ".claim") == len(event.claims)
    assert _number(page, 'tr[id^="figure-"]') == len(event.figures)
    assert _number(page, '[id^="fn:"]') == len(event.sources)
    state = _seen(page, ".event-state")[0]
    assert card.certainty_name in state
    assert card.rests_on in state
    assert page.locator(".event-state .certainty").get_attribute("class") == f"certainty certainty--{card.certainty}"
    assert _number(page, ".admonition.editors") == (1 if event.annotation else 0)
    assert _number(page, ".related dd") == len(event.relations) + len(known.ties_to.get(event.slug, ()))
    answers = _seen(page, ".standing a")
    assert len(answers) == sum(step.relation is not None for step in standing_of(event, known))
    for paragraph in event.summary.split("\n\n"):
        assert paragraph.partition(".[^")[0] in _seen(page, "article")[0]
    assert _number(page, ".footnote-ref") == _number_of_references(event)


def _number(page: Page, selector: str) -> int:
    return page.locator(f"{selector}:visible").count()


def _number_of_references(event: Event) -> int:
    told = sum(len(told.sources) for told in event.told)
    return told + event.summary.count("[^") + (event.annotation or "").count("[^")


def test_before_it_became_public_a_page_says_only_that(page: Page, site: str, chronology: Chronology) -> None:
    event = chronology.events[5]
    page.goto(f"{site}events/{event.slug}/?known={event.since_known - timedelta(days=1)}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not public on")
    assert event.title not in page.locator("article").inner_text()
    page.get_by_role("link", name="Show what is known now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(event.title)
    expect(page.locator(".known-banner")).to_have_count(0)


def test_the_numbers_show_those_of_the_day_and_which_was_the_latest(page: Page, site: str, chronology: Chronology) -> None:
    for day in SEEDED[::4]:
        page.goto(f"{site}figures/?known={day}")
        expect(page.locator(".known-banner")).to_be_visible()
        tables = measure_tables(as_known_on(day, chronology))
        assert page.locator("tr[data-as-of]:not([hidden])").count() == sum(len(table.figures) for table in tables)
        assert page.locator("a.figure[data-known]:visible").count() == sum(len(table.figures) for table in tables)
        latest = [figure for table in tables for figure in table.figures if figure.latest]
        assert page.locator("tr.figure-latest:not([hidden])").count() == len(latest)


def test_the_day_goes_along_to_the_pages_that_can_show_it(page: Page, site: str, chronology: Chronology) -> None:
    event = chronology.events[10]
    page.goto(f"{site}events/{event.slug}/?known={event.since_known}")
    expect(page.locator(".known-banner")).to_be_visible()
    page.locator(".crumbs a").first.click()
    page.wait_for_url(f"{site}timeline/?known={event.since_known}")


def test_a_day_can_be_chosen_on_the_page_itself(page: Page, site: str, chronology: Chronology) -> None:
    event = chronology.events[10]
    page.goto(f"{site}events/{event.slug}/")
    page.get_by_label("This page as known on").fill(str(event.since_known))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/?known={event.since_known}")
    expect(page.locator(".known-banner")).to_contain_text("As the public could know it on")


def test_what_is_no_day_is_not_taken_for_one(page: Page, site: str, chronology: Chronology) -> None:
    page.goto(f"{site}events/{chronology.events[10].slug}/?known=1998-02-30")
    expect(page.get_by_label("This page as known on")).to_be_visible()
    expect(page.locator(".known-banner")).to_have_count(0)


def test_what_rests_on_one_origin_is_counted_alike_everywhere(chronology: Chronology) -> None:
    for event in as_known_on(FAR, chronology).events:
        whole = chronology.event_by_slug[event.slug]
        assert origins_of_event(event, chronology) == origins_of_event(whole, chronology)


# The whole site of a day


def _chronicle(root: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "1"} | environment
    run = (sys.executable, "-m", *command)
    return subprocess.run(run, cwd=root, env=variables, capture_output=True, text=True, check=False)


def test_the_site_of_a_day_is_made_of_the_chronology_of_that_day(tmp_path: Path) -> None:
    root = lay_out("project", tmp_path)
    whole = load(root).chronology
    assert whole
    known = {event.slug for event in as_known_on(date(1998, 3, 20), whole).events}
    assert _chronicle(root, "chronicle", "build", "--as-of", "1998-03-20").returncode == 0
    pages = {page.parent.name for page in (root / "docs/events").glob("*/index.md")}
    assert pages == known
    assert known < set(whole.event_by_slug)
    assert _chronicle(root, "chronicle", "build").returncode == 0
    assert {page.parent.name for page in (root / "docs/events").glob("*/index.md")} == set(whole.event_by_slug)


@pytest.mark.parametrize("day", ["1998-03-20", "1990-01-01"], ids=["a day", "before everything"])
def test_mkdocs_makes_the_site_of_a_day_with_a_banner_on_every_page(tmp_path: Path, day: str) -> None:
    root = lay_out("project", tmp_path)
    done = _chronicle(root, "mkdocs", "build", "--strict", AS_OF=day)
    assert done.returncode == 0, done.stderr
    banner = f"what the public could know on {date.fromisoformat(day).day} {date.fromisoformat(day):%B %Y}"
    pages = [(page, page.read_text(encoding="utf-8")) for page in (root / "site").rglob("index.html")]
    assert [page for page, html in pages if banner not in html and 'http-equiv="refresh"' not in html] == []


def test_what_is_no_day_is_refused(tmp_path: Path) -> None:
    root = lay_out("project", tmp_path)
    assert "is not a day such as" in _chronicle(root, "mkdocs", "build", AS_OF="spring").stdout
    assert _chronicle(root, "chronicle", "build", "--as-of", "spring").returncode == 2
