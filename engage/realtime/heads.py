"""The beacon: every socket is told its head numbers again and again, read from SQL, so that no loss lasts."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Protocol

import structlog
from aiohttp import web

from engage.kit.clock import Clock
from engage.realtime.frames import Frame
from engage.realtime.port import Identity, Socket
from engage.realtime.socket_table import Beacon

log = structlog.get_logger(__name__)

#: after a gap all sockets are told within this time instead of their usual one
HASTE_SECONDS = 5
#: people asked for in one query, so that no statement grows without bound
QUERY_SIZE = 500


class Audience(Protocol):
    """Whom the beacon speaks to."""

    def sockets(self, namespace: str) -> Iterable[Socket]: ...

    def send(self, socket: Socket, frame: Frame) -> None: ...


def due(sockets: Iterable[Socket], *, second: int, every_seconds: int) -> list[Socket]:
    """The slice of this second; each socket is in exactly one of `every_seconds` slices."""
    return [socket for socket in sockets if socket.serial % every_seconds == second % every_seconds]


class Heads:
    """Asks the slices above for heads; knows nothing of what they count."""

    def __init__(self, app: web.Application, audience: Audience, clock: Clock) -> None:
        self._app = app
        self._audience = audience
        self._clock = clock
        self._second = 0
        self._hasty_until = 0
        self._jumps = clock.jumps
        self.beacons: list[Beacon] = []

    def hasten(self) -> None:
        self._hasty_until = self._second + HASTE_SECONDS

    async def run(self) -> None:
        never = asyncio.Event()
        while True:
            await self._clock.wait(never, until=self._clock.now() + timedelta(seconds=1))
            await self.beat()

    async def beat(self) -> None:
        """One second's work. A beacon that fails is logged and asked again at its next turn.

        When the clock was set, everybody who is there shows it at once, before his silence counts.
        """
        if self._clock.jumps != self._jumps:
            self._jumps = self._clock.jumps
            self.hasten()
        hasty = self._second < self._hasty_until
        for beacon in self.beacons:
            every = min(beacon.every_seconds, HASTE_SECONDS) if hasty else beacon.every_seconds
            sockets = due(self._audience.sockets(beacon.namespace), second=self._second, every_seconds=every)
            try:
                await self._tell(beacon, sockets)
            except Exception:
                log.exception("heads_failed", namespace=beacon.namespace)
        self._second += 1

    async def _tell(self, beacon: Beacon, sockets: Sequence[Socket]) -> None:
        people = list({socket.identity: None for socket in sockets})
        frames: dict[Identity, Frame] = {}
        for start in range(0, len(people), QUERY_SIZE):
            heads = await beacon.query(self._app, people[start : start + QUERY_SIZE])
            frames |= {identity: event.frame() for identity, event in heads.items()}
        for socket in sockets:
            if (frame := frames.get(socket.identity)) is not None:
                self._audience.send(socket, frame)
