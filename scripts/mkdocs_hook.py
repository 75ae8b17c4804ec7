"""The doorbell: MkDocs rings; pages are made of the chronology, what stands is spared, search is indexed.

In its dirty mode MkDocs asks every file whether it was modified. Here the answer comes from what the files hold
(`chronicle.site.rebuild`) and not from their clocks, so a dirty build gives the same bytes as a clean one.
"""

import gc
import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from chronicle.cli.speaking import as_typed
from chronicle.dates import day_words
from chronicle.load.store import Store
from chronicle.model.setting import read_site
from chronicle.pages.addresses import FILES, FOLDERS, FOR_MACHINES
from chronicle.problems import Problem, Severity, format_problems
from chronicle.site import Edition, blocks, build_docs, rebuild
from chronicle.site.search import Indexing, Reading, SearchError, in_order, index_site

LOG = logging.getLogger("mkdocs")
RENDERERS = ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Pygments", "Jinja2", "PyYAML")
UNTRUE_HERE = ("A 'dirty' build is being performed", "The directory contains stale files")
UNTRUE_AFTER_AN_ERROR = ("Documentation built", "Reloading browsers")


class Bell:
    """What one ring has to know of the rings before it."""

    serving = False
    dirty = False
    as_of: date | None = None
    site: str | None = None
    failed = False
    told: frozenset[Problem] = frozenset()
    changed: Mapping[str, date] = MappingProxyType({})
    memory_file: Path
    memory: rebuild.Memory
    plan: rebuild.Plan
    warnings = CountHandler()
    blocks: tuple[str, ...] = ()
    reading: Reading | None = None
    indexing: Indexing | None = None
    server: LiveReloadServer | None = None
    watched: ClassVar[set[Path]] = set()


def on_startup(command: str, dirty: bool) -> None:
    """Learn what is to be done, and let `--strict` count the warnings that `-q` hides."""
    Bell.serving, Bell.dirty = command == "serve", dirty
    Bell.as_of = _read_day(os.environ.get("AS_OF", ""))
    Bell.site = _read_address(os.environ.get("SITE_URL", ""))
    gc.set_threshold(50_000, 20, 50)  # pages are made to stay: looking for garbage at every turn takes a tenth of a build
    for handler in LOG.handlers:
        handler.setLevel(LOG.level)
    LOG.setLevel(min(LOG.level, logging.WARNING))
    for name in ("mkdocs.commands.build", "mkdocs.livereload"):
        logging.getLogger(name).addFilter(_is_true)


def _is_true(record: logging.LogRecord) -> bool:
    untrue = (*UNTRUE_HERE, *UNTRUE_AFTER_AN_ERROR) if Bell.failed else UNTRUE_HERE
    return not any(words in record.getMessage() for words in untrue)


def _read_day(text: str) -> date | None:
    """The day as known on which the site is to be made, as `chronicle build --as-of` takes it; none for now."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Abort(f"AS_OF is “{text}”, which is not a day such as 1998-03-17.") from error


def _read_address(text: str) -> str | None:
    """Where the site is published, as `chronicle build --site` takes it; none for where chronology.yml says."""
    try:
        return read_site(text) if text else None
    except ValueError as error:
        raise Abort(f"SITE_URL: {error}.") from error


def on_pre_build(config: MkDocsConfig) -> None:
    """Make the pages; with an error a build ends here, while a site that is being served keeps the pages it has."""
    root = Path(config.config_file_path).parent
    Bell.memory_file = rebuild.memory_file(root / ".cache" / "chronicle", Path(config.site_dir))
    resting = FOR_MACHINES if Bell.server else ()  # who writes looks at pages: the rest waits for the next start
    built = build_docs(root, Path(config.docs_dir), Store(root), Edition(Bell.as_of, Bell.site), resting)
    news = [problem for problem in built.problems if problem.severity is Severity.ERROR or problem not in Bell.told]
    Bell.told = frozenset(built.problems)
    if news:
        print(as_typed(format_problems(news)), file=sys.stderr)
    if built.failed and not Bell.serving:
        raise Abort("The site was not built.")
    if Bell.failed and not built.failed:
        print("All mended.", file=sys.stderr)
    Bell.failed = built.failed
    Bell.changed = built.changed or Bell.changed
    if Bell.indexing:
        Bell.indexing.stop()
    Bell.memory = rebuild.recall(Bell.memory_file)
    Bell.warnings = CountHandler(level=logging.WARNING)
    LOG.addHandler(Bell.warnings)


def on_files(files: Files, **_: object) -> Files:
    """Have the pages made in the order in which the search index reads them."""
    return Files(sorted(files, key=lambda file: in_order(file.dest_uri)))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Find out which outputs stand, clear away the rest, and tell MkDocs not to make again what stands."""
    _date_the_pages(files)
    for page in nav.pages:  # every page shows their titles, so these must be known even if they stand
        page.read_source(config)
        page.title = page.title
    sources = tuple(
        rebuild.Source(file.src_uri, Path(file.abs_src_path), file.dest_uri)
        for file in files
        if file.abs_src_path and file.inclusion.value > file.inclusion.DRAFT.value
    )
    before = Bell.memory if Bell.dirty else rebuild.Memory()
    Bell.plan = rebuild.make_plan(Path(config.site_dir), sources, _environment(config, nav), before)
    if Bell.dirty:
        rebuild.sweep(Path(config.site_dir), Bell.plan.stale)
    for file in files:
        if file.dest_uri in Bell.plan.standing:
            file.is_modified = lambda: False  # type: ignore[method-assign]
    Bell.reading = None if Bell.serving or Bell.plan.standing else Reading()


