"""Routing brings each waiting engagement to one agent who may have it: by offer, once, within his capacity."""

from aiohttp import web

from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.kit.unit_of_work import UNITS
from engage.kit.wakes import WAKES
from engage.routing import centre_watch, centres, offers, overflow, reactions, service, waits
from engage.routing.crowd import Crowd
from engage.routing.dispatcher import WAKE
from engage.settings import SETTINGS


def install(app: web.Application) -> None:
    app[BUS].include(reactions.reactions)
    app[BUS].include(overflow.reactions)
    app[WAKES].on_news(WAKE, app[UNITS].memory.of(Crowd).hear)
    app[JOBS].include(offers.jobs)
    app[JOBS].include(overflow.jobs)
    app[JOBS].include(service.jobs)
    app[JOBS].include(waits.timers)
    app[JOBS].include(centres.jobs)
    watching, looks = centre_watch.watching(app[SETTINGS])
    app[BUS].include(watching)
    app[JOBS].include(looks)
