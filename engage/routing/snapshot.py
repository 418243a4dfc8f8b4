"""What the matcher must know, read from the rows: who waits for whom, who is there, and what each of them holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, select

from engage.access.principals import roles
from engage.agents.models import Agent as AgentRow
from engage.agents.models import AgentSite
from engage.agents.schemas import PresenceState
from engage.engagements.lifecycle import TAKING_ROOM
from engage.engagements.models import Engagement
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.capacity import Kind
from engage.routing.eligibility import Absence, Agent, QueueRules, Serves, Waiting
from engage.routing.models import AgentSkill, ChannelRule, Offer, QueueRule, Wanted
from engage.routing.requirement import ANYBODY, Need, Step
from engage.routing.schemas import StepForm
from engage.routing.serving import SERVING
from engage.sites.models import Centre, Queue

#: who declined or missed it is not asked again for so long
EXCLUDED_FOR = timedelta(seconds=60)
#: for so long the customer's last agent goes first, where a queue says nothing else
STICKY_SECONDS = 3600

#: what a transfer asks for is asked no longer than this; after it the queue's own rules hold alone
WANTED_SECONDS = 300

Held = dict[UUID, Kind]

_AgentRow: TypeAlias = Row[UUID, int, PresenceState, datetime | None, datetime, datetime | None]

#: columns and no objects: ten thousand rows are read again and again
_OF_WORK = (
    Engagement.id, Engagement.site_id, Engagement.queue_id, Engagement.channel, Engagement.weight,
    Engagement.place_since, Engagement.entered_at, Engagement.state_since, Engagement.agent_id, Engagement.version,
    Engagement.boost,
)  # fmt: skip
_OF_AGENTS = (
    AgentRow.id, AgentRow.capacity, AgentRow.presence, AgentRow.online_until, AgentRow.idle_since, AgentRow.given_at,
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """An agent and what he holds, pending offers included, by engagement."""

    agent: Agent
    held: Held


#: he may be offered work: he says so, and a screen of his is connected
def is_there(now: datetime) -> ColumnElement[bool]:
    return and_(AgentRow.presence == "available", AgentRow.online_until > now)


async def waiting(work: UnitOfWork, *conditions: ColumnElement[bool]) -> list[Waiting]:
    """Everything that may be offered now and fulfils the conditions."""
    return await _as_waiting(work, Engagement.state == "queued", Engagement.away_since.is_(None), *conditions)


async def one(work: UnitOfWork, engagement_id: UUID) -> Waiting:
    """This engagement as if it waited, whatever its state."""
    return (await _as_waiting(work, Engagement.id == engagement_id))[0]


async def _as_waiting(work: UnitOfWork, *conditions: ColumnElement[bool]) -> list[Waiting]:
    rows = (await work.db.execute(select(*_OF_WORK).where(*conditions))).all()
    rules = await _queue_rules(work, {row.queue_id for row in rows})
    kinds = await Kinds.read(work, {row.site_id for row in rows})
    excluded, wanted = await _excluded(work, *conditions), await _wanted(work, *conditions)
    return [
        Waiting(
            row.id,
            wanted[row.id].of(rules[row.queue_id].rules) if row.id in wanted else rules[row.queue_id].rules,
            row.place_since,
            row.entered_at,
            kinds.of(row.site_id, row.channel, row.weight),
            row.agent_id,
            row.state_since + rules[row.queue_id].sticky,
            excluded.get(row.id, {}),
            row.version,
            row.boost,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class _Rules:
    rules: QueueRules
    sticky: timedelta


async def _queue_rules(work: UnitOfWork, queue_ids: set[UUID]) -> dict[UUID, _Rules]:
    rows = await work.db.scalars(select(QueueRule).where(is_among(db_of(work.db), QueueRule.queue_id, queue_ids)))
    usual = {queue_id: _Rules(QueueRules(queue_id), timedelta(seconds=STICKY_SECONDS)) for queue_id in queue_ids}
    return usual | {row.queue_id: _Rules(rules_of(row), timedelta(seconds=row.sticky_seconds)) for row in rows}


async def rules_of_queues(work: UnitOfWork, queue_ids: set[UUID]) -> dict[UUID, QueueRules]:
    """How each of these queues routes."""
    return {queue_id: found.rules for queue_id, found in (await _queue_rules(work, queue_ids)).items()}


def rules_of(row: QueueRule) -> QueueRules:
    return QueueRules(
        row.queue_id,
        priority=row.priority,
        order=row.ranking,
        age_factor=row.age_factor,
        agent_rule=row.agent_rule,
        steps=steps_of(row.steps),
        skips_unstaffed=row.skips_unstaffed,
    )


def steps_of(stored: Sequence[Any]) -> tuple[Step, ...]:
    return tuple(StepForm.model_validate(each).step for each in stored) or ANYBODY


class Kinds:
    """What work takes of an agent: its own weight, and what its channel's rule at its site says."""

    def __init__(self, rules: Mapping[tuple[UUID, str], ChannelRule]) -> None:
        self._rules = rules
        self._known: dict[tuple[UUID, str, int], Kind] = {}

    @classmethod
    async def read(cls, work: UnitOfWork, site_ids: set[UUID]) -> "Kinds":
        rows = await work.db.scalars(select(ChannelRule).where(is_among(db_of(work.db), ChannelRule.site_id, site_ids)))
        return cls({(row.site_id, row.channel): row for row in rows})

    def of(self, site_id: UUID, channel: str, weight: int) -> Kind:
        key = (site_id, channel, weight)
        if key not in self._known:
            rule = self._rules.get((site_id, channel))
            self._known[key] = (
                Kind(channel, weight, rule.maximum, rule.exclusive, frozenset(rule.interrupted_by))
                if rule
                else Kind(channel, weight)
            )
        return self._known[key]


