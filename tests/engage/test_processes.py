"""Several processes at one database: people on different ones talk, whatever becomes of Redis or of one of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import pytest

from tests.conftest import StartEngage
from tests.engage.correspondent import Correspondent
from tests.people import TestAgent, TestVisitor
from tests.services.engage import EngageProcess
from tests.services.redis import RedisServer


@dataclass
class Cluster:
    """Two that answer people and one that does what is due."""

    here: EngageProcess
    there: EngageProcess
    worker: EngageProcess


@pytest.fixture
def cluster(start_engage: StartEngage, demo_postgres_url: str, redis_url: str) -> Cluster:
    shared = {"ENGAGE_DATABASE_URL": demo_postgres_url, "ENGAGE_REDIS_URL": redis_url, "ENGAGE_STOP_SECONDS": "3"}
    roles = ("web", "web", "work")
    return Cluster(*(start_engage(role=role, **shared) for role in roles))


@pytest.fixture
def cluster_without_redis(start_engage: StartEngage, demo_postgres_url: str) -> Cluster:
    roles = ("web", "web", "work")
    return Cluster(*(start_engage(role=role, ENGAGE_DATABASE_URL=demo_postgres_url) for role in roles))


@asynccontextmanager
async def talk(cluster: Cluster) -> AsyncIterator[tuple[TestVisitor, TestAgent, str]]:
    """A visitor here and an agent there, who has accepted what the worker offered."""
    async with TestVisitor(cluster.here.url) as visitor, TestAgent(cluster.there.url, "anna") as anna:
        await visitor.open_widget()
        chat = await visitor.starts_chat("Hello")
        await anna.accepts(chat["id"])
        yield visitor, anna, chat["id"]


async def test_people_on_different_processes_talk_and_see_each_other_type(cluster: Cluster) -> None:
    async with talk(cluster) as (visitor, anna, chat):
        await visitor.screen.sees("conversation_changed", lambda e: e["conversation"]["state"] == "active")

        await anna.screen.signal("typing", conversation_id=chat, on=True)
        await visitor.screen.sees("typing", lambda e: e["name"] == "Anna")
        await visitor.screen.signal("typing", conversation_id=chat, on=True)
        await anna.screen.sees("typing", lambda e: e["author_kind"] == "visitor")
        await anna.says(chat, "Good morning")
        await visitor.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Good morning")
        await visitor.says(chat, "Thanks")
        await anna.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Thanks")


async def test_signing_out_at_one_process_cuts_the_socket_at_another(cluster: Cluster) -> None:
    async with TestAgent(cluster.there.url, "anna") as anna:
        anna.url = cluster.here.url

        await anna.delete("/agent/session")

        async with asyncio.timeout(20):
            await anna.screen.gone.wait()


async def test_talk_goes_on_when_redis_was_emptied_or_started_anew(cluster: Cluster, redis_server: RedisServer) -> None:
    async with talk(cluster) as (visitor, anna, chat):
        up = asyncio.Event()
        up.set()
        reader = Correspondent(visitor, "visitor", chat, up)
        await visitor.screen.disconnect()
        async with reader.at_his_screen():
            for n, trouble in enumerate((redis_server.flush, redis_server.cut_clients, redis_server.restart)):
                await asyncio.to_thread(trouble)
                await anna.says(chat, f"after trouble {n}")
                await reader.shows(f"after trouble {n}")


async def test_work_is_offered_though_redis_is_gone(cluster: Cluster, redis_server: RedisServer) -> None:
    async with TestVisitor(cluster.here.url) as visitor, TestAgent(cluster.there.url, "anna") as anna:
        await asyncio.to_thread(redis_server.kill)

        chat = await visitor.starts_chat("Hello")

        assert chat["id"] in await rings(anna)


async def test_people_find_each_other_without_redis(cluster_without_redis: Cluster) -> None:
    cluster = cluster_without_redis
    async with TestVisitor(cluster.here.url) as visitor, TestAgent(cluster.there.url, "anna") as anna:
        chat = await visitor.starts_chat("Hello")
        assert await rings(anna) == [chat["id"]]
        await anna.post(f"/agent/offers/{(await anna.workspace())['offers'][0]['id']}/accept")
        await anna.says(chat["id"], "Good morning")

        assert [e["text"] for e in await visitor.entries(chat["id"]) if e["kind"] == "message"] == [
            "Hello",
            "Good morning",
        ]


async def rings(anna: TestAgent) -> list[str]:
    """Conversations offered to her, as soon as the beacon says that her number has grown."""
    workspace = await anna.workspace()
    while not workspace["offers"]:
        known = workspace["work_seq"]
        await anna.screen.sees("agent_head", partial(is_beyond, known))
        workspace = await anna.workspace()
    return [each["engagement"]["conversation_id"] for each in workspace["offers"]]


def is_beyond(known: int, head: dict[str, int]) -> bool:
    return head["work_seq"] > known


async def test_process_that_is_stopped_politely_in_the_middle_of_a_talk_loses_nothing(cluster: Cluster) -> None:
    async with talk(cluster) as (visitor, anna, chat):
        up = asyncio.Event()
        up.set()
        writer, reader = Correspondent(visitor, "visitor", chat, up), Correspondent(anna, "agent", chat, up)
        await visitor.screen.disconnect()
        await anna.screen.disconnect()
        async with writer.at_his_screen(), reader.at_his_screen():
            await writer.is_connected.wait()
            stopping = asyncio.create_task(asyncio.to_thread(cluster.here.stop))
            for n in range(20):
                await writer.says(f"word {n}")
                if n == 5:
                    # a load balancer would send him there; what was under way comes again with the same id
                    visitor.url = cluster.there.url
            assert await stopping == 0
            await reader.shows("word 19")
            await writer.shows("word 19")

        said = [
            e["text"] for e in await reader.timeline() if e["kind"] == "message" and e["author"]["kind"] == "visitor"
        ]
        assert said == ["Hello", *(f"word {n}" for n in range(20))]
