"""What nobody asked for: closed without an answer, its sender kept out if that is wanted."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from engage.access.audit import Subject
from engage.administration.blocks import BlockForm, block_of, keep_out
from engage.administration.desk import AdminCall, record
from engage.agents.sign_in import an_agent
from engage.contacts import blocks
from engage.contacts.models import Block, Visitor
from engage.conversations.models import Conversation
from engage.engagements import service as engagements
from engage.engagements.errors import NotYourWork
from engage.engagements.lifecycle import WAITING
from engage.kit.routes import Routes
from engage.kit.wire import WireModel
from engage.routing import closing, visibility

routes = Routes()

REASON = "Spam"


class SpamForm(WireModel):
    #: its sender is kept out for so long; none lets him write on
    block_hours: Annotated[int | None, Field(ge=1, le=24 * 365)] = None


@routes.post("/api/v1/agent/engagements/{engagement_id}/spam", may=an_agent, status=204)
async def close_as_spam(call: AdminCall, engagement_id: UUID, body: SpamForm) -> None:
    """Close work that waits, or my own, without an answer; a supervisor's word counts for that of others too."""
    engagement = await engagements.locked(call.work, engagement_id)
    conversation = await call.work.db.get_one(Conversation, engagement.conversation_id)
    await visibility.must_see(call.work, call.who, conversation)
    call.who.must("answer", engagement.site_id)
    is_free = engagement.state in WAITING or engagement.agent_id == call.who.agent_id
    if not is_free and not call.who.may("supervise", engagement.site_id):
        raise NotYourWork
    await closing.close(call.work, engagement, cause="spam")
    visitor = await call.work.db.get_one(Visitor, conversation.visitor_id)
    record(call, "work.spam", Subject(visitor.name or "", engagement.id, engagement.site_id))
    if body.block_hours is not None:
        await _keep_out(call, visitor, BlockForm(reason=REASON, hours=body.block_hours))


async def _keep_out(call: AdminCall, visitor: Visitor, form: BlockForm) -> None:
    """Once, however many of his mails are closed together."""
    block = await block_of(call, visitor, form)
    his = (Block.site_id == block.site_id, Block.kind == block.kind, Block.subject == block.subject)
    if await call.work.db.scalar(select(Block.id).where(*his, blocks.counts_at(call.work)).limit(1)) is None:
        await keep_out(call, visitor, block)
