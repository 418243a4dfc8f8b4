"""Contacts: the visitors of a site, who they turn out to be, and the trail they leave."""

from aiohttp import web

from engage.contacts import api, sockets
from engage.contacts.site_keys import KEY_SETS, KeySets
from engage.kit.routes import API


def install(app: web.Application) -> None:
    app[KEY_SETS] = KeySets(app)
    app[API].include(api.routes)
    sockets.install(app)
