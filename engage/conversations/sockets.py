"""Heads of conversations: the beacon that heals a lost push, for visitors and for agents."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from engage.conversations.events import HeadsForAgent, HeadsForVisitor
from engage.conversations.models import Conversation
from engage.kit.unit_of_work import UNITS
from engage.realtime.events import PushedEvent
from engage.realtime.port import Identity
from engage.realtime.socket_table import SocketTable

sockets = SocketTable()

#: conversations that nobody has touched for longer need no beacon
RECENT = timedelta(days=7)


@sockets.heads("/visitor", every_seconds=25)
async def tell_visitors(app: web.Application, people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
    """Read from the table and not from what was sent, by one query for all of them."""
    heads = await _heads(app, people, Conversation.visitor_id, Conversation.last_customer_seq)
    return {
        person: HeadsForVisitor(visitor_id=person.id, heads=heads[person.id]) for person in people if person.id in heads
    }


@sockets.heads("/agent", every_seconds=25)
async def tell_agents(app: web.Application, people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
    """The same for what each agent answers, in the agents' numbering."""
    heads = await _heads(app, people, Conversation.with_agent_id, Conversation.last_seq)
    return {
        person: HeadsForAgent(agent_id=person.id, heads=heads[person.id]) for person in people if person.id in heads
    }


async def _heads(
    app: web.Application,
    people: Sequence[Identity],
    whose: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None],
    number: InstrumentedAttribute[int],
) -> dict[UUID | None, dict[UUID, int]]:
    heads: dict[UUID | None, dict[UUID, int]] = {}
    if not people:
        return heads
    async with app[UNITS].read() as work:
        recent = select(whose, Conversation.id, number).where(
            whose.in_([person.id for person in people]),
            Conversation.last_at > work.now - RECENT,
            Conversation.merged_into_id.is_(None),
        )
        for person_id, conversation_id, head in await work.db.execute(recent):
            heads.setdefault(person_id, {})[conversation_id] = head
    return heads
