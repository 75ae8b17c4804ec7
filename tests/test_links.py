"""The command `links`: what becomes of addresses, what is remembered, told and written, on a server that does wrong."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chronicle import cli
from chronicle.model import UrlStatus
from chronicle.net import Answer, Limits, Trouble
from chronicle.upkeep.links import looking
from chronicle.upkeep.links.addresses import Link, links_of
from chronicle.upkeep.links.ledger import FILE, History, Ledger, Look, gather
from chronicle.upkeep.links.looking import was_unknown
from chronicle.upkeep.links.report import LONGEST, find_changes, find_newest, read_state, write_changes, write_markdown
from chronicle.upkeep.links.running import Run, ask_all, choose, remember, report
from chronicle.upkeep.links.verdicts import Verdict, judge
from chronicle.upkeep.links.writing import write_statuses
from conftest import ROOT
from faulty_server import Act, answer, broken_off, faulty_server, redirect, silent, slow
from patience import PATIENCE, kill_when
from small import read, write

TODAY = date(2024, 5, 9)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
WEEK = timedelta(days=7)
QUICK = Limits(seconds=3, tries=1, delay=0, backoff=0.01, size=65536, cut=True)
TITLE = "Bridge closed after a crack is found"
STORY = answer(f"<title>{TITLE} | The Gazette</title><p>It was closed.</p>")


def sources(addresses: Mapping[str, str], title: str = TITLE, rest: str = "") -> str:
    """An entry with these sources: handle → address."""
    told = "".join(
        f"  {handle}:\n    url: {url}   # as printed\n    title: {title}\n    publisher: Paper\n    type: newspaper\n{rest}"
        for handle, url in addresses.items()
    )
    first = next(iter(addresses))
    return (
        "date: 1998-03-17\ntitle: Bridge closed\nkind: closure\ncertainty: confirmed\ntopics: [safety]\nadded: 2024-05-02\n"
        f"sources:\n{told}summary: Closed.[^{first}]\nclaims: [{{says: It was closed., sources: [{first}]}}]\n"
    )


def look_around(
    root: Path, addresses: Mapping[str, str], day: date = TODAY, earlier: History | None = None, title: str = TITLE
) -> dict[str, Look]:
    """What a run finds for each handle."""
    chronology = read(root, {"1998/bridge-closed": sources(addresses, title)})
    links = links_of(chronology)
    run = Run(root, day, "https://git.example.org/bridge", QUICK, allow_private=("127.0.0.1/32",))
    history = earlier if earlier is not None else remember(root)
    told: list[Look] = []
    ask_all(run, waiting := choose(links, history, day), history, told.append)
    found = report(run, links, history, not waiting or any(look.reached for look in told)).found
    return {one.link.cited[0].handle: one.look for one in found if one.look}


VERDICTS: dict[str, tuple[Act, UrlStatus, str]] = {
    "live": (STORY, UrlStatus.LIVE, "the page answers"),
    "no-title": (answer("<p>Closed"), UrlStatus.LIVE, "the page answers"),
    "pdf": (answer(b"%PDF-1.7", kind="application/pdf"), UrlStatus.LIVE, "the page answers"),
    "long": (answer(b"<title>" + TITLE.encode() + b"</title>" + b" " * 200_000), UrlStatus.LIVE, "the page answers"),
    "moved": (redirect("/new"), UrlStatus.MOVED, "the site says that the page has moved for good"),
    "moved-308": (redirect("/new", 308), UrlStatus.MOVED, "the site says that the page has moved for good"),
    "for-now": (redirect("/new", 302), UrlStatus.LIVE, "the page answers"),
    "for-now-307": (redirect("/new", 307), UrlStatus.LIVE, "the page answers"),
    "mixed": (redirect("/for-now"), UrlStatus.LIVE, "the page answers"),
    "slash": (redirect("/slash/"), UrlStatus.LIVE, "the page answers"),
    "gone": (answer("", 404), UrlStatus.GONE, "the site answers that there is no such page (404)"),
    "gone-410": (answer("", 410), UrlStatus.GONE, "the site answers that there is no such page (410)"),
    "moved-and-gone": (redirect("/gone"), UrlStatus.GONE, "the site answers that there is no such page (404)"),
    "password": (answer("", 401), UrlStatus.REFUSED, "the site asks for a password (401)"),
    "forbidden": (answer("", 403), UrlStatus.REFUSED, "the site lets no program in (403)"),
    "busy": (answer("", 429), UrlStatus.REFUSED, "the site lets no program in (429)"),
    "blocked": (answer("", 451), UrlStatus.REFUSED, "the site lets no program in (451)"),
    "members": (redirect("/accounts/login?next=x", 302), UrlStatus.REFUSED, "the site asks who we are"),
    "form": (answer("<title>Members</title><input type='password'>"), UrlStatus.REFUSED, "the site asks who we are"),
    "wall": (
        answer(f'<title>{TITLE}</title><script>{{"isAccessibleForFree": "False"}}</script>'),
        UrlStatus.REFUSED,
        "the page is for subscribers",
    ),
    "robots": (STORY, UrlStatus.REFUSED, "the site asks programs to leave this page alone"),
    "error": (answer("", 500), UrlStatus.UNSURE, "the site answers with an error (500)"),
    "odd": (answer("", 418), UrlStatus.UNSURE, "the site answers with an error (418)"),
    "nowhere": (answer("", 302), UrlStatus.UNSURE, "the site answers with an error (302)"),
    "circle": (redirect("/circle"), UrlStatus.UNSURE, "it sends us on more than 8 times"),
    "slow": (slow(30, STORY), UrlStatus.UNSURE, "no whole answer came in time"),
    "silent": (silent, UrlStatus.UNSURE, "the answer was broken off"),
    "broken": (broken_off, UrlStatus.UNSURE, "the answer was broken off"),
    "empty": (answer(""), UrlStatus.UNSURE, "the page is empty"),
    "blank": (answer("  \n "), UrlStatus.UNSURE, "the page is empty"),
    "soft": (
        answer("<title>Page not found</title>"),
        UrlStatus.UNSURE,
        "the page answers, but its heading says that it is not there",
    ),
    "front": (redirect("/", 302), UrlStatus.UNSURE, "the site sends us to its front page, or to that of a department"),
    "front-for-good": (
        redirect("/"),
        UrlStatus.UNSURE,
        "the site sends us to its front page, or to that of a department",
    ),
    "private": (redirect("http://127.0.0.2/"), UrlStatus.UNSURE, "127.0.0.2 leads into a private network"),
}
BESIDE: dict[str, Act] = {
    "/": answer("<title>The Gazette</title>"),
    "/new": STORY,
    "/for-now": redirect("/new", 302),
    "/slash/": STORY,
    "/accounts/login?next=x": answer("<title>Who are you?</title>"),
    "/robots.txt": answer("User-agent: *\nDisallow: /robots\n", kind="text/plain"),
}


def test_what_became_of_each_address(tmp_path: Path) -> None:
    acts = {**{f"/{name}": act for name, (act, _, _) in VERDICTS.items()}, **BESIDE}
    with faulty_server(acts) as server:
        found = look_around(tmp_path, {name: server.url(f"/{name}") for name in VERDICTS})
        new = server.url("/new")
    assert {name: (look.status, look.why) for name, look in found.items()} == {
        name: (status, why) for name, (_, status, why) in VERDICTS.items()
    }
    assert {name for name, look in found.items() if look.to} == {"moved", "moved-308"}
    assert found["moved"].to == new


def test_a_page_that_is_there_may_speak_of_what_is_not_found(tmp_path: Path) -> None:
    title = "Crack not found, error 404 of the harbour authority"
    with faulty_server({"/page": answer(f"<h1>{title}</h1><input type=password>")}) as server:
        assert look_around(tmp_path, {"a": server.url("/page")}, title=title)["a"].status is UrlStatus.LIVE


def test_an_odd_title_of_ours_is_not_looked_for(tmp_path: Path) -> None:
    with faulty_server({"/page": answer("<title>Notice 14</title>")}) as server:
        look = look_around(tmp_path, {"a": server.url("/page")}, title="'[Notice of the harbour authority]'")["a"]
    assert look.status is UrlStatus.LIVE


@pytest.mark.parametrize(
    "lost", [answer("<title>Die Zeitung</title><p>Hier ist nichts."), redirect("/news/start", 302)]
)
def test_a_site_that_never_says_no_is_compared_with_itself(tmp_path: Path, lost: Act) -> None:
    """A “soft 404” in any language: the site answers the same for a page that cannot be there."""

    acts = {"/news/start": answer("<title>Start"), "/news/there": STORY, "/robots.txt": answer("")}
    told = {"gone": "/news/1998/bridge", "also": "/news/1998/pier", "there": "/news/there"}
    with faulty_server(acts, otherwise=lost) as server:
        found = look_around(tmp_path, {handle: server.url(path) for handle, path in told.items()})
    verdicts = {handle: look.status for handle, look in found.items()}
    assert verdicts == {"gone": "unsure", "also": "unsure", "there": "live"}
    asked = [path for path in server.asked if "cannot-be-there" in path]
    assert len(asked) == 1, "once for each folder"


def test_one_page_of_several_sources_is_asked_once(tmp_path: Path) -> None:
    with faulty_server({"/page": STORY}) as server:
        url = server.url("/page")
        texts = {f"1998/bridge-{name}": sources({"a": url}, f"{TITLE} {name}") for name in ("one", "two")}
        links = links_of(read(tmp_path, texts))
        run = Run(tmp_path, TODAY, "https://git.example.org/bridge", QUICK, allow_private=True)
        ask_all(run, links, {}, lambda _: None)
    assert server.asked == ["/page"]
    assert [[cited.slug for cited in link.cited] for link in links] == [["bridge-one", "bridge-two"]]


def test_archived_copies_are_asked_for_when_that_is_wished(tmp_path: Path) -> None:
    rest = "    archive: https://web.archive.org/web/2024/https://a.example.org/\n"
    chronology = read(tmp_path, {"1998/bridge-closed": sources({"a": "https://a.example.org/"}, rest=rest)})
    assert [link.address for link in links_of(chronology)] == ["https://a.example.org/"]
    copy, live = sorted(links_of(chronology, copies=True), key=lambda link: link.host, reverse=True)
    assert (copy.cited[0].is_copy, live.cited[0].is_copy) == (True, False)


# A host that does not exist


@pytest.fixture
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts under `.invalid` do not exist, whatever the resolver of this machine says, and however late."""
    resolve = socket.getaddrinfo

    def resolve_all_but_invalid(host: str, *rest: Any, **how: Any) -> Any:
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "as the resolver says it")
        return resolve(host, *rest, **how)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_all_but_invalid)


