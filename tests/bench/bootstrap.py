"""How many page views one process answers with the launcher's configuration, and whether they reach the database.

The server has the first core to itself, those who ask have the second: once as fast as it answers, once at 2,000/s.
"""

import asyncio
import json
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.request import urlopen

import uvloop

from tests.journeys.carrier import seed
from tests.services.engage import EngageProcess

CONNECTIONS = 32
SECONDS = 10
OFFERED_PER_S = 2_000
PATH = "/api/v1/sites/nordlink/widget"


class Asker(asyncio.Protocol):
    """One connection: the next question when the answer is there and it is time."""

    def __init__(self, host: str, due: Callable[[], float | None], taken: list[float]) -> None:
        self._question = f"GET {PATH} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        self._due = due
        self._taken = taken
        self._buffer = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one by its methods only
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, gap, body = self._buffer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not gap or length is None or len(body) < int(length[1]):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise AssertionError(head)
        self._buffer = b""
        self._taken.append(time.perf_counter() - self._asked_for)
        self._ask()

    def _ask(self) -> None:
        moment = self._due()
        if moment is None:
            self._transport.close()
            self.done.set_result(None)
            return
        # measured from when it should have been asked, so that a server that stalls does not hide it
        self._asked_for = moment
        asyncio.get_running_loop().call_later(
            max(0.0, moment - time.perf_counter()), self._transport.write, self._question
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        seed(Path(name))
        process = EngageProcess(Path(name), {"ENGAGE_DEMO": "1"}, role="web")
        process.start()
        os.sched_setaffinity(process.pid, {0})
        os.sched_setaffinity(0, {1})
        try:
            print(json.dumps(uvloop.run(_measure(process))))  # noqa: T201  # its result
        finally:
            process.stop()


async def _measure(process: EngageProcess) -> dict[str, float]:
    await _ask_for(process.port, _as_fast_as_possible(time.perf_counter() + 1))
    first, before = _statements(process), _statements(process)
    by_looking = before - first
    fast = await _ask_for(process.port, _as_fast_as_possible(time.perf_counter() + SECONDS))
    paced = await _ask_for(process.port, _offered(time.perf_counter()))
    return {
        "bootstraps_per_s": round(len(fast) / SECONDS),
        "p99_ms": round(sorted(paced)[int(len(paced) * 0.99)] * 1000, 2),
        "queries": _statements(process) - before - by_looking,
    }


async def _ask_for(port: int, due: Callable[[], float | None]) -> list[float]:
    """Seconds that each answer took."""
    taken: list[float] = []
    loop, host = asyncio.get_running_loop(), f"127.0.0.1:{port}"
    for_all = [
        await loop.create_connection(lambda: Asker(host, due, taken), "127.0.0.1", port) for _ in range(CONNECTIONS)
    ]
    await asyncio.gather(*(asker.done for _, asker in for_all))
    return taken


def _as_fast_as_possible(until: float) -> Callable[[], float | None]:
    def due() -> float | None:
        now = time.perf_counter()
        return now if now < until else None

    return due


def _offered(begun: float) -> Callable[[], float | None]:
    """The moments of 2,000 questions a second, each given to whoever is free."""
    moments = iter(begun + number / OFFERED_PER_S for number in range(OFFERED_PER_S * SECONDS))
    return lambda: next(moments, None)


def _statements(process: EngageProcess) -> int:
    with urlopen(f"{process.url}/metrics", timeout=10) as answer:
        found = re.search(r"^engage_database_statements_total (\S+)$", answer.read().decode(), re.MULTILINE)
    assert found
    return round(float(found[1]))


if __name__ == "__main__":
    main()
