"""Pages that a mail's link opens for whoever holds it, without a sign-in: one frame, one look, one policy.

Those with a script have their token behind the #, which no browser sends anywhere: only the script reads it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from engage.kit import languages
from engage.kit.languages import Language
from engage.kit.templates import TEMPLATES

ASSETS, FOLDER = "/link-page-assets/", Path(__file__).parent / "assets"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
SCRIPTED, PLAIN = "script-src 'self'; connect-src 'self'; form-action 'none'", "form-action 'self'"


def language_of(request: web.Request) -> Language:
    """The first of his browser's that we speak."""
    accepted = languages.accepted(request.headers.get("Accept-Language", ""))
    return languages.spoken(languages.first_spoken(accepted, otherwise=languages.FALLBACK))


def scripted(request: web.Request, name: str, words: Mapping[Language, Mapping[str, str]]) -> web.Response:
    """The same for everybody; what it shows comes by the token."""
    language = language_of(request)
    said = words[language]
    page = request.app[TEMPLATES].page(name, language=language, words=said, words_json=json.dumps(said))
    return _guarded(page, SCRIPTED)


def plain(request: web.Request, name: str, *, status: int, **shown: Any) -> web.Response:
    """Of words and buttons only."""
    return _guarded(request.app[TEMPLATES].page(name, status=status, words_json=None, **shown), PLAIN)


def _guarded(page: web.Response, policy: str) -> web.Response:
    page.headers["Content-Security-Policy"] = POLICY + policy
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
