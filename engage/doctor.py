"""The self-test: asks every part for real and says in words what is ill."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr

import aiohttp
from sqlalchemy import func, select, text

from engage import migrations, round_trip
from engage.app import create_app
from engage.channels.email import trial
from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.smtp import LINES, SmtpPostman, postman
from engage.kit.db import Database
from engage.kit.jobs import Job
from engage.kit.redis import connect
from engage.kit.unit_of_work import UNITS
from engage.settings import Settings

SECONDS = 5
#: a mail may take its time
MAIL_SECONDS = trial.SECONDS + SECONDS
#: work that waits longer waits for a worker
OVERDUE = timedelta(minutes=2)


@dataclass(frozen=True)
class Finding:
    part: str
    well: bool
    detail: str


@dataclass(frozen=True)
class Question:
    """What is to be looked at."""

    settings: Settings
    #: running servers; none is the one of the settings
    urls: Sequence[str] = ()
    #: gets a real mail
    mail_to: str | None = None
    #: a mailbox of ours that sends itself a mail
    mailbox: str | None = None
    #: nothing else is looked at; all when empty
    parts: Sequence[str] = ()

    @property
    def servers(self) -> Sequence[str]:
        return self.urls or [self.settings.public_url or f"http://127.0.0.1:{self.settings.port}"]


async def examine(question: Question) -> list[Finding]:
    """One finding a part, whatever happens in it. Raises KeyError for a part that there is not."""
    wanted = question.parts or list(PARTS)
    return [await _find(part, PARTS[part], question) for part in wanted]


async def _find(part: str, ask: "Ask", question: Question) -> Finding:
    try:
        patience = MAIL_SECONDS if ask is _mail_round else SECONDS
        return Finding(part, True, await asyncio.wait_for(ask(question), patience))
    except Exception as problem:  # noqa: BLE001  # whatever it is, it is the finding
        cause = problem.__cause__ or problem
        return Finding(part, False, f"{type(cause).__name__}: {cause}".strip(": "))


async def _database(question: Question) -> str:
    database = Database(question.settings.sqlalchemy_url)
    try:
        async with database.writing() as session:
            await session.execute(text("SELECT 1"))
    finally:
        await database.close()
    return f"{database.engine.dialect.name} answers"


async def _migrations(question: Question) -> str:
    now, newest = await asyncio.to_thread(migrations.current, question.settings), migrations.newest()
    if now != newest:
        raise RuntimeError(f"the database is at {now}, this program wants {newest}: run `engage migrate`")
    return f"at {now}"


async def _outbox(question: Question) -> str:
    """What was given up lies in the table until somebody looks: this is somebody."""
    database = Database(question.settings.sqlalchemy_url)
    try:
        async with database.reading() as session:
            waiting = await session.scalar(select(func.count()).where(Job.dead_at.is_(None), Job.due_at < func.now()))
            dead = await session.scalar(select(func.count()).where(Job.dead_at.is_not(None)))
            oldest = await session.scalar(select(func.min(Job.due_at)).where(Job.dead_at.is_(None)))
    finally:
        await database.close()
    if dead:
        raise RuntimeError(f"{dead} dead letters; the column last_error of the table jobs says why")
    if oldest is not None and datetime.now(UTC) - oldest > OVERDUE:
        raise RuntimeError(f"{waiting} due, the oldest since {oldest:%H:%M:%S} UTC: does `engage work` run?")
    return f"{waiting} due, none dead"


async def _redis(question: Question) -> str:
    redis = connect(question.settings.redis_url)
    if redis is None:
        return "not set: one process works alone"
    async with redis:
        await redis.ping()
    return "answers"


async def _mail(question: Question) -> str:
    settings = question.settings
    if settings.smtp_url is None:
        return "not set: mails are kept and readable in the console"
    to = postman(settings.smtp_url.get_secret_value())
    if not isinstance(to, SmtpPostman):
        return "kept"
    if question.mail_to is not None:
        sender = parseaddr(settings.mail_from)[1]
        await to.send(_test_mail(settings, question.mail_to), sender=sender, recipients=[question.mail_to])
        return f"a mail to {question.mail_to} was taken"
    line = await to.dial()
    line.close()
    return "the server answers; --mail-to sends a mail"


async def _mail_in(question: Question) -> str:
    """Mailboxes that are well, no mail that waits for a person or for a worker, and doors that are open."""
    return "; ".join([await _mailboxes(question.settings), *[await _door(*each) for each in _doors(question.settings)]])


async def _mailboxes(settings: Settings) -> str:
    database = Database(settings.sqlalchemy_url)
    try:
        async with database.reading() as session:
            boxes = list(await session.scalars(select(Mailbox).where(Mailbox.is_on).order_by(Mailbox.address)))
            counts = select(RawMail.state, func.count(), func.min(RawMail.received_at)).group_by(RawMail.state)
            mails = {state: (count, since) for state, count, since in await session.execute(counts)}
    finally:
        await database.close()
    ill = [f"{each.address}: {each.trouble}" for each in boxes if each.trouble]
    if "dead_letter" in mails:
        ill.append(f"{mails['dead_letter'][0]} dead letters; the console lists them with their reasons")
    count, since = mails.get("stored", (0, None))
    if since is not None and datetime.now(UTC) - since > OVERDUE:
        ill.append(f"{count} mails wait to be filed since {since:%H:%M:%S} UTC: does `engage work` run?")
    if ill:
        raise RuntimeError("; ".join(ill))
    return f"{len(boxes)} mailboxes, no trouble, {count} mails to be filed"


def _doors(settings: Settings) -> list[tuple[str, str, int]]:
    ports = (("SMTP", settings.mail_smtp_port), ("LMTP", settings.mail_lmtp_port))
    return [(name, settings.mail_host, port) for name, port in ports if port]


async def _door(name: str, host: str, port: int) -> str:
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except OSError as problem:
        raise RuntimeError(f"nobody takes mail by {name} on port {port}: does `engage work` run?") from problem
    try:
        greeting = await reader.readline()
    finally:
        writer.close()
    if not greeting.startswith(b"220"):
        raise RuntimeError(f"{name} on port {port} says {greeting.decode(errors='replace').strip()}")
    return f"{name} is open on port {port}"


async def _mail_round(question: Question) -> str:
    """Out by the site's mail server, in by its mailbox, and filed by whoever files."""
    if question.mailbox is None:
        return "not tried; --mailbox sends a mail round"
    app = create_app(question.settings, role="web")
    try:
        return f"a mail to {question.mailbox} came back after {await trial.seconds(app, question.mailbox):.1f} s"
    finally:
        app[LINES].close()
        await app[UNITS].database.close()


