"""An agent's coming and going: a reload is nothing, a lost line moves his chats on, and nobody is forgotten."""

from tests.house import House

GRACE = 45
#: a dead process's sockets count for so long
ONLINE_FOR = 25


async def test_agent_who_is_lost_gives_his_chat_back_at_its_old_place_and_the_visitor_is_told(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])
        await house.passes(60)
        later = await visitor.starts_chat("A later one")

        await anna.closes_console()
        await house.passes(GRACE)

        assert await visitor.place(chat["id"]) == ("queued", 1)
        assert await visitor.place(later["id"]) == ("queued", 2)
        assert (await visitor.states(chat["id"]))[-1] == "requeued"
        told = await visitor.screen.sees("entry_added", lambda e: e["entry"]["details"].get("state") == "requeued")
        assert told["conversation_id"] == chat["id"]
        assert (await anna.workspace())["presence"]["reason"] == "connection_lost"


async def test_agent_who_is_back_within_the_grace_holds_what_he_held(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])

        await anna.closes_console()
        await house.passes(GRACE - 1)
        await anna.opens_console()
        await house.passes(120)

        assert await anna.holds() == {chat["id"]: "active"}
        assert (await anna.workspace())["presence"]["presence"] == "available"
        assert "requeued" not in await visitor.states(chat["id"])


async def test_agent_without_a_line_is_offered_nothing_new(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        await anna.closes_console()

        await visitor.starts_chat("Hello")
        await house.settles()
        assert await anna.offers() == []

        await anna.opens_console()
        await house.settles()
        assert len(await anna.offers()) == 1


async def test_agent_whose_process_died_without_a_word_is_missed_too(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])

        anna.screen.dies()
        await house.passes(ONLINE_FOR + GRACE + 60)

        assert (await visitor.place(chat["id"]))[0] == "queued"


async def test_second_window_keeps_the_agent_there(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])
        first_window = anna.screen
        anna.screen = house.new_screen("/agent")
        await anna.opens_console()

        await first_window.disconnect()
        await house.passes(GRACE * 3)

        assert await anna.holds() == {chat["id"]: "active"}


async def test_mail_stays_with_a_lost_agent(house: House) -> None:
    await house.closes()
    async with house.visitor() as visitor, house.agent("anna") as anna:
        mail = await visitor.starts_chat("Hello", email="kim@shop.example")
        await house.settles()
        await anna.takes(mail["id"])

        await anna.closes_console()
        await house.passes(GRACE * 3)

        assert await anna.holds() == {mail["id"]: "active"}


async def test_whoever_is_lost_twice_loses_the_new_chat_too(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        await anna.closes_console()
        await house.passes(GRACE)
        await anna.opens_console()
        await anna.put("/agent/presence", presence="available")
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])

        await anna.closes_console()
        await house.passes(GRACE)

        assert (await visitor.place(chat["id"]))[0] == "queued"
