"""A visitor and an agent talk, over the real program, on both databases."""

import asyncio
import uuid

import pytest

from tests.conftest import StartEngage
from tests.people import TestAgent, TestVisitor
from tests.people.visitor import Refused
from tests.services.engage import EngageProcess


@pytest.fixture
def server(start_engage: StartEngage, demo_database_url: str) -> EngageProcess:
    return start_engage(ENGAGE_DATABASE_URL=demo_database_url)


async def test_a_visitor_asks_and_an_agent_answers(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor, TestAgent(server.url, "anna") as anna:
        await visitor.open_widget()

        chat = await visitor.starts_chat("Where is my router?", name="Kim")
        await anna.accepts(chat["id"])
        await anna.says(chat["id"], "It arrives tomorrow.")
        answer = await visitor.screen.sees("entry_added", lambda e: e["entry"]["text"] == "It arrives tomorrow.")
        await visitor.says(chat["id"], "Thank you!")
        thanks = await anna.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Thank you!")

        assert answer["entry"]["author"]["name"] == "Anna"
        assert thanks["entry"]["author"]["name"] == "Kim"
        assert [entry["seq"] for entry in await visitor.entries(chat["id"])] == list(range(1, 7))


async def test_a_note_never_reaches_the_visitor_and_leaves_no_gap_in_his_numbers(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor, TestAgent(server.url, "anna") as anna:
        await visitor.open_widget()
        chat = await visitor.starts_chat("Hello")
        await anna.accepts(chat["id"])

        await anna.notes(chat["id"], "He sounds annoyed.")
        await anna.says(chat["id"], "Good morning")
        await visitor.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Good morning")

        seen = await visitor.entries(chat["id"])
        assert "annoyed" not in str(seen) + str(visitor.screen.events)
        assert [entry["seq"] for entry in seen] == list(range(1, len(seen) + 1))
        assert any(entry["kind"] == "note" for entry in await anna.entries(chat["id"]))


async def test_sending_the_same_message_again_stores_it_once(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor:
        chat = await visitor.starts_chat("Hello")
        again = str(uuid.uuid4())

        answers = await asyncio.gather(
            *(visitor.says(chat["id"], "Is anybody there?", client_id=again) for _ in range(5))
        )

        assert len({answer["id"] for answer in answers}) == 1
        assert [e["text"] for e in await visitor.entries(chat["id"])].count("Is anybody there?") == 1


async def test_opening_the_same_conversation_twice_opens_it_once(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor:
        click = str(uuid.uuid4())

        chats = await asyncio.gather(*(visitor.starts_chat("Hello", client_id=click) for _ in range(4)))

        assert len({chat["id"] for chat in chats}) == 1
        assert len((await visitor.get("/visitor/me"))["conversations"]) == 1


async def test_a_declined_offer_goes_to_the_next_agent_at_its_old_place(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor, TestAgent(server.url, "anna") as anna:
        await visitor.open_widget()
        chat = await visitor.starts_chat("Hello")
        offer = await anna.is_offered(chat["id"])

        async with TestAgent(server.url, "ben") as ben:
            await anna.declines(offer)
            second = await ben.is_offered(chat["id"])
            assert second["engagement"]["waiting_since"] == offer["engagement"]["waiting_since"]
            await ben.accepts(chat["id"])

        with pytest.raises(Refused) as refused:
            await anna.post(f"/agent/offers/{offer['id']}/accept")
        assert (refused.value.status, refused.value.code) == (409, "offer_gone")
        assert refused.value.problem["state"] == "declined"


async def test_a_transfer_keeps_the_history_and_its_note_stays_among_agents(server: EngageProcess) -> None:
    async with (
        TestVisitor(server.url) as visitor,
        TestAgent(server.url, "anna") as anna,
        TestAgent(server.url, "ben") as ben,
    ):
        await visitor.open_widget()
        await ben.put("/agent/presence", presence="break")
        chat = await visitor.starts_chat("Hello")
        item = await anna.accepts(chat["id"])
        await ben.put("/agent/presence", presence="available")

        await anna.post(
            f"/agent/engagements/{item['engagement_id']}/transfer", to_agent_id=ben.id, note="knows about routers"
        )
        await ben.accepts(chat["id"])
        await ben.says(chat["id"], "Ben here")
        await visitor.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Ben here")

        kinds = [entry["kind"] for entry in await visitor.entries(chat["id"])]
        assert "transfer" in kinds
        assert "routers" not in str(await visitor.entries(chat["id"]))
        assert any(entry["text"] == "knows about routers" for entry in await ben.entries(chat["id"]))
        with pytest.raises(Refused, match="not_your_work"):
            await anna.says(chat["id"], "one more thing")


async def test_wrap_up_closes_with_an_outcome_and_frees_the_agent(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor, TestAgent(server.url, "anna") as anna:
        await visitor.open_widget()
        chat = await visitor.starts_chat("Hello")
        item = await anna.accepts(chat["id"])
        workspace = await anna.workspace()

        ended = await anna.post(f"/agent/engagements/{item['engagement_id']}/end")
        assert ended["state"] == "wrapping_up"
        await anna.post(
            f"/agent/engagements/{item['engagement_id']}/wrap-up", disposition_id=workspace["dispositions"][0]["id"]
        )
        await visitor.post(f"/visitor/conversations/{chat['id']}/rating", score=5, comment="quick")

        assert (await anna.workspace())["mine"] == []
        summary = (await visitor.get("/visitor/me"))["conversations"][0]
        assert (summary["state"], summary["rating"]) == ("closed", 5)


async def test_read_and_delivered_marks_are_translated_into_each_sides_numbers(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor, TestAgent(server.url, "anna") as anna:
        await visitor.open_widget()
        chat = await visitor.starts_chat("Hello")
        await anna.accepts(chat["id"])
        await anna.notes(chat["id"], "a note shifts the agents' numbers")
        answer = await anna.says(chat["id"], "Hi")
        shown = await visitor.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Hi")

        await visitor.put(f"/visitor/conversations/{chat['id']}/cursor", read_seq=shown["entry"]["seq"])
        moved = await anna.screen.sees("cursor_moved", lambda e: e["by"] == "visitor" and e["read_seq"])

        assert moved["read_seq"] == answer["seq"]
        assert answer["seq"] == shown["entry"]["seq"] + 1


async def test_a_message_is_delivered_before_it_is_read(server: EngageProcess) -> None:
    async with TestVisitor(server.url) as visitor, TestAgent(server.url, "anna") as anna:
        await visitor.open_widget()
        chat = await visitor.starts_chat("Hello")
        await anna.accepts(chat["id"])
        sent = await visitor.says(chat["id"], "Are you there?")
        arrived = await anna.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Are you there?")

        path = f"/agent/conversations/{chat['id']}/cursor"
        await anna.put(path, read_seq=0, delivered_seq=arrived["entry"]["seq"])
        moved = await visitor.screen.sees("cursor_moved", lambda e: e["by"] == "agent")

        assert (moved["delivered_seq"], moved["read_seq"]) == (sent["seq"], 0)
