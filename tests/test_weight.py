"""What a first visit costs: an event’s page transfers at most 100 KB compressed, with everything that it needs."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from served import KINDS, weigh

MOST = 100_000  # bytes


def test_a_first_visit_to_an_event_costs_at_most_100_kilobytes(browser: Browser, address: str) -> None:
    files = weigh(browser, address + KINDS["event"])
    assert sum(files.values()) <= MOST, files


def test_all_that_a_page_fetches_is_weighed(browser: Browser, address: str) -> None:
    files = weigh(browser, address + KINDS["event"])
    assert {Path(path).suffix for path in files} >= {"", ".css", ".js"}
    assert min(files.values()) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_fetches_anything_of_the_search_before_somebody_searches(
    browser: Browser, address: str, kind: str
) -> None:
    files = weigh(browser, address + KINDS[kind])
    print(f"{kind:<12}{sum(files.values()) / 1000:>8.1f} kB {len(files):>4} files")
    ours = [path for path in files if "/assets/search/" in path or "pagefind" in path]
    assert [Path(path).name for path in ours] == ["search.js"]
