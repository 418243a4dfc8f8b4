"""The console's REST routes: the snapshot, the lists, and every act of an agent."""

from uuid import UUID

from aiohttp import web

from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.console import mentions, plain_answers, service, work_rows, workspace
from engage.console.schemas import AgentConversation, AgentMessage, MoveReadCursor, WorkQuery, Workspace
from engage.conversations import cursors, files, timeline
from engage.conversations import service as conversations
from engage.conversations.attachments import StoredFile
from engage.conversations.schemas import AttachmentView, Entry, EntryPage, EntryQuery, MoveCursor, SendNote
from engage.engagements import service as engagements
from engage.engagements import wrap_up as wrapping_up
from engage.engagements.declared import DECLARED
from engage.engagements.schemas import Park, WorkItem, WrapUp
from engage.kit.pagination import Page
from engage.kit.routes import Call, Reply, Routes
from engage.kit.wire import Query
from engage.routing import offers, pulling, transfers
from engage.routing import service as routing
from engage.routing.errors import NothingWaits
from engage.routing.schemas import DeclineOffer, Transfer
from engage.routing.stand_in import STAND_IN

routes = Routes()
AgentCall = Call[CallingAgent]


class UploadQuery(Query):
    site_id: UUID


@routes.get("/api/v1/agent/workspace", may=an_agent)
async def read_workspace(call: AgentCall) -> Workspace:
    """The snapshot of my work."""
    app = call.request.app
    return await workspace.read(call.work, call.who, routing=app[STAND_IN].mode, channels=app[DECLARED])


@routes.get("/api/v1/agent/work", may=an_agent)
async def read_work(call: AgentCall, query: WorkQuery) -> Page[WorkItem]:
    """Lists of engagements: mine, the queue's, all, closed; with a search over names and last words."""
    return await workspace.work_list(call.work, call.who, query)


@routes.post("/api/v1/agent/offers/{offer_id}/accept", may=an_agent)
async def accept_offer(call: AgentCall, offer_id: UUID) -> WorkItem:
    """Take the offered work; 409 with the state that won when it is over."""
    engagement = await offers.accept(call.work, offer_id, call.who)
    return await work_rows.one(call.work, engagement.id)


@routes.post("/api/v1/agent/offers/{offer_id}/decline", may=an_agent, status=204)
async def decline_offer(call: AgentCall, offer_id: UUID, body: DeclineOffer) -> None:
    """Leave the offered work to somebody else."""
    await offers.decline(call.work, offer_id, call.who.agent_id, body)


@routes.post("/api/v1/agent/engagements/{engagement_id}/pull", may=an_agent)
async def pull(call: AgentCall, engagement_id: UUID) -> WorkItem:
    """Take waiting work myself."""
    engagement = await service.visible_engagement(call.work, call.who, engagement_id)
    await routing.pull(call.work, engagement, call.who.agent_id)
    return await work_rows.one(call.work, engagement.id)


@routes.post("/api/v1/agent/work/next", may=an_agent)
async def pull_next(call: AgentCall) -> WorkItem:
    """Take what waits for me and comes next; 409 if there is nothing that I may have."""
    engagement_id = await pulling.next_for(call.work, call.who.agent_id)
    if engagement_id is None:
        raise NothingWaits
    await routing.pull(call.work, await engagements.locked(call.work, engagement_id), call.who.agent_id)
    return await work_rows.one(call.work, engagement_id)


@routes.post("/api/v1/agent/engagements/{engagement_id}/transfer", may=an_agent, status=204)
async def transfer(call: AgentCall, engagement_id: UUID, body: Transfer) -> None:
    """Hand my work to a colleague, a queue, a skill or a centre, with a note for whoever gets it."""
    engagement = await routing.held_by(call.work, engagement_id, call.who)
    author = conversations.author_agent(await call.work.db.get_one(Agent, call.who.agent_id))
    await transfers.transfer(call.work, engagement, author, body)


@routes.post("/api/v1/agent/engagements/{engagement_id}/end", may=an_agent)
async def end(call: AgentCall, engagement_id: UUID) -> WorkItem:
    """End the talk; what is left is the wrap-up."""
    engagement = await routing.held_by(call.work, engagement_id, call.who)
    await engagements.end(call.work, engagement, cause="ended_by_agent")
    return await work_rows.one(call.work, engagement.id)