async def kinds(work: UnitOfWork, site_ids: set[UUID]) -> Kinds:
    """What work of these sites takes of an agent."""
    return await Kinds.read(work, site_ids)


async def kind_of(work: UnitOfWork, engagement: Engagement) -> Kind:
    """What this work takes of an agent."""
    kinds = await Kinds.read(work, {engagement.site_id})
    return kinds.of(engagement.site_id, engagement.channel, engagement.weight)


@dataclass(frozen=True)
class _Wants:
    """What a transfer asks for beside the queue."""

    need: Need

    def of(self, rules: QueueRules) -> QueueRules:
        steps = tuple(replace(step, needs=step.needs | {self.need}) for step in rules.steps)
        last = rules.steps[-1]
        return replace(rules, steps=(*steps, replace(last, after_seconds=last.after_seconds + WANTED_SECONDS)))


async def _wanted(work: UnitOfWork, *conditions: ColumnElement[bool]) -> dict[UUID, _Wants]:
    rows = select(Wanted).join(Engagement, Engagement.id == Wanted.engagement_id).where(*conditions)
    found = await work.db.scalars(rows)
    # a centre is asked for as a skill is: whoever works there has it
    needs = ((row.engagement_id, row.skill_id or row.centre_id) for row in found)
    return {engagement_id: _Wants(Need(each, 1)) for engagement_id, each in needs if each is not None}


async def _excluded(work: UnitOfWork, *conditions: ColumnElement[bool]) -> dict[UUID, dict[UUID, datetime]]:
    """By engagement: who refused it a moment ago, and until when he is left in peace."""
    refused = (
        select(Offer.engagement_id, Offer.agent_id, Offer.ended_at)
        .join(Engagement, Engagement.id == Offer.engagement_id)
        .where(*conditions, Offer.role == "holder", Offer.state.in_(("declined", "missed")))
        .where(Offer.ended_at > work.now - EXCLUDED_FOR)
    )
    found: defaultdict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for engagement_id, agent_id, ended_at in await work.db.execute(refused.order_by(Offer.ended_at)):
        if ended_at is not None:
            found[engagement_id][agent_id] = ended_at + EXCLUDED_FOR
    return found


async def people(work: UnitOfWork, condition: ColumnElement[bool]) -> list[Person]:
    """Every agent who fulfils the condition, there or not."""
    rows = (await work.db.execute(select(*_OF_AGENTS).where(condition))).all()
    ids = [row.id for row in rows]
    serves, skills, held = await _serves(work, ids), await _skills(work, ids), await _held(work, ids)
    return [
        Person(_agent(row, serves[row.id], skills[row.id], held[row.id], work.now), held[row.id].kinds) for row in rows
    ]


@dataclass
class _Hands:
    """What somebody holds, and when the last of it came to him."""

    kinds: Held
    since: datetime | None = None


