"""Timings of the main job at several sizes, beside stock MkDocs on the same content: `make bench` (SIZES="100 1000").

Everything is measured in one run on one machine, the smallest of a few tries; only the ratios mean anything elsewhere.

Stock MkDocs makes pages and nothing else, so a build of ours is told in two parts. The part for machines is what stock
MkDocs has no counterpart to: data, tables, feeds, calendars, citations, plain texts and pictures, as long as it takes to
make these, to write them and to copy them into the site. The pages’ part is all the rest, and of an edit all but that
and the index of the search, which is made anew.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from time import perf_counter

import yaml
from playwright.sync_api import sync_playwright

from chronicle.check import check
from chronicle.load import load
from chronicle.load.store import Store
from chronicle.made import Made
from chronicle.model import Chronology, Event
from chronicle.model.scalars import FOOTNOTE
from chronicle.pages import names
from chronicle.pages.bibliography import citations_by_publisher
from chronicle.pages.cards import Cards
from chronicle.site import build_docs, make_everything
from served import serve, weigh
from synthetic import write_project

ROOT = Path(__file__).parents[1]
SIZES = (100, 1000, 5000)
MANY = 50  # more files of one kind than these, and each tells of one event
PARTS = (
    "clean build",
    "clean build, the pages’ part",
    "build after one edit",
    "one edit, the pages’ part",
)
STOCK = """
site_name: Stock
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [admonition, tables, footnotes, toc]
nav: [index.md]
not_in_nav: |
  /events/
  /actors/
  /places/
  /topics/
  /sources/
"""


def main(sizes: tuple[int, ...]) -> None:
    """Prints a table with a column for each size."""
    columns = [measure(size) for size in sizes]
    print(f"\n{'':48}" + "".join(f"{size:>12,}" for size in sizes))
    for name in columns[0]:
        print(f"{name:<48}" + "".join(f"{column[name]:>12}" for column in columns))
    print(
        f"\nPeak memory of the largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB"
    )


def measure(size: int) -> dict[str, str]:
    """Every figure for a chronology of `size` events, in seconds or as a ratio."""
    print(f"{size:,} events …", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "ours")
        write_project(root, size)
        _dress(root)
        times = _builds(root) | _inside(root) | _stock(Path(folder, "stock"), root)
        machines = _measure_machines(root, Path(folder, "machines"))
        weights = _weights(root / "site")
    stock, index = times["stock MkDocs, clean"], times.pop("index")
    times |= {
        "clean build, the part for machines": machines.clean,
        "clean build, the pages’ part": times["clean build"] - machines.clean,
        "search index alone": index,
        "one edit, the part for machines": machines.after_an_edit,
        "one edit, the pages’ part": times["build after one edit"] - machines.after_an_edit - index,
    }
    ratios = {
        "load / bare CSafeLoader": times["load, everything new"] / times["bare CSafeLoader"],
        **{f"{name} / stock": times[name] / stock for name in PARTS},
    }
    shown = {name: f"{seconds:.2f} s" for name, seconds in times.items()}
    told = machines.tell(times["load, everything new"])
    return shown | {name: f"{ratio:.2f}" for name, ratio in ratios.items()} | told | weights


def _dress(root: Path) -> None:
    """What a project needs beside its entries: our own settings, assets and hand-written pages."""
    (root / "scripts").symlink_to(ROOT / "scripts")
    for name in ("assets", "templates", "about", "contribute"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    shutil.copy(ROOT / "mkdocs.yml", root)


def _inside(root: Path) -> dict[str, float]:
    """Loading, checking and writing, within one process."""
    files = [file.read_text(encoding="utf-8") for file in sorted((root / "chronology").rglob("*.yml"))]
    store = Store(root)
    loaded = load(root)
    times = {
        "bare CSafeLoader": _best(lambda: [yaml.load(text, yaml.CSafeLoader) for text in files]),
        "load, everything new": _best(lambda: load(root)),
        "check": _best(lambda: check(loaded, root)),
        "write, everything new": _best(lambda: build_docs(root, root.parent / "written"), tries=1),
    }
    build_docs(root, root / "docs", store)
    return times | {"load, check and write, nothing new": _best(lambda: build_docs(root, root / "docs", store))}


@dataclass(frozen=True)
class Machines:
    """What is made for machines: how long each kind takes and what it weighs, and how long a build is busy with all of it."""

    seconds: Mapping[str, float]
    bytes: Mapping[str, int]
    clean: float
    after_an_edit: float

    def tell(self, loading: float) -> dict[str, str]:
        """The same beside the time that loading the chronology takes."""
        ratios = {f"make {kind} / load": f"{self.seconds[kind] / loading:.2f}" for kind in sorted(self.seconds)}
        return ratios | {f"size of {kind}": f"{self.bytes[kind] / 1000:,.0f} kB" for kind in sorted(self.bytes)}


def _measure_machines(root: Path, folder: Path) -> Machines:
    """Makes everything for machines, then what tells of all events, as after an edit of one; writes and copies each file."""
    seconds: dict[str, float] = defaultdict(float)
    weight, files = Counter[str](), Counter[str]()
    folder.mkdir()

    def write(made: Made[str | bytes]) -> float:
        start, kind, file = perf_counter(), _kind_of_file(made.path), folder / "file"
        content = made.make()
        seconds[kind] += perf_counter() - start
        weight[kind] += file.write_bytes(content.encode() if isinstance(content, str) else content)
        files[kind] += 1
        shutil.copyfile(file, folder / f"copy {files.total()}")
        return perf_counter() - start

    clean = sum(map(write, _for_machines(root)))
    told_once, weighed = dict(seconds), dict(weight)
    of_all = [made for made in _for_machines(root) if files[_kind_of_file(made.path)] < MANY]
    return Machines(told_once, weighed, clean, sum(map(write, of_all)))


def _for_machines(root: Path) -> Iterator[Made[str | bytes]]:
    """Every file that is neither a page nor fetched by one to be shown."""
    loaded = load(root)
    assert loaded.chronology
    for made in make_everything(loaded.chronology, loaded.digests):
        if not made.path.endswith((".md", ".html")) and not made.path.startswith("timeline/"):
            yield made


def _kind_of_file(path: str) -> str:
    """Files of one ending that stand side by side; what stands in the folder of an event or a topic counts as one kind."""
    parts = PurePosixPath(path).parts
    folders = parts[: 3 if parts[0] == "data" else 1][: len(parts) - 1]
    return "/".join((*folders, f"*{PurePosixPath(path).suffix}"))


def _builds(root: Path) -> dict[str, float]:
    """The site as a whole process: from nothing but the entries, and after one of them was edited."""
    clean = _best(lambda: _run(root, "mkdocs", "build", "--strict", "-q"), tries=1)
    edited = sorted((root / "chronology" / "events").rglob("*.yml"))[0]

    def edit() -> None:
        edited.write_text(edited.read_text(encoding="utf-8").replace(".[^b]", " again.[^b]"), encoding="utf-8")
        _run(root, "mkdocs", "build", "--dirty", "-q")

    index = _best(lambda: _run(root, "chronicle", "index", "site"), tries=1)
    return {"clean build": clean, "build after one edit": _best(edit), "index": index}


def _weights(site: Path) -> dict[str, str]:
    """What a first visit transfers, everything included, for the kinds of page whose folders this chronology has."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        return {
            f"first visit, {kind}": f"{sum(weigh(browser, address + path).values()) / 1000:.0f} kB"
            for kind, path in _one_of_each_kind(site).items()
        }


