"""Routing brings each waiting engagement to one agent who may have it: by offer, once, within his capacity."""

from aiohttp import web

from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.routing import centres, offers, reactions, service, waits


def install(app: web.Application) -> None:
    app[BUS].include(reactions.reactions)
    app[JOBS].include(offers.jobs)
    app[JOBS].include(service.jobs)
    app[JOBS].include(waits.timers)
    app[JOBS].include(centres.jobs)
