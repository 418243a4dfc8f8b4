"""One-time links: asking for one when the password is forgotten, and setting a password with one."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from engage.access import callers
from engage.access.errors import TooManyAttempts
from engage.agents import accounts, entrance, links, service, sign_in
from engage.agents.entrance import somebody_at_our_page
from engage.agents.events import LinkMade
from engage.agents.models import LinkPurpose
from engage.agents.schemas import NewPassword
from engage.kit.rate_limit import Limit
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import PlainText, WireModel

routes = Routes()

RESETS_BY_ADDRESS = Limit("reset_address", burst=5, per_minute=1)
LINKS_BY_ADDRESS = Limit("link_address", burst=20, per_minute=10)
#: silent, for a refusal would tell that there is such an account
RESETS_BY_EMAIL = Limit("reset_email", burst=3, per_minute=0.1)


class ResetForm(WireModel):
    email: Annotated[str, Field(max_length=320)]


class LinkForm(WireModel):
    token: Annotated[str, Field(max_length=100)]


class LinkView(WireModel):
    """Whom a one-time link is for."""

    purpose: LinkPurpose
    email: str
    name: str


class UseLink(LinkForm):
    name: Annotated[PlainText, Field(max_length=100)] = ""
    password: NewPassword


@routes.post("/api/v1/agent/password-reset", may=somebody_at_our_page, status=204)
async def ask_for_reset(call: Call[None], body: ResetForm) -> None:
    """Mails a link that sets a new password; the answer is the same for an address that nobody has."""
    entrance.brake(call.request, (RESETS_BY_ADDRESS, callers.address(call.request)))
    agent = await service.by_email(call.work, body.email)
    memberships = await sign_in.memberships_of(call.work, agent.id) if agent else {}
    if agent is None or agent.invited or not memberships or _asked_often(call.request, agent.email):
        return
    token = await links.make(call.work, agent.id, "reset")
    await accounts.note_asked(call.work, agent, address=callers.address(call.request))
    await call.work.publish(LinkMade(agent_id=agent.id, site_id=min(memberships), purpose="reset", token=token))


def _asked_often(request: web.Request, email: str) -> bool:
    try:
        entrance.brake(request, (RESETS_BY_EMAIL, email))
    except TooManyAttempts:
        return True
    return False


@routes.post("/api/v1/agent/account-links/look", may=somebody_at_our_page)
async def look_at_link(call: Call[None], body: LinkForm) -> LinkView:
    """Whom is this one-time link for?"""
    entrance.brake(call.request, (LINKS_BY_ADDRESS, callers.address(call.request)))
    link, agent = await links.look(call.work, body.token)
    return LinkView(purpose=link.purpose, email=agent.email, name="" if agent.invited else agent.name)


async def hash_password(request: web.Request, body: UseLink) -> str:
    """Raises LinkGone, ShortPassword, CommonPassword, OwnPassword, TooManyAttempts."""
    entrance.brake(request, (LINKS_BY_ADDRESS, callers.address(request)))
    async with request.app[UNITS].read() as work:
        _link, agent = await links.look(work, body.token)
    return await accounts.hash_of_good(body.password, email=agent.email, name=body.name or agent.name)


@routes.post("/api/v1/agent/account-links/use", may=somebody_at_our_page, status=204, prepare=hash_password)
async def use_link(call: Call[None], body: UseLink, prepared: str) -> None:
    """Sets the password, and the name of somebody new; the link and all his sign-ins end."""
    link, agent = await links.look(call.work, body.token, lock=True)
    was_invited = agent.invited
    if was_invited and (name := body.name.strip()):
        agent.name = name
    agent.email_proved = agent.email_proved or link.mailed
    await accounts.set_password(call.work, agent, prepared)
    act = "person.joined" if was_invited else "password.reset"
    await accounts.note(call.work, agent, act, address=callers.address(call.request))
    if not was_invited:
        await accounts.changed_password(call.work, agent)