def _test_mail(settings: Settings, recipient: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, recipient, "Engage can send mail"
    mail.set_content(f"`engage doctor` of {settings.own_url} has sent this.")
    return mail


async def _front_ends(question: Question) -> str:
    wanted = ("widget/widget.js", "widget/manifest.json", "console/manifest.json")
    missing = [each for each in wanted if not (question.settings.static_dir / each).exists()]
    if missing:
        raise RuntimeError(f"not built: {', '.join(missing)}; run `make run`")
    return "built"


async def _server(question: Question) -> str:
    """Each running server answers, and its sockets are open."""
    states = [await _state_of(url) for url in question.servers]
    if question.urls and (silent := [state for state in states if state.startswith("none")]):
        raise RuntimeError("; ".join(silent))
    return "; ".join(states)


async def _state_of(url: str) -> str:
    try:
        async with aiohttp.ClientSession(url) as browser, browser.get("/health/ready") as ready:
            found = await ready.json()
    except aiohttp.ClientConnectorError:
        return f"none runs at {url}"
    if found["problems"]:
        raise RuntimeError(f"{url}: {found['problems']}")
    return f"ready at {url}"


async def _round_trip(question: Question) -> str:
    """A socket at each server hears what another process says: this one."""
    taken = []
    for url in question.servers:
        try:
            taken.append(f"{await round_trip.milliseconds(url, question.settings):.0f} ms from here to {url}")
        except aiohttp.ClientConnectorError:
            taken.append(f"none runs at {url}")
    return "; ".join(taken)


Ask = Callable[[Question], Awaitable[str]]
PARTS: dict[str, Ask] = {
    "database": _database,
    "migrations": _migrations,
    "outbox": _outbox,
    "redis": _redis,
    "mail": _mail,
    "mail in": _mail_in,
    "mail round": _mail_round,
    "front ends": _front_ends,
    "server": _server,
    "sockets": _round_trip,
}
