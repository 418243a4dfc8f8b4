"""What the push path carries from socket to socket, beside Node.js' socket.io with the same clients: `NAME=echo`."""

import asyncio
import json
import shutil
import sys
import tempfile
from collections import deque
from pathlib import Path
from statistics import median
from time import perf_counter

import uvloop

from tests.bench.crowd import DOORS, OPENED_PER_SECOND
from tests.bench.lean_client import SocketClient, open_socket
from tests.services.engage import ROOT
from tests.services.process import ServerProcess, free_port

ROOMS = 500
SECONDS = 5.0
IN_FLIGHT = 200
#: servers take turns, so that a noisy moment of the machine does not hit one of them alone
ROUNDS = 3
WORDS = "x" * 90

SERVERS = {
    "push": [sys.executable, "-m", "tests.bench.echo_server"],
    "node": [shutil.which("node") or "node", str(Path(__file__).parent / "echo_server.mjs")],
}


class Pairs:
    """In each room one says a word, and another one when it has reached the other."""

    def __init__(self) -> None:
        self.heard = 0
        self.took: list[float] = []
        self._free: deque[int] = deque()
        self._sockets: list[tuple[SocketClient, SocketClient]] = []
        self._sent = [0.0] * ROOMS
        self._running = False

    async def connect(self, port: int) -> None:
        for at in range(0, ROOMS, DOORS // 2):
            rooms = range(at, at + DOORS // 2)
            pairs = [asyncio.gather(self._member(port, room, "a"), self._member(port, room, "b")) for room in rooms]
            for pair in await asyncio.gather(*pairs):
                self._sockets.append((pair[0], pair[1]))
            await asyncio.sleep(DOORS / OPENED_PER_SECOND)

    async def _member(self, port: int, room: int, side: str) -> SocketClient:
        auth = json.dumps({"room": f"room {room}", "name": f"{room}{side}"})
        return await open_socket(port, "/agent", auth, lambda _packet: self._hear(room, side))

    async def talk(self, seconds: float) -> float:
        """Words a second that reached the other side."""
        self._running, self.heard, self.took, began = True, 0, [], perf_counter()
        self._free = deque(range(ROOMS))
        for _ in range(IN_FLIGHT):
            self._say(self._free.popleft())
        await asyncio.sleep(seconds)
        self._running = False
        rate = self.heard / (perf_counter() - began)
        await asyncio.sleep(0.3)
        return rate

    def _say(self, room: int) -> None:
        self._sent[room] = perf_counter()
        self._sockets[room][0].emit("say", f'{{"text":"{WORDS}"}}')

    def _hear(self, room: int, side: str) -> None:
        if side == "a":
            return
        self.heard += 1
        self.took.append(perf_counter() - self._sent[room])
        self._free.append(room)
        if self._running:
            self._say(self._free.popleft())

    def close(self) -> None:
        for pair in self._sockets:
            for socket in pair:
                socket.close()


async def measure() -> dict[str, float]:
    rates: dict[str, list[float]] = {name: [] for name in SERVERS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for name, command in SERVERS.items():
                rates[name].append(await _round(command, Path(folder) / f"{name}.log"))
    return {name: round(median(each)) for name, each in rates.items()}


async def _round(command: list[str], log: Path) -> float:
    port = free_port()
    process = ServerProcess([*command, str(port)], log=log, cwd=ROOT)
    try:
        await _listens(port)
        pairs = Pairs()
        await pairs.connect(port)
        await pairs.talk(1.0)
        rate = await pairs.talk(SECONDS)
        pairs.close()
        return rate
    finally:
        process.kill()


async def _listens(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return


def main() -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rates = runner.run(measure())
    print(json.dumps({"push_echo_per_s": rates["push"], "node_echo_per_s": rates["node"]}))  # noqa: T201  # its result


if __name__ == "__main__":
    main()
