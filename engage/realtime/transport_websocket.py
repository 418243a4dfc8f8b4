"""Socket.IO over a websocket from its first byte on, the usual way in: one loop a connection and nothing else.

No task, timer or queue of its own for each: one task pings all of them, and what waits for a slow reader waits in the
event loop's buffer, which is bounded here. Long-polling, and what is upgraded from it, stays with python-socketio.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import web

from engage.kit.errors import EngageError
from engage.realtime import limits, metrics, socketio_packets
from engage.realtime.background import running
from engage.realtime.frames import Frame, websocket_frame
from engage.realtime.port import CloseReason, Handshake, Listener, Sent, Socket, SocketId
from engage.realtime.send_queue import MAX_BYTES, MAX_FRAMES
from engage.realtime.socketio_packets import Malformed, Packet

log = structlog.get_logger(__name__)

#: behind this much unread a volatile frame is not worth sending
VOLATILE_BYTES = 64 * 1024
_PING, _PONG, _GOODBYE, _NOTHING = websocket_frame(b"2"), "3", "1", "6"
#: a close frame with 1001, going away
_GOING_AWAY = b"\x88\x02\x03\xe9"
_CLOSE_SECONDS = 1.0
#: how late a ping may be: they are sent in groups
_PING_GRAIN_SECONDS = 0.25
_DRAIN_SECONDS = 5.0


@dataclass(slots=True, eq=False)
class Entered:
    """One namespace over one connection."""

    line: "Line"
    socket: Socket | None = None
    #: frames pushed between joining and the greeting; None after it
    held: list[Frame] | None = field(default_factory=list)
    closing: CloseReason | None = None


class Line:
    """One websocket."""

    __slots__ = (
        "_backlog",
        "_looked",
        "_tcp",
        "_written",
        "awaits_pong",
        "connects",
        "names",
        "origin",
        "remote",
        "user_agent",
    )

    def __init__(self, request: web.Request, tcp: asyncio.Transport) -> None:
        self._tcp = tcp
        #: bytes handed over in its life, and how many those were when the loop last had its turn over a full backlog
        self._written = self._looked = 0
        #: where each frame ends that did not leave at once; none for most lines at most times
        self._backlog: deque[int] | None = None
        self.origin, self.remote = request.headers.get("Origin"), request.remote
        self.user_agent = request.headers.get("User-Agent", "")
        self.names: dict[str, tuple[SocketId, Entered]] = {}
        self.connects = 0
        self.awaits_pong = False

    @property
    def is_gone(self) -> bool:
        return self._tcp.is_closing()

    def send(self, frame: Frame) -> Sent:
        if self._tcp.is_closing():
            return "dropped"
        if not (waiting := self._tcp.get_write_buffer_size()):
            self._backlog = None
            self._hand_over(frame.websocket)
            return "sent"
        behind = self._behind(waiting)
        if frame.volatile and (waiting > VOLATILE_BYTES or len(behind) >= MAX_FRAMES):
            return "dropped"
        if waiting + frame.size > MAX_BYTES or self._is_slow(behind):
            return "full"
        self._hand_over(frame.websocket)
        behind.append(self._written)
        return "queued"

    def say(self, packet: bytes) -> None:
        self.write(websocket_frame(packet))

    def write(self, frame: bytes) -> None:
        """A frame of the protocol itself. Whoever asks for more of them than he reads is cut off."""
        if self._tcp.is_closing():
            return
        if self._tcp.get_write_buffer_size() > MAX_BYTES:
            self._tcp.abort()
        else:
            self._hand_over(frame)

    def _hand_over(self, frame: bytes) -> None:
        self._written += len(frame)
        self._tcp.write(frame)

    def _behind(self, waiting: int) -> deque[int]:
        """The frames that wait, without those that have left meanwhile."""
        behind = self._backlog = deque() if self._backlog is None else self._backlog
        left = self._written - waiting
        while behind and behind[0] <= left:
            behind.popleft()
        return behind

    def _is_slow(self, behind: deque[int]) -> bool:
        """So many wait that waited before this turn of the loop: a burst within one is no fault of the reader."""
        if len(behind) < MAX_FRAMES:
            return False
        if behind[MAX_FRAMES - 1] <= self._looked:
            return True
        asyncio.get_running_loop().call_soon(self._look, self._written)
        return False

    def _look(self, written: int) -> None:
        self._looked = written

    def abort(self) -> None:
        self._tcp.abort()

    def close(self) -> None:
        if not self._tcp.is_closing():
            self._tcp.write(_GOING_AWAY)
            self._tcp.close()


class WebsocketTransport:
    """Every browser's first try."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._entered: dict[SocketId, Entered] = {}
        self._lines: set[Line] = set()
        self._all_gone = asyncio.Event()
        self._endings: set[asyncio.Task[None]] = set()
        #: in the order of their time: all wait equally long
        self._to_ping: deque[tuple[float, Line]] = deque()
        self._to_check: deque[tuple[float, Line]] = deque()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with running(self._ping_for_ever()):
            yield

    def send(self, socket: Socket, frame: Frame) -> Sent:
        entered = self._entered.get(socket.id)
        if entered is None:
            return "dropped"
        if entered.held is None:
            return entered.line.send(frame)
        if len(entered.held) >= MAX_FRAMES:
            return "dropped" if frame.volatile else "full"
        entered.held.append(frame)
        return "queued"

    def close(self, socket: Socket, reason: CloseReason) -> None:
        entered = self._entered.get(socket.id)
        if entered is None:
            return
        entered.closing = reason
        if entered.held is not None:
            return  # it is closed when it was greeted
        if reason == "revoked":
            entered.line.say(socketio_packets.disconnected(socket.namespace))
            self._later(self._leave(entered.line, socket.namespace, reason))
        else:
            entered.line.abort()

    def refuse_new(self) -> None:
        """Whoever guards the door does."""

    async def drain(self) -> None:
        for line in self._lines:
            line.close()
        self._all_gone.clear()
        if self._lines:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_gone.wait(), _DRAIN_SECONDS)
        await asyncio.gather(*self._endings, return_exceptions=True)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A connection's whole life."""
        websocket = web.WebSocketResponse(max_msg_size=limits.MAX_MESSAGE_BYTES, compress=False, timeout=_CLOSE_SECONDS)
        await websocket.prepare(request)
        if request.transport is None:
            return websocket
        line = Line(request, request.transport)
        self._lines.add(line)
        self._greet(line)
        try:
            await self._read(line, websocket)
        except Malformed:
            metrics.CLOSED.labels("malformed").inc()
            log.info("malformed_packet")
        finally:
            line.abort()
            await self._ended(line)
        return websocket

    def _greet(self, line: Line) -> None:
        ping, pong = limits.PING_SECONDS, limits.PONG_SECONDS
        line.say(
            socketio_packets.opening(
                _new_sid(), ping_seconds=ping, pong_seconds=pong, max_bytes=limits.MAX_MESSAGE_BYTES
            )
        )
        self._to_ping.append((asyncio.get_running_loop().time() + ping, line))
        self._watch_for_nameless(line)

    async def _read(self, line: Line, websocket: web.WebSocketResponse) -> None:
        """Until one of the two ends. One packet after the other, so that a client's signals stay in order."""
        while True:
            message = await websocket.receive()
            if message.type is not web.WSMsgType.TEXT:
                if message.type is web.WSMsgType.BINARY:
                    raise Malformed
                return
            text = message.data
            if text == _PONG:
                line.awaits_pong = False
            elif text == _GOODBYE:
                return
            elif text != _NOTHING:
                await self._hear(line, socketio_packets.parse(text))

    async def _hear(self, line: Line, packet: Packet) -> None:
        if packet.said == "event":
            await self._signal(line, packet)
        elif packet.said == "connect":
            await self._enter(line, packet)
        else:
            await self._leave(line, packet.namespace, "client disconnect")

    async def _signal(self, line: Line, packet: Packet) -> None:
        _, entered = line.names.get(packet.namespace, (None, None))
        if entered is None or entered.socket is None:
            return
        answer = await self._listener.signal(entered.socket, packet.name, packet.payload)
        if packet.ack is not None:
            line.say(socketio_packets.answered(packet.namespace, packet.ack, answer))

    async def _enter(self, line: Line, packet: Packet) -> None:
        line.connects += 1
        if line.connects > limits.CONNECTS or packet.namespace in line.names:
            raise Malformed
        socket_id, entered = SocketId(_new_sid()), Entered(line)
        self._entered[socket_id] = entered
        try:
            entered.socket = await self._admitted(socket_id, line, packet)
        except EngageError as refusal:
            line.say(socketio_packets.refused(packet.namespace, refusal.detail, refusal.code))
        finally:
            if entered.socket is None:
                del self._entered[socket_id]
        if entered.socket is not None:
            line.names[packet.namespace] = socket_id, entered
            await self._welcome(socket_id, entered, entered.socket)

    async def _admitted(self, socket_id: SocketId, line: Line, packet: Packet) -> Socket:
        """Raises EngageError."""
        auth = packet.data if isinstance(packet.data, dict) else {}
        handshake = Handshake(
            packet.namespace, auth, origin=line.origin, remote=line.remote, user_agent=line.user_agent
        )
        try:
            return await self._listener.admit(socket_id, handshake, self)
        except EngageError:
            raise
        except Exception as failure:
            log.exception("admission_failed", namespace=packet.namespace)
            raise EngageError from failure

    async def _welcome(self, socket_id: SocketId, entered: Entered, socket: Socket) -> None:
        entered.line.say(socketio_packets.connected(socket.namespace, socket_id))
        held, entered.held = entered.held or [], None
        for frame in held:
            entered.line.send(frame)
        await self._listener.opened(socket)
        if entered.closing is not None:
            self.close(socket, entered.closing)

    async def _leave(self, line: Line, namespace: str, reason: str) -> None:
        socket_id, entered = line.names.pop(namespace, (None, None))
        if socket_id is None or entered is None or entered.socket is None:
            return
        del self._entered[socket_id]
        if not line.is_gone:
            self._watch_for_nameless(line)
        await self._listener.closed(entered.socket, entered.closing or reason)

    async def _ended(self, line: Line) -> None:
        for namespace in list(line.names):
            await self._leave(line, namespace, "transport close")
        self._lines.discard(line)
        if not self._lines:
            self._all_gone.set()

    def _watch_for_nameless(self, line: Line) -> None:
        asyncio.get_running_loop().call_later(limits.NAMELESS_SECONDS, _abort_if_nameless, line)

    def _later(self, ending: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(ending)
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)

    # Signs of life.

    async def _ping_for_ever(self) -> None:
        grain = min(_PING_GRAIN_SECONDS, limits.PING_SECONDS / 4)
        while True:
            await asyncio.sleep(grain)
            self._ping_and_check(asyncio.get_running_loop().time())

    def _ping_and_check(self, now: float) -> None:
        while self._to_ping and self._to_ping[0][0] <= now:
            _, line = self._to_ping.popleft()
            if not line.is_gone:
                line.awaits_pong = True
                line.write(_PING)
                self._to_check.append((now + limits.PONG_SECONDS, line))
                self._to_ping.append((now + limits.PING_SECONDS, line))
        while self._to_check and self._to_check[0][0] <= now:
            _, line = self._to_check.popleft()
            if line.awaits_pong:
                line.abort()


def _abort_if_nameless(line: Line) -> None:
    if not line.names and not line.is_gone:
        line.abort()


def _new_sid() -> str:
    return secrets.token_urlsafe(15)
