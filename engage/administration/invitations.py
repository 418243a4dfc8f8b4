"""Inviting people: a mail with a one-time link, and the same link for the admin to pass on himself."""

from typing import Annotated
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field

from engage.access import tokens
from engage.access.audit import Subject
from engage.administration.account_mails import link_path
from engage.administration.desk import AdminCall, administered, record
from engage.administration.errors import AlreadyHere
from engage.administration.people import Duties, serve
from engage.agents import entrance, links, service, sign_in
from engage.agents.events import JoinedSite, LinkMade, RightsChanged
from engage.agents.models import Agent, AgentSite
from engage.agents.sign_in import an_agent
from engage.kit.errors import NotFound
from engage.kit.rate_limit import Limit
from engage.kit.routes import SHOWN_ONCE, Reply, Routes
from engage.kit.wire import WireModel
from engage.sites import service as sites

routes = Routes()
INVITATIONS = Limit("invitation", burst=30, per_minute=10)


def _address(text: str) -> str:
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as problem:
        raise ValueError("This is not an e-mail address.") from problem


class InvitationForm(Duties):
    email: Annotated[str, Field(max_length=320), AfterValidator(_address)]


class Invitation(WireModel):
    """Whom it went to; the answer does not tell whether he had an account."""

    agent_id: UUID
    email: str
    #: to be passed on by hand where no mail arrives
    link: str


@routes.post("/api/v1/admin/sites/{site_id}/people", may=an_agent, status=201)
async def invite_person(call: AdminCall, site_id: UUID, body: InvitationForm) -> Invitation:
    """Invite somebody by e-mail; the link works once, within three days."""
    await administered(call, site_id)
    entrance.brake(call.request, (INVITATIONS, call.who.key))
    agent = await service.by_email(call.work, body.email)
    if agent is not None and await call.work.db.get(AgentSite, (agent.id, site_id)) is not None:
        raise AlreadyHere
    if agent is None:
        agent = await service.invite(call.work, email=body.email)
    elif not agent.email_proved:
        await _begin_anew(call, agent)
    call.work.db.add(AgentSite(agent_id=agent.id, site_id=site_id, role=body.role, all_queues=body.all_queues))
    await call.work.db.flush()
    await serve(call, site_id, agent.id, body.queue_ids)
    record(call, "person.invited", Subject(agent.email, agent.id, site_id), {"role": [None, body.role]})
    await call.work.publish(RightsChanged(agent_id=agent.id))
    return await _send(call, agent, site_id)


@routes.post("/api/v1/admin/sites/{site_id}/people/{agent_id}/invite", may=an_agent)
async def invite_again(call: AdminCall, site_id: UUID, agent_id: UUID) -> Invitation:
    """Send the invitation once more; older links count no more."""
    await administered(call, site_id)
    entrance.brake(call.request, (INVITATIONS, call.who.key))
    agent = await call.work.db.get(Agent, agent_id)
    if agent is None or not agent.invited or await call.work.db.get(AgentSite, (agent_id, site_id)) is None:
        raise NotFound
    await links.void_all(call.work, agent.id)
    record(call, "person.invited", Subject(agent.email, agent.id, site_id))
    return await _send(call, agent, site_id)


async def _begin_anew(call: AdminCall, agent: Agent) -> None:
    """Nobody has shown that this mailbox is his: whoever made the account must not come in here with it."""
    agent.invited, agent.password_hash = True, ""
    await links.void_all(call.work, agent.id)
    await sign_in.end_all(call.work, agent.id)


async def _send(call: AdminCall, agent: Agent, site_id: UUID) -> Invitation:
    """Mails it. The admin sees a link in any case; it opens the account only if nobody else's site hangs on it."""
    shown = tokens.new_token()
    if agent.invited:
        token = await links.make(call.work, agent.id, "invitation")
        await call.work.publish(LinkMade(agent_id=agent.id, site_id=site_id, purpose="invitation", token=token))
        if await service.sites_of(call.work, agent.email) <= call.who.sites_where("administer"):
            shown = await links.make(call.work, agent.id, "invitation", mailed=False)
    else:
        await call.work.publish(JoinedSite(agent_id=agent.id, site_id=site_id))
    link = f"{sites.own_origin(call.request)}{link_path(shown)}"
    answer = Invitation(agent_id=agent.id, email=agent.email, link=link)
    return Reply(answer, 201, SHOWN_ONCE)  # type: ignore[return-value]  # the same body, kept by nobody
