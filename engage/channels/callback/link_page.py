"""The page of a mail's link: the token stands behind the #, and only the page's own script reads it."""

import json
from pathlib import Path

from aiohttp import web

from engage.channels.callback import links
from engage.channels.callback.words import PAGE
from engage.kit import languages
from engage.kit.templates import TEMPLATES

ASSETS = "/call-back-assets/"


def add_page(app: web.Application) -> None:
    app.router.add_get(links.PATH, page)
    app.router.add_static(ASSETS, Path(__file__).parent / "assets")


async def page(request: web.Request) -> web.Response:
    """The same for everybody; what it shows comes by the token."""
    accepted = languages.accepted(request.headers.get("Accept-Language", ""))
    language = languages.spoken(languages.first_spoken(accepted, otherwise=languages.FALLBACK))
    words = PAGE[language]
    response = request.app[TEMPLATES].page(
        "callback/page.html", language=language, words=words, words_json=json.dumps(words)
    )
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
