"""What an operator watches: every figure that the documents name exists, and tells how the work stands."""

import re
from datetime import timedelta

import aiohttp
from prometheus_client import REGISTRY

from engage.kit import jobs
from engage.kit.jobs import Job
from tests.architecture.sources import ROOT
from tests.house import House


async def figures(house: House) -> dict[str, float]:
    async with aiohttp.ClientSession(house.url) as operator, operator.get("/metrics") as answer:
        told = await answer.text()
    return {name: float(value) for name, value in re.findall(r"^(engage_\w+) (\S+)$", told, re.MULTILINE)}


async def test_work_that_nobody_does_can_be_seen(house: House) -> None:
    async with house.working() as work:
        await jobs.enqueue(work, "nobody.knows_it", {}, due_at=work.now + timedelta(seconds=5))
        work.db.add(Job(id=house.site.id, name="given.up", payload={}, due_at=work.now, dead_at=work.now))
    before = await figures(house)
    house.clock.advance(seconds=65)
    after = await figures(house)

    assert [before["engage_jobs_due"], before["engage_jobs_dead"]] == [0, 1]
    assert [after["engage_jobs_due"], after["engage_jobs_overdue_seconds"]] == [1, 60]
    assert after["engage_database_connections"] >= 0


def test_every_figure_that_the_documents_name_exists() -> None:
    named = {
        name for file in (ROOT / "docs").glob("*.md") for name in re.findall(r"`(engage_[a-z_]+)[`{]", file.read_text())
    }

    known = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    known |= {family.name for family in REGISTRY.collect()} | {f"{f.name}_total" for f in REGISTRY.collect()}
    assert named
    assert named <= known
