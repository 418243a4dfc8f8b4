"""A backup taken while people talk, restored elsewhere: what was stored by then is there, and the talk goes on."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import StartEngage
from tests.people import TestVisitor
from tests.services.engage import EngageProcess
from tests.services.postgres import PostgresServer

#: from the running server's database, and the folder of the copy: the copy's address
Backup = Callable[[str, Path], str]


@pytest.fixture
def sqlite_backup() -> Backup:
    def take(url: str, folder: Path) -> str:
        with (
            closing(sqlite3.connect(urlsplit(url).path)) as running,
            closing(sqlite3.connect(folder / "engage.db")) as copy,
        ):
            running.backup(copy, pages=50)
        return f"sqlite+aiosqlite:///{folder / 'engage.db'}"

    return take


@pytest.fixture
def postgres_backup(postgres: PostgresServer) -> Iterator[Backup]:
    made: list[str] = []

    def take(url: str, folder: Path) -> str:
        postgres.dump(urlsplit(url).path.removeprefix("/"), folder / "engage.dump")
        made.append(postgres.restore(folder / "engage.dump"))
        return postgres.url(made[0])

    yield take
    for name in made:
        postgres.drop_database(name)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_backup_under_traffic_is_whole_and_the_talk_goes_on_from_it(
    kind: str, request: pytest.FixtureRequest, start_engage: StartEngage, tmp_path: Path
) -> None:
    url: str = request.getfixturevalue(f"demo_{kind}_url")
    take: Backup = request.getfixturevalue(f"{kind}_backup")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    server = start_engage(ENGAGE_DATABASE_URL=url)
    async with TestVisitor(server.url) as kim:
        chat = (await kim.starts_chat("Hello"))["id"]
        talking = asyncio.create_task(talks(kim, chat))
        while len(before := await kim.entries(chat)) < 10:
            pass
        copy_url = await asyncio.to_thread(take, url, elsewhere)
        shutil.copy(tmp_path / "secret", elsewhere)
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
        everything = await kim.entries(chat)

        restored = EngageProcess(elsewhere, {"ENGAGE_DATABASE_URL": copy_url})
        restored.start()
        try:
            kim.url = restored.url
            kept = await kim.entries(chat)
            added = await kim.says(chat, "And on")
        finally:
            restored.kill()

    assert len(before) <= len(kept)
    assert kept == everything[: len(kept)]
    assert added["seq"] == len(kept) + 1


async def talks(kim: TestVisitor, chat: str) -> None:
    for number in range(40):
        await kim.says(chat, f"word {number}")
