"""Who gets what next. Pure matching, kept up to date by what changed: values in, decisions out, time as an argument.

The order: work that somebody serves as his first queue before work that is only second to all who could have it; then
the highest score, then the longest wait. Its agent is the customer's last one, else the first by the queue's rule among
those to whom the queue is nearest. Afterwards nothing waits for which an eligible agent has room.
"""

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from uuid import UUID

from engage.routing import ranking, requirement
from engage.routing.capacity import Kind, fits
from engage.routing.eligibility import Agent, Waiting, not_yet
from engage.routing.index import Codes, Desk, Entry, Idle, Lane, Lanes, next_moment
from engage.routing.ranking import Key, Rule

#: looking for an agent's work costs about so many times what looking for work's agent does
DESK_COST = 4
#: works of queues that age differently change places no sooner than it matters
ORDER_KEPT_SECONDS = 1
#: level of work that nobody serves
NOBODY = 1_000_000


@dataclass(frozen=True)
class Decision:
    engagement_id: UUID
    agent_id: UUID
    rule: Rule
    #: of the work that was decided on
    version: int = 0


@dataclass(frozen=True)
class _Choice:
    desk: Desk
    #: how near the queue is to whom it is nearest of all who could have it
    level: int
    rule: Rule


@dataclass(frozen=True, eq=False)
class _Freed:
    """Agents whose hands were freed, to whom the work of one lane is equally near; who has been full since goes."""

    lane: Lane
    level: int
    #: longest idle first
    desks: deque[Desk]

    def first(self, now: datetime) -> Entry | None:
        """The best work that one of them may have."""
        while self.desks and not _has_room_for(self.desks[0], self.lane.kind):
            self.desks.popleft()
        if not self.desks:
            return None
        return self.lane.first(lambda work: any(_has_hands_for(desk, work, now) for desk in self.desks))


