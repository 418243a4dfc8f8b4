"""The page of a call-back's link in a mail."""

from pathlib import Path

from aiohttp import web

from engage.channels.callback import links
from engage.channels.callback.words import PAGE
from engage.sites import link_page

ASSETS = "/call-back-assets/"


def add_page(app: web.Application) -> None:
    app.router.add_get(links.PATH, page)
    app.router.add_static(ASSETS, Path(__file__).parent / "assets")


async def page(request: web.Request) -> web.Response:
    return link_page.scripted(request, "callback/page.html", PAGE)
