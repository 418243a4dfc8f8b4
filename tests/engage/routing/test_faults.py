"""Routers are killed, stopped and cut off while work waits: nothing is lost, doubled or stuck."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, func, insert, select

from engage.agents.models import Agent, AgentSite
from engage.app import create_app
from engage.engagements.lifecycle import TAKING_ROOM
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS, UnitOfWork, UnitsOfWork
from engage.routing import centres
from engage.routing.models import Offer, QueueMember, RouterLease
from engage.settings import Settings
from engage.sites.models import Centre, Queue
from tests.bench import routing_town
from tests.conftest import StartEngage
from tests.house import House, rows
from tests.services.engage import EngageProcess
from tests.services.postgres import PostgresServer
from tests.services.redis import RedisServer

once = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
CAPACITY = 4


async def people_of(work: UnitOfWork, queue: Queue, count: int, centre_id: UUID | None = None) -> list[UUID]:
    """So many who are there for this queue, each with room for four."""
    ids = [new_id() for _ in range(count)]
    said = {"presence": "available", "presence_since": work.now, "idle_since": work.now, "password_hash": ""}
    await work.db.execute(
        insert(Agent),
        [
            {"id": each, "email": f"{each}@shop.example", "name": f"Agent {n}", "capacity": CAPACITY,
             "online_until": routing_town.FOR_LONG, **said}
            for n, each in enumerate(ids)
        ],
    )  # fmt: skip
    here = {"site_id": queue.site_id, "role": "agent", "centre_id": centre_id}
    await work.db.execute(insert(AgentSite), [{"agent_id": each, **here} for each in ids])
    await work.db.execute(insert(QueueMember), [{"queue_id": queue.id, "agent_id": each} for each in ids])
    return ids


async def is_sound(work: UnitOfWork) -> None:
    """Each pending offer is of an offered engagement and the other way round, and nobody holds more than he can."""
    ringing = select(Offer.engagement_id, Offer.agent_id).where(Offer.state == "pending")
    offered = select(Engagement.id, Engagement.agent_id).where(Engagement.state == "offered")
    found = [tuple(row) for row in await work.db.execute(ringing)]
    assert len(found) == len(set(found))
    assert set(found) == {tuple(row) for row in await work.db.execute(offered)}
    held = select(func.sum(Engagement.weight)).where(Engagement.state.in_(TAKING_ROOM)).group_by(Engagement.agent_id)
    assert max(await work.db.scalars(held)) <= CAPACITY


@dataclass
class Town:
    """Fifty agents and a queue, in a database that other processes work at."""

    units: UnitsOfWork
    queue: Queue

    async def counts(self, condition: ColumnElement[bool]) -> int:
        async with self.units.read() as work:
            return await work.db.scalar(select(func.count()).where(condition)) or 0

    async def is_led(self) -> bool:
        return await self.counts((RouterLease.part == "fence") & (RouterLease.epoch > 0)) > 0

    async def offers_forty_more(self) -> None:
        """Nobody is told of them: whoever matches finds them by himself."""
        async with self.units.begin() as work:
            ids = await routing_town.queue_up(work, self.queue.site_id, [self.queue.id], 40)
        offered = Engagement.id.in_(ids) & (Engagement.state == "offered")
        await until(lambda: self._has(40, offered))

    async def misses_one(self) -> None:
        """One of the offers has rung out: nobody but whoever does what is due puts it back."""
        async with self.units.begin() as work:
            (offer,) = await work.db.scalars(select(Offer).limit(1))
            await jobs.enqueue(work, "routing.expire_offers", {"offers": [str(offer.id)]})
        await until(lambda: self._has(2, Offer.engagement_id == offer.engagement_id))

    async def _has(self, count: int, condition: ColumnElement[bool]) -> bool:
        return await self.counts(condition) == count


@asynccontextmanager
async def town_at(url: str, folder: Path) -> AsyncIterator[Town]:
    units = create_app(Settings(database_url=url, data_dir=folder), role="web")[UNITS]
    async with units.begin() as work:
        site = await rows.a_site(work, "nordlink", queues=("orders",))
        await work.db.flush()
        queue = (await work.db.scalars(select(Queue).where(Queue.site_id == site.id))).one()
        queue.offer_seconds = 300
        await people_of(work, queue, 50)
    try:
        yield Town(units, queue)
    finally:
        await units.database.close()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


async def test_whatever_befalls_the_routers_all_work_is_offered_once(
    start_engage: StartEngage, postgres: PostgresServer, postgres_url: str, redis_server: RedisServer, tmp_path: Path
) -> None:
    shared = {"ENGAGE_DATABASE_URL": postgres_url, "ENGAGE_REDIS_URL": redis_server.url}
    async with town_at(postgres_url, tmp_path) as town:
        first = start_engage(role="work", **shared)
        await until(town.is_led)
        second = start_engage(role="work", **shared)
        await town.offers_forty_more()

        first.kill()
        await town.offers_forty_more()

        start_engage(role="work", **shared)
        second.send(signal.SIGSTOP)
        await town.offers_forty_more()
        second.send(signal.SIGCONT)

        async def resigned() -> bool:
            return "router_resigned" in second.log

        await until(resigned)

        redis_server.flush()
        await town.offers_forty_more()

        redis_server.restart()
        postgres.stop()
        postgres.start()
        await town.units.database.engine.dispose()
        await town.offers_forty_more()

        async with town.units.read() as work:
            await is_sound(work)
            assert await work.db.scalar(select(func.count()).select_from(Offer)) == 200


async def test_without_anybody_who_matches_processes_that_answer_people_give_out_the_work_themselves(
    start_engage: StartEngage, postgres_url: str, tmp_path: Path
) -> None:
    shared = {"ENGAGE_DATABASE_URL": postgres_url}
    async with town_at(postgres_url, tmp_path) as town:
        holder = start_engage(role="work", **shared)
        await until(town.is_led)
        webs = [start_engage(role="web", **shared) for _ in range(2)]
        await town.offers_forty_more()
        assert not any("router_pulls" in web.log for web in webs)

        holder.kill()
        await town.offers_forty_more()
        await town.misses_one()
        assert any("router_pulls" in web.log for web in webs)

        holder.start()
        await until(lambda: _all_say(webs, "router_matches_again"))
        await town.offers_forty_more()

        async with town.units.read() as work:
            await is_sound(work)
            assert await work.db.scalar(select(func.count()).select_from(Offer)) == 121


async def _all_say(webs: list[EngageProcess], line: str) -> bool:
    return all(line in web.log for web in webs if "router_pulls" in web.log)


@once
async def test_centre_cut_off_in_the_middle_of_200_offers_gives_all_of_them_to_others(house: House) -> None:
    async with house.working() as work:
        queue = (await work.db.scalars(select(Queue).where(Queue.key == "orders"))).one()
        bergen = Centre(id=new_id(), site_id=house.site.id, name="Bergen", state="open", state_since=work.now)
        work.db.add(bergen)
        await work.db.flush()
        there = await people_of(work, queue, 50, bergen.id)
        ids = await routing_town.queue_up(work, house.site.id, [queue.id], 200)
    await house.settles()
    before = await holders(house, ids)
    assert {agent_id for agent_id, _place in before.values()} == set(there)

    async with house.working() as work:
        elsewhere = await people_of(work, queue, 50)
        await centres.set_state(work, await work.db.get_one(Centre, bergen.id), "down")
    await house.settles()

    after = await holders(house, ids)
    assert {agent_id for agent_id, _place in after.values()} == set(elsewhere)
    assert [place for _agent, place in after.values()] == [place for _agent, place in before.values()]
    async with house.looking() as work:
        await is_sound(work)


async def holders(house: House, ids: list[UUID]) -> dict[UUID, tuple[UUID | None, datetime]]:
    """At whose desk each of them rings, and its place."""
    async with house.looking() as work:
        ringing = select(Engagement.id, Engagement.agent_id, Engagement.place_since).where(
            Engagement.id.in_(ids), Engagement.state == "offered"
        )
        return {
            row.id: (row.agent_id, row.place_since) for row in await work.db.execute(ringing.order_by(Engagement.id))
        }


@once
async def test_laptop_closed_on_an_offer_in_the_night_of_the_summer_time_leaves_it_to_another(house: House) -> None:
    house.clock.advance(seconds=(datetime(2026, 3, 29, 0, 59, 50, tzinfo=UTC) - house.clock.now()).total_seconds())
    async with house.visitor() as visitor, house.agent("ben") as ben, house.agent("anna", presence="busy") as anna:
        chat = (await visitor.starts_chat("Hello"))["id"]
        await house.settles()
        await anna.put("/agent/presence", presence="available")
        assert await ben.offers() == [chat]

        await ben.closes_console()
        await house.passes(20)
        assert (await ben.offers(), await anna.offers()) == ([chat], [])
        await house.passes(10)

        assert (await ben.offers(), await anna.offers()) == ([], [chat])
