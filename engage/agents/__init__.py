"""Agents: the people who answer. Their sign-in, their presence and capacity."""

from datetime import timedelta

from aiohttp import web

from engage.access.lockout import LOCKOUTS, Lockouts
from engage.agents import account_api, api, entrance_api, jobs, link_api, sockets, sso_api
from engage.agents.single_sign_on import RETURN_PATH
from engage.kit.bus import BUS
from engage.kit.clock import CLOCK
from engage.kit.jobs import JOBS
from engage.kit.routes import API
from engage.realtime import REALTIME
from engage.settings import SETTINGS


def install(app: web.Application) -> None:
    grace = timedelta(seconds=app[SETTINGS].presence_grace_seconds)
    app[LOCKOUTS] = Lockouts(app[CLOCK])
    for routes in (api.routes, entrance_api.routes, link_api.routes, sso_api.routes, account_api.routes):
        app[API].include(routes)
    app.router.add_get(RETURN_PATH, sso_api.come_back)
    app[BUS].include(sockets.reactions(grace))
    app[JOBS].include(jobs.timers(grace))
    app[REALTIME].include(sockets.sockets)
