"""How long a reader waits on the timeline of thousands of events: `python tests/bench_timeline.py 5000`, in a real browser.

Only the timeline is built. Each time runs from the reader’s act to the frame in which its outcome stands, the shortest of
a few tries. Before a reader’s first choice the pointer, or the focus, has come to the form, which fetches what it needs
then; a choice that nothing came before waits for that as well. Beside each time stands how many times as long it is as
what no page could do without: for the load, the same page with the theme alone; for the rest, hiding every third event
and showing it again.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from gzip import compress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from chronicle.site import build_docs
from histories import share
from served import serve
from synthetic import VOCABULARY, write_project

TRIES = 5
FRAME = "new Promise((settle) => requestAnimationFrame(() => setTimeout(settle)))"
WATCH = f"""act => new Promise((settle) => {{
  const result = document.querySelector('.filters-result');
  const start = performance.now();
  new MutationObserver((_, observer) => {{
    observer.disconnect();
    {FRAME}.then(() => settle(performance.now() - start));
  }}).observe(result, {{ childList: true, characterData: true, subtree: true }});
  act();
}})"""
BARE = f"""async () => {{
  const third = [...document.querySelectorAll('.month .event')].filter((_, place) => place % 3 === 0);
  const start = performance.now();
  for (const isHidden of [true, false]) {{
    for (const item of third) item.hidden = isHidden;
    await {FRAME};
  }}
  return (performance.now() - start) / 2;
}}"""
ACTS = {
    "first choice": "document.querySelector('[name=certainty][value=claimed]').click()",
    "another choice": "document.querySelector('[name=actor]').click()",
    "back to all": "document.querySelector('[data-action=clear]').click()",
    "a later choice": "document.querySelector('[name=certainty][value=disputed]').click()",
    "load the texts, a word": f"type('words', '{VOCABULARY[40]}')",
    "another word": f"type('words', '{VOCABULARY[4000]}')",
    "a day": "type('known', '1995-01-01')",
    "another day": "type('known', '1997-01-01')",
}
TYPE = """window.type = (name, text) => {
  const field = document.querySelector(`.filters [name=${name}]`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def main(size: int) -> None:
    """Prints the shortest of a few tries for each act, in milliseconds and as a ratio, and what the page weighs."""
    with tempfile.TemporaryDirectory() as folder:
        site = build_timeline(Path(folder, "project"), size)
        for name in ("index.html", "events.json", "texts.json"):
            content = (site / "timeline" / name).read_bytes()
            print(f"{name:<36}{len(content) / 1e3:>9,.0f} KB {len(compress(content)) / 1e3:>7,.0f} KB compressed")
        measure(site)


def measure(site: Path) -> None:
    """The same for a timeline that is built; says how busy the machine was."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        runs = [_theme_alone(browser, address) | _measure(browser, address) for _ in range(TRIES)]
        for run in runs:
            run["a choice that nothing came before"] = _choose_at_once(browser, address)
    best = {name: min(run[name] for run in runs) for name in runs[0]}
    theme, bare, memory = (best.pop(name) for name in ("the theme alone", "hide and show a third", "memory"))
    print(f"{'the theme alone':<36}{theme:>9.0f} ms\n{'hide and show a third':<36}{bare:>9.0f} ms")
    for name, time in best.items():
        print(f"{name:<36}{time:>9.0f} ms {time / (theme if name == 'load' else bare):>7.1f} times")
    print(f"{'memory of the scripts':<36}{memory:>9.1f} MB")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def build_timeline(root: Path, size: int) -> Path:
    """The site of a chronology of that size, with no page but the timeline; gives its folder."""
    write_project(root, size)
    share(root)
    build_docs(root, root / "docs")
    for page in (root / "docs").iterdir():
        if page.is_dir() and page.name not in ("timeline", "assets", "templates"):
            shutil.rmtree(page)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("hooks: [scripts/mkdocs_hook.py]", "")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = (sys.executable, "-m", "mkdocs", "build", "-q")
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return root / "site"


def _theme_alone(browser: Browser, address: str) -> dict[str, float]:
    page = browser.new_page()
    page.route(re.compile("/assets/(?!javascripts|stylesheets)"), lambda route: route.abort())  # all but the theme’s
    page.goto(f"{address}timeline/", timeout=120_000)
    time = _since_start(page)
    page.close()
    return {"the theme alone": time}


def _measure(browser: Browser, address: str) -> dict[str, float]:
    page = browser.new_page()
    page.add_init_script(TYPE)
    page.goto(f"{address}timeline/", wait_until="commit", timeout=120_000)
    page.wait_for_selector(".filters.is-ready", timeout=120_000)
    page.wait_for_selector(".drawing-tools", timeout=120_000)
    times = {"load": _since_start(page), "hide and show a third": float(page.evaluate(BARE))}
    with page.expect_response("**/events.json") as answer:  # as when a pointer comes to the form
        page.locator(".filters").dispatch_event("pointerover")
    answer.value.finished()
    page.wait_for_timeout(300)
    times |= {name: float(page.evaluate(f"({WATCH})(() => {{ {act} }})")) for name, act in ACTS.items()}
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    client.send("Performance.enable")
    metrics = {metric["name"]: metric["value"] for metric in client.send("Performance.getMetrics")["metrics"]}
    page.close()
    return times | {"memory": metrics["JSHeapUsedSize"] / 1e6}


def _choose_at_once(browser: Browser, address: str) -> float:
    page = browser.new_page()
    page.goto(f"{address}timeline/", timeout=120_000)
    page.wait_for_selector(".filters.is-ready", timeout=120_000)
    page.wait_for_timeout(1000)
    time = float(page.evaluate(f"({WATCH})(() => {{ {ACTS['first choice']} }})"))
    page.close()
    return time


def _since_start(page: Page) -> float:
    return float(page.evaluate(f"{FRAME}.then(() => performance.now())"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
