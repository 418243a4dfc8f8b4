"""Silence in a chat, parking, wrap-up and what brings work back."""

from datetime import timedelta

import pytest

from tests.engage.conftest import BuildHouse
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused

ASK, PARK, CLOSE = 60, 100, 300
WRAP_UP = 120


@pytest.fixture
async def house(build_house: BuildHouse) -> House:
    """A house with little patience, so that its clock need not go far."""
    return await build_house(chat_ask_seconds=ASK, chat_park_seconds=PARK, chat_close_seconds=CLOSE)


async def talk(house: House, visitor: HouseVisitor, agent: HouseAgent) -> tuple[str, str]:
    """A chat in which the agent spoke last: conversation and engagement."""
    chat = await visitor.starts_chat("Hello")
    await house.settles()
    engagement_id = await agent.takes(chat["id"])
    await agent.says(chat["id"], "Hi, what is the number on the box?")
    return chat["id"], engagement_id


async def test_silent_visitor_is_asked_then_parked_then_the_chat_is_closed(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, _ = await talk(house, visitor, anna)

        await house.passes(ASK + 1)
        assert (await visitor.states(chat)).count("silent") == 1
        await house.passes(PARK - ASK)
        assert await anna.holds() == {chat: "parked"}
        await house.passes(CLOSE - PARK)

        assert await anna.holds() == {}
        assert (await visitor.place(chat))[0] == "closed"
        assert (await visitor.states(chat)).count("silent") == 1
        assert (await visitor.states(chat))[-1] == "ended"


async def test_visitor_who_waits_for_the_agent_is_never_called_silent(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, _ = await talk(house, visitor, anna)
        await visitor.says(chat, "It is 4711")

        await house.passes(CLOSE)

        assert "silent" not in await visitor.states(chat)
        assert await anna.holds() == {chat: "active"}


async def test_answer_to_the_question_begins_the_silence_anew(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, _ = await talk(house, visitor, anna)
        await house.passes(ASK + 1)
        await visitor.says(chat, "One moment")
        await anna.says(chat, "Take your time")

        await house.passes(ASK - 10)
        assert (await visitor.states(chat)).count("silent") == 1
        await house.passes(20)

        assert (await visitor.states(chat)).count("silent") == 2
        assert await anna.holds() == {chat: "active"}


async def test_article_is_an_answer_after_which_the_visitor_may_be_silent(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        await house.publishes_articles()
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])
        path = f"/agent/conversations/{chat['id']}/messages"
        await anna.post(path, client_id="article-1", article_slug="read-your-bill")

        await house.passes(PARK + 1)

        assert await anna.holds() == {chat["id"]: "parked"}


async def test_parked_chat_frees_the_slot_and_comes_back_to_the_same_agent(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", capacity=1) as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        await anna.post(f"/agent/engagements/{engagement_id}/park")
        other = await visitor.starts_chat("Another one")
        await house.settles()
        assert await anna.offers() == [other["id"]]
        await anna.declines(await anna.is_offered(other["id"]))

        await visitor.says(chat, "I am back")
        await house.settles()

        assert await anna.holds() == {chat: "active"}


async def test_answer_to_an_agent_without_room_waits_for_him_and_is_his_first(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", capacity=1) as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        await anna.post(f"/agent/engagements/{engagement_id}/park")
        other = await visitor.starts_chat("Another one")
        await house.settles()
        second = await anna.takes(other["id"])

        async with house.agent("ben", presence="busy"):
            await visitor.says(chat, "I am back")
            await house.settles()
            assert (await visitor.place(chat))[0] == "queued"
            await anna.post(f"/agent/engagements/{second}/end")
            await anna.post(f"/agent/engagements/{second}/wrap-up")
            await house.settles()

        assert await house.rule_of(await anna.ringing(chat)) == "last_agent"


async def test_answer_to_an_absent_agent_goes_to_whoever_is_there(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna, house.agent("ben", presence="busy") as ben:
        chat, engagement_id = await talk(house, visitor, anna)
        await anna.post(f"/agent/engagements/{engagement_id}/park")
        await anna.put("/agent/presence", presence="break")
        await ben.put("/agent/presence", presence="available")

        await visitor.says(chat, "I am back")
        await house.settles()

        assert await ben.offers() == [chat]


async def test_work_that_was_snoozed_comes_back_at_its_time_and_silence_does_not_close_it(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        until = house.clock.now() + timedelta(seconds=2 * CLOSE)
        await anna.post(f"/agent/engagements/{engagement_id}/park", until=until.isoformat())

        await house.passes(2 * CLOSE - 20)
        assert await anna.holds() == {chat: "parked"}
        await house.passes(21)

        assert await anna.holds() == {chat: "active"}


async def test_old_alarm_does_not_wake_work_that_was_parked_anew(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        until = house.clock.now() + timedelta(seconds=CLOSE / 2)
        await anna.post(f"/agent/engagements/{engagement_id}/park", until=until.isoformat())
        await visitor.says(chat, "I am back")
        await house.settles()
        await anna.says(chat, "Then we wait for the parcel")
        await anna.post(f"/agent/engagements/{engagement_id}/park")

        await house.passes(CLOSE / 2 + 1)

        assert await anna.holds() == {chat: "parked"}
        assert str(await anna.entries(chat)).count("'state': 'parked'") == 2


async def test_wrap_up_ends_with_its_time_box_whether_a_browser_is_open_or_not(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        ended = await anna.post(f"/agent/engagements/{engagement_id}/end")
        assert ended["wrap_up_until"]

        await anna.closes_console()
        await house.passes(WRAP_UP - 1)
        assert await anna.holds() == {chat: "wrapping_up"}
        await house.passes(1)

        assert await anna.holds() == {}
        assert (await visitor.place(chat))[0] == "closed"


async def test_wrap_up_in_time_leaves_no_timer_behind(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        _, engagement_id = await talk(house, visitor, anna)
        await anna.post(f"/agent/engagements/{engagement_id}/end")

        await anna.post(f"/agent/engagements/{engagement_id}/wrap-up", note="told him the number")

        assert "engagements.wrap_up_over" not in await house.jobs_waiting()


async def test_word_said_while_wrapping_up_opens_the_work_again_for_the_same_agent(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        await anna.post(f"/agent/engagements/{engagement_id}/end")
        await visitor.says(chat, "One more thing!")
        assert await anna.holds() == {chat: "wrapping_up"}

        await anna.post(f"/agent/engagements/{engagement_id}/wrap-up")
        await house.settles()

        assert (await visitor.states(chat))[-1] == "reopened"
        assert await house.rule_of(await anna.ringing(chat)) == "last_agent"


async def test_last_word_before_the_end_opens_nothing_again(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        await visitor.says(chat, "Thank you, bye")
        await anna.post(f"/agent/engagements/{engagement_id}/end")

        await anna.post(f"/agent/engagements/{engagement_id}/wrap-up")
        await house.settles()

        assert (await visitor.place(chat))[0] == "closed"


async def test_word_after_the_end_opens_the_conversation_again(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        await anna.post(f"/agent/engagements/{engagement_id}/end")
        await anna.post(f"/agent/engagements/{engagement_id}/wrap-up")

        await visitor.says(chat, "It broke again")
        await house.settles()

        assert await anna.offers() == [chat]
        assert (await visitor.states(chat)).count("reopened") == 1


async def test_closed_work_is_in_nobody_s_hands_any_more(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, engagement_id = await talk(house, visitor, anna)
        await anna.post(f"/agent/engagements/{engagement_id}/end")
        await anna.post(f"/agent/engagements/{engagement_id}/wrap-up")

        with pytest.raises(Refused, match="not_your_work"):
            await anna.says(chat, "And another thing")


async def test_goodbye_of_the_visitor_leaves_the_agent_his_wrap_up(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat, _ = await talk(house, visitor, anna)

        await visitor.post(f"/visitor/conversations/{chat}/end")

        assert await anna.holds() == {chat: "wrapping_up"}
        assert (await visitor.place(chat))[0] == "closed"
