"""Who matches, and from what he knows: hints are enough, old knowledge is refused, and the lease has one holder."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from engage.kit.jobs import JOBS
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wakes import WAKES
from engage.realtime.background import running
from engage.routing import hints, lease
from engage.routing.claim import claim
from engage.routing.dispatcher import WAKE
from engage.routing.events import RoutingChanged
from engage.routing.hints import EVERYTHING
from engage.routing.lease import Alone, LeaseLost
from engage.routing.models import QueueRule
from engage.routing.router import Decision
from engage.routing.rulebook import Rulebook
from engage.sites.models import Queue
from tests.conftest import StartEngage
from tests.house import House
from tests.people import TestAgent, TestVisitor

once = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def given_by_hints_alone(house: House) -> int:
    """Offers made because of hints; whoever looks at everything then finds nothing that was missed."""
    while await house.app[JOBS].run_due():
        pass
    made = await house.dispatcher.look(Alone())
    assert await house.dispatcher.run_once() == 0
    return made


async def test_hints_are_enough_whatever_people_do(house: House) -> None:
    house.app[WAKES].on_news(WAKE, house.dispatcher.hear)
    async with house.visitor() as visitor, house.agent("anna", capacity=2) as anna:
        await house.dispatcher.run_once()
        first, second, third = [(await visitor.starts_chat(f"Hello {n}"))["id"] for n in range(3)]
        assert await given_by_hints_alone(house) == 2

        await anna.takes(first)
        assert await given_by_hints_alone(house) == 0
        async with house.agent("ben") as ben:
            assert await given_by_hints_alone(house) == 1
            assert await ben.offers() == [third]

            await anna.post(f"/agent/offers/{await anna.ringing(second)}/decline")
            assert await given_by_hints_alone(house) == 1
            assert sorted(await ben.offers()) == sorted([second, third])

            await ben.put("/agent/presence", presence="break", reason="lunch")
            assert await given_by_hints_alone(house) == 1
            assert await anna.offers() == [third]
            await visitor.post(f"/visitor/conversations/{third}/end")
            assert await given_by_hints_alone(house) == 0


@once
async def test_rules_that_change_count_soon_and_offers_go_on_meanwhile(house: House) -> None:
    house.app[WAKES].on_news(WAKE, house.dispatcher.hear)
    async with (
        running(house.dispatcher.run()),
        house.visitor() as visitor,
        house.agent("anna", capacity=9) as anna,
    ):
        for n in range(4):
            await visitor.starts_chat(f"Hello {n}")
            async with house.working() as work:
                await work.publish(RoutingChanged())
        await until(partial(_is_offered, anna, 4))
        async with house.working() as work:
            work.db.add_all(await _rules_that_nobody_meets(work))
            await work.publish(RoutingChanged())
        before = _times_read(house)
        await until(partial(_has_read, house, before))

        await visitor.starts_chat("Who speaks Norwegian?")
        async with house.working() as work:
            await work.db.execute(delete(QueueRule))
            await work.publish(RoutingChanged(people=frozenset({UUID(anna.id)})))
        assert len(await anna.offers()) == 4
        async with house.working() as work:
            await work.publish(RoutingChanged())
        await until(partial(_is_offered, anna, 5))
        assert await house.dispatcher.run_once() == 0


async def _is_offered(agent: TestAgent, count: int) -> bool:
    return len((await agent.workspace())["offers"]) == count


def _times_read(house: House) -> int:
    return sum(line["event"] == "router_read_anew" for line in house.log)


async def _has_read(house: House, before: int) -> bool:
    return _times_read(house) > before


async def _rules_that_nobody_meets(work: UnitOfWork) -> list[QueueRule]:
    step = {"after_seconds": 0, "needs": [{"skill_id": str(UUID(int=7)), "level": 5}]}
    usual: dict[str, Any] = {"priority": 0, "ranking": "score", "age_factor": 100, "agent_rule": "longest_idle"}
    queues = await work.db.scalars(select(Queue.id))
    return [QueueRule(queue_id=each, sticky_seconds=0, steps=[step], **usual) for each in queues]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


@once
async def test_decision_on_work_that_has_moved_since_is_dropped(house: House) -> None:
    async with (
        house.visitor() as visitor,
        house.agent("anna", presence="busy") as anna,
        house.agent("ben", presence="busy") as ben,
    ):
        await visitor.starts_chat("Hello")
        item = (await anna.get("/agent/work?view=all"))["items"][0]["engagement_id"]
        old = Decision(UUID(item), UUID(ben.id), "longest_idle", version=1)
        await anna.post(f"/agent/engagements/{item}/pull")
        queues = (await anna.workspace())["queues"]
        await anna.post(f"/agent/engagements/{item}/transfer", to_queue_id=queues[-1]["id"])

        async with house.working() as work:
            assert (await claim(work, [old], Rulebook())).refused == [old]

        assert await ben.offers() == []


def test_hint_is_the_same_on_the_other_side() -> None:
    hint = hints.of(engagements=[UUID(int=1), None], agents=[UUID(int=2)])

    assert hints.decoded(hint.encoded()) == hint
    assert hints.decoded(EVERYTHING.encoded()) == hints.decoded(b"") == EVERYTHING


async def test_lease_has_one_holder_and_goes_on_when_he_leaves(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    async with lease.won(engine) as first:
        beats = asyncio.create_task(first.keep())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5), lease.won(engine):
                pass
        beats.cancel()
        await asyncio.wait([beats])
    async with asyncio.timeout(20), lease.won(engine):
        pass
    await engine.dispose()


async def test_work_goes_on_when_the_process_that_matches_is_killed(
    start_engage: StartEngage, demo_postgres_url: str, redis_url: str
) -> None:
    shared = {"ENGAGE_DATABASE_URL": demo_postgres_url, "ENGAGE_REDIS_URL": redis_url}
    first = start_engage(role="work", **shared)
    start_engage(role="work", **shared)
    web = start_engage(role="web", **shared)
    async with TestVisitor(web.url) as kim, TestAgent(web.url, "anna") as anna:
        await kim.open_widget()
        await anna.accepts((await kim.starts_chat("Hello"))["id"])

        first.kill()

        await anna.accepts((await kim.starts_chat("Hello again"))["id"])


@once
async def test_holder_whose_beat_stops_is_followed_and_can_commit_nothing(house: House, postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    async with lease.won(engine) as old:
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE router_lease SET renewed_at = now() - interval '6 seconds'"))
        async with asyncio.timeout(20), lease.won(engine):
            with pytest.raises(LeaseLost):
                await old.keep()
            async with house.working() as work:
                with pytest.raises(LeaseLost):
                    await old.check(work)
    await engine.dispose()
