"""A small server on this machine that does wrong whatever it is told to: for the tests of all that opens the network."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Lock, Thread

import brotli  # type: ignore[import-untyped]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for, and when: seconds of a clock that never goes back."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


Act = Callable[[socket.socket, Request], None]
"""What the server does to whoever asks for a path."""


@dataclass
class FaultyServer:
    """A running server: its address, what it does at which path, what it was asked, and how many asked at a time."""

    host: str
    port: int
    acts: dict[str, Act]
    otherwise: Act
    requests: list[Request] = field(default_factory=list)
    most_at_a_time: int = 0
    _now: int = 0
    _lock: Lock = field(default_factory=Lock)
    _over: Event = field(default_factory=Event)

    def url(self, path: str = "/", host: str = "") -> str:
        """The address of a path, under the number of the server or under another name of it."""
        return f"http://{host or self.host}:{self.port}{path}"

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, robots.txt aside, in their order."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def serve_one(self, connection: socket.socket) -> None:
        """Answers one connection, once."""
        with connection, suppress(OSError):
            connection.settimeout(20)
            request = _read_request(connection)
            if request is None:
                return
            with self._lock:
                self.requests.append(request)
                self._now += 1
                self.most_at_a_time = max(self.most_at_a_time, self._now)
            try:
                self.acts.get(request.path, self.otherwise)(connection, request)
            finally:
                with self._lock:
                    self._now -= 1


@contextmanager
def faulty_server(
    acts: Mapping[str, Act], host: str = "127.0.0.1", port: int = 0, otherwise: Act | None = None
) -> Iterator[FaultyServer]:
    """Runs a server that does `acts` at their paths, and `otherwise` elsewhere: left out, it answers 404."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=64) as listening:
        server = FaultyServer(host, listening.getsockname()[1], dict(acts), otherwise or missing)
        Thread(target=_accept, args=(listening, server), daemon=True).start()
        yield server
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, server: FaultyServer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        Thread(target=server.serve_one, args=(connection,), daemon=True).start()


def _read_request(connection: socket.socket) -> Request | None:
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65536)
        if not part or part.startswith(b"\x16\x03"):  # nothing, or TLS
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return None
        head += part
    head, _, body = head.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    method, path, _ = first.split(" ", 2)
    return Request(method, path, headers, body, time.monotonic())


def answer(body: str | bytes = "", status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Act:
    """A whole and proper answer; a header is given as `retry_after="1"`."""
    content = body.encode() if isinstance(body, str) else body

    def act(connection: socket.socket, _: Request) -> None:
        connection.sendall(
            head(status, {"content-type": kind, "content-length": str(len(content)), **headers}) + content
        )

    return act


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The first lines of an answer, up to the body."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Odd"
    return f"HTTP/1.1 {status} {phrase}\r\n{lines}connection: close\r\n\r\n".encode("latin-1")


missing = answer("<title>Not found</title>", 404)


def redirect(to: str, status: int = 301, **headers: str) -> Act:
    """Sends on to another address."""
    return answer("", status, location=to, **headers)


def raw(content: bytes) -> Act:
    """Exactly these bytes, and the end."""
    return lambda connection, _: connection.sendall(content)


def in_turn(*acts: Act) -> Act:
    """One after the other, each time it is asked; the last for ever."""
    left = list(acts)

    def act(connection: socket.socket, request: Request) -> None:
        now = left.pop(0) if len(left) > 1 else left[0]
        now(connection, request)

    return act


def slow(seconds: float, then: Act) -> Act:
    """Nothing for a while, then an answer."""

    def act(connection: socket.socket, request: Request) -> None:
        time.sleep(seconds)
        then(connection, request)

    return act


def dripping(connection: socket.socket, _request: Request) -> None:
    """One byte of a body every twentieth of a second, up to half a minute: no read ever times out."""
    connection.sendall(head(200, {"content-type": "text/html"}))
    for _ in range(600):
        connection.sendall(b".")
        time.sleep(0.05)


def endless(connection: socket.socket, _request: Request) -> None:
    """A body without end (here: 512 MB)."""
    connection.sendall(head(200, {"content-type": "text/html"}))
    for _ in range(512):
        connection.sendall(b" " * MEGABYTE)


def broken_off(connection: socket.socket, _: Request) -> None:
    """Less of a body than was promised."""
    connection.sendall(head(200, {"content-type": "text/html", "content-length": "1000"}) + b"<p>The bridge")


def silent(_connection: socket.socket, _: Request) -> None:
    """The connection is closed without a word."""


def bomb(encoding: str, megabytes: int = 16, layers: int = 1) -> Act:
    """Blanks by the megabyte, packed to a few kilobytes."""
    content = b" " * (megabytes * MEGABYTE)
    for _ in range(layers):
        content = pack(encoding, content)
    return answer(content, content_encoding=", ".join([encoding] * layers))


def pack(encoding: str, content: bytes) -> bytes:
    """A body as a server packs it; `raw deflate` is how many misunderstand deflate."""
    if encoding == "gzip":
        return gzip.compress(content, mtime=0)
    if encoding == "br":
        packed: bytes = brotli.compress(content, quality=5)
        return packed
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS if encoding == "raw deflate" else zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
