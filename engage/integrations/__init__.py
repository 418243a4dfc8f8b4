"""Integrations: what happens here is told to programs of the site's own, by signed webhooks."""

from aiohttp import web

from engage.integrations import models  # noqa: F401  # its tables


def install(_app: web.Application) -> None:
    return None
