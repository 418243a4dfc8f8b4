"""Contacts: the visitors of a site, who they turn out to be, and the trail they leave."""

from aiohttp import web

from engage.contacts import api, sockets
from engage.contacts.site_keys import KEY_SETS, KeySets
from engage.kit.bus import BUS
from engage.kit.routes import API
from engage.realtime import REALTIME


def install(app: web.Application) -> None:
    app[KEY_SETS] = KeySets(app)
    app[API].include(api.routes)
    app[BUS].include(sockets.reactions)
    app[REALTIME].include(sockets.sockets)