def unknown(address: str) -> Answer:
    return Answer(address, address, trouble=Trouble.NO_SUCH_HOST, said="there is no host called x")


def test_a_host_that_does_not_exist_is_gone_only_on_a_second_day() -> None:
    first, second = judge(unknown("http://x.example/"), ()), judge(unknown("http://x.example/"), (), was_unknown=True)
    assert (first.status, second.status) == (UrlStatus.UNSURE, UrlStatus.GONE)
    assert "on another day" in first.why


@pytest.mark.usefixtures("_nobody")
def test_the_second_day_is_found_in_what_is_remembered(tmp_path: Path) -> None:
    with faulty_server({"/page": STORY}) as server:
        told = {"there": server.url("/page"), "nowhere": "http://nobody.invalid/page"}
        seen = [
            look_around(tmp_path, told, TODAY + days)["nowhere"].status for days in (0 * WEEK, 0 * WEEK, WEEK, 2 * WEEK)
        ]
    assert seen == ["unsure", "unsure", "gone", "gone"]


@pytest.mark.usefixtures("_nobody")
def test_whoever_is_not_connected_remembers_nothing(tmp_path: Path) -> None:
    assert look_around(tmp_path, {"a": "http://nobody.invalid/1", "b": "http://no-one.invalid/2"}) == {}
    assert (tmp_path / FILE).read_text() == ""
    assert not (tmp_path / FILE).with_name("report.md").exists()


