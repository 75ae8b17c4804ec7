"""The network: whatever the world does wrong becomes an answer that says so, politely and within limits."""

import asyncio
import resource
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from unittest.mock import Mock

import pytest

from chronicle.net import Answer, Limits, Net, Trouble, agent_for
from chronicle.net.guard import is_public
from chronicle.net.hosts import asked_to_wait
from chronicle.net.unpacking import PackedWronglyError, unpack
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
    head,
    in_turn,
    pack,
    raw,
    redirect,
    silent,
    slow,
)

AGENT = agent_for("https://git.example.org/bridge")
QUICK = Limits(seconds=20, size=MEGABYTE, unpacked=2 * MEGABYTE, tries=1, backoff=0.01, delay=0)
HASTY = replace(QUICK, seconds=1)  # for what never comes
PAGE = answer("<title>Bridge closed</title>")


def ask(*urls: str, limits: Limits = QUICK, allow_private: bool | tuple[str, ...] = True, **how: Any) -> list[Answer]:
    """The answers of some addresses, asked at the same time."""

    async def ask_all() -> list[Answer]:
        async with Net(AGENT, limits, allow_private=allow_private) as net:
            return await asyncio.gather(*(net.ask(url, **how) for url in urls))

    return asyncio.run(ask_all())


def ask_for(act: Act, limits: Limits = QUICK, **how: Any) -> Answer:
    """The answer of one page that does `act`."""
    with faulty_server({"/page": act}) as server:
        return ask(server.url("/page"), limits=limits, **how)[0]


def test_a_page_is_read_with_its_headers_and_its_text() -> None:
    found = ask_for(answer("<p>Closed — fermé</p>", x_made_by="somebody"))
    assert (found.ok, found.status, found.trouble, found.tries) == (True, 200, None, 1)
    assert (found.text, found.media_type) == ("<p>Closed — fermé</p>", "text/html")
    assert found.header("X-Made-By") == "somebody"
    assert found.header("x-nothing") == ""
    assert found.url == found.final


def test_we_say_who_asks() -> None:
    with faulty_server({"/page": PAGE}) as server:
        ask(server.url("/page"))
    for request in server.requests:
        assert request.headers["user-agent"].startswith("chronicle (+https://git.example.org/bridge; ")
        assert "cookie" not in request.headers


@pytest.mark.parametrize(
    ("act", "trouble"),
    [
        (slow(30, PAGE), Trouble.TIMEOUT),
        (dripping, Trouble.TIMEOUT),
        (broken_off, Trouble.BROKEN),
        (silent, Trouble.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"), Trouble.BROKEN),
        (raw(head(200, {"transfer-encoding": "chunked"}) + b"5\r\nabcde\r\n"), Trouble.BROKEN),
        (raw(head(200, {"transfer-encoding": "chunked"}) + b"nonsense\r\n"), Trouble.GARBLED),
        (raw(b"220 mail.example.org ESMTP\r\n\r\n"), Trouble.GARBLED),
        (raw(b"\x00\xff\x16\x03garbage\r\n\r\n"), Trouble.GARBLED),
        (raw(b"HTTP/1.1 OK\r\n\r\n"), Trouble.GARBLED),
        (raw(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"), Trouble.GARBLED),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n"), Trouble.GARBLED),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: -4\r\n\r\nabcd"), Trouble.GARBLED),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"), Trouble.GARBLED),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 40_000), Trouble.GARBLED),
        (raw(b"HTTP/1.1 200 OK\r\nx: " + b"y" * MEGABYTE), Trouble.GARBLED),
        (endless, Trouble.TOO_LARGE),
        (answer(b" " * (MEGABYTE + 1)), Trouble.TOO_LARGE),
        (answer(b"no gzip", content_encoding="gzip"), Trouble.GARBLED),
        (answer(b"no brotli at all", content_encoding="br"), Trouble.GARBLED),
        (answer(b"no deflate at all", content_encoding="deflate"), Trouble.GARBLED),
        (answer(b"x", content_encoding="zstd"), Trouble.GARBLED),
        (answer(b"x", content_encoding="gzip, gzip, gzip"), Trouble.GARBLED),
        (answer(pack("gzip", b"bridge" * 99)[:-9], content_encoding="gzip"), Trouble.BROKEN),
        (bomb("gzip"), Trouble.TOO_LARGE),
        (bomb("deflate"), Trouble.TOO_LARGE),
        (bomb("br"), Trouble.TOO_LARGE),
        (bomb("gzip", layers=2), Trouble.TOO_LARGE),
        (bomb("br", layers=2), Trouble.TOO_LARGE),
        (redirect("/page"), Trouble.REDIRECTS),
        (redirect("ftp://files.example.org/"), Trouble.NOT_AN_ADDRESS),
        (redirect("javascript:alert(1)"), Trouble.NOT_AN_ADDRESS),
        (redirect("http://user:secret@127.0.0.1/"), Trouble.NOT_AN_ADDRESS),
        (redirect("http://[half/"), Trouble.NOT_AN_ADDRESS),
        (redirect("http://127.0.0.1:99999/"), Trouble.NOT_AN_ADDRESS),
    ],
)
def test_what_the_world_does_wrong_is_told(act: Act, trouble: Trouble) -> None:
    began = time.monotonic()
    found = ask_for(act, HASTY if trouble is Trouble.TIMEOUT else QUICK)
    assert (found.trouble, found.ok, found.body) == (trouble, False, b"")
    assert found.said
    assert time.monotonic() - began < 25


