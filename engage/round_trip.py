"""From one process over Redis to a socket that hangs on another: what the doctor measures."""

import time
from collections.abc import Collection
from datetime import UTC, datetime
from uuid import uuid4

import aiohttp
import orjson

from engage.access import probe
from engage.access.tokens import Signer, load_secret
from engage.realtime.messages import Message
from engage.settings import Settings

DOOR = "/socket.io/?EIO=4&transport=websocket"
CONNECTED, REFUSED, HEARD, PING = f"40{probe.NAMESPACE},", f"44{probe.NAMESPACE},", f"42{probe.NAMESPACE},", "2"


class Alone:
    """A node that nobody is connected to: it only speaks."""

    def receive(self, message: Message) -> None:
        return None

    def occupied_rooms(self) -> Collection[str]:
        return ()

    def is_occupied(self, room: str) -> bool:
        return False

    def hasten_heads(self) -> None:
        return None


async def milliseconds(url: str, settings: Settings) -> float:
    """Raises RuntimeError when the socket is refused, TimeoutError when nothing comes."""
    name = uuid4()
    ticket = probe.ticket(Signer(load_secret(settings)), name, datetime.now(UTC))
    async with aiohttp.ClientSession(url) as browser, browser.ws_connect(DOOR) as socket:
        await socket.receive_str()
        began = time.perf_counter()
        await socket.send_str(f"40{probe.NAMESPACE},{orjson.dumps({'ticket': ticket}).decode()}")
        await _until(socket, CONNECTED)
        if settings.redis_url is None:
            return _since(began)
        # imported by those who have a Redis: it takes a twelfth of the time to start
        from engage.realtime.bus_redis import RedisBus  # noqa: PLC0415

        bus = RedisBus(settings.redis_url)
        async with bus.running(Alone()):
            began = time.perf_counter()
            bus.publish(probe.heard(name))
            await _until(socket, HEARD)
            return _since(began)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


async def _until(socket: aiohttp.ClientWebSocketResponse, wanted: str) -> None:
    while not (said := await socket.receive_str()).startswith(wanted):
        if said.startswith(REFUSED):
            raise RuntimeError(f"refused: {said.removeprefix(REFUSED)}; has it the same ENGAGE_SECRET?")
        if said == PING:
            await socket.send_str("3")
