"""The board as rows: everything of a scope, or what was named, by a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from engage.access.principals import CallingAgent, roles
from engage.agents import teams
from engage.agents.models import Agent, AgentSite, TeamMember
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation
from engage.engagements.lifecycle import OPEN, WAITING
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import capacity, declining, serving, snapshot, visibility
from engage.routing.estimated_wait import LAST_QUARTER
from engage.routing.models import QueueRule
from engage.routing.serving import SERVING
from engage.routing.snapshot import VERSION_OF_NEW
from engage.sites.models import Centre, Queue
from engage.supervision.schemas import (
    Board,
    BoardAgent,
    BoardCentre,
    BoardQueue,
    BoardWork,
    Fingerprint,
)

#: rows of work on one board; what waits longest is on it
MOST_WORK = 5_000
#: characters of the last words
SHOWN = 120


@dataclass(frozen=True)
class Scope:
    """What somebody oversees at a site: all of it, or some queues."""

    site_id: UUID
    #: none: all
    queue_ids: frozenset[UUID] | None = None

    @property
    def name(self) -> str:
        queues = "all" if self.queue_ids is None else ",".join(sorted(each.hex for each in self.queue_ids))
        return f"{self.site_id.hex}:{queues}"

    @property
    def work(self) -> ColumnElement[bool]:
        here = and_(Engagement.site_id == self.site_id, Engagement.state.in_(OPEN))
        return here if self.queue_ids is None else and_(here, Engagement.queue_id.in_(self.queue_ids))

    @property
    def queues(self) -> ColumnElement[bool]:
        here = and_(Queue.site_id == self.site_id, ~Queue.retired)
        return here if self.queue_ids is None else and_(here, Queue.id.in_(self.queue_ids))

    @property
    def agents(self) -> ColumnElement[bool]:
        works = select(AgentSite.agent_id).where(AgentSite.site_id == self.site_id, AgentSite.suspended_at.is_(None))
        here = and_(Agent.id.in_(works.where(AgentSite.role.in_(roles("answer")))), Agent.invited.is_(False))
        if self.queue_ids is None:
            return here
        return and_(here, Agent.id.in_(select(SERVING.agent_id).where(SERVING.queue_id.in_(self.queue_ids))))


async def scope_of(work: UnitOfWork, who: CallingAgent, site_id: UUID) -> Scope:
    """Raises NotYours, NotAllowed."""
    who.must("supervise", site_id)
    if site_id in visibility.whole_sites(who):
        return Scope(site_id)
    his = select(Queue.id).where(Queue.id.in_(serving.queues_of(who.agent_id)), Queue.site_id == site_id)
    return Scope(site_id, frozenset(await work.db.scalars(his)))


async def read(work: UnitOfWork, scope: Scope) -> Board:
    listed = await works(work, scope, limit=MOST_WORK)
    total = (await fingerprint(work, scope)).works
    return Board(
        site_id=scope.site_id,
        queues=await _queues(work, scope),
        centres=await _centres(work, scope),
        teams=[teams.name_of(team) for team in await teams.of_site(work, scope.site_id)],
        agents=await agents(work, scope),
        work=listed,
        more=max(0, total - len(listed)),
        server_time=work.now,
    )


async def fingerprint(work: UnitOfWork, scope: Scope) -> Fingerprint:
    summed = select(func.count(), func.coalesce(func.sum(Engagement.version), 0)).where(scope.work)
    count, versions = (await work.db.execute(summed)).one()
    return Fingerprint(works=count, versions=versions)


async def works(
    work: UnitOfWork, scope: Scope, *conditions: ColumnElement[bool], limit: int | None = None
) -> list[BoardWork]:
    rows = (
        select(
            Engagement.id, Engagement.conversation_id, Engagement.version, Engagement.queue_id, Engagement.channel,
            Engagement.state, Engagement.state_since, Engagement.place_since, Engagement.boost, Engagement.weight,
            Engagement.agent_id, Engagement.away_since, Visitor.name, Conversation.last_text,
        )
        .join(Visitor, Visitor.id == Engagement.visitor_id)
        .join(Conversation, Conversation.id == Engagement.conversation_id)
        .where(scope.work, *conditions)
        .order_by(Engagement.place_since, Engagement.id)
        .limit(limit)
    )  # fmt: skip
    found = (await work.db.execute(rows)).all()
    moved = [row.id for row in found if row.version > VERSION_OF_NEW and row.state in WAITING]
    refusals = await declining.refusals(work, moved)
    return [
        BoardWork(
            engagement_id=row.id,
            conversation_id=row.conversation_id,
            version=row.version,
            queue_id=row.queue_id,
            channel=row.channel,
            state=row.state,
            state_since=row.state_since,
            place_since=row.place_since,
            boost=row.boost,
            weight=row.weight,
            # who is to get it first is not who holds it
            agent_id=row.agent_id if row.state != "queued" else None,
            visitor_name=row.name or "",
            last_text=row.last_text[:SHOWN],
            withheld=row.state == "queued" and row.away_since is not None,
            refused=refusals[row.id][0].view if row.id in refusals else None,
        )
        for row in found
    ]


async def agents(work: UnitOfWork, scope: Scope, *conditions: ColumnElement[bool]) -> list[BoardAgent]:
    found = select(Agent).where(scope.agents, *conditions).order_by(Agent.name, Agent.id)
    rows = (await work.db.scalars(found.execution_options(populate_existing=True))).all()
    ids = [row.id for row in rows]
    hands, queues = await snapshot.held_by(work, ids), await _served(work, scope, ids)
    places, memberships = await _places(work, scope, ids), await _teams(work, scope, ids)
    return [
        BoardAgent(
            id=row.id,
            work_seq=row.work_seq,
            name=row.name,
            picture=row.picture,
            presence=row.presence,
            reason=row.presence_reason,
            reason_id=row.presence_reason_id,
            since=row.presence_since,
            set_by=row.presence_set_by,
            online=row.online_until is not None and row.online_until > work.now,
            capacity=row.capacity,
            load=capacity.load(hands.get(row.id, {}).values()),
            is_full=capacity.is_full(row.capacity, hands.get(row.id, {}).values()),
            centre_id=places.get(row.id),
            team_ids=memberships[row.id],
            queue_ids=queues[row.id],
        )
        for row in rows
    ]


async def _served(work: UnitOfWork, scope: Scope, agent_ids: Sequence[UUID]) -> defaultdict[UUID, list[UUID]]:
    here = select(Queue.id).where(scope.queues)
    rows = select(SERVING.agent_id, SERVING.queue_id).where(SERVING.agent_id.in_(agent_ids), SERVING.queue_id.in_(here))
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for agent_id, queue_id in await work.db.execute(rows.distinct().order_by(SERVING.queue_id)):
        found[agent_id].append(queue_id)
    return found


async def _places(work: UnitOfWork, scope: Scope, agent_ids: Sequence[UUID]) -> dict[UUID, UUID | None]:
    here = AgentSite.site_id == scope.site_id, AgentSite.agent_id.in_(agent_ids)
    return dict((await work.db.execute(select(AgentSite.agent_id, AgentSite.centre_id).where(*here))).all())


async def _teams(work: UnitOfWork, scope: Scope, agent_ids: Sequence[UUID]) -> defaultdict[UUID, list[UUID]]:
    of_site = [team.id for team in await teams.of_site(work, scope.site_id)]
    rows = select(TeamMember).where(TeamMember.team_id.in_(of_site), TeamMember.agent_id.in_(agent_ids))
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for row in await work.db.scalars(rows.order_by(TeamMember.team_id)):
        found[row.agent_id].append(row.team_id)
    return found


async def _queues(work: UnitOfWork, scope: Scope) -> list[BoardQueue]:
    usual = QueueRule(ranking="score", priority=0, age_factor=100)
    found = (await work.db.scalars(select(Queue).where(scope.queues).order_by(Queue.position, Queue.id))).all()
    ids = [queue.id for queue in found]
    rules = {row.queue_id: row for row in await work.db.scalars(select(QueueRule).where(QueueRule.queue_id.in_(ids)))}
    accepted = await _accepted_lately(work, ids)
    return [_queue(queue, rules.get(queue.id, usual), accepted.get(queue.id, 0)) for queue in found]


def _queue(queue: Queue, rule: QueueRule, accepted_lately: int) -> BoardQueue:
    return BoardQueue(
        id=queue.id,
        name=queue.name,
        order=rule.ranking,
        priority=rule.priority,
        age_factor=rule.age_factor,
        accepted_lately=accepted_lately,
    )


async def _accepted_lately(work: UnitOfWork, queue_ids: Sequence[UUID]) -> dict[UUID, int]:
    since = work.now - LAST_QUARTER
    lately = Engagement.queue_id.in_(queue_ids), Engagement.accepted_at > since
    counted = select(Engagement.queue_id, func.count()).where(*lately).group_by(Engagement.queue_id)
    return dict((await work.db.execute(counted)).all())


async def _centres(work: UnitOfWork, scope: Scope) -> list[BoardCentre]:
    here = select(Centre).where(Centre.site_id == scope.site_id).order_by(func.lower(Centre.name), Centre.id)
    return [
        BoardCentre(id=each.id, name=each.name, state=each.state, since=each.state_since, cause=each.state_cause)
        for each in await work.db.scalars(here)
    ]


def named(engagements: Sequence[UUID], agents: Sequence[UUID]) -> ColumnElement[bool]:
    """Work that is named, and all that is in the hands of these people."""
    return or_(Engagement.id.in_(engagements), Engagement.agent_id.in_(agents))
