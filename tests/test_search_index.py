"""The search index of a built site: what it holds, that it is always the same, and that it is never half there."""

import gzip
import json
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from chronicle.site import search
from chronicle.site.search import Indexing, SearchError, index_site
from programs import write_program

PAGE = """<!doctype html><html lang="en"><body><nav>Menu</nav><aside>Advert</aside><article>
<h1><span {title_mark}>{title}</span><a class="headerlink" href="#top">¶</a></h1>
<span data-pagefind-filter="kind">{kind}</span><span data-pagefind-filter="year">{year}</span>
<time data-pagefind-sort="date">{year}-03-17</time><time data-pagefind-sort="reported">{year}-04-01</time>
<p>The harbour bridge, 이네스 말로, Инес Марлоу.</p></article></body></html>"""
TITLE_MARK = 'data-pagefind-meta="title"'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of twenty events, a page that nobody should find, and a picture."""
    for number in range(20):
        write_page(tmp_path / "site", f"events/event-{number:02}", kind=f"kind {number % 5}", year=1990 + number)
    write_page(tmp_path / "site", "about", title_mark="")
    (tmp_path / "site" / "bridge.svg").write_text("<svg/>")
    return tmp_path / "site"


def write_page(site: Path, path: str, *, title_mark: str = TITLE_MARK, kind: str = "closure", year: int = 1998) -> None:
    page = site / path / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(PAGE.format(title_mark=title_mark, title=path, kind=kind, year=year), encoding="utf-8")


def read_tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read(site: Path, name: str) -> Any:
    return json.loads((site / "pagefind" / f"{name}.json").read_text(encoding="utf-8"))


def listed(site: Path, language: str = "en") -> list[str]:
    """The ids of the pages in a language, in their order."""
    (listing,) = (site / "pagefind").glob(f"pagefind.{language}_*.pf_meta")
    return [page for page, _ in search._unpack(listing.read_bytes())[1]]


def fragment(site: Path, page: str) -> Any:
    """What the search is told of a page when it shows it."""
    text = gzip.decompress((site / "pagefind" / "fragment" / f"{page}.pf_fragment").read_bytes()).decode()
    return json.loads(text.removeprefix(search.SIGNATURE.decode()))


def hidden_names(site: Path) -> list[str]:
    return [path.name for path in site.glob(".*")]


def pretend(folder: Path, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put in Pagefind's place a program that gives `answer` to its first request and ends."""
    program = folder / "pagefind"
    write_program(program, f"import os\nos.read(0, 9)\nos.write(1, {answer.encode()!r})\n")
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))


def test_only_pages_that_tell_their_title_are_indexed(site: Path) -> None:
    assert index_site(site) == 20
    assert len(list((site / "pagefind" / "fragment").iterdir())) == 20


def test_of_a_page_its_article_is_searched_without_what_the_builder_added(site: Path) -> None:
    index_site(site)
    fragments = (gzip.decompress(path.read_bytes()).decode() for path in (site / "pagefind" / "fragment").iterdir())
    page = next(fragment for fragment in fragments if "/events/event-03/" in fragment)
    assert "이네스 말로, Инес Марлоу" in page
    assert '"title":"events/event-03"' in page
    assert not any(foreign in page for foreign in ("Menu", "Advert", "¶"))


def test_two_runs_give_the_same_bytes(site: Path) -> None:
    index_site(site)
    first = read_tree(site / "pagefind")
    index_site(site)
    assert read_tree(site / "pagefind") == first


def test_the_order_in_which_pages_were_written_does_not_matter(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for number in reversed(range(20)):
        write_page(other, f"events/event-{number:02}", kind=f"kind {number % 5}", year=1990 + number)
    index_site(site)
    index_site(other)
    assert read_tree(other / "pagefind") == read_tree(site / "pagefind")


def test_the_rank_of_every_page_is_told_for_every_order(site: Path) -> None:
    write_page(site, "events/event-07", kind="kind 2", year=1980)
    index_site(site)
    assert search._unpack(next((site / "pagefind").glob("*.pf_meta")).read_bytes())[4] == []
    ranks = read(site, "orders/date")
    in_order = [fragment(site, listed(site)[place])["url"] for place in sorted(range(20), key=ranks.__getitem__)]
    others = [f"/events/event-{number:02}/" for number in range(20) if number != 7]
    assert in_order == ["/events/event-07/", *others]


def test_nothing_is_written_that_a_reader_does_not_load(site: Path) -> None:
    index_site(site)
    files = {path.name for path in (site / "pagefind").iterdir() if path.is_file() and path.suffix != ".pf_meta"}
    scripts = {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"}
    assert files == scripts | {"totals.json"}
    assert {path.name for path in (site / "pagefind").iterdir() if path.is_dir()} == {"fragment", "index", "facts", "orders"}
    assert {path.name for path in (site / "pagefind" / "facts").iterdir()} == {"kind.json", "year.json"}
    assert {path.name for path in (site / "pagefind" / "orders").iterdir()} == {"date.json", "reported.json"}


def test_the_pages_of_every_value_are_counted(site: Path) -> None:
    index_site(site)
    assert read(site, "totals") == {
        "kind": {f"kind {number}": 4 for number in range(5)},
        "year": {str(1990 + n): 1 for n in range(20)},
    }


def test_every_page_tells_its_values_under_the_id_by_which_the_search_finds_it(site: Path) -> None:
    index_site(site)
    values, of_pages = read(site, "facts/kind")
    ids = listed(site)
    assert len(ids) == len(of_pages) == 20
    for page in ids:
        told = fragment(site, page)["filters"]
        assert told["kind"] == [values[number] for number in of_pages[int(page.split("-")[0], 16)]]


def test_a_page_that_is_told_anew_has_another_id(site: Path) -> None:
    index_site(site)
    before = listed(site)
    page = site / "events" / "event-07" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("The harbour bridge", "The old bridge"), encoding="utf-8")
    index_site(site)
    (old, new) = ({*before} - {*listed(site)}, {*listed(site)} - {*before})
    assert [fragment(site, page)["url"] for page in new] == ["/events/event-07/"]
    assert [page.split("-")[0] for page in old] == [page.split("-")[0] for page in new]


def test_pages_in_several_languages_tell_their_values_in_one_file(site: Path) -> None:
    page = site / "events" / "event-07" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace('lang="en"', 'lang="fr"'), encoding="utf-8")
    index_site(site)
    values, of_pages = read(site, "facts/year")
    (french,) = listed(site, "fr")
    assert [values[number] for number in of_pages[int(french.split("-")[0], 16)]] == ["1997"]
    assert fragment(site, french)["filters"]["year"] == ["1997"]
    assert sorted(value for places in of_pages for value in map(values.__getitem__, places)) == values


