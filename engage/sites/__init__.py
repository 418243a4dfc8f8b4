"""Sites are the tenants: each website with its key, origins, look, opening hours and queues."""

from aiohttp import web

from engage.kit.templates import TEMPLATES
from engage.sites import link_page, mails


def install(app: web.Application) -> None:
    app[TEMPLATES].add("sites", mails.TEMPLATE_FOLDER)
    app.router.add_static(link_page.ASSETS, link_page.FOLDER)
