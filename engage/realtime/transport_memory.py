"""A transport without a network: for tests of the slices above, and proof that the port is one.

Its clients may be slow, lossy or out of order, as lines are.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from engage.kit.errors import EngageError
from engage.realtime.errors import ServerBusy
from engage.realtime.frames import Frame
from engage.realtime.port import CloseReason, Handshake, Listener, Sent, Socket, SocketId
from engage.realtime.send_queue import SendQueue


class Refused(Exception):
    """The client was not let in."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Received:
    name: str
    data: Any


class MemoryClient:
    """The other end of a socket."""

    #: set when it was let in
    socket: Socket

    def __init__(self, transport: "MemoryTransport") -> None:
        self._transport = transport
        self._queue: SendQueue[Frame] = SendQueue()
        self._reading = True
        self._seen = 0
        self._arrived = asyncio.Event()
        self._turn = asyncio.Lock()
        #: frames for which this is true are lost on the way
        self.loses: Callable[[Frame], bool] = lambda _frame: False
        self.received: list[Received] = []
        self.closed: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def stop_reading(self) -> None:
        self._reading = False

    def read_on(self, *, backwards: bool = False) -> None:
        """Takes what has waited, in its order or in the opposite one."""
        self._reading = True
        waiting = [self._queue.pop() for _ in range(len(self._queue))]
        for frame in reversed(waiting) if backwards else waiting:
            self._arrive(frame)

    async def next(self, name: str) -> Any:
        """The payload of the next event of that name; others before it are skipped."""
        while True:
            while self._seen < len(self.received):
                event = self.received[self._seen]
                self._seen += 1
                if event.name == name:
                    return event.data
            self._arrived.clear()
            await self._arrived.wait()

    async def signal(self, name: str, payload: object) -> Mapping[str, Any]:
        """The acknowledgement."""
        async with self._turn:  # one after the other, as on a line
            return await self._transport.listener.signal(self.socket, name, payload)

    async def close(self) -> None:
        await self._transport.end(self, "client closed")

    def take(self, frame: Frame) -> Sent:
        if self.loses(frame):
            return "sent"
        if self._reading:
            self._arrive(frame)
            return "sent"
        return self._queue.offer(frame, frame.size, volatile=frame.volatile)

    def _arrive(self, frame: Frame) -> None:
        self.received.append(Received(frame.name, orjson.loads(frame.data)))
        self._arrived.set()


class MemoryTransport:
    """Connects clients of the same process."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self._clients: dict[SocketId, MemoryClient] = {}
        self._ends: set[asyncio.Task[None]] = set()
        self._draining = False
        self._count = 0

    async def connect(self, namespace: str, auth: Mapping[str, object] | None = None) -> MemoryClient:
        """A connected client. Raises Refused."""
        self._count += 1
        socket_id = SocketId(f"memory-{self._count}")
        client = self._clients[socket_id] = MemoryClient(self)
        try:
            client.socket = await self._admit(socket_id, Handshake(namespace, auth or {}))
        except EngageError as refusal:
            del self._clients[socket_id]
            raise Refused(refusal.code, refusal.detail) from refusal
        await self.listener.opened(client.socket)
        return client

    async def _admit(self, socket_id: SocketId, handshake: Handshake) -> Socket:
        if self._draining:
            raise ServerBusy
        return await self.listener.admit(socket_id, handshake, self)

    def send(self, socket: Socket, frame: Frame) -> Sent:
        client = self._clients.get(socket.id)
        return client.take(frame) if client else "dropped"

    def close(self, socket: Socket, reason: CloseReason) -> None:
        client = self._clients.get(socket.id)
        if client is None:
            return
        end = asyncio.create_task(self.end(client, reason))
        self._ends.add(end)
        end.add_done_callback(self._ends.discard)

    async def end(self, client: MemoryClient, reason: str) -> None:
        if self._clients.pop(client.socket.id, None) is None:
            return
        client.closed.set_result(reason)
        await self.listener.closed(client.socket, reason)

    def refuse_new(self) -> None:
        self._draining = True

    async def drain(self) -> None:
        self.refuse_new()
        for client in list(self._clients.values()):
            await self.end(client, "going_away")
        await asyncio.gather(*self._ends)