# What is remembered


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    """Killed without a word in the middle of a run: what was found is there, and nothing is asked twice."""
    acts = {f"/{number}": STORY for number in range(3)}
    with faulty_server(acts) as server, faulty_server({"/robots.txt": slow(PATIENCE, STORY)}, "127.0.0.2") as stuck:
        told = {f"s{number}": server.url(f"/{number}") for number in range(3)} | {"stuck": stuck.url("/stuck")}
        write(tmp_path, {"1998/bridge-closed": sources(told)})
        command = [sys.executable, "-m", "chronicle", "--root", str(tmp_path), "links", "--delay=0", "--allow-private"]
        file = tmp_path / FILE
        kill_when(lambda: file.is_file() and file.read_text().count("\n") == 3, command, ENVIRONMENT)
        stuck.acts["/robots.txt"] = answer("", 404)
        stuck.acts["/stuck"] = STORY
        result = run(tmp_path, "--delay=0")
    assert result.stdout.startswith("4 addresses: 4 live,")
    assert sorted(server.asked) == ["/0", "/1", "/2"]
    assert stuck.asked == ["/stuck"]


def test_what_was_asked_for_today_is_not_asked_for_again(tmp_path: Path) -> None:
    with faulty_server({"/page": STORY}) as server:
        write(tmp_path, {"1998/bridge-closed": sources({"a": server.url("/page")})})
        for words, times in ((), 1), ((), 1), (("--fresh",), 2), ((), 2):
            assert run(tmp_path, "--delay=0", *words).exit_code == 0
            assert len(server.asked) == times


