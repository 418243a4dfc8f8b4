"""Several nodes over a real Redis, whatever happens to it."""

import asyncio

import pytest
from redis.asyncio import Redis

from engage.kit.health import HEALTH
from engage.realtime import bus_redis
from engage.realtime.bus_memory import Hub, MemoryBus
from engage.realtime.messages import Message
from tests.engage.realtime.conftest import StartNode
from tests.engage.realtime.nodes import Client, Node
from tests.engage.realtime.sample import AgentTold, AgentTyping
from tests.services.redis import RedisServer


@pytest.fixture(params=["redis", "memory"])
async def pair(
    request: pytest.FixtureRequest, start_node: StartNode, monkeypatch: pytest.MonkeyPatch
) -> tuple[Node, Node]:
    """Two nodes on each kind of bus."""
    if request.param == "redis":
        url = request.getfixturevalue("redis_url")
        return await start_node(redis_url=url), await start_node(redis_url=url)
    hub = Hub()
    monkeypatch.setattr("engage.realtime.MemoryBus", lambda: MemoryBus(hub))
    return await start_node(), await start_node()


@pytest.fixture
async def nodes(start_node: StartNode, redis_url: str) -> tuple[Node, Node]:
    return await start_node(redis_url=redis_url), await start_node(redis_url=redis_url)


async def test_an_event_reaches_its_room_on_another_node(pair: tuple[Node, Node]) -> None:
    here, there = pair
    ann = await there.person("ann")

    here.realtime.push(AgentTold(to="person:ann", text="from far away — grüße"))

    assert await ann.next("told") == {"type": "told", "text": "from far away — grüße", "n": 0}


async def test_events_of_one_node_arrive_in_order_and_once_on_the_other(pair: tuple[Node, Node]) -> None:
    here, there = pair
    ann, bob = await there.person("ann"), await here.person("bob")
    heard: dict[str, list[int]] = {"ann": [], "bob": []}

    for start in range(0, 1_000, 50):
        for n in range(start, start + 50):
            here.realtime.push(AgentTold(to="person:ann all person:bob", n=n))
        heard["ann"] += [(await ann.next("told"))["n"] for _ in range(50)]
        heard["bob"] += [(await bob.next("told"))["n"] for _ in range(50)]

    assert heard["ann"] == heard["bob"] == list(range(1_000))


async def test_who_was_taken_into_a_room_from_another_node_hears_what_follows(pair: tuple[Node, Node]) -> None:
    here, there = pair
    ann = await there.person("ann")

    here.realtime.join_room("person:ann", "case:1")
    here.realtime.push(AgentTold(to="case:1", n=1))
    assert (await ann.next("told"))["n"] == 1

    here.realtime.leave_room("person:ann", "case:1")
    here.realtime.push(AgentTold(to="case:1", n=2))
    here.realtime.push(AgentTold(to="all", n=3))
    assert (await ann.next("told"))["n"] == 3


async def test_a_person_is_cut_off_on_whatever_node_he_is(pair: tuple[Node, Node]) -> None:
    here, there = pair
    ann = await there.person("ann")

    here.realtime.disconnect_room("person:ann")

    await ann.gone()
    assert (await there.closed.get()).reason == "revoked"


async def test_who_is_told_that_he_joined_is_in_the_registry(
    nodes: tuple[Node, Node], redis_server: RedisServer
) -> None:
    """So a snapshot that he reads from now on, and what is pushed from now on, leave no hole."""
    _, there = nodes
    ann = await there.person("ann", transport="memory")

    for n in range(20):
        await ann.signal("watch", {"room": f"case:{n}"})
        # Asked without giving the loop a turn, in which a promise could still be kept.
        assert redis_server.execute(f"SCARD engage:room:case:{n}") == ":1"


