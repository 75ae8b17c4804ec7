"""The reader's search in a real browser: when it fetches, what it finds, and how it is used."""

import html
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from chronicle.site.search import index_site
from served import open_page, visit

ASSETS = Path(__file__).parents[1] / "docs" / "assets"
LETTERS = 13
SMALLEST_TARGET = 44  # CSS pixels; WCAG 2.2 asks for 24, a thumb for more
IN_OTHER_SCRIPTS = (
    ("이네스", "이네스 말로"),
    (normalize("NFD", "말로"), "이네스 말로"),  # as some keyboards and file systems write it
    ("Марлоу", "Инес Марлоу"),
    ("марл", "Инес Марлоу"),
)


@dataclass(frozen=True)
class Entry:
    slug: str
    title: str
    date: str
    day: str
    kind: str = "letter"
    certainty: str = "confirmed"
    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: str = "The harbour office filed it."


HOSTILE = "<img src=x onerror=spoilt=1><script>spoilt=1</script> & more"
ENTRIES = (
    Entry(
        "bridge-closed",
        "Harbour bridge closed after a crack is found",
        "17 March 1998",
        "1998-03-17",
        kind="closure",
        topics=("Safety",),
        actors=("Harbour Authority", "Ines Marlow"),
        names=("이네스 말로", "Инес Марлоу"),
        text="Inspectors found a crack in the eastern pier and closed the bridge to traffic.",
    ),
    Entry(
        "pier-inspection",
        "Eastern pier is inspected",
        "autumn 1997",
        "1997-09-01",
        kind="inspection",
        certainty="disputed",
        topics=("Safety",),
        actors=("Harbour Authority",),
        names=("엘러리 항", "Порт-Эллери"),
        text="Whether a crack in the bridge was seen in the autumn is not agreed.",
    ),
    Entry(
        "crack-reported",
        "Crack was reported twice, a resident says",
        "between 8 and 13 October 1997",
        "1997-10-08",
        kind="statement",
        certainty="claimed",
        actors=("Ines Marlow",),
        names=("이네스 말로", "Инес Марлоу"),
        text="She wrote to the office in October and again in January.",
    ),
    Entry("hostile", HOSTILE, HOSTILE, "1999-01-01", kind=HOSTILE, actors=(HOSTILE,), text=f"Spoilt {HOSTILE}"),
    *(
        Entry(f"letter-{day}", f"Letter {day} to the residents", f"{day} May 1996", f"1996-05-{day:02}")
        for day in range(1, LETTERS + 1)
    ),
)

