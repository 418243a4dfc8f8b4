"""The composition root: settings in, an aiohttp application out. Names every slice once, in import order."""

import asyncio
from collections.abc import AsyncIterator
from typing import Literal

from aiohttp import web
from sqlalchemy import text

from engage import (
    administration,
    agents,
    channels,
    console,
    contacts,
    conversations,
    demo,
    engagements,
    integrations,
    realtime,
    routing,
    selfcare,
    sites,
    supervision,
)
from engage.access import probe
from engage.access.tokens import SIGNER, Signer, load_secret
from engage.kit import edge, health, idempotency, tracing, vitals, wake_lines
from engage.kit.afterwards import AFTERWARDS, Afterwards
from engage.kit.bus import BUS, Bus, Reactions
from engage.kit.clock import CLOCK, Clock, SystemClock
from engage.kit.compression import pack_files
from engage.kit.db import Database
from engage.kit.health import HEALTH, HealthChecks
from engage.kit.jobs import JOBS, JobEnqueued, JobRunner
from engage.kit.outgoing import OUTGOING, Outgoing
from engage.kit.problems import problems, security_headers
from engage.kit.rate_limit import RATE_LIMITS, RateLimits
from engage.kit.redis import REDIS, connect
from engage.kit.routes import API, Api
from engage.kit.secrets import VAULT, Vault
from engage.kit.templates import TEMPLATES, Templates
from engage.kit.unit_of_work import UNITS, UnitsOfWork
from engage.kit.wakes import WAKES, Wakes
from engage.realtime import REALTIME
from engage.realtime.background import running
from engage.routing import dispatcher, stand_in
from engage.settings import SETTINGS, Settings
from engage.wire_format import add_documents

#: serve does everything; web answers people; work does what is due
Role = Literal["serve", "web", "work"]
SLICES = (
    realtime,
    sites,
    contacts,
    agents,
    conversations,
    engagements,
    routing,
    selfcare,
    channels,
    console,
    supervision,
    integrations,
    administration,
)


#: of a JSON body or a form; files are read in pieces against a limit of their own
MOST_BODY_BYTES = 256 * 1024
#: in which a mail that came by a pipe is seen
PIPE_SECONDS = 5.0


def create_app(settings: Settings, *, role: Role = "serve", clock: Clock | None = None) -> web.Application:
    app = web.Application(middlewares=[problems, pack_files], client_max_size=MOST_BODY_BYTES)
    _install_kit(app, settings, clock or SystemClock())
    for each in SLICES:
        each.install(app)
    app[REALTIME].include(probe.sockets)
    if settings.demo:
        demo.install(app)
    edge.serve_api(app)
    add_documents(app)
    _add_operations(app)
    if role in ("serve", "work"):
        if settings.routing != "pulled":
            dispatcher.start(app)
        app.cleanup_ctx.append(_working)
        channels.begin_work(app)
    stand_in.install(app, does_jobs=role == "web")
    app.cleanup_ctx.append(_hearing)
    return app


def _install_kit(app: web.Application, settings: Settings, clock: Clock) -> None:
    app[SETTINGS], app[CLOCK], app[BUS] = settings, clock, Bus()
    if settings.sqlalchemy_url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.sqlalchemy_url, patience_seconds=settings.database_seconds)
    app[UNITS] = UnitsOfWork(app, database, clock=clock, bus=app[BUS])
    app[API], app[HEALTH], app[TEMPLATES] = Api(), HealthChecks(), Templates()
    secret = load_secret(settings)
    app[RATE_LIMITS], app[SIGNER], app[VAULT] = RateLimits(clock), Signer(secret), Vault(secret)
    app[OUTGOING] = Outgoing(settings.outgoing_allow)
    app[REDIS] = connect(settings.redis_url)
    app[WAKES] = Wakes(wake_lines.line(app[REDIS], database.engine))
    # beside a SQLite file only a pipe's mails come by another process, which has no way to call
    poll = max(settings.work_poll_seconds, PIPE_SECONDS) if database.is_sqlite else settings.work_poll_seconds
    app[JOBS] = JobRunner(app, app[UNITS], poll_seconds=poll)
    app[JOBS].include(idempotency.table)
    app[AFTERWARDS], app[vitals.COUNTS] = Afterwards(app[UNITS]), []
    app[BUS].include(_wake_ups())
    app[HEALTH].add("database", lambda: _database_problem(database))
    tracing.install(app, settings.otlp_url, database.engine)
    app.cleanup_ctx.append(_resources)
    app.on_response_prepare.append(security_headers)


def _wake_ups() -> Reactions:
    reactions = Reactions()

    @reactions.after_commit(JobEnqueued)
    async def wake(app: web.Application, event: JobEnqueued) -> None:
        if app[JOBS].expect(event):
            app[WAKES].call("jobs", event.news)

    return reactions


async def _resources(app: web.Application) -> AsyncIterator[None]:
    teller = asyncio.create_task(app[WAKES].tell(), name="wake-up calls")
    yield
    teller.cancel()
    await asyncio.gather(teller, return_exceptions=True)
    if (redis := app[REDIS]) is not None:
        await redis.aclose()
    await app[UNITS].database.close()


async def _working(app: web.Application) -> AsyncIterator[None]:
    """Does what is due, until the application stops; what is in hand then is done by whoever comes next."""
    app[WAKES].on_news("jobs", app[JOBS].wake)
    async with running(app[JOBS].run()):
        yield


async def _hearing(app: web.Application) -> AsyncIterator[None]:
    """Wake-up calls of other processes, once everybody has said what may wake him."""
    async with running(app[WAKES].listen(), app[AFTERWARDS].run(), vitals.beat()):
        yield


async def _database_problem(database: Database) -> str | None:
    async with database.reading() as session:
        await session.execute(text("SELECT 1"))
    return None


def _add_operations(app: web.Application) -> None:
    app.router.add_get("/health/live", health.live)
    app.router.add_get("/health/ready", health.ready)
    app.router.add_get("/metrics", vitals.answer)
    app.router.add_get("/", _front_door)


async def _front_door(request: web.Request) -> web.Response:
    raise web.HTTPFound("/demo/" if request.app[SETTINGS].demo else "/help/")
