"""Asks for addresses: redirect by redirect, each checked, within limits, and again where it may help."""

import asyncio
import re
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Final, Self

import httpcore
import httpx

from chronicle.net.answer import Answer, Hop, Limits, Trouble
from chronicle.net.faults import FAULTS, TooLargeError, explain
from chronicle.net.guard import Private
from chronicle.net.hosts import Host, asked_to_wait, may_pass
from chronicle.net.robots import ROBOT, SIZE, Rules, read_rules
from chronicle.net.transport import GuardedTransport
from chronicle.net.unpacking import ENCODINGS, unpack

_REDIRECTS: Final = {301, 302, 303, 307, 308}
_HOST: Final = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_ACCEPT: Final = "text/html,application/xhtml+xml,*/*;q=0.8"


def agent_for(repository: str) -> str:
    """The name under which we ask: that of the program, and where its people can be found."""
    return f"{ROBOT} (+{repository}; looks whether the sources of a chronology still answer)"


class Net:
    """Asks for addresses under the name `agent`, within `limits`; private networks only where `allow_private` says so.

    To be opened with `async with`. What it remembers of hosts (their rules, their pauses) ends with it.
    """

    def __init__(self, agent: str, limits: Limits | None = None, *, allow_private: Private = False) -> None:
        self._limits = limits or Limits()
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(allow_private),
            headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": ENCODINGS},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # nobody may follow us from page to page
            timeout=self._limits.seconds,
            trust_env=False,
        )
        self._open = asyncio.Semaphore(self._limits.together)
        self._host_by_name: dict[str, Host] = {}
        self._rules_by_origin: dict[str, asyncio.Task[Rules]] = {}
        self._closing = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Gets ready to ask."""
        await self._closing.enter_async_context(self._client)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes every connection."""
        for task in self._rules_by_origin.values():
            task.cancel()
        await self._closing.__aexit__(kind, error, trace)

    async def ask(
        self,
        url: str,
        *,
        method: str = "GET",
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        as_robot: bool = True,
    ) -> Answer:
        """The answer of an address after all its redirects, tried again where that may help. Never raises.

        `as_robot=False` is for interfaces that are made for programs: robots.txt is not asked. `headers` go to the host
        of `url` only.
        """
        return await self._try(url, _Question(method, form, headers or {}, as_robot), self._limits)

    async def _try(self, url: str, question: "_Question", limits: Limits) -> Answer:
        """The answer, asked for again while it may become better and the host has not asked to be left alone."""
        answer = await self._follow(url, question, limits)
        for tried in range(1, limits.tries):
            if not may_pass(answer) or self._host(answer.final).closed:
                break
            self._host(answer.final).rest(max(limits.backoff * 2 ** (tried - 1), asked_to_wait(answer)))
            answer = replace(await self._follow(url, question, limits), tries=tried + 1)
        return answer

    async def _follow(self, url: str, question: "_Question", limits: Limits) -> Answer:
        """One try: the address, and wherever its redirects lead."""
        cookies = httpx.Cookies()  # some pages send in a circle whoever does not show the cookie they gave
        hops: tuple[Hop, ...] = ()
        here = url
        while len(hops) <= limits.redirects:
            answer = await self._step(here, question, cookies, limits)
            to = _find_redirect(here, answer)
            if to is None:
                return replace(answer, url=url, hops=hops)
            hops = (*hops, Hop(here, answer.status or 0, to))
            question, here = question.sent_on(answer.status or 0, _host_name(here) == _host_name(to)), to
        said = f"it sends us on more than {limits.redirects} times"
        return Answer(url, here, hops=hops, trouble=Trouble.REDIRECTS, said=said)

    async def _step(self, url: str, question: "_Question", cookies: httpx.Cookies, limits: Limits) -> Answer:
        """The answer of one address itself, if it may be asked."""
        if not _host_name(url):
            return Answer(url, url, trouble=Trouble.NOT_AN_ADDRESS, said="this is not a web address")
        if question.as_robot:
            rules = await self._rules(url)
            if rules.trouble:
                return Answer(url, url, trouble=rules.trouble, said=rules.said)
            if not rules.allow(url):
                return Answer(url, url, trouble=Trouble.ROBOTS, said="the site asks programs to leave this page alone")
        host = self._host(url)
        async with host.turn(), self._open:
            if host.closed:
                return Answer(url, url, trouble=Trouble.BUSY, said=host.closed)
            answer = await self._request(url, question, cookies, limits)
        if (wait := asked_to_wait(answer)) > limits.longest_wait:
            host.closed = f"the site asks to be left alone for {wait:,.0f} seconds"
        return answer

    async def _request(self, url: str, question: "_Question", cookies: httpx.Cookies, limits: Limits) -> Answer:
        try:
            async with asyncio.timeout(limits.seconds):
                request = self._client.build_request(question.method, url, data=question.form, headers=question.headers)
                cookies.set_cookie_header(request)
                response = await self._client.send(request, stream=True)
                try:
                    cookies.extract_cookies(response)
                    return await _read(url, response, limits)
                finally:
                    await response.aclose()
        except FAULTS as error:
            trouble, said = explain(error)
            return Answer(url, url, trouble=trouble, said=said)

    async def _rules(self, url: str) -> Rules:
        """The rules of the host of an address, fetched once, however many ask for them at a time."""
        address = httpx.URL(url)
        origin = f"{address.scheme}://{address.netloc.decode()}"
        if origin not in self._rules_by_origin:
            self._rules_by_origin[origin] = asyncio.create_task(self._fetch_rules(origin))
        return await asyncio.shield(self._rules_by_origin[origin])

    async def _fetch_rules(self, origin: str) -> Rules:
        limits = replace(self._limits, size=SIZE, unpacked=SIZE, cut=True)
        rules = read_rules(await self._try(f"{origin}/robots.txt", _Question(as_robot=False), limits))
        host = self._host(origin)
        host.delay = max(host.delay, rules.delay)
        return rules

    def _host(self, url: str) -> Host:
        return self._host_by_name.setdefault(_host_name(url), Host(self._limits))


