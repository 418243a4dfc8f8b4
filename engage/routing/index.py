"""Where the matcher looks things up: who is idle under which code, and what waits under which code. Pure.

A code is one bit: membership of a queue, or a skill at a level. An agent is the bits that he has, work the bits that
it asks for, and a fit is one AND. Work looks at the agents of its rarest code, an agent at the lanes filed under his.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from engage.routing import ranking
from engage.routing.capacity import Kind, is_full
from engage.routing.eligibility import Agent, QueueRules, Waiting, attends
from engage.routing.ranking import Key
from engage.routing.requirement import Needs

Code = tuple[UUID, int]


class Desk:
    """An agent, what he holds, and where he stands among the idle."""

    __slots__ = ("agent", "codes", "held", "idle", "mask", "turn")

    def __init__(self, agent: Agent, held: dict[UUID, Kind]) -> None:
        self.agent = agent
        self.held = held
        self.idle: Key = ranking.idle_order(agent)
        self.turn: Key = ranking.turn_order(agent)
        self.codes: tuple[Code, ...] = tuple(codes_of(agent))
        self.mask = 0

    def sits_like(self, agent: Agent) -> bool:
        """Whether only his load has changed."""
        return self.agent.serves == agent.serves and self.agent.skills == agent.skills

    def has_less_room_than(self, agent: Agent, held: Mapping[UUID, Kind]) -> bool:
        """Whether he could hold more as that agent with these in his hands; who only got more to do could not."""
        keeps_all = all(held.get(key) == kind for key, kind in self.held.items())
        return not keeps_all or agent.capacity > self.agent.capacity

    def becomes(self, agent: Agent, held: dict[UUID, Kind]) -> None:
        self.agent, self.held = agent, held
        self.idle, self.turn = ranking.idle_order(agent), ranking.turn_order(agent)

    @property
    def queues(self) -> set[UUID]:
        """Those for which he is there."""
        return {queue_id for queue_id in self.agent.serves if attends(self.agent, queue_id)}

    @property
    def has_room(self) -> bool:
        return not is_full(self.agent.capacity, self.held.values())


def codes_of(agent: Agent) -> Iterator[Code]:
    """A queue at level 0; a skill at each level up to his."""
    yield from ((queue_id, 0) for queue_id in agent.serves if attends(agent, queue_id))
    for skill_id, level in agent.skills.items():
        yield from ((skill_id, each) for each in range(1, level + 1))


class Entry:
    """Work in its lane."""

    __slots__ = ("lane", "standing", "work")

    def __init__(self, work: Waiting) -> None:
        self.work = work
        self.standing: Key = ranking.standing(work)
        #: none once it is gone
        self.lane: Lane | None = None

    def __lt__(self, other: "Entry") -> bool:
        return self.standing < other.standing


class Lane:
    """All work that asks for the same and takes the same, in the order of its queue."""

    __slots__ = ("codes", "entries", "filed_under", "kind", "mask", "needs", "queue")

    def __init__(self, work: Waiting, needs: Needs, codes: Collection[Code], mask: int, filed_under: Code) -> None:
        self.queue, self.needs, self.kind = work.queue, needs, work.kind
        self.codes, self.mask = codes, mask
        self.filed_under = filed_under
        self.entries: list[Entry] = []

    def first(self, suits: Callable[[Waiting], bool]) -> Entry | None:
        """The best that suits. What is gone is dropped on the way, what was passed over stays."""
        passed: list[Entry] = []
        found: Entry | None = None
        while self.entries and found is None:
            if self.entries[0].lane is not self:
                heapq.heappop(self.entries)
            elif suits(self.entries[0].work):
                found = self.entries[0]
            else:
                passed.append(heapq.heappop(self.entries))
        for entry in passed:
            heapq.heappush(self.entries, entry)
        return found


class Codes:
    """The bit of each code, given out as codes are met."""

    def __init__(self) -> None:
        self._bits: dict[Code, int] = {}

    def mask(self, codes: Iterable[Code]) -> int:
        mask = 0
        for code in codes:
            mask |= 1 << self._bits.setdefault(code, len(self._bits))
        return mask


class Idle:
    """Agents with room by code, longest idle first."""

    def __init__(self) -> None:
        self._by_code: defaultdict[Code, dict[Desk, None]] = defaultdict(dict)
        self._last: dict[Code, Key] = {}
        self._unsorted: set[Code] = set()

    def add(self, desk: Desk) -> None:
        """Nearly everybody who comes is the least idle of all, and goes to the end; the rest is sorted when asked."""
        for code in desk.codes:
            desks = self._by_code[code]
            if desks and self._last[code] > desk.idle:
                self._unsorted.add(code)
            else:
                self._last[code] = desk.idle
            desks[desk] = None

    def discard(self, desk: Desk) -> None:
        for code in desk.codes:
            self._by_code[code].pop(desk, None)

    def under(self, code: Code) -> Collection[Desk]:
        if code in self._unsorted:
            self._unsorted.discard(code)
            desks = self._by_code[code]
            self._by_code[code] = dict.fromkeys(sorted(desks, key=lambda desk: desk.idle))
            self._last[code] = max(desk.idle for desk in desks) if desks else (0,)
        return self._by_code[code]

    def rarest(self, codes: Collection[Code]) -> Collection[Desk]:
        """Of those with all of these codes, none is missing here."""
        return self.under(min(codes, key=lambda code: len(self._by_code[code])))


class Lanes:
    """What waits, by what it asks for."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._lanes: dict[tuple[QueueRules, Needs, Kind], Lane] = {}
        self._filed: defaultdict[Code, dict[Lane, None]] = defaultdict(dict)

    def put(self, entry: Entry, needs: Needs) -> None:
        work = entry.work
        lane = self._lanes.get((work.queue, needs, work.kind)) or self._open(work, needs)
        entry.lane = lane
        heapq.heappush(lane.entries, entry)

    def _open(self, work: Waiting, needs: Needs) -> Lane:
        codes = [(work.queue.queue_id, 0), *((need.skill_id, need.level) for need in needs)]
        # a queue has more members than a skill at a level; among skills the one with the fewest lanes
        rarest = min(codes[1:], key=lambda code: len(self._filed[code]), default=codes[0])
        lane = Lane(work, needs, codes, self._codes.mask(codes), rarest)
        self._lanes[work.queue, needs, work.kind] = lane
        self._filed[rarest][lane] = None
        return lane

    def open_to(self, desk: Desk) -> Iterator[Lane]:
        """Those whose work he may do, leaving aside room, delay and refusals; empty ones go."""
        for code in desk.codes:
            for lane in list(self._filed[code]):
                if not lane.entries:
                    self._close(lane)
                elif lane.mask & desk.mask == lane.mask:
                    yield lane

    def _close(self, lane: Lane) -> None:
        del self._filed[lane.filed_under][lane]
        del self._lanes[lane.queue, lane.needs, lane.kind]


def moments(entry: Entry, delays: Iterable[int]) -> Iterator[float]:
    """When the answer to "who may have it" can change by itself: steps, delays, refusals forgotten."""
    entered = entry.work.entered_at.timestamp()
    yield from (entered + step.after_seconds for step in entry.work.queue.steps)
    yield from (entered + delay for delay in delays)
    yield from (until.timestamp() for until in entry.work.excluded.values())


def next_moment(entry: Entry, delays: Iterable[int], now: datetime) -> float | None:
    return min((each for each in moments(entry, delays) if each > now.timestamp()), default=None)
