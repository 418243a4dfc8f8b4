"""What only a real connection can show: headers, limits, broken clients, slow readers."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from engage.realtime import limits
from engage.realtime.port import Sent
from engage.realtime.send_queue import MAX_FRAMES
from engage.realtime.socket_table import SocketTable
from tests.engage.realtime.conftest import StartNode
from tests.engage.realtime.nodes import Node
from tests.engage.realtime.raw import WEBSOCKET, masked, pieces, raw_client
from tests.engage.realtime.sample import AgentTold, AgentTyping

POLLING = "/socket.io/?EIO=4&transport=polling"


class Wire:
    """A client that says exactly what it is told to."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self.websocket = websocket

    async def send(self, text: str) -> None:
        await self.websocket.send_str(text)

    async def until(self, start: str) -> str:
        while True:
            text = str(await self.websocket.receive_str())
            if text.startswith(start):
                return text

    async def sign_in(self, name: str) -> None:
        await self.send(f'40/agent,{{"name":"{name}"}}')
        await self.until("40/agent")

    async def closed(self) -> None:
        while not self.websocket.closed:
            await self.websocket.receive()


@asynccontextmanager
async def wire(node: Node, **options: Any) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession(node.url) as session, session.ws_connect(WEBSOCKET, **options) as websocket:
        yield Wire(websocket)


async def test_websockets_are_opened_without_compression(node: Node) -> None:
    async with wire(node, compress=15) as ann:
        assert ann.websocket.compress == 0
        opening = json.loads((await ann.until("0"))[1:])

    assert (opening["pingInterval"], opening["pingTimeout"]) == (20_000, 10_000)
    assert opening["maxPayload"] == 64 * 1024


async def test_a_page_of_another_site_is_refused(node: Node) -> None:
    for origin, allowed in ((node.url, True), ("https://evil.example", False), ("null", False)):
        headers = {"Origin": origin}
        async with aiohttp.ClientSession(node.url) as session, session.get(POLLING, headers=headers) as answer:
            assert answer.status == (200 if allowed else 403)
            assert "Access-Control-Allow-Origin" not in answer.headers


async def test_the_public_url_may_connect_through_a_proxy(start_node: StartNode) -> None:
    node = await start_node(public_url="https://care.example")

    async with wire(node, headers={"Origin": "https://care.example"}) as ann:
        await ann.sign_in("ann")


