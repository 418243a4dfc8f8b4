"""A screen inside the server's own process: no network, so whatever was pushed has been seen."""

import uuid
from typing import Any

import orjson
from aiohttp import web

from engage.realtime import REALTIME
from engage.realtime.frames import Frame
from engage.realtime.port import CloseReason, Handshake, Sent, Socket, SocketId
from tests.people.screen import Screen


class MemoryScreen(Screen):
    """One connection, and the transport that carries it. A refused one raises the error of the server."""

    def __init__(self, app: web.Application, url: str, namespace: str) -> None:
        super().__init__(url, namespace)
        self._app = app
        self._socket: Socket | None = None
        self.closed_because: CloseReason | None = None
        #: a dead one answers no heartbeat, and nobody is told that it is gone
        self.is_alive = True

    async def connect(self, auth: dict[str, str]) -> None:
        connections = self._app[REALTIME].connections
        handshake = Handshake(self._namespace, auth)
        self._socket = await connections.admit(SocketId(uuid.uuid4().hex), handshake, self)
        await connections.opened(self._socket)

    async def disconnect(self) -> None:
        if self._socket is not None and self.is_alive:
            await self._app[REALTIME].connections.closed(self._socket, "left")
        self._socket = None

    async def signal(self, name: str, **payload: Any) -> dict[str, Any]:
        assert self._socket is not None
        return dict(await self._app[REALTIME].connections.signal(self._socket, name, payload))

    def dies(self) -> None:
        """As with its process: no word of farewell."""
        self.is_alive = False

    # The transport's side.

    def send(self, _socket: Socket, frame: Frame) -> Sent:
        if self.is_alive:
            self.events.append((frame.name, orjson.loads(frame.data)))
            self._news.set()
        return "sent"

    def close(self, _socket: Socket, reason: CloseReason) -> None:
        self.closed_because = reason
        self.is_alive = False

    def refuse_new(self) -> None:
        return None

    async def drain(self) -> None:
        return None
