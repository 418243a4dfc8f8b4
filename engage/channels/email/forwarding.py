"""A message passed on by mail to somebody else, with its files. What he answers never gets into the conversation.

So the mail bears no token, no reference and no other mail's name; by its own one an answer to it is kept apart.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import EmailStr, Field
from sqlalchemy import select

from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.channels.email import forward_page, outbox, thread_match
from engage.channels.email.forwarded import bare_subject
from engage.channels.email.models import MailThread, ReceivedMail
from engage.conversations import attachments, timeline
from engage.conversations import service as conversations
from engage.conversations.errors import UnknownAttachment
from engage.conversations.models import Attachment, Conversation, TimelineRow
from engage.conversations.schemas import ClientId, Entry, ForwardDetails, MessageText
from engage.conversations.timeline import NewEntry
from engage.kit.errors import Conflict, NotFound
from engage.kit.routes import Call, Reply, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import PlainText, WireModel
from engage.routing import visibility
from engage.settings import SETTINGS
from engage.sites import service as sites

routes = Routes()
#: what is said to somebody, and can be passed on
SAID = ("message", "article", "form")


class NothingToForward(Conflict):
    """Only what was said can be forwarded, and only once it has been sent."""

    code = "nothing_to_forward"


class ForwardForm(WireModel):
    client_id: ClientId
    #: the message that is passed on
    entry_id: UUID
    #: the first is written to, the others get copies
    to: Annotated[tuple[EmailStr, ...], Field(min_length=1, max_length=10)]
    #: none is that of the message
    subject: Annotated[PlainText | None, Field(max_length=300)] = None
    #: the agent's own words above it
    text: MessageText = ""
    #: of the message's files; none are all of them
    attachment_ids: Annotated[tuple[UUID, ...] | None, Field(max_length=100)] = None


@routes.post("/api/v1/agent/conversations/{conversation_id}/forward", may=an_agent, status=201)
async def forward_message(call: Call[CallingAgent], conversation_id: UUID, body: ForwardForm) -> Entry:
    """Pass a message on by mail; a line that only agents see says to whom."""
    work, who = call.work, call.who
    conversation = await timeline.locked(work, conversation_id)
    await visibility.must_see(work, who, conversation)
    who.must("answer", conversation.site_id)
    row = await _said(work, conversation, body.entry_id)
    files = _chosen((await attachments.of_entries(work, [row.id]))[row.id], body.attachment_ids)
    subject = " ".join((body.subject or await subject_of(work, conversation, row)).split())
    agent = await work.db.get_one(Agent, who.agent_id)
    details = ForwardDetails(
        to=[str(each) for each in body.to], subject=subject, entry_id=row.id, files=[each.name for each in files]
    )
    author = conversations.author_agent(agent)
    note = NewEntry(
        "note", author, text=body.text.strip(), audience="agents", details=details, client_id=body.client_id
    )
    appended = await timeline.append(work, conversation, note)
    entry = appended.seen_by("agents")
    if appended.known:
        return Reply(entry, 200)  # type: ignore[return-value]  # the same body, another status
    await _post(work, call.request.app, conversation, row, appended.row, agent, details, files)
    return entry


async def _said(work: UnitOfWork, conversation: Conversation, entry_id: UUID) -> TimelineRow:
    """Raises NotFound, NothingToForward."""
    its = select(TimelineRow).where(TimelineRow.id == entry_id, TimelineRow.conversation_id == conversation.id)
    row = await work.db.scalar(its)
    if row is None:
        raise NotFound
    # an answer that waits has been said to nobody yet, and may be taken back
    if row.kind not in SAID or (row.audience == "customer" and row.customer_seq is None):
        raise NothingToForward
    return row


def _chosen(files: Sequence[Attachment], ids: Sequence[UUID] | None) -> list[Attachment]:
    """Raises UnknownAttachment for a file of another message."""
    if ids is None:
        return list(files)
    known = {each.id: each for each in files}
    if not set(ids) <= set(known):
        raise UnknownAttachment
    return [known[each] for each in dict.fromkeys(ids)]


async def subject_of(work: UnitOfWork, conversation: Conversation, row: TimelineRow) -> str:
    """Without our reference: it would lead the answer back."""
    received = await work.db.get(ReceivedMail, row.id)
    thread = await work.db.get(MailThread, conversation.id)
    said = (received and received.subject) or (thread and thread.subject) or conversation.topic
    return f"Fwd: {thread_match.without_reference(bare_subject(said))}"


async def _post(
    work: UnitOfWork, app: web.Application, conversation: Conversation, row: TimelineRow, note: TimelineRow,
    agent: Agent, details: ForwardDetails, files: Sequence[Attachment],
) -> None:  # fmt: skip
    site = await sites.by_id(work, conversation.site_id)
    received = await work.db.get(ReceivedMail, row.id)
    passed_on = forward_page.PassedOn(site, conversation, row, received, details.subject, note.text, agent)
    written = forward_page.write(app, passed_on)
    to, *copies = details.to
    mail = outbox.of_conversation(
        conversation, "forward", to, mail_id=note.id, entry=note, subject=details.subject, written=written, files=files,
        now=work.now, cc=copies,
    )  # fmt: skip
    undo = timedelta(seconds=app[SETTINGS].mail_undo_seconds)
    await outbox.add(work, app, mail, leaves_at=work.now + undo)
