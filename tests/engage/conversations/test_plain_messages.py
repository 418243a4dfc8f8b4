"""Group commit: what many say at the same moment is stored together, and each is answered as if he were alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson
import pytest
from sqlalchemy import select

from engage.conversations import plain_messages
from engage.conversations.events import EntryAddedForVisitor, EntryAppended
from engage.conversations.models import TimelineRow
from engage.conversations.schemas import Author, Entry, PlainDetails
from engage.kit.bus import BUS, Reactions
from engage.kit.errors import Conflict
from engage.kit.metrics import BATCHES
from engage.kit.unit_of_work import UnitOfWork
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused

VISITORS = 5


@dataclass
class Talks:
    """Visitors in a chat each, and the agent who answers all of them."""

    visitors: list[HouseVisitor]
    chats: list[str]
    anna: HouseAgent


@asynccontextmanager
async def talks(house: House) -> AsyncIterator[Talks]:
    async with AsyncExitStack() as people:
        anna = await people.enter_async_context(house.agent("anna", capacity=VISITORS))
        visitors = [await people.enter_async_context(house.visitor()) for _ in range(VISITORS)]
        chats = [(await visitor.starts_chat("Hello"))["id"] for visitor in visitors]
        await house.settles()
        for chat in chats:
            await anna.accepts(chat)
        yield Talks(visitors, chats, anna)


def batches() -> tuple[int, int]:
    """How many commits there were, and how many messages in them."""
    samples = {
        sample.name: sample.value
        for metric in BATCHES.collect()
        for sample in metric.samples
        if sample.labels["of"] == "messages"
    }
    return int(samples.get("engage_batch_items_count", 0)), int(samples.get("engage_batch_items_sum", 0))


async def test_words_of_many_share_commits_and_each_reaches_both_sides_with_dense_numbers(house: House) -> None:
    async with talks(house) as all_of_them:
        anna, before = all_of_them.anna, batches()

        pairs = list(zip(all_of_them.visitors, all_of_them.chats, strict=True))
        await asyncio.gather(
            *(visitor.says(chat, f"word {n}") for visitor, chat in pairs for n in range(4)),
            *(anna.says(chat, f"answer {n}") for _, chat in pairs for n in range(4)),
        )

        commits, messages = (now - then for now, then in zip(batches(), before, strict=True))
        assert commits < messages == VISITORS * 8
        for visitor, chat in pairs:
            seen, known = await visitor.entries(chat), await anna.entries(chat)
            assert [entry["seq"] for entry in seen] == list(range(1, len(seen) + 1))
            assert [entry["seq"] for entry in known] == list(range(1, len(known) + 1))
            said = [entry for entry in seen if entry["kind"] == "message"]
            assert {e["text"] for e in said[1:]} == {f"{each} {n}" for each in ("word", "answer") for n in range(4)}
            # the pushed event, the answer and the timeline are one and the same entry
            for screen, entries in ((visitor.screen, seen), (anna.screen, known)):
                pushed = [e["entry"] for e in screen.all("entry_added") if e["entry"]["conversation_id"] == chat]
                assert [e for e in pushed if e["kind"] == "message" and e["text"] != "Hello"] == [
                    e for e in entries if e["kind"] == "message" and e["text"] != "Hello"
                ]
            (row,) = [item for item in (await anna.workspace())["mine"] if item["conversation_id"] == chat]
            assert row["last_text"] == said[-1]["text"]


async def test_a_message_that_cannot_be_stored_fails_alone(house: House) -> None:
    class Poisoned(Conflict):
        """Not this one."""

    reactions = Reactions()

    @reactions.on(EntryAppended)
    async def refuse(work: UnitOfWork, event: EntryAppended) -> None:
        row = await work.db.scalar(select(TimelineRow).where(TimelineRow.id == event.entry_id))
        if row is not None and row.text == "poison":
            raise Poisoned

    house.app[BUS].include(reactions)
    async with talks(house) as all_of_them:
        words = ["poison" if n == 2 else f"word {n}" for n in range(VISITORS)]

        answers = await asyncio.gather(
            *(v.says(chat, w) for v, chat, w in zip(all_of_them.visitors, all_of_them.chats, words, strict=True)),
            return_exceptions=True,
        )

        assert [each.status for each in answers if isinstance(each, Refused)] == [409]
        for visitor, chat, word in zip(all_of_them.visitors, all_of_them.chats, words, strict=True):
            assert await visitor.texts(chat) == (["Hello"] if word == "poison" else ["Hello", word])


async def test_the_same_words_sent_again_are_stored_once_and_answered_the_same(house: House) -> None:
    async with talks(house) as all_of_them:
        visitor, chat, anna = all_of_them.visitors[0], all_of_them.chats[0], all_of_them.anna

        first, second, third = await asyncio.gather(
            *(visitor.says(chat, "Once", client_id="of-the-visitor") for _ in range(3))
        )
        answers = [await anna.says(chat, "Once too", client_id="of-the-agent") for _ in range(2)]

        assert first == second == third
        assert answers[0] == answers[1]
        assert await visitor.texts(chat) == ["Hello", "Once", "Once too"]


async def test_whoever_may_not_speak_is_refused_among_those_who_may(house: House) -> None:
    async with talks(house) as all_of_them, house.visitor() as stranger, house.agent("ben") as ben:
        visitor, other = all_of_them.visitors[:2]
        mine, his = all_of_them.chats[:2]
        anna = all_of_them.anna

        answers = await asyncio.gather(
            visitor.says(mine, "mine"),
            other.says(mine, "not mine"),
            stranger.says(his, "not mine either"),
            anna.says(mine, "my work"),
            ben.says(his, "her work"),
            return_exceptions=True,
        )
        await anna.delete("/agent/session")
        with pytest.raises(Refused) as signed_out:
            await anna.says(mine, "after the end")

        assert [each.status for each in answers if isinstance(each, Refused)] == [404, 404, 409]
        assert signed_out.value.status == 401
        assert sorted((await visitor.texts(mine))[1:]) == ["mine", "my work"]
        assert await other.texts(his) == ["Hello"]


async def test_an_answer_to_something_unseen_is_refused_also_when_many_speak(house: House) -> None:
    async with talks(house) as all_of_them:
        visitor, chat, anna = all_of_them.visitors[0], all_of_them.chats[0], all_of_them.anna
        seen = (await anna.get(f"/agent/conversations/{chat}"))["head"]
        await visitor.says(chat, "One more thing")

        path = f"/agent/conversations/{chat}/messages"
        with pytest.raises(Refused) as refused:
            await anna.post(path, client_id="too-early", text="Bye", seen_seq=seen)
        await anna.post(path, client_id="too-early", text="Bye", seen_seq=seen + 1)

        assert refused.value.code == "newer_entries"
        assert await visitor.texts(chat) == ["Hello", "One more thing", "Bye"]


def test_what_is_encoded_once_reads_as_the_model_writes_it() -> None:
    now = datetime(2026, 11, 22, 4, 5, 6, 789, tzinfo=UTC)
    author = Author(kind="visitor", id=uuid4(), name="Kim «K.»", picture=None)
    entry = Entry(
        id=uuid4(), conversation_id=uuid4(), seq=7, kind="message", audience="customer", created_at=now,
        author=author, client_id="of-the-visitor", text='"\\ \u2028 ü 🙂', attachments=[], details=PlainDetails(),
    )  # fmt: skip
    whom: dict[str, Any] = {"visitor_id": uuid4(), "conversation_id": entry.conversation_id, "entry": entry}

    encoded = plain_messages.encoded(entry)

    assert orjson.loads(encoded) == orjson.loads(entry.model_dump_json())
    ours, models = EntryAddedForVisitor.of(encoded, **whom).frame(), EntryAddedForVisitor(**whom).frame()
    assert orjson.loads(ours.data) == orjson.loads(models.data)