def test_a_limit_takes_first_what_was_longest_unseen() -> None:
    links = tuple(Link(f"https://{name}.example.org/", ()) for name in "abcd")
    seen = {"a": TODAY, "b": TODAY - WEEK, "c": TODAY - 2 * WEEK}
    history = gather(Look(f"https://{name}.example.org/", day, UrlStatus.LIVE, "") for name, day in seen.items())
    chosen = choose(links, history, TODAY, limit=2)
    assert [link.host[0] for link in chosen] == ["d", "c"]
    assert [link.host[0] for link in choose(links, history, TODAY)] == ["d", "c", "b"]
    assert len(choose(links, history, TODAY, fresh=True)) == 4


def test_an_address_that_nobody_foresaw_does_not_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(answer: Answer, *rest: Any) -> Verdict:
        if answer.url.endswith("/odd"):
            raise RuntimeError("as a library may")
        return judge(answer, *rest)

    monkeypatch.setattr(looking, "judge", stumble)
    with faulty_server({"/odd": STORY, "/sound": STORY}) as server:
        addresses = {name: server.url(f"/{name}") for name in ("odd", "sound")}
        found = look_around(tmp_path, {**addresses, "emoji": "https://xn--ls8h.la/1"})
    assert (found["odd"].status, found["odd"].why) == (UrlStatus.UNSURE, "we could not look at it (RuntimeError)")
    assert (found["sound"].status, found["emoji"].status) == (UrlStatus.LIVE, UrlStatus.UNSURE)


@pytest.mark.parametrize("sign", ["\u0085", "\u2028", "\u2029"])
def test_a_look_whose_words_hold_a_sign_that_ends_lines_is_kept(tmp_path: Path, sign: str) -> None:
    ledger = Ledger(tmp_path)
    look = Look(f"https://a.example.org/{sign}", TODAY, UrlStatus.LIVE, f"the page{sign}answers", http=200)
    ledger.remember(look)
    assert ledger.read() == {look.address: (look,)}


