"""Overflow by wait, depth and hours: where work goes on, and what its visitor is told."""

import pytest

from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

#: the clock of the house begins on a Monday at 10:00 in Berlin
MORNINGS = {"always": False, "time_zone": "Europe/Berlin", "spans": [{"day": "mon", "begin": "09:00", "end": "10:01"}]}


async def queues(house: House, admin: HouseAgent) -> dict[str, str]:
    found = (await admin.get(f"/admin/sites/{house.site.id}/queues"))["items"]
    return {queue["key"]: queue["id"] for queue in found}


async def queue_of(house: House, admin: HouseAgent, chat: str) -> tuple[str, str]:
    """The queue and since when its place counts."""
    works = (await admin.get(f"/agent/sites/{house.site.id}/board"))["work"]
    (work,) = [each for each in works if each["conversation_id"] == chat]
    return work["queue_id"], work["place_since"]


async def test_who_waits_too_long_or_comes_too_late_in_line_goes_on_elsewhere(house: House) -> None:
    async with house.agent("anna", role="admin", presence="busy") as anna, house.visitor() as visitor:
        ids = await queues(house, anna)
        rule = {"after_seconds": 60, "depth": 1, "target_id": ids["billing"], "message": "Anna's friends help you"}
        await anna.put(f"/admin/queues/{ids['orders']}/overflow", **rule)
        first = (await visitor.starts_chat("first", topic="orders"))["id"]
        await house.settles()
        second = (await visitor.starts_chat("second", topic="orders"))["id"]
        await house.settles()
        place = await queue_of(house, anna, first)
        assert (await queue_of(house, anna, second))[0] == ids["billing"]
        assert place[0] == ids["orders"]

        await house.passes(61)
        assert await queue_of(house, anna, first) == (ids["billing"], place[1])
        assert await visitor.states(first) == ["queued", "overflowed"]
        told = [entry["details"]["comment"] for entry in await visitor.entries(first) if entry["kind"] == "state"]
        assert told[-1] == "Anna's friends help you"


async def test_queue_outside_of_its_hours_keeps_nobody_in_the_dark(house: House) -> None:
    async with house.agent("anna", role="admin", presence="busy") as anna, house.visitor() as visitor:
        ids = await queues(house, anna)
        await anna.put(f"/admin/queues/{ids['orders']}/overflow", hours=MORNINGS, closed_target_id=ids["billing"])
        # back to where it came from: it stays there instead of going round in circles, and is told once
        await anna.put(f"/admin/queues/{ids['billing']}/overflow", hours=MORNINGS, closed_target_id=ids["orders"])
        chat = (await visitor.starts_chat("An order", topic="orders"))["id"]
        await house.settles()
        assert (await queue_of(house, anna, chat))[0] == ids["orders"]

        await house.passes(60)
        assert (await queue_of(house, anna, chat))[0] == ids["billing"]
        assert (await visitor.states(chat))[-2:] == ["overflowed", "queue_closed"]


async def test_who_overflows_is_offered_a_mail_and_takes_his_words_and_his_place_along(house: House) -> None:
    async with house.agent("anna", role="admin", presence="busy") as anna, house.visitor() as vera:
        ids = await queues(house, anna)
        rule = {"after_seconds": 60, "offers_call": True, "offers_mail": True}
        assert (await anna.put(f"/admin/queues/{ids['orders']}/overflow", **rule))["offers_mail"] is True
        chat = (await vera.starts_chat("My order is lost", topic="orders"))["id"]
        await house.settles()
        place = await queue_of(house, anna, chat)
        await house.passes(61)
        assert (await vera.entries(chat))[-1]["details"]["instead"] == ["call", "mail"]

        with pytest.raises(Refused) as refused:
            await vera.post(f"/visitor/conversations/{chat}/mail")
        assert refused.value.code == "address_missing"
        for _ in range(2):
            view = await vera.post(f"/visitor/conversations/{chat}/mail", email="vera@shop.example")
            assert (view["channel"], view["state"], view["position"]) == ("email", "queued", None)
        await house.passes(120)

        assert await queue_of(house, anna, chat) == place
        assert await vera.states(chat) == ["queued", "queue_busy", "moved_to_email"]
