"""What comes out of a printer: everything that a reader of paper needs, and nothing that only a screen can do."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from served import KINDS, open_page, visit

SCHEMES = ("light", "dark")


@pytest.fixture(params=SCHEMES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    with open_page(browser, "desktop", color_scheme=request.param) as page:
        yield page


@pytest.fixture
def printed(page: Page, address: str) -> Callable[..., list[str]]:
    """The words of each sheet of a kind of page, without any spaces: where a line breaks is the printer’s business."""

    def make(kind: str, **paper: str) -> list[str]:
        visit(page, address + KINDS[kind])
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=not paper, **paper))).pages  # type: ignore[arg-type]
        return [without_spaces(sheet.extract_text()) for sheet in sheets]

    return make


def without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", normalize("NFKC", text))  # paper has ligatures


def texts(page: Page, selector: str) -> list[str]:
    return [without_spaces(text) for text in page.locator(selector).all_inner_texts()]


def test_an_event_prints_with_every_source_and_its_address(page: Page, printed: Callable[..., list[str]]) -> None:
    paper = "".join(printed("event"))
    links = page.locator(".sources a[rel~=external]")
    addresses = links.evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(addresses) > 5
    assert [address for address in addresses if f"<{address}>" not in paper] == []
    assert [title for title in texts(page, ".source-title > a") if title not in paper] == []


def test_a_topic_prints_with_every_event_and_its_certainty(page: Page, printed: Callable[..., list[str]]) -> None:
    paper = "".join(printed("topic"))
    titles = texts(page, ".event-title")
    assert titles
    assert [title for title in titles if title not in paper] == []
    assert len(re.findall("Confirmed|Claimed|Disputed", paper)) >= len(titles)


@pytest.mark.parametrize("kind", ["event", "topic", "timeline", "figures", "publisher"])
def test_paper_bears_nothing_that_only_a_screen_can_do(
    page: Page, printed: Callable[..., list[str]], kind: str
) -> None:
    printed(kind)
    page.emulate_media(media="print")
    shown = page.locator(
        ".md-header, .md-tabs, .md-sidebar, .skip, .crumbs, .headerlink, .drawing-hint, .measure-table > summary, "
        "main :is(button, input, select)"
    )
    assert shown.filter(visible=True).all_inner_texts() == []


def test_no_claim_and_no_source_is_parted_by_the_edge_of_the_paper(
    page: Page, printed: Callable[..., list[str]]
) -> None:
    sheets = printed("event", width="105mm", height="100mm")
    assert len(sheets) > 4
    for whole in texts(page, ".claim-says > p:first-child") + texts(page, ".source-title > a"):
        assert any(whole in sheet for sheet in sheets), whole


@pytest.mark.parametrize("kind", ["event", "figures"])
def test_the_day_of_a_number_stands_in_one_line(page: Page, address: str, kind: str) -> None:
    page.set_viewport_size({"width": 672, "height": 900})  # A4 between its margins
    visit(page, address + KINDS[kind])
    page.emulate_media(media="print")
    days = page.locator("[data-label='As of']").filter(visible=True)
    assert days.evaluate_all("all => all.filter((one) => getComputedStyle(one).whiteSpace !== 'nowrap').length") == 0
    assert days.count() > 0


def test_certainty_is_told_in_black_and_white_by_its_form(page: Page, address: str) -> None:
    page.goto(address + KINDS["words"])
    page.emulate_media(media="print")
    marks = page.locator("main .certainty").evaluate_all(
        "all => all.map(one => [getComputedStyle(one, '::before'), getComputedStyle(one)]).map(([mark, word]) => "
        "[mark.backgroundColor + mark.backgroundImage, mark.borderColor, mark.printColorAdjust, word.color])"
    )
    assert len({form for form, *_ in marks}) == 3
    assert {tuple(rest) for _, *rest in marks} == {("rgb(0, 0, 0)", "exact", "rgb(0, 0, 0)")}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
