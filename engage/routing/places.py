"""Places in a queue, as the matcher would serve it, and what an estimate of the wait has to know."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true

from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import ranking, requirement, rulebook
from engage.routing.capacity import Kind, fits
from engage.routing.crowd import Crowd
from engage.routing.eligibility import QueueRules, attends
from engage.routing.estimated_wait import LAST_MINUTE, LAST_QUARTER, Line, Pace
from engage.routing.ranking import PRIORITY_MINUTE
from engage.routing.requirement import Needs
from engage.routing.snapshot import Person

#: waits for an agent, and whose customer is there to be served
_SERVED = and_(Engagement.state.in_(WAITING), Engagement.away_since.is_(None))


@dataclass(frozen=True)
class Placed:
    """Waiting work with its place in its queue; 1 is next."""

    engagement_id: UUID
    queue_id: UUID
    conversation_id: UUID
    live: bool
    position: int
    told_step: int | None


async def in_order(work: UnitOfWork, queue_ids: Sequence[UUID], *, limit: int) -> list[Placed]:
    """The first of each of these queues in the order in which they are served."""
    number = func.row_number().over(partition_by=Engagement.queue_id, order_by=(Engagement.place_since, Engagement.id))
    columns = (
        Engagement.id, Engagement.queue_id, Engagement.conversation_id, Engagement.live, Engagement.boost,
        Engagement.place_since, Engagement.told_step,
    )  # fmt: skip
    waiting = select(*columns, number.label("number")).where(
        Engagement.queue_id.in_(queue_ids), Engagement.state.in_(WAITING)
    )
    numbered = waiting.subquery()
    rows = (await work.db.execute(select(numbered).where(or_(numbered.c.number <= limit, numbered.c.boost > 0)))).all()
    rules = await rulebook.rules_of_queues(work, set(queue_ids))
    by_queue = defaultdict(list)
    for row in rows:
        standing = ranking.standing_of(rules[row.queue_id], row.boost, row.place_since, row.id)
        by_queue[row.queue_id].append((standing, row))
    return [
        Placed(row.id, row.queue_id, row.conversation_id, row.live, position, row.told_step)
        for found in by_queue.values()
        for position, (_standing, row) in enumerate(sorted(found, key=lambda each: each[0])[:limit], start=1)
    ]


async def position_of(work: UnitOfWork, engagement: Engagement) -> int:
    """Its place in its queue, 1 is next; what rings at a desk still counts as before it."""
    rules = (await rulebook.rules_of_queues(work, {engagement.queue_id}))[engagement.queue_id]
    first = [
        _stands_before(engagement, rules, priority)
        for priority in await work.db.scalars(
            select(Engagement.boost).where(Engagement.queue_id == engagement.queue_id, _SERVED).distinct()
        )
    ]
    before = select(func.count()).where(
        Engagement.queue_id == engagement.queue_id, Engagement.id != engagement.id, _SERVED, or_(false(), *first)
    )
    return 1 + (await work.db.scalar(before) or 0)


def _stands_before(engagement: Engagement, rules: QueueRules, priority: int) -> ColumnElement[bool]:
    """Of its own queue and of this priority: by when somebody must have begun to wait to be served first."""
    is_so_urgent = Engagement.boost == priority
    ageing, more = ranking.ageing(rules), priority - engagement.boost
    if ageing:
        bound = engagement.place_since + timedelta(milliseconds=more * PRIORITY_MINUTE / ageing)
        return and_(is_so_urgent, _waited_longer(bound, engagement.id))
    if more:
        return is_so_urgent if more > 0 else false()
    if rules.order == "newest_first":
        return and_(is_so_urgent, Engagement.place_since > engagement.place_since)
    return and_(is_so_urgent, _waited_longer(engagement.place_since, engagement.id))


def _waited_longer(bound: datetime, engagement_id: UUID) -> ColumnElement[bool]:
    same = and_(Engagement.place_since == bound, Engagement.id < engagement_id)
    return or_(Engagement.place_since < bound, same)


@dataclass(frozen=True)
class _Asker:
    """The work that is estimated, or the next that would come to the queue."""

    queue_id: UUID
    priority: int
    place_since: datetime
    entered_at: datetime
    kind: Kind
    rings: bool


async def line_of(work: UnitOfWork, engagement: Engagement, position: int) -> Line:
    kind = await rulebook.kind_of(work, engagement)
    asker = _Asker(
        engagement.queue_id, engagement.boost, engagement.place_since, engagement.entered_at, kind,
        engagement.state == "offered",
    )  # fmt: skip
    return await _line(work, asker, position)


async def line_behind(work: UnitOfWork, queue_id: UUID, kind: Kind) -> Line:
    """As whoever came to the queue now would find it."""
    waiting = select(func.count()).where(Engagement.queue_id == queue_id, _SERVED)
    asker = _Asker(queue_id, 0, work.now, work.now, kind, rings=False)
    return await _line(work, asker, 1 + (await work.db.scalar(waiting) or 0))


async def _line(work: UnitOfWork, asker: _Asker, position: int) -> Line:
    rules = (await rulebook.rules_of_queues(work, {asker.queue_id}))[asker.queue_id]
    able = await _able(work, asker, rules)
    elsewhere = await _before_elsewhere(work, asker, rules, able)
    ringing = select(func.count()).where(Engagement.queue_id == asker.queue_id, Engagement.state == "offered")
    queued = max(0, position - 1 - (await work.db.scalar(ringing) or 0))
    return Line(
        before=position - 1 + elsewhere,
        queued_before=queued + elsewhere,
        room=_room_of(able, asker.kind, enough=queued + elsewhere),
        is_staffed=bool(able),
        rings=asker.rings,
    )


async def _able(work: UnitOfWork, asker: _Asker, rules: QueueRules) -> list[Person]:
    """The agents who may have it, if they have room."""
    present = (await work.memory.of(Crowd).serving(work, [asker.queue_id]))[asker.queue_id]

    def is_staffed(needs: Needs) -> bool:
        return any(requirement.meets(person.agent.skills, needs) for person in present)

    waited = (work.now - asker.entered_at).total_seconds()
    step = requirement.step_at(rules.steps, waited, is_staffed=is_staffed if rules.skips_unstaffed else None)
    return [person for person in present if requirement.meets(person.agent.skills, rules.steps[step].needs)]


def _room_of(able: Sequence[Person], kind: Kind, *, enough: float) -> int:
    """How much more they could take; beyond `enough` nobody counts."""
    room = 0
    for person in able:
        room += _room(person, kind)
        if room > enough:
            break
    return room


def _room(person: Person, kind: Kind) -> int:
    held, room = [*person.held.values()], 0
    while room <= person.agent.capacity and fits(person.agent.capacity, held, kind):
        held.append(kind)
        room += 1
    return room


async def _before_elsewhere(work: UnitOfWork, asker: _Asker, rules: QueueRules, able: Sequence[Person]) -> float:
    """Work of other queues that some of these agents serve too, by the share of its agents that they are."""
    shares = _shares(asker, able)
    if not shares:
        return 0
    others = set(shares)
    there = await work.memory.of(Crowd).counts(work, others)
    all_rules = await rulebook.rules_of_queues(work, others)
    groups = select(Engagement.queue_id, Engagement.boost).where(Engagement.queue_id.in_(others), _SERVED).distinct()
    found = [(row.queue_id, row.boost) for row in await work.db.execute(groups)]
    mine = ranking.standing_of(rules, asker.priority, asker.place_since, asker.queue_id)
    score = ranking.rank_of(mine, rules, ranking.milliseconds(work.now))[0]
    first = or_(false(), *(_scores_before(work.now, score, asker, all_rules[key], each) for key, each in found))
    counted = select(
        Engagement.queue_id, func.count().label("all"), func.sum(case((first, 1), else_=0)).label("first")
    ).where(Engagement.queue_id.in_(others), Engagement.state == "queued", Engagement.away_since.is_(None))
    rows = await work.db.execute(counted.group_by(Engagement.queue_id))
    parts = (shares[row.queue_id].of(row.all, row.first, there[row.queue_id] or 1) for row in rows)
    return sum(parts, 0.0)


@dataclass
class _Shared:
    """How many agents serve another queue as well, and before his or as gladly."""

    nearer: int = 0
    as_near: int = 0

    def of(self, waiting: int, first: int, agents: int) -> float:
        """How much of what waits there, and of what stands in front by its score, is before him."""
        return (self.nearer * waiting + self.as_near * first) / agents


def _shares(asker: _Asker, able: Sequence[Person]) -> dict[UUID, _Shared]:
    shares: defaultdict[UUID, _Shared] = defaultdict(_Shared)
    for person in able:
        mine = person.agent.serves[asker.queue_id].priority
        for queue_id, serves in person.agent.serves.items():
            if queue_id != asker.queue_id and serves.priority <= mine and attends(person.agent, queue_id):
                shares[queue_id].nearer += serves.priority < mine
                shares[queue_id].as_near += serves.priority == mine
    return shares


def _scores_before(now: datetime, score: float, asker: _Asker, rules: QueueRules, priority: int) -> ColumnElement[bool]:
    """Work of that queue and priority whose score is higher at this moment."""
    is_it = and_(Engagement.queue_id == rules.queue_id, Engagement.boost == priority)
    ageing, raised = ranking.ageing(rules), (rules.priority + priority) * PRIORITY_MINUTE
    if ageing:
        bound = ranking.milliseconds(now) + (score + raised) / ageing
        return and_(is_it, Engagement.place_since < _moment(bound))
    if -raised != score:
        return and_(is_it, true() if -raised < score else false())
    return and_(is_it, Engagement.place_since < asker.place_since)


def _moment(milliseconds: float) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


async def pace_of(work: UnitOfWork, queue_id: UUID) -> Pace:
    """What was accepted lately by the agents who serve this queue, whatever its queue was."""
    since, db = work.now - LAST_QUARTER, db_of(work.db)
    members = await work.memory.of(Crowd).members(work, queue_id)
    theirs = {each for person in members for each in person.agent.serves}
    lately = case((Engagement.accepted_at > work.now - LAST_MINUTE, 1), else_=0)
    accepted = select(func.count(), func.coalesce(func.sum(lately), 0)).where(
        is_among(db, Engagement.queue_id, theirs),
        Engagement.accepted_at > since,
        is_among(db, Engagement.agent_id, [person.agent.agent_id for person in members]),
    )
    last_quarter, last_minute = (await work.db.execute(accepted)).one()
    return Pace(last_minute, last_quarter, await _last_wait(work, queue_id, since))


async def _last_wait(work: UnitOfWork, queue_id: UUID, since: datetime) -> int | None:
    last = (
        select(Engagement.accepted_at, Engagement.place_since)
        .where(Engagement.queue_id == queue_id, Engagement.accepted_at > since)
        .order_by(Engagement.accepted_at.desc())
        .limit(1)
    )
    row = (await work.db.execute(last)).first()
    return max(0, round((row.accepted_at - row.place_since).total_seconds())) if row else None
