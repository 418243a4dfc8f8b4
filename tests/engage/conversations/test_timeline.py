"""The timeline: dense numbers under any crowd, known client ids, and cursors that only grow."""

import asyncio
import uuid
from typing import Any

import pytest

from engage.conversations import timeline
from engage.conversations.schemas import Author
from engage.conversations.timeline import NewEntry
from tests.house import House
from tests.house.people import HouseVisitor
from tests.people.visitor import Refused

ANNA = Author(kind="agent", id=uuid.uuid4(), name="Anna", picture=None)


def numbers(entries: list[dict[str, Any]]) -> list[int]:
    return [entry["seq"] for entry in entries]


async def test_fifty_entries_at_one_moment_get_fifty_numbers_without_a_gap(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")

        await asyncio.gather(
            *(visitor.says(chat["id"], f"word {n}") for n in range(25)),
            *(anna.notes(chat["id"], f"note {n}") for n in range(25)),
        )

        seen, known = await visitor.entries(chat["id"]), await anna.entries(chat["id"])
        assert numbers(seen) == list(range(1, len(seen) + 1))
        assert numbers(known) == list(range(1, len(known) + 1))
        assert {entry["text"] for entry in seen} >= {f"word {n}" for n in range(25)}
        assert not {entry["text"] for entry in seen} & {f"note {n}" for n in range(25)}
        texts = [entry["text"] for entry in known if entry["kind"] == "message"]
        assert texts == [entry["text"] for entry in seen if entry["kind"] == "message"]


async def test_entry_that_fails_gives_its_number_back(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        with pytest.raises(Refused, match="unknown_attachment"):
            await visitor.post(
                f"/visitor/conversations/{chat['id']}/messages",
                client_id="12345678", text="with a file", attachment_ids=[str(uuid.uuid4())],
            )  # fmt: skip

        await visitor.says(chat["id"], "without")

        assert numbers(await visitor.entries(chat["id"])) == [1, 2, 3]


async def test_what_only_agents_read_is_in_no_list_of_the_visitor(house: House) -> None:
    """Such as an automatic mail, and an answer by mail that can still be taken back."""
    async with house.visitor() as visitor, house.agent("anna") as anna:
        fields = {"email": "kim@home.example"}
        chat = (await visitor.asks("Hello", channel="email", fields=fields))["id"]
        await visitor.says(chat, "One more thing")
        await house.settles()
        await anna.takes(chat)
        async with house.working() as work:
            here = await timeline.locked(work, uuid.UUID(chat))
            away = NewEntry("message", timeline.SYSTEM, text="He is away", audience="agents")
            await timeline.append(work, here, away)
        assert await last_words(visitor) == ["One more thing"]

        await anna.says(chat, "It is his own fault")
        second = next(entry["id"] for entry in await anna.entries(chat) if entry["text"] == "One more thing")
        await anna.post(f"/agent/conversations/{chat}/split", entry_id=second)

        assert sorted(await last_words(visitor)) == ["Hello", "One more thing"]


async def last_words(visitor: HouseVisitor) -> list[str]:
    return [each["last_text"] for each in (await visitor.get("/visitor/me"))["conversations"]]


async def test_client_id_of_one_conversation_is_free_in_another(house: House) -> None:
    async with house.visitor() as visitor:
        one, other = await visitor.starts_chat("One"), await visitor.starts_chat("Other")

        first = await visitor.says(one["id"], "Hello", client_id="same-id-1")
        second = await visitor.says(other["id"], "Hello", client_id="same-id-1")

        assert first["id"] != second["id"]


async def test_page_before_and_page_after_meet_without_a_gap(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        async with house.working() as work:
            conversation = await timeline.locked(work, uuid.UUID(chat["id"]))
            for n in range(20):
                message, note = NewEntry("message", ANNA, text=f"{n}"), NewEntry("note", ANNA, audience="agents")
                await timeline.append(work, conversation, message if n % 3 else note)

        for person, path in ((visitor, "/visitor"), (anna, "/agent")):
            address = f"{path}/conversations/{chat['id']}/entries"
            latest = await person.get(f"{address}?limit=5")
            before = await person.get(f"{address}?before_seq={latest['items'][0]['seq']}&limit=200")
            after = await person.get(f"{address}?after_seq={latest['items'][-1]['seq'] - 5}&limit=3")
            found = numbers(before["items"]) + numbers(latest["items"])
            assert found == list(range(1, latest["head"] + 1))
            assert (latest["more"], before["more"], after["more"]) == (True, False, True)
            assert numbers(after["items"]) == numbers(latest["items"])[:3]


async def test_cursors_only_grow_and_never_beyond_the_last_entry(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        address = f"/visitor/conversations/{chat['id']}"
        for move, expected in (
            ({"read_seq": 1}, (1, 1)),
            ({"delivered_seq": 2}, (2, 1)),
            ({"read_seq": 0, "delivered_seq": 0}, (2, 1)),
            ({"read_seq": 99}, (2, 2)),
        ):
            await visitor.put(f"{address}/cursor", **move)

            mine = (await visitor.get(address))["mine"]
            assert (mine["delivered_seq"], mine["read_seq"]) == expected


async def test_cursor_that_does_not_move_tells_nobody(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        for _ in range(3):
            await visitor.put(f"/visitor/conversations/{chat['id']}/cursor", read_seq=1)

        assert len(visitor.screen.all("cursor_moved")) == 1


async def test_two_tabs_that_move_the_cursor_at_one_moment_end_at_the_later_one(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        for n in range(8):
            await visitor.says(chat["id"], f"{n}")
        address = f"/visitor/conversations/{chat['id']}"

        await asyncio.gather(*(visitor.put(f"{address}/cursor", read_seq=seq) for seq in range(10, 0, -1)))

        assert (await visitor.get(address))["mine"]["read_seq"] == 10


async def test_rating_counts_the_last_answer_and_may_be_changed(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        address = f"/visitor/conversations/{chat['id']}"
        with pytest.raises(Refused, match="nothing_to_rate"):
            await visitor.post(f"{address}/rating", score=5)
        await house.settles()
        await anna.takes(chat["id"])

        await visitor.post(f"{address}/rating", score=2)
        await visitor.post(f"{address}/rating", score=4, comment="better now")

        assert (await visitor.get(address))["rating"] == 4
        for score in (0, 6):
            with pytest.raises(Refused, match="422"):
                await visitor.post(f"{address}/rating", score=score)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_nothing_said_is_no_message(house: House, text: str) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")

        with pytest.raises(Refused, match="empty_message"):
            await visitor.says(chat["id"], text)
