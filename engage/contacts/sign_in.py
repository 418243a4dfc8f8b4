"""A visitor shows the token his browser keeps; it comes in a header, never in a URL."""

from aiohttp import web

from engage.access.errors import NotSignedIn
from engage.access.principals import CallingVisitor
from engage.contacts import service
from engage.kit.unit_of_work import UnitOfWork


async def a_visitor(request: web.Request, work: UnitOfWork) -> CallingVisitor:
    """Permission: a browser that we know. Raises NotSignedIn."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    who = await service.by_token(work, token) if scheme.lower() == "bearer" and token else None
    if who is None:
        raise NotSignedIn
    return who


async def anyone(_request: web.Request, _work: UnitOfWork) -> None:
    """Permission: nobody needs to be known."""
