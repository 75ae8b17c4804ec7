"""Which hosts may be reached: the name is resolved once, every address is checked, and the checked one is connected to."""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final, TypeAlias

import httpcore

from chronicle.net.answer import Trouble

Private: TypeAlias = bool | tuple[str, ...]
"""Whether private addresses may be reached: all, none, or those of some networks, such as `127.0.0.0/8`."""

_GLOBAL: Final = IPv6Network("2000::/3")  # RFC 4291: all global unicast addresses that have been given out
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address behind NAT64
_SERVANTS: Final = tuple(map(IPv4Network, ("168.63.129.16/32", "192.0.0.0/24")))  # speak to machines of a cloud only
_MOST_ADDRESSES: Final = 4


class NotReachedError(Exception):
    """No connection was made; says which trouble it is, and tells it in a sentence."""

    def __init__(self, trouble: Trouble, said: str) -> None:
        super().__init__(said)
        self.trouble, self.said = trouble, said


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network.

    Refused are loopback, private, link-local, shared, multicast and reserved addresses, those at which cloud machines
    learn secrets of themselves, and IPv6 addresses that stand for such an IPv4 one (RFC 6890 and its registries).
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast and not any(found in servants for servants in _SERVANTS)
    inner = _embedded(found)
    return all(map(is_public, map(str, inner))) if inner else found in _GLOBAL and found.is_global


def _embedded(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address stands for or leads to."""
    if address in _TRANSLATED:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return tuple(filter(None, (address.ipv4_mapped, address.sixtofour, *(address.teredo or ()))))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, and to private ones that are allowed.

    Since it connects to the very address it has checked, a name that leads elsewhere a moment later changes nothing.
    """

    def __init__(self, allow_private: Private) -> None:
        networks = ("0.0.0.0/0", "::/0") if allow_private is True else allow_private or ()
        self._allowed = tuple(map(ip_network, networks))
        self._inner = httpcore.AnyIOBackend()

    def _allows(self, address: str) -> bool:
        return is_public(address) or any(ip_address(address.partition("%")[0]) in network for network in self._allowed)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address of `host` that answers; raises NotReachedError where there is none."""
        found = await _resolve(host, port)
        allowed = [address for address in found if self._allows(address)]
        if not allowed:
            raise NotReachedError(Trouble.PRIVATE, f"{host} leads into a private network")
        for address in allowed[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(allowed[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


async def _resolve(host: str, port: int) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise NotReachedError(Trouble.NO_SUCH_HOST, f"there is no host called {host}") from error
        raise NotReachedError(Trouble.UNRESOLVED, f"where {host} stands could not be found out") from error
    except (OSError, UnicodeError) as error:
        raise NotReachedError(Trouble.UNRESOLVED, f"where {host} stands could not be found out") from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))[:_MOST_ADDRESSES]
