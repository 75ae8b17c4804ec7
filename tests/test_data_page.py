"""The page of the data: what it links is there, what there is it links, and its examples run as they stand."""

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from chronicle.exports.data.files import FOLDER as DATA
from chronicle.exports.tables import tell_sheets
from chronicle.load import load
from chronicle.pages import make_pages
from chronicle.pages.data import CITATIONS, FOLDER, downloads
from chronicle.site import Edition, build_docs
from small import write

TESTS = Path(__file__).parent
TOOLS = ("curl", "jq", "sqlite3")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The files of the made-up project where they are served, and the address of that place, which they know."""
    docs = tmp_path_factory.mktemp("published")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(docs)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    assert not build_docs(TESTS / "project", docs, edition=Edition(site=address)).failed
    yield docs, address
    server.shutdown()
    server.server_close()


def page_of(root: Path) -> str:
    """The page of the data of a project."""
    loaded = load(root)
    assert loaded.chronology
    pages = make_pages(loaded.chronology, loaded.digests, sheets=tell_sheets())
    (page,) = [page.make() for page in pages if page.path == "data/index.md"]
    return page


def examples(page: str) -> dict[str, str]:
    """What stands in each example, as whoever copies it has it."""
    found = re.findall(r'<pre class="example" id="example-(\w+)"><code[^>]*>(.*?)</code></pre>', page, re.DOTALL)
    return {name: html.unescape(code) for name, code in found}


def run(command: tuple[str, ...], code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program on some code in a folder of its own."""
    return subprocess.run((*command, code), cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def run_shell(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell example; where a program that it needs is missing, the test is skipped, or fails in CI."""
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        words = f"The examples of the data page need {', '.join(missing)}."
        pytest.fail(words) if os.environ.get("CI") == "true" else pytest.skip(words)
    return run(("bash", "-euo", "pipefail", "-c"), code, folder)


def test_every_file_that_is_linked_is_there(published: tuple[Path, str]) -> None:
    docs, address = published
    page = (docs / "data/index.md").read_text(encoding="utf-8")
    linked = [html.unescape(link) for link in re.findall(r'<a href="\.\./([^"#]+)"', page)]
    assert len(linked) > 40
    for link in linked:
        assert (docs / link).is_file() or (docs / link / "index.md").is_file() or link == "about/", link
    calendars = [
        link.removeprefix(address.replace("http", "webcal")) for link in re.findall(r'href="(webcal:[^"]+)"', page)
    ]
    assert len(calendars) > 1
    assert all((docs / path).is_file() for path in calendars)


def test_every_data_file_is_linked(published: tuple[Path, str]) -> None:
    docs, _ = published
    made = {file.relative_to(docs).as_posix() for file in (docs / FOLDER).rglob("*") if file.is_file()}
    told = {file.path for file in (*downloads(tell_sheets()), *CITATIONS)}
    assert {path for path in made if not path.startswith((f"{FOLDER}/events/", f"{FOLDER}/schema/"))} == told
    page = (docs / "data/index.md").read_text(encoding="utf-8")
    assert all(f'href="../{path}"' in page for path in told)
    assert FOLDER == DATA


def test_the_example_in_python_runs(published: tuple[Path, str], tmp_path: Path) -> None:
    code = examples((published[0] / "data/index.md").read_text(encoding="utf-8"))["pandas"]
    done = run((sys.executable, "-W", "error", "-c"), code, tmp_path)
    assert done.stderr == ""
    assert "11,000 to 13,000" in done.stdout
    assert "Harbour bridge closed after a crack is found" in done.stdout


def test_the_example_with_curl_runs(published: tuple[Path, str], tmp_path: Path) -> None:
    docs, address = published
    done = run_shell(examples((docs / "data/index.md").read_text(encoding="utf-8"))["curl"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "harbour-authority\tThe pier was inspected in the autumn and found sound.\t" in done.stdout
    assert f"{address}events/harbour-bridge-closed/#c-" in done.stdout
    assert '"August 1998"' in done.stdout


def test_the_example_with_sqlite_runs(published: tuple[Path, str], tmp_path: Path) -> None:
    docs, address = published
    done = run_shell(examples((docs / "data/index.md").read_text(encoding="utf-8"))["sqlite"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"|{address}events/authority-acknowledges-letters/" in done.stdout
    assert len([line for line in done.stdout.splitlines() if line.startswith("1998-")]) == 5


@pytest.mark.parametrize(
    ("name", "old", "new"), [("pandas", "csv/", "cvs/"), ("curl", "events", "event"), ("sqlite", "says", "said")]
)
def test_an_example_that_does_not_run_is_noticed(
    published: tuple[Path, str], name: str, old: str, new: str, tmp_path: Path
) -> None:
    code = examples((published[0] / "data/index.md").read_text(encoding="utf-8"))[name].replace(old, new)
    done = run((sys.executable, "-c"), code, tmp_path) if name == "pandas" else run_shell(code, tmp_path)
    assert done.returncode != 0
    assert done.stderr


def test_nothing_in_an_example_can_leave_its_quotation_marks() -> None:
    harmless = examples(page_of(TESTS / "project"))
    hostile = examples(page_of(TESTS / "hostile"))
    for name, code in hostile.items():
        ours = re.sub(r"http[^\"]+|MATCH '[a-z]+'|[a-z-]+\.json\"", "", harmless[name])
        assert re.sub(r"http[^\"]+|MATCH '[a-z]+'|[a-z-]+\.json\"", "", code) == ours
        assert all(re.fullmatch(r"[\w:/.%~-]+", address) for address in re.findall(r"http[^\"]+", code))


def test_the_page_counts_what_there_is() -> None:
    page = page_of(TESTS / "project")
    assert "8 events, 13 claims, 9 numbers and 15 sources, changed last on 11 June 2024" in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>' in page
    for sheet in tell_sheets():
        assert f'id="table-{sheet.name}"' in page


def test_an_empty_chronology_has_a_page_of_its_data(tmp_path: Path) -> None:
    page = page_of(write(tmp_path, {}))
    assert "0 events, 0 claims, 0 numbers and 0 sources." in page
    assert "/events/.json" not in page
