"""Calls to addresses that a person typed in: only to the open internet, and only to the address that was checked.

A name is resolved once; every address behind it must be public, and the connection goes to no other. Redirects are not
followed, environment proxies are not used, answers are cut off at a size and a time. What lies in a network of one's
own is called only when the setting `outgoing_allow` names it.
"""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any, TypeAlias

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from engage.kit.errors import EngageError, Invalid

SECONDS = 10
MOST_BYTES = 1_000_000
Address: TypeAlias = IPv4Address | IPv6Address
Resolve: TypeAlias = Callable[[str], Awaitable[list[str]]]

#: all of IPv6 that is given out for public use (RFC 4291)
PUBLIC_V6 = IPv6Network("2000::/3")
#: an IPv4 address written as an IPv6 one by a translator (RFC 6052)
NAT64 = IPv6Network("64:ff9b::/96")
#: look public, and are where clouds answer their own machines with secrets; the first is for protocols (RFC 6890)
NOT_FOR_US = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))


class AddressRefused(Invalid):
    """This address cannot be called from here."""

    code = "address_refused"


class NotReached(EngageError):
    """The other side did not answer as it should."""

    status = 502
    code = "not_reached"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Raises NotReached when the body is no JSON."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError as problem:
            raise NotReached("The other side answered with something that is not JSON.") from problem


async def _by_dns(host: str) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class Outgoing:
    """The only door to addresses that people type in, such as those of webhooks and identity providers."""

    def __init__(self, allow: Iterable[str] = (), *, resolve: Resolve = _by_dns) -> None:
        self._names, self._networks = _permissions(allow)
        self._resolve = resolve

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None, seconds: float = SECONDS) -> Answer:
        """Raises AddressRefused, NotReached."""
        return await self._call("GET", url, None, headers, seconds)

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None, seconds: float = SECONDS
    ) -> Answer:
        """Raises AddressRefused, NotReached."""
        return await self._call("POST", url, body, headers, seconds)

    async def check(self, url: str) -> None:
        """Whether it may be called as things are now; for the moment in which it is saved. Raises AddressRefused."""
        async with _in_time(SECONDS):
            await self._addresses(_parsed(url))

    async def _call(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None, seconds: float
    ) -> Answer:
        target = _parsed(url)
        async with _in_time(seconds):
            connector = TCPConnector(resolver=_Pinned(await self._addresses(target)), force_close=True)
            async with (
                ClientSession(connector=connector, timeout=ClientTimeout(total=seconds)) as session,
                session.request(method, target, data=body, headers=headers, allow_redirects=False) as response,
            ):
                return Answer(response.status, dict(response.headers), await _limited(response.content.iter_any()))

    async def _addresses(self, url: URL) -> list[str]:
        """All addresses behind the host, each of them checked. Raises AddressRefused."""
        host = str(url.host).lower().rstrip(".")
        try:
            addresses = await self._resolve(host)
        except OSError as problem:
            raise AddressRefused(f"There is no host with the name {host}.") from problem
        named = host in self._names
        listed = named or all(self._is_listed(_address(each)) for each in addresses)
        if url.scheme != "https" and not listed:
            raise AddressRefused("The address must begin with https://.")
        if not addresses or not (listed or all(is_public(_address(each)) for each in addresses)):
            raise AddressRefused(f"{host} lies in a private network and may not be called from here.")
        return addresses

    def _is_listed(self, address: Address) -> bool:
        return any(address in network for network in self._networks if network.version == address.version)


def is_public(address: Address) -> bool:
    """Reachable from everywhere: neither private, loopback, link-local, shared, multicast nor reserved."""
    if isinstance(address, IPv4Address):
        inside = any(address in network for network in NOT_FOR_US)
        return address.is_global and not (address.is_multicast or inside)
    inner = _wrapped_v4(address)
    return is_public(inner) if inner is not None else address in PUBLIC_V6 and address.is_global


def _wrapped_v4(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a translator would reach instead."""
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _address(text: str) -> Address:
    return ipaddress.ip_address(text.split("%", maxsplit=1)[0])


def _permissions(allow: Iterable[str]) -> tuple[frozenset[str], tuple[IPv4Network | IPv6Network, ...]]:
    names, networks = set(), []
    for each in allow:
        try:
            networks.append(ipaddress.ip_network(each, strict=False))
        except ValueError:
            names.add(each.lower())
    return frozenset(names), tuple(networks)


def _parsed(url: str) -> URL:
    try:
        target = URL(url)
    except ValueError as problem:
        raise AddressRefused("This is not an address.") from problem
    if target.scheme not in ("https", "http") or not target.host:
        raise AddressRefused("The address must begin with https:// and name a host.")
    if target.user or target.password:
        raise AddressRefused("An address must hold no user name and no password.")
    return target


@asynccontextmanager
async def _in_time(seconds: float) -> AsyncIterator[None]:
    """Whatever the network does to us is one error."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as problem:
        raise NotReached(f"There was no answer within {seconds:g} seconds.") from problem
    except (ClientError, OSError) as problem:
        raise NotReached(f"The connection failed: {type(problem).__name__}.") from problem


async def _limited(chunks: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > MOST_BYTES:
            raise NotReached(f"The answer is longer than {MOST_BYTES} bytes.")
    return bytes(body)


class _Pinned(AbstractResolver):
    """Answers with the addresses that were checked, whatever the name service says by now."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host, host=each, port=port, family=_family(each), proto=0, flags=socket.AI_NUMERICHOST
            )
            for each in self._addresses
        ]

    async def close(self) -> None:
        return None


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


OUTGOING = web.AppKey("outgoing", Outgoing)
