"""A client made of bytes: what it says is exactly what it is told to, and it reads nothing by itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from tests.engage.realtime.nodes import Node

WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"


@asynccontextmanager
async def raw_client(node: Node, name: str) -> AsyncIterator[socket.socket]:
    """Signs in and reads nothing by itself; its receive buffer is as small as the system allows."""
    loop = asyncio.get_running_loop()
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        line.setblocking(False)
        host, port = node.url.removeprefix("http://").split(":")
        await loop.sock_connect(line, (host, int(port)))
        await loop.sock_sendall(line, _handshake(host))
        await loop.sock_recv(line, 512)
        await loop.sock_sendall(line, masked(f'40/agent,{{"name":"{name}"}}'))
        while (await node.opened.get()).identity.name != name:
            continue
        yield line


def _handshake(host: str) -> bytes:
    lines = (
        f"GET {WEBSOCKET} HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def masked(text: str) -> bytes:
    """A client's frame; with a mask of zeros the text stays as it is."""
    data = text.encode()
    assert len(data) < 126
    return bytes((0x81, 0x80 | len(data), 0, 0, 0, 0)) + data


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    """A client's frames of one text message; with a mask of zeros it stays as it is."""
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    for number, part in enumerate(parts):
        final, opcode = 0x80 * (number == len(parts) - 1), 1 if number == 0 else 0
        length = bytes((0x80 | len(part),)) if len(part) < 126 else b"\xfe" + len(part).to_bytes(2, "big")
        yield bytes((final | opcode,)) + length + bytes(4) + part
