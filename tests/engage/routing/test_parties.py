"""Consult and conference: who is asked, who sees and hears what, and that nothing stays behind when somebody goes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused

OFFER_SECONDS = 25


@asynccontextmanager
async def a_talk(house: House, **chiara_is: Any) -> AsyncIterator["Talk"]:
    """Ben answers a visitor; Chiara serves another queue and sees only that one's work."""
    narrow: dict[str, Any] = {"queues": ["billing"], "all_queues": False, **chiara_is}
    async with house.visitor() as visitor, house.agent("ben") as ben, house.agent("chiara", **narrow) as chiara:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        yield Talk(visitor, ben, chiara, chat["id"], await ben.takes(chat["id"]))


class Talk:
    def __init__(
        self, visitor: HouseVisitor, ben: HouseAgent, chiara: HouseAgent, conversation: str, engagement: str
    ) -> None:
        self.visitor, self.ben, self.chiara = visitor, ben, chiara
        self.conversation, self.work = conversation, f"/agent/engagements/{engagement}"

    async def asks_in(self, role: str, *, note: str | None = None) -> None:
        """Ben asks Chiara, and she comes."""
        await self.rings(role, note=note)
        await self.chiara.takes_again(self.conversation)

    async def rings(self, role: str, *, note: str | None = None) -> None:
        await self.ben.post(f"{self.work}/parties", role=role, agent_id=self.chiara.id, note=note)

    async def parties(self) -> list[tuple[str, str, bool]]:
        """As Ben's row shows them."""
        (row,) = (await self.ben.workspace())["mine"]
        return [(each["agent"]["name"], each["role"], each["joined_at"] is not None) for each in row["parties"]]

    async def news(self) -> list[str]:
        """What agents were told of parties."""
        entries = await self.ben.entries(self.conversation)
        return [e["details"]["party"]["what"] for e in entries if e["details"].get("state") == "party"]

    async def chiara_sees_it(self) -> bool:
        answer = await self.chiara.raw("GET", f"/agent/conversations/{self.conversation}")
        return answer.status == 200


async def test_consulted_colleague_sees_it_while_he_is_in_and_the_visitor_sees_nothing_of_it(house: House) -> None:
    async with a_talk(house) as talk:
        seen_before = await talk.visitor.entries(talk.conversation)
        await talk.rings("consult", note="<b>Which tariff?</b>")
        assert not await talk.chiara_sees_it()
        (offer,) = (await talk.chiara.workspace())["offers"]
        assert (offer["role"], offer["asked_by"], offer["note"]) == ("consult", "Ben", "<b>Which tariff?</b>")

        await talk.chiara.takes_again(talk.conversation)
        await talk.chiara.notes(talk.conversation, "The green one")
        assert await talk.chiara_sees_it()
        assert await talk.chiara.holds() == {talk.conversation: "active"}
        assert await talk.parties() == [("Chiara", "consult", True)]
        with pytest.raises(Refused, match="not_your_work"):
            await talk.chiara.says(talk.conversation, "Only among us")
        assert await talk.visitor.entries(talk.conversation) == seen_before

        await talk.visitor.says(talk.conversation, "Still there?")
        heard = await talk.chiara.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Still there?")
        assert heard["conversation_id"] == talk.conversation

        await talk.ben.delete(f"{talk.work}/parties/{talk.chiara.id}")
        assert not await talk.chiara_sees_it()
        assert await talk.chiara.holds() == {}
        await talk.ben.says(talk.conversation, "Not for her")
        await house.settles()
        assert "Not for her" not in [
            event["entry"]["text"] for name, event in talk.chiara.screen.events if name == "entry_added"
        ]
        assert await talk.news() == ["asked", "joined", "left"]


async def test_completed_consult_makes_the_colleague_the_holder_and_the_visitor_hears_who_answers(house: House) -> None:
    async with a_talk(house) as talk:
        await talk.asks_in("consult")
        await talk.ben.post(f"{talk.work}/parties/{talk.chiara.id}/complete")

        assert await talk.ben.holds() == {}
        assert await talk.chiara.holds() == {talk.conversation: "active"}
        await talk.chiara.says(talk.conversation, "I go on")
        last = (await talk.visitor.entries(talk.conversation))[-2:]
        assert last[0]["details"] == {"type": "transfer", "from_agent": "Ben", "to_agent": "Chiara", "to_queue": None}
        assert (last[1]["author"]["name"], last[1]["text"]) == ("Chiara", "I go on")
        with pytest.raises(Refused, match="not_your_work"):
            await talk.ben.says(talk.conversation, "Too late")


