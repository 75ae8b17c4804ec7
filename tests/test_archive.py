"""The command `archive`: which copy is taken, which is refused, what is written, and what a server that does wrong changes."""

import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archived import Archive, capture
from chronicle import cli
from chronicle.upkeep.archive import finding, running
from chronicle.upkeep.archive.lacking import Lacking, find_lacking
from chronicle.upkeep.archive.wayback import (
    Capture,
    Service,
    is_same_page,
    raw_address,
    read_captures,
    read_job,
    read_nearest,
    read_progress,
    replayed,
)
from chronicle.yamlfile.editing import EditError
from conftest import ROOT
from faulty_server import (
    MEGABYTE,
    Act,
    FaultyServer,
    answer,
    bomb,
    broken_off,
    dripping,
    endless,
    faulty_server,
    raw,
    redirect,
    silent,
    slow,
)
from patience import PATIENCE, kill_when
from small import read, write

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
PAGE = "https://gazette.example.org/1998/03/19/bridge"
TITLE = "Cracked pier closes bridge"
STORY = capture(f"<title>{TITLE} | The Gazette</title><p>It was closed.</p>")
ENTRY = """\
# by hand
date: 1998-03-17
title: Bridge closed
kind: closure
certainty: confirmed
summary: >-
  Closed.[^gazette]
claims: [{says: It was closed., sources: [gazette]}]
topics: [safety]

sources:
  gazette:   # the first
    url: https://gazette.example.org/1998/03/19/bridge
    title: 'Cracked pier closes bridge'
    publisher: The Gazette   # of Port Ellery
    published: 1998-03-19
    type: newspaper
    relays: [harbour]
    accessed: 2024-05-02
    quote: >-
      It was
      closed.

added: 2024-05-02
"""
WRITTEN = "    relays: [harbour]\n    archive: {}/web/20240501000000/{}\n"


def entry_in(root: Path, text: str = ENTRY, name: str = "1998/bridge-closed") -> Path:
    """A project with this entry; returns the file of the entry."""
    write(root, {name: text})
    return root / "chronology/events" / f"{name}.yml"


