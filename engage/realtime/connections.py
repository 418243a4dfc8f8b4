"""The door and the mailbox: lets sockets in, hears their signals, and tells the slices above who came and went."""

import asyncio
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from aiohttp import web
from pydantic import ValidationError

from engage.kit.bus import BUS
from engage.kit.clock import Clock
from engage.kit.errors import EngageError
from engage.kit.group_commit import GroupCommit
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.realtime import metrics
from engage.realtime.admission import TokenBucket
from engage.realtime.errors import BadPayload, NotAdmitted, TooManySignals, UnknownSignal
from engage.realtime.events import SocketClosed, SocketOpened
from engage.realtime.port import Handshake, Identity, Socket, SocketId, Transport
from engage.realtime.socket_table import Signal, SocketTable

log = structlog.get_logger(__name__)

SIGNALS_PER_SECOND = 20
SIGNALS_AT_ONCE = 60
#: refused signals after which the socket is closed: somebody does not listen
PATIENCE = 200


class Membership(Protocol):
    """Who keeps the rooms."""

    async def join(self, socket: Socket, *rooms: str) -> None: ...

    def forget(self, socket: Socket) -> None: ...


@dataclass
class Member:
    socket: Socket
    bucket: TokenBucket
    #: one announcement of a socket after the other
    order: asyncio.Lock = field(default_factory=asyncio.Lock)
    announced: bool = False
    refused_signals: int = 0


