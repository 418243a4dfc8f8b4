"""What was written, what is stored, and what stands on both screens: the three must agree."""

import asyncio
import itertools
from collections import Counter
from typing import Any

from sqlalchemy import select

from engage.app import create_app
from engage.conversations.models import TimelineRow
from engage.kit.unit_of_work import UNITS
from engage.settings import Settings
from tests.screens import People

FAULTS = ("lost", "doubled", "reordered")
EQUAL_WITHIN_SECONDS = 40


async def become_equal(people: People, settings: Settings) -> None:
    """Everything that was written stands once, in order, in the database and on both screens, and soon."""
    found: dict[str, int] = {}
    try:
        async with asyncio.timeout(EQUAL_WITHIN_SECONDS):
            while True:
                found = faults(await people.do("report"), await rows(settings))
                if not any(found[name] for name in FAULTS):
                    return
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise AssertionError(f"after {EQUAL_WITHIN_SECONDS} s: {found}") from None


async def rows(settings: Settings) -> dict[str, list[TimelineRow]]:
    """By conversation, as it is stored."""
    database = create_app(settings, role="web")[UNITS].database
    async with database.reading() as session:
        rows: dict[str, list[TimelineRow]] = {}
        for row in await session.scalars(select(TimelineRow).order_by(TimelineRow.conversation_id, TimelineRow.seq)):
            rows.setdefault(str(row.conversation_id), []).append(row)
    await database.close()
    return rows


def faults(reports: list[dict[str, Any]], rows: dict[str, list[TimelineRow]]) -> dict[str, int]:
    found = Counter(sent=0, lost=0, doubled=0, reordered=0)
    for report in reports:
        stored = rows.get(report["conversation_id"], [])
        found.update(_of_texts(report["said"], stored))
        for side, audience in (("visitor", ("customer",)), ("agent", ("customer", "agents"))):
            expected = [str(row.id) for row in stored if row.audience in audience]
            found.update(_of_screen(report[side], expected))
    return dict(found)


def _of_texts(said: dict[str, list[str]], stored: list[TimelineRow]) -> Counter[str]:
    """What each has written, against what the database holds of him."""
    found: Counter[str] = Counter()
    for side, texts in said.items():
        kept = [row.text for row in stored if row.kind == "message" and row.author_kind == side]
        found["sent"] += len(texts)
        found["lost"] += len(set(texts) - set(kept))
        found["doubled"] += len(kept) - len(set(kept))
        found["reordered"] += _out_of_order(kept, texts)
    return found


def _of_screen(shown: list[str], expected: list[str]) -> Counter[str]:
    return Counter(
        lost=len(set(expected) - set(shown)),
        doubled=len(shown) - len(set(shown)),
        reordered=_out_of_order(shown, expected),
    )


def _out_of_order(found: list[str], wanted: list[str]) -> int:
    """How many do not stand behind the one that they should follow."""
    place = {each: number for number, each in enumerate(wanted)}
    places = [place.get(each, -1) for each in found]
    return sum(later < earlier for earlier, later in itertools.pairwise(places))
