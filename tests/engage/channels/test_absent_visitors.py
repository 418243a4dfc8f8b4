"""A visitor who drops out of the queue: his offer, his place, and where the answer goes when he has left."""

from typing import Any

from sqlalchemy import select

from engage.engagements.events import EngagementAbandoned
from engage.engagements.models import Engagement
from engage.kit.bus import BUS, Reactions
from tests.house import House

OFFER_STAYS, PLACE_STAYS = 30, 300


async def test_reload_costs_neither_offer_nor_place(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()

        await visitor.close_widget()
        await house.passes(10)
        assert await anna.offers() == [chat["id"]]
        await visitor.open_widget()
        await house.passes(10)

        assert await anna.offers() == [chat["id"]]


async def test_offer_of_an_absent_visitor_is_withheld_and_his_place_kept(house: House) -> None:
    async with house.visitor() as absent, house.visitor() as patient, house.agent("anna", capacity=1) as anna:
        gone = await absent.starts_chat("I have to go")
        await house.passes(1)
        await patient.starts_chat("I wait")
        assert await anna.offers() == [gone["id"]]

        await absent.close_widget()
        await anna.put("/agent/presence", presence="busy")
        await anna.put("/agent/presence", presence="available")
        await house.passes(OFFER_STAYS + 1)

        assert gone["id"] not in await anna.offers()
        assert await absent.place(gone["id"]) == ("queued", 1)


async def test_visitor_who_comes_back_is_offered_from_his_old_place(house: House) -> None:
    async with house.visitor() as absent, house.visitor() as patient:
        gone = await absent.starts_chat("I have to go")
        await house.passes(1)
        await patient.starts_chat("I wait")
        await absent.close_widget()
        await house.passes(OFFER_STAYS + PLACE_STAYS - 20)

        await absent.open_widget()
        async with house.agent("anna", capacity=1) as anna:
            await house.settles()
            assert await anna.offers() == [gone["id"]]


async def test_visitor_who_stays_away_has_left(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")

        await visitor.close_widget()
        await house.passes(OFFER_STAYS + PLACE_STAYS - 1)
        assert (await visitor.place(chat["id"]))[0] == "queued"
        await house.passes(21)

        assert (await visitor.place(chat["id"]))[0] == "abandoned"
        assert (await visitor.states(chat["id"]))[-1] == "abandoned"


async def test_visitor_who_left_an_address_is_answered_there(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", presence="busy") as anna:
        chat = await visitor.starts_chat("Hello", email="kim@shop.example")
        await visitor.close_widget()
        await house.passes(OFFER_STAYS + PLACE_STAYS + 20)
        assert (await visitor.states(chat["id"]))[-1] == "moved_to_email"

        await anna.put("/agent/presence", presence="available")
        await house.settles()
        await anna.takes(chat["id"])
        await anna.says(chat["id"], "Here is your answer")
        await house.passes(10)

        (mail,) = (await anna.get("/agent/mails"))["items"]
        assert (mail["to"], mail["state"]) == ("kim@shop.example", "kept")


async def test_visitor_whose_process_died_is_missed_and_not_offered(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")

        visitor.screen.dies()
        await house.passes(50 + OFFER_STAYS + 60)
        async with house.agent("anna") as anna:
            await house.settles()
            assert await anna.offers() == []
        await house.passes(PLACE_STAYS)

        assert (await visitor.place(chat["id"]))[0] == "abandoned"


async def test_visitor_who_was_missed_by_mistake_is_offered_as_soon_as_he_is_seen(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        visitor.screen.is_alive = False
        await house.passes(50 + OFFER_STAYS + 60)

        visitor.screen.is_alive = True
        await house.passes(PLACE_STAYS + 20)

        async with house.agent("anna") as anna:
            await house.settles()
            assert await anna.offers() == [chat["id"]]


async def test_goodbye_leaves_the_queue_at_once_and_stops_the_ringing(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()

        await visitor.post(f"/visitor/conversations/{chat['id']}/end")

        assert await anna.offers() == []
        assert (await visitor.place(chat["id"]))[0] == "abandoned"


async def test_those_behind_move_up_and_are_told(house: House) -> None:
    async with house.visitor() as first, house.visitor() as second:
        leaving = await first.starts_chat("Hello")
        await house.passes(1)
        waiting = await second.starts_chat("Hello")
        assert await second.place(waiting["id"]) == ("queued", 2)

        await first.post(f"/visitor/conversations/{leaving['id']}/end")

        told = second.screen.all("conversation_changed")[-1]
        assert (told["conversation"]["id"], told["position"]) == (waiting["id"], 1)


async def test_visitor_in_a_talk_may_come_and_go(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])

        await visitor.close_widget()
        await house.passes(OFFER_STAYS + PLACE_STAYS + 60)

        assert await anna.holds() == {chat["id"]: "active"}


async def test_who_leaves_is_counted_from_when_he_really_left_and_a_short_wait_is_counted_apart(house: House) -> None:
    gone: list[EngagementAbandoned] = []
    reactions = Reactions()

    @reactions.on(EngagementAbandoned)
    async def keep(_work: Any, event: EngagementAbandoned) -> None:
        gone.append(event)

    house.app[BUS].include(reactions)
    async with house.visitor() as hasty, house.visitor() as patient, house.visitor() as silent:
        for visitor, seconds in ((hasty, 4), (patient, 6)):
            chat = await visitor.starts_chat("Hello")
            await house.passes(seconds)
            await visitor.post(f"/visitor/conversations/{chat['id']}/end")
        chat = await silent.starts_chat("Hello")
        await house.passes(3)
        await silent.close_widget()
        await house.passes(OFFER_STAYS + PLACE_STAYS + 20)

        assert [(each.cause, each.waited_seconds, each.is_short) for each in gone] == [
            ("said_goodbye", 4, True),
            ("said_goodbye", 6, False),
            ("left", 3, True),
        ]
        last = [each for each in await silent.entries(chat["id"]) if each["kind"] == "state"][-1]
        assert (last["details"]["state"], last["details"]["waited_seconds"]) == ("abandoned", 3)
        async with house.looking() as work:
            rows = await work.db.execute(select(Engagement.short_abandon, Engagement.left_at).order_by(Engagement.id))
            assert [tuple(row) for row in rows] == [(each.is_short, each.left_at) for each in gone]
