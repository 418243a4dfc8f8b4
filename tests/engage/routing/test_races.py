"""People and rounds of matching at the same moment: nobody gets too much, nothing is given twice, nothing breaks."""

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import Any

from sqlalchemy import func, select

from engage.agents.models import Agent
from engage.engagements.lifecycle import TAKING_ROOM
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UNITS
from engage.routing.dispatcher import Dispatcher
from engage.routing.models import Offer
from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def outcome(act: Awaitable[Any]) -> str:
    """What became of it: done, or the code of the refusal. An error of ours is none of the outcomes."""
    try:
        await act
    except Refused as refusal:
        if refusal.status >= 500:
            raise
        return str(refusal.code)
    return "done"


async def is_sound(house: House) -> None:
    """Nobody holds more than he can, and nothing rings at two desks or at one where it is not."""
    async with house.looking() as work:
        loads = (
            select(Agent.name, Agent.capacity, func.sum(Engagement.weight))
            .join(Engagement, Engagement.agent_id == Agent.id)
            .where(Engagement.state.in_(TAKING_ROOM))
            .group_by(Agent.id)
        )
        for name, capacity, load in await work.db.execute(loads):
            assert load <= capacity, name
        ringing = select(Offer.engagement_id, Offer.agent_id).where(Offer.state == "pending")
        offered = select(Engagement.id, Engagement.agent_id).where(Engagement.state == "offered")
        assert {tuple(row) for row in await work.db.execute(ringing)} == {
            tuple(row) for row in await work.db.execute(offered)
        }


async def work_of(agent: HouseAgent, *states: str) -> list[str]:
    items = (await agent.get("/agent/work?view=all"))["items"]
    return [item["engagement_id"] for item in items if item["state"] in states]


async def test_nobody_gets_more_than_he_can_hold_however_many_hands_reach_out(house: House) -> None:
    another = Dispatcher(house.app[UNITS])
    async with AsyncExitStack() as people:
        visitor = await people.enter_async_context(house.visitor())
        agents = [await people.enter_async_context(house.agent(name, capacity=2)) for name in ("anna", "ben", "chiara")]
        for _ in range(9):
            await visitor.starts_chat("Hello")
        for _ in range(3):
            waiting = await work_of(agents[0], "queued", "offered")
            pulls = [agent.post(f"/agent/engagements/{each}/pull") for agent in agents for each in waiting[:4]]
            rounds = [router.run_once() for router in (house.dispatcher, another, another)]

            outcomes = await asyncio.gather(*(outcome(each) for each in (*pulls, *rounds)))

            assert set(outcomes) <= {"done", "no_room", "wrong_state"}
            await is_sound(house)
        await house.settles()

        assert len(await work_of(agents[0], "queued")) == 3


async def test_two_who_pull_what_rings_at_the_other_s_desk_do_not_block_each_other(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna, house.agent("ben") as ben:
        for _ in range(2):
            one, other = await visitor.starts_chat("Hello"), await visitor.starts_chat("Hello")
            await house.settles()
            at_annas, at_bens = await ring(anna), await ring(ben)

            await asyncio.gather(
                outcome(anna.post(f"/agent/engagements/{at_bens}/pull")),
                outcome(ben.post(f"/agent/engagements/{at_annas}/pull")),
            )

            await is_sound(house)
            for chat in (one, other):
                await visitor.post(f"/visitor/conversations/{chat['id']}/end")
            await house.passes(130)


async def ring(agent: HouseAgent) -> str:
    (offer,) = (await agent.workspace())["offers"]
    return str(offer["engagement"]["engagement_id"])


async def test_visitor_who_leaves_in_the_moment_of_the_accept_leaves_one_clear_state(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        for _ in range(2):
            chat = await visitor.starts_chat("Hello")
            await house.settles()
            offer = await anna.ringing(chat["id"])

            outcomes = await asyncio.gather(
                outcome(anna.post(f"/agent/offers/{offer}/accept")),
                outcome(visitor.post(f"/visitor/conversations/{chat['id']}/end")),
            )

            assert set(outcomes) <= {"done", "offer_gone", "wrong_state"}
            await is_sound(house)
            state = (await visitor.place(chat["id"]))[0]
            assert state == ("closed" if chat["id"] in await anna.holds() else "abandoned")
            await house.passes(130)


async def test_one_offer_accepted_declined_and_timed_out_at_one_moment_ends_once(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        offer = await anna.ringing(chat["id"])
        house.clock.advance(seconds=25)

        outcomes = await asyncio.gather(
            outcome(anna.post(f"/agent/offers/{offer}/accept")),
            outcome(anna.post(f"/agent/offers/{offer}/decline")),
            house.settles(),
        )

        assert outcomes.count("done") <= 1
        await is_sound(house)
        assert len(anna.screen.all("offer_ended")) == 1


async def test_word_in_the_moment_of_the_end_is_never_left_where_nobody_looks(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        for n in range(2):
            chat = await visitor.starts_chat("Hello")
            await house.settles()
            engagement_id = await anna.takes(chat["id"])
            await anna.post(f"/agent/engagements/{engagement_id}/end")

            await asyncio.gather(
                visitor.says(chat["id"], f"One more thing {n}"),
                anna.post(f"/agent/engagements/{engagement_id}/wrap-up"),
            )
            await house.settles()

            assert await anna.offers() == [chat["id"]]
            await visitor.post(f"/visitor/conversations/{chat['id']}/end")
