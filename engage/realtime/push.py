"""From the commit to the screen: encodes once, serves the sockets of this node at once, then tells the other nodes."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager, suppress
from typing import assert_never

from aiohttp import web

from engage.kit.clock import Clock
from engage.realtime import metrics
from engage.realtime.background import running
from engage.realtime.bus import NodeBus
from engage.realtime.connections import Connections
from engage.realtime.events import GoingAway, PushedEvent
from engage.realtime.frames import Frame
from engage.realtime.heads import Heads
from engage.realtime.messages import Delivery, Disconnect, Join, Leave, Message
from engage.realtime.port import CloseReason, Socket, Transport
from engage.realtime.rooms import Rooms
from engage.realtime.socket_table import SocketTable


class Realtime:
    """This node: its sockets in their rooms, and its line to the other nodes."""

    def __init__(self, app: web.Application, *, bus: NodeBus, clock: Clock) -> None:
        self.bus = bus
        self._rooms = Rooms()
        self._is_leaving = False
        self.transports: list[Transport] = []
        self.connections = Connections(app, self, clock)
        self.heads = Heads(app, self, clock)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self.bus.running(self), running(self.heads.run()):
            yield

    def include(self, table: SocketTable) -> None:
        """What a slice's `install` calls: its authenticator, its signals, its heads."""
        self.connections.include(table)
        self.heads.beacons.extend(table.beacons)

    def push(self, event: PushedEvent) -> None:
        """Sends to the event's rooms, on all nodes. Never waits; to be called after the commit."""
        metrics.child(metrics.PUSHES, event.namespace).inc()
        self._spread(Delivery(event.rooms(), event.frame()))

    async def join(self, socket: Socket, *rooms: str) -> None:
        """When this returns, a snapshot that is read now and the pushes from now on leave no hole."""
        for room in rooms:
            self._enter(socket, room)
        await self.bus.settled()

    def leave(self, socket: Socket, *rooms: str) -> None:
        for room in rooms:
            if self._rooms.leave(socket, room):
                self.bus.unregister(room)

    def sockets_in(self, room: str) -> frozenset[Socket]:
        """Those of this node."""
        return self._rooms.sockets_in(room)

    def rooms_of(self, socket: Socket) -> frozenset[str]:
        return self._rooms.rooms_of(socket)

    def join_room(self, of_room: str, room: str) -> None:
        """Whoever is in `of_room`, on any node, joins `room`. What is pushed to it after this call reaches him."""
        self._spread(Join(of_room, room))

    def leave_room(self, of_room: str, room: str) -> None:
        """Whoever is in `of_room`, on any node, leaves `room`."""
        self._spread(Leave(of_room, room))

    def disconnect_room(self, room: str) -> None:
        """A right was revoked: whoever is in the room, on any node, is cut off and told to stay away."""
        self._spread(Disconnect(room))

    async def problem(self) -> str | None:
        """A check for `/health/ready`."""
        return "going away" if self._is_leaving else self.bus.problem()

    async def move_away(self, *, within_seconds: float) -> None:
        """This node stops: clients are asked to move to another one, each when it likes; who stays is closed.

        To be called while the server still listens. A second call changes nothing.
        """
        if self._is_leaving:
            return
        self._is_leaving = True
        for transport in self.transports:
            transport.refuse_new()
        for socket in self.connections.sockets():
            self.send(socket, GoingAway(within_seconds=within_seconds).frame(socket.namespace))
        with suppress(TimeoutError):
            await asyncio.wait_for(self.connections.all_gone.wait(), within_seconds)
        for transport in self.transports:
            await transport.drain()

    # What the bus, the connections and the heads ask for.

    def receive(self, message: Message) -> None:
        match message:
            case Delivery(rooms=rooms, frame=frame):
                self._deliver(rooms, frame)
            case Join(of_room=of_room, room=room):
                for socket in self._rooms.sockets_in(of_room):
                    self._enter(socket, room)
            case Leave(of_room=of_room, room=room):
                for socket in self._rooms.sockets_in(of_room):
                    self.leave(socket, room)
            case Disconnect(room=room):
                for socket in self._rooms.sockets_in(room):
                    self.close(socket, "revoked")
            case _:
                assert_never(message)

    def occupied_rooms(self) -> Collection[str]:
        return self._rooms.occupied()

    def is_occupied(self, room: str) -> bool:
        return self._rooms.is_occupied(room)

    def hasten_heads(self) -> None:
        self.heads.hasten()

    def sockets(self, namespace: str) -> Iterable[Socket]:
        return self.connections.sockets(namespace)

    def forget(self, socket: Socket) -> None:
        for room in self._rooms.remove(socket):
            self.bus.unregister(room)

    def send(self, socket: Socket, frame: Frame) -> None:
        """To one socket; a frame of another namespace never leaves."""
        if socket.namespace != frame.namespace:
            return
        outcome = socket.transport.send(socket, frame)
        metrics.child(metrics.FRAMES, outcome).inc()
        if outcome == "full":
            self.close(socket, "slow")

    def close(self, socket: Socket, reason: CloseReason) -> None:
        """It hears nothing more from this moment on, however long its connection takes to end."""
        self.forget(socket)
        metrics.CLOSED.labels(reason).inc()
        socket.transport.close(socket, reason)

    def _spread(self, message: Message) -> None:
        self.receive(message)
        self.bus.publish(message)

    def _enter(self, socket: Socket, room: str) -> None:
        if self._rooms.join(socket, room):
            self.bus.register(room)

    def _deliver(self, rooms: frozenset[str], frame: Frame) -> None:
        # Nothing is awaited here, so a slow reader delays nobody else in the room.
        for socket in self._rooms.union(rooms):
            self.send(socket, frame)
