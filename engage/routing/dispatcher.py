"""Gives out work: one process holds the whole queue in memory, matches what changed, and commits what it decided."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import structlog
from aiohttp import web
from prometheus_client import Counter

from engage.kit.unit_of_work import UNITS, UnitsOfWork
from engage.kit.wakes import WAKES
from engage.realtime.background import running
from engage.routing import hints, lease, sweep
from engage.routing.claim import Claimed, claim
from engage.routing.hints import EVERYTHING, Hint
from engage.routing.lease import Alone, Holding, LeaseLost
from engage.routing.matcher import Matcher
from engage.routing.router import Decision

log = structlog.get_logger(__name__)

#: the name of the wake-up call
WAKE = "dispatcher"
#: a hint may be lost: the sweep finds what it would have told
SWEEP = timedelta(seconds=3)
#: every so many sweeps whatever is known of people is compared
THOROUGH = 20
#: after a failure of the database
RETRY_SECONDS = 1
#: before what was refused as a whole is looked at again
PAUSE_SECONDS = 0.01
#: decisions that are stored at once; the rest is for the next time
BATCH = 1_000
#: transactions that share so many, beside each other: while PostgreSQL works on one we prepare the other
LANES, WORTH_A_LANE = 2, 100
#: matched at a stretch while the database works
PIECE = 50
#: read at once by who reads all anew while others wait for offers
SPOONFUL = 50

SWEPT = Counter("engage_router_swept_total", "Rows that the router's sweep found otherwise than hints had told")


class Dispatcher:
    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units
        self._matcher = Matcher()
        self._hint = EVERYTHING
        self._wake = asyncio.Event()
        self._turn = asyncio.Lock()
        #: matched while the last batch was stored
        self._ready: list[Decision] = []
        #: the matcher was stopped before it was done
        self._has_more = False
        #: all is to be read anew; none: whoever looks does it himself
        self._anew: asyncio.Event | None = None
        #: what has changed while all is read anew
        self._meanwhile: Hint | None = None

    def hear(self, news: bytes) -> None:
        self._tell(hints.decoded(news))

    def _tell(self, hint: Hint) -> None:
        self._hint |= hint
        self._note(hint)
        self._wake.set()

    def _note(self, hint: Hint) -> None:
        if self._meanwhile is not None:
            self._meanwhile |= hint

    async def run(self) -> None:
        """For ever, until cancelled: waits for the lease, and matches while it lasts."""
        while True:
            try:
                async with lease.won(self._units.database.engine) as holding, asyncio.TaskGroup() as leading:
                    self._matcher, self._hint, self._ready = Matcher(), EVERYTHING, []
                    self._anew, self._meanwhile = asyncio.Event(), None
                    leading.create_task(holding.keep())
                    leading.create_task(self._lead(holding))
                    leading.create_task(self._sweep_for_ever())
                    leading.create_task(self._read_anew_for_ever(self._anew))
            except* Exception:
                log.warning("router_resigned", exc_info=True)
                await asyncio.sleep(RETRY_SECONDS)

    async def _lead(self, holding: Holding) -> None:
        while True:
            self._wake.clear()
            await self._round_in_peace(holding)
            if not (self._hint or self._ready or self._has_more):
                await self._units.clock.wait(self._wake, until=self._until())

    async def _round_in_peace(self, holding: Holding) -> None:
        """A round that fails is tried again: what it had heard is kept."""
        try:
            await self.look(holding)
        except LeaseLost:
            raise
        except Exception:
            log.exception("dispatch_failed")
            await asyncio.sleep(RETRY_SECONDS)

    def _until(self) -> datetime:
        change, sweep_at = self._matcher.next_change(), self._units.clock.now() + SWEEP
        return sweep_at if change is None else min(sweep_at, datetime.fromtimestamp(change, UTC))

    async def _sweep_for_ever(self) -> None:
        for number in count(1):
            await self._units.clock.wait(asyncio.Event(), until=self._units.clock.now() + SWEEP)
            try:
                await self._sweep(is_thorough=number % THOROUGH == 0)
            except Exception:
                log.exception("sweep_failed")

    async def _read_anew_for_ever(self, wanted: asyncio.Event) -> None:
        """When rules change, or hints were lost: offers go on meanwhile, by what is known."""
        while True:
            await wanted.wait()
            wanted.clear()
            try:
                await self._read_anew()
            except Exception:
                log.exception("read_anew_failed")
                self._meanwhile = None
                wanted.set()
                await asyncio.sleep(RETRY_SECONDS)

    async def _read_anew(self) -> None:
        self._meanwhile, fresh = Hint(), Matcher(at_once=SPOONFUL)
        async with self._units.glance() as work:
            await fresh.look(work, EVERYTHING)
            async with self._turn:
                meanwhile, self._meanwhile = self._meanwhile, None
                # a rule that changed meanwhile is heard by the event, and is read anew once more
                await fresh.look(work, replace(meanwhile, everything=False))
                self._matcher, self._ready, self._has_more = fresh, [], False
        log.info("router_read_anew")
        self._wake.set()

    async def _sweep(self, *, is_thorough: bool) -> None:
        if self._meanwhile is not None:
            return
        async with self._units.glance() as work:
            found = await sweep.differences(work, self._matcher, self._turn)
            if is_thorough:
                found |= await sweep.strangers(work, self._matcher, self._turn)
        SWEPT.inc(len(found.engagements) + len(found.agents) + len(found.people))
        if found:
            self._tell(found)

    async def run_once(self) -> int:
        """Looks at everything, and offers what can be offered now; how many."""
        self._hint = EVERYTHING
        return await self.look(Alone())

    async def learn(self) -> None:
        """Reads what changed. A failure loses nothing of what was heard."""
        hint, self._hint = self._hint, Hint()
        if hint.everything and self._anew is not None and self._matcher.rules_seen is not None:
            self._anew.set()
            hint = replace(hint, everything=False)
        try:
            if hint:
                async with self._units.glance() as work:
                    await self._matcher.look(work, hint)
        except BaseException:
            self._hint |= hint
            raise

    async def look(self, holding: Holding) -> int:
        """Looks at what changed, and offers what can be offered now; how many. Raises LeaseLost."""
        async with self._turn:
            decisions = self._ready or await self._decide()
            if not decisions:
                self._has_more = False
                return 0
            made = await self._claim_and_go_on(holding, decisions)
            if not made:
                # somebody is in the middle of changing it: he has a moment to finish
                await asyncio.sleep(PAUSE_SECONDS)
            return made

    async def _decide(self) -> list[Decision]:
        await self.learn()
        return self._matcher.decide(self._units.clock.now(), limit=BATCH)

    async def _claim_and_go_on(self, holding: Holding, decisions: Sequence[Decision]) -> int:
        """How many offers were made. While the database works on a full batch the next one is matched."""
        self._ready, self._has_more = [], len(decisions) == BATCH
        lanes = self._lanes(decisions)
        claiming = (self._claim(holding, lane) for lane in lanes)
        *ends, _ = await asyncio.gather(*claiming, self._match_ahead(), return_exceptions=True)
        self._note(_named_in(decisions))
        claims = [end for end in ends if isinstance(end, Claimed)]
        failed = [end for end in ends if isinstance(end, BaseException)]
        # the rows say what became of it
        self._hint |= _named_in([each for claimed in claims for each in claimed.refused])
        self._hint |= _named_in([each for lane, end in zip(lanes, ends, strict=True) if end in failed for each in lane])
        if failed:
            raise next((each for each in failed if isinstance(each, LeaseLost)), failed[0])
        return sum(len(claimed.made) for claimed in claims)

    def _lanes(self, decisions: Sequence[Decision]) -> list[Sequence[Decision]]:
        """What is one agent's goes one way, so that neither waits for the other; SQLite has one writer."""
        if self._units.database.is_sqlite or len(decisions) < LANES * WORTH_A_LANE:
            return [decisions]
        lanes = [[each for each in decisions if each.agent_id.int % LANES == lane] for lane in range(LANES)]
        return [lane for lane in lanes if lane]

    async def _match_ahead(self) -> None:
        """In pieces, so that neither waits for the other."""
        while self._has_more and not self._hint and len(self._ready) < BATCH:
            await asyncio.sleep(0)
            some = self._matcher.decide(self._units.clock.now(), limit=PIECE)
            self._ready += some
            self._has_more = len(some) == PIECE

    async def _claim(self, holding: Holding, decisions: Sequence[Decision]) -> Claimed:
        """Work that cannot be accepted must not keep the rest from being offered: it rings, and its timer tries it."""
        try:
            return await self._store(holding, decisions, accepting=True)
        except LeaseLost:
            raise
        except Exception:
            log.exception("claim_failed")
            return await self._store(holding, decisions, accepting=False)

    async def _store(self, holding: Holding, decisions: Sequence[Decision], *, accepting: bool) -> Claimed:
        async with self._units.begin() as work:
            await holding.check(work)
            return await claim(work, decisions, self._matcher.book, accepting=accepting)


def _named_in(decisions: Sequence[Decision]) -> Hint:
    return hints.of(
        engagements=[each.engagement_id for each in decisions], agents=[each.agent_id for each in decisions]
    )


async def matching(app: web.Application) -> AsyncIterator[None]:
    async with running(app[DISPATCHER].run()):
        yield


def start(app: web.Application) -> None:
    app[DISPATCHER] = Dispatcher(app[UNITS])
    app[WAKES].on_news(WAKE, app[DISPATCHER].hear)
    app.cleanup_ctx.append(matching)


DISPATCHER = web.AppKey("dispatcher", Dispatcher)
