"""Wrap-up: what a queue asks for, a minute more by a click, and an end whether the browser is open or not."""

from uuid import UUID

import pytest

from engage.sites.models import Queue
from engage.sites.schemas import WrapUpMode
from tests.house import House
from tests.people.visitor import Refused


async def _asks(house: House, queue_id: str, mode: WrapUpMode) -> None:
    async with house.working() as work:
        queue = await work.db.get_one(Queue, UUID(queue_id))
        queue.wrap_up_mode, queue.wrap_up_seconds = mode, 120


async def test_each_mode_asks_what_it_says_and_ends_with_the_browser_closed(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        (solved,) = (await anna.workspace())["dispositions"]
        orders = next(each for each in (await anna.workspace())["queues"] if each["name"] == "Orders")["id"]

        async def ends_a_talk(mode: WrapUpMode) -> str:
            await _asks(house, orders, mode)
            chat = await visitor.starts_chat(mode)
            await house.settles()
            work = f"/agent/engagements/{await anna.takes(chat['id'])}"
            await anna.post(f"{work}/end")
            return work

        await ends_a_talk("none")
        assert await anna.holds() == {}

        timed = await ends_a_talk("timed")
        with pytest.raises(Refused, match="outcome_needed"):
            await anna.post(f"{timed}/wrap-up", note="nothing chosen")
        await anna.post(f"{timed}/wrap-up", disposition_id=solved["id"])
        await anna.post(f"{await ends_a_talk('optional')}/wrap-up")

        await ends_a_talk("mandatory")
        await anna.closes_console()
        await house.passes(880)
        assert list((await anna.holds()).values()) == ["wrapping_up"]
        await house.passes(40)
        assert await anna.holds() == {}


async def test_minute_more_by_a_click_up_to_the_limit(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        work = f"/agent/engagements/{await anna.takes(chat['id'])}"
        with pytest.raises(Refused, match="wrong_state"):
            await anna.post(f"{work}/wrap-up/extend")
        await anna.post(f"{work}/end")

        rows = [await anna.post(f"{work}/wrap-up/extend") for _ in range(13)]
        assert rows[-1]["needs_outcome"] is False
        with pytest.raises(Refused, match="no_more_time"):
            await anna.post(f"{work}/wrap-up/extend")
        await house.passes(860)
        assert list((await anna.holds()).values()) == ["wrapping_up"]
        await house.passes(60)
        assert await anna.holds() == {}
