"""Mentions: who is named in a note is told, and finds it until he has looked."""

from typing import Any

import pytest

from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def names(agent: HouseAgent, chat: str, *others: str, text: str = "@Ben look at this") -> dict[str, Any]:
    path = f"/agent/conversations/{chat}/notes"
    return await agent.post(path, client_id="a-note-of-mine", text=text, mention_ids=list(others))  # type: ignore[no-any-return]


async def test_named_colleague_is_told_and_finds_it_until_he_has_looked(house: House) -> None:
    async with (
        house.visitor() as kim,
        house.agent("anna") as anna,
        house.agent("ben", presence="busy") as ben,
    ):
        chat = (await kim.starts_chat("No line"))["id"]

        entry = await names(anna, chat, ben.id, anna.id)
        await names(anna, chat, ben.id)

        assert [each["name"] for each in entry["details"]["mentions"]] == ["Anna", "Ben"]
        told = await ben.screen.sees("mentioned")
        assert (told["unread"], told["mention"]["by"], told["mention"]["text"]) == (1, "Anna", "@Ben look at this")
        assert (await anna.workspace())["unread_mentions"] == 0
        assert (await ben.workspace())["unread_mentions"] == 1
        await ben.put(f"/agent/conversations/{chat}/mentions/read")
        assert (await ben.screen.sees("mentions_read"))["unread"] == 0
        (kept,) = (await ben.get("/agent/mentions"))["items"]
        assert (kept["conversation_id"], kept["read"]) == (chat, True)


async def test_only_who_may_see_the_conversation_can_be_named(house: House) -> None:
    async with (
        house.visitor() as kim,
        house.agent("anna", role="admin") as anna,
        house.agent("narrow", queues=["billing"], all_queues=False) as narrow,
        house.agent("editor", role="editor", queues=[]) as editor,
        house.agent("ben", presence="busy") as suspended,
    ):
        chat = (await kim.starts_chat("No line"))["id"]
        await anna.post(f"/admin/sites/{house.site.id}/people/{suspended.id}/suspend")

        found = await anna.get(f"/agent/conversations/{chat}/colleagues")
        assert found["items"] == []
        for stranger in (narrow, editor, suspended):
            with pytest.raises(Refused, match="unknown_mention"):
                await names(anna, chat, stranger.id)


async def test_customer_never_sees_who_was_named(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna, house.agent("ben", presence="busy") as ben:
        chat = (await kim.starts_chat("No line"))["id"]

        await names(anna, chat, ben.id)

        assert "look at this" not in str(await kim.entries(chat)) + str(kim.screen.events)
