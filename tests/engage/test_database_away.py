"""The database is restarted while people talk: each is told that it is away, and what they wrote arrives afterwards."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest

from engage.demo.seed import PASSWORD
from engage.settings import Settings
from tests.conftest import StartEngage
from tests.people import TestAgent, TestVisitor
from tests.people.visitor import Refused
from tests.screens import compare, hire, run_people
from tests.services.postgres import PostgresServer

SIDES = ["visitor", "agent"]


async def is_told_that_it_is_away(said: Awaitable[object]) -> None:
    with pytest.raises(Refused) as refused:
        await said
    assert (refused.value.status, refused.value.code) == (503, "database_away")


@pytest.mark.timeout(180)
async def test_what_is_written_while_the_database_is_away_is_refused_kept_and_delivered(
    start_engage: StartEngage, postgres: PostgresServer, demo_postgres_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=demo_postgres_url, demo=True)
    server = start_engage(ENGAGE_DATABASE_URL=demo_postgres_url)
    await hire(settings, ["away@nordlink.example"])
    async with run_people(tmp_path / "people") as people:
        emails, urls = ["away@nordlink.example"], [server.url]
        await people.do("begin", agent_url=server.url, visitor_urls=urls, agents=emails, password=PASSWORD)
        async with TestVisitor(server.url) as kim, TestAgent(server.url, "anna") as anna:
            await kim.open_widget()
            chat = (await kim.starts_chat("Hello"))["id"]
            await anna.accepts(chat)
            await kim.says(chat, "plain, and stored")

            await asyncio.to_thread(postgres.stop)
            await people.do("say", sides=SIDES)
            # plain words share a commit; a note, a new conversation and a look take the ordinary way
            for _ in range(2):
                await asyncio.gather(
                    is_told_that_it_is_away(kim.says(chat, "plain", client_id="said-again")),
                    is_told_that_it_is_away(anna.says(chat, "plain too", client_id="answered-again")),
                    is_told_that_it_is_away(anna.notes(chat, "a note")),
                    is_told_that_it_is_away(kim.entries(chat)),
                )
            await people.do("say", sides=SIDES)

            # not in a thread: the server would die with it
            postgres.start()
            await kim.says(chat, "plain", client_id="said-again")
            await anna.says(chat, "plain too", client_id="answered-again")
            said = [entry["text"] for entry in await kim.entries(chat) if entry["kind"] == "message"]
        assert said == ["Hello", "plain, and stored", "plain", "plain too"]

        await compare.become_equal(people, settings)
