"""The loader script and the page inside the widget's frame."""

import json
from pathlib import Path

from aiohttp import web

from engage.kit import front_end
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.settings import SETTINGS
from engage.sites import origins
from engage.sites import service as sites
from engage.sites.errors import UnknownSite
from engage.sites.models import Site

LOADER_AGE_SECONDS = 300


def add_pages(app: web.Application) -> None:
    app.router.add_get("/widget.js", loader)
    app.router.add_get("/widget/frame/{key}", frame)
    app.router.add_get("/chat/{key}", frame)
    app.router.add_get("/try/{key}", try_out)
    app.router.add_static("/try-assets/", Path(__file__).parent / "assets")
    built = app[SETTINGS].static_dir / "widget"
    built.mkdir(parents=True, exist_ok=True)
    app.router.add_static("/static/widget/", built)


async def loader(request: web.Request) -> web.StreamResponse:
    """The pasted script: the same for all sites, revalidated every few minutes."""
    response = web.FileResponse(request.app[SETTINGS].static_dir / "widget" / "widget.js")
    response.headers["Cache-Control"] = f"public, max-age={LOADER_AGE_SECONDS}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


async def frame(request: web.Request) -> web.Response:
    """The chat's page, in a frame or in a window of its own; only the site's own origins may show it in a frame."""
    async with request.app[UNITS].read() as work:
        site = await sites.by_key(work, request.match_info["key"])
    entry = front_end.entry(request.app[SETTINGS].static_dir / "widget" / "manifest.json")
    own = sites.own_origin(request)
    allowed = [own if each == origins.SELF else each for each in site.origins]
    response = request.app[TEMPLATES].page(
        "webchat/frame.html",
        site=site,
        entry=entry,
        origins=json.dumps(allowed),
        languages=[locale for locale in (site.locale, *site.locales) if site.texts.get(locale)],
    )
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        f"font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {origins.frame_ancestors(site.origins)}"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


async def try_out(request: web.Request) -> web.Response:
    """A page of ours with a site's widget: for an admin without a website at hand, and for the look's preview."""
    async with request.app[UNITS].read() as work:
        site = await _site_or_nothing(work, request.match_info["key"])
    response = request.app[TEMPLATES].page("webchat/try.html", site=site, is_preview="preview" in request.query)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


async def _site_or_nothing(work: UnitOfWork, key: str) -> Site:
    try:
        return await sites.by_key(work, key)
    except UnknownSite as problem:
        raise web.HTTPNotFound(text=problem.detail) from problem
