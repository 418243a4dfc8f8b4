"""Nobody answers over somebody's newer words without having been asked."""

import asyncio
from typing import Any

import pytest

from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def says(agent: HouseAgent, chat: str, client_id: str, **more: Any) -> dict[str, Any]:
    path = f"/agent/conversations/{chat}/messages"
    return await agent.post(path, client_id=client_id, text="Hello", **more)  # type: ignore[no-any-return]


async def test_answer_over_newer_words_is_refused_until_it_is_forced(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = (await kim.starts_chat("No line"))["id"]
        await house.settles()
        await anna.takes(chat)
        seen = (await anna.get(f"/agent/conversations/{chat}"))["head"]
        await kim.says(chat, "Wait, it is back")

        with pytest.raises(Refused, match="newer_entries"):
            await says(anna, chat, "too-late-1", seen_seq=seen)
        await says(anna, chat, "too-late-1", seen_seq=seen, force=True)
        # the network lost the answer, and the browser sends again
        await says(anna, chat, "too-late-1", seen_seq=seen)
        # what he said himself is nothing new to him
        await says(anna, chat, "the-next-1", seen_seq=seen + 1)

        assert [text for text in await kim.texts(chat) if text == "Hello"] == ["Hello"] * 2


async def test_notes_and_quiet_lines_refuse_nothing(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna, house.agent("ben", presence="busy") as ben:
        chat = (await kim.starts_chat("No line"))["id"]
        await house.settles()
        await anna.takes(chat)
        seen = (await anna.get(f"/agent/conversations/{chat}"))["head"]
        await ben.notes(chat, "I know him")

        await says(anna, chat, "all-is-well", seen_seq=seen)


async def test_of_words_that_cross_each_other_one_side_has_seen_the_other_s(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = (await kim.starts_chat("No line"))["id"]
        await house.settles()
        await anna.takes(chat)
        seen = (await anna.get(f"/agent/conversations/{chat}"))["head"]

        answers = await asyncio.gather(
            kim.says(chat, "It is back"), says(anna, chat, "crossing-1", seen_seq=seen), return_exceptions=True
        )

        texts = await kim.texts(chat)
        refused = isinstance(answers[1], Refused)
        assert texts[-1] == "It is back" if refused else texts.index("Hello") < texts.index("It is back")