def test_a_line_that_was_broken_off_is_passed_over(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.tidy()
    look = Look("https://a.example.org/", TODAY, UrlStatus.GONE, "the site answers", http=404)
    ledger.remember(look)
    file = tmp_path / FILE
    whole = file.read_text()
    odd = ("[]", '{"address": 1}', '"x"', '{"address": "b", "day": "soon"}', "[" * 100_000, whole[:30])
    file.write_text(whole + "\n".join(odd), encoding="utf-8")
    assert ledger.read() == {look.address: (look,)}
    ledger.tidy()
    assert file.read_text() == whole


def test_only_the_newest_looks_are_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.tidy()
    for number in range(20):
        ledger.remember(Look("https://a.example.org/", TODAY + number * WEEK, UrlStatus.LIVE, "", http=200))
    ledger.tidy()
    (kept,) = ledger.read().values()
    assert [look.day for look in kept] == [TODAY + number * WEEK for number in range(14, 20)]


# The reports


def looks(
    tmp_path: Path, statuses: Mapping[str, UrlStatus], day: date = TODAY
) -> tuple[tuple[Link, ...], tuple[Look, ...]]:
    told = {handle: f"https://{handle}.example.org/1" for handle in statuses}
    links = links_of(read(tmp_path, {"1998/bridge-closed": sources(told)}))
    return links, tuple(
        Look(told[handle], day, status, "the site says so", http=200) for handle, status in statuses.items()
    )


def test_the_report_tells_the_worst_first_and_where_it_stands(tmp_path: Path) -> None:
    statuses = {
        "a": UrlStatus.LIVE,
        "b": UrlStatus.UNSURE,
        "c": UrlStatus.GONE,
        "d": UrlStatus.REFUSED,
        "e": UrlStatus.MOVED,
    }
    links, found = looks(tmp_path, statuses)
    text = write_markdown(find_newest(links, gather(found)), TODAY, "https://git.example.org/bridge")
    assert text.startswith("5 addresses: 1 live, 1 moved, 1 gone, 1 refused, 1 unsure. Looked at on 9 May 2024.\n")
    assert re.findall("^## (.*)$", text, re.MULTILINE) == ["Gone (1)", "Moved (1)", "Refused (1)", "Unsure (1)"]
    where = "[bridge-closed](https://git.example.org/bridge/blob/main/chronology/events/1998/bridge-closed.yml)"
    assert f"- `https://c.example.org/1` The site says so. In {where} as `c` (no archived copy).\n" in text
    look_by_handle = {look.address[8]: look for look in found}
    assert read_state(text, TODAY + WEEK) == tuple(look_by_handle[handle] for handle in "cedb")
    assert read_state(text.replace("\n", "\r\n"), TODAY + WEEK) == read_state(text, TODAY + WEEK), (
        "an issue is given back with other line ends"
    )
    assert read_state("nothing of ours", TODAY) == ()


def test_no_address_ends_the_comment_or_becomes_a_link_or_calls_anybody() -> None:
    to = "https://x.example.org/`-->@somebody#1[x](y)<img src=x>"
    link = Link("https://a.example.org/--", ())
    look = Look(link.address, TODAY, UrlStatus.MOVED, "--> <b>@somebody</b> `x` #12", to, 200)
    text = write_markdown(find_newest([link], {link.address: (look,)}), TODAY, "https://git.example.org/bridge")
    assert text.count("-->") == 2
    assert text.endswith("-->\n")
    assert "\n- `https://a.example.org/--` -- bsomebody/b x 12. Now: `" in text
    assert "`https://x.example.org/%60-->@somebody#1[x](y)<imgsrc=x>`." in text
    assert read_state(text, TODAY + WEEK) == (look,)


def test_a_long_report_fits_into_an_issue_and_keeps_the_worst() -> None:
    links = tuple(Link(f"https://a.example.org/{number:04}/{'x' * 200}", ()) for number in range(900))
    *others, last = (Look(link.address, TODAY, UrlStatus.UNSURE, "so") for link in links)
    found = (*others, replace(last, status=UrlStatus.GONE))
    text = write_markdown(find_newest(links, gather(found)), TODAY, "https://git.example.org/bridge")
    assert len(text) <= LONGEST
    assert "more lines: the whole report is in `report.json`." in text
    assert read_state(text, TODAY + WEEK)[0].status is UrlStatus.GONE
    assert len(read_state(text, TODAY + WEEK)) > 50


def test_changes_are_what_is_lost_moved_or_back_and_nothing_else(tmp_path: Path) -> None:
    live, moved, gone, refused, unsure = UrlStatus
    before = {"a": gone, "b": unsure, "c": live, "d": refused, "e": gone}
    now = {"a": live, "b": refused, "c": moved, "d": gone, "e": gone, "f": gone}
    _, earlier = looks(tmp_path, before, TODAY - WEEK)
    links, found = looks(tmp_path, now)
    history = gather([*earlier, *found])
    changes = find_changes(find_newest(links, history), history, TODAY)
    told = {change.found.link.host[0]: change.before for change in changes}
    assert told == {"a": "gone", "c": "live", "d": "refused", "f": "live"}
    text = write_changes(changes, "https://git.example.org/bridge")
    assert re.findall(r"^\*\*(.*)\*\*$", text, re.MULTILINE) == ["Gone", "Moved", "No longer gone or moved"]
    assert "as `d` (no archived copy). It was refused." in text
    assert write_changes((), "") == ""


def test_an_earlier_report_tells_what_has_changed(tmp_path: Path) -> None:
    acts: dict[str, Act] = {"/a": STORY, "/b": answer("", 404), "/c": answer("", 404)}
    with faulty_server(acts) as server:
        write(tmp_path, {"1998/bridge-closed": sources({name: server.url(f"/{name}") for name in "abc"})})
        run(tmp_path, "--delay=0")
        folder = (tmp_path / FILE).parent
        earlier = tmp_path / "issue.md"
        text = (folder / "report.md").read_text()
        earlier.write_text(text.replace(date.today().isoformat(), (date.today() - WEEK).isoformat()))
        for file in folder.iterdir():
            file.unlink()
        acts.update({"/a": answer("", 410), "/c": STORY})
        server.acts.update(acts)
        assert run(tmp_path, "--delay=0", "--since", str(earlier)).exit_code == 0
    changes = (folder / "changes.md").read_text()
    assert [line.split("`")[1][-2:] for line in changes.split("\n") if line.startswith("- ")] == ["/a", "/c"]
    assert "It was live." in changes
    assert "It was gone." in changes


def test_a_second_run_on_the_same_day_compares_with_the_first_and_makes_no_second_day_of_it() -> None:
    looks = (
        Look("https://a.example.org/", TODAY, UrlStatus.GONE, "so", trouble=Trouble.NO_SUCH_HOST),
        Look("https://b.example.org/", TODAY, UrlStatus.UNSURE, "so", trouble=Trouble.NO_SUCH_HOST),
    )
    links = tuple(Link(look.address, ()) for look in looks)
    text = write_markdown(find_newest(links, gather(looks)), TODAY, "")
    gone, unsure = read_state(text, TODAY)
    assert (gone.day, unsure.day) == (TODAY - timedelta(days=1),) * 2
    assert was_unknown([gone], TODAY)
    assert not was_unknown([unsure], TODAY)
    history = gather([gone, unsure, *looks])
    assert find_changes(find_newest(links, history), history, TODAY) == ()


def test_machines_get_the_report_too(tmp_path: Path) -> None:
    with faulty_server({"/page": redirect("/new"), "/new": STORY}) as server:
        look_around(tmp_path, {"a": server.url("/page")})
        told = json.loads((tmp_path / FILE).with_name("report.json").read_text())
        (link,) = told["links"]
        assert told["day"] == "2024-05-09"
        assert (link["status"], link["to"], link["http"]) == ("moved", server.url("/new"), 200)
        assert link["cited"][0]["handle"] == "a"


# The command, and what it writes


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.main, ["--root", str(root), "links", "--allow-private", *words])


