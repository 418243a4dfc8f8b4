"""Offers that were on their way to somebody who may not have them any more: nothing stays with him."""

from uuid import UUID

import pytest
from sqlalchemy import select

from engage.engagements.models import Engagement
from engage.routing.claim import claim
from engage.routing.models import Offer
from engage.routing.router import Decision
from engage.routing.rulebook import Rulebook
from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

once = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def decided_before(house: House, chat_id: str, agent: HouseAgent) -> None:
    """Whoever matches had not heard of it yet, and commits what he decided by what he knew."""
    async with house.working() as work:
        of_it = select(Engagement).where(Engagement.conversation_id == UUID(chat_id))
        engagement = (await work.db.scalars(of_it)).one()
        book = Rulebook()
        await book.learn_sites(work, [engagement.site_id])
        late = Decision(engagement.id, UUID(agent.id), "longest_idle", engagement.version)
        assert (await claim(work, [late], book)).made == [late]


@once
async def test_who_answers_here_no_more_cannot_accept_what_still_came_to_him_and_loses_it_soon(house: House) -> None:
    async with (
        house.visitor() as visitor,
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
    ):
        await anna.put(f"/admin/sites/{house.site.id}/people/{ben.id}", role="editor", capacity=4)
        chat = await visitor.starts_chat("Hello")
        await decided_before(house, chat["id"], ben)
        async with house.looking() as work:
            offer_id = await work.db.scalar(select(Offer.id))

        with pytest.raises(Refused, match="not_allowed"):
            await ben.post(f"/agent/offers/{offer_id}/accept")
        await house.passes(10)
        assert await visitor.place(chat["id"]) == ("queued", 1)


@once
async def test_what_still_came_to_a_centre_that_went_down_rings_elsewhere_after_the_grace(house: House) -> None:
    async with (
        house.visitor() as visitor,
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
    ):
        centre = await bergen(house, anna, ben)
        await anna.put(f"{centre}/state", state="down")
        await house.settles()
        chat = await visitor.starts_chat("Hello")
        await decided_before(house, chat["id"], ben)
        await house.passes(14)
        assert await ben.offers() == [chat["id"]]

        await house.passes(1)
        assert await ben.offers() == []
        assert await visitor.place(chat["id"]) == ("queued", 1)


@once
async def test_who_comes_to_a_centre_that_is_down_keeps_nothing_that_rings_and_is_asked_for_nothing(
    house: House,
) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna, house.agent("ben") as ben:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        first, other = (anna, ben) if await anna.offers() else (ben, anna)
        await bergen(house, anna, first, state="down")
        await house.settles()
        assert await other.offers() == [chat["id"]]

        work = await other.takes(chat["id"])
        told = (await other.get(f"/agent/engagements/{work}/targets"))["agents"]
        assert [each["is_there"] for each in told if each["id"] == first.id] == [False]
        with pytest.raises(Refused, match="target_absent"):
            await other.post(f"/agent/engagements/{work}/parties", role="consult", agent_id=first.id)
        with pytest.raises(Refused, match="target_absent"):
            await other.post(f"/agent/engagements/{work}/transfer", to_agent_id=first.id)


@once
async def test_conference_goes_on_with_who_sits_elsewhere_when_its_holders_centre_goes_down(house: House) -> None:
    async with (
        house.visitor() as visitor,
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
        house.agent("chiara", presence="busy") as chiara,
    ):
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        work = await ben.takes(chat["id"])
        centre = await bergen(house, anna, ben)
        await chiara.put("/agent/presence", presence="available")
        await ben.post(f"/agent/engagements/{work}/parties", role="conference", agent_id=chiara.id)
        await chiara.takes_again(chat["id"])

        await anna.put(f"{centre}/state", state="down")
        await house.passes(15)

        assert (await ben.holds(), await chiara.holds()) == ({}, {chat["id"]: "active"})
        assert "requeued" not in await visitor.states(chat["id"])


async def bergen(house: House, admin: HouseAgent, *people: HouseAgent, state: str = "open") -> str:
    """A new centre in which these sit."""
    site = f"/admin/sites/{house.site.id}"
    centre = (await admin.post(f"{site}/centres", name="Bergen"))["id"]
    await admin.put(f"/admin/centres/{centre}/state", state=state)
    for person in people:
        await admin.put(f"{site}/people/{person.id}/routing", centre_id=centre)
    return f"/admin/centres/{centre}"
