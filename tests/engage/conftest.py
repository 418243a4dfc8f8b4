"""Fixtures of the server's own tests."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.house import House
from tests.services.engage import run_command
from tests.services.forks import Forks
from tests.services.postgres import PostgresServer

BuildHouse: TypeAlias = Callable[..., Awaitable[House]]


@pytest.fixture(scope="session")
def demo_postgres(
    worker_postgres: PostgresServer,
    migrated_postgres: str,
    tmp_path_factory: pytest.TempPathFactory,
    forks: Forks | None,
) -> str:
    """Name of the migrated database with the demo carrier, from which tests have copies."""
    name = worker_postgres.create_database(template=migrated_postgres)
    run_command("demo", tmp_path_factory.mktemp("demo"), worker_postgres.url(name), forks)
    return name


@pytest.fixture
def demo_postgres_url(postgres: PostgresServer, demo_postgres: str) -> Iterator[str]:
    name = postgres.create_database(template=demo_postgres)
    yield postgres.url(name)
    postgres.as_new()
    postgres.drop_database(name)


@pytest.fixture(scope="session")
def demo_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, forks: Forks | None) -> Path:
    """The database file with the demo carrier, from which tests have copies."""
    folder = tmp_path_factory.mktemp("demo")
    for file in migrated_sqlite.parent.glob("engage.db*"):
        shutil.copy(file, folder / file.name)
    run_command("demo", folder, f"sqlite+aiosqlite:///{folder / 'engage.db'}", forks)
    return folder / "engage.db"


@pytest.fixture
def demo_sqlite_url(demo_sqlite: Path, tmp_path: Path) -> str:
    for file in demo_sqlite.parent.glob("engage.db*"):
        shutil.copy(file, tmp_path / file.name)
    return f"sqlite+aiosqlite:///{tmp_path / 'engage.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def demo_database_url(request: pytest.FixtureRequest) -> str:
    """A database of the test's own with the demo carrier in it; the test runs on both kinds."""
    return str(request.getfixturevalue(f"demo_{request.param}_url"))


@pytest.fixture
async def build_house(database_url: str, tmp_path: Path) -> AsyncIterator[BuildHouse]:
    """A house with settings of the test's own; whatever went wrong behind the scenes fails the test.

    On SQLite asyncio watches for calls from a wrong thread and for what holds the loop up; on PostgreSQL it would find
    the same, and it takes a third of the time.
    """
    asyncio.get_running_loop().set_debug(database_url.startswith("sqlite"))
    async with AsyncExitStack() as standing:
        houses: list[House] = []

        async def build(**settings: Any) -> House:
            house = await standing.enter_async_context(House(database_url, tmp_path, **settings))
            houses.append(house)
            return house

        yield build
        complaints = [complaint for house in houses for complaint in await house.complaints()]
        assert not complaints, "\n\n".join(complaints)


@pytest.fixture
async def house(build_house: BuildHouse) -> House:
    """The whole server in the test, on both databases, with a clock that only the test moves."""
    return await build_house()