def test_dead_links_are_told_and_are_no_failure(tmp_path: Path) -> None:
    with faulty_server({"/moved": redirect("/new"), "/new": STORY, "/live": STORY}) as server:
        write(
            tmp_path,
            {"1998/bridge-closed": sources({name: server.url(f"/{name}") for name in ("gone", "moved", "live")})},
        )
        result = run(tmp_path, "--delay=0")
        new = server.url("/new")
    assert result.exit_code == 0
    assert "gone  " in result.stdout
    assert (
        f"/moved\n      now {new}\n      chronology/events/1998/bridge-closed.yml (`moved`): the site says"
        in result.stdout
    )
    assert "\n3 addresses: 1 live, 1 moved, 1 gone, 0 refused, 0 unsure.\n" in result.stdout
    assert result.stderr == "Asking: 0 of 3\nAsking: 3 of 3\n"  # no terminal: a line at the start, and one at the end


def test_not_connected_is_no_failure_either(tmp_path: Path) -> None:
    write(tmp_path, {"1998/bridge-closed": sources({"a": "http://127.0.0.1:9/"})})
    result = CliRunner().invoke(cli.main, ["--root", str(tmp_path), "links"])
    assert result.exit_code == 0
    assert result.stderr.endswith(
        "\nNot one site answered, so nothing was remembered: is this machine connected to the internet?\n"
    )


@pytest.mark.parametrize(
    "words", [["--event", "no-such"], ["--limit", "0"], ["--since", "no-such"], ["--delay", "-1"], ["--nonsense"]]
)
def test_only_wrong_usage_is_a_failure(project: Path, words: list[str]) -> None:
    assert run(project, *words).exit_code == 2


def test_a_chronology_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "chronology").mkdir()
    result = run(tmp_path)
    assert (result.exit_code, "cannot be read" in result.stderr) == (1, True)


def test_only_the_sources_of_one_event_are_asked(tmp_path: Path) -> None:
    with faulty_server({"/1": STORY, "/2": STORY}) as server:
        write(tmp_path, {f"1998/bridge-{n}": sources({"a": server.url(f"/{n}")}) for n in (1, 2)})
        assert run(tmp_path, "--delay=0", "--event", "bridge-2").stdout.startswith("1 address: 1 live,")
    assert server.asked == ["/2"]


