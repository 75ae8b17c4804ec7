"""The drawings in a browser: what a reader can do with them by mouse and by keyboard, and what is there without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench_timeline import build_timeline
from chronicle.charts.columns import MANY
from conftest import lay_out
from served import build, open_page, serve

EVENTS = 8
PUBLIC_BY_20_MARCH = ("harbour-bridge-closed", "pier-inspection-1997", "residents-report-crack")
Corner = tuple[float, float]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The timeline at desktop width; a fault in a script fails the test."""
    with open_page(browser, "desktop") as page:
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(address + "timeline/")
        expect(page.locator(".drawing-tools")).to_be_visible()
        yield page
        assert faults == []


def width(page: Page) -> int:
    return int(page.locator(".drawing-plane").evaluate("plane => plane.clientWidth"))


def wait_for_wider(page: Page, than: float) -> None:
    page.wait_for_function("width => document.querySelector('.drawing-plane').clientWidth > width", arg=than)


def corner(page: Page) -> Corner:
    """The upper left corner of the drawing, once it is in view."""
    box = page.locator(".drawing-box")
    box.evaluate("box => box.scrollIntoView({block: 'center'})")
    place = box.bounding_box()
    assert place
    return place["x"], place["y"]


def drag(page: Page, start: Corner, end: Corner) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def named(of: Locator) -> list[str | None]:
    return [link.get_attribute("aria-label") for link in of.all()]


def test_without_scripts_every_event_of_the_list_is_a_link_in_the_drawing(browser: Browser, address: str) -> None:
    with open_page(browser, "desktop", java_script_enabled=False) as page:
        page.goto(address + "timeline/")
        listed = {link.get_attribute("href") for link in page.locator(".month .event-title a").all()}
        assert {mark.get_attribute("href") for mark in page.locator(".drawing .mark").all()} == listed
        assert len(listed) == EVENTS
        expect(page.locator(".drawing-ruler text").first).to_be_visible()
        page.locator(".drawing .mark").first.click()
        expect(page).to_have_url(re.compile(r"/events/[a-z0-9-]+/$"))


def test_a_phone_scrolls_the_drawing_and_not_the_page(browser: Browser, address: str) -> None:
    with open_page(browser, "phone") as page:
        for path in ("timeline/", "figures/", "places/", "places/port-ellery/"):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.goto(address + "timeline/")
        assert page.locator(".drawing-box").evaluate("box => box.scrollWidth > box.clientWidth")


def test_buttons_keys_and_the_wheel_zoom(page: Page) -> None:
    whole = width(page)
    page.get_by_role("button", name="Zoom in").click()
    first = width(page)
    page.locator(".drawing-box").focus()
    page.keyboard.press("+")
    second = width(page)
    x, y = corner(page)
    page.mouse.move(x + 300, y + 40)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    wait_for_wider(page, second)
    assert whole < first < second
    page.keyboard.press("0")
    assert width(page) == whole


def test_the_place_under_the_pointer_stays_when_the_wheel_zooms(page: Page) -> None:
    _, y = corner(page)
    mark = page.locator(".drawing .mark .sign").nth(3)
    before, whole = mark.bounding_box(), width(page)
    assert before
    page.mouse.move(before["x"] + before["width"] / 2, y + 10)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    wait_for_wider(page, whole)
    after = mark.bounding_box()
    assert after
    assert after["x"] == pytest.approx(before["x"], abs=4)


def test_the_wheel_alone_scrolls_the_page(page: Page) -> None:
    whole = width(page)
    x, y = corner(page)
    above = page.evaluate("scrollY")
    page.mouse.move(x + 300, y + 40)
    page.mouse.wheel(0, 100)
    page.wait_for_function("above => scrollY > above", arg=above)
    assert width(page) == whole


def test_dragging_moves_the_drawing_and_opens_nothing(page: Page) -> None:
    page.get_by_role("button", name="Zoom in").click(click_count=3)
    x, y = corner(page)
    left = page.locator(".drawing-box").evaluate("box => box.scrollLeft")
    drag(page, (x + 500, y + 60), (x + 200, y + 64))
    page.wait_for_function("left => document.querySelector('.drawing-box').scrollLeft === left", arg=left + 300)
    expect(page).to_have_url(re.compile(r"/timeline/$"))


def test_after_a_drag_enter_opens_a_mark_as_before(page: Page) -> None:
    x, y = corner(page)
    drag(page, (x + 500, y + 60), (x + 200, y + 64))
    page.locator(".drawing-box").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/[a-z0-9-]+/$"))


def test_arrow_keys_go_from_mark_to_mark_and_enter_opens_one(page: Page) -> None:
    page.locator(".drawing-box").focus()
    page.keyboard.press("ArrowRight")
    marks = named(page.locator(".drawing .mark"))
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first == marks[0]
    assert second in marks
    assert second != first
    expect(page.locator(".drawing-tip")).to_have_text(second)
    target = page.evaluate("document.activeElement.getAttribute('href')").removeprefix("..")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(target) + "$"))


def test_the_drawing_is_one_stop_of_the_tab_key(page: Page) -> None:
    page.locator(".drawing-box").focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.drawing-plane'))")


