"""The Pagefind index of a built site: what a reader's browser needs to search it, and nothing else.

Pagefind is asked through its service (JSON in Base64, one answer to each request), not its command line: that numbers
the pages in the order in which the file system lists them, and may end before the last of its files are written.
"""

import gzip
import hashlib
import json
import os
import shutil
from base64 import b64decode, b64encode
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from queue import Queue
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Lock, Thread
from typing import Any

FOLDER = "pagefind"
FRESH, STALE = ".pagefind-fresh", ".pagefind-stale"  # hidden: MkDocs and `rebuild` leave such names alone
SEARCHABLE = b"data-pagefind-meta"
SETTINGS = {"root_selector": "article", "exclude_selectors": [".headerlink"]}  # MkDocs and Zensical agree on both
SCRIPTS = ("pagefind.js", "pagefind-worker.js")
# A search by filters alone needs none of the words, yet Pagefind 1.5 fetches all of them: 1.4 MB at 5,000 events.
FETCHING_WORDS = b"let index_array=JSON.parse(index_resp)", b"let index_array=filter_only?[]:JSON.parse(index_resp)"
DAYS = "known"  # a facet with thousands of values, that nobody chooses from
SIGNATURE = b"pagefind_dcd"  # opens every packed file of an index
CBOR_NUMBER, CBOR_TEXT, CBOR_LIST = 0, 3, 4
CBOR_INLINE = 24  # smaller sizes stand in the first byte itself

Ask = Callable[..., dict[str, Any]]
Files = dict[str, bytes]  # by name
Page = tuple[str, str]  # path in the site, and HTML
_Filter = tuple[str, Iterable[tuple[str, Iterable[int]]]]  # facet, and for each of its values the pages


class SearchError(Exception):
    """The index could not be made; the text says why, in a sentence."""


def index_site(site: Path) -> int:
    """Write `site`/pagefind, the index of all pages that tell it their title; say how many these are.

    A page does so by `data-pagefind-meta="title"` within its `article`, which is what is searched. The same pages
    give the same bytes. An older index stays until the new one is whole, then goes as a whole; where no page can be
    searched there is none. Raises `SearchError`.
    """
    with _plain_errors():
        count = _prepare(site, Event())
        _publish(site)
    return count


class Indexing(Thread):
    """`index_site` beside other work, begun when the run before it has ended; `tell` hears what went wrong."""

    def __init__(self, site: Path, tell: Callable[[str], None], before: Thread | None) -> None:
        super().__init__(daemon=True)
        self._site, self._tell, self._before = site, tell, before
        self._stopped, self._publishing = Event(), Lock()
        self.done = False

    def run(self) -> None:
        """Wait for the run before this one, then make the index and put it in place."""
        if self._before:
            self._before.join()
            self._before = None
        try:
            with _plain_errors():
                _prepare(self._site, self._stopped)
                with self._publishing:
                    if not self._stopped.is_set():
                        _publish(self._site)
                        self.done = True
        except SearchError as error:
            if not self._stopped.is_set():
                self._tell(str(error))

    def stop(self) -> None:
        """End the work soon; from now on the index in use is left alone. To wait for the end, `join`."""
        with self._publishing:
            self._stopped.set()


