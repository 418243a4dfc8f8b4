"""Fixtures every test may ask for: real servers, one set a worker, each test with a database of its own.

`database_url` runs a test twice, on SQLite and on PostgreSQL; `sqlite_url` and `postgres_url` are one of the two.
Servers start when the first test asks for them and are gone when the run ends.
"""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.services import memory
from tests.services.certificates import Certificates
from tests.services.certificates import make as make_certificates
from tests.services.chromium import Chromium, lasting_chromium
from tests.services.dovecot import DovecotServer, run_dovecot
from tests.services.engage import EngageProcess, migrate
from tests.services.forks import Forks, run_forks
from tests.services.postgres import PostgresServer, run_postgres
from tests.services.redis import RedisServer, run_redis
from tests.services.smtp import SmtpServer, run_smtp

StartEngage: TypeAlias = Callable[..., EngageProcess]

#: characters of a failure that was made good
MOST_SAID = 20_000
#: a test that asks for one of these waits by the wall clock for a program beside it
BESIDE_US = {"start_engage", "start_node", "dovecot", "own_dovecot", "smtp_server", "redis_server", "chromium"}

memory.holds_temporary_files()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with programs beside it that fails is played once more, and the run names it: a starved machine breaks one
    in some thousands.

    What fails twice fails. What runs in the test alone, with the test's own clock, has one chance.
    """
    for item in items:
        if isinstance(item, pytest.Function) and not BESIDE_US.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What failed and was played once more says why: it may be a race that people meet too."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"RERUN {report.nodeid}")
        for name, text in (("", report.longreprtext), *report.sections):
            terminalreporter.line(f"{name}\n{text[-MOST_SAID:]}")


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks | None]:
    with run_forks() as forks:
        yield forks


@pytest.fixture(scope="session")
def worker_postgres() -> Iterator[PostgresServer]:
    with run_postgres() as server:
        yield server


@pytest.fixture
def postgres(worker_postgres: PostgresServer) -> PostgresServer:
    """Running at the start of the test, which may stop or kill it."""
    worker_postgres.as_new()
    return worker_postgres


@pytest.fixture(scope="session")
def migrated_postgres(
    worker_postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory, forks: Forks | None
) -> str:
    """Name of the database that each test's own is copied from."""
    name = worker_postgres.create_database()
    migrate(tmp_path_factory.mktemp("migrate"), worker_postgres.url(name), forks)
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory, forks: Forks | None) -> Path:
    """The database file that each test's own is copied from."""
    folder = tmp_path_factory.mktemp("migrate")
    file = folder / "engage.db"
    migrate(folder, f"sqlite+aiosqlite:///{file}", forks)
    return file


@pytest.fixture
def postgres_url(postgres: PostgresServer, migrated_postgres: str) -> Iterator[str]:
    name = postgres.create_database(template=migrated_postgres)
    yield postgres.url(name)
    postgres.as_new()
    postgres.drop_database(name)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    for file in migrated_sqlite.parent.glob("engage.db*"):  # with what still stands in its write-ahead log
        shutil.copy(file, tmp_path / file.name)
    return f"sqlite+aiosqlite:///{tmp_path / 'engage.db'}"


@pytest.fixture
def empty_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.as_new()
    postgres.drop_database(name)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of the test's own; the test runs on both kinds."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without a single table; the test runs on both kinds."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture(scope="session")
def worker_redis() -> Iterator[RedisServer]:
    with run_redis() as server:
        yield server


@pytest.fixture
def redis_server(worker_redis: RedisServer) -> RedisServer:
    """Running and empty at the start of the test, which may do to it what it likes."""
    worker_redis.as_new()
    return worker_redis


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    return redis_server.url


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def worker_dovecot(certificates: Certificates) -> Iterator[DovecotServer]:
    with run_dovecot(certificates) as server:
        yield server


@pytest.fixture
def dovecot(worker_dovecot: DovecotServer) -> DovecotServer:
    """A mail server for IMAP; each test makes accounts of its own."""
    return worker_dovecot


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    with run_smtp() as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def worker_chromium() -> AsyncIterator[Chromium]:
    async with lasting_chromium() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(worker_chromium: Chromium) -> AsyncIterator[Browser]:
    """A browser in which nobody is yet; `await chromium.new_context()` for each person. The test needs its loop:
    `pytest.mark.asyncio(loop_scope="session")`.
    """
    browser = await worker_chromium.as_new()
    yield browser
    for context in browser.contexts:
        await context.close()


@pytest.fixture
def start_engage(tmp_path: Path, forks: Forks | None) -> Iterator[StartEngage]:
    """Starts as many processes as the test asks for: `start_engage(role="web", ENGAGE_REDIS_URL=redis_url)`."""
    with ExitStack() as running:

        def start(*, role: str = "serve", **settings: str) -> EngageProcess:
            process = EngageProcess(tmp_path, settings, role=role, forks=forks)
            running.callback(process.kill)
            process.start()
            return process

        yield start


@pytest.fixture
def engage(start_engage: StartEngage, sqlite_url: str) -> EngageProcess:
    """The whole program in one process on SQLite, without the demo."""
    return start_engage(ENGAGE_DATABASE_URL=sqlite_url)


@pytest.fixture
def engage_demo(start_engage: StartEngage) -> EngageProcess:
    """As after `make run`: SQLite in its own folder, with the demo carrier's site and agents."""
    return start_engage(ENGAGE_DEMO="1")
