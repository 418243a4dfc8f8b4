"""Socket.IO: python-socketio does handshake, framing, namespaces and long-polling; rooms and pushes are ours."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson
import socketio
import structlog
from aiohttp import web
from socketio.packet import Packet as StockPacket

from engage.kit.clock import Clock
from engage.kit.errors import EngageError
from engage.realtime import limits, metrics
from engage.realtime.admission import TokenBucket
from engage.realtime.engineio_line import Engine
from engage.realtime.errors import ForeignOrigin, ServerBusy
from engage.realtime.frames import Frame
from engage.realtime.port import CloseReason, Handshake, Listener, Sent, Socket, SocketId
from engage.realtime.send_queue import MAX_FRAMES
from engage.realtime.socketio_packets import Malformed
from engage.realtime.transport_websocket import WebsocketTransport

log = structlog.get_logger(__name__)

PATH = "/socket.io/"

OriginCheck = Callable[[web.Request], bool]


class Json:
    """orjson with the signature that python-socketio expects."""

    loads = staticmethod(orjson.loads)

    @staticmethod
    def dumps(value: object, **_options: object) -> str:
        return orjson.dumps(value).decode()


class Packet(StockPacket):  # type: ignore[misc]  # untyped library
    """Text only: nothing on this path is binary, and an unfinished binary packet could grow for ever."""

    uses_binary_events = False
    json = Json


@dataclass
class Connection:
    """One namespace over one Engine.IO connection."""

    engine_sid: str
    socket: Socket | None = None
    #: frames pushed between joining and the greeting; None after it
    held: list[Frame] | None = field(default_factory=list)
    closing: CloseReason | None = None


@dataclass(frozen=True)
class Caller:
    """What is worth keeping of the request that opened the connection."""

    origin: str | None
    remote: str | None
    user_agent: str


class SocketIoTransport:
    """Every browser's way in: the door for all, and the line of those who poll or began with it."""

    def __init__(self, listener: Listener, *, is_allowed: OriginCheck, clock: Clock) -> None:
        self._listener = listener
        self._is_allowed = is_allowed
        self._clock = clock
        pace = limits.NEW_SOCKETS_PER_SECOND
        self._admission = TokenBucket(per_second=pace, burst=pace, now=clock.now())
        self.websockets = WebsocketTransport(listener)
        self._connections: dict[SocketId, Connection] = {}
        #: how many namespaces a connection has entered
        self._names: Counter[str] = Counter()
        self._endings: set[asyncio.Task[None]] = set()
        self._draining = False
        self._server = Server(self)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get(PATH, self._handle)
        app.router.add_post(PATH, self._handle)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self.websockets.running():
            try:
                yield
            finally:
                await self.drain()
                await self._server.shutdown()

    def refuse_new(self) -> None:
        self._draining = True

    async def drain(self) -> None:
        self.refuse_new()
        await self.websockets.drain()
        for engine_sid in list(self._server.eio.sockets):
            await self._server.eio.hang_up(engine_sid)
        await asyncio.gather(*self._endings, return_exceptions=True)

    def send(self, socket: Socket, frame: Frame) -> Sent:
        connection = self._connections.get(socket.id)
        if connection is None:
            return "dropped"
        if connection.held is not None:
            return _hold(connection.held, frame)
        engine_socket = self._server.eio.sockets.get(connection.engine_sid)
        if engine_socket is None or engine_socket.closed:
            return "dropped"
        outcome: Sent = engine_socket.queue.send(frame, upgraded=engine_socket.upgraded)
        return outcome

    def close(self, socket: Socket, reason: CloseReason) -> None:
        connection = self._connections.get(socket.id)
        if connection is None:
            return
        connection.closing = reason
        if connection.held is not None:
            return  # it is closed when it was greeted: the library cannot end what has not begun
        if reason == "revoked":
            self._later(self._server.disconnect(socket.id, namespace=socket.namespace))
        else:
            self.abort(connection.engine_sid)

    def abort(self, engine_sid: str) -> None:
        """Cuts the line without a word; whoever does not read would not hear it."""
        engine_socket = self._server.eio.sockets.get(engine_sid)
        if engine_socket is None:
            return
        if engine_socket.upgraded and engine_socket.queue.websocket is not None:
            engine_socket.queue.websocket.abort()
        else:
            self._later(self._server.eio.hang_up(engine_sid))

    def abort_if_nameless(self, engine_sid: str) -> None:
        if engine_sid not in self._names:
            self.abort(engine_sid)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if not self._is_allowed(request):
            return _refusal(ForeignOrigin)
        if "sid" not in request.query and (self._draining or not self._admission.take(self._clock.now())):
            return _refusal(ServerBusy, {"Retry-After": "1"})
        if _begins_with_websocket(request):
            return await self.websockets.handle(request)
        response: web.StreamResponse = await self._server.handle_request(request)
        return response

    def _later(self, ending: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(ending)
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)

    # What the server below reports.

    async def admit(self, socket_id: SocketId, engine_sid: str, handshake: Handshake) -> None:
        """Raises EngageError."""
        connection = self._connections[socket_id] = Connection(engine_sid)
        try:
            connection.socket = await self._listener.admit(socket_id, handshake, self)
        except BaseException:
            del self._connections[socket_id]
            raise
        self._names[engine_sid] += 1

    async def greeted(self, socket_id: SocketId) -> None:
        connection = self._connections[socket_id]
        if (socket := connection.socket) is None or connection.held is None:
            return
        held, connection.held = connection.held, None
        for frame in held:
            self.send(socket, frame)
        await self._listener.opened(socket)
        if connection.closing is not None:
            self.close(socket, connection.closing)

    async def signal(self, socket_id: SocketId, name: str, payload: object) -> Any:
        connection = self._connections.get(socket_id)
        if connection is None or connection.socket is None:
            return None
        return await self._listener.signal(connection.socket, name, payload)

    async def ended(self, socket_id: SocketId, reason: str) -> None:
        connection = self._connections.pop(socket_id, None)
        if connection is None or connection.socket is None:
            return
        self._names[connection.engine_sid] -= 1
        if not self._names[connection.engine_sid]:
            del self._names[connection.engine_sid]
        await self._listener.closed(connection.socket, connection.closing or reason)


