"""Messages stored, committed and delivered to the other side's socket, by REST and socket as the widget does it.

Generator, servers and databases share the machine: what the first burns is missing to the others.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import uvloop

from tests.bench import echo
from tests.bench.crowd import SECRET, Hearing, connect, disconnect, settle
from tests.bench.talking import Outcome, Talking
from tests.services.engage import EngageProcess, migrate
from tests.services.postgres import PostgresServer, run_postgres
from tests.services.redis import run_redis

#: so many that no visitor writes faster than he may
CONVERSATIONS = 1_000
PACE = 1_000
WARM_UP_SECONDS = 2.0
PACED_SECONDS = 12.0
FLAT_OUT_SECONDS = 10.0
IN_FLIGHT = 160
#: what `python -m tests.bench.chat NAME …` measures; all of them without a name
PARTS = ("sqlite", "postgres", "two_processes", "echo")

Figures = dict[str, tuple[Outcome, Outcome]]


def main() -> None:
    parts = sys.argv[1:] or PARTS
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(_talks(parts))
        rates = runner.run(echo.measure()) if "echo" in parts else {}
    print(json.dumps(_result(figures, rates)))  # noqa: T201  # its result


def _result(figures: Figures, rates: Mapping[str, float]) -> dict[str, object]:
    alone = {name: each for name, each in figures.items() if name != "two_processes"}
    two = figures.get("two_processes")
    return {
        "durable_per_s": {name: flat_out.per_second for name, (_, flat_out) in alone.items()},
        "p99_ms_at_1000": {name: paced.percentile(0.99) for name, (paced, _) in alone.items()},
        "two_process_durable_per_s": two[1].per_second if two else None,
        "push_echo_per_s": rates.get("push"),
        "node_echo_per_s": rates.get("node"),
    }


async def _talks(parts: list[str] | tuple[str, ...]) -> Figures:
    figures: Figures = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if "sqlite" in parts:
            url = f"sqlite+aiosqlite:///{folder}/engage.db"
            migrate(folder, url)
            figures["sqlite"] = await _measured("sqlite", folder, url)
        if not {"postgres", "two_processes"}.isdisjoint(parts):
            server = stack.enter_context(run_postgres(durable=True))
            if "postgres" in parts:
                figures["postgres"] = await _measured("postgres", folder, _fresh(server, folder))
            if "two_processes" in parts:
                redis = stack.enter_context(run_redis())
                url = _fresh(server, folder)
                figures["two_processes"] = await _measured("two processes", folder, url, redis_url=redis.url)
    return figures


def _fresh(server: PostgresServer, folder: Path) -> str:
    url = server.url(server.create_database())
    migrate(folder, url)
    return url


async def _measured(name: str, folder: Path, url: str, *, redis_url: str = "") -> tuple[Outcome, Outcome]:
    """One process with everybody, or visitors on one and agents on the other; paced first, then flat out."""
    crowd, hearing = await settle(url, CONVERSATIONS), Hearing()
    settings = {"ENGAGE_DATABASE_URL": url, "ENGAGE_SECRET": SECRET}
    if redis_url:
        settings["ENGAGE_REDIS_URL"] = redis_url
    roles = ("web", "web") if redis_url else ("serve",)
    with ExitStack() as running:
        processes = [EngageProcess(folder, settings, role=role) for role in roles]
        for process in processes:
            process.start()
            running.callback(process.kill)
        for person in crowd.people:
            person.port = processes[0 if person.kind == "visitor" else -1].port
        await connect(crowd.people, hearing)
        talking = Talking(crowd, hearing, run=name)
        await talking.paced(PACE // 2, WARM_UP_SECONDS)
        paced = await talking.paced(PACE, PACED_SECONDS)
        _say(name, "paced", paced)
        spent = [_cpu_seconds(process) for process in processes]
        flat_out = await talking.flat_out(IN_FLIGHT, FLAT_OUT_SECONDS)
        spent = [_cpu_seconds(process) - before for process, before in zip(processes, spent, strict=True)]
        disconnect(crowd)
    _say(name, "flat out", flat_out)
    # on a machine that others use as well, this says more than the rate
    print(f"{name}: us of processor a message {[round(each / flat_out.sent * 1e6) for each in spent]}", flush=True)  # noqa: T201
    return paced, flat_out


def _cpu_seconds(process: EngageProcess) -> float:
    spent = Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _say(name: str, way: str, outcome: Outcome) -> None:
    ms = {f"p{round(part * 100)}": outcome.percentile(part) for part in (0.5, 0.95, 0.99)}
    facts = {"sent": outcome.sent, "doubled": outcome.doubled, "refused": outcome.refused}
    print(f"{name}, {way}: {outcome.per_second}/s, ms {ms}, {facts}", flush=True)  # noqa: T201  # how it goes


if __name__ == "__main__":
    main()
