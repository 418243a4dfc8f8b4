"""Declining with a reason: the site's list of them, and where the reason is read afterwards."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from engage.engagements.models import Engagement, EngagementStep
from tests.house import House, rows
from tests.people.visitor import Refused


async def test_reason_stands_in_the_history_on_the_board_and_in_the_what_if(house: House) -> None:
    site = f"/admin/sites/{house.site.id}"
    async with house.visitor() as visitor, house.agent("anna", role="admin", presence="away") as anna:
        busy = await anna.post(f"{site}/decline-reasons", label="  Too busy ")
        async with house.agent("ben") as ben:
            assert [each["label"] for each in (await ben.workspace())["decline_reasons"]] == ["Too busy"]
            chat = await visitor.starts_chat("Hello")
            await house.settles()
            offer = await ben.is_offered(chat["id"])
            with pytest.raises(Refused, match="unknown_reason"):
                await ben.post(f"/agent/offers/{offer['id']}/decline", reason_id=str(uuid4()))
            await anna.delete(f"/admin/decline-reasons/{busy['id']}")  # while it is on his screen
            await ben.post(f"/agent/offers/{offer['id']}/decline", reason_id=busy["id"])
            await house.settles()

            (work,) = (await anna.get(f"/agent/sites/{house.site.id}/board"))["work"]
            assert work["refused"] == {"agent_name": "Ben", "state": "declined", "reason": "Too busy"}
            what_if = await anna.get(f"/agent/engagements/{work['engagement_id']}/what-if")
            verdicts = {each["agent"]["name"]: (each["reason"], each["said"]) for each in what_if["candidates"]}
            assert verdicts == {"Ben": ("refused", "Too busy"), "Anna": ("not_available", None)}
        assert await _last_step(house, chat["id"]) == ("put_back", "declined", "Too busy")


async def _last_step(house: House, conversation_id: str) -> tuple[str, str | None, str | None]:
    row = EngagementStep
    steps = select(row.step, row.cause, row.reason).join(Engagement, Engagement.id == row.engagement_id)
    async with house.looking() as work:
        found = await work.db.execute(
            steps.where(Engagement.conversation_id == UUID(conversation_id)).order_by(row.id.desc()).limit(1)
        )
        step, cause, reason = found.one()
        return step, cause, reason


async def test_reasons_of_another_site_are_no_reasons_here(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        house.agent("sven", site_key="southlink", role="admin") as sven,
        house.visitor() as visitor,
        house.agent("ben") as ben,
    ):
        south = (await sven.workspace())["me"]["sites"][0]["id"]
        theirs = await sven.post(f"/admin/sites/{south}/decline-reasons", label="Not mine")
        lunch = await sven.post(f"/admin/sites/{south}/presence-reasons", label="Siesta")
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        offer = await ben.is_offered(chat["id"])

        with pytest.raises(Refused, match="unknown_reason"):
            await ben.post(f"/agent/offers/{offer['id']}/decline", reason_id=theirs["id"])
        with pytest.raises(Refused, match="unknown_reason"):
            await ben.put("/agent/presence", presence="away", reason_id=lunch["id"])
        assert await ben.offers() == [chat["id"]]
