"""What every transport gives and gets: sockets of known people, frames down, signals up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType, Protocol, TypeAlias
from uuid import UUID

from aiohttp import web

from engage.realtime.frames import Frame

SocketId = NewType("SocketId", str)

#: `dropped`: a volatile frame that found no room; `full`: the reader is too slow and is to be closed
Sent: TypeAlias = Literal["sent", "queued", "dropped", "full"]
#: `revoked` tells the client to stay away; after all others it comes back by itself
CloseReason: TypeAlias = Literal["slow", "flood", "malformed", "revoked", "going_away"]


@dataclass(frozen=True)
class Identity:
    """Who a socket belongs to. Two tabs of one person are equal: heads are asked for once a person."""

    kind: str
    id: UUID
    name: str = field(default="", compare=False)
    site_ids: frozenset[UUID] = field(default=frozenset(), compare=False)
    #: rooms joined before the client hears that it is connected
    rooms: frozenset[str] = field(default=frozenset(), compare=False)
    #: one of very many: their coming and going is written down together
    in_crowd: bool = field(default=False, compare=False)
    #: whatever else the slice that knew him wants to find again; a frozen value
    data: object = field(default=None, compare=False)


@dataclass(frozen=True)
class Handshake:
    """What a client shows at the door of a namespace."""

    namespace: str
    #: the client's `auth`, from the first packet and never from the URL
    auth: Mapping[str, object]
    #: None for clients that are no browsers
    origin: str | None = None
    remote: str | None = None
    user_agent: str = ""


@dataclass(frozen=True, eq=False)
class Socket:
    """One open connection to one namespace."""

    id: SocketId
    namespace: str
    identity: Identity
    app: web.Application = field(repr=False)
    transport: "Transport" = field(repr=False)
    #: running number in this process; spreads the heads over the seconds
    serial: int = 0


class Transport(Protocol):
    """A kind of connection. Rooms stand above it, so sockets of several transports share them."""

    def send(self, socket: Socket, frame: Frame) -> Sent:
        """Never waits. Frames of one socket arrive in the order in which they were sent."""
        ...

    def close(self, socket: Socket, reason: CloseReason) -> None:
        """Begins to close; the listener hears `closed` once."""
        ...

    def refuse_new(self) -> None:
        """From now on nobody comes in; those who are in stay."""
        ...

    async def drain(self) -> None:
        """Closes the sockets that are left; their clients come back by themselves, elsewhere."""
        ...


class Listener(Protocol):
    """What a transport reports to. Calls about one socket come one after the other."""

    async def admit(self, socket_id: SocketId, handshake: Handshake, transport: Transport) -> Socket:
        """Knows the caller and joins his first rooms. Raises EngageError, whose code the client sees."""
        ...

    async def opened(self, socket: Socket) -> None:
        """The client was told that it is connected."""
        ...

    async def signal(self, socket: Socket, name: str, payload: object) -> Mapping[str, object]:
        """Answers with the acknowledgement; never raises."""
        ...

    async def closed(self, socket: Socket, reason: str) -> None:
        """Also for a socket that was admitted and went before it was opened."""
        ...
