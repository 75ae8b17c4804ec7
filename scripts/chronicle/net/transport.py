"""How httpx reaches the network: over connections that the guard has made."""

from collections.abc import AsyncIterable, AsyncIterator
from types import TracebackType
from typing import Self

import httpcore
import httpx

from chronicle.net.guard import GuardedBackend, Private


class GuardedTransport(httpx.AsyncBaseTransport):
    """Carries requests of httpx over a pool of guarded connections; no proxy, no setting of the machine changes that.

    httpx has a pool of its own, but no public way to tell it who makes the connections.
    """

    def __init__(self, allow_private: Private) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=GuardedBackend(allow_private)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request; raises what httpcore and the guard raise."""
        url = request.url
        if not isinstance(request.stream, httpx.AsyncByteStream):
            raise TypeError("a request is sent without blocking")
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Stream(response))

    async def __aenter__(self) -> Self:
        """Opens the pool."""
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Closes every connection."""
        await self._pool.__aexit__(exc_type, exc_value, traceback)


class _Stream(httpx.AsyncByteStream):
    """The body of an answer as httpx wants it."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if isinstance(self._response.stream, AsyncIterable):
            async for part in self._response.stream:
                yield part

    async def aclose(self) -> None:
        await self._response.aclose()
