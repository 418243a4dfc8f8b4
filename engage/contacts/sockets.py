"""Visitors' sockets: the token opens one, and while one lives the visitor is there."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from engage.access.principals import CallingVisitor
from engage.access.tokens import token_hash
from engage.contacts import blocks, service
from engage.contacts.events import visitor_room
from engage.contacts.speakers import known_by_hashes
from engage.kit.bus import BUS, Reactions
from engage.kit.group_commit import GroupCommit
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.kit.wire import WireModel
from engage.realtime import REALTIME
from engage.realtime.events import PushedEvent, SocketClosed, SocketOpened
from engage.realtime.port import Handshake, Identity, Socket
from engage.realtime.socket_table import SocketTable

sockets = SocketTable()
reactions = Reactions()
NAMESPACE = "/visitor"
AT_THE_DOOR: web.AppKey[GroupCommit[str, CallingVisitor]] = web.AppKey("visitors_at_the_door")


class Nothing(WireModel):
    """A signal that carries nothing."""


@sockets.authenticator(NAMESPACE)
async def know_visitor(app: web.Application, handshake: Handshake) -> Identity | None:
    token = handshake.auth.get("token")
    if not isinstance(token, str):
        return None
    who = await app[AT_THE_DOOR].submit(token_hash(token)) or await _known(app, token)
    if who is None:
        return None
    rooms = frozenset({visitor_room(who.visitor_id)})
    return Identity("visitor", who.visitor_id, site_ids=frozenset({who.site_id}), rooms=rooms, in_crowd=True, data=who)


async def _known(app: web.Application, token: str) -> CallingVisitor | None:
    async with app[UNITS].read() as work:
        who = await service.by_token(work, token)
        # where he calls from is asked where he writes: behind a proxy a socket does not know it
        is_out = who is not None and await blocks.is_blocked(work, who, None)
    return None if is_out else who


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


@reactions.on_all(SocketOpened)
async def came(work: UnitOfWork, events: Sequence[SocketOpened]) -> None:
    whose = [event.identity.data for event in events]
    await service.came_online(work, [who for who in whose if isinstance(who, CallingVisitor)])


@reactions.on_all(SocketClosed)
async def went(work: UnitOfWork, events: Sequence[SocketClosed]) -> None:
    whose = [event.identity.data for event in events if event.last]
    await service.went_offline(work, [who for who in whose if isinstance(who, CallingVisitor)])


def install(app: web.Application) -> None:
    # after a proxy's restart thousands knock at once: whoever waits is looked up together
    door = app[AT_THE_DOOR] = GroupCommit("admissions", app[UNITS].read, known_by_hashes, key_of=lambda hashed: hashed)
    app.cleanup_ctx.append(door.running)
    app[REALTIME].include(sockets)
    app[BUS].include(reactions)
