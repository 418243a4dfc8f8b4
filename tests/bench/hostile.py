"""Hostile mails brought to one `engage serve`, a good one behind each: what they cost, and whom they hold up.

Each is first taken apart alone, for its seconds and megabytes. Then all come by LMTP, while another process asks the
server two hundred times a second for nothing: how late its answers are is how long the loop was held.
"""

import asyncio
import json
import multiprocessing
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from sqlalchemy import select

from engage.channels.email import parcel
from engage.channels.email.models import RawMail
from engage.channels.email.parser_pool import CPU_SECONDS, MEGABYTES, PROGRAM
from engage.kit.unit_of_work import UNITS
from tests.bench.email import PATIENCE_SECONDS, TO, an_app
from tests.engage.channels.email.hostile import MAILS
from tests.house import rows
from tests.services.engage import EngageProcess, migrate
from tests.services.postgres import run_postgres
from tests.services.process import free_port

GOOD = b"From: anna@home.example\r\nSubject: good %d\r\nMessage-ID: <%d@home.example>\r\n\r\nMy router is dark.\r\n"
EVERY_SECONDS = 0.005


def main() -> None:
    with tempfile.TemporaryDirectory() as name, run_postgres(durable=True) as postgres:
        folder = Path(name)
        apart = {each: taken_apart(folder / "mail", make()) for each, make in MAILS.items()}
        url = postgres.url(postgres.create_database())
        migrate(folder, url)
        port = free_port()
        settings = {
            "ENGAGE_DATABASE_URL": url, "ENGAGE_SECRET": "of the bench", "ENGAGE_MAIL_LMTP_PORT": str(port),
            "ENGAGE_MAIL_SENDER_PER_MINUTE": "1000000",
        }  # fmt: skip
        server = EngageProcess(folder, settings)
        asyncio.run(prepared(server))
        server.start()
        try:
            lags, seconds, states = asyncio.run(brought(server, port))
        finally:
            server.kill()
    costs = {
        "slowest_child_s": round(max(each for each, _ in apart.values()), 2),
        "largest_child_mb": max(each for _, each in apart.values()),
        "lag_p99_ms": round(lags[int(len(lags) * 0.99)] * 1000, 1),
        "lag_worst_ms": round(lags[-1] * 1000, 1),
    }
    print(json.dumps(costs | {"mails": 2 * len(MAILS), "settled_s": round(seconds, 1), "states": states}))  # noqa: T201


def taken_apart(path: Path, content: bytes) -> tuple[float, int]:
    """Seconds and megabytes of a child of its own."""
    path.write_bytes(content)
    begun = time.monotonic()
    command = [sys.executable, "-I", str(PROGRAM), str(MEGABYTES), str(CPU_SECONDS)]
    said = subprocess.run(command, input=f"{path}\n".encode(), capture_output=True, check=True).stdout
    length = int.from_bytes(said[: parcel.LENGTH], "big")
    return time.monotonic() - begun, orjson.loads(said[parcel.LENGTH : parcel.LENGTH + length])["used_megabytes"]


async def prepared(server: EngageProcess) -> None:
    app = an_app(server)
    async with app[UNITS].begin() as work:
        await rows.a_site(work, "nordlink")
        await work.db.flush()
        await rows.a_mailbox(work, address=TO)
    await app[UNITS].database.close()


async def brought(server: EngageProcess, port: int) -> tuple[list[float], float, dict[str, int]]:
    """How late each answer was, sorted; how long all took; what became of the mails."""
    contents = [each for number, make in enumerate(MAILS.values()) for each in (make(), GOOD % (number, number))]
    # what is needed once is there
    await asyncio.to_thread(bring, port, [GOOD % (999, 999)])
    await settled(server, 1)
    # a process of its own: whoever brings thirty megabytes holds up the threads beside him
    others = multiprocessing.get_context("spawn")
    here, there = others.Pipe()
    asking = others.Process(target=ask, args=(server.port, there))
    asking.start()
    here.recv()
    begun = time.monotonic()
    try:
        await asyncio.to_thread(bring, port, contents)
        states = await settled(server, 1 + len(contents))
    finally:
        here.send(None)
        lags = here.recv()
        asking.join()
    return sorted(lags), time.monotonic() - begun, states


def bring(port: int, contents: list[bytes]) -> None:
    """Without a library: it would need the processor for seconds to put dots before dots."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line, line.makefile("rb") as heard:
        heard.readline()
        say(line, heard, b"LHLO there\r\n")
        for content in contents:
            for said in (b"MAIL FROM:<eve@home.example>\r\n", b"RCPT TO:<%s>\r\n" % TO.encode(), b"DATA\r\n"):
                say(line, heard, said)
            say(line, heard, content.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n")


def say(line: socket.socket, heard: BinaryIO, said: bytes) -> None:
    line.sendall(said)
    while heard.readline()[3:4] == b"-":
        pass


def ask(port: int, told: Any) -> None:
    """Says when it begins, and how late each answer was when it is told to end."""
    asked, lags = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", []
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        told.send(None)
        while not told.poll(EVERY_SECONDS):
            begun = time.monotonic()
            line.sendall(asked)
            line.recv(65536)
            lags.append(time.monotonic() - begun)
    told.send(lags)


async def settled(server: EngageProcess, wanted: int) -> dict[str, int]:
    """The states of all mails, once none waits."""
    app = an_app(server)
    deadline = time.monotonic() + PATIENCE_SECONDS
    states: Counter[str] = Counter()
    while time.monotonic() < deadline:
        async with app[UNITS].read() as work:
            states = Counter(await work.db.scalars(select(RawMail.state)))
        if sum(states.values()) >= wanted and not states.keys() & {"stored", "retrying"}:
            break
        await asyncio.sleep(0.1)
    await app[UNITS].database.close()
    return dict(states)


if __name__ == "__main__":
    main()
