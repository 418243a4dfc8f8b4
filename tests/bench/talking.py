"""A crowd talks: in each conversation one side after the other, each word sent when the one before was seen.

A message counts when it was answered (it is committed) and stands on the other side's socket; the time runs from the
moment when it was to be sent to its arrival there.
"""

import asyncio
import random
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from tests.bench.crowd import Crowd, Hearing, Talk, client_id, sentence

#: a message that takes longer is lost
PATIENCE_SECONDS = 15.0
TICK_SECONDS = 0.002


@dataclass
class Said:
    """One message on its way."""

    talk: Talk
    by_agent: bool
    due: float
    answered: bool = False
    heard: int = 0
    took: float = 0.0


@dataclass
class Outcome:
    sent: int = 0
    delivered: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    doubled: int = 0
    took: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return round(self.delivered / self.seconds, 1) if self.seconds else 0.0

    def percentile(self, part: float) -> float:
        ordered = sorted(self.took)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000, 1) if ordered else 0.0


class Talking:
    """Paced at so many messages a second, or as fast as `in_flight` messages at a time come through."""

    def __init__(self, crowd: Crowd, hearing: Hearing, *, run: str) -> None:
        self._run = run
        self._chance = random.Random(7)
        self._said: list[Said] = []
        self._heads: dict[int, int] = {id(talk): 1 for talk in crowd.talks}
        self._silent = deque(crowd.talks)
        self._under_way = 0
        self._answers: dict[str, int] = {}
        self._moved = asyncio.Event()
        hearing.listener = self._hear

    async def paced(self, per_second: int, seconds: float) -> Outcome:
        began, first = perf_counter(), len(self._said)
        while (now := perf_counter() - began) < seconds:
            while (due := (len(self._said) - first) / per_second) <= now and self._speak(began + due):
                pass
            await asyncio.sleep(TICK_SECONDS)
        return await self._outcome(first, began)

    async def flat_out(self, in_flight: int, seconds: float) -> Outcome:
        began, first = perf_counter(), len(self._said)
        while perf_counter() - began < seconds:
            while self._under_way < in_flight and self._speak(perf_counter()):
                pass
            self._moved.clear()
            await self._moved.wait()
        return await self._outcome(first, began)

    def _speak(self, due: float) -> bool:
        """The next conversation whose next speaker has his connection free; False when there is none."""
        for _ in range(len(self._silent)):
            talk = self._silent.popleft()
            head = self._heads[id(talk)]
            person = talk.agent if head % 2 else talk.visitor
            if person.rest is None or person.rest.is_busy:
                self._silent.append(talk)
                continue
            number, by_agent = len(self._said), person is talk.agent
            said = Said(talk, by_agent, due)
            self._said.append(said)
            self._under_way += 1
            seen = f',"seen_seq":{head}' if by_agent else ""
            text = sentence(number, self._chance)
            body = f'{{"client_id":"{client_id(self._run, number)}","text":"{text}"{seen}}}'
            path = f"/api/v1/{person.kind}/conversations/{talk.id}/messages"
            person.rest.post(path.encode(), body.encode(), partial(self._answered, said))
            return True
        return False

    def _hear(self, kind: str, packet: bytes) -> None:
        at = packet.find(b'"text":"')
        if at < 0 or not packet[at + 8 : at + 16].isdigit():
            return
        said = self._said[int(packet[at + 8 : at + 16])]
        if said.by_agent == (kind == "agent"):
            return  # his own words come back to him
        said.heard += 1
        if said.heard == 1:
            said.took = perf_counter() - said.due
            self._settle(said)

    def _answered(self, said: Said, status: int, answer: bytes) -> None:
        if status == 201:
            said.answered = True
            self._settle(said)
            return
        self._answers[f"{status} {answer[:120]!r}"] = self._answers.get(f"{status} {answer[:120]!r}", 0) + 1
        self._under_way -= 1
        self._silent.append(said.talk)
        self._moved.set()

    def _settle(self, said: Said) -> None:
        if not (said.answered and said.heard == 1):
            return
        self._under_way -= 1
        self._heads[id(said.talk)] += 1
        self._silent.append(said.talk)
        self._moved.set()

    async def _outcome(self, first: int, began: float) -> Outcome:
        """The rate is that of the time in which messages were sent; what is still under way is waited for."""
        outcome = Outcome(seconds=perf_counter() - began)
        outcome.delivered = sum(1 for said in self._said[first:] if said.answered and said.heard)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while self._under_way:
                    self._moved.clear()
                    await self._moved.wait()
        mine = self._said[first:]
        outcome.sent = len(mine)
        outcome.took = [said.took for said in mine if said.heard]
        outcome.doubled = sum(1 for said in mine if said.heard > 1)
        lost = sum(1 for said in mine if said.answered and not said.heard)
        outcome.refused = dict(self._answers) | ({"lost": lost} if lost else {})
        return outcome
