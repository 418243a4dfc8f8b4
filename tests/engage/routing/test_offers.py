"""Offers: who is asked, what happens when nobody answers, and what an agent's coming and going does to them."""

import pytest

from tests.house import House
from tests.people.visitor import Refused

OFFER_SECONDS = 25


async def test_offer_that_rings_out_goes_to_the_next_agent_at_its_old_place(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        first = await anna.is_offered(chat["id"])

        async with house.agent("ben") as ben:
            await house.passes(OFFER_SECONDS)
            second = await ben.is_offered(chat["id"])

        assert await anna.offers() == []
        assert (await anna.screen.sees("offer_ended"))["state"] == "missed"
        assert second["engagement"]["waiting_since"] == first["engagement"]["waiting_since"]


async def test_agent_who_misses_twice_is_set_away_and_one_click_brings_him_back(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chats = [await visitor.starts_chat("Hello"), await visitor.starts_chat("Hello again")]
        await house.passes(OFFER_SECONDS)

        workspace = await anna.workspace()
        assert (workspace["presence"]["presence"], workspace["presence"]["reason"]) == ("away", "missed_offers")
        assert (await anna.screen.sees("presence_changed", lambda e: e["presence"]["presence"] == "away"))["work_seq"]

        await house.passes(60)
        assert await anna.offers() == []
        await anna.put("/agent/presence", presence="available")
        await house.settles()
        assert sorted(await anna.offers()) == sorted(chat["id"] for chat in chats)


async def test_accepting_in_between_forgives_a_missed_offer(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        missed = await visitor.starts_chat("missed")
        await house.passes(OFFER_SECONDS)
        taken = await visitor.starts_chat("taken")
        await house.settles()
        await anna.takes(taken["id"])

        await house.passes(60)
        assert await anna.offers() == [missed["id"]]
        await house.passes(OFFER_SECONDS)

        assert (await anna.workspace())["presence"]["presence"] == "available"


async def test_presence_that_ends_takes_the_offer_along_at_once(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()

        async with house.agent("ben") as ben:
            await anna.put("/agent/presence", presence="break", reason="lunch")
            await house.settles()

            assert await anna.offers() == []
            assert (await anna.screen.sees("offer_ended"))["state"] == "withdrawn"
            assert await ben.offers() == [chat["id"]]


async def test_late_click_on_an_offer_is_told_which_state_won(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        offer = await anna.is_offered(chat["id"])
        await house.passes(OFFER_SECONDS)

        with pytest.raises(Refused) as refused:
            await anna.post(f"/agent/offers/{offer['id']}/accept")

        assert (refused.value.status, refused.value.code) == (409, "offer_gone")
        assert refused.value.problem["state"] == "missed"


async def test_accept_before_the_timer_ran_wins_however_late_the_clock(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        house.clock.advance(seconds=OFFER_SECONDS + 1)

        await anna.takes(chat["id"])
        await house.settles()

        assert await anna.holds() == {chat["id"]: "active"}


async def test_chats_that_come_one_by_one_are_spread_over_equally_free_agents(house: House) -> None:
    async with house.agent("anna") as anna, house.agent("ben") as ben, house.visitor() as visitor:
        for _ in range(4):
            chat = await visitor.starts_chat("Hello")
            await house.passes(1)
            for agent in (anna, ben):
                if chat["id"] in await agent.offers():
                    await agent.takes(chat["id"])

        assert [len(await anna.holds()), len(await ben.holds())] == [2, 2]


async def test_nobody_is_offered_more_than_he_can_hold(house: House) -> None:
    async with house.agent("anna", capacity=2) as anna, house.visitor() as visitor:
        chats = [await visitor.starts_chat("Hello") for _ in range(3)]
        await house.settles()

        assert sorted(await anna.offers()) == sorted(chat["id"] for chat in chats[:2])
        assert await visitor.place(chats[2]["id"]) == ("queued", 3)


async def test_room_that_becomes_free_is_filled_from_the_queue(house: House) -> None:
    async with house.agent("anna", capacity=1) as anna, house.visitor() as visitor:
        first, second = await visitor.starts_chat("first"), await visitor.starts_chat("second")
        await house.settles()
        engagement_id = await anna.takes(first["id"])

        await anna.post(f"/agent/engagements/{engagement_id}/end")
        await house.settles()
        assert await anna.offers() == []
        await anna.post(f"/agent/engagements/{engagement_id}/wrap-up")
        await house.settles()

        assert await anna.offers() == [second["id"]]


async def test_agent_is_offered_only_what_waits_in_his_queues(house: House) -> None:
    async with house.agent("anna", queues=["billing"]) as anna, house.visitor() as visitor:
        orders = await visitor.starts_chat("Hello", topic="orders")
        bills = await visitor.starts_chat("Hello", topic="billing")
        await house.settles()

        assert await anna.offers() == [bills["id"]]
        assert await visitor.place(orders["id"]) == ("queued", 1)


async def test_long_queue_without_agents_keeps_no_other_queue_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engage.routing.dispatcher.BATCH", 2)
    async with (
        house.agent("ben", queues=["orders"], presence="break"),
        house.agent("anna", queues=["billing"]) as anna,
        house.visitor() as visitor,
    ):
        for _ in range(3):
            await visitor.starts_chat("Hello", topic="orders")
        bill = await visitor.starts_chat("Hello", topic="billing")

        await house.settles()

        assert await anna.offers() == [bill["id"]]


async def test_two_agents_who_pull_the_same_work_do_not_both_get_it(house: House) -> None:
    async with (
        house.agent("anna", presence="busy") as anna,
        house.agent("ben", presence="busy") as ben,
        house.visitor() as visitor,
    ):
        chat = await visitor.starts_chat("Hello")
        engagement_id = (await anna.get("/agent/work?view=all"))["items"][0]["engagement_id"]

        await anna.post(f"/agent/engagements/{engagement_id}/pull")
        with pytest.raises(Refused, match="wrong_state"):
            await ben.post(f"/agent/engagements/{engagement_id}/pull")

        assert await anna.holds() == {chat["id"]: "active"}


async def test_full_hands_pull_nothing(house: House) -> None:
    async with house.agent("anna", capacity=1) as anna, house.visitor() as visitor:
        first = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(first["id"])
        await visitor.starts_chat("Hello")
        waiting = (await anna.get("/agent/work?view=queue"))["items"][0]["engagement_id"]

        with pytest.raises(Refused, match="no_room"):
            await anna.post(f"/agent/engagements/{waiting}/pull")
