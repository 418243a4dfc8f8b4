"""Visitors' sockets: the token opens one, and while one lives the visitor is there."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from engage.access.principals import CallingVisitor
from engage.contacts import blocks, service
from engage.contacts.events import visitor_room
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.kit.wire import WireModel
from engage.realtime.events import PushedEvent, SocketClosed, SocketOpened
from engage.realtime.port import Handshake, Identity, Socket
from engage.realtime.socket_table import SocketTable

sockets = SocketTable()
reactions = Reactions()
NAMESPACE = "/visitor"


class Nothing(WireModel):
    """A signal that carries nothing."""


@sockets.authenticator(NAMESPACE)
async def know_visitor(app: web.Application, handshake: Handshake) -> Identity | None:
    token = handshake.auth.get("token")
    if not isinstance(token, str):
        return None
    async with app[UNITS].read() as work:
        who = await service.by_token(work, token)
        is_out = who is not None and await blocks.is_blocked(work, who.visitor_id)
    if who is None or is_out:
        return None
    rooms = frozenset({visitor_room(who.visitor_id)})
    return Identity("visitor", who.visitor_id, site_ids=frozenset({who.site_id}), rooms=rooms, data=who)


@sockets.on(NAMESPACE, "alive", Nothing)
async def alive(_socket: Socket, _signal: Nothing) -> None:
    """The connection itself is the sign of life; the answer lets the client measure the way."""


@sockets.heads(NAMESPACE, every_seconds=25)
async def renew_online(app: web.Application, people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
    """A whole slice of visitors by one statement; nothing is told."""
    if people:
        async with app[UNITS].begin() as work:
            await service.renew_online(work, [person.id for person in people])
    return {}


@reactions.on(SocketOpened)
async def came(work: UnitOfWork, event: SocketOpened) -> None:
    if isinstance(event.identity.data, CallingVisitor):
        await service.came_online(work, event.identity.data)


@reactions.on(SocketClosed)
async def went(work: UnitOfWork, event: SocketClosed) -> None:
    if isinstance(event.identity.data, CallingVisitor) and event.last:
        await service.went_offline(work, event.identity.data)
