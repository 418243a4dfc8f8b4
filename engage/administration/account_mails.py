"""Mails about accounts: invitations, forgotten passwords, and what one should hear of if it was not oneself."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from aiohttp import web

from engage import channels
from engage.agents import sign_in
from engage.agents.events import AccountSecured, JoinedSite, LinkMade
from engage.agents.models import Agent
from engage.channels import OutboundMessage
from engage.kit.bus import Reactions
from engage.kit.ids import new_id
from engage.kit.templates import TEMPLATES, Templates
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites import service as sites

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Letter:
    #: `{site}` is the site's name
    subject: str
    lines: tuple[str, ...]
    button: str = ""


LETTERS = {
    "invitation": Letter(
        "You are invited to {site}",
        (
            "You are invited to answer the customers of {site}.",
            "Choose a name and a password to begin. The link works once, within three days.",
        ),
        "Accept the invitation",
    ),
    "reset": Letter(
        "Set a new password",
        (
            "Somebody, most likely you, asked for a new password for your account at {site}.",
            "The link works once, within 30 minutes. If it was not you, do nothing: your password stays as it is.",
        ),
        "Set a new password",
    ),
    "joined": Letter(
        "You now work for {site} too",
        ("Your account was given access to {site}. Sign in as always.",),
        "Open the console",
    ),
    "password": Letter(
        "Your password was changed",
        (
            "The password of your account was changed, and all other browsers were signed out.",
            "If it was not you, set a new password at once with “Forgot your password?” and tell your admin.",
        ),
    ),
    "second_factor_on": Letter(
        "Two-step sign-in is on",
        ("From now on signing in asks for a code of your authenticator app.", "If it was not you, tell your admin."),
    ),
    "second_factor_off": Letter(
        "Two-step sign-in is off",
        (
            "Signing in asks for your password alone from now on.",
            "If it was not you, change your password at once and tell your admin.",
        ),
    ),
}


def reactions(app: web.Application) -> Reactions:
    table = Reactions()
    own_url, templates = app[SETTINGS].own_url, app[TEMPLATES]

    @table.on(LinkMade)
    async def mail_link(work: UnitOfWork, event: LinkMade) -> None:
        link = f"{own_url}{link_path(event.token)}"
        await _mail(work, templates, event.purpose, event.agent_id, event.site_id, link=link, secret=True)

    @table.on(JoinedSite)
    async def mail_welcome(work: UnitOfWork, event: JoinedSite) -> None:
        await _mail(work, templates, "joined", event.agent_id, event.site_id, link=f"{own_url}/console/")

    @table.on(AccountSecured)
    async def mail_warning(work: UnitOfWork, event: AccountSecured) -> None:
        memberships = await sign_in.memberships_of(work, event.agent_id)
        if memberships:
            await _mail(work, templates, event.what, event.agent_id, min(memberships))

    return table


def link_path(token: str) -> str:
    """The secret stands behind the #, which browsers send to nobody."""
    return f"/console/account-link#{token}"


async def _mail(
    work: UnitOfWork,
    templates: Templates,
    letter: str,
    agent_id: UUID,
    site_id: UUID,
    *,
    link: str | None = None,
    secret: bool = False,
) -> None:
    agent, site = await work.db.get_one(Agent, agent_id), await sites.by_id(work, site_id)
    words = LETTERS[letter]
    page = {
        "subject": words.subject.format(site=site.name),
        "greeting": "Hello," if agent.invited else f"Hello {agent.name},",
        "lines": [line.format(site=site.name) for line in words.lines],
        "button": words.button,
        "link": link,
        "site": site.name,
    }
    message = OutboundMessage(
        id=new_id(),
        site_id=site.id,
        conversation_id=None,
        to=agent.email,
        subject=str(page["subject"]),
        text=templates.render("administration/account_mail.txt", **page),
        html=templates.render("administration/account_mail.html", **page),
        secret=secret,
    )
    await channels.send(work, "email", message)
