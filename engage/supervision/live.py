"""Boards on screens of this process, kept true: what changed is gathered for a moment, read once and pushed once.

Nobody's board is on a screen: nothing is read.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import structlog
from aiohttp import web

from engage.agents.models import Agent
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UnitOfWork, UnitsOfWork
from engage.kit.wakes import Wakes
from engage.realtime.background import running
from engage.realtime.push import Realtime
from engage.routing import hints
from engage.routing.hints import Hint
from engage.supervision import board
from engage.supervision.board import Scope
from engage.supervision.events import BoardChanged, BoardHead, BoardStale

log = structlog.get_logger(__name__)

#: what changes within this time is one event
GATHERED_SECONDS = 0.25
#: between two sums of all there is
HEADS = timedelta(seconds=5)
#: named in one event; what is more is read anew
MOST_NAMED = 500
#: the name of the call that tells other processes what their boards show
WAKE_BOARDS = "boards"


class Boards:
    def __init__(self, units: UnitsOfWork, realtime: Realtime, wakes: Wakes) -> None:
        self._units, self._realtime, self._wakes = units, realtime, wakes
        self._node = uuid4().hex[:12]
        self._scopes: dict[str, Scope] = {}
        self._seqs: defaultdict[str, int] = defaultdict(int)
        self._hint = Hint()
        #: heard here, and not told to the boards of other processes yet
        self._untold = Hint()
        self._news = asyncio.Event()

    def open(self, scope: Scope) -> str:
        """The room of everybody who has this board on a screen here."""
        room = f"board:{self._node}:{scope.name}"
        self._scopes[room] = scope
        return room

    def hear(self, news: bytes) -> None:
        if self._scopes:
            self._hint |= hints.decoded(news)
            self._news.set()

    def note(self, hint: Hint) -> None:
        """Something that the router need not be told: it did so itself."""
        self._untold |= hint
        self._news.set()

    async def run(self) -> None:
        """For ever, until cancelled."""
        clock = self._units.clock
        heads_at = clock.now() + HEADS
        while True:
            await clock.wait(self._news, until=heads_at)
            if self._news.is_set():
                await asyncio.sleep(GATHERED_SECONDS)
            is_time = clock.now() >= heads_at
            try:
                await self.tell(heads=is_time)
            except Exception:
                log.exception("board_failed")
                self._hint = hints.EVERYTHING
            if is_time:
                heads_at = clock.now() + HEADS

    async def tell(self, *, heads: bool = False) -> None:
        """Pushes what was heard of since the last time."""
        self._news.clear()
        if self._untold:
            untold, self._untold = self._untold, Hint()
            self._wakes.call(WAKE_BOARDS, untold.encoded() if _names(untold) <= MOST_NAMED else b"")
        hint, self._hint = self._hint, Hint()
        self._close_empty()
        if not self._scopes or not (hint or heads):
            return
        async with self._units.read() as work:
            for room, scope in self._scopes.items():
                await self._tell(work, room, scope, hint, heads=heads)

    def _close_empty(self) -> None:
        for room in [room for room in self._scopes if not self._realtime.is_occupied(room)]:
            del self._scopes[room]
            self._seqs.pop(room, None)

    async def _tell(self, work: UnitOfWork, room: str, scope: Scope, hint: Hint, *, heads: bool) -> None:
        if hint.everything or _names(hint) > MOST_NAMED:
            self._realtime.push(BoardStale(room=room, site_id=scope.site_id, seq=self._next(room)))
        elif hint:
            await self._tell_changes(work, room, scope, hint)
        if heads:
            summed = await board.fingerprint(work, scope)
            head = BoardHead(room=room, site_id=scope.site_id, seq=self._seqs[room], fingerprint=summed)
            self._realtime.push(head)

    async def _tell_changes(self, work: UnitOfWork, room: str, scope: Scope, hint: Hint) -> None:
        works = await board.works(work, scope, Engagement.id.in_(hint.engagements)) if hint.engagements else []
        people = await board.agents(work, scope, Agent.id.in_(hint.agents)) if hint.agents else []
        gone = hint.engagements - {each.engagement_id for each in works}
        agents_gone = hint.agents - {each.id for each in people}
        self._realtime.push(
            BoardChanged(
                room=room,
                site_id=scope.site_id,
                seq=self._next(room),
                work=works,
                gone=sorted(gone),
                agents=people,
                agents_gone=sorted(agents_gone),
            )
        )

    def _next(self, room: str) -> int:
        self._seqs[room] += 1
        return self._seqs[room]


def _names(hint: Hint) -> int:
    return len(hint.engagements) + len(hint.agents)


async def living(app: web.Application) -> AsyncIterator[None]:
    async with running(app[BOARDS].run()):
        yield


BOARDS = web.AppKey("boards", Boards)
