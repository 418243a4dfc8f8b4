import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from engage.kit import outgoing
from engage.kit.outgoing import AddressRefused, NotReached, Outgoing, is_public

PRIVATE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "192.0.0.192", "168.63.129.16", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1", "::7f00:1",
    "2001:db8::1", "fec0::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_known_in_each_of_its_forms(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://2130706433/", "https://0x7f000001/",
        "https://0177.0.0.1/", "https://127.1/", "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest/",
        "https://localhost./", "https://user:word@93.184.215.14/", "http://93.184.215.14/", "ftp://93.184.215.14/",
        "file:///etc/passwd", "https://", "not an address", "https://[fe80::1%25lo]/", "gopher://127.0.0.1:70/",
    ],
)  # fmt: skip
async def test_what_may_not_be_called_is_refused_when_saved_and_when_called(url: str) -> None:
    with pytest.raises(AddressRefused):
        await Outgoing().check(url)
    with pytest.raises(AddressRefused):
        await Outgoing().post(url, b"")


async def test_one_private_address_among_public_ones_spoils_the_name() -> None:
    out = Outgoing(resolve=answers(["93.184.215.14", "10.0.0.1"]))

    with pytest.raises(AddressRefused, match="private network"):
        await out.check("https://hooks.example/")


async def test_a_name_that_changes_its_address_is_called_at_the_one_that_was_checked() -> None:
    asked: list[str] = []

    async def rebinds(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    async with a_receiver() as port:
        answer = await Outgoing(["hooks.example"], resolve=rebinds).get(f"http://hooks.example:{port}/")

    assert answer.body == f"hello hooks.example:{port}".encode()
    assert asked == ["hooks.example"]


async def test_a_listed_network_may_be_called_without_tls() -> None:
    async with a_receiver() as port:
        answer = await Outgoing(["127.0.0.0/8"]).post(f"http://127.0.0.1:{port}/", b"{}")

    assert answer.status == 200


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async with a_receiver() as port:
        answer = await Outgoing(["127.0.0.1"]).get(f"http://127.0.0.1:{port}/away")

    assert answer.status == 302


async def test_an_answer_that_is_too_long_or_too_late_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "MOST_BYTES", 3)
    async with a_receiver() as port:
        out, url = Outgoing(["127.0.0.1"]), f"http://127.0.0.1:{port}"

        with pytest.raises(NotReached, match="longer than"):
            await out.get(f"{url}/")
        with pytest.raises(NotReached, match="within"):
            await out.get(f"{url}/late", seconds=0.05)
    with pytest.raises(NotReached, match="failed"):
        await out.get(f"{url}/")


def answers(addresses: list[str]) -> Callable[[str], Awaitable[list[str]]]:
    async def resolve(_host: str) -> list[str]:
        return addresses

    return resolve


@asynccontextmanager
async def a_receiver() -> AsyncIterator[int]:
    never = asyncio.Event()

    async def hello(request: web.Request) -> web.Response:
        return web.Response(text=f"hello {request.host}")

    async def away(_request: web.Request) -> web.Response:
        raise web.HTTPFound("http://169.254.169.254/")

    async def late(_request: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/", hello)
    app.router.add_get("/away", away)
    app.router.add_get("/late", late)
    async with TestServer(app) as server:
        assert server.port is not None
        yield server.port
        never.set()
