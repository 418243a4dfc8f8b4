"""The console's page: one for every address below it, the app in the browser does the rest."""

from pathlib import Path

from aiohttp import web

from engage.console import side_panel
from engage.kit import front_end
from engage.kit.templates import TEMPLATES
from engage.settings import SETTINGS

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
ASSET_FOLDER = Path(__file__).parent / "assets"


def add_pages(app: web.Application) -> None:
    app.router.add_get("/console", to_console)
    app.router.add_static("/console/assets/", ASSET_FOLDER)
    app.router.add_get("/favicon.ico", to_icon)
    app.router.add_get("/console/side-panel/{conversation_id}", side_panel.frame)
    app.router.add_get("/console/{rest:.*}", console)
    built = app[SETTINGS].static_dir / "console"
    built.mkdir(parents=True, exist_ok=True)
    app.router.add_static("/static/console/", built)


async def to_console(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/console/")


async def to_icon(_request: web.Request) -> web.Response:
    raise web.HTTPMovedPermanently("/console/assets/icon.svg")


async def console(request: web.Request) -> web.Response:
    entry = front_end.entry(request.app[SETTINGS].static_dir / "console" / "manifest.json")
    response = request.app[TEMPLATES].page("console/console.html", entry=entry)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response
