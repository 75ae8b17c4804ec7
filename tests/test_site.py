"""What is written below docs/: only what changed, nothing that nobody made, and nothing at all when something is wrong."""

import json
import os
from pathlib import Path

import pytest

from chronicle.load.store import Store
from chronicle.site import LEDGER, build_docs
from small import SETTING, entry, source, write

BRIDGE = "1998/bridge-closed"
FERRY = "1998/ferry-runs"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    other = entry("title: The ferry runs\ndate: 1998-04-01\nreported: 1998-04-02")
    return write(tmp_path / "project", {BRIDGE: entry(), FERRY: other})


def _build(root: Path) -> tuple[set[str], set[str]]:
    built = build_docs(root, root / "docs", Store(root))
    assert not built.failed
    return set(built.written), set(built.removed)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def _clean(root: Path, tmp_path: Path) -> dict[str, bytes]:
    build_docs(root, tmp_path / "clean")
    return {path: text for path, text in _tree(tmp_path / "clean").items() if path != LEDGER}


def test_a_second_build_writes_nothing(root: Path) -> None:
    assert _build(root)[0]
    before = {file: file.stat().st_mtime_ns for file in (root / "docs").rglob("*")}
    assert _build(root) == (set(), set())
    assert {file: file.stat().st_mtime_ns for file in (root / "docs").rglob("*")} == before


def test_an_edited_event_changes_its_page_and_the_lists_that_show_it_and_no_other(root: Path) -> None:
    _build(root)
    write(root, {FERRY: entry("title: The ferry sank\ndate: 1998-04-01\nreported: 1998-04-02")})
    written, removed = _build(root)
    assert {"events/ferry-runs/index.md", "events/bridge-closed/index.md", "timeline/index.md", "index.md"} <= written
    assert not written & {"places/index.md", "words/index.md", "actors/mayor/index.md"}
    assert removed == set()


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: write(root, {FERRY: entry("title: Another\ndate: 1998-04-01\nreported: 1998-04-02")}),
        lambda root: write(
            root, {"1999/new": entry("date: 1999-01-01\nreported: 1999-01-02\nrelations: [denies: bridge-closed]")}
        ),
        lambda root: (root / f"chronology/events/{FERRY}.yml").unlink(),
        lambda root: (root / f"chronology/events/{FERRY}.yml").rename(root / "chronology/events/1998/boat-runs.yml"),
        lambda root: write(root, {}, places="town: {name: Port Other, precision: town}\n"),
        lambda root: (root / "docs/events/ferry-runs/index.md").write_text("damaged"),
        lambda root: (root / "docs/events/ferry-runs/index.md").unlink(),
        lambda root: (root / "docs" / LEDGER).write_text("not a ledger"),
    ],
    ids=["edit", "add", "remove", "rename", "register", "damage", "lose a page", "lose the ledger"],
)
def test_after_any_change_the_folder_is_what_a_clean_build_gives(root: Path, tmp_path: Path, edit: object) -> None:
    _build(root)
    edit(root)  # type: ignore[operator]
    _build(root)
    made = {path: text for path, text in _tree(root / "docs").items() if path != LEDGER}
    assert made == _clean(root, tmp_path)


def test_with_an_error_nothing_is_written_and_the_old_pages_stay(root: Path) -> None:
    _build(root)
    before = _tree(root / "docs")
    write(root, {FERRY: entry("title: Another\ndate: 1998-13-01")})
    assert build_docs(root, root / "docs", Store(root)).failed
    assert _tree(root / "docs") == before


def test_a_file_that_nobody_made_stays_and_is_a_problem(root: Path) -> None:
    _build(root)
    stranger = root / "docs/events/notes.md"
    stranger.write_text("mine")
    built = build_docs(root, root / "docs", Store(root))
    assert built.failed
    assert [problem.path for problem in built.problems if problem.severity == "error"] == ["docs/events/notes.md"]
    assert stranger.read_text() == "mine"


