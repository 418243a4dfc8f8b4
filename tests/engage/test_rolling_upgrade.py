"""A new release under load, as docs/operating.md tells it: one web process after the other is replaced."""

import asyncio
from pathlib import Path

from engage.demo.seed import PASSWORD
from engage.settings import Settings
from tests.conftest import StartEngage
from tests.screens import compare, hire, run_people
from tests.services.balancer import run_balancer

PAIRS = 3


async def test_nobody_loses_a_word_while_one_process_after_the_other_is_replaced(
    start_engage: StartEngage, demo_postgres_url: str, redis_url: str, tmp_path: Path
) -> None:
    shared = {"ENGAGE_DATABASE_URL": demo_postgres_url, "ENGAGE_REDIS_URL": redis_url, "ENGAGE_STOP_SECONDS": "2"}
    settings = Settings(data_dir=tmp_path, database_url=demo_postgres_url, demo=True)
    emails = [f"agent{number}@nordlink.example" for number in range(PAIRS)]
    await hire(settings, emails)
    one, two, worker = (start_engage(role=role, **shared) for role in ("web", "web", "work"))

    async with run_balancer(one.port, two.port) as balancer, run_people(tmp_path / "people") as people:
        begin = {"agent_url": balancer.url, "visitor_urls": [], "agents": emails, "password": PASSWORD}
        await people.do("begin", **begin)
        await people.do("talk", every_ms=800)
        for process in (worker, one, two):
            assert await asyncio.to_thread(process.stop) == 0
            await asyncio.to_thread(process.start)
        await people.do("hush")

        await compare.become_equal(people, settings)
        assert (await people.do("online"))["said"] > 2 * PAIRS
