"""Integrations: what happens here is told to programs of the site's own, by signed webhooks; they call by API keys."""

from aiohttp import web

from engage.integrations import api, deliveries, reactions, webhooks
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.kit.routes import API


def install(app: web.Application) -> None:
    app[API].include(webhooks.routes)
    app[API].include(api.routes)
    app[BUS].include(reactions.reactions)
    app[JOBS].include(deliveries.table)
