"""Administration: what a site's admin sets up in the console, with every act in the audit log."""

from aiohttp import web

from engage.administration import (
    api_keys,
    audit_log,
    canned_replies,
    identity,
    labels,
    look,
    opening_hours,
    outcomes,
    sites,
)
from engage.kit.routes import API


def install(app: web.Application) -> None:
    for noun in (
        sites,
        look,
        opening_hours,
        outcomes,
        canned_replies,
        labels,
        identity,
        api_keys,
        audit_log,
    ):
        app[API].include(noun.routes)