LAYOUT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Port Ellery</title>
<style>html {{ font-size: 125% }} body {{ --md-default-bg-color: #fff; --md-accent-fg-color: #36c }}</style>
<link rel="stylesheet" href="{root}assets/every-page/frame.css">
<script type="module" src="{root}assets/search/search.js"></script></head>
<body><header class="md-header"><nav class="md-header__inner"><a href="{root}">Port Ellery</a>
<form data-md-component="palette"><input type="radio" aria-label="Dark"></form></nav></header>
<label>Note <input id="note"></label>
<article data-pagefind-body>
{article}
</article></body></html>
"""


def write_page(path: Path, root: str, article: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LAYOUT.format(root=root, article=article), encoding="utf-8")


def mark(attribute: str, key: str, *values: str) -> str:
    return "".join(f'<span data-pagefind-{attribute}="{key}">{html.escape(value)}</span>' for value in values)


def describe(entry: Entry) -> str:
    """What a page says to the index beside its words: DESIGN section 2."""
    return "".join(
        (
            "<div hidden data-pagefind-ignore>",
            mark("meta", "title", entry.title),
            mark("meta", "date", entry.date),
            mark("meta", "names", *filter(None, (" · ".join(entry.names),))),
            mark("filter", "year", entry.day[:4]),
            mark("filter", "kind", entry.kind),
            mark("filter", "topic", *entry.topics),
            mark("filter", "actor", *entry.actors),
            mark("filter", "certainty", entry.certainty),
            mark("sort", "date", entry.day),
            "</div>",
            f"<h1 data-pagefind-ignore>{html.escape(entry.title)}</h1><p>{html.escape(entry.text)}</p>",
        )
    )


ACTOR = (
    "<div hidden data-pagefind-ignore>"
    + mark("meta", "title", "Ines Marlow")
    + mark("filter", "page", "actor")
    + mark("meta", "names", "이네스 말로 · Инес Марлоу")
    + "</div><h1 data-pagefind-ignore>Ines Marlow</h1><p>A resident of Port Ellery.</p>"
)


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """The log of a test is its outcome."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small indexed site that does not stand at the root of its server."""
    server_root = tmp_path_factory.mktemp("served")
    folder = server_root / "chronology"
    shutil.copytree(ASSETS, folder / "assets")
    write_page(folder / "index.html", "", "<h1>Port Ellery</h1>")
    write_page(folder / "actors" / "ines-marlow" / "index.html", "../../", ACTOR)
    for entry in ENTRIES:
        write_page(folder / "events" / entry.slug / "index.html", "../../", describe(entry))
    index_site(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SilentHandler, directory=str(server_root))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/chronology/"
        server.shutdown()


@pytest.fixture(scope="module")
def wide_screen(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context


@pytest.fixture
def page(wide_screen: BrowserContext) -> Iterator[Page]:
    """A new window; whatever fails in its scripts fails the test."""
    page = wide_screen.new_page()
    errors: list[Error] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  (it marks what it is given)
    yield page
    page.close()
    assert errors == []


@pytest.fixture
def search(page: Page, site: str) -> Callable[[str], None]:
    """Opens the dialog when it is closed, and types words as a person does."""
    page.goto(site)

    def type_words(words: str) -> None:
        if not page.locator("dialog").is_visible():
            page.locator(".search-button").click()
        page.get_by_role("searchbox").fill(words)

    return type_words


def expect_titles(page: Page, *titles: str) -> None:
    expect(page.locator(".search-title")).to_have_text(titles)


def expect_choices(page: Page, facet: str, *choices: str) -> None:
    """What a reader sees in a facet: each choice with the number of results that it would leave."""
    labels = page.get_by_role("group", name=facet).locator("label").filter(visible=True)
    expect(labels).to_have_text(choices, use_inner_text=True)


def expect_count(page: Page, count: str) -> None:
    expect(page.get_by_role("status")).to_have_text(count)


def test_nothing_is_fetched_before_somebody_searches(page: Page, site: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(site)))
    visit(page, site)
    assert sorted(fetched) == ["", "assets/every-page/frame.css", "assets/search/search.js"]

    page.locator(".search-button").click()
    expect(page.get_by_label("1998")).to_be_visible()
    assert "pagefind/pagefind.js" in fetched
    assert not [address for address in fetched if address.startswith("http")], "fetched from elsewhere"


def test_without_javascript_there_is_no_button(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        assert page.locator(".search-button").count() == 0


def test_the_button_stands_before_the_palette(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator(".search-button + [data-md-component=palette]")).to_be_attached()
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_visible()


def test_keys_open_the_search(page: Page, site: str) -> None:
    page.goto(site)
    for keys in ("/", "Control+k", "Meta+k"):
        page.keyboard.press(keys)
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()


def test_the_key_k_is_known_on_keyboards_of_other_scripts(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'л', code: 'KeyK', ctrlKey: true, bubbles: true }))"
    )
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_slash_is_typed_where_one_types_and_left_alone_with_modifiers(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Alt+/")
    page.keyboard.press("Control+/")
    page.locator("#note").press("/")
    expect(page.locator("#note")).to_have_value("/")
    page.wait_for_timeout(300)  # in which the dialog would come
    assert page.locator("dialog").count() == 0


def test_a_result_tells_title_date_kind_certainty_and_where_the_words_stand(
    page: Page, search: Callable[[str], None]
) -> None:
    search("inspectors")
    expect_count(page, "1 event")
    result = page.locator(".search-result")
    expect(result.locator("a")).to_have_attribute("href", "/chronology/events/bridge-closed/")
    expect(result.locator(".search-facts span")).to_have_text(["17 March 1998", "Closure", "Confirmed"])
    expect(result.locator("mark")).to_have_text("Inspectors")
    expect(result.get_by_role("link")).to_have_accessible_description("17 March 1998 Closure Confirmed")


def test_a_name_is_found_in_other_scripts(page: Page, search: Callable[[str], None]) -> None:
    for words, name in IN_OTHER_SCRIPTS:
        search("")
        expect_count(page, "")
        search(words)
        expect_count(page, "2 events and 1 other page")
        expect(page.locator(".search-name").first).to_have_text(f"Found by the name {name}")


def test_a_page_that_is_no_event_says_what_it_is(page: Page, search: Callable[[str], None]) -> None:
    search("resident of Port Ellery")
    expect_count(page, "1 page")
    expect_titles(page, "Ines Marlow")
    expect(page.locator(".search-facts")).to_have_text("Actor")


def test_half_composed_words_are_not_searched_for(browser: Browser, site: str) -> None:
    with open_page(browser, "desktop") as page:  # of a context of its own, whose clock is ours
        page.clock.install(time=0)
        page.goto(f"{site}?q=crack")
        expect_count(page, "3 events")
        page.clock.pause_at(3600)
        keyboard = page.context.new_cdp_session(page)
        for syllable in ("ㅇ", "에", "엘"):
            keyboard.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
            page.clock.run_for(300)
            expect(page.locator(".search-results")).to_have_attribute("aria-busy", "false")
            expect_count(page, "3 events")
        keyboard.send("Input.insertText", {"text": "엘러리"})
        page.clock.run_for(300)
        expect_count(page, "1 event")


def test_facets_narrow_and_count_what_each_choice_would_leave(page: Page, search: Callable[[str], None]) -> None:
    search("crack")
    expect_count(page, "3 events")
    expect_choices(page, "Certainty", "Confirmed 1", "Claimed 1", "Disputed 1")
    page.get_by_label("1997").check()
    expect_count(page, "2 events")
    expect(page.get_by_label("Confirmed")).to_be_hidden()

    page.get_by_label("Disputed").check()
    expect_count(page, "1 event")
    page.get_by_label("Claimed").check()  # the values of one facet are alternatives
    expect_count(page, "2 events")

    page.get_by_role("button", name="Clear all choices").click()
    expect_count(page, "3 events")


def test_a_choice_is_enough_without_words_and_shows_the_newest_first(page: Page, search: Callable[[str], None]) -> None:
    search("")
    page.locator("summary", has_text="Topic").click()
    page.get_by_label("Safety").check()
    expect_count(page, "2 events")
    expect_titles(page, "Harbour bridge closed after a crack is found", "Eastern pier is inspected")
    expect(page.get_by_label("Order")).to_have_value("newest")


def test_actors_are_fetched_when_somebody_opens_them(page: Page, search: Callable[[str], None]) -> None:
    filters: set[str] = set()
    page.on("request", lambda request: filters.add(request.url) if "/facts/" in request.url else None)
    search("crack")
    expect_count(page, "3 events")
    before = set(filters)
    with page.expect_request("**/facts/*.json") as actors:
        page.locator("summary", has_text="Actor").click()
    expect_choices(page, "Actor", "Harbour Authority 2", "Ines Marlow 2")
    page.get_by_label("Ines Marlow").check()
    expect_count(page, "2 events")
    assert filters - before == {actors.value.url}


def test_no_choice_is_offered_before_it_is_counted(page: Page, search: Callable[[str], None]) -> None:
    search("crack")
    expect_count(page, "3 events")
    held: list[Route] = []
    page.route("**/facts/*.json", lambda route: held.append(route))  # noqa: PLW0108  (it marks what it is given)
    with page.expect_request("**/facts/*.json"):
        page.locator("summary", has_text="Actor").click()
    actors = page.locator("[data-facet=actor]")
    expect(actors).to_have_attribute("aria-busy", "true")
    expect(actors.locator("label").filter(visible=True)).to_have_count(0)
    held[0].continue_()
    expect_choices(page, "Actor", "Harbour Authority 2", "Ines Marlow 2")
    expect(actors).to_have_attribute("aria-busy", "false")

    page.locator("summary", has_text="Actor").click()
    page.get_by_label("1998").check()
    expect_count(page, "1 event")
    expect(actors).to_have_attribute("aria-busy", "true")  # what was counted before holds no longer
    page.locator("summary", has_text="Actor").click()
    expect_choices(page, "Actor", "Harbour Authority 1", "Ines Marlow 1")


def test_a_choice_without_words_fetches_no_words(page: Page, search: Callable[[str], None]) -> None:
    fetched: list[str] = []
    page.context.on("request", lambda request: fetched.append(request.url))
    search("")
    page.get_by_label("1998").check()
    expect_count(page, "1 event")
    assert [url for url in fetched if "/facts/" in url]
    assert not [url for url in fetched if url.endswith(".pf_index")]


def test_results_are_ordered_by_date_when_asked(page: Page, search: Callable[[str], None]) -> None:
    search("crack")
    expect_count(page, "3 events")
    by_age = ["Eastern pier is inspected", "Crack was reported twice, a resident says"]
    by_age.append("Harbour bridge closed after a crack is found")
    page.get_by_label("Order").select_option("Oldest first")
    expect_titles(page, *by_age)
    page.get_by_label("Order").select_option("Newest first")
    expect_titles(page, *by_age[::-1])


def test_what_has_no_date_comes_after_all_that_has_one(page: Page, search: Callable[[str], None]) -> None:
    search("resident")
    expect_count(page, f"{LETTERS + 1} events and 1 other page")
    for order in ("Oldest first", "Newest first"):
        page.get_by_label("Order").select_option(order)
        expect(page.locator(".search-results")).to_have_attribute("aria-busy", "false")
        page.get_by_role("button", name=f"Show {LETTERS - 8} more").click()
        expect(page.locator(".search-title").last).to_have_text("Ines Marlow")


def test_more_results_come_ten_at_a_time(page: Page, search: Callable[[str], None]) -> None:
    search("letter residents")
    expect_count(page, f"{LETTERS} events")
    expect(page.locator(".search-result")).to_have_count(10)
    page.get_by_role("button", name="Show 3 more").click()
    expect(page.locator(".search-result")).to_have_count(LETTERS)
    expect(page.locator(".search-title").nth(10)).to_be_focused()
    expect(page.locator(".search-more")).to_be_hidden()


def test_the_keyboard_is_enough(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("crack")
    page.keyboard.press("Enter")
    links = page.locator(".search-title")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}events/*/")


def test_escape_closes_and_the_focus_returns(page: Page, search: Callable[[str], None]) -> None:
    search("crack")
    expect_count(page, "3 events")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(".search-button")).to_be_focused()


def test_a_click_beside_the_dialog_closes_it_but_dragging_out_of_it_does_not(
    page: Page, search: Callable[[str], None]
) -> None:
    search("crack")
    page.get_by_role("searchbox").hover()
    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.mouse.click(5, 400)
    expect(page.locator("dialog")).to_be_hidden()


def test_the_theme_hears_no_keys_from_the_dialog(page: Page, search: Callable[[str], None]) -> None:
    page.evaluate("window.addEventListener('keydown', (event) => { window.heard = event.key })")
    search("crack")
    page.get_by_role("searchbox").press("n")
    assert page.evaluate("window.heard") is None


def test_hostile_text_stays_text(page: Page, search: Callable[[str], None]) -> None:
    search("spoilt")
    expect_count(page, "1 event")
    expect_titles(page, HOSTILE)
    expect(page.locator(".search-facts")).to_contain_text(HOSTILE)
    expect(page.locator(".search-excerpt")).to_contain_text(HOSTILE)
    page.locator("summary", has_text="Actor").click()
    expect(page.locator("fieldset").get_by_text(HOSTILE)).to_have_count(2)
    assert page.locator("dialog :is(img, script)").count() == 0
    assert page.evaluate("window.spoilt") is None


def test_words_in_the_address_are_searched_for(page: Page, site: str) -> None:
    page.goto(f"{site}?q=eastern+pier")
    expect(page.get_by_role("searchbox")).to_have_value("eastern pier")
    expect_count(page, "2 events")


def test_words_that_nothing_has_are_answered_with_advice(page: Page, search: Callable[[str], None]) -> None:
    search("zeppelin")
    expect_count(page, "Nothing found")
    expect(page.locator(".search-advice")).to_contain_text("Try fewer words, or another spelling.")


def test_a_late_answer_does_not_replace_a_newer_one(page: Page, search: Callable[[str], None]) -> None:
    held: list[Route] = []
    page.route("**/*.pf_fragment", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/*.pf_fragment"):
        search("inspectors")
    expect(page.locator(".search-results")).to_have_attribute("aria-busy", "true")
    search("resident of Port Ellery")
    expect_count(page, "1 page")
    with page.expect_response("**/*.pf_fragment"):
        held[0].continue_()
    page.wait_for_timeout(200)  # in which it would be shown
    expect_titles(page, "Ines Marlow")