def _agent(row: _AgentRow, serves: dict[UUID, Serves], skills: dict[UUID, int], hands: _Hands, now: datetime) -> Agent:
    given = [moment for moment in (row.given_at, hands.since) if moment is not None]
    sits_in = {each.centre_id: 1 for each in serves.values() if each.centre_id is not None}
    able = {**skills, **sits_in}
    return Agent(row.id, serves, row.capacity, row.idle_since, able, max(given, default=None), absence_of(row, now))


def absence_of(row: _AgentRow, now: datetime) -> Absence | None:
    if row.presence != "available":
        return "not_available"
    return None if row.online_until is not None and row.online_until > now else "offline"


async def held_by(work: UnitOfWork, agent_ids: Sequence[UUID]) -> dict[UUID, Held]:
    """What each of them holds, pending offers included: always read, never a stored counter."""
    return {agent_id: hands.kinds for agent_id, hands in (await _held(work, agent_ids)).items()}


async def _held(work: UnitOfWork, agent_ids: Sequence[UUID]) -> defaultdict[UUID, _Hands]:
    taking = select(
        Engagement.agent_id, Engagement.id, Engagement.site_id, Engagement.channel, Engagement.weight,
        Engagement.state_since,
    ).where(is_among(db_of(work.db), Engagement.agent_id, agent_ids), Engagement.state.in_(TAKING_ROOM))  # fmt: skip
    rows = (await work.db.execute(taking)).all()
    as_party = (await work.db.execute(_as_party(agent_ids))).all()
    kinds = await Kinds.read(work, {row.site_id for row in (*rows, *as_party)})
    found: defaultdict[UUID, _Hands] = defaultdict(lambda: _Hands({}))
    for row in rows:
        hands = found[row.agent_id]
        hands.kinds[row.id] = kinds.of(row.site_id, row.channel, row.weight)
        hands.since = max(hands.since or row.state_since, row.state_since)
    for agent_id, engagement_id, site_id, channel, weight in as_party:
        found[agent_id].kinds[engagement_id] = kinds.of(site_id, channel, weight)
    return found


def _as_party(agent_ids: Sequence[UUID]) -> Select[UUID, UUID, UUID, str, int]:
    """What they are parties to, or were asked to be: it takes of them what it takes of its holder."""
    its = select(Offer.agent_id, Engagement.id, Engagement.site_id, Engagement.channel, Engagement.weight)
    here = its.join(Engagement, Engagement.id == Offer.engagement_id)
    return here.where(Offer.agent_id.in_(agent_ids), Offer.role != "holder", Offer.left_at.is_(None))


async def _serves(work: UnitOfWork, agent_ids: Sequence[UUID]) -> defaultdict[UUID, dict[UUID, Serves]]:
    """Their queues at sites where they may answer, each with the state of their centre there."""
    works_here = and_(AgentSite.agent_id == SERVING.agent_id, AgentSite.site_id == Queue.site_id)
    members = (
        select(SERVING.agent_id, SERVING.queue_id, SERVING.priority, SERVING.delay_seconds, Centre.id, Centre.state)
        .join(Queue, Queue.id == SERVING.queue_id)
        .join(AgentSite, works_here)
        .outerjoin(Centre, Centre.id == AgentSite.centre_id)
        .where(
            is_among(db_of(work.db), SERVING.agent_id, agent_ids),
            AgentSite.suspended_at.is_(None),
            AgentSite.role.in_(roles("answer")),
        )
        # who is named by himself and with a team serves as the one to whom the queue is nearest
        .order_by(SERVING.priority.desc(), SERVING.delay_seconds.desc())
    )
    found: defaultdict[UUID, dict[UUID, Serves]] = defaultdict(dict)
    for agent_id, queue_id, priority, delay, centre_id, centre in await work.db.execute(members):
        found[agent_id][queue_id] = Serves(priority, delay, centre or "open", centre_id)
    return found


async def _skills(work: UnitOfWork, agent_ids: Sequence[UUID]) -> defaultdict[UUID, dict[UUID, int]]:
    found: defaultdict[UUID, dict[UUID, int]] = defaultdict(dict)
    for row in await work.db.scalars(
        select(AgentSkill).where(is_among(db_of(work.db), AgentSkill.agent_id, agent_ids))
    ):
        found[row.agent_id][row.skill_id] = row.level
    return found
