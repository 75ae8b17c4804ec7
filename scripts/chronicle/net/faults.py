"""What can go wrong between two machines, each told as one trouble and in a sentence."""

import ssl
from collections.abc import Iterator
from typing import Final

import httpcore
import httpx
import idna

from chronicle.net.answer import Trouble
from chronicle.net.guard import NotReachedError
from chronicle.net.unpacking import PackedWronglyError


class TooLargeError(Exception):
    """A body is larger than it may be."""


FAULTS: Final = (
    NotReachedError,
    PackedWronglyError,
    TooLargeError,
    TimeoutError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    OSError,
    ValueError,  # h11 and the codecs, on headers that are none
)
"""All that the world can raise while it is asked."""

_TOLD: Final = (  # the first that fits
    (PackedWronglyError, Trouble.GARBLED, "the answer is not packed as it says"),
    (TooLargeError, Trouble.TOO_LARGE, "the page is larger than we read"),
    (TimeoutError, Trouble.TIMEOUT, "no whole answer came in time"),
    (httpcore.TimeoutException, Trouble.TIMEOUT, "no whole answer came in time"),
    (ssl.SSLError, Trouble.INSECURE, "the certificate of the site is not valid, or its encryption is out of date"),
    (httpcore.ConnectError, Trouble.REFUSED, "the site takes no connections"),
    (httpcore.NetworkError, Trouble.BROKEN, "the answer was broken off"),
    (idna.IDNAError, Trouble.UNRESOLVED, "the name of the site has signs that we cannot look up"),  # in httpx, an emoji
    (httpx.InvalidURL, Trouble.NOT_AN_ADDRESS, "this is not a web address"),
    (Exception, Trouble.GARBLED, "the answer cannot be understood"),
)
_BROKEN_OFF: Final = ("peer closed", "disconnected", "closed connection")  # what h11 says of it


def explain(error: Exception) -> tuple[Trouble, str]:
    """The trouble that one of FAULTS stands for, and a sentence that tells it."""
    if isinstance(error, NotReachedError):
        return error.trouble, error.said
    if isinstance(error, httpcore.RemoteProtocolError) and any(words in str(error) for words in _BROKEN_OFF):
        return Trouble.BROKEN, "the answer was broken off"
    causes = tuple(_causes(error))
    return next((trouble, said) for kind, trouble, said in _TOLD if any(isinstance(cause, kind) for cause in causes))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and, since httpcore tells of a bad certificate as of a refused connection, those behind it."""
    yield error
    while isinstance(error, httpcore.ConnectError) and error.__context__:
        error = error.__context__
        yield error