def test_a_stretch_chosen_on_the_ruler_filters_the_list_and_stands_in_the_address(page: Page) -> None:
    x, y = corner(page)
    drag(page, (x + 300, y + 10), (x + 700, y + 12))
    expect(page).to_have_url(re.compile(r"[?&]from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d"))
    expect(page.locator(".drawing .stretch")).to_be_visible()
    expect(page.locator(".filters-result")).to_contain_text(" of ")
    shown = page.locator(".month .event:visible").count()
    assert 0 < shown < EVENTS
    expect(page.locator(".drawing .mark:not(.mark--out)")).to_have_count(shown)
    page.get_by_role("button", name="List the whole time").click()
    expect(page).to_have_url(re.compile(r"/timeline/$"))
    expect(page.locator(".drawing .stretch")).to_be_hidden()


def test_what_is_in_view_can_be_listed_by_keyboard_alone(page: Page) -> None:
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").press("Enter")
    page.get_by_role("button", name="List what is in view").press("Enter")
    expect(page).to_have_url(re.compile(r"from=.*&to="))
    page.go_back()
    expect(page.locator(".drawing .mark--out")).to_have_count(0)


def test_an_address_with_a_stretch_shows_it(page: Page, address: str) -> None:
    page.goto(address + "timeline/?from=1998-03-01&to=1998-03-31")
    expect(page.locator(".drawing .stretch")).to_be_visible()
    expect(page.locator(".drawing .mark--out").first).to_be_attached()


def test_what_was_not_yet_public_is_not_drawn_and_what_was_is_drawn_as_it_was_regarded(
    page: Page, address: str
) -> None:
    page.goto(address + "timeline/?known=1998-03-20&words=nothing-has-this")
    expect(page.locator(".drawing .mark[hidden]").first).to_be_attached()
    left = page.locator(".drawing .mark:not([hidden])").evaluate_all(
        "marks => marks.map(mark => mark.getAttribute('href'))"
    )
    assert sorted(left) == sorted(f"../events/{slug}/?known=1998-03-20" for slug in PUBLIC_BY_20_MARCH)
    closed = page.locator(".drawing .mark[href*='/harbour-bridge-closed/']")
    expect(closed).to_have_class("mark mark--claimed mark--out")
    expect(closed).to_have_attribute("aria-label", re.compile(r"\. Claimed$"))
    page.go_back()
    expect(closed).to_have_class("mark mark--confirmed")
    expect(closed).to_have_attribute("aria-label", re.compile(r"\. Confirmed$"))
    expect(closed).to_have_attribute("href", "../events/harbour-bridge-closed/")


def test_titles_appear_where_the_zoom_makes_room(page: Page) -> None:
    expect(page.locator(".mark-title--near")).to_have_count(0)
    for _ in range(5):
        page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".mark-title--near").first).to_be_attached()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show the whole drawing").click()
    expect(page.locator(".mark-title--near")).to_have_count(0)


def test_a_mark_under_the_pointer_tells_its_name(page: Page) -> None:
    mark = page.locator(".drawing .mark").first
    mark.locator(".sign").hover()  # the middle of the whole mark may lie beside its thin tail
    expect(page.locator(".drawing-tip")).to_have_text(mark.get_attribute("aria-label") or "")
    page.keyboard.press("Escape")
    expect(page.locator(".drawing-tip")).to_be_hidden()


def test_two_fingers_zoom_around_the_place_between_them(browser: Browser, address: str) -> None:
    with open_page(browser, "phone", has_touch=True) as page:
        page.goto(address + "timeline/")
        expect(page.locator(".drawing-tools")).to_be_visible()
        whole = width(page)
        x, y = corner(page)
        touch = page.context.new_cdp_session(page)
        touches = [("touchStart", 20)] + [("touchMove", apart) for apart in range(30, 90, 10)]
        for kind, apart in touches:
            points = [{"x": x + 180 + side * apart, "y": y + 60, "id": side} for side in (-1, 1)]
            touch.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [p | {"id": p["id"] + 1} for p in points]}
            )
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        wait_for_wider(page, 3.8 * whole)
        assert width(page) == pytest.approx(4 * whole, rel=0.05)
        assert page.evaluate("window.visualViewport.scale") == 1