def test_words_are_written_where_they_say_something_and_nothing_else_changes(tmp_path: Path) -> None:
    acts = {
        "/live": STORY,
        "/back": STORY,
        "/moved": redirect("/live"),
        "/shut": answer("", 403),
        "/odd": answer("", 418),
    }
    names = ("live", "back", "gone", "moved", "shut", "odd", "still")
    with faulty_server({**acts, "/still": answer("", 418)}) as server:
        write(tmp_path, {"1998/bridge-closed": sources({name: server.url(f"/{name}") for name in names})})
        file = tmp_path / "chronology/events/1998/bridge-closed.yml"
        text = file.read_text()
        for name in ("back", "still"):
            text = text.replace(f"/{name}   # as printed\n", f"/{name}   # as printed\n    url_status: gone  # alas\n")
        file.write_bytes(text.replace("\n", "\r\n").encode())
        assert run(tmp_path, "--delay=0").exit_code == 0
        assert file.read_bytes() == text.replace("\n", "\r\n").encode()
        result = run(tmp_path, "--delay=0", "--write")
    assert result.stdout.endswith("\n1 entry changed.\n")
    back = "/back   # as printed\n    url_status: "
    expected = text.replace(f"{back}gone  # alas\n", f"{back}live  # alas\n")
    for name, word in (("gone", "gone"), ("moved", "moved"), ("shut", "refused"), ("odd", "unsure")):
        expected = expected.replace(f"/{name}   # as printed\n", f"/{name}   # as printed\n    url_status: {word}\n")
    assert file.read_bytes() == expected.replace("\n", "\r\n").encode()
    assert run(tmp_path, "--delay=0", "--write").stdout.endswith("\n0 entries changed.\n")
    assert run(tmp_path, "--delay=0", "--write").exit_code == 0


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    links, found = looks(tmp_path, {"a": UrlStatus.GONE})
    newest = find_newest(links, gather(found))
    file = tmp_path / links[0].cited[0].path
    text = file.read_text()
    for changed, why in ((text.replace("  a:", "  b:"), "no group of keys"), (f"{text}: [", "line 15")):
        file.write_text(changed)
        written, refused = write_statuses(tmp_path, newest)
        assert (written, file.read_text()) == ((), changed)
        assert refused[0].startswith(f"{links[0].cited[0].path}: {why}")


def test_without_its_libraries_the_command_says_what_to_do(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("chronicle.net", "chronicle.upkeep.links"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "httpx", None)
    result = run(project)
    assert result.exit_code == 1
    assert "needs the library `httpx`" in result.stderr
    assert "pip install 'chronicle[network]'" in result.stderr


def test_the_other_commands_do_not_wait_for_those_libraries() -> None:
    code = (
        "import sys; from chronicle.cli import COMMANDS, find_command; all(map(find_command, COMMANDS)); "
        "print([m for m in ('httpx', 'httpcore', 'protego', 'brotli') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert done.stdout == "[]\n"


# The guide

GUIDE = ROOT / "docs/contribute/links.md"
SHOWN = re.compile(r"<!-- run: links -->\n(.*?)<!-- /run -->", re.DOTALL)


def test_the_guide_shows_what_the_command_says(tmp_path: Path, renew: bool) -> None:
    acts = {"/1998/03/19/bridge": redirect("/archive/bridge"), "/archive/bridge": STORY, "/1998/03/20/ferry": STORY}
    addresses = {"gazette": "/1998/03/19/bridge", "ferry": "/1998/03/20/ferry", "notice": "/notices/98-14"}
    with faulty_server(acts) as server:
        write(
            tmp_path,
            {"1998/harbour-bridge-closed": sources({name: server.url(path) for name, path in addresses.items()})},
        )
        said = run(tmp_path, "--delay=0").stdout.replace(server.url(""), "https://gazette.example.org")
    shown = f"<!-- run: links -->\n\n```text\n$ chronicle links\n{said}```\n\n<!-- /run -->"
    if renew:
        GUIDE.write_text(SHOWN.sub(lambda _: shown, GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    assert shown in GUIDE.read_text(encoding="utf-8")


def test_the_guide_explains_every_word() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [status for status in UrlStatus if f"| `{status}` |" not in text] == []
