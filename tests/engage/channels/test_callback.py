"""Call-back: from a number to a call, in the house with its own clock."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.channels.callback import due
from engage.channels.callback.models import CallbackRequest
from engage.sites.models import Site
from tests.engage.channels.calling import (
    DIALLED,
    GERMAN,
    asks,
    at,
    calls_in,
    code_of,
    dials,
    engagements_of,
    knows_address,
    mine,
    records,
    slots,
    subjects,
    switches_on,
    token_of,
    waits,
)
from tests.house import House
from tests.people.visitor import Refused


async def test_number_becomes_work_that_an_agent_calls_and_settles(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.agent("ben") as ben:
        asked = await asks(vera, text="My router blinks", name="Vera")
        await house.settles()
        assert ((await mine(vera))["state"], asked["number"]) == ("queued", GERMAN)
        work = await ben.takes(asked["conversation_id"])
        seen = (await ben.get(f"/agent/engagements/{work}/callback"))["callback"]
        assert (seen["number"], seen["time_zone"], seen["state"]) == (DIALLED, "Europe/Berlin", "taken")
        assert (await mine(vera))["agent_name"] == "Ben"

        with pytest.raises(Refused) as refused:
            await ben.post(f"/agent/engagements/{work}/end")
        assert code_of(refused) == "outcome_missing"
        links = await asyncio.gather(dials(ben, work), dials(ben, work))
        assert {each["link"] for each in links} == {f"tel:{DIALLED}"}
        assert (await mine(vera))["state"] == "calling"
        # chat goes on in the same conversation while they talk
        await vera.says(asked["conversation_id"], "The red one")
        await ben.says(asked["conversation_id"], "Thank you")

        recorded = await records(ben, work, "reached", note="New cable")
        assert [each["outcome"] for each in recorded["attempts"]] == ["reached"]
        assert await ben.holds() == {asked["conversation_id"]: "wrapping_up"}
        assert (await mine(vera))["state"] == "done"
        assert await calls_in(vera, asked["conversation_id"]) == ["asked", "reached"]
        told = [each["callback"]["state"] for each in vera.screen.all("callback_changed")]
        assert told[-1] == "done"


async def test_call_instead_of_a_chat_keeps_the_place(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.visitor() as otto:
        chat = await vera.starts_chat("Hello")
        await house.passes(60)
        await otto.starts_chat("Me too")
        await house.passes(60)
        asked = await asks(vera, conversation_id=chat["id"])

        assert asked["conversation_id"] == chat["id"]
        assert (await mine(vera))["position"] == 1
        async with house.agent("ben", capacity=1) as ben:
            await house.settles()
            assert await ben.offers() == [chat["id"]]
        assert "abandoned" not in await vera.states(chat["id"])


async def test_two_visitors_at_once_get_one_place_in_a_slot(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.visitor() as otto:
        slot = (await slots(vera))[0]
        both = await asyncio.gather(
            asks(vera, slot_at=slot), asks(otto, slot_at=slot, number="+49 1512 3456780"), return_exceptions=True
        )

        (lost,) = [each for each in both if isinstance(each, Refused)]
        assert lost.code == "slot_taken"
        assert slot not in await slots(vera)
        other = (await slots(vera))[0]
        winner, loser = (vera, otto) if isinstance(both[0], dict) else (otto, vera)
        with pytest.raises(Refused) as refused:
            await asks(loser, slot_at="2026-03-02T20:30:00Z", number="+49 1512 3456787")
        assert code_of(refused) == "not_now"
        booked = await mine(winner)
        moved = await winner.put(f"/visitor/callbacks/{booked['id']}", slot_at=other)
        assert (moved["slot_at"], slot in await slots(vera)) == (other, True)
        for _ in range(9):
            await winner.put(f"/visitor/callbacks/{booked['id']}", slot_at=other)
        with pytest.raises(Refused) as refused:
            await winner.put(f"/visitor/callbacks/{booked['id']}", slot_at=slot)
        assert refused.value.status == 429


async def test_slot_comes_due_once_and_a_missed_call_is_tried_again(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.agent("ben") as ben:
        await knows_address(house, vera)
        slot = (await slots(vera))[6]
        asked = await asks(vera, slot_at=slot)
        assert (asked["state"], asked["slot_at"]) == ("planned", slot)
        await waits(house, (at(slot) - house.clock.now()).total_seconds() - 60)
        assert await ben.offers() == []
        await house.passes(60)
        work = await ben.takes(asked["conversation_id"])
        await dials(ben, work)

        await records(ben, work, "no_answer")

        again = await mine(vera)
        assert (again["state"], at(again["slot_at"])) == ("missed", house.clock.now() + timedelta(minutes=30))
        assert await ben.holds() == {}
        await waits(house, 30 * 60)
        second = await ben.ringing(asked["conversation_id"])
        await ben.post(f"/agent/offers/{second}/accept")
        (item,) = (await ben.workspace())["mine"]
        seen = (await ben.get(f"/agent/engagements/{item['engagement_id']}/callback"))["callback"]
        assert [each["outcome"] for each in seen["attempts"]] == ["no_answer"]
        assert await subjects(house) == [
            "Nordlink calls you back",
            "Nordlink calls you soon",
            "Nordlink could not reach you",
        ]


async def test_mails_link_moves_and_cancels_without_sign_in(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.visitor() as stranger:
        await knows_address(house, vera)
        first, second, *_ = await slots(vera)
        asked = await asks(vera, slot_at=first)
        token = await token_of(house)
        stranger.token = ""

        looked = await stranger.post("/callback-links/look", token=token)
        assert (looked["callback"]["state"], looked["site_name"]) == ("planned", "Nordlink")
        moved = await stranger.post("/callback-links/move", token=token, slot_at=second)
        assert moved["callback"]["slot_at"] == second
        for _ in range(2):
            gone = await stranger.post("/callback-links/cancel", token=token)
            assert gone["callback"]["state"] == "cancelled"
        with pytest.raises(Refused) as refused:
            await stranger.post("/callback-links/cancel", token=token[:-2] + "xx")
        assert code_of(refused) == "callback_link_gone"
        await waits(house, 3 * 3600)
        assert await calls_in(vera, asked["conversation_id"]) == ["planned", "planned", "cancelled"]
        assert token not in str(house.log)


async def test_costly_foreign_and_forged_numbers_are_refused(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera:
        # at ten in the morning here nobody is awake in New York
        await switches_on(house, countries=("DE", "US"))
        with pytest.raises(Refused) as asleep:
            await asks(vera, number="+1 212 555 0123")
        assert code_of(asleep) == "not_now"
        await switches_on(house)
        refused = {}
        for number in ("0900 1234567", "+1 212 555 0123", "110", "+49 1", "<b>", "٠", "+491512345678901234567890"):
            with pytest.raises(Refused) as problem:
                await asks(vera, number=number)
            refused[number] = problem.value.problem["reason"]
            checked = await vera.post("/sites/nordlink/callback/number", number=number, country="DE")
            assert checked["refusal"] == refused[number]
        assert refused.pop("0900 1234567") == "kind"
        assert refused.pop("+1 212 555 0123") in ("country", "impossible")
        assert set(refused.values()) == {"impossible"}
        # the same line in another spelling is the same number
        assert (await asks(vera, number="0151-2 345 67 89"))["number"] == GERMAN


async def test_limits_hold_for_number_visitor_and_address_and_the_switch_for_all(house: House) -> None:
    await switches_on(house, per_number=2, per_visitor=3, per_address=4, calls_a_day=1)
    async with house.visitor() as vera, house.visitor() as otto, house.agent("ben") as ben:
        asked = await asks(vera)
        again = await asks(vera)
        assert again["id"] == asked["id"]
        with pytest.raises(Refused) as refused:
            await asks(otto)
        assert code_of(refused) == "number_taken"
        await vera.delete(f"/visitor/callbacks/{asked['id']}")
        with pytest.raises(Refused) as refused:
            await otto.delete(f"/visitor/callbacks/{asked['id']}")
        assert code_of(refused) == "not_found"
        await vera.delete(f"/visitor/callbacks/{(await asks(vera))['id']}")
        with pytest.raises(Refused) as refused:
            await asks(vera)
        assert code_of(refused) == "too_many_callbacks"
        third = await asks(vera, number="+49 1512 3456780")
        await house.settles()
        work = await ben.takes(third["conversation_id"])
        await switches_on(house, on=False)
        with pytest.raises(Refused) as refused:
            await dials(ben, work)
        assert (code_of(refused), refused.value.problem["reason"]) == ("dial_refused", "off")
        with pytest.raises(Refused) as refused:
            await asks(otto, number="+49 1512 3456781")
        assert code_of(refused) == "callback_off"
        await switches_on(house, calls_a_day=1)
        await dials(ben, work)
        await records(ben, work, "no_answer")
        with pytest.raises(Refused) as refused:
            await asks(otto, number="+49 1512 3456781")
        assert code_of(refused) == "too_many_callbacks"


async def test_nobody_takes_it_in_time_and_the_visitor_is_told(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.agent("ben") as ben:
        asked = await asks(vera, slot_at=(await slots(vera))[0])
        await ben.put("/agent/presence", presence="away")
        await waits(house, 3 * 3600)

        assert (await mine(vera))["state"] == "expired"
        assert await calls_in(vera, asked["conversation_id"]) == ["planned", "expired"]
        async with house.looking() as work:
            (row,) = await work.db.scalars(select(CallbackRequest))
            assert row.ended_at is not None


async def test_kill_between_slot_and_queue_loses_and_doubles_nothing(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.agent("ben") as ben:
        asked = await asks(vera, slot_at=(await slots(vera))[0])
        await waits(house, (at(asked["slot_at"]) - house.clock.now()).total_seconds() - 10)
        house.clock.advance(seconds=10)
        with suppress(asyncio.CancelledError):
            async with house.working() as work:
                await due.fall_due(work, {"request": asked["id"]})
                raise asyncio.CancelledError
        assert (await mine(vera))["state"] == "planned"

        await house.settles()
        async with house.working() as work:
            await due.fall_due(work, {"request": asked["id"]})
        await house.passes(0)
        assert await ben.offers() == [asked["conversation_id"]]
        assert len(await engagements_of(house, asked["conversation_id"])) == 1


async def test_call_of_an_agent_who_is_lost_before_he_dials_goes_to_somebody_else(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.agent("ben") as ben:
        asked = await asks(vera)
        await house.settles()
        work = await ben.takes(asked["conversation_id"])
        with pytest.raises(Refused) as refused:
            await ben.post(f"/agent/engagements/{work}/park")
        assert code_of(refused) == "outcome_missing"
        await ben.closes_console()
        await house.passes(120)

        assert (await mine(vera))["state"] == "queued"
        async with house.agent("chiara") as chiara:
            await house.settles()
            assert await chiara.offers() == [asked["conversation_id"]]


async def test_visitor_who_says_goodbye_is_not_called(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.agent("ben") as ben:
        asked = await asks(vera)
        await house.settles()
        await vera.post(f"/visitor/conversations/{asked['conversation_id']}/end")

        assert (await mine(vera))["state"] == "cancelled"
        assert await ben.offers() == []


async def test_site_that_switched_nothing_on_offers_no_calls(house: House) -> None:
    async with house.visitor() as vera:
        home = await vera.get("/sites/nordlink/home")
        assert [way["channel"] for way in home["ways"]] == ["webchat", "email"]
        await switches_on(house)
        home = await vera.get("/sites/nordlink/home")
        assert [way["channel"] for way in home["ways"]] == ["webchat", "callback", "email"]
        async with house.working() as work:
            (await work.db.get_one(Site, house.site.id)).opening_hours = {"tue": [["10:00", "12:00"]]}
        (call,) = [way for way in (await vera.get("/sites/nordlink/home"))["ways"] if way["channel"] == "callback"]
        assert call["answered_by"] == "2026-03-03T09:00:00Z"