def run(root: Path, server: FaultyServer, *words: str, **environment: str) -> Result:
    command = ["--root", str(root), "archive", "--delay=0", "--allow-private", "--service", server.url(""), *words]
    return CliRunner(env=environment).invoke(cli.main, command)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter waits than the archive deserves."""
    monkeypatch.setattr(finding, "PAUSE", 0.01)
    monkeypatch.setattr(
        finding, "LIMITS", replace(finding.LIMITS, seconds=3, size=MEGABYTE, tries=1, backoff=0.01, longest_wait=1)
    )


# Which copy


def test_the_copy_nearest_to_the_day_it_was_read_is_written_and_nothing_else_changes(tmp_path: Path) -> None:
    times = ("19980319120000", "20240401000000", "20240501000000", "20240509000000")
    archive = Archive({PAGE: dict.fromkeys(times, STORY)})
    file = entry_in(tmp_path)
    with faulty_server({}, otherwise=archive) as server:
        result = run(tmp_path, server)
        copy = f"{server.url('')}/web/20240501000000/{PAGE}"
    assert result.exit_code == 0
    assert file.read_text() == ENTRY.replace("    relays: [harbour]\n", f"    relays: [harbour]\n    archive: {copy}\n")
    assert result.stdout == (
        f"written  chronology/events/1998/bridge-closed.yml (`gazette`)\n      {copy}\n"
        "1 source without an archived copy: 1 written.\n"
    )


def test_every_byte_around_is_kept(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    before = b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode() + b"# the end, without a line end"
    file.write_bytes(before)
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": STORY}})) as server:
        assert run(tmp_path, server).exit_code == 0
        line = f"    archive: {server.url('')}/web/20240501000000/{PAGE}\r\n".encode()
    after = file.read_bytes()
    assert after.replace(line, b"", 1) == before
    assert after.count(line) == 1


@pytest.mark.parametrize(
    ("near", "not_before", "chosen"),
    [
        (date(2024, 5, 2), date(1998, 3, 19), ["20240502", "20240509", "20240401", "19980319"]),
        (date(1998, 3, 19), date(1998, 3, 19), ["19980319", "20240401", "20240502", "20240509"]),
        (date(1998, 3, 19), None, ["19980319", "19980310", "20240401", "20240502", "20240509"]),
        (None, None, ["20240509", "20240502", "20240401", "19980319", "19980310"]),
    ],
)
def test_the_nearest_comes_first_and_none_is_older_than_the_page(
    near: date | None, not_before: date | None, chosen: list[str]
) -> None:
    lacking = Lacking("s", "p", "h", PAGE, (), near, not_before)
    days = ("20240401", "19980319", "20240509", "19980310", "20240502")
    ranked = lacking.rank([Capture(f"{day}120000") for day in days], date(2026, 1, 1))
    assert [capture.timestamp[:8] for capture in ranked] == chosen


def test_near_which_day_and_for_whom(tmp_path: Path) -> None:
    told = {
        "read": "accessed: 2024-05-02, published: 1998-03-19",
        "published": "published: 1998-03-19",
        "month": "published: 1998-03",
        "neither": "author: J. Corrie",
        "copied": "archive: https://web.archive.org/web/2024/https://x.example.org/",
    }
    sources = "".join(
        f"  {name}: {{url: https://{name}.example.org/, title: '[Ours]', publisher: P, type: newspaper, {rest}}}\n"
        for name, rest in told.items()
    )
    sources += "  old: {url: https://web.archive.org/web/2024/https://y.example.org/, title: T, publisher: P, type: newspaper}\n"
    head, _, _ = ENTRY.partition("sources:\n  gaz")
    text = f"{head.replace('gazette', 'read')}sources:\n{sources}added: 2024-05-02\n"
    found = find_lacking(read(tmp_path, {"1998/bridge-closed": text}))
    assert {one.handle: (one.near, one.not_before, one.titles) for one in found} == {
        "read": (date(2024, 5, 2), date(1998, 3, 19), ()),
        "published": (date(1998, 3, 19), date(1998, 3, 19), ()),
        "month": (date(1998, 3, 1), date(1998, 3, 1), ()),
        "neither": (None, None, ()),
    }


REFUSED: Mapping[str, tuple[Act, str]] = {
    "error": (capture("<title>Gone</title>", 404), "the capture is an error page (404)"),
    "redirect": (capture("", 301), "the capture is a redirect"),
    "sent-on": (
        capture("<meta http-equiv='refresh' content='0; url=/home'><title>x</title>"),
        "the capture is a redirect",
    ),
    "soft": (
        capture("<title>Page not found</title>"),
        "the capture is not the page itself: the page answers, but its heading says that it is not there",
    ),
    "door": (
        capture("<title>Members</title><input type='password'>"),
        "the capture is not the page itself: the site asks who we are",
    ),
    "empty": (capture(""), "the capture is not the page itself: the page is empty"),
    "lost": (answer("<title>not archived</title>", 404), "the archive lists the capture and cannot show it"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_the_page_is_refused(tmp_path: Path, name: str) -> None:
    act, why = REFUSED[name]
    file = entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": act}})) as server:
        result = run(tmp_path, server)
    assert file.read_text() == ENTRY
    assert f"(`gazette`): {why}\n      {PAGE}\n1 source without an archived copy: 1 refused.\n" in result.stdout


def test_a_capture_that_sends_on_to_another_page_is_refused(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    archive = Archive({PAGE: {}, "https://gazette.example.org/": {"20240501000001": STORY}})
    with faulty_server({}, otherwise=archive) as server:
        home = server.url("/web/20240501000001id_/https://gazette.example.org/")
        archive.captures[PAGE]["20240501000000"] = redirect(home, 302)
        result = run(tmp_path, server)
    assert file.read_text() == ENTRY
    assert "the capture is a redirect to https://gazette.example.org/" in result.stdout


def test_a_capture_that_is_really_another_of_the_same_page_is_written_as_that(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    other = "http://www.gazette.example.org:80/1998/03/19/bridge"
    archive = Archive({PAGE: {}, other: {"20240430235959": STORY}})
    with faulty_server({}, otherwise=archive) as server:
        archive.captures[PAGE]["20240501000000"] = redirect(server.url(f"/web/20240430235959id_/{other}"), 302)
        run(tmp_path, server)
    assert f"/web/20240430235959/{PAGE}\n" in file.read_text()


def test_a_capture_older_than_the_page_is_not_taken_by_a_redirect_either(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    archive = Archive({PAGE: {"19970101000000": STORY}})
    with faulty_server({}, otherwise=archive) as server:
        archive.captures[PAGE]["20240501000000"] = redirect(server.url(f"/web/19970101000000id_/{PAGE}"), 302)
        result = run(tmp_path, server)
    assert file.read_text() == ENTRY
    assert "the archive gives a copy that is older than the page" in result.stdout


def test_a_refused_capture_gives_way_to_the_next(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    archive = Archive({PAGE: {"20240501000000": capture("", 404), "20240601000000": STORY}})
    with faulty_server({}, otherwise=archive) as server:
        run(tmp_path, server)
    assert "/web/20240601000000/" in file.read_text()


def test_a_capture_with_the_title_is_better_than_a_nearer_one_without(tmp_path: Path) -> None:
    other = capture("<title>Just a moment</title><p>We look whether you are a robot.")
    for times, chosen, why in (
        ({"20240501000000": other, "20240601000000": STORY}, "20240601000000", ""),
        ({"20240501000000": other}, "20240501000000", ": its heading is not the title in the entry; open it once"),
        ({"20240501000000": capture(b"%PDF-1.7", kind="application/pdf")}, "20240501000000", ""),
    ):
        file = entry_in(tmp_path)
        with faulty_server({}, otherwise=Archive({PAGE: times})) as server:
            result = run(tmp_path, server)
        assert f"/web/{chosen}/" in file.read_text()
        assert f"(`gazette`){why}\n" in result.stdout


def test_a_page_for_subscribers_is_the_page(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    wall = capture(f'<title>{TITLE}</title><script>{{"isAccessibleForFree": false}}</script><p>It was')
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": wall}})) as server:
        run(tmp_path, server)
    assert "archive: " in file.read_text()


def test_where_the_index_does_not_answer_the_other_interface_is_asked(tmp_path: Path) -> None:
    closest = {"available": True, "status": "200", "timestamp": "20240501000000", "url": "http://evil.example.org/"}
    told = answer(json.dumps({"url": PAGE, "archived_snapshots": {"closest": closest}}), kind="application/json")
    for index in (answer("", 503), answer("<html>busy"), answer("{}"), slow(30, answer("[]")), silent):
        file = entry_in(tmp_path)
        archive = Archive({PAGE: {"20240501000000": STORY}}, index=index, availability=told)
        with faulty_server({}, otherwise=archive) as server:
            assert run(tmp_path, server).exit_code == 0
        assert f"/web/20240501000000/{PAGE}\n" in file.read_text()


def test_nothing_is_there(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive()) as server:
        none = run(tmp_path, server)
    with faulty_server({}, otherwise=Archive({PAGE: {"19970101000000": STORY}})) as server:
        old = run(tmp_path, server, "--fresh")
    assert (
        "without a copy  chronology/events/1998/bridge-closed.yml (`gazette`): the archive has no copy\n" in none.stdout
    )
    assert "all copies in the archive are older than the page" in old.stdout
    assert file.read_text() == ENTRY


# A server that does wrong


@pytest.mark.parametrize(
    "act",
    [
        slow(30, STORY), dripping, endless, broken_off, silent, bomb("gzip"), bomb("br"), bomb("gzip", layers=2),
        raw(b"\x00\xff garbage\r\n\r\n"), answer("", 503), capture("", 429), answer("<title>Log in to this wifi</title>"),
        redirect("http://127.0.0.1:1/x"), redirect("ftp://files.example.org/"), redirect("/web/1/x"),
    ],
)  # fmt: skip
def test_whatever_the_archive_does_wrong_nothing_is_written(tmp_path: Path, act: Act) -> None:
    file = entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": act}})) as server:
        began = time.monotonic()
        result = run(tmp_path, server)
    assert time.monotonic() - began < 25
    assert result.exit_code == 0
    assert file.read_text() == ENTRY
    assert "1 source without an archived copy: 1 " in result.stdout
    assert "written" not in result.stdout


def test_a_page_in_another_charset_is_known_by_its_title(tmp_path: Path) -> None:
    file = entry_in(tmp_path, ENTRY.replace("'Cracked pier closes bridge'", "Мост закрыт из-за трещины"))
    page = capture("<title>Мост закрыт из-за трещины</title>".encode("koi8-r"), kind="text/html; charset=koi8-r")
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": page}})) as server:
        result = run(tmp_path, server)
    assert "open it once" not in result.stdout
    assert "archive: " in file.read_text()


def test_a_private_archive_is_not_asked_unless_that_is_wished(tmp_path: Path) -> None:
    entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": STORY}})) as server:
        command = ["--root", str(tmp_path), "archive", "--delay=0", "--service", server.url("")]
        result = CliRunner().invoke(cli.main, command)
    assert server.requests == []
    assert "leads into a private network" in result.stdout


def test_after_three_failures_in_a_row_the_archive_is_left_alone(tmp_path: Path) -> None:
    for number in range(5):
        entry_in(tmp_path, ENTRY.replace(PAGE, f"{PAGE}{number}"), f"1998/bridge-{number}")
    with faulty_server({}, otherwise=answer("", 503)) as server:
        result = run(tmp_path, server)
    assert "5 sources without an archived copy: 3 not reached, 2 not asked.\n" in result.stdout
    assert len(server.asked) == 6
    assert result.exit_code == 0


# What is written, and when


def test_a_copy_is_never_replaced(tmp_path: Path) -> None:
    mine = ENTRY.replace("    accessed:", "    archive: https://archive.ph/abc\n    accessed:")
    file = entry_in(tmp_path, mine)
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": STORY}})) as server:
        result = run(tmp_path, server)
    assert result.stdout == "0 sources without an archived copy.\n"
    assert server.requests == []
    assert file.read_text() == mine


def test_what_somebody_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """The file is read again at the moment of writing."""
    file = entry_in(tmp_path)

    for old, new, why in (
        ("    accessed:", "    archive: https://archive.ph/abc\n    accessed:", "`archive` is there already"),
        (PAGE, "https://other.example.org/", "the source was changed while the archive was asked"),
        ("  gazette:", "  gazette-two:", "the source was changed while the archive was asked"),
        ("topics:", "topics: [", "the source was changed while the archive was asked"),
    ):
        changed = ENTRY.replace(old, new)

        def act(connection: object, request: object, changed: str = changed) -> None:
            file.write_text(changed)
            STORY(connection, request)  # type: ignore[arg-type]

        file.write_text(ENTRY)
        with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": act}})) as server:
            result = run(tmp_path, server)
        assert file.read_text() == changed
        assert f"not changed  chronology/events/1998/bridge-closed.yml (`gazette`): {why}" in result.stdout


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": STORY}})) as server:
        result = run(tmp_path, server, "--dry-run", "--save")
    assert file.read_text() == ENTRY
    assert f"/web/20240501000000/{PAGE}\n1 source without an archived copy: 1 found, not written.\n" in result.stdout


def test_only_one_event_and_no_more_than_so_many(tmp_path: Path) -> None:
    for number in range(4):
        entry_in(tmp_path, ENTRY.replace(PAGE, f"{PAGE}{number}"), f"1998/bridge-{number}")
    with faulty_server({}, otherwise=Archive()) as server:
        one = run(tmp_path, server, "--event", "bridge-2")
        some = run(tmp_path, server, "--limit", "2")
    assert one.stdout.endswith("1 source without an archived copy: 1 without a copy.\n")
    assert some.stdout.endswith("3 sources without an archived copy: 3 without a copy.\n1 more wait for another run.\n")
    assert run(tmp_path, server, "--event", "no-such").exit_code == 2


def test_one_page_of_several_sources_is_asked_once(tmp_path: Path) -> None:
    files = [entry_in(tmp_path, ENTRY, f"1998/bridge-{number}") for number in range(3)]
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": STORY}})) as server:
        run(tmp_path, server)
    assert len(server.asked) == 2
    assert all("archive: " in file.read_text() for file in files)


def test_what_was_asked_for_today_is_not_asked_for_again(tmp_path: Path) -> None:
    entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive()) as server:
        for words, times in ((), 1), ((), 1), (("--fresh",), 2):
            result = run(tmp_path, server, *words)
            assert len(server.asked) == times
            assert "the archive has no copy" in result.stdout


def test_a_run_that_was_killed_goes_on_and_leaves_no_half_written_file(tmp_path: Path) -> None:
    files = [entry_in(tmp_path, ENTRY.replace(PAGE, f"{PAGE}{number}"), f"1998/bridge-{number}") for number in range(3)]
    archive = Archive({f"{PAGE}{number}": {"20240501000000": STORY} for number in range(3)})
    archive.captures[f"{PAGE}1"]["20240501000000"] = slow(PATIENCE, STORY)
    with faulty_server({}, otherwise=archive) as server:
        command = [
            sys.executable,
            "-m",
            "chronicle",
            "--root",
            str(tmp_path),
            "archive",
            "--delay=0",
            "--allow-private",
        ]
        command += ["--service", server.url("")]
        kill_when(lambda: "archive: " in files[0].read_text() and len(server.asked) == 4, command, ENVIRONMENT)
        assert [file.read_text() == ENTRY.replace(PAGE, f"{PAGE}{number}") for number, file in enumerate(files)] == [
            False, True, True,
        ]  # fmt: skip
        assert [path.name for path in files[0].parent.iterdir() if path not in files] == []
        archive.captures[f"{PAGE}1"]["20240501000000"] = STORY
        before = len(server.asked)
        result = run(tmp_path, server)
    assert result.stdout.endswith("2 sources without an archived copy: 2 written.\n")
    assert len(server.asked) - before == 4


def test_a_crash_between_asking_and_writing_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = entry_in(tmp_path)

    replace_by = Path.replace

    def fail(beside: Path, target: Path) -> Path:
        if target == file:
            raise OSError("No space left on device")
        return replace_by(beside, target)

    monkeypatch.setattr(Path, "replace", fail)
    with faulty_server({}, otherwise=Archive({PAGE: {"20240501000000": STORY}})) as server:
        result = run(tmp_path, server)
    assert "not changed  chronology/events/1998/bridge-closed.yml (`gazette`): No space left on device" in result.stdout
    assert file.read_text() == ENTRY
    assert [path.name for path in file.parent.iterdir()] == [file.name]


# Save Page Now

KEYS = {"IA_ACCESS_KEY": "me", "IA_SECRET_KEY": "secret"}
PENDING = {"status": "pending", "job_id": "spn2-abc"}


def test_a_copy_is_made_where_there_is_none(tmp_path: Path) -> None:
    file = entry_in(tmp_path)
    made = {"status": "success", "timestamp": "20260601000000", "original_url": "http://evil.example.org/"}
    archive = Archive(progress=[PENDING, PENDING, made])

    def index(connection: object, request: object) -> None:
        archive.captures = {PAGE: {"20260601000000": STORY}}
        answer("[]")(connection, request)  # type: ignore[arg-type]

    archive.index = index
    with faulty_server({}, otherwise=archive) as server:
        result = run(tmp_path, server, "--save", **KEYS)
    assert f"/web/20260601000000/{PAGE}\n" in file.read_text()
    assert "1 written" in result.stdout
    (save,) = [request for request in server.requests if request.method == "POST"]
    assert save.path == "/save"
    assert b"url=https%3A%2F%2Fgazette.example.org%2F1998%2F03%2F19%2Fbridge" in save.body
    assert save.headers["authorization"] == "LOW me:secret"
    assert server.asked.count("/save/status/spn2-abc") == 3
    told = {request.path: "authorization" in request.headers for request in server.requests}
    assert {path for path, with_keys in told.items() if with_keys} == {"/save", "/save/status/spn2-abc"}


@pytest.mark.parametrize(
    ("begun", "progress", "why"),
    [
        ({"message": "You have already reached the limit.", "status": "error"}, {}, "the archive makes no copy: You have"),
        ({}, {}, "the archive makes no copy: no reason is given"),
        ({"job_id": "../../evil"}, {}, "the archive makes no copy"),
        ({"job_id": "spn2-abc"}, {"status": "error", "message": "The target is down."}, "could make no copy: The target is down"),
        ({"job_id": "spn2-abc"}, {"status": "success", "timestamp": "soon"}, "could make no copy: no reason is given"),
        ({"job_id": "spn2-abc"}, {"status": "success", "timestamp": "20260601000000"}, "cannot show it"),
    ],
)  # fmt: skip
def test_why_no_copy_was_made_is_told(
    tmp_path: Path, begun: Mapping[str, object], progress: Mapping[str, object], why: str
) -> None:
    file = entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive(begun=begun, progress=[progress])) as server:
        result = run(tmp_path, server, "--save", **KEYS)
    assert why in result.stdout
    assert "1 refused" in result.stdout
    assert file.read_text() == ENTRY


def test_without_keys_nothing_can_be_saved(tmp_path: Path) -> None:
    entry_in(tmp_path)
    with faulty_server({}, otherwise=Archive()) as server:
        result = run(tmp_path, server, "--save", IA_ACCESS_KEY="", IA_SECRET_KEY="")
    assert result.exit_code == 2
    assert "--save needs the two keys of an account in IA_ACCESS_KEY and IA_SECRET_KEY." in result.stderr
    assert server.requests == []


# What the archive says, read


def test_the_answers_of_the_index_are_read() -> None:
    rows = [
        ["timestamp", "statuscode"],
        ["20240501000000", "200"],
        ["20240502000000", "301"],
        ["20241301000000", "200"],
    ]
    assert [capture.timestamp for capture in read_captures(json.dumps(rows))] == ["20240501000000"]
    assert read_captures("") == read_captures("[]") == ()
    for wrong in ("{}", "<html>", "[1]", "null"):
        with pytest.raises(ValueError, match=r"list|Expecting"):
            read_captures(wrong)


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ({"archived_snapshots": {"closest": {"available": True, "status": "200", "timestamp": "20240501000000"}}}, 1),
        ({"archived_snapshots": {"closest": {"available": True, "status": "301", "timestamp": "20240501000000"}}}, 0),
        ({"archived_snapshots": {"closest": {"available": False, "status": "200", "timestamp": "20240501000000"}}}, 0),
        ({"archived_snapshots": {"closest": {"available": True, "status": "200", "timestamp": 20240501}}}, 0),
        ({"archived_snapshots": {"closest": None}}, 0),
        ({"archived_snapshots": {}}, 0),
    ],
)
def test_the_answers_of_the_availability_interface_are_read(told: Mapping[str, object], number: int) -> None:
    assert len(read_nearest(json.dumps(told))) == number


@pytest.mark.parametrize("text", ["", "[]", "null", "[" * 100_000, '{"status": 1, "job_id": 2, "message": 3}'])
def test_odd_answers_to_a_job_are_no_job(text: str) -> None:
    assert read_job(text) is None
    assert read_progress(text) == "no reason is given"


def test_addresses_of_the_archive() -> None:
    service, one = Service(), Capture("20240501000000")
    url = "https://a.example.org/x?a=1&b=2#part"
    assert service.copy(one, url) == f"https://web.archive.org/web/20240501000000/{url}"
    assert service.raw(one, url) == "https://web.archive.org/web/20240501000000id_/https://a.example.org/x?a=1&b=2"
    near = service.captures(url, date(2024, 5, 2))
    assert near.startswith(
        "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fa.example.org%2Fx%3Fa%3D1%26b%3D2&output=json"
    )
    assert near.endswith("&sort=closest&closest=20240502120000&limit=25")
    assert service.nearest(url, date(2024, 5, 2)).startswith(
        "https://archive.org/wayback/available?url=https%3A%2F%2Fa"
    )
    raw_one = "https://web.archive.org/web/2024id_/https://a.example.org/"
    for copy in ("web/2024/", "web/2024if_/", "web/2024id_/"):
        assert raw_address(f"https://web.archive.org/{copy}https://a.example.org/", service) == raw_one
    assert raw_address("https://archive.ph/abc", service) is None
    assert raw_address("https://evil.example.org/web/2024/https://a.example.org/", service) is None
    assert replayed(raw_one) is None
    assert is_same_page("http://www.a.example.org:80/x/", "https://a.example.org/x#top")
    assert not is_same_page("https://a.example.org/x", "https://a.example.org/")


@pytest.mark.parametrize(
    "address", ["web.archive.org", "ftp://x.example.org", "https://x.example.org/?q=1", "https://"]
)
def test_an_archive_has_an_address(project: Path, address: str) -> None:
    result = CliRunner().invoke(cli.main, ["--root", str(project), "archive", "--service", address])
    assert result.exit_code == 2


def test_an_edit_that_is_refused_is_an_edit_error() -> None:
    lacking = Lacking("s", "p", "gazette", PAGE, (), None, None)
    with pytest.raises(EditError):
        running._put(lacking, "https://x.example.org/", "sources: {}")
