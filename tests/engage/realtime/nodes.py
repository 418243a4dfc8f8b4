"""Engage processes in miniature, and the people who connect to them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import socketio
from aiohttp import web

from engage import realtime
from engage.kit.bus import BUS, Bus, Reactions
from engage.kit.clock import CLOCK, ManualClock
from engage.kit.db import Database
from engage.kit.health import HEALTH, HealthChecks
from engage.kit.unit_of_work import UNITS, UnitsOfWork
from engage.realtime import REALTIME
from engage.realtime.events import SocketClosed, SocketOpened
from engage.realtime.push import Realtime
from engage.realtime.transport_memory import MemoryClient, MemoryTransport, Refused
from engage.realtime.transport_socketio import SocketIoTransport
from engage.settings import SETTINGS, Settings
from tests.engage.realtime.sample import Sample


class Client(Protocol):
    """Somebody's screen, whatever it is connected with."""

    async def next(self, name: str) -> Any: ...

    async def signal(self, name: str, payload: object) -> Mapping[str, Any]: ...

    async def close(self) -> None: ...

    async def gone(self) -> None:
        """Returns when the server has ended the connection."""
        ...


class SocketIoClient:
    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        self._events: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self._gone = asyncio.Event()
        self.refusal: Any = None
        self.io = socketio.AsyncClient(reconnection=False)
        self.io.on("*", self._arrived, namespace=namespace)
        self.io.on("disconnect", self._disconnected, namespace=namespace)
        self.io.on("connect_error", self._refused, namespace=namespace)

    async def connect(self, url: str, auth: Mapping[str, object], transports: list[str], **options: Any) -> None:
        try:
            await self.io.connect(
                url,
                namespaces=[self._namespace],
                auth=dict(auth),
                transports=transports,
                wait_timeout=20,
                **options,
            )
        except socketio.exceptions.ConnectionError as failure:
            await self.io.disconnect()
            details = self.refusal.get("data") if isinstance(self.refusal, dict) else None
            code = details["code"] if isinstance(details, dict) else "unreachable"
            raise Refused(code, str(failure)) from failure

    async def next(self, name: str) -> Any:
        while True:
            event, data = await self._events.get()
            if event == name:
                return data

    async def signal(self, name: str, payload: object) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = await self.io.call(name, payload, namespace=self._namespace)
        return answer

    async def close(self) -> None:
        await self.io.disconnect()

    async def gone(self) -> None:
        await self._gone.wait()

    async def _arrived(self, name: str, data: Any) -> None:
        self._events.put_nowait((name, data))

    async def _disconnected(self, _reason: str) -> None:
        self._gone.set()

    async def _refused(self, refusal: Any) -> None:
        self.refusal = refusal


class InMemoryClient:
    def __init__(self, client: MemoryClient) -> None:
        self.memory = client

    async def next(self, name: str) -> Any:
        return await self.memory.next(name)

    async def signal(self, name: str, payload: object) -> Mapping[str, Any]:
        return await self.memory.signal(name, payload)

    async def close(self) -> None:
        await self.memory.close()

    async def gone(self) -> None:
        await self.memory.closed


class Node:
    """One process with real time, the sample slice, and people."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.sample = Sample()
        self.opened: asyncio.Queue[SocketOpened] = asyncio.Queue()
        self.closed: asyncio.Queue[SocketClosed] = asyncio.Queue()
        self.clock = ManualClock()
        self.app = web.Application()
        self._clients: list[Client] = []
        self._prepare(folder, Settings(**{"stop_seconds": 0, **settings}))

    @property
    def realtime(self) -> Realtime:
        return self.app[REALTIME]

    @property
    def transport(self) -> SocketIoTransport:
        return self.app[realtime.SOCKET_IO]

    @property
    def url(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Node"]:
        self._runner = web.AppRunner(self.app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.memory = MemoryTransport(self.realtime.connections)
        self.realtime.transports.append(self.memory)
        try:
            yield self
        finally:
            for client in self._clients:
                await client.close()
            await self.stop()

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def person(
        self, name: str | None, *, namespace: str = "/agent", transport: str = "websocket", **options: Any
    ) -> Client:
        """A connected person. Raises Refused."""
        auth = {} if name is None else {"name": name}
        client: Client
        if transport == "memory":
            client = InMemoryClient(await self.memory.connect(namespace, auth))
        else:
            client = SocketIoClient(namespace)
            await client.connect(self.url, auth, [transport], **options)
        self._clients.append(client)
        return client

    def _prepare(self, folder: Path, settings: Settings) -> None:
        app = self.app
        app[SETTINGS], app[CLOCK], app[BUS], app[HEALTH] = settings, self.clock, Bus(), HealthChecks()
        database = Database(f"sqlite+aiosqlite:///{folder / 'unused.db'}")
        app[UNITS] = UnitsOfWork(app, database, clock=self.clock, bus=app[BUS])
        realtime.install(app)
        self.realtime.include(self.sample.sockets)
        app[BUS].include(self._reactions())

    def _reactions(self) -> Reactions:
        reactions = Reactions()

        @reactions.after_commit(SocketOpened)
        async def opened(_app: web.Application, event: SocketOpened) -> None:
            self.opened.put_nowait(event)

        @reactions.after_commit(SocketClosed)
        async def closed(_app: web.Application, event: SocketClosed) -> None:
            self.closed.put_nowait(event)

        return reactions
