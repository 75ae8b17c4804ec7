"""What a reader’s first search costs among thousands of events: `python tests/bench_search.py 5000`, in a real browser.

The browser has seen a page, but nothing of the search. Each time runs from the search’s being opened with its words to the
frame in which results stand, the shortest of a few tries; beside it stands what is transferred for that, and of what kind.
The text is made up, with words as frequent as in real texts (`synthetic`).
"""

import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path, PurePosixPath

from playwright.sync_api import Browser, Request, sync_playwright

from histories import share
from served import build, open_page, serve
from synthetic import VOCABULARY, write_project

TRIES = 5
QUERIES = {
    "a rare word": VOCABULARY[15_000],
    "a common word": VOCABULARY[40],
    "two common words": f"{VOCABULARY[40]} {VOCABULARY[41]}",
    "two words of nearly every event": f"{VOCABULARY[0]} {VOCABULARY[1]}",
}
SEARCH = """words => new Promise((settle) => {
  const start = performance.now();
  const watch = new MutationObserver(() => {
    if (!document.querySelector('.search-result')) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => settle(performance.now() - start)));
  });
  watch.observe(document.body, { childList: true, subtree: true });
  document.dispatchEvent(new CustomEvent('search:open', { detail: words }));
})"""


def main(size: int) -> None:
    """Prints, for each query, how long it takes, how much it transfers, and how many events it finds."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        write_project(root, size)
        share(root)
        build(root, root / "site")
        measure(root / "site")


def measure(site: Path) -> None:
    """The same for a site that is built; says how busy the machine was."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, words in QUERIES.items():
            tries = [_search(browser, address + "about/", words) for _ in range(TRIES)]
            weight, found = tries[0][1:]
            parts = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in weight.most_common())
            time = min(time for time, *_ in tries)
            print(f"{name:<32}{time:>6.0f} ms {weight.total() / 1000:>6.0f} kB  {found} ({parts})")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _search(browser: Browser, address: str, words: str) -> tuple[float, Counter[str], str]:
    """The time in milliseconds, the bytes of each kind of file, and what is said of the number of results."""
    with open_page(browser, "desktop") as page:
        page.goto(address, wait_until="networkidle")
        asked: list[Request] = []  # the worker’s too
        page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108  (it marks what it is given)
        time = float(page.evaluate(SEARCH, words))
        page.wait_for_load_state("networkidle")
        weight: Counter[str] = Counter()
        for request in asked:
            sizes = request.sizes()
            weight[_kind(request.url)] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
        return time, weight, page.locator(".search-count").inner_text()


def _kind(address: str) -> str:
    """The folder of a file of the index, else its ending."""
    path = PurePosixPath(address)
    return path.parent.name if path.parent.name in ("index", "filter", "fragment") else path.suffix


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
