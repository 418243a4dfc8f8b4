"""People talk over two web processes while plugs are pulled: lines, processes, Redis, PostgreSQL. What arrives?

The people are the chat's own engine and the console's own desk with the official Socket.IO client, in Node. In the end
every message that was written must stand once, in the order of its writer, in the database and on both screens.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.app import create_app
from engage.demo import seed
from engage.settings import Settings
from tests import screens
from tests.screens import People, compare, run_people
from tests.services.balancer import Balancer, run_balancer
from tests.services.engage import EngageProcess, migrate
from tests.services.postgres import PostgresServer, run_postgres
from tests.services.redis import RedisServer, run_redis

PAIRS = 16
#: of one person, on average
MESSAGE_EVERY_MS = 1_500
DISCONNECTS = 1_000
#: between two pulled plugs of a kind
CUT_SECONDS, KILL_SECONDS, REDIS_SECONDS, POSTGRES_SECONDS, WORKER_SECONDS = 0.08, 6, 13, 29, 37
#: a connection is left alone for so long, so that something is pushed over it
LIVES_SECONDS = 1.0
#: both screens are equal at the latest after this
SETTLE_SECONDS = 40
GIVE_UP_SECONDS = 120
COUNTED = ("disconnects", "web_kills", "redis_restarts", "postgres_restarts")


@dataclass
class Site:
    """Everything that runs, and that may be taken away."""

    postgres: PostgresServer
    redis: RedisServer
    webs: list[EngageProcess]
    worker: EngageProcess
    balancer: Balancer
    people: People
    settings: Settings
    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COUNTED, 0)))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(asyncio.run(_measure(Path(name)))))  # noqa: T201  # its result


async def _measure(folder: Path) -> dict[str, int]:
    async with _site(folder) as site:
        emails = [f"agent{number}@nordlink.example" for number in range(PAIRS)]
        await screens.hire(site.settings, emails)
        await site.people.do(
            "begin", agent_url=site.balancer.url, visitor_urls=[], agents=emails, password=seed.PASSWORD
        )
        await site.people.do("talk", every_ms=MESSAGE_EVERY_MS)
        await _sabotage(site)
        await site.people.do("hush")
        return {name: site.counts[name] for name in COUNTED} | await _outcome(site)


@asynccontextmanager
async def _site(folder: Path) -> AsyncIterator[Site]:
    async with AsyncExitStack() as running:
        postgres = running.enter_context(run_postgres(durable=True))
        redis = running.enter_context(run_redis())
        chosen = {
            "ENGAGE_DATABASE_URL": postgres.url(postgres.create_database()),
            "ENGAGE_REDIS_URL": redis.url,
            "ENGAGE_TRUSTED_PROXIES": "0",
        }
        migrate(folder, chosen["ENGAGE_DATABASE_URL"])
        settings = Settings(data_dir=folder, database_url=chosen["ENGAGE_DATABASE_URL"], demo=True)
        await seed.run(create_app(settings, role="web"))
        processes = [EngageProcess(folder, chosen, role=role) for role in ("web", "web", "work")]
        for each in processes:
            running.callback(each.kill)
            await asyncio.to_thread(each.start)
        *webs, worker = processes
        balancer = await running.enter_async_context(run_balancer(*(web.port for web in webs)))
        people = await running.enter_async_context(run_people(folder / "people"))
        yield Site(postgres, redis, webs, worker, balancer, people, settings)


# Sabotage.


async def _sabotage(site: Site) -> None:
    """Until enough lines were cut; then everything is made whole again."""
    enough = asyncio.Event()
    acts = (
        _every(CUT_SECONDS, enough, lambda: _cut(site, enough)),
        _every(KILL_SECONDS, enough, lambda: _kill_web(site)),
        _every(WORKER_SECONDS, enough, lambda: _kill(site.worker, site.counts, "worker_kills")),
        _every(REDIS_SECONDS, enough, lambda: _hurt_redis(site)),
        _every(POSTGRES_SECONDS, enough, lambda: _restart_postgres(site)),
        _tell(site, enough),
    )
    await asyncio.gather(*acts)


async def _every(seconds: float, enough: asyncio.Event, act: Callable[[], Any]) -> None:
    while not enough.is_set():
        try:
            await asyncio.wait_for(enough.wait(), seconds)
        except TimeoutError:
            await act()


async def _cut(site: Site, enough: asyncio.Event) -> None:
    """Somebody's socket, and now and then a connection with a request on its way."""
    if settled := [each for each in site.balancer.sockets if each.age > LIVES_SECONDS]:
        random.choice(settled).cut()
        site.counts["disconnects"] += 1
        if site.counts["disconnects"] >= DISCONNECTS:
            enough.set()
    if random.random() < 0.2 and (requests := site.balancer.requests):
        random.choice(requests).cut()


async def _kill_web(site: Site) -> None:
    await _kill(site.webs[site.counts["web_kills"] % len(site.webs)], site.counts, "web_kills")


async def _kill(process: EngageProcess, counts: Counter[str], name: str) -> None:
    counts[name] += 1
    await asyncio.to_thread(process.restart)


async def _hurt_redis(site: Site) -> None:
    site.counts["redis_restarts"] += 1
    await asyncio.to_thread(site.redis.restart)
    await asyncio.sleep(2)
    await asyncio.to_thread(site.redis.flush)


async def _restart_postgres(site: Site) -> None:
    """By turns as an operator would, and as a crash would (`-m immediate`)."""
    end = site.postgres.kill if site.counts["postgres_restarts"] % 2 else site.postgres.stop
    site.counts["postgres_restarts"] += 1
    await asyncio.to_thread(end)
    await asyncio.to_thread(site.postgres.start)


async def _tell(site: Site, enough: asyncio.Event) -> None:
    """Where it stands, for whoever waits."""
    began = time.monotonic()
    while not enough.is_set():
        await asyncio.sleep(10)
        now = await site.people.do("online")
        print(f"{time.monotonic() - began:4.0f} s", dict(site.counts), now, file=sys.stderr)  # noqa: T201  # a bench talks


# What became of it.


async def _outcome(site: Site) -> dict[str, int]:
    began = time.monotonic()
    while True:
        reports, rows = await site.people.do("report"), await compare.rows(site.settings)
        found = compare.faults(reports, rows)
        seconds = time.monotonic() - began
        if not any(found[name] for name in ("lost", "doubled", "reordered")) or seconds > GIVE_UP_SECONDS:
            break
        await asyncio.sleep(1)
    print(f"equal after {seconds:.1f} s", file=sys.stderr)  # noqa: T201  # a bench talks
    if seconds > SETTLE_SECONDS:
        found["lost"] = max(1, found["lost"])
    return found


if __name__ == "__main__":
    main()