# A drawing of very many events


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a timeline with more events than one sight of the drawing can show."""
    with serve(build_timeline(tmp_path_factory.mktemp("crowd") / "project", MANY + 50)) as address:
        yield f"{address}timeline/"


def test_without_scripts_columns_count_very_many_events_and_lead_to_their_months(browser: Browser, crowd: str) -> None:
    with open_page(browser, "desktop", java_script_enabled=False) as page:
        page.goto(crowd)
        names = named(page.locator(".column:visible"))
        assert sum(int((name or "").split(": ")[1].split()[0]) for name in names) == MANY + 50
        assert page.locator(".drawing .mark:visible").count() == 0
        first = page.locator(".column").first
        month = (first.get_attribute("aria-label") or "").split(": ")[0]
        first.click()
        expect(page).to_have_url(re.compile(r"#y1990-01$"))
        expect(page.locator("#y1990-01 .month-name")).to_have_text(month)


def test_marks_take_the_place_of_their_column_when_the_zoom_makes_room(browser: Browser, crowd: str) -> None:
    with open_page(browser, "desktop") as page:
        page.goto(crowd)
        page.locator(".drawing-box").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".column").first).to_be_focused()
        for _ in range(6):
            page.keyboard.press("+")
        expect(page.locator(".drawing .mark").first).to_be_focused()  # the focus stays where it was
        page.keyboard.press("ArrowRight")
        expect(page.locator(".drawing .mark").nth(1)).to_be_focused()
        assert 0 < page.locator(".cell.is-open").count() < page.locator(".cell").count() / 2, "only what is in view"
        page.keyboard.press("0")
        expect(page.locator(".cell.is-open")).to_have_count(0)
        expect(page.locator(".column").first).to_be_focused()


def test_columns_count_what_is_selected_and_what_was_known(browser: Browser, crowd: str) -> None:
    total = "all => all.reduce((sum, one) => sum + Number(one.ariaLabel.match(/: ([\\d,]+) /)[1]), 0)"
    with open_page(browser, "desktop") as page:
        page.goto(crowd + "?certainty=claimed&known=1995-01-01")
        expect(page.locator(".filters-result")).to_contain_text(" of ")
        shown = page.locator(".month .event:not([hidden])").count()
        assert page.locator(".column:not([hidden])").evaluate_all(total) == shown
        assert page.locator(".bar:not(.bar--claimed)").evaluate_all(
            "all => all.every((bar) => Number(bar.getAttribute('height')) === 0)"
        )
        for _ in range(5):
            page.get_by_role("button", name="Zoom in").click()
        left = page.locator(".drawing .mark:not(.mark--out):visible")
        expect(left.first).to_be_attached()
        assert set(left.evaluate_all("all => all.map((mark) => mark.className.baseVal)")) == {"mark mark--claimed"}


def test_each_number_leads_to_its_claim_and_the_table_says_the_same(browser: Browser, address: str) -> None:
    with open_page(browser, "desktop", java_script_enabled=False) as page:
        page.goto(address + "figures/")
        for measure in page.locator(".measure").all():
            drawn = sorted(link.get_attribute("href") or "" for link in measure.locator(".figure").all())
            listed = sorted(
                link.get_attribute("href") or "" for link in measure.locator("table a[href*='#figure-']").all()
            )
            assert drawn == listed
            latest = {link.get_attribute("href") for link in measure.locator(".given:visible a").all()}
            assert latest <= {
                link.get_attribute("href") for link in measure.locator(".figure-latest a[href*='#']").all()
            }
        page.locator(".figure").first.click()
        expect(page).to_have_url(re.compile(r"/events/[a-z0-9-]+/#figure-\d+$"))


def test_a_table_opens_without_scripts(browser: Browser, address: str) -> None:
    with open_page(browser, "phone", java_script_enabled=False) as page:
        page.goto(address + "figures/")
        page.locator(".measure-table summary").first.click()
        expect(page.locator(".measure-table table").first).to_be_visible()


def test_numbers_not_yet_public_are_not_drawn(browser: Browser, address: str) -> None:
    with open_page(browser, "desktop") as page:
        page.goto(address + "figures/?known=1998-04-01")
        expect(page.locator(".figure[hidden]").first).to_be_attached()
        left = page.locator(".figure:not([hidden])").evaluate_all("marks => marks.map(mark => mark.dataset.known)")
        assert left
        assert max(left) <= "1998-04-01"
        assert page.locator(".figure:not([hidden])").first.get_attribute("href").count("known=1998-04-01") == 1  # type: ignore[union-attr]


def test_places_are_links_on_the_map_and_those_without_a_spot_are_listed(browser: Browser, address: str) -> None:
    with open_page(browser, "desktop", java_script_enabled=False) as page:
        page.goto(address + "places/")
        expect(page.locator(".maps-rest")).to_contain_text("Eastern quay")
        page.locator(".place[href$='/port-ellery/'] text").first.click()
        expect(page).to_have_url(re.compile(r"/places/port-ellery/$"))
        expect(page.locator(".locator .map-name--here")).to_have_text("Port Ellery")


def test_hostile_names_do_nothing_in_drawings(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = lay_out("hostile", tmp_path_factory.mktemp("hostile"))
    build(root, root / "site")
    with serve(root / "site") as address, open_page(browser, "desktop") as page:
        for path in ("timeline/", "figures/", "places/", "places/nowhere/"):
            page.goto(address + path)
            page.wait_for_timeout(100)  # in which it would be done
            assert page.evaluate("typeof spoilt") == "undefined", path
            assert page.locator("svg script, svg foreignObject, svg [onclick], svg [onload]").count() == 0, path
        page.goto(address + "timeline/")
        for _ in range(6):
            page.get_by_role("button", name="Zoom in").click()
        page.locator(".drawing .mark[aria-label*='<script>'] .sign").first.hover()
        expect(page.locator(".drawing-tip")).to_contain_text("<script>")
        assert page.evaluate("typeof spoilt") == "undefined"