def test_a_missing_index_is_said_in_words(page: Page, site: str) -> None:
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    page.goto(f"{site}?q=crack")
    expect(page.get_by_role("alert")).to_contain_text(
        "Search could not be loaded. Reload the page, or use the timeline."
    )
    expect(page.get_by_role("link", name="timeline")).to_have_attribute("href", f"{site}timeline/")


def test_an_index_in_the_making_can_be_tried_again(page: Page, site: str) -> None:
    page.add_init_script("window.livereload = () => {}")
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    page.goto(f"{site}?q=crack")
    expect(page.get_by_role("alert")).to_contain_text("The search index is still being made…")
    page.unroute("**/pagefind/**")
    with page.expect_request("**/pagefind.js?try=*"):  # the first address may not be fetched twice
        page.get_by_role("button", name="Try again").click()
    expect_count(page, "3 events")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_on_a_phone_it_fills_the_screen_with_large_targets_and_folded_facets(browser: Browser, site: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        page = context.new_page()
        page.goto(site)
        button = page.locator(".search-button").bounding_box() or {"width": 0, "height": 0}
        assert min(button["width"], button["height"]) >= SMALLEST_TARGET
        page.locator(".search-button").tap()
        expect(page.get_by_text("Narrow down")).to_be_visible()
        expect(page.get_by_label("1998")).to_be_hidden()
        page.get_by_text("Narrow down").tap()
        page.get_by_text("Year").tap()
        page.get_by_label("1998").tap()
        expect_count(page, "1 event")
        expect(page.get_by_text("Narrow down · 1 chosen")).to_be_visible()
        dialog = page.get_by_role("dialog").bounding_box()
        assert dialog == {"x": 0, "y": 0, "width": 390, "height": 844}
        heights = page.locator("dialog :is(button, summary, label, select, [type=search]):visible")
        assert heights.evaluate_all("all => Math.min(...all.map(one => one.offsetHeight))") >= SMALLEST_TARGET
