"""A server with nothing but sites, agents and self care, for tests of the pages and routes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from engage import selfcare
from engage.access import tokens
from engage.agents.models import Agent, AgentSite, SignIn
from engage.agents.sign_in import COOKIE
from engage.kit.bus import Bus
from engage.kit.clock import ManualClock
from engage.kit.db import Database, Model
from engage.kit.edge import serve_api
from engage.kit.ids import new_id
from engage.kit.problems import problems, security_headers
from engage.kit.rate_limit import RATE_LIMITS, RateLimits
from engage.kit.routes import API, Api
from engage.kit.templates import TEMPLATES, Templates
from engage.kit.unit_of_work import UNITS, UnitOfWork, UnitsOfWork
from engage.selfcare import service
from engage.settings import SETTINGS, Settings
from engage.sites.models import Site

HOURS = {"mon": [["08:00", "18:00"]]}

Client = TestClient[web.Request, web.Application]


def a_site(work: UnitOfWork, key: str, **fields: Any) -> Site:
    defaults: dict[str, Any] = {
        "name": "Nordlink",
        "locale": "en",
        "time_zone": "Europe/Berlin",
        "origins": ["self"],
        "branding": {"accent": "#0f6b5a"},
        "opening_hours": HOURS,
        "mail_from": "care@nordlink.example",
        "privacy_url": None,
    }
    site = Site(id=new_id(), key=key, created_at=work.now, **{**defaults, **fields})
    work.db.add(site)
    return site


async def an_agent(work: UnitOfWork, *sites: Site) -> dict[str, str]:
    """The cookie of an agent of these sites."""
    token = tokens.new_token()
    agent = Agent(
        id=new_id(),
        email="ada@nordlink.example",
        name="Ada",
        password_hash="x",
        presence_since=work.now,
        idle_since=work.now,
    )
    later = work.now.replace(year=work.now.year + 1)
    sign_in = SignIn(
        id=new_id(),
        agent_id=agent.id,
        token_hash=tokens.token_hash(token),
        created_at=work.now,
        expires_at=later,
        user_agent="",
    )
    work.db.add(agent)
    await work.db.flush()
    work.db.add_all([*(AgentSite(agent_id=agent.id, site_id=site.id) for site in sites), sign_in])
    return {COOKIE: token}


@asynccontextmanager
async def serving(url: str) -> AsyncIterator[Client]:
    """A client of a server on an empty database; it opens on Monday, 2 March 2026, at 10 in Berlin."""
    database = Database(Settings(database_url=url).sqlalchemy_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(Model.metadata.create_all)
    app = server(database)
    try:
        async with TestClient(TestServer(app)) as client:
            yield client
    finally:
        await database.close()


def server(database: Database) -> web.Application:
    app = web.Application(middlewares=[problems])
    app.on_response_prepare.append(security_headers)
    clock = ManualClock()
    app[SETTINGS] = Settings()
    app[API] = Api()
    app[TEMPLATES] = Templates()
    app[RATE_LIMITS] = RateLimits(clock)
    app[UNITS] = UnitsOfWork(app, database, clock=clock, bus=Bus())
    selfcare.install(app)
    serve_api(app)
    return app


@asynccontextmanager
async def working(client: Client) -> AsyncIterator[UnitOfWork]:
    """A transaction in the server's database."""
    assert client.app is not None
    async with client.app[UNITS].begin() as work:
        yield work


async def demo_site(client: Client, key: str = "nordlink", **fields: Any) -> Site:
    """A site with the demo carrier's articles."""
    async with working(client) as work:
        site = a_site(work, key, **fields)
        await work.db.flush()
        await service.publish_folder(work, site)
        return site
