"""The servers that other tests rely on: proof that they start, obey and go away."""

import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.services.postgres import PostgresServer, run_postgres
from tests.services.process import ServerFailed, ServerProcess
from tests.services.redis import RedisServer, run_redis
from tests.services.smtp import SmtpServer


def test_postgres_runs_and_gives_each_test_a_database(postgres: PostgresServer) -> None:
    name = postgres.create_database()

    assert postgres.execute("SELECT current_database()", database=name) == name
    postgres.drop_database(name)
    assert postgres.execute(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == "0"


def test_postgres_keeps_what_was_committed_when_it_is_killed() -> None:
    with run_postgres(durable=True) as server:
        server.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('kept')")

        server.kill()
        server.start()

        assert server.execute("SELECT word FROM kept") == "kept"


def test_redis_is_empty_and_at_the_same_address_after_a_restart(redis_server: RedisServer) -> None:
    redis_server.execute("SET word kept")
    url = redis_server.url

    redis_server.restart()

    assert redis_server.url == url
    assert redis_server.execute("GET word") == "$-1"


def test_redis_is_as_new_for_the_next_test_whatever_happened_to_it() -> None:
    with run_redis() as server:
        server.execute("SET word kept")
        server.freeze()
        server.as_new()
        server.kill()
        server.as_new()

        assert server.execute("DBSIZE") == ":0"


async def test_mail_server_keeps_what_it_accepts_and_refuses_what_it_is_told_to(smtp_server: SmtpServer) -> None:
    smtp_server.fail(times=1)
    with pytest.raises(smtplib.SMTPDataError):
        send_mail(smtp_server, "first")
    send_mail(smtp_server, "second")

    (mail,) = await smtp_server.wait_for(1)

    assert (mail.subject, mail.recipients, smtp_server.refused) == ("second", ["anna@example.org"], 1)


@pytest.mark.asyncio(loop_scope="session")
async def test_chromium_draws_a_page(chromium: Browser) -> None:
    page = await chromium.new_page()

    await page.set_content("<h1>Hello</h1>")

    assert await page.inner_text("h1") == "Hello"


def test_process_that_ends_at_the_start_shows_its_log(tmp_path: Path) -> None:
    process = ServerProcess(["sh", "-c", "echo no such port; exit 3"], log=tmp_path / "log", cwd=tmp_path)

    with pytest.raises(ServerFailed, match=r"ended with 3[^$]*no such port"):
        process.wait_until(lambda: False)


def send_mail(server: SmtpServer, subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "care@example.org", "anna@example.org", subject
    message.set_content("Hello")
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        client.send_message(message)
