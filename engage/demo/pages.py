"""The demo carrier's website."""

from pathlib import Path

from aiohttp import web

from engage.demo import seed
from engage.kit.templates import TEMPLATES

FOLDER = Path(__file__).parent
PAGES = ("home", "plans", "bill", "support")


def add_pages(app: web.Application) -> None:
    app.router.add_get("/demo", to_home)
    app.router.add_get("/demo/", page)
    app.router.add_get("/demo/{page}", page)
    app.router.add_static("/demo/assets/", FOLDER / "assets")


async def to_home(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/demo/")


async def page(request: web.Request) -> web.Response:
    name = request.match_info.get("page", "home")
    if name not in PAGES:
        raise web.HTTPNotFound
    return request.app[TEMPLATES].page(
        f"demo/{name}.html",
        site_key=seed.SITE_KEY,
        agents=[{"email": email, "name": name} for email, name, _role in seed.AGENTS],
        password=seed.PASSWORD,
        console_url="/console/",
        help_url="/help/",
        page=name,
    )