@routes.post("/api/v1/agent/engagements/{engagement_id}/wrap-up", may=an_agent, status=204)
async def wrap_up(call: AgentCall, engagement_id: UUID, body: WrapUp) -> None:
    """Close my work with its outcome."""
    engagement = await routing.held_by(call.work, engagement_id, call.who)
    await wrapping_up.finish(call.work, engagement, body)


@routes.post("/api/v1/agent/engagements/{engagement_id}/wrap-up/extend", may=an_agent)
async def extend_wrap_up(call: AgentCall, engagement_id: UUID) -> WorkItem:
    """A minute more for my wrap-up, up to fifteen in all."""
    engagement = await routing.held_by(call.work, engagement_id, call.who)
    await wrapping_up.extend(call.work, engagement)
    return await work_rows.one(call.work, engagement.id)


@routes.post("/api/v1/agent/engagements/{engagement_id}/park", may=an_agent)
async def park(call: AgentCall, engagement_id: UUID, body: Park) -> WorkItem:
    """Put my work aside until the customer answers."""
    engagement = await routing.held_by(call.work, engagement_id, call.who)
    await routing.park(call.work, engagement, until=body.until)
    return await work_rows.one(call.work, engagement.id)


@routes.get("/api/v1/agent/conversations/{conversation_id}", may=an_agent)
async def read_conversation(call: AgentCall, conversation_id: UUID) -> AgentConversation:
    """A conversation with the person behind it."""
    return await service.view(call.work, call.who, conversation_id)


@routes.get("/api/v1/agent/conversations/{conversation_id}/entries", may=an_agent)
async def read_entries(call: AgentCall, conversation_id: UUID, query: EntryQuery) -> EntryPage:
    """Entries after or before a number; how gaps are closed."""
    conversation = await service.visible(call.work, call.who, conversation_id)
    return await timeline.page(call.work, conversation, "agents", query)


@routes.post(
    "/api/v1/agent/conversations/{conversation_id}/messages", may=an_agent, status=201, shortcut=plain_answers.say
)
async def send_message(call: AgentCall, conversation_id: UUID, body: AgentMessage) -> Entry:
    """Answer the customer, or send him an article; by mail when he is not on the site."""
    appended = await service.answer(call.work, call.who, conversation_id, body)
    entry = appended.seen_by("agents")
    return Reply(entry, 200) if appended.known else entry  # type: ignore[return-value]  # the same body, another status


@routes.post("/api/v1/agent/conversations/{conversation_id}/notes", may=an_agent, status=201)
async def add_note(call: AgentCall, conversation_id: UUID, body: SendNote) -> Entry:
    """A note for colleagues; the customer never sees it."""
    appended = await mentions.add_note(call.work, call.who, conversation_id, body)
    entry = appended.seen_by("agents")
    return Reply(entry, 200) if appended.known else entry  # type: ignore[return-value]


@routes.put("/api/v1/agent/conversations/{conversation_id}/cursor", may=an_agent, status=204)
async def move_cursor(call: AgentCall, conversation_id: UUID, body: MoveReadCursor) -> None:
    """How far the agents have read; only who holds the work moves it."""
    conversation = await service.visible(call.work, call.who, conversation_id, lock=True)
    if conversation.with_agent_id == call.who.agent_id:
        to = MoveCursor(read_seq=body.read_seq, delivered_seq=body.delivered_seq)
        await cursors.move(call.work, conversation, "agent", to)


@routes.post("/api/v1/agent/attachments", may=an_agent, status=201, prepare=files.read_and_write)
async def upload(call: AgentCall, prepared: StoredFile, query: UploadQuery) -> AttachmentView:
    """Upload a file for a message to a customer of this site."""
    call.who.must("answer", query.site_id)
    return await files.receive(call.work, prepared, site_id=query.site_id, uploader=call.who.key)


@routes.get("/api/v1/agent/attachments/{attachment_id}", may=an_agent)
async def download(call: AgentCall, attachment_id: UUID) -> web.FileResponse:
    """A file of a conversation of my sites."""
    return files.response(call.request.app, await service.file_of(call.work, call.who, attachment_id))
