"""Mails in the console: what leaves, what was kept, what is dead, and what can still be taken back."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.channels.email import outbox, service
from engage.channels.email import withdraw as withdrawal
from engage.channels.email.schemas import MailQuery, MailRow, Mails, MailTime, MailView, WithdrawnMail
from engage.kit.pagination import Page
from engage.kit.routes import Call, Routes

routes = Routes()


@routes.get("/api/v1/agent/mails", may=an_agent)
async def read_mails(call: Call[CallingAgent], query: MailQuery) -> Page[MailRow]:
    """Outgoing mails of my sites, the newest first."""
    return await service.mails(call.work, call.who, query.cursor)


@routes.get("/api/v1/agent/conversations/{conversation_id}/mails", may=an_agent)
async def read_mails_of_conversation(call: Call[CallingAgent], conversation_id: UUID) -> Mails:
    """Where the mails of a conversation stand, by the entry that each carries; the oldest first."""
    return await service.of_conversation(call.work, call.who, conversation_id)


@routes.get("/api/v1/agent/mails/{mail_id}", may=an_agent)
async def read_mail(call: Call[CallingAgent], mail_id: UUID) -> MailView:
    """One mail with its text."""
    return await service.mail(call.work, call.who, mail_id)


@routes.post("/api/v1/agent/mails/{mail_id}/retry", may=an_agent, status=204)
async def retry_mail(call: Call[CallingAgent], mail_id: UUID) -> None:
    """Try a dead or kept mail again."""
    await service.retry(call.work, call.who, mail_id)


@routes.post("/api/v1/agent/mails/{mail_id}/withdraw", may=an_agent)
async def withdraw_mail(call: Call[CallingAgent], mail_id: UUID) -> WithdrawnMail:
    """Take back an answer that has not left yet; its words are my draft again."""
    return await withdrawal.withdraw(call.work, call.who, mail_id)


@routes.put("/api/v1/agent/mails/{mail_id}/time", may=an_agent)
async def change_mail_time(call: Call[CallingAgent], mail_id: UUID, body: MailTime) -> MailRow:
    """Have an answer that waits leave at another time, or now."""
    return outbox.row_of(await withdrawal.reschedule(call.work, call.who, mail_id, body.send_at))
