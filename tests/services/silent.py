"""A server that takes calls and never says a word."""

import asyncio
from contextlib import suppress
from typing import Self


class SilentServer:
    """`async with SilentServer() as server`."""

    def __init__(self) -> None:
        self.callers: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(lambda _reader, writer: self.callers.append(writer), "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_outcome: object) -> None:
        self._server.close()
        for each in self.callers:
            each.close()
            with suppress(OSError):
                await each.wait_closed()