class Reading(Thread):
    """The index of a site that is being made: Pagefind reads each page on another core while the next one is made.

    The pages must come in the order of their paths, as `in_order` sorts them, to give the bytes that `index_site` gives.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._pages: Queue[Page | None] = Queue(maxsize=500)
        self._files: Files = {}
        self._fault: SearchError | None = None
        self.start()

    def run(self) -> None:
        """Read pages until there are no more; after a fault, let the rest pass unread."""
        pages = iter(self._pages.get, None)
        try:
            with _plain_errors():
                self._files = _read_pages(pages)
        except SearchError as fault:
            self._fault = fault
            deque(pages, maxlen=0)

    def add(self, name: str, html: str) -> None:
        """Read a page, `name` being its path in the site; one that tells no title for the search is passed over."""
        if SEARCHABLE in html.encode():
            self._pages.put((name, html))

    def publish(self, site: Path) -> None:
        """Wait for the last page and put the index in place. Raises `SearchError`."""
        self._pages.put(None)
        self.join()
        if self._fault:
            raise self._fault
        with _plain_errors():
            _lay_out(site, self._files)
            _publish(site)


def in_order(name: str) -> tuple[str, ...]:
    """The key by which the pages of a site are sorted for its index, `name` being a page’s path in the site."""
    return PurePosixPath(name).parts


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, LookupError) as error:
        raise SearchError(f"The search index could not be made: {error}") from error


def _prepare(site: Path, stopped: Event) -> int:
    """Make the index of `site` beside the one in use, which takes no part; say how many pages it holds."""
    shutil.rmtree(site / FRESH, ignore_errors=True)
    names = sorted((page.relative_to(site).as_posix() for page in site.rglob("*.html")), key=in_order)
    pages = tuple(name for name in names if SEARCHABLE in (site / name).read_bytes())

    def read() -> Iterator[Page]:
        for name in pages:
            if stopped.is_set():
                raise SearchError("The search index was not finished.")
            yield name, (site / name).read_text(encoding="utf-8", errors="replace")

    _lay_out(site, _read_pages(read()))
    return len(pages)


def _lay_out(site: Path, files: Files) -> None:
    """Write the files of an index beside the one in use."""
    fresh = site / FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    for name, content in (_settle(files) if files else {}).items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes(content)


def _publish(site: Path) -> None:
    """Put the prepared index in the place of the one in use; where none was prepared, none remains."""
    fresh, stale, current = site / FRESH, site / STALE, site / FOLDER
    shutil.rmtree(stale, ignore_errors=True)
    if current.exists():
        current.rename(stale)
    if fresh.exists():
        fresh.rename(current)
    shutil.rmtree(stale, ignore_errors=True)


def _read_pages(pages: Iterator[Page]) -> Files:
    """Have Pagefind read `pages` in this order, and give the files that it makes by their names; none for no page."""
    first = next(pages, None)
    if first is None:
        return {}
    with _pagefind() as ask:
        index = ask(type="NewIndex", config=SETTINGS)["index_id"]
        for name, html in chain((first,), pages):
            ask(type="AddFile", index_id=index, file_path=name, file_contents=html, url=None)
        files = ask(type="GetFiles", index_id=index)["files"]
    return {file["path"]: b64decode(file["content"]) for file in files}


@contextmanager
def _pagefind() -> Iterator[Ask]:
    """A running Pagefind; it ends when its input closes, that is with the block or when this process is no more."""
    command = (_executable(), "--service")
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True) as service:
        yield lambda **request: _ask(service, request)


def _executable() -> Path:
    missing = SearchError("Pagefind, which makes the search index, is missing: `pip install pagefind[bin]`.")
    try:
        from pagefind.service import get_executable  # noqa: PLC0415  (slow, and only an index needs it)
    except ImportError as error:
        raise missing from error
    if (executable := get_executable()) is None:
        raise missing
    return executable


def _ask(service: Popen[bytes], request: dict[str, Any]) -> dict[str, Any]:
    assert service.stdin is not None
    assert service.stdout is not None
    service.stdin.write(b64encode(json.dumps({"message_id": 0, "payload": request}).encode()) + b",")
    service.stdin.flush()
    answer = bytearray()
    while not answer.endswith(b","):
        part = os.read(service.stdout.fileno(), 1 << 20)
        if not part:
            raise SearchError("Pagefind, which makes the search index, ended before it was done.")
        answer += part
    payload: dict[str, Any] = json.loads(b64decode(answer[:-1]))["payload"]
    if payload["type"] == "Error":
        raise SearchError(f"Pagefind could not make the search index: {payload['message']}")
    return payload


def _settle(files: Files) -> Files:
    """Sort what Pagefind leaves in random order; drop what no browser asks for; tell the facts of pages in our own way."""
    entry = json.loads(files["pagefind-entry.json"])
    settled = {name: files[name] for name in files if name.startswith("index/")}
    settled |= {name: files[name].replace(*FETCHING_WORDS) for name in SCRIPTS if name in files}
    facts = _Facts()
    for name, language in entry["languages"].items():
        engine = f"wasm.{language['wasm'] or 'unknown'}.pagefind"
        version, pages, words, filters, sorts, fields = _unpack(files[f"pagefind.{language['hash']}.pf_meta"])
        named = {page: _name_page(place, page) for place, (page, _) in enumerate(pages, facts.number)}
        facts.add(len(pages), (_unpack(files[f"filter/{chunk}.pf_filter"]) for _, chunk in filters), sorts)
        settled |= {_fragment(to): files[_fragment(page)] for page, to in named.items()}
        listed = [[named[page], length] for page, length in pages]
        language["hash"], packed = _pack(name, [version, listed, words, [], [], fields])
        settled |= {engine: files[engine], f"pagefind.{language['hash']}.pf_meta": packed}
    return settled | facts.files() | {"pagefind-entry.json": json.dumps(entry).encode()}


def _name_page(place: int, page: str) -> str:
    """Another id for a page: its place among all pages, by which it is found in the files of facts, and as much of
    Pagefind’s as tells an old fragment from a new one. Of thousands, Pagefind’s own would be the most of what is fetched.
    """
    return f"{place:x}-{page.rpartition('_')[2][:4]}"


def _fragment(page: str) -> str:
    return f"fragment/{page}.pf_fragment"


@dataclass
class _Facts:
    """What the pages tell beside their words: facets with values, by `data-pagefind-filter`, and orders, by `-sort`.

    Pagefind’s own filters are left out. It would fetch what it counts by, and counts the longer, the more it finds: for
    words that stand in nearly every page, that took longer than to find them. Its orders it would fetch in any case.
    """

    number: int = 0  # of pages
    found: defaultdict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    """Facet → value → places of pages."""
    ranks: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """Order → place of a page → its rank among those of its language."""

    def add(self, number: int, filters: Iterable[_Filter], orders: Iterable[tuple[str, Iterable[int]]]) -> None:
        """Take the pages of one language, its filters and its orders, in which a page is its place among these."""
        for facet, values in filters:
            for value, places in values:
                self.found[facet].setdefault(value, []).extend(self.number + place for place in places)
        for order, places in orders:
            self.ranks[order] |= {self.number + place: rank for rank, place in enumerate(places)}
        self.number += number

    def files(self) -> Files:
        """The number of pages for every value that can be chosen; the values, and the rank in each order, of each page in
        the order of places.
        """
        told: dict[str, Any] = {"totals": self._totals()}
        told |= {f"facts/{facet}": self._values(facet) for facet in sorted(self.found)}
        told |= {f"orders/{order}": list(map(self.ranks[order].get, range(self.number))) for order in sorted(self.ranks)}
        pack = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
        return {f"{name}.json": pack(content).encode() for name, content in told.items()}

    def _totals(self) -> dict[str, dict[str, int]]:
        chosen_from = sorted(self.found.keys() - {DAYS})
        return {facet: {value: len(places) for value, places in sorted(self.found[facet].items())} for facet in chosen_from}

    def _values(self, facet: str) -> tuple[list[str], list[list[int]]]:
        """The values of a facet and, for each page, the places of its own among them."""
        values, of_pages = sorted(self.found[facet]), [list[int]() for _ in range(self.number)]
        for number, value in enumerate(values):
            for place in self.found[facet][value]:
                of_pages[place].append(number)
        return values, of_pages


def _unpack(packed: bytes) -> Any:
    """What a packed file of an index holds."""
    return _read_cbor(gzip.decompress(packed), len(SIGNATURE))[0]


def _pack(language: str, content: Any) -> tuple[str, bytes]:
    """`content` packed as Pagefind would, after a name that tells its bytes."""
    packed = SIGNATURE + _write_cbor(content)
    return f"{language}_{hashlib.sha256(packed).hexdigest()[:10]}", gzip.compress(packed, mtime=0)


def _read_cbor(packed: bytes, at: int) -> tuple[Any, int]:
    """The value at `at` and where the next starts; of RFC 8949 numbers, texts and lists are enough."""
    kind, size = packed[at] >> 5, packed[at] & 31
    at += 1
    if size >= CBOR_INLINE:
        width = 1 << (size - CBOR_INLINE)
        size, at = int.from_bytes(packed[at : at + width], "big"), at + width
    if kind == CBOR_NUMBER:
        return size, at
    if kind == CBOR_TEXT:
        return packed[at : at + size].decode(), at + size
    if kind != CBOR_LIST:
        raise ValueError("this release of Pagefind writes its files in another way")
    values = []
    for _ in range(size):
        value, at = _read_cbor(packed, at)
        values.append(value)
    return values, at


def _write_cbor(value: Any) -> bytes:
    """The inverse of `_read_cbor`."""
    if isinstance(value, int):
        return _write_cbor_head(CBOR_NUMBER, value)
    if isinstance(value, str):
        return _write_cbor_head(CBOR_TEXT, len(value.encode())) + value.encode()
    return _write_cbor_head(CBOR_LIST, len(value)) + b"".join(map(_write_cbor, value))


def _write_cbor_head(kind: int, size: int) -> bytes:
    if size < CBOR_INLINE:
        return bytes([kind << 5 | size])
    step = next(step for step in range(4) if size < 1 << (8 << step))
    return bytes([kind << 5 | CBOR_INLINE + step]) + size.to_bytes(1 << step, "big")
