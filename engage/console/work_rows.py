"""Rows of work as the console shows them: with the parties beside the agent who holds it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Select, select

from engage.agents.models import Agent
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation
from engage.engagements import work_items
from engage.engagements.models import Engagement
from engage.engagements.schemas import AgentName, PartyView, WorkItem
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import parties
from engage.routing.models import Offer
from engage.sites.models import Queue, Site

WorkRows: TypeAlias = Select[Engagement, Conversation, Visitor, Queue, Site, Agent | None]


async def read(work: UnitOfWork, query: WorkRows) -> list[WorkItem]:
    """The rows of a `work_items.selected` query, in its order."""
    items = await work_items.read(work, query)
    views = await views_of(work, [item.engagement_id for item in items if item.state == "active"])
    return [item.model_copy(update={"parties": views.get(item.engagement_id, [])}) for item in items]


async def one(work: UnitOfWork, engagement_id: UUID) -> WorkItem:
    return (await read(work, work_items.selected(Engagement.id == engagement_id)))[0]


async def views_of(work: UnitOfWork, engagement_ids: Sequence[UUID]) -> dict[UUID, list[PartyView]]:
    found = await parties.offers_of(work, engagement_ids) if engagement_ids else []
    views: defaultdict[UUID, list[PartyView]] = defaultdict(list)
    if not found:
        return views
    rows = await work.db.scalars(select(Agent).where(Agent.id.in_([offer.agent_id for offer in found])))
    agents = {agent.id: agent for agent in rows}
    for offer in found:
        views[offer.engagement_id].append(_view(offer, agents[offer.agent_id]))
    return views


def _view(offer: Offer, agent: Agent) -> PartyView:
    joined_at = offer.ended_at if offer.state == "accepted" else None
    name = AgentName(id=agent.id, name=agent.name, picture=agent.picture)
    return PartyView.model_validate({"agent": name, "role": offer.role, "joined_at": joined_at})


def concerns(item: WorkItem, agent_id: UUID) -> bool:
    """Whether he is a party to it and came in."""
    return any(party.agent.id == agent_id and party.joined_at is not None for party in item.parties)
