"""A contact's preferred agent: who may be named, when he is asked first, and who stands in for him."""

from typing import Any

import pytest

from tests.house import House, rows
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def card_of(agent: HouseAgent, conversation_id: str) -> str:
    facts = await agent.get(f"/agent/conversations/{conversation_id}")
    return f"/agent/contacts/{facts['visitor']['contact_id']}"


async def prefers(agent: HouseAgent, card: str, whom: HouseAgent | None) -> dict[str, Any]:
    return await agent.put(card, name="Vera", preferred_agent_id=whom and whom.id)  # type: ignore[no-any-return]


async def choosable(agent: HouseAgent, card: str) -> list[str]:
    return [each["name"] for each in (await agent.get(f"{card}/colleagues"))["items"]]


async def ends(agent: HouseAgent, engagement_id: str) -> None:
    await agent.post(f"/agent/engagements/{engagement_id}/end")
    await agent.post(f"/agent/engagements/{engagement_id}/wrap-up")


async def test_preferred_agent_is_asked_before_the_last_one_who_stands_in_for_him(house: House) -> None:
    async with (
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
        house.agent("chiara", presence="busy") as chiara,
        house.visitor() as visitor,
    ):
        chat = (await visitor.starts_chat("Hello", name="Vera"))["id"]
        await house.settles()
        await ends(ben, await ben.takes(chat))
        card = await prefers(anna, await card_of(anna, chat), chiara)
        assert card["preferred_agent"]["name"] == "Chiara"
        async with house.agent("dora") as idle_for_longer:
            await visitor.says(chat, "She is away")
            await house.settles()
            assert (await ben.offers(), await idle_for_longer.offers()) == ([chat], [])
            await ben.takes_again(chat)
            await ends(ben, (await ben.workspace())["mine"][0]["engagement_id"])

            await chiara.put("/agent/presence", presence="available")
            await visitor.says(chat, "She is back")
            await house.settles()
            (offer,) = (await chiara.workspace())["offers"]
            why = await anna.get(f"/agent/engagements/{offer['engagement']['engagement_id']}/what-if")
            assert (why["candidates"][0]["agent"]["name"], why["rule"]) == ("Chiara", "preferred_agent")

            await chiara.put("/agent/presence", presence="break")
            other = (await visitor.starts_chat("Something else"))["id"]
            await house.settles()
            assert other in [*await ben.offers(), *await idle_for_longer.offers()]


async def test_only_who_answers_at_the_site_is_named_and_who_is_suspended_is_asked_no_more(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
        house.agent("erik", site_key="southlink") as foreign,
        house.agent("fay", role="editor") as editor,
        house.agent("gus", queues=["orders"], all_queues=False, presence="busy") as narrow,
        house.visitor() as visitor,
    ):
        chat = (await visitor.starts_chat("Hello", topic="orders", name="Vera"))["id"]
        await house.settles()
        path = await card_of(anna, chat)
        for stranger in (foreign, editor):
            with pytest.raises(Refused) as refused:
                await prefers(anna, path, stranger)
            assert refused.value.status == 404
        with pytest.raises(Refused) as refused:
            await prefers(narrow, path, narrow)
        assert refused.value.status == 404
        assert await choosable(anna, path) == ["Anna", "Ben", "Gus"]
        assert await choosable(narrow, path) == ["Anna", "Ben"]

        await prefers(narrow, path, ben)
        assert (await anna.put(path, name="Vera L."))["preferred_agent"]["id"] == ben.id
        await ends(ben, await ben.takes(chat))
        await anna.post(f"/admin/sites/{house.site.id}/people/{ben.id}/suspend")
        assert (await anna.get(path))["preferred_agent"] is None
        await narrow.put("/agent/presence", presence="available")
        await visitor.says(chat, "Once more")
        await house.settles()
        assert await narrow.offers() == [chat]
        assert (await prefers(anna, path, None))["preferred_agent"] is None


async def test_merge_keeps_the_preferred_agent_and_undo_gives_him_back(house: House) -> None:
    async with (
        house.agent("anna", presence="busy") as anna,
        house.visitor() as one,
        house.visitor() as other,
    ):
        first = await card_of(anna, (await one.starts_chat("Hello", name="Vera"))["id"])
        second = await card_of(anna, (await other.starts_chat("Hello", name="Vera"))["id"])
        await prefers(anna, second, anna)

        merged = await anna.post(f"{first}/merge", other_id=second.rpartition("/")[2])
        async with house.agent("ben"):
            await anna.put("/agent/presence", presence="available")
            await house.settles()
            again = (await other.starts_chat("Once more"))["id"]
            await house.settles()
            assert await house.rule_of(await anna.ringing(again)) == "last_agent"

        assert merged["preferred_agent"]["id"] == anna.id
        await anna.post(f"/agent/contact-merges/{merged['merges'][0]['id']}/undo")
        names = [(await anna.get(each))["preferred_agent"] for each in (first, second)]
        assert (names[0], names[1]["id"]) == (None, anna.id)
