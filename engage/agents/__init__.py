"""Agents: the people who answer. Their sign-in, their presence and capacity."""

from datetime import timedelta

from aiohttp import web

from engage.agents import api, jobs, sockets
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.kit.routes import API
from engage.realtime import REALTIME
from engage.settings import SETTINGS


def install(app: web.Application) -> None:
    grace = timedelta(seconds=app[SETTINGS].presence_grace_seconds)
    app[API].include(api.routes)
    app[BUS].include(sockets.reactions(grace))
    app[JOBS].include(jobs.timers(grace))
    app[REALTIME].include(sockets.sockets)