class Server(socketio.AsyncServer):  # type: ignore[misc]  # untyped library
    """python-socketio with its gaps closed. Each override says which; a contract test stands for each."""

    def __init__(self, transport: SocketIoTransport) -> None:
        super().__init__(
            async_mode="aiohttp",
            async_handlers=False,  # one client's signals stay in order
            serializer=Packet,
            namespaces="*",
            ping_interval=limits.PING_SECONDS,
            ping_timeout=limits.PONG_SECONDS,
            max_http_buffer_size=limits.MAX_MESSAGE_BYTES,
            http_compression=False,
            cors_allowed_origins=[],  # nobody else's pages come in: see `same_origin`
            logger=_quiet_logger(),
            engineio_logger=_quiet_logger(),
        )
        self._transport = transport
        self._connects: dict[str, int] = {}
        self.on("connect", self._on_connect, namespace="*")
        self.on("disconnect", self._on_disconnect, namespace="*")
        self.on("*", self._on_signal, namespace="*")

    def _engineio_server_class(self) -> type[Engine]:
        return Engine

    async def _on_connect(self, namespace: str, sid: str, caller: Caller, auth: object) -> None:
        handshake = Handshake(
            namespace,
            auth if isinstance(auth, dict) else {},
            origin=caller.origin,
            remote=caller.remote,
            user_agent=caller.user_agent,
        )
        engine_sid = self.manager.eio_sid_from_sid(sid, namespace)
        try:
            await self._transport.admit(SocketId(sid), engine_sid, handshake)
        except EngageError as refusal:
            raise _refused(refusal) from refusal
        except Exception as failure:
            log.exception("admission_failed", namespace=namespace)
            raise _refused(EngageError()) from failure

    async def _on_signal(self, name: str, _namespace: str, sid: str, payload: object = None, *_more: object) -> Any:
        return await self._transport.signal(SocketId(sid), name, payload)

    async def _on_disconnect(self, namespace: str, sid: str, reason: str) -> None:
        engine_sid = self.manager.eio_sid_from_sid(sid, namespace)
        await self._transport.ended(SocketId(sid), reason)
        self._watch_for_nameless(engine_sid)

    def _watch_for_nameless(self, engine_sid: str) -> None:
        asyncio.get_running_loop().call_later(limits.NAMELESS_SECONDS, self._transport.abort_if_nameless, engine_sid)

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        """Keeps three facts instead of the whole request, and gives the connection some seconds to say who it is."""
        request: web.Request = environ["aiohttp.request"]
        caller = Caller(request.headers.get("Origin"), request.remote, request.headers.get("User-Agent", ""))
        await super()._handle_eio_connect(eio_sid, caller)
        self._connects[eio_sid] = 0
        self.eio.sockets[eio_sid].queue.on_full = partial(self._transport.abort, eio_sid)
        self._watch_for_nameless(eio_sid)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        """The stock server leaves the last poll, or the writer, waiting until its time runs out."""
        await super()._handle_eio_disconnect(eio_sid, reason)
        self._connects.pop(eio_sid, None)
        line = self.eio.sockets[eio_sid].queue
        asyncio.get_running_loop().call_soon(line.put_nowait, None)  # behind the goodbye, where there is one

    async def _handle_eio_message(self, eio_sid: str, data: object) -> None:
        """The stock server logs a stack trace for every malformed packet and goes on; this one hangs up.

        Binary packets and acknowledgements to the server are never asked for, so they are malformed too.
        """
        try:
            if not isinstance(data, str) or data[:1] not in ("0", "1", "2"):
                raise Malformed
            await super()._handle_eio_message(eio_sid, data)
        except Exception as problem:  # noqa: BLE001  # our own handlers raise nothing: it is the packet
            metrics.CLOSED.labels("malformed").inc()
            log.info("malformed_packet", problem=type(problem).__name__)
            self._transport.abort(eio_sid)

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:  # noqa: A002
        """The stock server lets a client call the `connect` and `disconnect` handlers by an event of that name."""
        if not (isinstance(data, list) and data and isinstance(data[0], str)) or data[0] in self.reserved_events:
            raise Malformed
        await super()._handle_event(eio_sid, namespace, id, data)

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        """The stock server keeps a socket for ever whose connection ended while it was being admitted."""
        self._connects[eio_sid] += 1
        if self._connects[eio_sid] > limits.CONNECTS:
            raise Malformed
        await super()._handle_connect(eio_sid, namespace, data)
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        if sid is None or not self.manager.is_connected(sid, namespace or "/"):
            return
        engine_socket = self.eio.sockets.get(eio_sid)
        if engine_socket is None or engine_socket.closed:
            await self._handle_disconnect(eio_sid, namespace, self.reason.TRANSPORT_CLOSE)
            return
        await self._transport.greeted(SocketId(sid))


def _begins_with_websocket(request: web.Request) -> bool:
    query = request.query
    return query.get("transport") == "websocket" and query.get("EIO") == "4" and "sid" not in query


def _hold(held: list[Frame], frame: Frame) -> Sent:
    if len(held) >= MAX_FRAMES:
        return "dropped" if frame.volatile else "full"
    held.append(frame)
    return "queued"


def _refusal(error: type[EngageError], headers: dict[str, str] | None = None) -> web.Response:
    metrics.REFUSED.labels(error.code).inc()
    return web.json_response({"code": error.code, "detail": error.__doc__}, status=error.status, headers=headers)


def _refused(error: EngageError) -> Exception:
    # In the browser: `connect_error` with err.message and err.data.code.
    refusal: Exception = socketio.exceptions.ConnectionRefusedError(error.detail, {"code": error.code})
    return refusal


def _quiet_logger() -> logging.Logger:
    """The library's errors, but not the stack trace that anybody can cause by posting nonsense."""
    logger = logging.getLogger("engage.realtime.socketio")
    logger.setLevel(logging.ERROR)
    if not logger.filters:
        logger.addFilter(lambda record: record.msg != "post request handler error")
    return logger
