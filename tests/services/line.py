"""A wire between people and a server, which a test may cut: whatever is on its way then is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Line:
    """Listens at an address of its own and carries bytes to the server's and back."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._open: set[asyncio.StreamWriter] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Every connection ends at once and without a word; new ones are carried."""
        for end in self._open:
            end.transport.abort()

    async def end(self) -> None:
        self.cut()
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        with suppress(OSError):
            async with open_ends(self._open, writer):
                to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
                async with open_ends(self._open, to_writer):
                    await asyncio.gather(pump(reader, to_writer), pump(to_reader, writer))
        self._calls.discard(call)


@asynccontextmanager
async def open_ends(ends: set[asyncio.StreamWriter], end: asyncio.StreamWriter) -> AsyncIterator[None]:
    ends.add(end)
    try:
        yield
    finally:
        ends.discard(end)
        end.transport.abort()
        with suppress(OSError):
            await end.wait_closed()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until one of the two ends; then the other one does."""
    try:
        while data := await reader.read(64 * 1024):
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
