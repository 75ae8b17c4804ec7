"""Courtesy towards one host: few requests at a time, a pause between them, and rest where it asks for rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from chronicle.net.answer import Answer, Limits, Trouble

_PASSING = {Trouble.NO_SUCH_HOST, Trouble.UNRESOLVED, Trouble.REFUSED, Trouble.TIMEOUT, Trouble.BROKEN}
_LASTING_ERRORS = {501, 505}  # of the server; it will not learn it in a minute


class Host:
    """The turns at one host, and how long it wants to be left alone."""

    def __init__(self, limits: Limits) -> None:
        self._places = asyncio.Semaphore(limits.per_host)
        self._next = 0.0
        self.delay = limits.delay
        self.closed = ""  # why it is left alone for the rest of this run

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until one more request may begin, and holds its place until it has ended."""
        clock = asyncio.get_running_loop().time
        async with self._places:
            while (wait := self._next - clock()) > 0:
                await asyncio.sleep(wait)
            self._next = clock() + self.delay
            yield

    def rest(self, seconds: float) -> None:
        """Lets nothing begin for so many seconds."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)


def may_pass(answer: Answer) -> bool:
    """Whether another try may end better."""
    if answer.trouble:
        return answer.trouble in _PASSING
    status = answer.status or 0
    return status in (408, 425, 429) or (500 <= status < 600 and status not in _LASTING_ERRORS)


def asked_to_wait(answer: Answer, now: datetime | None = None) -> float:
    """For how many seconds a host asks to be left alone: Retry-After in seconds or as a date (RFC 9110); 0 if it does not."""
    told = answer.header("retry-after").strip()
    if answer.status not in (429, 503) or not told:
        return 0
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        until = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return 0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
