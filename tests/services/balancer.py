"""A small load balancer in front of several web processes: whoever answers gets the next connection."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.services.line import closing, pump


@dataclass(eq=False)
class Carried:
    """One connection of a person, with its two ends here."""

    is_socket: bool
    ends: tuple[asyncio.StreamWriter, asyncio.StreamWriter]
    since: float = field(default_factory=time.monotonic)

    @property
    def age(self) -> float:
        """In seconds."""
        return time.monotonic() - self.since

    def cut(self) -> None:
        for end in self.ends:
            end.transport.abort()


class Balancer:
    """Knows nothing but TCP and which connections have become websockets."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = list(ports)
        self._carried: set[Carried] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sockets(self) -> list[Carried]:
        return [each for each in self._carried if each.is_socket]

    @property
    def requests(self) -> list[Carried]:
        """Connections over which one request after the other goes."""
        return [each for each in self._carried if not each.is_socket]

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        with suppress(OSError, asyncio.IncompleteReadError):
            async with closing(writer):
                await self._carry(reader, writer)
        self._calls.discard(call)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun = await reader.read(64 * 1024)
        to_reader, to_writer = await self._connect()
        async with closing(to_writer):
            carried = Carried(b"transport=websocket" in begun.partition(b"\r\n")[0], (writer, to_writer))
            self._carried.add(carried)
            try:
                to_writer.write(begun)
                await asyncio.gather(pump(reader, to_writer), pump(to_reader, writer))
            finally:
                self._carried.discard(carried)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """To one of them; to another if nobody listens there. Raises OSError."""
        for port in random.sample(self._ports, k=len(self._ports)):
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        raise OSError("nobody listens")

    async def end(self) -> None:
        for each in list(self._carried):
            each.cut()
        await asyncio.gather(*self._calls, return_exceptions=True)


@asynccontextmanager
async def run_balancer(*ports: int) -> AsyncIterator[Balancer]:
    balancer = Balancer(ports)
    server = await asyncio.start_server(balancer.carry, "127.0.0.1", 0)
    balancer.port = server.sockets[0].getsockname()[1]
    try:
        yield balancer
    finally:
        server.close()
        await balancer.end()
        await server.wait_closed()
