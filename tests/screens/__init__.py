"""People without a browser: the chat's own engine and the console's own desk, run by Node."""

import asyncio
import json
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from engage.agents import passwords
from engage.agents import service as agents
from engage.app import create_app
from engage.demo import seed
from engage.kit.unit_of_work import UNITS
from engage.routing import service as routing
from engage.settings import Settings
from engage.sites import service as sites
from tests.services.engage import ROOT

HERE = Path(__file__).parent
#: a line of an answer: all screens of all people
LONGEST_LINE = 64 * 1024 * 1024


class People:
    """Obey one order after the other."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def do(self, order: str, **more: Any) -> Any:
        """The answer, when the order has been carried out."""
        self._give(order, more)
        return await self._answer()

    @asynccontextmanager
    async def asleep(self, *, seconds: int) -> AsyncIterator[None]:
        """Their lids are shut: nothing of theirs runs. When they wake, so many seconds have passed by their clocks."""
        self._process.send_signal(signal.SIGSTOP)
        yield
        self._give("jump", {"seconds": seconds})
        self._process.send_signal(signal.SIGCONT)
        await self._answer()

    def _give(self, order: str, more: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"order": order, **more}).encode() + b"\n")

    async def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the people have gone, with {await self._process.wait()}")
        return json.loads(line)


@asynccontextmanager
async def run_people(folder: Path) -> AsyncIterator[People]:
    """Built from the sources as they are now."""
    config = str(HERE / "vite.config.ts")
    build = ["npx", "--no-install", "vite", "build", "--config", config, "--outDir", str(folder), "--logLevel", "warn"]
    await asyncio.to_thread(subprocess.run, build, cwd=ROOT, check=True)
    process = await asyncio.create_subprocess_exec(
        "node", str(folder / "people.mjs"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=LONGEST_LINE
    )
    try:
        yield People(process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def hire(settings: Settings, emails: list[str]) -> None:
    """Agents of the demo carrier, with its password."""
    password_hash = await passwords.hash_of(seed.PASSWORD)
    units = create_app(settings, role="web")[UNITS]
    async with units.begin() as work:
        place = await sites.by_key(work, seed.SITE_KEY)
        for email in emails:
            agent = await agents.hire(
                work, email=email, name=email.partition("@")[0], password_hash=password_hash, role="agent",
                site_ids=[place.id],
            )  # fmt: skip
            await routing.serve_all_queues(work, agent, place)
    await units.database.close()
