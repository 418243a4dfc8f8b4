"""Place and wait of those who wait: what is before them, what they are told and when, and how true it was."""

from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

from sqlalchemy import update

from engage.engagements.models import Engagement
from engage.kit.bus import BUS, Reactions
from engage.routing.events import WaitForecastMeasured
from tests.house import House
from tests.house.people import HouseVisitor


def told(visitor: HouseVisitor) -> list[tuple[Any, Any]]:
    """Place and end of the range, as often as it was pushed."""
    return [(each["position"], each["expected_wait_seconds"]) for each in visitor.screen.all("conversation_changed")]


async def test_place_falls_live_and_the_wait_is_a_range_that_holds_for_a_while(house: House) -> None:
    async with AsyncExitStack() as people:
        visitors = [await people.enter_async_context(house.visitor()) for _ in range(3)]
        anna = await people.enter_async_context(house.agent("anna", capacity=1))
        first = await visitors[0].starts_chat("Hello")
        assert told(visitors[0]) == [(1, 0)]
        await house.settles()
        await anna.takes(first["id"])
        waiting = []
        for visitor in visitors[1:]:
            await house.passes(1)
            waiting.append(await visitor.starts_chat("Hello"))
        view = await visitors[2].get(f"/visitor/conversations/{waiting[1]['id']}")
        # one was accepted in this minute and quarter of an hour, at once
        assert view["expected_wait"] == {"from_seconds": 60, "to_seconds": 120}
        assert told(visitors[2])[-1] == (2, 120)
        queue = next(each for each in (await anna.workspace())["queues"] if each["waiting"] == 2)
        assert [(each["place"]["position"], each["place"]["to_seconds"]) for each in queue["items"]] == [
            (1, 60),
            (2, 120),
        ]

        await visitors[1].post(f"/visitor/conversations/{waiting[0]['id']}/end")
        assert told(visitors[2])[-1] == (1, 120)
        await house.passes(40)

        assert told(visitors[2])[-1] == (1, 60)


async def test_nobody_there_means_a_place_and_no_wait(house: House) -> None:
    async with house.visitor() as visitor:
        await visitor.starts_chat("Hello")

        assert told(visitor) == [(1, None)]
        assert (await visitor.get("/sites/nordlink/home"))["ways"][0]["expected_wait_seconds"] is None
        async with house.agent("anna"):
            assert (await visitor.get("/sites/nordlink/home"))["ways"][0]["expected_wait_seconds"] == 0
            await house.passes(40)
            assert told(visitor)[-1] == (1, 0)


async def test_priority_goes_first_and_work_of_other_queues_counts_by_shared_agents(house: House) -> None:
    async with AsyncExitStack() as people:
        one, two, three = [await people.enter_async_context(house.visitor()) for _ in range(3)]
        anna = await people.enter_async_context(house.agent("anna", capacity=1))
        ben = await people.enter_async_context(house.agent("ben", capacity=1, queues=["billing"]))
        for agent, topic in ((anna, "orders"), (ben, "billing")):
            chat = await one.starts_chat("Hello", topic=topic)
            await house.settles()
            await agent.takes(chat["id"])
        await house.passes(1)
        billing = await two.starts_chat("My bill", topic="billing")
        await house.passes(1)
        orders = await three.starts_chat("My order", topic="orders")

        assert await two.place(billing["id"]) == ("queued", 1)
        assert await three.place(orders["id"]) == ("queued", 1)
        # half of those who serve billing are Anna, who serves orders too: one and a half minutes, not one
        view = await three.get(f"/visitor/conversations/{orders['id']}")
        assert view["expected_wait"] == {"from_seconds": 60, "to_seconds": 120}
        later = await two.starts_chat("Another order", topic="orders")
        assert (await two.place(later["id"])) == ("queued", 2)
        async with house.working() as work:
            raised = update(Engagement).where(Engagement.conversation_id == UUID(later["id"]))
            await work.db.execute(raised.values(boost=30))
        assert (await two.place(later["id"])) == ("queued", 1)
        assert (await three.place(orders["id"])) == ("queued", 2)
        names = [each["conversation_id"] for each in (await anna.workspace())["queues"][0]["items"]]
        assert names.index(later["id"]) < names.index(orders["id"])


async def test_forecast_is_measured_when_somebody_is_served(house: House) -> None:
    measured: list[WaitForecastMeasured] = []
    reactions = Reactions()

    @reactions.on(WaitForecastMeasured)
    async def keep(_work: Any, event: WaitForecastMeasured) -> None:
        measured.append(event)

    house.app[BUS].include(reactions)
    async with house.visitor() as one, house.visitor() as two, house.agent("anna", capacity=1) as anna:
        first = await one.starts_chat("Hello")
        await house.settles()
        engagement = await anna.takes(first["id"])
        second = await two.starts_chat("Hello")
        await house.passes(100)
        await anna.post(f"/agent/engagements/{engagement}/end")
        await anna.post(f"/agent/engagements/{engagement}/wrap-up")
        await house.settles()
        await anna.takes(second["id"])

        assert (measured[0].told_seconds, measured[0].real_seconds, measured[0].error_seconds) == (0, 0, 0)
        assert (measured[1].real_seconds, measured[1].error_seconds) == (100, abs(100 - measured[1].told_seconds))
