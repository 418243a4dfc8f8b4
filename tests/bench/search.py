"""How long a search takes over 100,000 entries: SQLite and PostgreSQL, one agent who sees the whole site."""

import asyncio
import json
import random
import statistics
import tempfile
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from engage.contacts.models import Contact, Visitor
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements.models import Engagement
from engage.kit.db import Model
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Queue
from tests.house import House
from tests.services.engage import migrate
from tests.services.postgres import run_postgres

CONVERSATIONS = 5_000
ENTRIES_EACH = 20
WORDS = [f"{head}{tail}" for head in ("rou", "bil", "ord", "lin", "mod", "sig", "tar", "num") for tail in
         ("ter", "ling", "er", "ek", "em", "nal", "iff", "ber", "ra", "to", "ka", "mi")]  # fmt: skip
#: a rare word, a common one, a beginning, several words, a name, and one that is nowhere
QUERIES = ("zebra", "router", "ro", "router billing order", "visitor 4711", "nowhere")
RUNS = 15


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _tell("sqlite", f"sqlite+aiosqlite:///{folder}/engage.db", Path(folder))
        with run_postgres() as server:
            _tell("postgres", server.url(server.create_database()), Path(folder))


def _tell(database: str, url: str, folder: Path) -> None:
    migrate(folder, url)
    measured = asyncio.run(_measure(url, folder))
    print(json.dumps({"database": database, **measured}))  # noqa: T201  # its result


async def _measure(url: str, folder: Path) -> dict[str, object]:
    async with House(url, folder) as house:
        async with house.working() as work:
            await _fill(work, house.site.id)
        async with house.agent("anna") as anna:
            taken: dict[str, list[float]] = {query: [] for query in QUERIES}
            for _ in range(RUNS):
                for query in QUERIES:
                    started = time.perf_counter()
                    await anna.raw("GET", "/agent/search", params={"query": query})
                    taken[query].append((time.perf_counter() - started) * 1000)
    everything = [each for times in taken.values() for each in times]
    return {
        "entries": CONVERSATIONS * ENTRIES_EACH,
        "p50_ms": {query: round(statistics.median(times), 1) for query, times in taken.items()},
        "p95_ms": round(sorted(everything)[int(len(everything) * 0.95)], 1),
    }


async def _fill(work: UnitOfWork, site_id: uuid.UUID) -> None:
    chance, now = random.Random(7), datetime.now(UTC)
    queue_id = await work.db.scalar(select(Queue.id).where(Queue.site_id == site_id))
    rows: dict[type[Model], list[dict[str, object]]] = {
        each: [] for each in (Contact, Visitor, Conversation, Engagement, TimelineRow)
    }
    for number in range(CONVERSATIONS):
        contact, visitor, conversation, name = new_id(), new_id(), new_id(), f"Visitor {number}"
        common = {"site_id": site_id, "created_at": now}
        rows[Contact].append({**common, "id": contact, "name": name, "email": f"v{number}@shop.example",
                              "attributes": {}})  # fmt: skip
        rows[Visitor].append({**common, "id": visitor, "contact_id": contact, "token_hash": uuid.uuid4().hex,
                              "name": name, "email": f"v{number}@shop.example", "locale": "en"})  # fmt: skip
        rows[Conversation].append({**common, "id": conversation, "visitor_id": visitor, "client_id": uuid.uuid4().hex,
                                   "topic": "orders", "locale": "en", "fields": [], "last_at": now})  # fmt: skip
        rows[Engagement].append({"id": new_id(), "site_id": site_id, "conversation_id": conversation,
                                 "visitor_id": visitor, "channel": "webchat", "queue_id": queue_id, "state": "closed",
                                 "opened_at": now, "place_since": now, "entered_at": now,
                                 "state_since": now})  # fmt: skip
        for seq in range(1, ENTRIES_EACH + 1):
            text = " ".join(chance.choices(WORDS, k=12)) + (" zebra" if chance.random() < 0.0002 else "")
            rows[TimelineRow].append({"conversation_id": conversation, "seq": seq, "customer_seq": seq,
                                      "id": new_id(), "kind": "message", "audience": "customer",
                                      "author_kind": "visitor", "author_name": name, "text": text, "details": {},
                                      "created_at": now})  # fmt: skip
    for table, values in rows.items():
        for at in range(0, len(values), 5_000):
            await work.db.execute(insert(table), values[at : at + 5_000])


if __name__ == "__main__":
    main()
