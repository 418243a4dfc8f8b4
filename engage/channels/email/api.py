"""Mails in the console: what was sent, what was kept, what is dead."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.channels.email import service
from engage.channels.email.schemas import MailQuery, MailRow, MailView
from engage.kit.pagination import Page
from engage.kit.routes import Call, Routes

routes = Routes()


@routes.get("/api/v1/agent/mails", may=an_agent)
async def read_mails(call: Call[CallingAgent], query: MailQuery) -> Page[MailRow]:
    """Outgoing mails of my sites, the newest first."""
    return await service.mails(call.work, call.who, query.cursor)


@routes.get("/api/v1/agent/mails/{mail_id}", may=an_agent)
async def read_mail(call: Call[CallingAgent], mail_id: UUID) -> MailView:
    """One mail with its text."""
    return await service.mail(call.work, call.who, mail_id)


@routes.post("/api/v1/agent/mails/{mail_id}/retry", may=an_agent, status=204)
async def retry_mail(call: Call[CallingAgent], mail_id: UUID) -> None:
    """Try a dead or kept mail again."""
    await service.retry(call.work, call.who, mail_id)
