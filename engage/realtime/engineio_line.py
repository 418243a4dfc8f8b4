"""Engine.IO with two parts of our own: a bounded queue for each connection, and websockets without compression.

The libraries ship no types; what they give is `Any` in this file and in `transport_socketio`.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import engineio
from aiohttp import web
from engineio.async_drivers import aiohttp as stock_driver
from engineio.packet import MESSAGE, Packet
from engineio.payload import Payload

from engage.realtime.frames import Frame
from engage.realtime.port import Sent
from engage.realtime.send_queue import SendQueue

#: what may stand in the operating system's way before frames wait in our own, bounded queue
DIRECT_BYTES = 64 * 1024
#: a packet of the protocol itself: ping, pong, noop, close
_CONTROL_BYTES = 8
#: packets in one answer to a poll: python-engineio's own client takes no more
_BATCH = 16
#: packets in one post; the stock 16 loses a whole batch of quick signals without a word
_POSTED = 1000
#: pong, probe, upgrade, no-op, goodbye; all else is a Socket.IO packet: connect, disconnect or event
_CONTROL_PACKETS = frozenset({"1", "2", "3", "2probe", "3probe", "5", "6"})
_MESSAGES = ("40", "41", "42")
_CLOSE_SECONDS = 1.0


class Line:
    """What waits for one connection. To engineio it is the queue that its writer, or the next poll, takes from."""

    __slots__ = ("_getter", "_in_batch", "_queue", "on_full", "websocket")

    def __init__(self) -> None:
        self._queue: SendQueue[Packet | None] = SendQueue()
        self._getter: asyncio.Future[None] | None = None
        self._in_batch = 0
        #: called when an answer of the library finds no room
        self.on_full: Callable[[], None] | None = None
        self.websocket: Websocket | None = None

    def send(self, frame: Frame, *, upgraded: bool) -> Sent:
        """Straight to the wire when nothing waits before it, else behind the others."""
        if upgraded and self._is_idle() and self.websocket is not None and self.websocket.write(frame.websocket):
            return "sent"
        outcome = self._queue.offer(Packet(MESSAGE, frame.text), frame.size, volatile=frame.volatile)
        self._wake()
        return outcome

    def _is_idle(self) -> bool:
        # The writer waits and nothing waits for it: all that was sent before is on the wire.
        return self._getter is not None and not self._queue

    def _wake(self) -> None:
        if self._getter is not None and not self._getter.done():
            self._getter.set_result(None)

    # The part of asyncio.Queue that engineio uses.

    async def put(self, packet: Packet | None) -> None:
        self.put_nowait(packet)

    def put_nowait(self, packet: Packet | None) -> None:
        if packet is None or packet.packet_type != MESSAGE:
            self._queue.append(packet, _CONTROL_BYTES)
        elif self._queue.offer(packet, len(packet.data)) == "full" and self.on_full is not None:
            self.on_full()
        self._wake()

    async def get(self) -> Packet | None:
        while not self._queue:
            getter = self._getter = asyncio.get_running_loop().create_future()
            try:
                await getter
            finally:
                if self._getter is getter:
                    self._getter = None
        self._in_batch = 1
        return self._queue.pop()

    def get_nowait(self) -> Packet | None:
        if not self._queue or self._in_batch >= _BATCH:
            raise asyncio.QueueEmpty
        self._in_batch += 1
        return self._queue.pop()

    def task_done(self) -> None:
        """Nobody counts."""

    async def join(self) -> None:
        """Nobody waits for a slow reader."""


class Websocket(stock_driver.WebSocket):  # type: ignore[misc]  # untyped library
    """The aiohttp driver opens its websockets with compression: 123 KB a socket instead of 32."""

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        request: web.Request = environ["aiohttp.request"]
        self._tcp = request.transport
        self._sock = web.WebSocketResponse(
            max_msg_size=self.server.max_http_buffer_size, compress=False, timeout=_CLOSE_SECONDS
        )
        await self._sock.prepare(request)
        engine_socket = self.handler.__self__
        engine_socket.queue.websocket = self
        await self.handler(self)
        if not engine_socket.upgraded:
            engine_socket.upgrading = False  # a probe that came to nothing would turn every poll into a no-op
        return self._sock

    async def wait(self) -> str:
        """The next packet. OSError, which ends the connection, for what no client of ours sends: other packets make
        the stock server fail in places where it forgets to close."""
        message = await self._sock.receive()
        if message.type is web.WSMsgType.TEXT:
            text = str(message.data)
            if text in _CONTROL_PACKETS or text.startswith(_MESSAGES):
                return text
        raise OSError("no packet")

    def write(self, frame: bytes) -> bool:
        """A whole websocket frame, ready made. False when the reader is behind, or the connection ends."""
        if self._tcp is None or self._tcp.is_closing() or self._sock.closed:
            return False
        if self._tcp.get_write_buffer_size() + len(frame) > DIRECT_BYTES:
            return False
        self._tcp.write(frame)
        return True

    def abort(self) -> None:
        if self._tcp is not None:
            self._tcp.abort()


class Engine(engineio.AsyncServer):  # type: ignore[misc]  # untyped library
    """The stock server with our driver and our queue."""

    _async: dict[str, Any]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._async = {**self._async, "websocket": Websocket}
        Payload.max_decode_packets = _POSTED

    def create_queue(self, *_args: Any, **_options: Any) -> Line:
        return Line()

    async def hang_up(self, engine_sid: str) -> None:
        """Says goodbye in the protocol and ends the connection; the client comes back by itself."""
        engine_socket = self.sockets.get(engine_sid)
        if engine_socket is not None:
            await engine_socket.close(wait=False, reason=self.reason.SERVER_DISCONNECT)
