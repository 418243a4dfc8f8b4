"""Ten thousand visitors who only sit there; five thousand who all come back at once while others talk; and, with
`SOAK_S=1800`, a long talk at 500 messages a second during which nothing may grow.
"""

import asyncio
import json
import os
import random
import resource
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.request import urlopen

import uvloop

from tests.bench.crowd import SECRET, Crowd, Hearing, Person, connect, settle
from tests.bench.lean_client import Gone, SocketClient, open_socket
from tests.bench.talking import Outcome, Talking
from tests.services.engage import EngageProcess, migrate

SOCKETS = int(os.environ.get("SOCKETS", "10000"))
RETURNING = SOCKETS // 2
SOAK_SECONDS = float(os.environ.get("SOAK_S", "0"))
#: a visitor may say one thing a second, so five hundred messages a second take many
TALKERS = 600 if SOAK_SECONDS else 50
TALK_PER_SECOND = 50
#: how long the processor is watched while nobody says anything
QUIET_SECONDS = float(os.environ.get("QUIET_S", "30"))
#: a client's own rule: back after a random half to five seconds
RETURN_AFTER = (0.5, 5.0)
SOAK_PER_SECOND = 500
LOOK_EVERY_SECONDS = 30.0


@dataclass(frozen=True)
class Look:
    """What a process takes of the machine at a moment."""

    bytes: int
    cpu_seconds: float
    descriptors: int
    tasks: int
    at: float


def main() -> None:
    _raise_limit()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, tempfile.TemporaryDirectory() as folder:
        print(json.dumps(runner.run(_measure(Path(folder)))))  # noqa: T201  # its result


def _raise_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _measure(folder: Path) -> dict[str, object]:
    url = f"sqlite+aiosqlite:///{folder}/engage.db"
    migrate(folder, url)
    crowd, hearing = await settle(url, TALKERS, idle=SOCKETS), Hearing()
    engage = EngageProcess(folder, {"ENGAGE_DATABASE_URL": url, "ENGAGE_SECRET": SECRET})
    with ExitStack() as running:
        engage.start()
        running.callback(engage.kill)
        for person in [*crowd.people, *crowd.idle]:
            person.port = engage.port
        await connect(crowd.people, hearing)
        talking = Talking(crowd, hearing, run="idle")
        await talking.paced(TALK_PER_SECOND, 3.0)
        result = await _sit(engage, crowd)
        result |= await _storm(crowd, talking)
        if SOAK_SECONDS:
            result |= await _soak(engage, talking, SOAK_SECONDS)
    return result


async def _sit(engage: EngageProcess, crowd: Crowd) -> dict[str, object]:
    before, began = _look(engage), monotonic()
    sockets = await _open_all(crowd.idle)
    await asyncio.sleep(QUIET_SECONDS)  # whatever their coming has caused is done
    first = _look(engage)
    await asyncio.sleep(QUIET_SECONDS)
    last = _look(engage)
    crowd.idle[:] = [person for person in crowd.idle if person.socket is not None and not person.socket.gone]
    return {
        "sockets": len(crowd.idle),
        "bytes_each": round((last.bytes - before.bytes) / sockets),
        "cpu_percent": round((last.cpu_seconds - first.cpu_seconds) / (last.at - first.at) * 100, 1),
        "opened_per_s": round(sockets / (first.at - QUIET_SECONDS - began)),
    }


async def _open_all(people: list[Person]) -> int:
    """Ten doors, each let in one after the other; the server's own pace is the measure."""
    waiting = iter(people)

    async def door() -> int:
        return sum([await _open(person) for person in waiting])

    return sum(await asyncio.gather(*(door() for _ in range(10))))


async def _open(person: Person) -> int:
    """Knocks as a client of ours does: who is refused waits a random while, each time longer. One, when he is in."""
    wait = RETURN_AFTER[0]
    while True:
        try:
            person.socket = await _knock(person)
        except (OSError, TimeoutError, Gone):
            await asyncio.sleep(wait * (1 + random.random()))  # a client's jitter
            wait = min(wait * 2, 30.0)
            continue
        return 1


async def _knock(person: Person) -> SocketClient:
    auth = json.dumps({"token": person.token})
    return await open_socket(person.port, "/visitor", auth, lambda _packet: None)


async def _storm(crowd: Crowd, talking: Talking) -> dict[str, object]:
    """As after a restart of a proxy: half of all lines break at once, while others talk."""
    returning = crowd.idle[:RETURNING]
    began = monotonic()
    for person in returning:
        if person.socket is not None:
            person.socket.close()
    back = asyncio.gather(*(_return(person) for person in returning))
    talk = asyncio.create_task(talking.paced(TALK_PER_SECOND, 20.0))
    await back
    seconds = monotonic() - began
    outcome: Outcome = await talk
    facts = {"sockets": len(returning), "back_s": round(seconds, 1), "messages": outcome.sent,
             "messages_p99_ms": outcome.percentile(0.99), "refused": outcome.refused}  # fmt: skip
    return {"storm": facts}


async def _return(person: Person) -> None:
    await asyncio.sleep(random.uniform(*RETURN_AFTER))  # a client's jitter
    await _open(person)


async def _soak(engage: EngageProcess, talking: Talking, seconds: float) -> dict[str, object]:
    """What the process takes after the first fifth of the time, and at its end."""
    looks: list[Look] = []
    sent, p99 = 0, 0.0
    while len(looks) * LOOK_EVERY_SECONDS < seconds:
        outcome = await talking.paced(SOAK_PER_SECOND, LOOK_EVERY_SECONDS)
        looks.append(_look(engage))
        sent, p99 = sent + outcome.sent, max(p99, outcome.percentile(0.99))
        told = f"{outcome.per_second}/s, p99 {outcome.percentile(0.99)} ms, refused {outcome.refused}"
        print(f"soak: {looks[-1]}, {told}", flush=True)  # noqa: T201  # how it goes
    first, last = looks[len(looks) // 5], looks[-1]
    return {"soak": {"seconds": seconds, "messages": sent, "worst_p99_ms": p99, "bytes": [first.bytes, last.bytes],
                     "descriptors": [first.descriptors, last.descriptors],
                     "tasks": [first.tasks, last.tasks]}}  # fmt: skip


def _look(engage: EngageProcess) -> Look:
    process = Path(f"/proc/{engage.pid}")
    pages = int((process / "statm").read_text().split()[1])
    spent = (process / "stat").read_text().rpartition(") ")[2].split()
    ticks = int(spent[11]) + int(spent[12])
    return Look(
        bytes=pages * resource.getpagesize(),
        cpu_seconds=ticks / os.sysconf("SC_CLK_TCK"),
        descriptors=len(list((process / "fd").iterdir())),
        tasks=_tasks(engage),
        at=monotonic(),
    )


def _tasks(engage: EngageProcess) -> int:
    with urlopen(f"{engage.url}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return int(float(next(line.split()[1] for line in lines if line.startswith("engage_tasks "))))


if __name__ == "__main__":
    main()
