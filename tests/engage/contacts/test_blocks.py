"""Somebody is kept out: until a moment, until it is lifted, and not one site further."""

import pytest

from engage.realtime.errors import NotAdmitted
from tests.house import House
from tests.people.visitor import Refused


async def test_a_blocked_visitor_cannot_write_until_the_block_ends_by_itself(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = await kim.starts_chat("You fools")
        await house.settles()
        await anna.takes(chat["id"])

        await anna.post(f"/agent/conversations/{chat['id']}/block", reason="Insults", hours=2)

        with pytest.raises(Refused, match="You cannot write to us here at the moment"):
            await kim.says(chat["id"], "Ha")
        with pytest.raises(Refused, match="blocked"):
            await kim.starts_chat("Again")
        assert len((await kim.get("/visitor/me"))["conversations"]) == 1
        assert kim.screen.closed_because == "revoked"
        with pytest.raises(NotAdmitted):
            await kim.reopens_widget()
        house.clock.advance(seconds=2 * 3600 + 1)
        await kim.says(chat["id"], "I am sorry")


async def test_an_agent_blocks_for_a_day_and_a_supervisor_for_good(house: House) -> None:
    async with (
        house.visitor() as kim,
        house.agent("anna") as anna,
        house.agent("sue", role="supervisor", presence="offline") as sue,
    ):
        chat = await kim.starts_chat("You fools", name="Kim")
        at = f"/agent/conversations/{chat['id']}/block"
        with pytest.raises(Refused, match="403"):
            await anna.post(at, reason="Insults", hours=25)
        block = await sue.post(at, reason="Insults", hours=None)

        listed = (await sue.get(f"/admin/sites/{house.site.id}/blocks"))["items"]
        assert [(each["name"], each["reason"], each["by_name"], each["until"]) for each in listed] == [
            ("Kim", "Insults", "Sue", None)
        ]
        await sue.delete(f"/admin/blocks/{block['id']}")

        await kim.says(chat["id"], "Thank you")
        assert (await sue.get(f"/admin/sites/{house.site.id}/blocks"))["items"] == []