def test_hand_written_pages_are_never_touched(root: Path) -> None:
    mine = root / "docs/about/index.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    _build(root)
    (root / f"chronology/events/{FERRY}.yml").unlink()
    _build(root)
    assert mine.read_text() == "mine"


def test_a_change_within_the_grain_of_the_clock_is_seen(root: Path) -> None:
    _build(root)
    file = root / f"chronology/events/{FERRY}.yml"
    status = file.stat()
    text = file.read_text()
    file.write_text(text.replace("The ferry runs", "The ferry sank"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    written, _ = _build(root)
    assert "events/ferry-runs/index.md" in written


def test_a_damaged_store_is_read_as_empty(root: Path) -> None:
    _build(root)
    Store(root).file.write_bytes(b"junk")
    assert _build(root) == (set(), set())
    assert Store(root).file.read_bytes() != b"junk"


def test_a_removed_name_leaves_no_empty_folder(root: Path) -> None:
    write(root, {FERRY: entry("date: 1998-04-01\nreported: 1998-04-02\nformerly: [old-ferry]")})
    _build(root)
    assert (root / "docs/events/old-ferry/index.html").is_file()
    write(root, {FERRY: entry("date: 1998-04-01\nreported: 1998-04-02")})
    _build(root)
    assert not (root / "docs/events/old-ferry").exists()


def test_a_ledger_from_a_stranger_deletes_nothing_of_ours(root: Path) -> None:
    _build(root)
    victims = {
        "../victim.txt": root / "victim.txt",
        "events/../../victim2.txt": root / "victim2.txt",
        "mine.md": root / "docs/mine.md",
    }
    for file in victims.values():
        file.write_text("mine")
    ledger = json.loads((root / "docs" / LEDGER).read_text())
    (root / "docs" / LEDGER).write_text(json.dumps(ledger | {path: ["", 0, 0] for path in victims}))
    _build(root)
    assert [file.read_text() for file in victims.values()] == ["mine"] * 3


def test_a_link_in_the_place_of_a_page_is_replaced_and_not_followed(root: Path, tmp_path: Path) -> None:
    _build(root)
    page = root / "docs/events/bridge-closed/index.md"
    page.unlink()
    page.symlink_to(tmp_path / "outside.md")
    _build(root)
    assert not page.is_symlink()
    assert not (tmp_path / "outside.md").exists()


def test_a_new_publisher_changes_no_address_of_another_and_every_link_that_changes(root: Path, tmp_path: Path) -> None:
    one = entry(
        "title: One\ndate: 1998-05-01\nreported: 1998-05-02\nsources:\n" + source("a", "publisher: ellery gazette")
    )
    write(root, {"1998/one": one})
    _build(root)
    other = one.replace("ellery gazette", "Ellery Gazette").replace("1998-05", "1998-06").replace("One", "Two")
    write(root, {"1998/two": other})
    _build(root)
    made = {path: text for path, text in _tree(root / "docs").items() if path != LEDGER}
    assert made == _clean(root, tmp_path)


def test_a_change_of_language_reaches_the_redirects(root: Path) -> None:
    write(root, {FERRY: entry("date: 1998-04-01\nreported: 1998-04-02\nformerly: [old-ferry]")})
    _build(root)
    write(root, {}, setting=SETTING.replace("language: en", "language: fr"))
    _build(root)
    assert 'lang="fr"' in (root / "docs/events/old-ferry/index.html").read_text()


def test_what_rests_is_made_once_and_renewed_by_the_next_build_that_lets_nothing_rest(root: Path, tmp_path: Path) -> None:
    first = build_docs(root, root / "docs", resting=("data",))
    assert "data/v1/events.json" in first.written
    write(root, {FERRY: entry("title: The ferry sank\ndate: 1998-04-01\nreported: 1998-04-02")})
    written = build_docs(root, root / "docs", resting=("data",)).written
    assert "events/ferry-runs/index.md" in written
    assert not [path for path in written if path.startswith("data/")]
    _build(root)
    assert {path: text for path, text in _tree(root / "docs").items() if path != LEDGER} == _clean(root, tmp_path)
