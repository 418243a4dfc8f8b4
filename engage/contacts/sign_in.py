"""A visitor shows the token his browser keeps; it comes in a header, never in a URL."""

from aiohttp import web

from engage.access import callers
from engage.access.errors import NotSignedIn
from engage.access.principals import CallingVisitor
from engage.contacts import blocks, service
from engage.contacts.blocks import Blocked
from engage.kit.unit_of_work import UnitOfWork


async def a_visitor(request: web.Request, work: UnitOfWork) -> CallingVisitor:
    """Permission: a browser that we know; who is blocked may read. Raises NotSignedIn, Blocked."""
    token = shown_token(request)
    who = await service.by_token(work, token) if token else None
    if who is None:
        raise NotSignedIn
    if request.method != "GET" and await blocks.is_blocked(work, who, callers.address(request)):
        raise Blocked
    return who


def shown_token(request: web.Request) -> str:
    """What the browser shows; empty if it shows nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


async def anyone(_request: web.Request, _work: UnitOfWork) -> None:
    """Permission: nobody needs to be known."""
