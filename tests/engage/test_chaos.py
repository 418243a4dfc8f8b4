"""A hundred cut lines and a killed server between two people who talk: nothing lost, nothing twice, one order."""

import asyncio
from contextlib import AsyncExitStack

from tests.conftest import StartEngage
from tests.engage.correspondent import Correspondent
from tests.people import TestAgent, TestVisitor
from tests.services.engage import EngageProcess
from tests.services.line import Line, run_line

CUTS = 100
NUMBERED = [f"word {n:02}" for n in range(30)]


async def test_words_survive_a_hundred_cut_lines_and_a_killed_server(
    start_engage: StartEngage, demo_database_url: str
) -> None:
    server = start_engage(ENGAGE_DATABASE_URL=demo_database_url)
    is_up = asyncio.Event()
    is_up.set()
    async with (
        run_line(server.port) as kims_line,
        run_line(server.port) as annas_line,
        TestVisitor(kims_line.url) as kim,
        TestAgent(annas_line.url, "anna") as anna,
    ):
        await kim.open_widget()
        chat = await kim.starts_chat("Hello")
        await anna.accepts(chat["id"])
        visitor = Correspondent(kim, "visitor", chat["id"], is_up)
        agent = Correspondent(anna, "agent", chat["id"], is_up)

        async with AsyncExitStack() as screens:
            for each in (visitor, agent):
                await screens.enter_async_context(each.at_his_screen())
            sabotage = asyncio.create_task(cuts(server, is_up, [(kims_line, visitor), (annas_line, agent)]))
            await asyncio.gather(*(talks(each, sabotage) for each in (visitor, agent)))
            await sabotage
            for each in (visitor, agent):
                await each.catches_up()

        seen, known = await visitor.timeline(), await agent.timeline()
        said = [(entry["author"]["kind"], entry["text"]) for entry in seen if entry["kind"] == "message"]
        assert [text for person, text in said if person == "visitor"] == ["Hello", *NUMBERED]
        assert [text for person, text in said if person == "agent"] == NUMBERED
        assert [entry["id"] for entry in visitor.shown] == [entry["id"] for entry in seen]
        assert [entry["id"] for entry in agent.shown] == [entry["id"] for entry in known]
        assert [e["id"] for e in known if e["audience"] == "customer"] == [e["id"] for e in seen]


async def talks(person: Correspondent, sabotage: asyncio.Task[None]) -> None:
    """One word after the other, the last of them when the sabotage is over."""
    for word in NUMBERED[:-1]:
        await person.says(word)
    await asyncio.wait([sabotage])
    await person.says(NUMBERED[-1])


async def cuts(server: EngageProcess, is_up: asyncio.Event, lines: list[tuple[Line, Correspondent]]) -> None:
    """Each line in turn, as soon as whoever hangs on it has found back; half-way the server is killed."""
    for n in range(CUTS):
        line, person = lines[n % len(lines)]
        await person.is_connected.wait()
        person.is_connected.clear()
        line.cut()
        if n == CUTS // 2:
            is_up.clear()
            await asyncio.to_thread(server.restart)
            is_up.set()