@pytest.mark.parametrize(
    "url",
    [
        "", "bridge", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "https:///x",
        "http://u:p@127.0.0.1/", "http://0177.0.0.1/", "http://\u2028/",
    ],
)  # fmt: skip
def test_only_web_addresses_are_asked(url: str) -> None:
    (found,) = ask(url)
    assert (found.trouble, found.url) == (Trouble.NOT_AN_ADDRESS, url)


def test_a_host_with_an_emoji_is_an_answer() -> None:
    with faulty_server({"/page": redirect("https://xn--ls8h.la/1")}) as server:
        found = ask("https://xn--ls8h.la/1", "http://XN--LS8H.la/", server.url("/page"))
    assert {answer.trouble for answer in found} == {Trouble.UNRESOLVED}
    assert {answer.said for answer in found} == {"the name of the site has signs that we cannot look up"}


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/")[0].trouble is Trouble.REFUSED


def test_a_host_without_a_name_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, trouble in ((socket.EAI_NONAME, Trouble.NO_SUCH_HOST), (socket.EAI_AGAIN, Trouble.UNRESOLVED)):
        error = socket.gaierror(code, "as the resolver says it")
        monkeypatch.setattr(socket, "getaddrinfo", Mock(side_effect=error))
        (found,) = ask("http://gone.example.org/")
        assert found.trouble is trouble
        assert "gone.example.org" in found.said


def test_a_host_that_does_not_speak_tls_is_not_trusted() -> None:
    with faulty_server({}) as server:
        (found,) = ask(server.url("/page").replace("http:", "https:"))
    assert found.trouble is Trouble.INSECURE


# Private networks


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1",
        "192.0.2.1", "198.18.0.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::", "100::1", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1", "2002:101:101::"],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "127.0.0.1."])
def test_private_networks_are_not_asked_however_they_are_written(host: str) -> None:
    with faulty_server({"/page": PAGE}) as server:
        (found,) = ask(server.url("/page", host), allow_private=False)
    assert found.trouble in (Trouble.PRIVATE, Trouble.NO_SUCH_HOST)  # not every resolver reads every way of writing
    assert server.requests == []


def test_private_networks_are_not_asked_in_ipv6() -> None:
    with faulty_server({"/page": PAGE}) as server:
        for host in ("[::ffff:127.0.0.1]", "[::1]", "[64:ff9b::7f00:1]"):
            assert ask(server.url("/page", host), allow_private=False)[0].trouble is Trouble.PRIVATE
    assert server.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_leads_into_a_private_network(status: int) -> None:
    with faulty_server({"/secret": PAGE}, "127.0.0.2") as hidden:
        public = faulty_server({"/page": redirect(hidden.url("/secret"), status)})
        with public as server:
            (found,) = ask(server.url("/page"), allow_private=("127.0.0.1/32",))
            (allowed,) = ask(server.url("/page"), allow_private=("127.0.0.0/8",))
            assert found.trouble is Trouble.PRIVATE
            assert found.final == hidden.url("/secret")
            assert allowed.ok
    assert hidden.asked == ["/secret"]


