"""Engagements as rows of a list: everything a row shows, by a fixed number of queries however long the list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from engage.agents.models import Agent
from engage.contacts import service as contacts
from engage.contacts.models import Visitor
from engage.conversations import labels
from engage.conversations.models import Conversation, Cursor, TimelineRow
from engage.engagements.clocks import first_of
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.engagements.schemas import AgentName, PromiseClock, WorkItem, WorkVisitor
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Queue, Site
from engage.sites.schemas import QueueName, SiteName


@dataclass(frozen=True)
class _Row:
    engagement: Engagement
    conversation: Conversation
    visitor: Visitor
    queue: Queue
    site: Site
    agent: Agent | None


def selected(*conditions: ColumnElement[bool]) -> Select[Engagement, Conversation, Visitor, Queue, Site, Agent | None]:
    return (
        select(Engagement, Conversation, Visitor, Queue, Site, Agent)
        .join(Conversation, Conversation.id == Engagement.conversation_id)
        .join(Visitor, Visitor.id == Engagement.visitor_id)
        .join(Queue, Queue.id == Engagement.queue_id)
        .join(Site, Site.id == Engagement.site_id)
        .outerjoin(Agent, Agent.id == Engagement.agent_id)
        .where(*conditions)
        .execution_options(populate_existing=True)
    )


async def read(
    work: UnitOfWork, query: Select[Engagement, Conversation, Visitor, Queue, Site, Agent | None]
) -> list[WorkItem]:
    """The rows of a `selected` query, in its order."""
    rows = [_Row(*each) for each in await work.db.execute(query)]
    conversation_ids = [row.conversation.id for row in rows]
    unread, borne = await _unread(work, conversation_ids), await labels.borne_by(work, conversation_ids)
    clocks = await first_of(work, [row.engagement.id for row in rows if row.engagement.sla_policy_id])
    return [
        _item(work, row, unread[row.conversation.id], borne[row.conversation.id], clocks.get(row.engagement.id))
        for row in rows
    ]


async def one(work: UnitOfWork, engagement_id: UUID) -> WorkItem:
    return (await read(work, selected(Engagement.id == engagement_id)))[0]


async def _unread(work: UnitOfWork, conversation_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Messages of the visitor beyond the agents' cursor."""
    read_to = and_(Cursor.conversation_id == TimelineRow.conversation_id, Cursor.side == "agent")
    beyond = (
        select(TimelineRow.conversation_id, func.count())
        .outerjoin(Cursor, read_to)
        .where(
            TimelineRow.conversation_id.in_(conversation_ids),
            TimelineRow.author_kind == "visitor",
            TimelineRow.kind == "message",
            TimelineRow.seq > func.coalesce(Cursor.read_seq, 0),
        )
        .group_by(TimelineRow.conversation_id)
    )
    counts: dict[UUID, int] = defaultdict(int)
    counts.update((await work.db.execute(beyond)).all())
    return counts


def _item(work: UnitOfWork, row: _Row, unread: int, label_ids: list[UUID], clock: PromiseClock | None) -> WorkItem:
    engagement, conversation, waits = row.engagement, row.conversation, row.engagement.state in WAITING
    return WorkItem(
        engagement_id=engagement.id,
        conversation_id=conversation.id,
        site=SiteName(id=row.site.id, key=row.site.key, name=row.site.name),
        channel=engagement.channel,
        queue=QueueName(id=row.queue.id, name=row.queue.name),
        state=engagement.state,
        weight=engagement.weight,
        topic=conversation.topic,
        visitor=WorkVisitor(
            id=row.visitor.id, name=row.visitor.name or "", online=contacts.is_online(row.visitor, work.now)
        ),
        agent=_agent(row.agent) if row.agent and engagement.state != "queued" else None,
        opened_at=engagement.opened_at,
        waiting_since=engagement.place_since if waits else None,
        state_since=engagement.state_since,
        last_text=conversation.last_text,
        last_at=conversation.last_at,
        last_author=conversation.last_author,
        unread=unread,
        wrap_up_until=engagement.wrap_up_until if engagement.state == "wrapping_up" else None,
        needs_outcome=engagement.state == "wrapping_up" and row.queue.wrap_up_mode in ("mandatory", "timed"),
        due_at=engagement.due_at,
        label_ids=label_ids,
        clock=clock,
    )


def _agent(agent: Agent) -> AgentName:
    return AgentName(id=agent.id, name=agent.name, picture=agent.picture)
