"""The operator's commands, as he runs them."""

import json
import socket
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from openapi_spec_validator import validate
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

import engage.app  # noqa: F401  # imports every slice, and with it every table
from engage import channels, migrations
from engage.kit.db import Model
from engage.settings import Settings
from tests.conftest import StartEngage
from tests.services.engage import EngageProcess, run_command
from tests.services.forks import Forks
from tests.services.process import free_port
from tests.services.smtp import SmtpServer

for name in Settings.model_fields["channels"].default:
    channels.load(name)


async def differences(database_url: str) -> list[object]:
    def compare(connection: Connection) -> list[object]:
        options = {"compare_type": True, "include_name": is_a_model_s}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Model.metadata))

    database = create_async_engine(database_url)
    try:
        async with database.connect() as connection:
            return await connection.run_sync(compare)
    finally:
        await database.dispose()


def is_a_model_s(name: str | None, _kind: str, _parents: object) -> bool:
    """The search's own tables and index are written in the words of each database, not as models."""
    return name is None or not name.startswith(
        ("kb_search", "ix_kb_articles_vector", "timeline_search", "ix_timeline_search")
    )


async def test_migrated_database_is_what_the_models_say(database_url: str) -> None:
    assert await differences(database_url) == []


async def test_comparison_would_notice_a_missing_table(empty_sqlite_url: str) -> None:
    assert await differences(empty_sqlite_url) != []


# in processes that nobody has warmed, as is whoever finds his port taken
def test_migrating_twice_changes_nothing_and_says_the_version(tmp_path: Path, empty_database_url: str) -> None:
    first = run_command("migrate", tmp_path, empty_database_url)
    both = run_command("migrate", tmp_path, empty_database_url)

    assert f"Database is at {migrations.newest()}." in first
    assert both.count(f"Database is at {migrations.newest()}.") == 2


def test_two_that_migrate_at_one_moment_do_not_hurt_each_other(
    start_engage: StartEngage, empty_postgres_url: str
) -> None:
    first = start_engage(ENGAGE_DATABASE_URL=empty_postgres_url)
    second = start_engage(ENGAGE_DATABASE_URL=empty_postgres_url)

    assert first.is_ready()
    assert second.is_ready()


def test_demo_seeds_once(tmp_path: Path, empty_sqlite_url: str, forks: Forks | None) -> None:
    for _ in range(2):
        run_command("demo", tmp_path, empty_sqlite_url, forks)

    with sqlite3.connect(tmp_path / "empty.db") as database:
        sites = database.execute("SELECT key FROM sites").fetchall()
        agents = database.execute("SELECT name FROM agents ORDER BY name").fetchall()
    database.close()
    assert sites == [("nordlink",)]
    assert agents == [("Anna",), ("Ben",), ("Chiara",)]


def test_types_are_one_valid_document_with_every_error_described(tmp_path: Path) -> None:
    document = json.loads(run_command("types", tmp_path, "sqlite:///never-opened.db"))

    validate(document)
    assert "EntryAddedForVisitor" in document["components"]["schemas"]
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert all("default" in operation["responses"] for operation in operations)


@pytest.fixture
def examined(start_engage: StartEngage, sqlite_url: str, redis_url: str, smtp_server: SmtpServer) -> EngageProcess:
    return start_engage(ENGAGE_DATABASE_URL=sqlite_url, ENGAGE_REDIS_URL=redis_url, ENGAGE_SMTP_URL=smtp_server.url)


def test_doctor_finds_a_whole_server_well(examined: EngageProcess, smtp_server: SmtpServer) -> None:
    told = examined.command("doctor", "--url", examined.url, "--mail-to", "ops@carrier.example")

    assert set(findings(told).values()) == {"well"}, told
    assert f"ms from here to {examined.url}" in told
    assert [mail.recipients for mail in smtp_server.mails] == [["ops@carrier.example"]]


def test_doctor_is_asked_for_one_part_and_tells_a_server_that_is_another_s(
    examined: EngageProcess, forks: Forks | None
) -> None:
    stranger = EngageProcess(examined.folder, examined.settings | {"ENGAGE_SECRET": "another"}, forks=forks)

    alone = findings(examined.command("doctor", "database"))
    told = stranger.command("doctor", "sockets", "--url", examined.url, code=1)

    assert alone == {"database": "well"}
    assert "ENGAGE_SECRET" in told


def test_doctor_names_what_is_ill(tmp_path: Path, sqlite_url: str, forks: Forks | None) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    settings = {"ENGAGE_REDIS_URL": f"redis://{nobody}", "ENGAGE_SMTP_URL": f"smtp://{nobody}"}
    server = EngageProcess(tmp_path, settings | {"ENGAGE_DATABASE_URL": sqlite_url}, forks=forks)

    told = findings(server.command("doctor", code=1))

    assert (told["redis"], told["mail"], told["database"], told["migrations"]) == ("ill", "ill", "well", "well")


def test_doctor_sends_who_has_not_migrated_to_the_right_command(
    tmp_path: Path, empty_sqlite_url: str, forks: Forks | None
) -> None:
    server = EngageProcess(tmp_path, {"ENGAGE_DATABASE_URL": empty_sqlite_url}, forks=forks)

    assert "engage migrate" in " ".join(server.command("doctor", code=1).split())


def test_doctor_sends_a_mail_round_the_whole_loop_and_it_is_nobodys_work(start_engage: StartEngage) -> None:
    port = str(free_port())
    ways = {"ENGAGE_MAIL_SMTP_PORT": port, "ENGAGE_SMTP_URL": f"smtp://127.0.0.1:{port}"}
    engage = start_engage(ENGAGE_DEMO="1", ENGAGE_DEMO_MAILS="1", **ways)

    told = engage.command("doctor", "mail round", "--mailbox", "support@nordlink.example")
    unknown = engage.command("doctor", "mail round", "--mailbox", "nobody@nordlink.example", code=1)

    assert findings(told) == {"mail round": "well"}, told
    assert "there is no mailbox nobody@nordlink.example" in " ".join(unknown.split())
    with sqlite3.connect(engage.folder / "engage.db") as database:
        trial = "SELECT state, conversation_id FROM raw_mails WHERE subject LIKE 'Trial of the mailbox%'"
        assert database.execute(trial).fetchall() == [("dropped_by_rule", None)]
    database.close()


def findings(told: str) -> dict[str, str]:
    """State by part, from the table that was drawn."""
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in told.splitlines() if "│" in line]
    return {row[0]: row[1] for row in rows if row[0]}


def test_taken_port_is_said_and_the_next_one_used(tmp_path: Path, sqlite_url: str) -> None:
    server = EngageProcess(tmp_path, {"ENGAGE_DATABASE_URL": sqlite_url})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", server.port))
        taken.listen()
        server.url = f"http://127.0.0.1:{server.port + 1}"
        try:
            server.start()
        finally:
            server.kill()

    assert f"Port {server.port} is taken; using {server.port + 1}." in server.log


def test_setting_that_is_wrong_is_named(tmp_path: Path, forks: Forks | None) -> None:
    server = EngageProcess(tmp_path, {"ENGAGE_LOG_LEVEL": "loud"}, forks=forks)

    assert "log_level" in server.command("migrate", code=1)
