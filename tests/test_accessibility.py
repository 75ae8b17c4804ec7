"""Every kind of page in a real browser: no rule of axe-core is broken, the keyboard is enough, no other host is asked."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from served import KINDS, WIDTHS, open_page, visit

VENDOR = Path(__file__).parent / "vendor"
AXE = VENDOR / "axe-core-4.14.1" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VARIANTS = [(scheme, width) for scheme in ("light", "dark") for width in WIDTHS]
MOST_STOPS = 60
FOCUS = """() => {
  const it = document.activeElement;
  if (it === document.body) return null;
  const shown = it.matches(".md-option") ? document.querySelector(`[data-md-component=palette] label:not([hidden])`) : it;
  const outline = getComputedStyle(shown).outlineStyle;
  const box = [...shown.getClientRects()].find((one) => one.width && one.height) ?? shown.getBoundingClientRect();
  const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
  const found = spots.map(([x, y]) => document.elementFromPoint(box.x + box.width * x, box.y + box.height * y));
  const drawing = shown.closest("svg"); // where marks may lie upon each other
  const isThere = (at) => at && (shown.contains(at) || at.contains(shown) || (drawing && at.closest("svg") === drawing));
  return {what: it.outerHTML.slice(0, 160), seen: outline !== "none" && found.some(isThere)};
}"""


@pytest.fixture(scope="module", params=VARIANTS, ids="-".join)
def variant(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in one of the four looks: light or dark, at desktop or phone width."""
    scheme, width = request.param
    with open_page(browser, width, color_scheme=scheme) as page:
        page.add_init_script(path=AXE)
        yield page


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    with open_page(browser, request.param) as page:
        page.add_init_script(path=AXE)
        yield page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with open_page(browser, "phone") as page:
        page.add_init_script(path=AXE)
        yield page


def violations(page: Page) -> list[str]:
    """Each broken rule with the first places that break it."""
    found = page.evaluate(
        "standards => axe.run(document, {runOnly: standards, resultTypes: ['violations']})", STANDARDS
    )
    return [
        f"{rule['id']}: {rule['help']}\n"
        + "\n".join(f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in rule["nodes"][:4])
        for rule in found["violations"]
    ]


def test_what_others_wrote_is_what_was_taken_over() -> None:
    rows = re.findall(r"\| `(\S+)` \| `([0-9a-f]{64})` \|", (VENDOR / "README.md").read_text(encoding="utf-8"))
    files = {file.relative_to(VENDOR).as_posix(): file for file in VENDOR.glob("*/**/*") if file.is_file()}
    assert dict(rows) == {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in files.items()}


def test_every_page_is_of_a_kind_that_is_tested(reading_site: Path) -> None:
    def kind(path: str) -> tuple[str, int]:
        return path.partition("/")[0], path.rstrip("/").count("/")

    pages = {page.relative_to(reading_site).as_posix() for page in reading_site.rglob("*.html")}
    places = {page.removesuffix("index.html") for page in pages}
    moved = {"events/harbour-bridge-shut/", "events/bridge-closed/"}  # forward at once, see test_site.py
    assert {kind(place) for place in places - moved} == {kind(place) for place in KINDS.values()}


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_of_accessibility_is_broken(variant: Page, address: str, kind: str) -> None:
    visit(variant, address + KINDS[kind])
    assert violations(variant) == []


def test_a_broken_rule_is_found(variant: Page, address: str) -> None:
    variant.goto(address + KINDS["event"])
    variant.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<p style=\"color:#888;background:#999\">dim</p>')"
    )
    variant.evaluate("document.querySelector('article a').textContent = ''")
    assert {broken.partition(":")[0] for broken in violations(variant)} == {"color-contrast", "link-name"}


def test_the_open_search_breaks_no_rule(variant: Page, address: str) -> None:
    variant.goto(f"{address}?q=bridge")
    expect(variant.locator(".search-result").first).to_be_visible()
    assert violations(variant) == []


def test_an_open_footnote_breaks_no_rule(variant: Page, address: str) -> None:
    visit(variant, address + KINDS["event"])
    variant.locator(".footnote-ref").first.press("Enter")
    expect(variant.get_by_role("dialog")).to_be_visible()
    assert violations(variant) == []


