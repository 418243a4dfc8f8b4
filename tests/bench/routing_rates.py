"""The way from an arrival, or from a freed agent, to the committed offer, at so many a second.

The holder has read everything before the clock starts. What comes is committed every 10 ms by a connection of its own,
as many at once as come in that time: as visitors do who write to several processes.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.kit.bus import BUS, Reactions
from engage.kit.unit_of_work import UNITS
from engage.routing import hints
from engage.routing.dispatcher import Dispatcher
from engage.routing.events import OfferMade
from engage.routing.hints import Hint
from engage.routing.models import QueueMember
from tests.bench import routing_town

RATES = (100, 400, 800, 2_000)
#: so long at each rate; then the last offers are waited for so much longer
SECONDS, PATIENCE_SECONDS = 3, 15
TICK_SECONDS = 0.01
#: enough for the highest rate, and for a backlog behind agents who hold one each
WORKS = 10_000

_PARK = "UPDATE engagements SET state = 'queued', agent_id = NULL, away_since = now() WHERE state <> 'closed'"
_WITHDRAW = "UPDATE offers SET state = 'withdrawn', ended_at = now() WHERE state = 'pending'"
_COMES = "UPDATE engagements SET away_since = NULL WHERE id = ANY($1::uuid[])"
_ONE_EACH = "UPDATE agents SET capacity = 1"
#: it ends where it is, and the next customer takes its row at the end of the queue
_FREED = (
    "WITH over AS (UPDATE offers SET state = 'accepted', ended_at = now()"
    " WHERE engagement_id = ANY($1::uuid[]) AND state = 'pending')"
    " UPDATE engagements SET state = 'queued', agent_id = NULL, version = version + 1,"
    " place_since = now(), entered_at = now(), state_since = now() WHERE id = ANY($1::uuid[])"
)

Offered = Callable[[OfferMade], None]
Feed = Callable[[Dispatcher], Awaitable[None]]
#: lets so many come, and says what is to be told of it
Some = Callable[[int], Awaitable[Hint]]


@dataclass
class Clock:
    """When each of them came, and how many milliseconds later its offer was stored."""

    came: dict[UUID, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    def starts(self, ids: Sequence[UUID]) -> None:
        self.came.update(dict.fromkeys(ids, time.perf_counter()))

    def stops(self, each: UUID) -> None:
        if (came := self.came.pop(each, None)) is not None:
            self.took.append((time.perf_counter() - came) * 1000)

    async def is_done(self) -> bool:
        for _ in range(PATIENCE_SECONDS * 100):
            if not self.came:
                return True
            await asyncio.sleep(0.01)
        return False

    def at(self, share: float) -> float:
        return round(sorted(self.took)[int(len(self.took) * share)], 1)


async def taken(app: web.Application, site_id: UUID, queues: Sequence[UUID]) -> dict[str, Any]:
    """Milliseconds by rate: of both ways the slower one, and each for itself.

    None where not all that arrived was offered, or most who were freed got nothing. Who serves but a queue that others
    have emptied gets nothing, and is counted apart.
    """
    async with app[UNITS].begin() as work:
        # work comes to a queue as its people are many
        named = list(await work.db.scalars(select(QueueMember.queue_id)))
        ids = await routing_town.queue_up(work, site_id, named, WORKS)
    async with app[UNITS].database.engine.connect() as connection:
        street = Street(app, (await connection.get_raw_connection()).driver_connection)
        arrived = {str(rate): await _arrivals(street, ids[: rate * SECONDS + 1], rate) for rate in RATES}
        freed = await _freed(street, ids)
        await connection.invalidate()
    return (
        {
            f"{name}_ms": {rate: _slower(arrived[rate], freed[rate], at) for rate in arrived}
            for name, at in (("p50", 0.5), ("p99", 0.99))
        }
        | {
            f"{name}_p99_ms": {rate: clock and clock.at(0.99) for rate, clock in clocks.items()}
            for name, clocks in (("arrived", arrived), ("freed", freed))
        }
        | {"freed_without_work": {rate: clock and len(clock.came) for rate, clock in freed.items()}}
    )


def _slower(one: Clock | None, other: Clock | None, at: float) -> float | None:
    return max(one.at(at), other.at(at)) if one and other else None


class Street:
    """Where work comes from, and the router that it comes to."""

    def __init__(self, app: web.Application, driver: Any) -> None:
        self.driver = driver
        self.offered: Offered = lambda _event: None
        self._app = app
        reactions = Reactions()
        reactions.after_commit(OfferMade)(self._note)
        app[BUS].include(reactions)

    async def _note(self, _app: web.Application, event: OfferMade) -> None:
        self.offered(event)

    async def all_parked(self) -> None:
        """Everybody is idle, and all work waits for its visitor."""
        for statement in (_PARK, _WITHDRAW, "VACUUM ANALYZE engagements, offers, engagement_steps, agents"):
            await self.driver.execute(statement)

    async def routed(self, feed: Feed) -> None:
        """A router works, while `feed` brings what comes."""
        dispatcher = Dispatcher(self._app[UNITS])
        running = asyncio.create_task(dispatcher.run())
        try:
            await feed(dispatcher)
        finally:
            running.cancel()
            await asyncio.wait([running])


async def _arrivals(street: Street, ids: Sequence[UUID], rate: int) -> Clock | None:
    """To people with room."""
    clock, done = Clock(), False
    await street.all_parked()
    street.offered = lambda event: clock.stops(event.engagement_id)

    async def come(dispatcher: Dispatcher) -> None:
        nonlocal done
        waiting = deque(ids)

        async def some(count: int) -> Hint:
            now = [waiting.popleft() for _ in range(count)]
            await street.driver.execute(_COMES, now)
            clock.starts(now)
            return hints.of(engagements=now)

        # its offer shows that the holder has read everything
        dispatcher.hear((await some(1)).encoded())
        done = await clock.is_done()
        clock.took.clear()
        await _ticks(dispatcher, rate, some)
        done = done and await clock.is_done()

    await street.routed(come)
    return clock if done else None


async def _freed(street: Street, ids: Sequence[UUID]) -> dict[str, Clock | None]:
    """Everybody holds one and more wait: whoever is done with his gets the next one."""
    held: deque[tuple[UUID, UUID]] = deque()
    await street.all_parked()
    street.offered = lambda event: held.append((event.engagement_id, event.agent_id))
    await street.driver.execute(_ONE_EACH)
    await street.driver.execute(_COMES, list(ids))
    clocks: dict[str, Clock | None] = {}

    async def work_off(dispatcher: Dispatcher) -> None:
        before = 0
        while not held or before < len(held):
            before = len(held)
            await asyncio.sleep(1)
        for rate in RATES:
            clocks[str(rate)] = await _freed_at(street, dispatcher, rate, held)

    await street.routed(work_off)
    return clocks


async def _freed_at(street: Street, dispatcher: Dispatcher, rate: int, held: deque[tuple[UUID, UUID]]) -> Clock | None:
    clock = Clock()

    def offered(event: OfferMade) -> None:
        clock.stops(event.agent_id)
        held.append((event.engagement_id, event.agent_id))

    street.offered = offered

    async def some(count: int) -> Hint:
        now = [held.popleft() for _ in range(count)]
        works, agents = [each[0] for each in now], [each[1] for each in now]
        await street.driver.execute(_FREED, works)
        clock.starts(agents)
        return hints.of(engagements=works, agents=agents)

    await _ticks(dispatcher, rate, some)
    await clock.is_done()
    return clock if len(clock.took) > len(clock.came) else None


async def _ticks(dispatcher: Dispatcher, rate: int, some: Some) -> None:
    """So many a second, whatever the router does meanwhile."""
    started, total = time.perf_counter(), rate * SECONDS
    a_tick = max(1, round(rate * TICK_SECONDS))
    for at in range(0, total, a_tick):
        await asyncio.sleep(max(0, started + at / rate - time.perf_counter()))
        dispatcher.hear((await some(a_tick)).encoded())
