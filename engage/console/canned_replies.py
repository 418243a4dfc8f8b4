"""Canned replies at the agent's desk: what he may insert, and their files for one answer."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.console import service
from engage.conversations import canned_replies
from engage.conversations.schemas import AttachmentView, CannedReplyView
from engage.kit.errors import NotFound
from engage.kit.routes import Call, Routes
from engage.kit.wire import Query, WireModel
from engage.settings import SETTINGS

routes = Routes()
AgentCall = Call[CallingAgent]


class CannedQuery(Query):
    site_id: UUID


class CannedReplies(WireModel):
    items: list[CannedReplyView]


class CannedFiles(WireModel):
    items: list[AttachmentView]


@routes.get("/api/v1/agent/canned-replies", may=an_agent)
async def list_canned_replies(call: AgentCall, query: CannedQuery) -> CannedReplies:
    """The site's canned replies and my own, by their shortcuts."""
    call.who.must("answer", query.site_id)
    return CannedReplies(items=await canned_replies.usable_by(call.work, call.who.agent_id, query.site_id))


@routes.post("/api/v1/agent/conversations/{conversation_id}/canned-replies/{reply_id}/files", may=an_agent)
async def take_canned_files(call: AgentCall, conversation_id: UUID, reply_id: UUID) -> CannedFiles:
    """Copies of a canned reply's files, to be sent with my next message."""
    conversation = await service.visible(call.work, call.who, conversation_id)
    reply = await canned_replies.usable(call.work, reply_id, call.who.agent_id)
    if reply.site_id != conversation.site_id:
        raise NotFound
    folder = call.request.app[SETTINGS].upload_dir
    return CannedFiles(items=await canned_replies.copy_files(call.work, reply, folder, uploader=call.who.key))