async def test_a_node_hears_nothing_of_rooms_it_has_nobody_in(
    nodes: tuple[Node, Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = nodes
    ann = await there.person("ann")
    await here.person("bob")
    received: list[Message] = []
    receive = there.realtime.receive

    def listen(message: Message) -> None:
        received.append(message)
        receive(message)

    monkeypatch.setattr(there.realtime, "receive", listen)
    here.realtime.push(AgentTold(to="person:bob", n=1))
    here.realtime.push(AgentTold(to="person:ann", n=2))

    assert (await ann.next("told"))["n"] == 2
    assert len(received) == 1


async def test_the_registry_is_empty_when_everybody_has_gone(nodes: tuple[Node, Node], redis_url: str) -> None:
    here, there = nodes
    ann = await there.person("ann")
    await here.person("bob")

    await ann.close()
    await there.closed.get()
    await there.realtime.bus.settled()
    async with Redis.from_url(redis_url) as redis:
        assert await redis.keys("engage:room:person:ann") == []
        assert len(await redis.smembers("engage:room:all")) == 1
    await here.stop()
    async with Redis.from_url(redis_url) as redis:
        assert await redis.keys("engage:room:*") == []


async def test_a_node_that_died_without_a_word_is_taken_out_of_the_registry(
    nodes: tuple[Node, Node], redis_url: str
) -> None:
    here, there = nodes
    ann = await there.person("ann")
    async with Redis.from_url(redis_url) as redis:
        await redis.sadd("engage:room:all", "a-dead-node")

        here.realtime.push(AgentTold(to="all", n=1))
        await ann.next("told")
        here.realtime.push(AgentTold(to="all", n=2))
        await ann.next("told")

        assert b"a-dead-node" not in await redis.smembers("engage:room:all")


# Twice each: the first time may be mended by what a young node does anyway.


async def test_a_node_heals_when_its_connections_are_cut(nodes: tuple[Node, Node], redis_server: RedisServer) -> None:
    here, there = nodes
    ann = await there.person("ann")

    for _ in range(2):
        redis_server.cut_clients()
        await _until_heard(here, ann, "person:ann")


async def test_a_node_that_was_taken_out_while_it_was_deaf_comes_back(
    nodes: tuple[Node, Node], redis_server: RedisServer
) -> None:
    here, there = nodes
    ann = await there.person("ann")

    for _ in range(2):
        redis_server.execute("CLIENT KILL TYPE pubsub SKIPME yes")
        await _until_heard(here, ann, "person:ann")


async def test_a_node_heals_when_redis_is_flushed(nodes: tuple[Node, Node], redis_server: RedisServer) -> None:
    here, there = nodes
    ann = await there.person("ann")

    for _ in range(2):
        redis_server.flush()
        await _until_heard(here, ann, "person:ann")


async def test_a_node_heals_when_redis_starts_again_empty(nodes: tuple[Node, Node], redis_server: RedisServer) -> None:
    here, there = nodes
    ann = await there.person("ann")

    redis_server.restart()

    await _until_heard(here, ann, "person:ann")
    assert await there.app[HEALTH].problems() == {}


async def test_without_redis_the_own_sockets_are_served_and_heads_are_hastened(
    nodes: tuple[Node, Node], redis_server: RedisServer
) -> None:
    here, there = nodes
    bob = await here.person("bob")
    redis_server.kill()

    here.realtime.push(AgentTold(to="all", n=1))
    assert (await bob.next("told"))["n"] == 1
    cid = await here.person("cid")
    here.realtime.push(AgentTold(to="all", n=2))
    assert (await cid.next("told"))["n"] == 2

    redis_server.start()
    ann = await there.person("ann")
    await _until_heard(here, ann, "person:ann")


async def test_a_node_starts_without_redis_and_finds_it_later(
    start_node: StartNode, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_redis, "ANSWER_SECONDS", 0.2)
    redis_server.kill()
    here, there = await start_node(redis_url=redis_server.url), await start_node(redis_url=redis_server.url)
    ann = await there.person("ann")

    redis_server.start()

    await _until_heard(here, ann, "person:ann")


async def test_a_deaf_node_is_unhealthy_and_recovers(
    start_node: StartNode, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("TICK_SECONDS", 0.05), ("SILENCE_SECONDS", 0.3), ("ANSWER_SECONDS", 0.3)):
        monkeypatch.setattr(bus_redis, name, seconds)
    here, there = await start_node(redis_url=redis_server.url), await start_node(redis_url=redis_server.url)
    ann = await there.person("ann")

    redis_server.freeze()
    while not (problems := await there.app[HEALTH].problems()):
        continue
    redis_server.thaw()

    assert "nothing heard over Redis" in problems["realtime"]
    await _until_heard(here, ann, "person:ann")
    while await there.app[HEALTH].problems():
        await _until_heard(here, ann, "person:ann")


async def test_while_redis_is_away_what_waits_is_bounded_and_volatile_goes_first(
    start_node: StartNode, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_redis, "MAX_WAITING", 10)
    here, there = await start_node(redis_url=redis_server.url), await start_node(redis_url=redis_server.url)
    ann = await there.person("ann")

    for n in range(30):
        here.realtime.push(AgentTyping(to="all"))
        here.realtime.push(AgentTold(to="all", n=n))

    assert [(await ann.next("told"))["n"] for _ in range(10)] == list(range(20, 30))


async def test_a_batch_of_another_version_harms_nothing(nodes: tuple[Node, Node], redis_url: str) -> None:
    here, there = nodes
    ann = await there.person("ann")
    async with Redis.from_url(redis_url) as redis:
        for topic in await redis.pubsub_channels("engage:node:*"):
            await redis.publish(topic, b'\x00\x00\x00\x05["?"]\x00\x00\x00\x00')

    await _until_heard(here, ann, "person:ann")


async def _until_heard(here: Node, listener: Client, room: str) -> None:
    """Speaks again and again until the listener on the other node hears it."""
    heard = asyncio.ensure_future(listener.next("told"))
    while not heard.done():
        here.realtime.push(AgentTold(to=room))
        await asyncio.wait((heard,), timeout=0.05)
