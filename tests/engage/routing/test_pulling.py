"""Without anybody who matches, free agents pull: what they may have, once, within their capacity."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import func, select

from engage.kit.unit_of_work import UNITS
from engage.routing import pulling
from engage.routing.models import AgentSkill, Offer, QueueRule, Skill
from engage.sites.models import Queue
from tests.house import House
from tests.people.visitor import Refused


async def asks_for_norwegian(house: House, queue: str, *speakers: str) -> None:
    async with house.working() as work:
        found = (await work.db.scalars(select(Queue).where(Queue.name == queue))).one()
        skill = Skill(id=UUID(int=7), site_id=house.site.id, name="Norwegian")
        work.db.add(skill)
        await work.db.flush()
        work.db.add_all(AgentSkill(agent_id=UUID(each), skill_id=skill.id, level=3) for each in speakers)
        step = {"after_seconds": 0, "needs": [{"skill_id": str(skill.id), "level": 2}]}
        usual = {"priority": 0, "ranking": "score", "age_factor": 100, "agent_rule": "longest_idle"}
        row = QueueRule(queue_id=found.id, sticky_seconds=0, steps=[step], skips_unstaffed=True, **usual)
        work.db.add(row)


async def test_free_agents_pull_what_they_may_have_and_no_more_than_they_can_hold(house: House) -> None:
    units = house.app[UNITS]
    async with (
        house.visitor() as visitor,
        house.agent("anna", capacity=2) as anna,
        house.agent("ben", capacity=2) as ben,
        house.agent("chiara", presence="break"),
    ):
        await asks_for_norwegian(house, "Orders", anna.id)
        for _ in range(4):
            await visitor.starts_chat("Hei")

        made = await asyncio.gather(*(pulling.pull_all(units) for _ in range(3)))

        assert (sum(made), len(await anna.offers()), await ben.offers()) == (2, 2, [])
        assert await house.dispatcher.run_once() == 0

        first = (await anna.offers())[0]
        await anna.post(f"/agent/offers/{await anna.ringing(first)}/decline")
        assert await pulling.pull_all(units) == 1
        assert first not in await anna.offers()
        async with house.looking() as work:
            ringing = select(func.count(Offer.id), func.count(Offer.engagement_id.distinct()))
            assert (await work.db.execute(ringing.where(Offer.state == "pending"))).one() == (2, 2)


async def test_agent_takes_what_comes_next_for_him_also_while_he_is_not_available(house: House) -> None:
    async with (
        house.visitor() as visitor,
        house.agent("anna", presence="busy", capacity=1) as anna,
        house.agent("ben", presence="busy") as ben,
    ):
        await asks_for_norwegian(house, "Orders", anna.id)
        older, _ = (await visitor.starts_chat("Hei"))["id"], await visitor.starts_chat("Hei")

        taken = await anna.post("/agent/work/next")

        assert (taken["conversation_id"], taken["state"]) == (older, "active")
        for agent in (anna, ben):
            with pytest.raises(Refused, match="Nothing waits"):
                await agent.post("/agent/work/next")
