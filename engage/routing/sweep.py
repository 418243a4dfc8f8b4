"""The sweep: what is otherwise than the matcher knows it. It only names it; reading it anew repairs it.

Hints may be lost, and this finds what they would have told. It asks in slices and for a few columns, and each slice
takes its turn with whoever matches, so that an offer waits for one of them at most; once a minute it reads all that the
matcher knows of people.
"""

import asyncio
from uuid import UUID

from sqlalchemy import select

from engage.agents.models import Agent
from engage.engagements.models import Engagement
from engage.kit.db import columns_of, db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import hints, snapshot
from engage.routing.hints import EVERYTHING, Hint
from engage.routing.matcher import Matcher, rules_changed, slices

#: asked at once: offers wait so long for it at most
SLICE = 50
#: of all ids
_FIRST: UUID | None = UUID(int=0)

_work, _agent = columns_of(Engagement), columns_of(Agent)


async def differences(work: UnitOfWork, matcher: Matcher, turn: asyncio.Lock) -> Hint:
    """What waits, who is there and what each holds, wherever it differs. Whoever has the `turn` matches or looks."""
    if await rules_changed(work) != matcher.rules_seen:
        return EVERYTHING
    return await _works(work, matcher, turn) | await _hands(work, matcher, turn)


async def _works(work: UnitOfWork, matcher: Matcher, turn: asyncio.Lock) -> Hint:
    queued = select(_work.id, _work.version, _work.boost).where(_work.state == "queued", _work.away_since.is_(None))
    seen, other, last = set[UUID](), set[UUID](), _FIRST
    while last is not None:
        async with turn:
            rows = (await work.db.execute(queued.where(_work.id > last).order_by(_work.id).limit(SLICE))).all()
            other.update(row.id for row in rows if not matcher.waits(*row))
        seen.update(row.id for row in rows)
        last = rows[-1].id if rows else None
    return hints.of(engagements=other | (matcher.works - seen))


async def _hands(work: UnitOfWork, matcher: Matcher, turn: asyncio.Lock) -> Hint:
    there = select(_agent.id, _agent.capacity).where(snapshot.is_there(work.now))
    seen, other, last = set[UUID](), set[UUID](), _FIRST
    while last is not None:
        async with turn:
            rows = (await work.db.execute(there.where(_agent.id > last).order_by(_agent.id).limit(SLICE))).all()
            held = await snapshot.works_of(work, [row.id for row in rows])
            other.update(row.id for row in rows if not matcher.holds(row.id, row.capacity, held[row.id]))
        seen.update(row.id for row in rows)
        last = rows[-1].id if rows else None
    return hints.of(agents=other | (matcher.people - seen))


async def strangers(work: UnitOfWork, matcher: Matcher, turn: asyncio.Lock) -> Hint:
    """Who serves or can something else than the matcher knows."""
    other = set[UUID]()
    for some in slices(set(matcher.people), SLICE):
        async with turn:
            people = await snapshot.people(work, is_among(db_of(work.db), Agent.id, some), matcher.book)
            other.update(person.agent.agent_id for person in people if not matcher.serves(person))
    return hints.of(people=other)
