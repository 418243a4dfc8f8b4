"""Cold transfers: to a colleague, a skill or a centre; what is said before, and who has it when nobody takes it."""

import pytest

from tests.house import House
from tests.people.visitor import Refused

OFFER_SECONDS = 25


async def test_colleague_with_full_hands_is_told_before_and_one_who_misses_it_gives_it_back(house: House) -> None:
    async with house.visitor() as visitor, house.agent("ben") as ben, house.agent("chiara", presence="busy") as chiara:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        work = await ben.takes(chat["id"])
        path = f"/agent/engagements/{work}/transfer"
        with pytest.raises(Refused, match="target_absent"):
            await ben.post(path, to_agent_id=chiara.id)
        with pytest.raises(Refused, match="target_absent"):
            await ben.post(path, to_agent_id=ben.id)

        async with house.agent("dora") as dora:
            await dora.put("/agent/presence", presence="busy")
            await chiara.put("/agent/presence", presence="available")
            await ben.post(path, to_agent_id=chiara.id, note="<b>Angry</b>", return_to_me=True)
            await dora.put("/agent/presence", presence="available")
            await house.passes(1)
            assert await chiara.offers() == [chat["id"]]
            await house.passes(OFFER_SECONDS)
            assert (await ben.offers(), await dora.offers()) == ([chat["id"]], [])
            assert (await visitor.place(chat["id"]))[0] == "queued"


async def test_work_goes_to_whoever_has_the_skill_or_works_in_the_centre_and_to_anybody_later(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna, house.agent("ben") as ben:
        site = f"/admin/sites/{house.site.id}"
        skill = await anna.post(f"{site}/skills", name="Polish")
        centre = await anna.post(f"{site}/centres", name="Leipzig")
        chat = await visitor.starts_chat("Dzień dobry")
        await house.settles()
        holder = anna if await anna.offers() else ben
        work = await holder.takes(chat["id"])
        path = f"/agent/engagements/{work}/transfer"
        with pytest.raises(Refused, match="target_absent"):
            await holder.post(path, to_skill_id=skill["id"])
        with pytest.raises(Refused, match="target_absent"):
            await holder.post(path, to_centre_id=centre["id"])

        async with house.agent("chiara") as chiara:
            can = [{"skill_id": skill["id"], "level": 2}]
            await anna.put(f"{site}/people/{chiara.id}/routing", levels=can, centre_id=centre["id"])
            targets = await holder.get(f"/agent/engagements/{work}/targets")
            assert [(each["name"], each["free"]) for each in targets["skills"]] == [("Polish", 1)]
            assert [(each["name"], each["free"]) for each in targets["centres"]] == [("Leipzig", 1)]

            await holder.post(path, to_skill_id=skill["id"])
            await house.passes(1)
            assert await chiara.offers() == [chat["id"]]
            again = await chiara.takes(chat["id"])
            await chiara.post(f"/agent/engagements/{again}/transfer", to_centre_id=centre["id"])
            await chiara.put("/agent/presence", presence="break")
            await house.passes(60)
            assert (await anna.offers(), await ben.offers()) == ([], [])
            await house.passes(300)
            assert chat["id"] in [*await anna.offers(), *await ben.offers()]
