"""What tests share: the made-up projects, a browser, and the way to renew what is kept as golden."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from served import build, serve, take_hand_written
from starting import TITLE, commit, copy_here, init, run

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
NO_CHROMIUM = "The browser tests need Chromium (on Debian: `apt-get install chromium`)."


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="rewrite the golden files with what the program makes now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser comes last: while it runs, nothing else in this process may run an event loop of its own."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if NO_CHROMIUM in str(report.longrepr)]
    if skipped:
        files = sorted({report.nodeid.partition("::")[0] for report in skipped})
        terminalreporter.write_line(f"{len(skipped)} browser tests were skipped ({', '.join(files)}). {NO_CHROMIUM}")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps what the program remembers of the projects of tests out of the user’s own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def renew(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(pytestconfig.getoption("--renew"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the small made-up project: the root of a chronology that builds without a warning."""
    return lay_out("project", tmp_path)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A copy of the project whose entries try to break the pages."""
    return lay_out("hostile", tmp_path)


def lay_out(name: str, folder: Path) -> Path:
    """Copy tests/`name` into `folder`, with what projects share: the program, the settings, the assets, the guides."""
    root = folder / "tests" / name
    shutil.copytree(ROOT / "tests" / name, root)
    for shared in ("assets", "templates", "contribute"):
        shutil.copytree(ROOT / "docs" / shared, root / "docs" / shared, dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "scripts").symlink_to(ROOT / "scripts")
    return root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; where there is none, its tests are skipped, or fail in CI."""
    if CHROMIUM is None:
        pytest.fail(NO_CHROMIUM) if os.environ.get("CI") == "true" else pytest.skip(NO_CHROMIUM)
    expect.set_options(timeout=20_000)  # milliseconds; what holds sooner is not waited for
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A wide screen that moves nothing by itself, with what its reader left there before."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new window; whatever fails in its scripts fails the test."""
    page = context.new_page()
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  (it marks what it is given)
    yield page
    page.close()
    assert errors == []


@pytest.fixture(scope="session")
def reading_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project with our own hand-written pages, built once for all who only read it."""
    root = lay_out("project", tmp_path_factory.mktemp("reading"))
    take_hand_written(root)
    build(root, root / "site")
    return root / "site"


@pytest.fixture(scope="session")
def address(reading_site: Path) -> Iterator[str]:
    """Where the made-up project is served as a public host would."""
    with serve(reading_site) as found:
        yield found


@pytest.fixture(scope="session")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as a clone of its own, with everything committed; for all who only read it."""
    folder = copy_here(tmp_path_factory.mktemp("upstream") / "program")
    commit(folder, "The program and its chronology")
    return folder


@pytest.fixture(scope="session")
def begun(upstream: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chronology that `chronicle init` began from it; for all who only read it."""
    folder = tmp_path_factory.mktemp("begun") / "ferry"
    done = init(upstream, folder, "--title", TITLE)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def begun_site(begun: Path) -> Path:
    """Its site, built without a warning."""
    done = run(begun, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    return begun / "site"
