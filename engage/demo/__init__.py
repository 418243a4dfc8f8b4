"""The demo: a carrier's website with the widget on it, agents who can sign in, and articles to find."""

from aiohttp import web

from engage.demo import pages
from engage.kit.templates import TEMPLATES


def install(app: web.Application) -> None:
    app[TEMPLATES].add("demo", pages.FOLDER / "templates")
    pages.add_pages(app)