def test_a_name_that_leads_elsewhere_a_moment_later_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to, and nobody asks again in between."""
    answers = iter(["127.0.0.1", "127.0.0.1", *["127.0.0.2"] * 9])
    asked: list[str] = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    with faulty_server({"/page": PAGE}) as server, faulty_server({"/page": PAGE}, "127.0.0.2", server.port) as hidden:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        url = server.url("/page", "rebound.example.org")
        first, *_ = ask(url, allow_private=("127.0.0.1/32",))
        assert first.ok
        assert asked == ["rebound.example.org"] * 2, "once for robots.txt, once for the page"
        assert ask(url, allow_private=("127.0.0.1/32",))[0].trouble is Trouble.PRIVATE
    assert hidden.requests == []
    assert server.requests[-1].headers["host"] == f"rebound.example.org:{server.port}"


def test_of_several_addresses_only_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(_: str, port: int, *__: object, **___: object) -> list[tuple[Any, ...]]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.2", "127.0.0.3", "127.0.0.1")
        ]

    with faulty_server({"/page": PAGE}) as server, faulty_server({"/page": PAGE}, "127.0.0.2", server.port) as hidden:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        (found,) = ask(server.url("/page", "bridge.example.org"), allow_private=("127.0.0.1/32", "127.0.0.3/32"))
    assert found.ok
    assert hidden.requests == []


def test_no_proxy_of_the_machine_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with faulty_server({"/page": PAGE}) as server, faulty_server({}) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("ALL_PROXY", proxy.url())
        assert ask(server.url("/page"))[0].ok
    assert proxy.requests == []


# Redirects


def test_redirects_are_followed_and_remembered() -> None:
    acts = {"/a": redirect("/b"), "/b": redirect("c?d=1#part", 302), "/c?d=1": PAGE}
    with faulty_server(acts) as server:
        (found,) = ask(server.url("/a"))
    assert (found.ok, found.url, found.final) == (True, server.url("/a"), server.url("/c?d=1"))
    told = [(hop.url, hop.status, hop.to) for hop in found.hops]
    assert told == [(server.url("/a"), 301, server.url("/b")), (server.url("/b"), 302, server.url("/c?d=1"))]


def test_a_circle_of_redirects_ends() -> None:
    with faulty_server({"/a": redirect("/b"), "/b": redirect("/a")}) as server:
        (found,) = ask(server.url("/a"))
    assert found.trouble is Trouble.REDIRECTS
    assert len(server.asked) == QUICK.redirects + 1


def test_a_redirect_to_nowhere_is_an_answer() -> None:
    found = ask_for(answer("", 302))
    assert (found.status, found.ok, found.trouble) == (302, False, None)


def test_the_body_of_a_redirect_is_not_read() -> None:
    def act(connection: socket.socket, _: object) -> None:
        connection.sendall(head(301, {"location": "/there"}))
        for _ in range(512):
            connection.sendall(b" " * MEGABYTE)

    with faulty_server({"/page": act, "/there": PAGE}) as server:
        assert ask(server.url("/page"))[0].ok


def test_a_cookie_is_shown_to_who_gave_it_and_forgotten_afterwards() -> None:
    def act(connection: socket.socket, request: Any) -> None:
        given = request.headers.get("cookie") == "seen=1"
        (PAGE if given else redirect("/page", set_cookie="seen=1; path=/"))(connection, request)

    with faulty_server({"/page": act}) as server:
        assert [found.ok for found in ask(server.url("/page"), server.url("/page"))] == [True, True]
    assert server.asked == ["/page"] * 4


def test_what_is_sent_goes_to_no_other_host() -> None:
    how: dict[str, Any] = {"method": "POST", "form": {"url": "x"}, "headers": {"Authorization": "LOW a:b"}}
    with faulty_server({"/there": PAGE}, "127.0.0.2") as other, faulty_server({}) as server:
        server.acts.update({"/near": redirect("/save", 307), "/save": redirect(other.url("/there"), 307)})
        assert ask(server.url("/near"), as_robot=False, **how)[0].ok
    assert [(request.method, request.body) for request in server.requests] == [("POST", b"url=x")] * 2
    assert server.requests[1].headers["authorization"] == "LOW a:b"
    assert [(request.method, request.body) for request in other.requests] == [("GET", b"")]
    assert "authorization" not in other.requests[0].headers


# Sizes and characters


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate", "br", "gzip, br", "identity", "Identity", ""])
def test_every_packing_is_undone(encoding: str) -> None:
    content = "Die Brücke ist zu. ".encode() * 9999
    packed = content
    for layer in encoding.split(", "):
        packed = pack(layer, packed) if layer.lower() not in ("", "identity") else packed
    found = ask_for(answer(packed, content_encoding=encoding.removeprefix("raw ")))
    assert found.body == content


def test_a_packed_body_may_have_several_members() -> None:
    assert unpack(pack("gzip", b"a") + pack("gzip", b"b") + b"\0\0", "GZIP", 9) == (b"ab", False)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate", "br"])
@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131073])
def test_a_packed_body_is_whole_whatever_its_size(encoding: str, size: int) -> None:
    content = b" " * size
    assert unpack(pack(encoding, content), encoding.removeprefix("raw "), MEGABYTE) == (content, False)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_packed_body_that_is_broken_off_gives_what_it_has(encoding: str) -> None:
    content = bytes(range(256)) * 300
    packed = pack(encoding, content)
    body, goes_on = unpack(packed[:-3], encoding, MEGABYTE)
    assert goes_on
    assert content.startswith(body)


def test_what_is_packed_in_a_way_of_its_own_is_refused() -> None:
    with pytest.raises(PackedWronglyError):
        unpack(b"x", "zstd", 9)


def test_a_bomb_does_not_fill_the_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    packed = pack("br", pack("gzip", b" " * (256 * MEGABYTE)))
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    body, goes_on = unpack(packed, "gzip, br", MEGABYTE)
    assert (len(body), goes_on) == (MEGABYTE, True)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(before, made) < 32 * 1024


@pytest.mark.parametrize("act", [endless, bomb("gzip"), bomb("br"), answer(b"x" * (MEGABYTE + 9))])
def test_where_it_is_asked_for_a_long_page_is_cut(act: Act) -> None:
    limits = Limits(seconds=20, size=MEGABYTE, unpacked=MEGABYTE, cut=True, tries=1, delay=0)
    found = ask_for(act, limits)
    assert (found.ok, found.cut, len(found.body)) == (True, True, MEGABYTE)


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("Brücke".encode(), "text/html", "Brücke"),
        ("Brücke".encode("latin-1"), "text/html; charset=iso-8859-1", "Brücke"),
        ("Brücke".encode("latin-1"), "text/html", "Brücke"),
        ("“Brücke”".encode("cp1252"), "text/html; charset=utf-8", "“Brücke”"),
        ("Brücke".encode(), "text/html; charset=us-ascii", "Brücke"),
        ("橋".encode("euc_jp"), "text/html; charset=EUC-JP", "橋"),
        (b'<meta charset="shift_jis">' + "橋".encode("shift_jis"), "text/html", '<meta charset="shift_jis">橋'),
        ("橋".encode("utf-8-sig"), "text/html; charset=big5", "橋"),
        ("橋".encode("utf-16"), "text/html", "橋"),
        ("Brücke".encode(), "text/html; charset=no-such-thing", "Brücke"),
        ("Brücke".encode(), "text/html; charset=zlib", "Brücke"),
        (b"a" * 9, "text/html; charset=punycode", "a" * 9),
        (b"\x81\x8d", "text/html", "\ufffd\ufffd"),
    ],
)
def test_text_is_read_as_it_says_or_as_it_can_be(body: bytes, kind: str, text: str) -> None:
    assert Answer("", "", 200, (("content-type", kind),), body).text == text


def test_a_sign_that_is_cut_in_two_does_not_spoil_the_text() -> None:
    assert Answer("", "", 200, (), "Brücke".encode()[:3], cut=True).text == "Br\ufffd"


# Courtesy


def test_what_may_pass_is_asked_again() -> None:
    limits = Limits(seconds=20, tries=3, backoff=0.1, delay=0)
    for wrong in (answer("", 503), answer("", 500), answer("", 429), silent, broken_off):
        found = ask_for(in_turn(wrong, wrong, PAGE), limits)
        assert (found.ok, found.tries) == (True, 3)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501])
def test_what_does_not_pass_is_not_asked_again(status: int) -> None:
    with faulty_server({"/page": answer("", status)}) as server:
        (found,) = ask(server.url("/page"), limits=Limits(tries=3, backoff=0.01, delay=0))
    assert (found.status, found.tries, server.asked) == (status, 1, ["/page"])


def test_each_further_try_waits_twice_as_long() -> None:
    with faulty_server({"/page": answer("", 500)}) as server:
        ask(server.url("/page"), limits=Limits(tries=3, backoff=0.2, delay=0), as_robot=False)
    first, second, third = (request.at for request in server.requests)
    assert second - first >= 0.2
    assert third - second >= 0.4


def test_a_host_is_left_alone_for_as_long_as_it_asks() -> None:
    acts = {"/page": in_turn(answer("", 429, retry_after="1"), PAGE), "/other": PAGE}
    with faulty_server(acts) as server:
        both = ask(server.url("/page"), server.url("/other"), limits=Limits(tries=2, backoff=0.01, delay=0.1))
    assert [found.ok for found in both] == [True, True]
    _, first, *later = (request.at for request in server.requests)
    assert all(at - first >= 1 for at in later), "not for another of its pages either"


def test_a_host_that_asks_for_longer_than_we_wait_is_not_asked_again() -> None:
    acts = {"/page": answer("", 503, retry_after="86400"), "/other": PAGE}
    with faulty_server(acts) as server:
        first, second = ask(server.url("/page"), server.url("/other"), limits=Limits(backoff=0.01, delay=0.05))
    assert (first.status, first.tries) == (503, 1)
    assert (second.trouble, second.said) == (Trouble.BUSY, "the site asks to be left alone for 86,400 seconds")
    assert server.asked == ["/page"]


@pytest.mark.parametrize(
    ("status", "told", "seconds"),
    [
        (429, "7", 7),
        (503, " 7 ", 7),
        (429, "Tue, 17 Mar 1998 10:01:00 GMT", 60),
        (429, "Tue, 17 Mar 1998 09:59:00 GMT", 0),
        (429, "Tue, 17 Mar 1998 10:01:00", 60),
        (429, "-7", 0),
        (429, "soon", 0),
        (429, "٧", 0),
        (429, "Tue, 17 Mar 99999 10:01:00 GMT", 0),
        (429, "9" * 400, 999_999_999),
        (429, "", 0),
        (200, "7", 0),
    ],
)
def test_how_long_a_host_asks_to_be_left_alone(status: int, told: str, seconds: float) -> None:
    now = datetime(1998, 3, 17, 10, tzinfo=UTC)
    assert asked_to_wait(Answer("", "", status, (("retry-after", told),)), now) == seconds


def test_one_host_is_asked_one_page_at_a_time_with_a_pause() -> None:
    with faulty_server({f"/{number}": slow(0.05, PAGE) for number in range(4)}) as server:
        ask(*(server.url(f"/{number}") for number in range(4)), limits=Limits(delay=0.2))
    assert server.most_at_a_time == 1
    times = [request.at for request in server.requests]
    assert all(later - sooner >= 0.1 for sooner, later in pairwise(times))


def test_several_hosts_are_asked_at_the_same_time_but_not_too_many() -> None:
    hosts = [f"127.0.0.{number}" for number in range(1, 6)]
    with faulty_server({"/page": slow(0.5, PAGE), "/robots.txt": PAGE}, "0.0.0.0") as server:
        found = ask(*(server.url("/page", host) for host in hosts), limits=Limits(together=3, delay=0))
    assert all(answer.ok for answer in found)
    assert server.most_at_a_time > 1
    times = sorted(request.at for request in server.requests if request.path == "/page")
    assert all(fourth - first >= 0.5 for first, fourth in zip(times, times[3:], strict=False)), "after its answer"


# Robots


def robots(text: str | bytes) -> Act:
    return answer(text, kind="text/plain")


def test_robots_are_not_where_they_are_not_wanted() -> None:
    rules = "User-agent: *\nDisallow: /private\nAllow: /private/open$\n"
    acts = {"/robots.txt": robots(rules), "/sent": redirect("/private/")}
    acts |= dict.fromkeys(("/page", "/private/page", "/private/open"), PAGE)
    with faulty_server(acts) as server:
        page, private, opened, sent = ask(*map(server.url, ("/page", "/private/page", "/private/open", "/sent")))
        (interface,) = ask(server.url("/private/page"), as_robot=False)
    assert (page.ok, opened.ok, interface.ok) == (True, True, True)
    assert (private.trouble, private.said) == (Trouble.ROBOTS, "the site asks programs to leave this page alone")
    assert sent.trouble is Trouble.ROBOTS
    assert sorted(server.asked) == ["/page", "/private/open", "/private/page", "/sent"]
    assert [request.path for request in server.requests].count("/robots.txt") == 1


def test_robots_may_be_spoken_to_by_name() -> None:
    for rules, ok in (
        ("User-agent: chronicle\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Chronicle\nDisallow:\n", True),
        ("User-agent: other\nDisallow: /\n", True),
        (b"\xff\xfe\x00nonsense\n" * 99, True),
        ("\ufeffUser-agent: *\nDisallow: /\n", False),  # as some editors begin a file
    ):
        with faulty_server({"/robots.txt": robots(rules), "/page": PAGE}) as server:
            assert ask(server.url("/page"))[0].ok is ok


def test_a_pause_that_robots_are_asked_for_is_made() -> None:
    acts = {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.5\n"), "/page": PAGE, "/other": PAGE}
    with faulty_server(acts) as server:
        ask(server.url("/page"), server.url("/other"))
    *_, first, second = (request.at for request in server.requests)
    assert second - first >= 0.3


@pytest.mark.parametrize(
    ("act", "trouble"),
    [
        (answer("", 404), None),
        (answer("", 403), None),
        (redirect("/robots.txt"), None),
        (answer("", 503), Trouble.ROBOTS),
        (answer("", 429), Trouble.ROBOTS),
        (silent, Trouble.BROKEN),
        (slow(30, PAGE), Trouble.TIMEOUT),
        (endless, None),
    ],
)
def test_where_robots_txt_cannot_be_had(act: Act, trouble: Trouble | None) -> None:
    with faulty_server({"/robots.txt": act, "/page": PAGE}) as server:
        (found,) = ask(server.url("/page"), limits=HASTY if trouble is Trouble.TIMEOUT else QUICK)
    assert found.trouble is trouble
    assert server.asked == ([] if trouble else ["/page"])


# Only here


@pytest.fixture
def noise() -> Iterator[FaultyServer]:
    """A server that answers each time with other nonsense, the same in every run."""
    from random import Random  # noqa: PLC0415  (for this one only)

    random = Random(7)
    starts = (
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 301 X\r\nlocation: ",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n",
    )

    def act(connection: socket.socket, _: object) -> None:
        connection.sendall(random.choice(starts) + random.randbytes(random.randrange(200)) + b"\r\n\r\n")

    with faulty_server({"/page": act}) as server:
        yield server


def test_no_nonsense_raises(noise: FaultyServer) -> None:
    found = ask(*[noise.url("/page")] * 300, limits=Limits(seconds=2, tries=1, delay=0, redirects=2))
    assert len(found) == 300
    assert all(answer.ok or answer.trouble or answer.status for answer in found)