def test_the_open_menu_breaks_no_rule(phone: Page, address: str) -> None:
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)
        visit(phone, address + KINDS["event"])
        phone.get_by_role("button", name="Menu").press("Enter")
        expect(phone.get_by_role("link", name="Home").last).to_be_focused()
        expect(phone.get_by_role("link", name="Numbers").last).to_be_in_viewport(ratio=1)
        assert violations(phone) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_focus_is_seen_wherever_tab_leads(page: Page, address: str, kind: str) -> None:
    visit(page, address + KINDS[kind])
    for key in ("Tab", "Shift+Tab"):
        for _ in range(MOST_STOPS):
            page.keyboard.press(key)
            if (stop := page.evaluate(FOCUS)) is None:
                break
            assert stop["seen"], stop["what"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_tab_leads_past_the_header(page: Page, address: str, kind: str) -> None:
    page.goto(address + KINDS[kind])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('main, footer')")


def test_the_menu_opens_and_closes_by_key_and_keeps_the_focus(phone: Page, address: str) -> None:
    phone.goto(address + KINDS["event"])
    menu = phone.get_by_role("button", name="Menu")
    first, last = phone.get_by_role("link", name="Home").last, phone.get_by_role("link", name="About").last
    for key in ("Enter", " "):
        menu.press(key)
        expect(first).to_be_focused()
        expect(menu).to_have_attribute("aria-expanded", "true")
        phone.keyboard.press("Escape")
        expect(menu).to_be_focused()
        expect(menu).to_have_attribute("aria-expanded", "false")
        expect(first).to_be_hidden()
    menu.press("Enter")
    expect(first).to_be_focused()
    last.focus()
    phone.keyboard.press("Tab")
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_the_choice_of_colours_says_which_is_chosen(page: Page, address: str) -> None:
    page.goto(address)
    light, dark = page.get_by_role("radio", name="Light colours"), page.get_by_role("radio", name="Dark colours")
    expect(light).to_be_checked()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    light.press("ArrowDown")
    expect(dark).to_be_checked()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_reaches_beyond_the_width_of_the_screen(browser: Browser, address: str, kind: str) -> None:
    with open_page(browser, "phone") as page:
        visit(page, address + KINDS[kind])
        for width in range(320, 420, 7):  # 320 is what WCAG 1.4.10 asks for: a desktop at 400 per cent
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_function("width => innerWidth === width", arg=width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_no_page_asks_another_host(browser: Browser, address: str) -> None:
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    with open_page(browser, "desktop") as page:
        page.context.route(lambda url: not url.startswith(address), refuse)
        for path in (*KINDS.values(), "?q=bridge"):
            visit(page, address + path)
        page.evaluate("fetch('https://elsewhere.example.org/').catch(() => null)")
    assert asked == ["https://elsewhere.example.org/"]


@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_a_page_is_read_and_left_and_promises_nothing(
    browser: Browser, address: str, kind: str
) -> None:
    for width in WIDTHS:
        with open_page(browser, width, java_script_enabled=False) as page:
            page.goto(address + KINDS[kind])
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert page.locator("main :is(button, select, input):visible").count() == 0
            assert page.locator(".md-header :is(button, select, input, [for^=__palette]):visible").count() == 0
            if width == "phone":
                page.locator(".md-header__button[for=__drawer]").click()
            page.get_by_role("link", name="Numbers", exact=True).filter(visible=True).first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Numbers")


def test_without_scripts_the_menu_opens_by_key(browser: Browser, address: str) -> None:
    with open_page(browser, "phone", java_script_enabled=False) as page:
        page.goto(address + KINDS["event"])
        page.locator("#__drawer").focus()
        page.keyboard.press(" ")
        expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Numbers")).to_be_in_viewport()


# Colours that a reader has chosen for everything


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_certainty_keeps_its_forms_where_a_reader_chose_all_colours(browser: Browser, address: str, scheme: str) -> None:
    with open_page(browser, "desktop", color_scheme=scheme, forced_colors="active") as page:
        visit(page, address + KINDS["words"])
        marks = page.locator("main .certainty").evaluate_all(
            "all => all.map((one) => getComputedStyle(one, '::before')).map(({ backgroundColor, backgroundImage }) => "
            "backgroundColor + backgroundImage)"
        )
    assert len(marks) == len(set(marks)) == 3


# Keys before any script


def test_what_has_the_focus_in_the_header_is_outlined_without_scripts(browser: Browser, address: str) -> None:
    with open_page(browser, "desktop", java_script_enabled=False) as page:
        visit(page, address)
        for _ in range(2):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className").startswith("md-header__button md-logo")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
