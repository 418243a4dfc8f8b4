"""A conversation of 5,000 entries: milliseconds from a key or a click to the first change on the screen."""

import asyncio
import json
import sqlite3
import statistics
import tempfile
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Page

from tests.journeys.carrier import seed
from tests.journeys.cast import Cast
from tests.services.chromium import run_chromium
from tests.services.engage import EngageProcess

ENTRIES = 5_000
KEYS = 60
WHEELS = 60
TARGET_MS = 100

#: resolves with the time between an act and the second frame after it: by then its change stands on the screen
WATCH = """() => {
  window.measured = [];
  const note = event => {
    const begun = event.timeStamp;
    requestAnimationFrame(() => requestAnimationFrame(() => window.measured.push(performance.now() - begun)));
  };
  for (const kind of ['keydown', 'wheel', 'click']) addEventListener(kind, note, { capture: true, passive: true });
}"""


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed(folder)
        process = EngageProcess(folder, {"ENGAGE_DEMO": "1"})
        process.start()
        try:
            async with run_chromium() as browser:
                results = await _measure(Cast(browser), process, folder / "engage.db")
        finally:
            process.stop()
    print(json.dumps(results))  # noqa: T201  # its result


async def _measure(cast: Cast, process: EngageProcess, database: Path) -> dict[str, object]:
    anna, _vera = await cast.in_conversation(process.url)
    page = anna.page
    await page.get_by_role("navigation", name="Work").get_by_text("Queue").click()
    _lengthen(database)
    await page.goto(f"{process.url}/console/")
    await anna.is_at_work()
    await page.evaluate(WATCH)
    await anna.opens("Vera Lind")
    await anna.timeline.locator(".bubble").first.wait_for()
    opening = await _taken(page)
    await anna.timeline.hover()
    for _ in range(WHEELS):
        await page.mouse.wheel(0, -900)
    scrolling = await _taken(page)
    await anna.reply.focus()
    await page.keyboard.type("x" * KEYS)
    typing = await _taken(page)
    loaded = await page.locator(".timeline-row").count()
    worst = max(_p95(scrolling), _p95(typing), opening[0])
    return {
        "entries": ENTRIES,
        "rows_in_document": loaded,
        "open_ms": round(opening[0], 1),
        "scroll_p95_ms": _p95(scrolling),
        "key_p95_ms": _p95(typing),
        "is_within_target": worst < TARGET_MS,
    }


async def _taken(page: Page) -> list[float]:
    """What was measured since the last time, once the page has come to rest."""
    await page.evaluate("() => new Promise(done => requestIdleCallback(done))")
    return [float(each) for each in await page.evaluate("() => window.measured.splice(0)")]


def _p95(figures: list[float]) -> float:
    return round(statistics.quantiles(figures, n=20)[-1], 1)


def _lengthen(database: Path) -> None:
    """Adds entries as both sides would have said them, behind the server's back: saying them would take minutes."""
    with closing(sqlite3.connect(database, timeout=10)) as connection, connection:
        conversation, visitor, seq, customer_seq = connection.execute(
            "SELECT id, visitor_id, last_seq, last_customer_seq FROM conversations"
        ).fetchone()
        columns = [row[1] for row in connection.execute("PRAGMA table_info(timeline)")]
        (model,) = connection.execute("SELECT * FROM timeline WHERE kind = 'message' LIMIT 1").fetchall()
        for number in range(1, ENTRIES + 1):
            row = dict(zip(columns, model, strict=True))
            moment = datetime.now(UTC) - timedelta(seconds=ENTRIES - number)
            row |= {
                "seq": seq + number,
                "customer_seq": customer_seq + number,
                "id": uuid.uuid4().hex,
                "client_id": uuid.uuid4().hex,
                "text": f"Entry {number}: " + "the lamp blinks red and then green again. " * (number % 7),
                "created_at": moment.strftime("%Y-%m-%d %H:%M:%S.%f"),
            }
            marks = ", ".join("?" for _ in columns)
            connection.execute(f"INSERT INTO timeline VALUES ({marks})", [row[name] for name in columns])
        connection.execute(
            "UPDATE conversations SET last_seq = ?, last_customer_seq = ? WHERE id = ? AND visitor_id = ?",
            (seq + ENTRIES, customer_seq + ENTRIES, conversation, visitor),
        )


if __name__ == "__main__":
    asyncio.run(main())
