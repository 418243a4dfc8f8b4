"""The contract once more, with the client that browsers run."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

import orjson
import pytest

from tests.engage.realtime.conftest import StartNode
from tests.engage.realtime.nodes import Node
from tests.engage.realtime.sample import AgentTold
from tests.services.missing import missing

HERE = Path(__file__).parent
NODE = shutil.which("node")


@pytest.fixture(autouse=True)
def official_client() -> None:
    if NODE is None or not (HERE.parents[2] / "node_modules" / "socket.io-client").is_dir():
        missing("The official Socket.IO client")


class Browser:
    """One run of the official client."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout

    async def next(self, happened: str) -> dict[str, Any]:
        while line := await self._out.readline():
            fact: dict[str, Any] = orjson.loads(line)
            if fact["happened"] == happened:
                return fact
        raise AssertionError(f"the client ended before it was {happened}")

    def do(self, command: str, **arguments: Any) -> None:
        self._in.write(orjson.dumps({"do": command, **arguments}) + b"\n")

    def leave(self) -> None:
        self._in.close()

    async def signal(self, name: str, payload: object) -> Any:
        self.do("signal", name=name, payload=payload)
        return (await self.next("answered"))["answer"]


Open: TypeAlias = Callable[..., Any]


@pytest.fixture
async def browse() -> AsyncIterator[Open]:
    async with AsyncExitStack() as running:

        async def browse(
            node: Node, name: str | None, transports: tuple[str, ...] = ("websocket", "polling")
        ) -> Browser:
            return await running.enter_async_context(_browser(node, name, transports))

        yield browse


@asynccontextmanager
async def _browser(node: Node, name: str | None, transports: tuple[str, ...]) -> AsyncIterator[Browser]:
    arguments = [
        node.url,
        "/agent",
        orjson.dumps({"name": name} if name else {}).decode(),
        orjson.dumps(transports).decode(),
    ]
    process = await asyncio.create_subprocess_exec(
        str(NODE), str(HERE / "official_client.mjs"), *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    browser = Browser(process)
    try:
        yield browser
    finally:
        browser.leave()
        await process.communicate()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_it_connects_hears_and_is_answered(node: Node, browse: Open, transport: str) -> None:
    ann = await browse(node, "ann", (transport,))

    assert (await ann.next("connected"))["transport"] == transport
    node.realtime.push(AgentTold(to="person:ann", text="grüße", n=1))
    heard = await ann.next("heard")
    answer = await ann.signal("say", {"text": "hi"})

    assert (heard["name"], heard["payload"]) == ("told", {"type": "told", "text": "grüße", "n": 1})
    assert answer == {"ok": True, "result": {"words": ["hi"]}}


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_it_hears_in_order(node: Node, browse: Open, transport: str) -> None:
    ann = await browse(node, "ann", (transport,))
    await ann.next("connected")

    for n in range(200):
        node.realtime.push(AgentTold(to="all", n=n))

    assert [(await ann.next("heard"))["payload"]["n"] for _ in range(200)] == list(range(200))


async def test_it_upgrades_from_polling_and_loses_nothing(node: Node, browse: Open) -> None:
    ann = await browse(node, "ann", ("polling", "websocket"))
    await node.opened.get()

    heard: list[int] = []
    ways: set[str] = set()
    while len(heard) < 50 or "websocket" not in ways:
        node.realtime.push(AgentTold(to="person:ann", n=len(heard)))
        fact = await ann.next("heard")
        heard.append(fact["payload"]["n"])
        ways.add(fact["transport"])

    assert heard == list(range(len(heard)))


async def test_it_is_told_why_it_is_refused(node: Node, browse: Open) -> None:
    nobody, thief = await browse(node, None), await browse(node, "thief")

    assert (await nobody.next("refused"))["data"] == {"code": "not_admitted"}
    refusal = await thief.next("refused")
    assert (refusal["message"], refusal["data"]) == ("This room is locked.", {"code": "locked"})


async def test_it_comes_back_by_itself_after_a_cut(node: Node, browse: Open) -> None:
    ann = await browse(node, "ann")
    await ann.next("connected")

    (socket,) = node.realtime.sockets_in("person:ann")
    node.realtime.close(socket, "slow")
    await ann.next("disconnected")
    await ann.next("connected")
    node.realtime.push(AgentTold(to="person:ann", n=2))

    assert (await ann.next("heard"))["payload"]["n"] == 2


async def test_it_stays_away_when_its_right_was_revoked(node: Node, browse: Open) -> None:
    ann = await browse(node, "ann")
    await ann.next("connected")

    node.realtime.disconnect_room("person:ann")

    assert (await ann.next("disconnected"))["reason"] == "io server disconnect"


async def test_it_moves_when_a_node_goes(start_node: StartNode, browse: Open) -> None:
    node = await start_node()
    ann = await browse(node, "ann")
    await ann.next("connected")

    await node.realtime.move_away(within_seconds=0.05)

    assert (await ann.next("heard"))["payload"]["within_seconds"] == 0.05
    assert (await ann.next("disconnected"))["reason"] == "transport close"
    await ann.next("refused")
