"""Lines of jobs: those of one line wait for each other and for no others."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from engage.kit.job_table import AT_ONCE, Stream

#: of a line that does not sleep: whatever comes meanwhile makes it look again
AWAKE = datetime.max.replace(tzinfo=UTC)
#: so many at a time are much to do
CROWD = 8
#: what lets others go first is not late by more than that
ASIDE = timedelta(seconds=15)


@dataclass(eq=False)
class Line:
    names: set[str] = field(default_factory=set)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    #: until when it sleeps, if nobody wakes it
    until: datetime = AWAKE
    #: of its jobs that run at a time
    most: int = AT_ONCE
    hands: set[asyncio.Task[None]] = field(default_factory=set)
    #: at the least, from one look that found something to the next
    breath_seconds: float = 0
    #: so many were found by the last look
    found: int = 0
    #: it waits longer than it had to, for another one goes first
    is_aside: bool = False
    #: lines that go first while they have much to do
    ahead: set["Line"] = field(default_factory=set)
    behind: set["Line"] = field(default_factory=set)

    def add(self, name: str, stream: Stream) -> None:
        self.names.add(name)
        self.most = max(self.most, stream.at_once)
        self.breath_seconds = max(self.breath_seconds, stream.breath_seconds)

    def let_first(self, other: "Line") -> None:
        self.ahead.add(other)
        other.behind.add(self)

    @property
    def is_crowded(self) -> bool:
        return max(self.found, len(self.hands)) >= CROWD

    @property
    def aside(self) -> timedelta:
        """So long after their moment its jobs are taken up just now."""
        return ASIDE if any(each.is_crowded for each in self.ahead) else timedelta(0)

    @property
    def room(self) -> int:
        """For some at a time, or for none."""
        free = self.most - len(self.hands)
        return free if free >= self.most // 2 else 0

    def begin(self, job: Coroutine[Any, Any, None]) -> None:
        hand = asyncio.create_task(job)
        self.hands.add(hand)
        hand.add_done_callback(self._end)

    def _end(self, hand: asyncio.Task[None]) -> None:
        self.hands.discard(hand)
        self.tell_those_behind()

    def tell_those_behind(self) -> None:
        if not self.is_crowded:
            for each in self.behind:
                if each.is_aside:
                    each.wake.set()

    async def end(self) -> None:
        hands = list(self.hands)
        for hand in hands:
            hand.cancel()
        await asyncio.gather(*hands, return_exceptions=True)