@dataclass(frozen=True, slots=True)
class _Question:
    """How an address is asked."""

    method: str = "GET"
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    as_robot: bool = True

    def sent_on(self, status: int, to_same_host: bool) -> "_Question":
        """How the next address is asked, after a redirect: what was sent goes to no other host (RFC 9110, 15.4)."""
        headers = self.headers if to_same_host else {}
        if to_same_host and status in (307, 308):
            return replace(self, headers=headers)
        return replace(self, method="GET", form=None, headers=headers)


def _host_name(url: str) -> str:
    """The host of a web address; "" for what is none: another scheme, no host or port, a name and password in it."""
    try:
        address = httpx.URL(url)
        name = address.raw_host.decode("ascii").lower()  # `host` would decode IDNA, and raises for xn--ls8h, an emoji
        is_host = _HOST.fullmatch(name) and (address.port is None or 0 < address.port < 65536)
        return name if is_host and address.scheme in ("http", "https") and not address.userinfo else ""
    except (httpx.InvalidURL, ValueError):
        return ""


def _find_redirect(url: str, answer: Answer) -> str | None:
    """Where an answer sends us on to, if it does."""
    location = answer.header("location")
    if answer.status not in _REDIRECTS or not location:
        return None
    try:
        return str(httpx.URL(url).join(location).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError):
        return location  # which is then found to be no address


async def _read(url: str, response: httpx.Response, limits: Limits) -> Answer:
    """The answer with its body, unpacked; that of a redirect is nobody’s concern."""
    headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
    answer = Answer(url, url, response.status_code, headers)
    if _find_redirect(url, answer):
        return answer
    packed = bytearray()
    async for part in response.aiter_raw():
        packed += part
        if len(packed) > limits.size:
            break
    body, goes_on = unpack(bytes(packed[: limits.size]), response.headers.get("content-encoding", ""), limits.unpacked)
    too_long = len(packed) > limits.size or len(body) >= limits.unpacked
    if too_long and not limits.cut:
        raise TooLargeError
    if goes_on and not too_long:
        raise httpcore.RemoteProtocolError("peer closed the packed body before its end")
    return replace(answer, body=body, cut=too_long)
