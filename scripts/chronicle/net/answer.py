"""What came of asking for an address, as a frozen record: the answer, or what went wrong."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """Why there is no answer, or none that can be used."""

    NOT_AN_ADDRESS = "not-an-address"  # neither http nor https, or no address at all
    PRIVATE = "private"  # leads into a private network
    ROBOTS = "robots"  # robots.txt asks programs to stay away, or cannot be had
    NO_SUCH_HOST = "no-such-host"  # the name is not registered (NXDOMAIN), or nobody can be asked
    UNRESOLVED = "unresolved"  # whether the name is registered could not be found out
    REFUSED = "refused"  # nobody listens there, or no way leads there
    INSECURE = "insecure"  # the certificate is not valid
    TIMEOUT = "timeout"
    BROKEN = "broken"  # broken off before the end
    GARBLED = "garbled"  # not HTTP, or not packed as it says
    TOO_LARGE = "too-large"  # as it is sent, or once unpacked
    REDIRECTS = "redirects"  # too many, or nowhere
    BUSY = "busy"  # asked us to wait for longer than we wait


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of the world, and how politely. Seconds and bytes."""

    seconds: float = 30  # for one request, from its first byte to its last
    size: int = 10 * 1024**2  # of a body as it is sent
    unpacked: int = 40 * 1024**2  # of the same body once unpacked
    cut: bool = False  # a longer body is cut at the limit and not refused
    redirects: int = 8
    tries: int = 3  # for what may pass: time-outs, broken connections, 429, 5xx
    backoff: float = 2  # before the second try; twice as long before each further one
    longest_wait: float = 120  # a host that asks for more is left alone for this run
    together: int = 8  # requests at a time
    per_host: int = 1  # of them at one host
    delay: float = 1  # between the beginnings of two requests at one host


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the address that sent us on, with which status, and where to."""

    url: str
    status: int
    to: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for `url`.

    `final` is the address that was asked last, after all `hops`. `status` and `headers` (names in small letters) are its;
    None and empty without an answer. `body` is unpacked; `cut` says that it goes on. `said` tells the trouble in a sentence.
    """

    url: str
    final: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: bool = False
    hops: tuple[Hop, ...] = ()
    trouble: Trouble | None = None
    said: str = ""
    tries: int = 1

    @property
    def ok(self) -> bool:
        """Whether there is a page: an answer from 200 to 299, and nothing wrong with it."""
        return self.trouble is None and self.status is not None and 200 <= self.status < 300

    def header(self, name: str) -> str:
        """The first header of that name, whatever its case; "" if there is none."""
        return next((value for key, value in self.headers if key == name.lower()), "")

    @property
    def media_type(self) -> str:
        """What the body is, such as `text/html`; "" when nobody says."""
        return self.header("content-type").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text, read as it says of itself, or else as it can be read; what cannot becomes U+FFFD.

        The order is that of the HTML Standard: byte order mark, header, `<meta>`; after them UTF-8 and windows-1252.
        """
        for name in filter(None, (_by_mark(self.body), *_said(self), "utf-8")):
            try:
                return self.body.decode(name)
            except UnicodeDecodeError:
                continue
        return self.body.decode(next(_said(self), "utf-8") if self.cut else "cp1252", errors="replace")


_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NO_CHARSETS: Final = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
_LOOK: Final = 2048  # a page names its characters within so many bytes


def _by_mark(body: bytes) -> str:
    return next((name for mark, name in _MARKS.items() if body.startswith(mark)), "")


def _said(answer: Answer) -> Iterator[str]:
    """The character sets that an answer says it has, as far as Python knows them and they are for text."""
    told = (answer.header("content-type"), answer.body[:_LOOK].decode("latin-1"))
    for found in filter(None, map(_CHARSET.search, told)):
        try:
            codec = codecs.lookup(found[1])
        except LookupError:
            continue
        if codec.name not in _NO_CHARSETS and codec._is_text_encoding:
            yield codec.name
