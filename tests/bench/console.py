"""How soon the console answers a key or a click with 200 open engagements: to the first change on the screen."""

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

from engage.kit.ids import new_id
from tests.journeys.carrier import seed
from tests.journeys.console import PASSWORD
from tests.people import TestVisitor
from tests.services.chromium import run_chromium
from tests.services.engage import EngageProcess

#: half of them on the agent's desk, half in the queue
OPEN = 200
#: from the event to the frame after the first change of the document
MEASURE = """() => {
  window.taken = [];
  const begin = (event) => {
    // a click on the row that is open already changes nothing, and the next change would be somebody else's
    if (event.type === 'click' && event.target.closest('[aria-current]')) return;
    const at = event.timeStamp;
    const observer = new MutationObserver((changes) => {
      // a clock that ticks is no answer
      if (changes.every(({ target }) => target.parentElement?.closest('time, .work-row-time, .work-row-bar'))) return;
      observer.disconnect();
      requestAnimationFrame(() => window.taken.push(performance.now() - at));
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    setTimeout(() => observer.disconnect(), 1000);
  };
  addEventListener('keydown', begin, true);
  addEventListener('click', begin, true);
}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed(folder)
        _fill(folder / "engage.db")
        process = EngageProcess(folder, {"ENGAGE_DEMO": "1", "ENGAGE_DATA_DIR": name})
        process.start()
        try:
            print(json.dumps(asyncio.run(_measure(process.url))))  # noqa: T201  # its result
        finally:
            process.stop()


def _fill(file: Path) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    with closing(sqlite3.connect(file)) as database, database:
        (site,) = database.execute("SELECT id FROM sites").fetchone()
        (agent,) = database.execute("SELECT id FROM agents WHERE email LIKE 'anna@%'").fetchone()
        (queue,) = database.execute("SELECT id FROM queues ORDER BY position").fetchone()
        for number in range(OPEN):
            at = str(now - timedelta(minutes=number))
            add(database, "visitors", id=(visitor := new_id().hex), site_id=site, token_hash=uuid.uuid4().hex,
                 name=f"Visitor {number}", locale="en", created_at=at)  # fmt: skip
            mine = number % 2 == 0
            add(database, "conversations", id=(talk := new_id().hex), site_id=site, visitor_id=visitor,
                 client_id=uuid.uuid4().hex, topic="orders", locale="en", fields="[]", last_seq=1, last_customer_seq=1,
                 with_agent_id=agent if mine else None, last_text=f"Question {number}", last_author="visitor",
                 last_at=at, created_at=at)  # fmt: skip
            add(database, "timeline", conversation_id=talk, seq=1, customer_seq=1, id=new_id().hex, kind="message",
                 audience="customer", author_kind="visitor", author_id=visitor, author_name=f"Visitor {number}",
                 text=f"Question {number}", details='{"type": "plain"}', created_at=at)  # fmt: skip
            add(database, "engagements", id=new_id().hex, site_id=site, conversation_id=talk, visitor_id=visitor,
                 channel="webchat", weight=1, live=False, queue_id=queue, state="active" if mine else "queued",
                 version=1, agent_id=agent if mine else None, opened_at=at, place_since=at, entered_at=at,
                 state_since=at)  # fmt: skip


def add(database: sqlite3.Connection, table: str, **values: object) -> None:
    names, places = ", ".join(values), ", ".join("?" * len(values))
    database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values.values()))  # our names


async def _measure(url: str) -> dict[str, object]:
    async with run_chromium() as browser, TestVisitor(url) as newcomer:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        await _sign_in(page, url)
        drawn = await page.locator(".work-row").count()
        await page.evaluate(MEASURE)
        await newcomer.open_widget()
        for key in [*"jjjjjkkjjjjjjjjj", *"2jjjjj1jjjj4jjjj3", *"1", *"jkjkjkjkjk"]:
            await page.keyboard.press(key)
            await page.wait_for_timeout(60)
        # while the queue moves
        for number in range(8):
            await newcomer.starts_chat(f"New question {number}", topic="orders")
            await page.keyboard.press("j")
            await page.locator(".work-row a").nth(2 + number % 4).click()
            await page.wait_for_timeout(60)
        await page.keyboard.press("Escape")
        await page.keyboard.press("/")
        await page.keyboard.type("question 17", delay=60)
        await page.wait_for_timeout(500)
        taken: list[float] = await page.evaluate("window.taken")
    return {
        "open": OPEN,
        "rows_drawn": drawn,
        "interactions": len(taken),
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(sorted(taken)[int(len(taken) * 0.95)], 1),
        "max_ms": round(max(taken), 1),
    }


async def _sign_in(page: Page, url: str) -> None:
    await page.goto(f"{url}/console/")
    await page.get_by_label("E-mail").fill("anna@nordlink.example")
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.locator(".work-row").first.wait_for()


if __name__ == "__main__":
    main()