class Connections:
    """The listener of all transports of this node."""

    def __init__(self, app: web.Application, rooms: Membership, clock: Clock) -> None:
        self._app = app
        self._rooms = rooms
        self._clock = clock
        self._serials = itertools.count()
        self._members: dict[SocketId, Member] = {}
        self._people: dict[tuple[str, Identity], int] = {}
        self._table = SocketTable()
        self._signals: dict[tuple[str, str], Signal] = {}
        #: comings and goings of a crowd, many to a commit
        self.announcements = GroupCommit(
            "announcements",
            app[UNITS].begin,
            _announced,
            key_of=_person,
            # none may be refused, and there are no more than sockets
            most_waiting=None,
        )
        self.all_gone = asyncio.Event()
        self.all_gone.set()

    def include(self, table: SocketTable) -> None:
        for namespace in table.authenticators.keys() & self._table.authenticators.keys():
            raise ValueError(f"{namespace} has two authenticators")
        self._table.authenticators |= table.authenticators
        self._signals |= {(signal.namespace, signal.name): signal for signal in table.signals}

    def namespaces(self) -> frozenset[str]:
        return frozenset(self._table.authenticators)

    def signal_names(self) -> frozenset[tuple[str, str]]:
        """Namespace and name of everything that may be signalled."""
        return frozenset(self._signals)

    def sockets(self, namespace: str | None = None) -> Iterable[Socket]:
        for member in tuple(self._members.values()):
            if namespace is None or member.socket.namespace == namespace:
                yield member.socket

    async def admit(self, socket_id: SocketId, handshake: Handshake, transport: Transport) -> Socket:
        try:
            identity = await self._identify(handshake)
        except EngageError as refusal:
            metrics.REFUSED.labels(refusal.code).inc()
            raise
        socket = Socket(socket_id, handshake.namespace, identity, self._app, transport, next(self._serials))
        self._enter(socket)
        try:
            await self._rooms.join(socket, *identity.rooms)
        except BaseException:
            await self.closed(socket, "admission cancelled")
            raise
        return socket

    async def opened(self, socket: Socket) -> None:
        member = self._members.get(socket.id)
        if member is None:
            return
        async with member.order:
            if socket.id not in self._members:
                return
            member.announced = True
            await self._announce(SocketOpened(socket.identity, socket.namespace, socket.id))

    async def closed(self, socket: Socket, reason: str) -> None:
        member = self._members.pop(socket.id, None)
        if member is None:
            return
        last = self._leave(socket)
        async with member.order:
            if member.announced:
                await self._announce(SocketClosed(socket.identity, socket.namespace, socket.id, reason, last))

    async def signal(self, socket: Socket, name: str, payload: object) -> Mapping[str, object]:
        try:
            answer = await self._heard(socket, name, payload)
        except EngageError as refusal:
            metrics.SIGNALS.labels(socket.namespace, refusal.code).inc()
            return {"ok": False, "error": {"code": refusal.code, "detail": refusal.detail}}
        except Exception:
            log.exception("signal_failed", namespace=socket.namespace, signal=name)
            metrics.SIGNALS.labels(socket.namespace, "failed").inc()
            return {"ok": False, "error": {"code": EngageError.code, "detail": EngageError.__doc__}}
        metrics.child(metrics.SIGNALS, socket.namespace, "heard").inc()
        return {"ok": True, "result": answer}

    async def _identify(self, handshake: Handshake) -> Identity:
        authenticate = self._table.authenticators.get(handshake.namespace)
        identity = await authenticate(self._app, handshake) if authenticate else None
        if identity is None:
            raise NotAdmitted
        return identity

    def _enter(self, socket: Socket) -> None:
        bucket = TokenBucket(per_second=SIGNALS_PER_SECOND, burst=SIGNALS_AT_ONCE, now=self._clock.now())
        self._members[socket.id] = Member(socket, bucket)
        person = (socket.namespace, socket.identity)
        self._people[person] = self._people.get(person, 0) + 1
        self.all_gone.clear()
        metrics.SOCKETS.labels(socket.namespace).inc()

    def _leave(self, socket: Socket) -> bool:
        """True when he has no other socket in this namespace here."""
        self._rooms.forget(socket)
        metrics.SOCKETS.labels(socket.namespace).dec()
        if not self._members:
            self.all_gone.set()
        person = (socket.namespace, socket.identity)
        self._people[person] -= 1
        if self._people[person]:
            return False
        del self._people[person]
        return True

    async def _heard(self, socket: Socket, name: str, payload: object) -> object:
        self._spend(socket)
        signal = self._signals.get((socket.namespace, name))
        if signal is None:
            raise UnknownSignal
        try:
            value = signal.payload.model_validate(payload)
        except ValidationError as failure:
            raise BadPayload from failure
        answer = await signal.handler(socket, value)
        return answer.model_dump(mode="json") if answer is not None else None

    def _spend(self, socket: Socket) -> None:
        member = self._members.get(socket.id)
        if member is None or member.bucket.take(self._clock.now()):
            return
        member.refused_signals += 1
        if member.refused_signals > PATIENCE:
            metrics.CLOSED.labels("flood").inc()
            socket.transport.close(socket, "flood")
        raise TooManySignals

    async def _announce(self, event: SocketOpened | SocketClosed) -> None:
        """A transaction only for those who react in one: most sockets come and go without touching the database."""
        try:
            await self._publish(event)
        except Exception:
            log.exception("announcement_failed", kind=type(event).__name__)

    async def _publish(self, event: SocketOpened | SocketClosed) -> None:
        bus = self._app[BUS]
        if bus.reactions_to(event):
            if event.identity.in_crowd and await self.announcements.submit(event):
                return
            async with self._app[UNITS].begin() as work:
                await work.publish(event)
            return
        for aftermath in bus.aftermaths_of(event):
            await aftermath(self._app, [event])


async def _announced(work: UnitOfWork, events: Sequence[SocketOpened | SocketClosed]) -> list[bool]:
    """Each person stands once among them, so those who come do not overtake those who go."""
    for kind in (SocketOpened, SocketClosed):
        if of_kind := [event for event in events if isinstance(event, kind)]:
            await work.publish_all(of_kind)
    return [True] * len(events)


def _person(event: SocketOpened | SocketClosed) -> Identity:
    return event.identity
