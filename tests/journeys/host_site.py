"""Somebody else's website, on an origin of its own, with a policy and a style sheet of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web

from tests.services.process import free_port

Pages: TypeAlias = dict[str, str]

#: what the worst of style sheets do to everything on their page
HOSTILE_STYLE = """
* { all: unset !important; display: none !important; }
html, body, main { display: block !important; }
iframe, button, div { position: static !important; width: 1px !important; transform: scale(9) !important; }
"""


@dataclass
class HostSite:
    """Its pages load the widget of an Engage server; what happened to it is kept in `window.heard`."""

    port: int
    engage_url: str

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def advert_origin(self) -> str:
        """The same server by another name, which is another origin to a browser."""
        return f"http://localhost:{self.port}"

    @property
    def policy(self) -> str:
        """Nothing inline, and nobody but Engage beside itself."""
        return (
            f"default-src 'none'; script-src 'self' {self.engage_url}; connect-src {self.engage_url}; "
            f"frame-src {self.engage_url} {self.advert_origin}; style-src 'self'; img-src 'self'; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
        )

    async def advert(self, _request: web.Request) -> web.Response:
        return web.Response(text="<!doctype html><title>Advert</title>", content_type="text/html")

    async def page(self, _request: web.Request) -> web.Response:
        html = (
            "<!doctype html><html lang=en><title>Somebody's shop</title>"
            "<link rel=stylesheet href=/shop.css><script src=/shop.js></script>"
            f'<script async src="{self.engage_url}/widget.js" data-site=nordlink></script>'
            "<main><h1>Somebody's shop</h1></main>"
        )
        return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": self.policy})

    async def style(self, _request: web.Request) -> web.Response:
        return web.Response(text=HOSTILE_STYLE, content_type="text/css")

    async def script(self, _request: web.Request) -> web.Response:
        names = ["ready", "open", "close", "message", "unread", "queue", "error"]
        listening = "".join(f"Engage.push(['on', '{name}', what => heard.push(['{name}', what])]);" for name in names)
        return web.Response(text=f"window.heard = []; window.Engage = []; {listening}", content_type="text/javascript")


@asynccontextmanager
async def host_site(engage_url: str, *, port: int = 0) -> AsyncIterator[HostSite]:
    site = HostSite(port or free_port(), engage_url)
    app = web.Application()
    app.router.add_get("/shop.css", site.style)
    app.router.add_get("/shop.js", site.script)
    app.router.add_get("/advert", site.advert)
    app.router.add_get("/{page:.*}", site.page)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", site.port).start()
        yield site
    finally:
        await runner.cleanup()
