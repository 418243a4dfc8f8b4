"""The supervisors' board with 200 agents and 1,000 waiting: its weight, what is pushed, and how soon it answers."""

import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Page, WebSocket

from engage.kit.ids import new_id
from tests.bench.console import MEASURE, add
from tests.journeys.carrier import seed
from tests.journeys.console import PASSWORD
from tests.people import TestVisitor
from tests.services.chromium import run_chromium
from tests.services.engage import EngageProcess

AGENTS, WAITING, HELD = 200, 1_000, 2
#: how long the board is watched while new work comes, and how often
WATCHED_SECONDS, NEWCOMERS = 15, 30
#: the time between two frames, for as long as the page lives
FRAMES = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const note = now => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed(folder)
        fill(folder / "engage.db")
        process = EngageProcess(folder, {"ENGAGE_DEMO": "1", "ENGAGE_DATA_DIR": name})
        process.start()
        try:
            print(json.dumps(asyncio.run(_measure(process.url))))  # noqa: T201  # its result
        finally:
            process.stop()


def fill(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.row_factory = sqlite3.Row
        (site,) = database.execute("SELECT id FROM sites").fetchone()
        (queue,) = database.execute("SELECT id FROM queues ORDER BY position").fetchone()
        for number in range(AGENTS):
            agent = _hires(database, number)
            for _ in range(HELD):
                _work(database, site, queue, agent, number)
        for number in range(WAITING):
            _work(database, site, queue, None, number)


def _hires(database: sqlite3.Connection, number: int) -> str:
    """A colleague like Ben, with his duties."""
    (ben,) = database.execute("SELECT id FROM agents WHERE email LIKE 'ben@%'").fetchone()
    agent, name = new_id().hex, f"Agent {number:03} of the night shift"
    own = {"id": agent, "email": f"agent{number}@nordlink.example", "name": name, "presence": "available"}
    _copy(database, "agents", "id", ben, own)
    for table in ("agent_sites", "queue_members"):
        _copy(database, table, "agent_id", ben, {"agent_id": agent})
    return agent


def _copy(database: sqlite3.Connection, table: str, key: str, value: str, changed: Mapping[str, object]) -> None:
    for row in database.execute(f"SELECT * FROM {table} WHERE {key} = ?", [value]).fetchall():  # our names
        add(database, table, **{**dict(row), **changed})


def _work(database: sqlite3.Connection, site: str, queue: str, agent: str | None, number: int) -> None:
    at = str(datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=number))
    add(database, "visitors", id=(visitor := new_id().hex), site_id=site, token_hash=uuid.uuid4().hex,
        name=f"Visitor {number}", locale="en", created_at=at)  # fmt: skip
    add(database, "conversations", id=(talk := new_id().hex), site_id=site, visitor_id=visitor,
        client_id=uuid.uuid4().hex, topic="orders", locale="en", fields="[]", last_seq=0, last_customer_seq=0,
        with_agent_id=agent, last_text=f"Question {number} about the router in the hall", last_author="visitor",
        last_at=at, created_at=at)  # fmt: skip
    add(database, "engagements", id=new_id().hex, site_id=site, conversation_id=talk, visitor_id=visitor,
        channel="webchat", weight=1, live=False, queue_id=queue, state="active" if agent else "queued", version=1,
        agent_id=agent, opened_at=at, place_since=at, entered_at=at, state_since=at)  # fmt: skip


async def _measure(url: str) -> dict[str, object]:
    async with run_chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        pushed: list[int] = []
        page.on("websocket", lambda socket: _listen(socket, pushed))
        await _sign_in(page, url)
        snapshot = await _snapshot(page)
        opened_ms = await _opens(page)
        await page.evaluate(MEASURE)
        await page.evaluate(FRAMES)
        pushed.clear()
        await asyncio.gather(_come(url), _clicks(page))
        taken: list[float] = await page.evaluate("window.taken")
        frames: list[float] = await page.evaluate("window.frames_ms")
        cards = await page.locator(".board-agent").count()
    return {
        **snapshot,
        "opened_ms": opened_ms,
        "agents_drawn": cards,
        "pushes_per_s": round(len(pushed) / WATCHED_SECONDS, 1),
        "pushed_bytes_per_s": round(sum(pushed) / WATCHED_SECONDS),
        **_spread("interaction", taken),
        **_spread("frame", frames),
    }


def _listen(socket: WebSocket, pushed: list[int]) -> None:
    def note(payload: str | bytes) -> None:
        if b"board_" in (payload if isinstance(payload, bytes) else payload.encode()):
            pushed.append(len(payload))

    socket.on("framereceived", note)


async def _snapshot(page: Page) -> dict[str, object]:
    """As it travels and as it is; the fastest of five, asked as the console asks."""
    return dict(
        await page.evaluate(
            """async () => {
              const me = await (await fetch('/api/v1/agent/workspace')).json();
              const path = `/api/v1/agent/sites/${me.me.sites[0].id}/board`;
              const taken = [];
              let bytes = 0;
              for (let n = 0; n < 5; n++) {
                const at = performance.now();
                bytes = (await (await fetch(path)).arrayBuffer()).byteLength;
                taken.push(performance.now() - at);
              }
              const [entry] = performance.getEntriesByType('resource').filter(one => one.name.endsWith('/board'));
              return { snapshot_bytes: bytes, travelled_bytes: entry.encodedBodySize,
                       snapshot_ms: Math.round(Math.min(...taken)) };
            }"""
        )
    )


async def _opens(page: Page) -> int:
    at = time.perf_counter()
    await page.get_by_role("link", name="Board").click()
    await page.locator(".board-row").first.wait_for()
    await page.locator(".board-agent").first.wait_for()
    return round((time.perf_counter() - at) * 1000)


async def _come(url: str) -> None:
    """Another one each time: one visitor may not begin so many."""
    for number in range(NEWCOMERS):
        async with TestVisitor(url) as newcomer:
            await newcomer.open_widget()
            await newcomer.starts_chat(f"New question {number}", topic="orders")
        await asyncio.sleep(WATCHED_SECONDS / NEWCOMERS)


async def _clicks(page: Page) -> None:
    """Up and down the waiting, and from queue to queue, while the board moves."""
    end = time.perf_counter() + WATCHED_SECONDS
    await page.locator(".board-row").first.focus()
    while time.perf_counter() < end:
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
            await page.keyboard.press(key)
            await page.wait_for_timeout(100)


def _spread(name: str, taken: list[float]) -> dict[str, object]:
    ordered = sorted(taken)
    return {
        f"{name}s": len(taken),
        f"{name}_p50_ms": round(statistics.median(taken), 1),
        f"{name}_p95_ms": round(ordered[int(len(taken) * 0.95)], 1),
        f"{name}_max_ms": round(ordered[-1], 1),
    }


async def _sign_in(page: Page, url: str) -> None:
    await page.goto(f"{url}/console/")
    await page.get_by_label("E-mail").fill("anna@nordlink.example")
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("region", name="Work", exact=True).wait_for()


if __name__ == "__main__":
    main()