async def test_too_many_new_sockets_are_told_to_come_back(
    start_node: StartNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NEW_SOCKETS_PER_SECOND", 3)
    node = await start_node()

    async with aiohttp.ClientSession(node.url) as session:
        answers = [await session.get(POLLING) for _ in range(4)]
        node.clock.advance(seconds=1)
        later = await session.get(POLLING)

    assert [answer.status for answer in answers] == [200, 200, 200, 503]
    assert answers[-1].headers["Retry-After"] == "1"
    assert later.status == 200


async def test_a_refused_browser_sees_message_and_code(node: Node) -> None:
    async with wire(node) as thief:
        await thief.send('40/agent,{"name":"thief"}')
        refusal = json.loads((await thief.until("44/agent,")).removeprefix("44/agent,"))

    assert refusal == {"message": "This room is locked.", "data": {"code": "locked"}}


async def test_what_is_pushed_while_somebody_comes_in_follows_his_greeting(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He is in his rooms before he is told so; nothing may reach him first."""
    join = node.realtime.join

    async def join_and_push(*arguments: Any) -> None:
        await join(*arguments)
        for n in range(3):
            node.realtime.push(AgentTold(to="all", n=n))

    monkeypatch.setattr(node.realtime, "join", join_and_push)
    async with wire(node) as ann:
        await ann.until("0")
        await ann.send('40/agent,{"name":"ann"}')
        heard = [await ann.websocket.receive_str() for _ in range(4)]

    assert heard[0].startswith("40/agent")
    assert [json.loads(text.removeprefix("42/agent,"))[1]["n"] for text in heard[1:]] == [0, 1, 2]


async def test_who_is_revoked_while_he_comes_in_is_not_let_in(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    join = node.realtime.join

    async def join_and_revoke(*arguments: Any) -> None:
        await join(*arguments)
        node.realtime.disconnect_room("person:ann")

    monkeypatch.setattr(node.realtime, "join", join_and_revoke)
    async with wire(node) as ann:
        await ann.sign_in("ann")
        await ann.until("41/agent")

    assert (await node.closed.get()).reason == "revoked"


async def test_who_goes_while_he_comes_in_leaves_nothing_behind(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stock server would keep such a socket for ever."""
    asked, answer = asyncio.Event(), asyncio.Event()
    authenticate = node.sample.authenticate

    async def slow(*arguments: Any) -> Any:
        asked.set()
        await answer.wait()
        return await authenticate(*arguments)

    node.realtime.connections.include(_table_with(slow))
    async with aiohttp.ClientSession(node.url) as session:
        async with session.get(POLLING) as opening:
            sid = json.loads((await opening.text())[1:])["sid"]
        post = asyncio.ensure_future(session.post(f"{POLLING}&sid={sid}", data='40/slow,{"name":"ann"}'))
        await asked.wait()
        async with session.post(f"{POLLING}&sid={sid}", data="1"):
            answer.set()
        await post

    assert node.realtime.sockets_in("all") == frozenset()
    assert list(node.realtime.connections.sockets()) == []


def _table_with(authenticate: Any) -> SocketTable:
    table = SocketTable()
    table.authenticator("/slow")(authenticate)
    return table


@pytest.mark.parametrize(
    "packet",
    [
        "",
        "x",
        "4",
        "49",
        "42",
        '42/agent,{"a":1}',
        "42/agent,[]",
        "42/agent,[[1]]",
        '42/agent,["say"',
        '42/agent,["connect",{},{"name":"bob"}]',
        '42/agent,["disconnect","x"]',
        '451-/agent,["say",{"_placeholder":true,"num":0}]',
        "b////",
        "43/agent,7[]",
        pytest.param("4" + "[" * 5000, id="deep"),
    ],
)
async def test_a_client_that_speaks_nonsense_is_cut_off_and_harms_nobody(node: Node, packet: str) -> None:
    bob = await node.person("bob")
    async with wire(node) as ann:
        await ann.sign_in("ann")
        await ann.send(packet)
        await ann.closed()
    node.realtime.push(AgentTold(to="all", n=1))

    closed = await node.closed.get()

    assert (await bob.next("told"))["n"] == 1
    assert (closed.identity.name, closed.reason) == ("ann", "transport close")
    assert {socket.identity.name for socket in node.realtime.sockets_in("all")} == {"bob"}


async def test_a_binary_message_is_cut_off(node: Node) -> None:
    async with wire(node) as ann:
        await ann.sign_in("ann")
        await ann.websocket.send_bytes(b"\x04hello")
        await ann.closed()


async def test_a_message_over_64_kilobytes_closes_its_sender(node: Node) -> None:
    async with wire(node) as ann:
        await ann.sign_in("ann")
        await ann.send('42/agent,["say",{"text":"' + "x" * 70_000 + '"}]')
        await ann.closed()

    assert (await node.closed.get()).identity.name == "ann"
    assert node.sample.words == []


async def test_a_poll_over_64_kilobytes_is_refused(node: Node) -> None:
    async with aiohttp.ClientSession(node.url) as session:
        async with session.get(POLLING) as opening:
            sid = json.loads((await opening.text())[1:])["sid"]
        async with session.post(f"{POLLING}&sid={sid}", data="4" * 70_000) as answer:
            assert answer.status == 400


async def test_a_connection_that_names_nobody_is_closed(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NAMELESS_SECONDS", 0.05)
    async with wire(node) as nobody:
        await nobody.closed()


async def test_who_asks_at_the_door_again_and_again_is_cut_off(node: Node) -> None:
    async with wire(node) as thief:
        for _ in range(limits.CONNECTS + 1):
            await thief.send('40/agent,{"name":"thief"}')
        await thief.closed()


async def test_a_slow_reader_is_closed_and_delays_nobody(node: Node) -> None:
    bob = await node.person("bob")
    text = "x" * 10_000
    async with raw_client(node, "slow"):
        for n in range(2_000):
            node.realtime.push(AgentTold(to="person:slow", n=n, text=text))
            if not node.realtime.sockets_in("person:slow"):
                break
        node.realtime.push(AgentTold(to="all", n=-1))

        assert (await bob.next("told"))["n"] == -1
        closed = await node.closed.get()

    assert (closed.identity.name, closed.reason) == ("slow", "slow")


async def test_a_slow_reader_of_small_frames_is_closed_when_256_wait(node: Node) -> None:
    outcomes: Counter[str] = Counter()
    async with raw_client(node, "slow"):
        # as much as the system takes before anything waits with us
        while await _told(node, "slow", "x" * 1_000) == "sent":
            continue
        # all of these together are far below the bound in bytes
        while not outcomes["full"] and outcomes.total() < 2_000:
            outcomes[await _told(node, "slow", "y")] += 1
        node.realtime.push(AgentTold(to="person:slow"))

        assert (await node.closed.get()).reason == "slow"

    assert outcomes["queued"] >= MAX_FRAMES - 1


async def test_a_burst_within_one_turn_closes_nobody_who_reads(node: Node) -> None:
    async with wire(node) as ann:
        await ann.sign_in("ann")
        for n in range(2 * MAX_FRAMES):
            node.realtime.push(AgentTold(to="all", n=n))

        heard = [json.loads((await ann.until("42")).removeprefix("42/agent,"))[1]["n"] for _ in range(2 * MAX_FRAMES)]

    assert heard == list(range(2 * MAX_FRAMES))


async def _told(node: Node, name: str, text: str) -> Sent:
    """What became of it; then the loop has its turn."""
    await asyncio.sleep(0)
    (slow,) = node.realtime.sockets_in(f"person:{name}")
    return slow.transport.send(slow, AgentTold(to="", text=text).frame())


async def test_a_message_in_pieces_is_one_message_and_an_endless_one_closes_its_sender(node: Node) -> None:
    loop = asyncio.get_running_loop()
    async with raw_client(node, "ann") as line:
        for piece in pieces(b'42/agent,["say",{"text":"in pieces"}]', 3):
            await loop.sock_sendall(line, piece)
        await loop.sock_sendall(line, masked('42/agent,1["say",{"text":"whole"}]'))
        heard = b""
        while b"43/agent,1" not in heard:
            heard += await loop.sock_recv(line, 512)
        for piece in pieces(b"4" * 70_000, 30_000):
            await loop.sock_sendall(line, piece)

        assert (await node.closed.get()).identity.name == "ann"
    assert node.sample.words == ["in pieces", "whole"]


async def test_a_slow_reader_loses_what_is_volatile_and_stays(node: Node) -> None:
    async with raw_client(node, "slow"):
        for _ in range(100_000):
            node.realtime.push(AgentTyping(to="person:slow"))

        assert len(node.realtime.sockets_in("person:slow")) == 1


async def test_a_slow_poller_is_closed(node: Node) -> None:
    async with aiohttp.ClientSession(node.url) as session:
        async with session.get(POLLING) as opening:
            sid = json.loads((await opening.text())[1:])["sid"]
        async with session.post(f"{POLLING}&sid={sid}", data='40/agent,{"name":"slow"}'):
            for n in range(300):
                node.realtime.push(AgentTold(to="all", n=n))

        assert (await node.closed.get()).reason == "slow"


async def test_queued_and_direct_frames_keep_one_order(node: Node) -> None:
    """A reader who falls behind and catches up changes the way of the frames, and must not see it."""
    async with wire(node) as ann:
        await ann.sign_in("ann")
        heard: list[int] = []
        for n in range(3_000):
            node.realtime.push(AgentTold(to="all", n=n, text="x" * (n % 7) * 300))
            if n % 60 == 59:
                text = await ann.until("42")
                heard.append(json.loads(text.removeprefix("42/agent,"))[1]["n"])
        while len(heard) < 3_000:
            text = await ann.until("42")
            heard.append(json.loads(text.removeprefix("42/agent,"))[1]["n"])

    assert heard == list(range(3_000))


async def test_a_client_that_misses_its_pings_is_gone(start_node: StartNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PING_SECONDS", 0.1)
    monkeypatch.setattr(limits, "PONG_SECONDS", 0.1)
    node = await start_node()

    async with wire(node) as ann:
        await ann.sign_in("ann")
        await ann.until("2")
        closed = await node.closed.get()

    assert closed.identity.name == "ann"


async def test_who_stays_at_a_stop_is_closed_when_the_time_is_over(start_node: StartNode) -> None:
    node = await start_node(stop_seconds=0.05)
    people = [await node.person("ann"), await node.person("bob", transport="polling")]

    await node.stop()

    for person in people:
        await person.gone()
    assert not list(node.realtime.connections.sockets())
