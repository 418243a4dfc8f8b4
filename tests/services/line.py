"""A wire between people and a server that a test may cut, make deaf or slow: what is on its way is lost or late."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

#: up: from the person to the server
Way = Literal["up", "down"]
PIECE_BYTES, SIP_BYTES = 64 * 1024, 512


class Line:
    """Listens at an address of its own and carries bytes to the server's and back."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._wires: set[Wire] = set()
        self._calls: set[asyncio.Task[None]] = set()
        #: between two sips that come down: a line as slow as that of a train in a valley; 0 is as fast as can be
        self.sip_seconds = 0.0
        #: new connections are one-way black holes too
        self.swallows: set[Way] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Every connection ends at once and without a word; new ones are carried."""
        for wire in self._wires:
            wire.cut()

    def lose(self, way: Way) -> None:
        """A one-way black hole: open connections stay open, and nothing more gets through them that way."""
        for wire in self._wires:
            wire.lost.add(way)

    def forget(self) -> None:
        """Half open: the server's ends are gone and nobody tells the person, as when a router lost its table."""
        for wire in self._wires:
            wire.forget()

    async def end(self) -> None:
        self.cut()
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        with suppress(OSError):
            async with closing(writer):
                to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
                async with closing(to_writer):
                    wire = Wire(self, writer, to_writer)
                    wire.lost |= self.swallows
                    self._wires.add(wire)
                    try:
                        await wire.carry(reader, to_reader)
                    finally:
                        self._wires.discard(wire)
        self._calls.discard(call)


class Wire:
    """One connection."""

    def __init__(self, line: Line, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self._line = line
        self._near, self._far = near, far
        self._cut = asyncio.Event()
        self.lost: set[Way] = set()

    def cut(self) -> None:
        self._cut.set()
        for end in (self._near, self._far):
            end.transport.abort()

    def forget(self) -> None:
        self.lost |= {"up", "down"}
        self._far.transport.abort()

    async def carry(self, near: asyncio.StreamReader, far: asyncio.StreamReader) -> None:
        await asyncio.gather(self._pump("up", near, self._far), self._pump("down", far, self._near))

    async def _pump(self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Until one of the two ends; then the other one does, if word of it gets through."""
        try:
            while data := await reader.read(SIP_BYTES if self._is_slow(way) else PIECE_BYTES):
                if way in self.lost:
                    continue
                writer.write(data)
                await writer.drain()
                if self._is_slow(way):
                    await asyncio.sleep(self._line.sip_seconds)
        finally:
            if way in self.lost:
                await self._cut.wait()
            writer.transport.abort()

    def _is_slow(self, way: Way) -> bool:
        return way == "down" and self._line.sip_seconds > 0


@asynccontextmanager
async def closing(end: asyncio.StreamWriter) -> AsyncIterator[None]:
    """The end is gone with the block."""
    try:
        yield
    finally:
        end.transport.abort()
        with suppress(OSError):
            await end.wait_closed()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until one of the two ends; then the other one does."""
    try:
        while data := await reader.read(PIECE_BYTES):
            writer.write(data)
            await writer.drain()
    finally:
        writer.transport.abort()


@asynccontextmanager
async def run_line(to_port: int) -> AsyncIterator[Line]:
    line = Line(to_port)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        await line.end()
        await server.wait_closed()
