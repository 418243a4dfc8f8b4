"""Snoozed work comes back at its time, or when the agent takes it back before."""

from datetime import timedelta

from tests.house import House


async def test_snoozed_work_is_taken_back_before_its_time_and_stays(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = (await kim.starts_chat("No line"))["id"]
        await house.settles()
        engagement_id = await anna.takes(chat)
        until = house.clock.now() + timedelta(minutes=2)
        parked = await anna.post(f"/agent/engagements/{engagement_id}/park", until=until.isoformat())
        assert (parked["state"], parked["due_at"] is not None) == ("parked", True)

        back = await anna.post(f"/agent/engagements/{engagement_id}/pull")
        await house.passes(150)

        assert (back["state"], back["due_at"]) == ("active", None)
        assert await anna.holds() == {chat: "active"}
