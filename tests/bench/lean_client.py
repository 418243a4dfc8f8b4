"""The smallest clients that speak the browser's protocols: server and generator share the machine, and what the
generator burns the server does not have. Bytes are made once, answers are looked at only where a figure needs it.
"""

import asyncio
from collections.abc import Callable
from typing import cast

#: a client's frames are masked; a mask of zeros is allowed and changes nothing
_NO_MASK = b"\0\0\0\0"
_TEXT, _CLOSE = 0x81, 0x88
PATIENCE_SECONDS = 20.0
_JSON_BOTH_WAYS = "Accept: application/json\r\nContent-Type: application/json\r\n"

#: the JSON array of an event, as it came
Heard = Callable[[bytes], None]


class Gone(Exception):
    """The server ended the connection, or refused it."""


class SocketClient(asyncio.Protocol):
    """One websocket with one Socket.IO namespace (Engine.IO 4, Socket.IO 5)."""

    __slots__ = ("_auth", "_buffer", "_hears", "_namespace", "_transport", "_upgraded", "connected", "gone")

    def __init__(self, namespace: str, auth: str, hears: Heard) -> None:
        self._namespace = namespace.encode()
        self._auth = auth.encode()
        self._hears = hears
        self._buffer = b""
        self._upgraded = False
        self.connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one without being derived from it
        self._transport.write(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )

    def connection_lost(self, _problem: Exception | None) -> None:
        self.gone = True
        if not self.connected.done():
            self.connected.set_exception(Gone(self._buffer[:200].decode(errors="replace")))

    def data_received(self, data: bytes) -> None:
        if self._buffer:
            data = self._buffer + data
        if not self._upgraded:
            end = data.find(b"\r\n\r\n")
            if end < 0 or not data.startswith(b"HTTP/1.1 101"):
                self._buffer = data
                if end >= 0:
                    self._transport.close()
                return
            data, self._upgraded = data[end + 4 :], True
        self._buffer = self._frames(data)

    def emit(self, name: str, payload: str) -> None:
        self._send(b"42%s,[%s]" % (self._namespace, f'"{name}",{payload}'.encode()))

    def close(self) -> None:
        self._transport.abort()

    def _frames(self, data: bytes) -> bytes:
        """Takes the whole frames; what is left is the beginning of the next one."""
        at, length = 0, len(data)
        while length - at >= 2:
            size, start = data[at + 1], at + 2
            if size == 126:
                start += 2
                size = int.from_bytes(data[at + 2 : at + 4], "big")
            elif size == 127:
                start += 8
                size = int.from_bytes(data[at + 2 : at + 10], "big")
            if start + size > length:
                break
            self._packet(data[at], data[start : start + size])
            at = start + size
        return data[at:]

    def _packet(self, opcode: int, packet: bytes) -> None:
        if opcode == _CLOSE:
            self._transport.close()
        elif packet.startswith(b"42"):
            self._hears(packet)
        elif packet == b"2":
            self._send(b"3")
        elif packet.startswith(b"0"):
            self._send(b"40%s,%s" % (self._namespace, self._auth))
        elif packet.startswith(b"40") and not self.connected.done():
            self.connected.set_result(None)
        elif packet.startswith(b"44"):
            self._buffer = packet
            self._transport.close()

    def _send(self, packet: bytes) -> None:
        size = len(packet)
        header = bytes((_TEXT, 0x80 | size)) if size < 126 else bytes((_TEXT, 0xFE)) + size.to_bytes(2, "big")
        self._transport.write(header + _NO_MASK + packet)


async def open_socket(port: int, namespace: str, auth: str, hears: Heard) -> SocketClient:
    """Connected and let in. Raises Gone, OSError."""
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: SocketClient(namespace, auth, hears), "127.0.0.1", port)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await client.connected
    return client


class RestClient(asyncio.Protocol):
    """One keep-alive connection, one request at a time, as a browser's outbox sends."""

    __slots__ = ("_answered", "_buffer", "_head", "_transport", "is_busy")

    def __init__(self, headers: str) -> None:
        self._head = (
            f"Host: localhost\r\n{headers}Accept: application/json\r\nContent-Type: application/json\r\n".encode()
        )
        self._buffer = b""
        self._answered: Callable[[int, bytes], None] | None = None
        self.is_busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one without being derived from it

    def post(self, path: bytes, body: bytes, answered: Callable[[int, bytes], None]) -> None:
        self.is_busy, self._answered = True, answered
        self._transport.write(
            b"POST %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s" % (path, self._head, len(body), body)
        )

    def data_received(self, data: bytes) -> None:
        data = self._buffer = self._buffer + data if self._buffer else data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return
        at = data.find(b"Content-Length: ", 0, end)
        size = int(data[at + 16 : data.find(b"\r", at)]) if at >= 0 else 0
        if len(data) < end + 4 + size:
            return
        self._buffer, self.is_busy = b"", False
        answered, self._answered = self._answered, None
        if answered is not None:
            answered(int(data[9:12]), data[end + 4 :])

    def connection_lost(self, _problem: Exception | None) -> None:
        if self._answered is not None:
            self._answered(0, b"connection lost")

    def close(self) -> None:
        self._transport.abort()


async def open_rest(port: int, headers: str) -> RestClient:
    """`headers` are whole lines, each with its end."""
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: RestClient(headers), "127.0.0.1", port)
    return client
