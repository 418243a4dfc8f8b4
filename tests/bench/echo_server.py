"""The push path alone: a signal comes up, an event goes down to a room of two; nothing is stored."""

import asyncio
import gc
import sys
import tempfile
from pathlib import Path
from typing import ClassVar, Literal
from uuid import UUID, uuid5

import uvloop
from aiohttp import web
from pydantic import BaseModel, Field

from engage import realtime
from engage.kit.bus import BUS, Bus
from engage.kit.clock import CLOCK, SystemClock
from engage.kit.db import Database
from engage.kit.health import HEALTH, HealthChecks
from engage.kit.unit_of_work import UNITS, UnitsOfWork
from engage.realtime import REALTIME, connections
from engage.realtime.events import PushedEvent
from engage.realtime.port import Handshake, Identity, Socket
from engage.realtime.socket_table import SocketTable
from engage.settings import SETTINGS, Settings

_PEOPLE = UUID("8a1e7b0c-6f0e-4f0e-9d3d-2f6f6f0c7a11")
sockets = SocketTable()


class Word(BaseModel):
    text: str


class Told(PushedEvent):
    namespace: ClassVar[str] = "/agent"
    type: Literal["told"] = "told"
    room: str = Field(exclude=True)
    text: str

    def rooms(self) -> frozenset[str]:
        return frozenset({self.room})


@sockets.authenticator("/agent")
async def let_in(_app: web.Application, handshake: Handshake) -> Identity | None:
    room, name = str(handshake.auth["room"]), str(handshake.auth["name"])
    return Identity("person", uuid5(_PEOPLE, name), rooms=frozenset({room}), data=room)


@sockets.on("/agent", "say", Word)
async def say(socket: Socket, word: Word) -> None:
    socket.app[REALTIME].push(Told(room=str(socket.identity.data), text=word.text))


def application(folder: Path) -> web.Application:
    # a benchmark speaks faster than people do
    connections.SIGNALS_PER_SECOND = connections.SIGNALS_AT_ONCE = 1_000_000
    app = web.Application()
    app[SETTINGS], app[CLOCK], app[BUS], app[HEALTH] = Settings(stop_seconds=0), SystemClock(), Bus(), HealthChecks()
    database = Database(f"sqlite+aiosqlite:///{folder}/unused.db")
    app[UNITS] = UnitsOfWork(app, database, clock=app[CLOCK], bus=app[BUS])
    realtime.install(app)
    app[REALTIME].include(sockets)
    return app


async def _serve(port: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runner = web.AppRunner(application(Path(folder)), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    gc.set_threshold(100_000, 50, 1000)
    asyncio.Runner(loop_factory=uvloop.new_event_loop).run(_serve(int(sys.argv[1])))
