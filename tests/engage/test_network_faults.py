"""Lines that go bad without a word, slow ones, clocks that jump: within 40 seconds all screens show the same again.

The people are the chat's and the console's own programs with their real patience, so all faults happen side by side.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from engage.demo.seed import PASSWORD
from engage.settings import Settings
from tests.conftest import StartEngage
from tests.house import House
from tests.people import TestAgent, TestVisitor
from tests.people.visitor import Refused
from tests.screens import People, compare, hire, run_people
from tests.services.line import Line, run_line
from tests.services.postgres import PostgresServer

HOUR = 3600
BOTH = ["visitor", "agent"]


class Lines(NamedTuple):
    """One a visitor; the agents share one."""

    deaf: Line
    mute: Line
    half_open: Line
    slow: Line
    of_agents: Line


@asynccontextmanager
async def at_their_screens(settings: Settings, port: int, folder: Path) -> AsyncIterator[tuple[People, Lines]]:
    emails = [f"{fault}@nordlink.example" for fault in Lines._fields[:-1]]
    await hire(settings, emails)
    async with AsyncExitStack() as running:
        lines = Lines(*[await running.enter_async_context(run_line(port)) for _ in Lines._fields])
        people = await running.enter_async_context(run_people(folder / "people"))
        desk, *visitor_urls = lines.of_agents.url, *(line.url for line in lines[:-1])
        await people.do("begin", agent_url=desk, visitor_urls=visitor_urls, agents=emails, password=PASSWORD)
        yield people, lines


@pytest.mark.timeout(180)
async def test_screens_are_equal_soon_whatever_the_line_or_the_clock_does(
    start_engage: StartEngage, demo_sqlite_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=demo_sqlite_url, demo=True)
    server = start_engage(ENGAGE_DATABASE_URL=demo_sqlite_url)
    async with at_their_screens(settings, server.port, tmp_path) as (people, lines):
        await people.do("say", sides=BOTH)
        await compare.become_equal(people, settings)

        # set back first: what counts seconds must not wait for the old hour to come again
        await people.do("quiet")
        await people.do("jump", seconds=-HOUR)
        lines.deaf.lose("down")
        lines.mute.lose("up")
        lines.half_open.forget()
        lines.slow.sip_seconds = 1
        # the visitors send nothing that could fail and tell them: only silence does
        await people.do("say", sides=["agent"])
        await compare.become_equal(people, settings)

        lines.slow.sip_seconds = 0
        await people.do("jump", seconds=2 * HOUR)
        await people.do("say", sides=BOTH)
        await compare.become_equal(people, settings)

        # an hour with the lid shut: the server has given them up, no word of it comes through, and others go on
        async with TestAgent(server.url, "deaf", presence="offline") as elsewhere:
            chats = [each["conversation_id"] for each in await people.do("report")]
            async with people.asleep(seconds=HOUR):
                for line in lines:
                    line.forget()
                for number in range(3):
                    await elsewhere.notes(chats[0], f"meanwhile {number}")
        await compare.become_equal(people, settings)
        await people.do("say", sides=BOTH)
        await compare.become_equal(people, settings)


@pytest.mark.timeout(180)
async def test_database_that_swallows_all_it_is_sent_is_given_up_and_taken_again(
    start_engage: StartEngage, postgres: PostgresServer, demo_postgres_url: str
) -> None:
    async with run_line(postgres.port) as line:
        url = demo_postgres_url.replace(f":{postgres.port}/", f":{line.port}/")
        server = await asyncio.to_thread(start_engage, ENGAGE_DATABASE_URL=url, ENGAGE_DATABASE_SECONDS="2")
        async with TestVisitor(server.url) as kim, TestAgent(server.url, "anna") as anna:
            await kim.open_widget()
            chat = (await kim.starts_chat("Hello"))["id"]
            await anna.accepts(chat)

            line.swallows.add("down")
            line.lose("down")
            told = [kim.says(chat, "lost", client_id="said-again"), anna.notes(chat, "lost too"), kim.entries(chat)]
            answers = await asyncio.gather(*told, return_exceptions=True)

            # new lines are good again: those who write and read come back, and so does whoever gives out work
            line.swallows.clear()
            await _until_heard(kim, chat)
            said = [entry["text"] for entry in await kim.entries(chat) if entry["kind"] == "message"]
            async with TestVisitor(server.url) as lee:
                await lee.open_widget()
                await anna.accepts((await lee.starts_chat("And me"))["id"])

    assert [(each.status, each.code) for each in answers if isinstance(each, Refused)] == [(503, "database_away")] * 3
    assert said == ["Hello", "lost"]


async def _until_heard(kim: TestVisitor, chat: str) -> None:
    """He says it again as his browser would."""
    while True:
        try:
            await kim.says(chat, "lost", client_id="said-again")
            return
        except Refused as refused:
            if refused.code != "database_away":
                raise


@pytest.mark.parametrize("hours", [1, -1])
async def test_server_clock_that_jumps_an_hour_leaves_people_talking(house: House, hours: int) -> None:
    async with house.agent("anna") as anna, house.visitor() as kim:
        chat = (await kim.starts_chat("Hello"))["id"]
        await house.settles()
        await anna.takes(chat)

        house.clock.jump(seconds=hours * HOUR)
        await house.passes(40)
        await kim.says(chat, "Still there?")
        await house.settles()
        if chat not in await anna.holds():  # an hour of silence has ended it, and it begins anew
            await anna.takes_again(chat)
        await anna.says(chat, "Yes")
        await kim.screen.sees("entry_added", lambda told: told["entry"]["text"] == "Yes")

        seen, known = await kim.entries(chat), await anna.entries(chat)
        shown = [told["entry"]["seq"] for told in kim.screen.all("entry_added")]

    assert [entry["id"] for entry in seen] == [entry["id"] for entry in known if entry["audience"] == "customer"]
    assert [entry["text"] for entry in seen if entry["kind"] == "message"] == ["Hello", "Still there?", "Yes"]
    assert shown == sorted(shown)


async def test_visitor_who_is_away_for_a_moment_keeps_his_place_when_the_server_clock_is_set_forward(
    house: House,
) -> None:
    async with house.visitor() as kim:
        chat = (await kim.starts_chat("Hello"))["id"]
        await kim.screen.disconnect()
        await house.passes(60)

        house.clock.jump(seconds=HOUR)
        await house.settles()
        await kim.shows()
        await house.settles()

        async with house.agent("anna") as anna:
            await house.settles()
            await anna.accepts(chat)