async def test_whoever_declines_or_misses_a_consult_is_told_of_at_once_and_takes_no_room(house: House) -> None:
    async with a_talk(house, capacity=1) as talk:
        await talk.rings("consult")
        offer = await talk.chiara.ringing(talk.conversation)
        await talk.chiara.post(f"/agent/offers/{offer}/decline", reason="Not my field")
        assert await talk.parties() == []
        entries = await talk.ben.entries(talk.conversation)
        assert (entries[-1]["details"]["party"]["what"], entries[-1]["text"]) == ("declined", "Not my field")

        await talk.rings("consult")
        await house.passes(OFFER_SECONDS)
        assert (await talk.news())[-1] == "missed"
        with pytest.raises(Refused, match="offer_gone"):
            await talk.chiara.post(f"/agent/offers/{offer}/accept")

        await talk.rings("conference")
        await talk.ben.delete(f"{talk.work}/parties/{talk.chiara.id}")
        assert (await talk.news())[-1] == "withdrawn"
        assert await talk.chiara.offers() == []
        assert await talk.ben.holds() == {talk.conversation: "active"}


async def test_absent_full_or_second_target_is_told_before_and_nothing_rings(house: House) -> None:
    async with a_talk(house, capacity=1) as talk:
        ask = {"role": "consult", "agent_id": talk.chiara.id}
        await talk.ben.put("/agent/presence", presence="busy")
        bill = await talk.visitor.starts_chat("My bill", topic="billing")
        await house.settles()
        await talk.chiara.takes(bill["id"])
        by_name = {each["name"]: each for each in (await talk.ben.get(f"{talk.work}/targets"))["agents"]}
        assert (by_name["Chiara"]["is_there"], by_name["Chiara"]["has_room"]) == (True, False)
        with pytest.raises(Refused, match="target_full"):
            await talk.ben.post(f"{talk.work}/parties", **ask)

        await talk.chiara.put("/agent/presence", presence="break", reason="lunch")
        with pytest.raises(Refused, match="target_absent"):
            await talk.ben.post(f"{talk.work}/parties", **ask)
        with pytest.raises(Refused, match="already_there"):
            await talk.ben.post(f"{talk.work}/parties", role="consult", agent_id=talk.ben.id)
        with pytest.raises(Refused, match="not_found"):
            await talk.ben.post(f"{talk.work}/parties", role="consult", agent_id=talk.visitor.id)
        assert await talk.news() == []


async def test_conference_talks_to_the_visitor_with_every_name_and_ends_with_the_last_who_leaves(house: House) -> None:
    async with a_talk(house) as talk, house.agent("dora", capacity=1) as dora:
        await talk.asks_in("conference")
        await talk.chiara.says(talk.conversation, "Hello from Chiara")
        await talk.chiara.post(f"{talk.work}/parties", role="conference", agent_id=dora.id)
        await dora.takes_again(talk.conversation)
        await dora.says(talk.conversation, "And from Dora")

        entries = await talk.visitor.entries(talk.conversation)
        joined = [e["details"]["agent_name"] for e in entries if e["details"].get("state") == "joined"]
        assert joined == ["Ben", "Chiara", "Dora"]
        assert [e["author"]["name"] for e in entries if e["author"]["kind"] == "agent"] == ["Chiara", "Dora"]

        await talk.ben.post(f"{talk.work}/leave")
        assert await talk.ben.holds() == {}
        (row,) = (await talk.chiara.workspace())["mine"]
        assert (row["agent"]["name"], [each["agent"]["name"] for each in row["parties"]]) == ("Chiara", ["Dora"])
        await dora.delete(f"{talk.work}/parties/{dora.id}")
        left = [e["details"]["agent_name"] for e in await talk.visitor.entries(talk.conversation)
                if e["details"].get("state") == "left"]  # fmt: skip
        assert left == ["Ben", "Dora"]
        with pytest.raises(Refused, match="holds_alone"):
            await talk.chiara.post(f"{talk.work}/leave")
        await talk.chiara.post(f"{talk.work}/end")
        assert await talk.chiara.holds() == {talk.conversation: "wrapping_up"}


