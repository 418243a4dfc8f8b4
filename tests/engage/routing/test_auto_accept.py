"""Offers that accept themselves: by queue or by person, only for somebody who is there, by the router's own claim."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from engage.engagements.models import Engagement, EngagementStep
from engage.kit.bus import BUS, Reactions
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.events import OfferEnded
from engage.routing.models import Offer
from engage.sites.models import Queue
from tests.house import House
from tests.house.people import HouseAgent


async def _queue(house: House, name: str, seconds: int | None) -> None:
    async with house.working() as work:
        queue = (await work.db.scalars(select(Queue).where(Queue.name == name))).one()
        queue.accept_after_seconds = seconds


async def _set(admin: HouseAgent, house: House, agent_id: str, own: bool | None) -> Any:
    return await admin.put(f"/admin/sites/{house.site.id}/people/{agent_id}/routing", auto_accept=own)


async def test_offer_accepts_itself_after_its_alert_unless_its_agent_left_or_answers_himself(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        await _queue(house, "Orders", 0)
        at_once = await visitor.starts_chat("at once")
        await house.settles()
        assert await anna.holds() == {at_once["id"]: "active"}
        assert await visitor.place(at_once["id"]) == ("active", None)
        ended = await anna.screen.sees("offer_ended")
        assert (ended["state"], ended["by_itself"]) == ("accepted", True)

        await _queue(house, "Orders", 5)
        alerted = await visitor.starts_chat("with an alert")
        await house.settles()
        (offer,) = (await anna.workspace())["offers"]
        assert offer["accepts_at"] is not None
        assert alerted["id"] not in await anna.holds()
        await house.passes(5)
        assert (await anna.holds())[alerted["id"]] == "active"

        left = await visitor.starts_chat("to somebody who goes")
        await house.settles()
        assert await anna.offers() == [left["id"]]
        await anna.closes_console()
        await house.passes(5)
        assert left["id"] not in await anna.holds()
        assert await visitor.place(left["id"]) == ("queued", 1)

        await anna.opens_console()
        await _set(anna, house, anna.id, own=False)
        await house.passes(6)
        assert await anna.offers() == [left["id"]]


async def test_person_who_takes_all_by_himself_and_history_that_says_so(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin", presence="away") as anna:
        async with house.agent("ben", capacity=1) as ben:
            assert (await _set(anna, house, ben.id, own=True))["auto_accept"] is True
            first, second = await visitor.starts_chat("first"), await visitor.starts_chat("second")
            await house.passes(4)

            assert await ben.holds() == {first["id"]: "active"}
            assert await visitor.place(second["id"]) == ("queued", 1)
        rows = await _steps(house, first["id"])
        assert rows[-2:] == [("offer", "longest_idle"), ("accept", "auto_accept")]


class Killed(BaseException):
    """The process is gone from one statement to the next."""


class Trap:
    """Between an offer that was made and its acceptance; set once, it goes off each time."""

    def __init__(self, house: House, problem: BaseException) -> None:
        self.is_set = True
        reactions = Reactions()

        @reactions.on(OfferEnded)
        async def fail(_work: UnitOfWork, _event: OfferEnded) -> None:
            if self.is_set:
                raise problem

        house.app[BUS].include(reactions)


async def test_killed_between_offer_and_acceptance_leaves_neither(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", presence="away") as anna:
        await _queue(house, "Orders", 0)
        talk = await visitor.starts_chat("at once")
        trap = Trap(house, Killed())

        await anna.put("/agent/presence", presence="available")
        with pytest.raises(Killed):
            await house.settles()

        assert [step for step, _ in await _steps(house, talk["id"])] == ["open"]
        assert await _offers(house) == []
        trap.is_set = False
        await house.settles()
        assert await anna.holds() == {talk["id"]: "active"}
        assert await _steps(house, talk["id"]) == [("open", None), ("offer", "longest_idle"), ("accept", "auto_accept")]
        assert await _offers(house) == ["accepted"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_work_that_cannot_be_accepted_keeps_no_other_from_being_offered(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", presence="away") as anna:
        await _queue(house, "Orders", 0)
        broken = await visitor.starts_chat("at once", topic="orders")
        bill = await visitor.starts_chat("it rings", topic="billing")
        Trap(house, ValueError("it cannot be accepted"))
        house.expects_failures_of = {"routing.accept_offer"}

        await anna.put("/agent/presence", presence="available")
        await house.settles()

        assert set(await anna.offers()) == {broken["id"], bill["id"]}
        assert [line["event"] for line in house.log if line["log_level"] == "error"] == ["claim_failed"]
        house.log.clear()


async def _offers(house: House) -> list[str]:
    async with house.looking() as work:
        return [offer.state for offer in await work.db.scalars(select(Offer))]


async def _steps(house: House, conversation_id: str) -> list[tuple[str, str | None]]:
    of_it = select(EngagementStep.step, EngagementStep.cause).join(
        Engagement, Engagement.id == EngagementStep.engagement_id
    )
    async with house.looking() as work:
        found = await work.db.execute(
            of_it.where(Engagement.conversation_id == UUID(conversation_id)).order_by(EngagementStep.id)
        )
        return [(step, cause) for step, cause in found]