def test_words_are_not_fetched_for_a_search_by_filters_alone(site: Path) -> None:
    index_site(site)
    for name in search.SCRIPTS:
        script = (site / "pagefind" / name).read_bytes()
        assert (script.count(search.FETCHING_WORDS[0]), script.count(search.FETCHING_WORDS[1])) == (0, 1)


def test_a_removed_page_leaves_the_index(site: Path) -> None:
    index_site(site)
    (site / "events" / "event-07" / "index.html").unlink()
    assert index_site(site) == 19
    assert len(list((site / "pagefind" / "fragment").iterdir())) == 19


def test_a_site_without_searchable_pages_has_no_index(site: Path) -> None:
    index_site(site)
    for page in site.glob("events/*/index.html"):
        page.unlink()
    assert index_site(site) == 0
    assert not (site / "pagefind").exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "ended before it was done"),
        # {"payload": {"type": "Error", "message": "no room"}}
        ("eyJwYXlsb2FkIjogeyJ0eXBlIjogIkVycm9yIiwgIm1lc3NhZ2UiOiAibm8gcm9vbSJ9fQ==,", "no room"),
        ("not what was agreed,", "could not be made"),
    ],
)
def test_when_pagefind_fails_the_index_in_use_stays_as_it_was(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, said: str
) -> None:
    index_site(site)
    before = read_tree(site)
    pretend(tmp_path, answer, monkeypatch)
    with pytest.raises(SearchError, match=said):
        index_site(site)
    assert read_tree(site) == before
    assert hidden_names(site) == []


def test_what_a_killed_run_left_is_cleared_away(site: Path) -> None:
    for name in (search.FRESH, search.STALE):
        (site / name / "fragment").mkdir(parents=True)
        (site / name / "fragment" / "old.pf_fragment").write_text("old")
    index_site(site)
    assert hidden_names(site) == []
    assert not (site / "pagefind" / "fragment" / "old.pf_fragment").exists()


def test_without_pagefind_the_message_says_what_to_install(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind.service", None)
    with pytest.raises(SearchError, match=r"pip install pagefind\[bin\]"):
        index_site(site)


def test_beside_other_work_the_index_is_made_as_well(site: Path) -> None:
    told: list[str] = []
    indexing = Indexing(site, told.append, None)
    indexing.start()
    indexing.join()
    assert indexing.done
    assert told == []
    beside = read_tree(site / "pagefind")
    index_site(site)
    assert read_tree(site / "pagefind") == beside


def test_a_stopped_run_leaves_the_index_in_use_alone_and_says_nothing(site: Path) -> None:
    index_site(site)
    before = read_tree(site)
    told: list[str] = []
    indexing = Indexing(site, told.append, None)
    indexing.stop()
    indexing.start()
    indexing.join()
    assert not indexing.done
    assert told == []
    assert read_tree(site) == before


def test_a_run_begins_when_the_one_before_it_has_ended(site: Path) -> None:
    order: list[str] = []
    before = Thread(target=lambda: order.append("before" if not (site / "pagefind").exists() else "too late"))
    indexing = Indexing(site, order.append, before)
    before.start()
    indexing.start()
    indexing.join()
    assert order == ["before"]
    assert indexing.done


def test_a_run_that_fails_beside_other_work_is_told_once(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, "", monkeypatch)
    told: list[str] = []
    indexing = Indexing(site, told.append, None)
    indexing.start()
    indexing.join()
    assert not indexing.done
    assert told == ["Pagefind, which makes the search index, ended before it was done."]


@pytest.mark.parametrize("number", [0, 23, 24, 255, 256, 65535, 65536, 2**32 - 1, 2**32])
def test_packed_numbers_texts_and_lists_are_read_back(number: int) -> None:
    value = [number, "Инес Марлоу " * 9, [["", [number]], []], list(range(30))]
    packed = search._write_cbor(value)
    assert search._read_cbor(packed, 0) == (value, len(packed))


def test_a_form_of_index_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="another way"):
        search._read_cbor(bytes([0xA1, 0x01, 0x02]), 0)