def _date_the_pages(files: Files) -> None:
    """Have the site map tell when what a page shows was changed; of a page that people wrote, it tells no day."""
    pages = [file.page for file in files.documentation_pages() if file.page]
    if Bell.changed:  # MkDocs dates the packed map by the newest page, and needs one
        for page in pages:
            changed = Bell.changed.get(page.file.src_uri)
            page.update_date = changed.isoformat() if changed else ""


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Spare Markdown the HTML blocks of the pages that we make, which it would hand on as they are."""
    if not _is_ours(page):
        if Bell.as_of:
            page.meta["as_of"] = day_words(Bell.as_of)
        return markdown
    rest, Bell.blocks = blocks.set_aside(markdown)
    return rest


def on_page_content(html: str, page: Page, **_: object) -> str:
    """Put the blocks back where they stood, and tell MkDocs of the places in them that links may lead to."""
    if not _is_ours(page):
        return html
    page.present_anchor_ids = (page.present_anchor_ids or set()) | blocks.anchors(Bell.blocks)
    return blocks.put_back(html, Bell.blocks)


def on_post_page(output: str, page: Page, **_: object) -> None:
    """Hand a page to the index while the next one is made."""
    if Bell.reading:
        Bell.reading.add(page.file.dest_uri, output)


def _is_ours(page: Page) -> bool:
    return page.file.src_uri in FILES or page.file.src_uri.partition("/")[0] in FOLDERS


def on_post_build(config: MkDocsConfig) -> None:
    """Index the site, beside other work if it is being served, and remember how it was left."""
    LOG.removeHandler(Bell.warnings)
    site = Path(config.site_dir)
    if not Bell.serving:
        _index(site)
    if not Bell.warnings.get_counts():  # else the next build makes everything again and repeats the warnings
        rebuild.remember(Bell.memory_file, site, Bell.plan)
    if Bell.serving and not (Bell.plan.complete and Bell.indexing and Bell.indexing.done):
        Bell.indexing = Indexing(site, LOG.error, Bell.indexing)
        Bell.indexing.start()
    if Bell.server:
        _watch(Bell.server, config)
    if Bell.failed:
        print("The site still shows the pages from before. Mend the above and save.", file=sys.stderr)


def on_build_error(**_: object) -> None:
    """Leave the log as it was; what was forgotten stays forgotten."""
    LOG.removeHandler(Bell.warnings)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object) -> None:
    """Watch what people write and not what we write, or the pages that one build makes would start the next."""
    Bell.server = server
    server.unwatch(config.docs_dir)
    _watch(server, config)


def on_shutdown() -> None:
    """End the index that is being made; a served site lies in a temporary folder, so its memory goes as well."""
    if Bell.indexing:
        Bell.indexing.stop()
        Bell.indexing.join()
    if Bell.serving:
        Bell.memory_file.unlink(missing_ok=True)


def _environment(config: MkDocsConfig, nav: Navigation) -> str:
    """A digest of everything that any page may depend on beside its own source."""
    settings = {name: value for name, value in config.items() if name not in ("site_dir", "strict")}
    shown_everywhere = [(page.title, page.url, page.meta) for page in nav.pages]
    versions = [sys.version, *map(version, RENDERERS)]
    stated = json.dumps([settings, config.theme.dirs, shown_everywhere, versions], default=_describe)
    templates = sorted(Path(config.theme.custom_dir).rglob("*")) if config.theme.custom_dir else ()
    program = map(Path, (__file__, blocks.__file__, rebuild.__file__))
    files = (Path(config.config_file_path), *program, *filter(Path.is_file, templates))
    return rebuild.digest("\n".join((stated, *(rebuild.digest(file.read_bytes()) for file in files))).encode())


def _describe(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return getattr(value, "__qualname__", type(value).__qualname__)


def _index(site: Path) -> None:
    try:
        if Bell.reading:
            Bell.reading.publish(site)
        elif not Bell.plan.index_stands:
            index_site(site)
    except SearchError as error:
        raise PluginError(str(error)) from error


def _watch(server: LiveReloadServer, config: MkDocsConfig) -> None:
    docs = Path(config.docs_dir)
    by_hand = {path for path in docs.glob("[!.]*") if path.name not in (*FOLDERS, *FILES)}
    templates = {Path(config.theme.custom_dir)} if config.theme.custom_dir else set()
    for path in sorted((by_hand | templates | {docs.parent / "chronology"}) - Bell.watched):
        server.watch(str(path))
        Bell.watched.add(path)
