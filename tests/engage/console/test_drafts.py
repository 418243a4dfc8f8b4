"""Drafts: kept for the next screen, gone when sent, and nobody else's."""

from collections.abc import AsyncIterator

import pytest

from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor


@pytest.fixture
async def chat(house: House) -> AsyncIterator[tuple[str, HouseVisitor, HouseAgent]]:
    async with house.visitor() as kim, house.agent("anna") as anna:
        conversation_id = (await kim.starts_chat("Hello"))["id"]
        await house.settles()
        await anna.takes(conversation_id)
        yield conversation_id, kim, anna


async def draft_of(agent: HouseAgent, chat: str) -> tuple[str, str] | None:
    draft = (await agent.get(f"/agent/conversations/{chat}"))["draft"]
    return draft and (draft["reply"], draft["note"])


async def test_draft_is_there_on_the_next_screen_and_in_the_list(
    house: House, chat: tuple[str, HouseVisitor, HouseAgent]
) -> None:
    conversation_id, _, anna = chat
    async with house.agent("ben", presence="busy") as ben:
        await anna.put(f"/agent/conversations/{conversation_id}/draft", reply="Half a s", note="angry", version=0)

        assert await draft_of(anna, conversation_id) == ("Half a s", "angry")
        assert (await anna.workspace())["drafts"] == [conversation_id]
        assert await draft_of(ben, conversation_id) is None
        told = await anna.screen.sees("draft_changed")
        assert (told["draft"]["reply"], told["draft"]["version"]) == ("Half a s", 1)


async def test_what_was_sent_is_no_draft_and_what_was_typed_since_stays(
    chat: tuple[str, HouseVisitor, HouseAgent],
) -> None:
    conversation_id, _, anna = chat
    path = f"/agent/conversations/{conversation_id}/draft"

    await anna.put(path, reply="Good morning ", note="angry")
    await anna.says(conversation_id, "Good morning")
    assert await draft_of(anna, conversation_id) == ("", "angry")
    await anna.put(path, reply="And then", note="angry")
    await anna.notes(conversation_id, "angry")
    await anna.says(conversation_id, "Something else")

    assert await draft_of(anna, conversation_id) == ("And then", "")


async def test_last_write_wins_and_its_version_is_the_highest(chat: tuple[str, HouseVisitor, HouseAgent]) -> None:
    conversation_id, _, anna = chat
    path = f"/agent/conversations/{conversation_id}/draft"

    first = await anna.put(path, reply="from the office", version=7)
    second = await anna.put(path, reply="from home", version=0)
    emptied = await anna.put(path, version=second["version"])

    assert (first["version"], second["version"], emptied["version"]) == (8, 9, 10)
    assert await draft_of(anna, conversation_id) is None
    assert (await anna.workspace())["drafts"] == []
