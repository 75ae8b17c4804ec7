"""Every kind of page of the made-up project, built once and served as a reader gets it: compressed, by nobody else."""

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
KINDS = {
    "home": "",
    "timeline": "timeline/",
    "event": "events/harbour-bridge-closed/",
    "figures": "figures/",
    "actors": "actors/",
    "actor": "actors/ines-marlow/",
    "places": "places/",
    "place": "places/port-ellery/",
    "topics": "topics/",
    "topic": "topics/safety/",
    "sources": "sources/",
    "publisher": "sources/the-ellery-gazette/",
    "relays": "sources/who-relays-whom/",
    "recent": "recent/",
    "editors": "editors/",
    "words": "words/",
    "glossary": "glossary/",
    "data": "data/",
    "about": "about/",
    "contribute": "contribute/",
    "guide": "contribute/import/",
    "404": "404.html",
}
WIDTHS = {"desktop": (1280, 800), "phone": (390, 844)}
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".map", ".txt"}


def build(root: Path, site: Path, *options: str) -> None:
    """Build the project in `root` into `site` as readers get it; complains with what MkDocs said."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(site), *options)
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def take_hand_written(root: Path) -> None:
    """Give the project in `root` our own hand-written pages, which readers get and tests should read; the guides are there."""
    shutil.copytree(ROOT / "docs" / "about", root / "docs" / "about", dirs_exist_ok=True)


@contextmanager
def open_page(browser: Browser, width: str, **context: Any) -> Iterator[Page]:
    """A page of a browser that has seen nothing yet, as wide as a desktop or a phone, without motion."""
    wide, high = WIDTHS[width]
    with browser.new_context(viewport={"width": wide, "height": high}, reduced_motion="reduce", **context) as fresh:
        yield fresh.new_page()


def visit(page: Page, address: str) -> None:
    """Open a page and wait until its scripts have run and nothing is fetched any more.

    Both, one after the other: on a slow machine the network is idle before the page is loaded.
    """
    page.goto(address)
    page.wait_for_load_state("networkidle")


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The address at which `site` is served, text compressed with gzip as public hosts do."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self._answer(HTTPStatus.NOT_FOUND, Path(self.directory, "404.html"))
        else:
            self._answer(HTTPStatus.OK, file)

    def _answer(self, status: HTTPStatus, file: Path) -> None:
        packed = file.suffix in COMPRESSED
        body = _pack(file) if packed else file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with suppress(ConnectionError):  # a browser that goes on does not wait for what it asked for
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@cache
def _pack(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), mtime=0)


def weigh(browser: Browser, address: str) -> dict[str, int]:
    """What a first visit to a page transfers, headers included: bytes by the path of each file."""
    with open_page(browser, "desktop") as page:
        paths: dict[str, str] = {}
        sizes: dict[str, int] = {}
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.requestWillBeSent", lambda sent: paths.update({sent["requestId"]: sent["request"]["url"]}))
        client.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
        visit(page, address)
        fetched = {number: path for number, path in paths.items() if number in sizes and not path.startswith("data:")}
        return {urlsplit(path).path: round(sizes[number]) for number, path in fetched.items()}