async def test_party_takes_room_like_any_work_until_he_leaves(house: House) -> None:
    async with a_talk(house, capacity=1) as talk:
        await talk.asks_in("consult")
        await talk.ben.put("/agent/presence", presence="busy")
        waiting = await talk.visitor.starts_chat("My bill", topic="billing")
        await house.settles()
        assert await talk.chiara.offers() == []

        await talk.chiara.delete(f"{talk.work}/parties/{talk.chiara.id}")
        await house.settles()
        assert await talk.chiara.offers() == [waiting["id"]]


async def test_holder_who_is_lost_leaves_the_talk_to_the_conference_and_first_to_his_adviser(house: House) -> None:
    async with a_talk(house) as talk:
        await talk.asks_in("conference")
        await talk.ben.closes_console()
        await house.passes(120)
        assert await talk.chiara.holds() == {talk.conversation: "active"}
        (row,) = (await talk.chiara.workspace())["mine"]
        assert (row["agent"]["name"], row["parties"]) == ("Chiara", [])

        await talk.ben.reopens_console()
        await talk.ben.put("/agent/presence", presence="available")
        await talk.chiara.post(f"{talk.work}/parties", role="consult", agent_id=talk.ben.id)
        await talk.ben.takes_again(talk.conversation)
        await talk.chiara.closes_console()
        await house.passes(60)
        assert talk.conversation in await talk.ben.offers()


async def test_party_who_is_lost_or_reloads_leaves_nothing_behind(house: House) -> None:
    async with a_talk(house) as talk:
        await talk.asks_in("consult")
        await talk.chiara.closes_console()
        await talk.chiara.reopens_console()
        await house.passes(60)
        assert await talk.parties() == [("Chiara", "consult", True)]
        await talk.visitor.says(talk.conversation, "After the reload")
        await talk.chiara.screen.sees("entry_added", lambda e: e["entry"]["text"] == "After the reload")

        await talk.chiara.closes_console()
        await house.passes(120)
        assert await talk.parties() == []
        assert await talk.ben.holds() == {talk.conversation: "active"}


async def test_work_that_leaves_its_holder_ends_every_part(house: House) -> None:
    async with a_talk(house) as talk:
        await talk.asks_in("consult")
        await talk.ben.post(f"{talk.work}/park")
        assert (await talk.parties(), await talk.chiara.holds()) == ([], {})
        assert not await talk.chiara_sees_it()


async def test_two_who_are_asked_at_once_and_an_accept_beside_a_withdrawal_leave_one_truth(house: House) -> None:
    async with a_talk(house) as talk:
        asked = await asyncio.gather(*(talk.rings("consult") for _ in range(2)), return_exceptions=True)
        refused = [each for each in asked if isinstance(each, Refused)]
        assert [each.code for each in refused] == ["no_place_for_party"]

        offer = await talk.chiara.ringing(talk.conversation)
        await asyncio.gather(
            talk.chiara.post(f"/agent/offers/{offer}/accept"),
            talk.ben.delete(f"{talk.work}/parties/{talk.chiara.id}"),
            return_exceptions=True,
        )
        assert await talk.parties() == []
        assert await talk.chiara.holds() == {}
        assert await talk.chiara.offers() == []


async def test_best_of_a_queue_or_with_a_skill_is_asked(house: House) -> None:
    async with a_talk(house) as talk, house.agent("adam", role="admin") as adam:
        billing = next(
            each for each in (await talk.ben.get(f"{talk.work}/targets"))["queues"] if each["name"] == "Billing"
        )
        await adam.put("/agent/presence", presence="busy")
        await talk.ben.post(f"{talk.work}/parties", role="consult", queue_id=billing["id"])
        assert await talk.parties() == [("Chiara", "consult", False)]