def _one_of_each_kind(site: Path) -> dict[str, str]:
    """The address of the largest page of each kind."""
    pages: dict[str, list[Path]] = {}
    for page in sorted(site.rglob("index.html")):
        folder, *rest = page.relative_to(site).parts
        pages.setdefault("home" if folder == "index.html" else f"{folder}/…" if len(rest) > 1 else folder, []).append(
            page
        )
    largest = {kind: max(found, key=lambda page: page.stat().st_size) for kind, found in pages.items()}
    return {kind: page.parent.relative_to(site).as_posix() + "/" for kind, page in largest.items()}


def _stock(stock: Path, root: Path) -> dict[str, float]:
    """Stock MkDocs with Material and its own search, on the same pages with the same words as plain Markdown."""
    chronology = load(root).chronology
    assert chronology
    (stock / "docs").mkdir(parents=True)
    (stock / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    for path, text in _plain_pages(chronology):
        file = stock / "docs" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return {"stock MkDocs, clean": _best(lambda: _run(stock, "mkdocs", "build", "-q"), tries=1)}


def _plain_pages(chronology: Chronology) -> Iterator[tuple[str, str]]:
    """The pages that we make, as somebody would write them by hand."""
    for event in chronology.events:
        yield f"events/{event.slug}.md", _plain(event)
    for kind in names.KINDS:
        for slug, events in kind.events_by_slug(chronology).items():
            yield f"{kind.folder}/{slug}.md", _plain_list(slug, events, chronology)
    for number, (publisher, cited) in enumerate(citations_by_publisher(chronology).items()):
        works = "".join(
            f"- [{s.title}]({s.url}), {s.published and s.published.words()}: [{e.title}](../events/{e.slug}.md)\n"
            for e, s in cited
        )
        yield f"sources/{number}.md", f"# {publisher}\n\n{works}"
    yield "index.md", _plain_list("Timeline", chronology.events, chronology).replace("../events", "events")


def _plain_list(title: str, events: Iterable[Event], chronology: Chronology) -> str:
    cards = Cards(chronology).all(events)
    return f"# {title}\n\n" + "".join(
        f"- {card.when} **[{card.title}](../events/{card.slug}.md)** {card.sentence} {card.certainty_name}, {card.kind}, "
        f"{card.rests_on} {card.standing}\n"
        for card in cards
    )


def _plain(event: Event) -> str:
    """An event as somebody would write it in Markdown by hand."""
    claims = "".join(f"- **{claim.by}**: {claim.says}{_notes(claim.sources)}\n" for claim in event.claims)
    rows = "".join(
        f"| {f.measure} | {f.value.words()} | {f.by} | {f.as_of} | {_notes(f.sources)} |\n" for f in event.figures
    )
    figures = (
        f"## Numbers\n\n| What | Number | By | As of | Sources |\n| --- | --- | --- | --- | --- |\n{rows}\n"
        if rows
        else ""
    )
    notes = "".join(
        f"[^{h}]: [{s.title}]({s.url}), {s.publisher}, {s.published and s.published.words()}\n\n"
        for h, s in event.sources.items()
    )
    known = " ".join(handle for handle in FOOTNOTE.findall(event.summary))
    return (
        f"# {event.title}\n\n{event.date.words()}, {event.certainty_now}\n\n{event.summary}\n\n## Claims\n\n{claims}\n{figures}"
        f'!!! note "From the editors"\n\n    {event.annotation}\n\n## Sources\n\n{known}\n\n{notes}'
    )


def _notes(handles: tuple[str, ...]) -> str:
    return "".join(f"[^{handle}]" for handle in handles)


def _run(folder: Path, module: str, *arguments: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(
        (sys.executable, "-m", module, *arguments), cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def _best(work: Callable[[], object], tries: int = 3) -> float:
    """The shortest of a few tries, in seconds."""
    times = []
    for _ in range(tries):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
        time.sleep(0.06)  # a file edited within the grain of the clock is read again, which is not what is measured
    return min(times)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