class Router:
    """What waits and who is there; `decide` matches what changed since it was last asked."""

    def __init__(self) -> None:
        self._codes, self._idle = Codes(), Idle()
        self._lanes = Lanes(self._codes)
        self._desks: dict[UUID, Desk] = {}
        self._entries: dict[UUID, Entry] = {}
        self._of_queue: defaultdict[UUID, set[Entry]] = defaultdict(set)
        #: by queue: priorities and delays of the members who are there
        self._levels: defaultdict[UUID, Counter[int]] = defaultdict(Counter)
        self._delays: defaultdict[UUID, Counter[int]] = defaultdict(Counter)
        self._there: defaultdict[UUID, set[Desk]] = defaultdict(set)
        #: work whose agents, and agents whose work, must be looked for
        self._fresh: set[Entry] = set()
        self._freed: set[Desk] = set()
        #: what was not decided yet, best first, and since when; good for as long as nothing changes
        self._left: list[_Item] | None = None
        self._left_at = 0.0
        self._timers: list[tuple[float, int, Entry]] = []
        self._numbers = count()

    # What changed.

    def put_agent(self, agent: Agent, held: Mapping[UUID, Kind], now: datetime) -> None:
        """He is as this says from now on, and holds exactly this, pending offers included."""
        self._set_aside()
        desk = self._desks.get(agent.agent_id)
        if desk is not None and agent.absent is None and desk.sits_like(agent):
            self._idle.discard(desk)
            is_freer = desk.has_less_room_than(agent, held)
            desk.becomes(agent, dict(held))
            self._seat(desk, is_freer=is_freer)
            return
        self.drop_agent(agent.agent_id, now)
        if agent.absent is None:
            self._comes(Desk(agent, dict(held)), now)

    def _comes(self, desk: Desk, now: datetime) -> None:
        desk.mask = self._codes.mask(desk.codes)
        self._desks[desk.agent.agent_id] = desk
        self._count(desk, 1, now)
        self._seat(desk, is_freer=True)

    def drop_agent(self, agent_id: UUID, now: datetime) -> None:
        self._set_aside()
        if (desk := self._desks.pop(agent_id, None)) is None:
            return
        self._idle.discard(desk)
        self._freed.discard(desk)
        self._count(desk, -1, now)

    def put_waiting(self, work: Waiting, now: datetime) -> None:
        """It waits as this says from now on."""
        self.drop_waiting(work.engagement_id)
        entry = Entry(work)
        self._entries[work.engagement_id] = entry
        self._of_queue[work.queue.queue_id].add(entry)
        self._file(entry, now)

    def drop_waiting(self, engagement_id: UUID) -> None:
        if (entry := self._entries.pop(engagement_id, None)) is not None:
            entry.lane = None
            self._of_queue[entry.work.queue.queue_id].discard(entry)
            self._fresh.discard(entry)

    # What is known.

    def knows(self, engagement_id: UUID) -> Waiting | None:
        entry = self._entries.get(engagement_id)
        return entry.work if entry else None

    @property
    def agents(self) -> AbstractSet[UUID]:
        """Who is there."""
        return self._desks.keys()

    def agent(self, agent_id: UUID) -> Agent:
        """One of those who are there."""
        return self._desks[agent_id].agent

    def seats(self, agent_id: UUID, capacity: int, held: AbstractSet[UUID]) -> bool:
        """Whether he is there with this capacity and exactly this in his hands."""
        desk = self._desks.get(agent_id)
        return desk is not None and desk.agent.capacity == capacity and desk.held.keys() == held

    def next_change(self) -> float | None:
        """When something changes by itself, as a timestamp."""
        while self._timers and self._timers[0][2].lane is None:
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    # What follows.

    def decide(self, now: datetime, *, limit: int | None = None) -> list[Decision]:
        """Matches until nobody waits whom somebody could have, or there are `limit` decisions."""
        self._come_due(now)
        agenda = self._agenda_at(now)
        decisions: list[Decision] = []
        while agenda and (limit is None or len(decisions) < limit):
            level, rank, _, entry, freed = heapq.heappop(agenda)
            choice = self._choose(entry, now) if entry.lane else None
            if choice is not None and choice.level > level:
                heapq.heappush(agenda, (choice.level, rank, next(self._numbers), entry, freed))
                continue
            if choice is not None:
                decisions.append(self._give(entry, choice, now, len(decisions) + 1))
            if freed is not None:
                self._look_for(freed, agenda, now)
        self._left = agenda
        return decisions

    def _agenda_at(self, now: datetime) -> list["_Item"]:
        """What is left of the last time, if nothing has changed since and no order can have turned; else a new one."""
        if self._left and now.timestamp() - self._left_at < ORDER_KEPT_SECONDS:
            return self._left
        self._set_aside()
        self._left_at = now.timestamp()
        return self._agenda(now)

    def _set_aside(self) -> None:
        """Something changes: what is on the agenda must be looked for again."""
        if self._left is not None:
            self._fresh |= {entry for *_, entry, freed in self._left if freed is None and entry.lane is not None}
            self._freed.update(*(freed.desks for *_, freed in self._left if freed is not None))
            self._left = None

    def _agenda(self, now: datetime) -> list["_Item"]:
        """What could be matched, best first: each fresh work, and the best work of agents who were freed."""
        if len(self._freed) * DESK_COST >= len(self._entries):
            self._fresh, self._freed = set(self._entries.values()), set()
        served = [entry for entry in self._fresh if self._levels[entry.work.queue.queue_id]]
        agenda = [self._item(self._nearest(entry), entry, None, now) for entry in served]
        heapq.heapify(agenda)
        freed, self._fresh, self._freed = self._freed, set(), set()
        for each in self._by_lane(freed):
            self._look_for(each, agenda, now)
        return agenda

    def _by_lane(self, desks: AbstractSet[Desk]) -> Iterator[_Freed]:
        """All of them who ask for the same, once: each by himself would look at work that another one gets."""
        found: defaultdict[tuple[Lane, int], deque[Desk]] = defaultdict(deque)
        for desk in sorted((desk for desk in desks if desk.has_room), key=lambda desk: desk.idle):
            for lane in self._lanes.open_to(desk):
                found[lane, desk.agent.serves[lane.queue.queue_id].priority].append(desk)
        return (_Freed(lane, level, desks) for (lane, level), desks in found.items())

    def _item(self, level: int, entry: Entry, freed: _Freed | None, now: datetime) -> "_Item":
        rank = ranking.rank_of(entry.standing, entry.work.queue, ranking.milliseconds(now))
        return (level, rank, next(self._numbers), entry, freed)

    def _nearest(self, entry: Entry) -> int:
        """The lowest level that work of this queue could have."""
        return min(self._levels[entry.work.queue.queue_id], default=NOBODY)

    def _look_for(self, freed: _Freed, agenda: list["_Item"], now: datetime) -> None:
        """Puts the best work for these agents on the agenda."""
        if (entry := freed.first(now)) is not None:
            heapq.heappush(agenda, self._item(freed.level, entry, freed, now))

    def _choose(self, entry: Entry, now: datetime) -> _Choice | None:
        last = self._desks.get(entry.work.preferred) if entry.work.preferred else None
        if last is not None and self._is_preferred(entry, last, now):
            level = last.agent.serves[entry.work.queue.queue_id].priority
            if level > self._nearest(entry) and (other := self._first_by_rule(entry, now)) is not None:
                level = min(level, other.level)
            return _Choice(last, level, "last_agent")
        return self._first_by_rule(entry, now)

    def _is_preferred(self, entry: Entry, desk: Desk, now: datetime) -> bool:
        return ranking.is_preferred(entry.work, desk.agent.agent_id, now) and self._may(entry, desk, now)

    def _may(self, entry: Entry, desk: Desk, now: datetime) -> bool:
        lane = entry.lane
        assert lane is not None
        return lane.mask & desk.mask == lane.mask and _has_hands_for(desk, entry.work, now)

    def _first_by_rule(self, entry: Entry, now: datetime) -> _Choice | None:
        queue, lane = entry.work.queue, entry.lane
        assert lane is not None
        key, nearest = ranking.AGENT_KEYS[queue.agent_rule], self._nearest(entry)
        best: tuple[int, Key, Desk] | None = None
        for desk in self._idle.rarest(lane.codes):
            if not self._may(entry, desk, now):
                continue
            level = desk.agent.serves[queue.queue_id].priority
            if queue.agent_rule == "longest_idle" and level == nearest:
                return _Choice(desk, level, "longest_idle")
            place = key(desk.agent, desk.held.values(), lane.needs, desk.idle, desk.turn)
            if best is None or (level, place) < best[:2]:
                best = (level, place, desk)
        return _Choice(best[2], best[0], queue.agent_rule) if best else None

    def _give(self, entry: Entry, choice: _Choice, now: datetime, number: int) -> Decision:
        """It is his; whoever was just given something is the least idle of all, one after the other."""
        work, desk = entry.work, choice.desk
        self.drop_waiting(work.engagement_id)
        self._idle.discard(desk)
        desk.held[work.engagement_id] = work.kind
        desk.idle = desk.turn = (ranking.milliseconds(now), number, desk.agent.agent_id.int)
        if desk.has_room:
            self._idle.add(desk)
        return Decision(work.engagement_id, desk.agent.agent_id, choice.rule, work.version)

    # Keeping it up to date.

    def _seat(self, desk: Desk, *, is_freer: bool) -> None:
        if desk.has_room:
            self._idle.add(desk)
            if is_freer:
                self._freed.add(desk)

    def _count(self, desk: Desk, sign: int, now: datetime) -> None:
        for queue_id in desk.queues:
            serves, delays = desk.agent.serves[queue_id], self._delays[queue_id]
            before = set(delays)
            _add(self._levels[queue_id], serves.priority, sign)
            _add(delays, serves.delay_seconds, sign)
            (self._there[queue_id].add if sign > 0 else self._there[queue_id].discard)(desk)
            self._members_changed(queue_id, now, delays_changed=before != delays.keys())

    def _members_changed(self, queue_id: UUID, now: datetime, *, delays_changed: bool) -> None:
        """Somebody came or went: steps that nobody could meet are passed over or not, and other delays may count."""
        entries = self._of_queue[queue_id]
        if any(entry.work.queue.skips_unstaffed for entry in islice(entries, 1)):
            for entry in entries:
                self._file(entry, now)
        elif delays_changed:
            for entry in entries:
                self._set_timer(entry, now)

    def _file(self, entry: Entry, now: datetime) -> None:
        """Into the lane of what it asks for at this moment; whoever fits there must be looked for."""
        self._set_aside()
        queue = entry.work.queue
        waited = (now - entry.work.entered_at).total_seconds()
        staffed = (lambda needs: self._is_staffed(queue.queue_id, needs)) if queue.skips_unstaffed else None
        needs = queue.steps[requirement.step_at(queue.steps, waited, is_staffed=staffed)].needs
        if entry.lane is None or entry.lane.needs != needs:
            self._lanes.put(entry, needs)
        self._fresh.add(entry)
        self._set_timer(entry, now)

    def _is_staffed(self, queue_id: UUID, needs: requirement.Needs) -> bool:
        return any(requirement.meets(desk.agent.skills, needs) for desk in self._there[queue_id])

    def _set_timer(self, entry: Entry, now: datetime) -> None:
        at = next_moment(entry, self._delays[entry.work.queue.queue_id], now)
        if at is not None:
            heapq.heappush(self._timers, (at, next(self._numbers), entry))

    def _come_due(self, now: datetime) -> None:
        while self._timers and self._timers[0][0] <= now.timestamp():
            _, _, entry = heapq.heappop(self._timers)
            if entry.lane is not None:
                self._file(entry, now)


def _has_hands_for(desk: Desk, work: Waiting, now: datetime) -> bool:
    """Whether an agent with the codes of the work's lane, who is there for its queue and able, may have it now."""
    agent = desk.agent
    if not_yet(work, agent, agent.serves[work.queue.queue_id], now) is not None:
        return False
    return _has_room_for(desk, work.kind)


def _has_room_for(desk: Desk, kind: Kind) -> bool:
    return fits(desk.agent.capacity, desk.held.values(), kind)


def _add(counter: Counter[int], value: int, sign: int) -> None:
    counter[value] += sign
    if not counter[value]:
        del counter[value]


#: (level, rank, tie-breaker, work, the agents for whom it is the best)
_Item = tuple[int, Key, int, Entry, _Freed | None]
