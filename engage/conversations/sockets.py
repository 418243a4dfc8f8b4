"""Heads of the visitor's conversations: the beacon that heals a lost push."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.conversations.events import HeadsForVisitor
from engage.conversations.models import Conversation
from engage.kit.unit_of_work import UNITS
from engage.realtime.events import PushedEvent
from engage.realtime.port import Identity
from engage.realtime.socket_table import SocketTable

sockets = SocketTable()

#: conversations that nobody has touched for longer need no beacon
RECENT = timedelta(days=7)


@sockets.heads("/visitor", every_seconds=25)
async def tell_heads(app: web.Application, people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
    """Read from the table and not from what was sent, by one query for all of them."""
    if not people:
        return {}
    heads: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    async with app[UNITS].read() as work:
        recent = select(Conversation.visitor_id, Conversation.id, Conversation.last_customer_seq).where(
            Conversation.visitor_id.in_([person.id for person in people]), Conversation.last_at > work.now - RECENT
        )
        for visitor_id, conversation_id, head in await work.db.execute(recent):
            heads[visitor_id][conversation_id] = head
    return {
        person: HeadsForVisitor(visitor_id=person.id, heads=heads[person.id]) for person in people if heads[person.id]
    }
