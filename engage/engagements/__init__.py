"""Engagements: the work of answering, from opened to closed, one pure table of states."""

from aiohttp import web

from engage.engagements import jobs, promises, reactions
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.settings import SETTINGS


def install(app: web.Application) -> None:
    app[BUS].include(reactions.reactions)
    app[JOBS].include(jobs.timers(app[SETTINGS]))
    app[JOBS].include(promises.timers)
