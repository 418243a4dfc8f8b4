"""Mails about accounts: invitations, forgotten passwords, and what one should hear of if it was not oneself."""

from pathlib import Path
from uuid import UUID

from aiohttp import web

from engage import channels
from engage.administration.letters import FRAMES, LETTERS
from engage.agents import sign_in
from engage.agents.events import AccountSecured, JoinedSite, LinkMade
from engage.agents.models import Agent
from engage.channels import OutboundMessage
from engage.kit import languages
from engage.kit.bus import Reactions
from engage.kit.ids import new_id
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites import mails
from engage.sites import service as sites

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


def reactions(app: web.Application) -> Reactions:
    table = Reactions()
    own_url = app[SETTINGS].own_url

    @table.on(LinkMade)
    async def mail_link(work: UnitOfWork, event: LinkMade) -> None:
        link = f"{own_url}{link_path(event.token)}"
        await _mail(work, app, event.purpose, event.agent_id, event.site_id, link=link, secret=True)

    @table.on(JoinedSite)
    async def mail_welcome(work: UnitOfWork, event: JoinedSite) -> None:
        await _mail(work, app, "joined", event.agent_id, event.site_id, link=f"{own_url}/console/")

    @table.on(AccountSecured)
    async def mail_warning(work: UnitOfWork, event: AccountSecured) -> None:
        memberships = await sign_in.memberships_of(work, event.agent_id)
        if memberships:
            await _mail(work, app, event.what, event.agent_id, min(memberships))

    return table


def link_path(token: str) -> str:
    """The secret stands behind the #, which browsers send to nobody."""
    return f"/console/account-link#{token}"


async def _mail(
    work: UnitOfWork,
    app: web.Application,
    letter: str,
    agent_id: UUID,
    site_id: UUID,
    *,
    link: str | None = None,
    secret: bool = False,
) -> None:
    agent, site = await work.db.get_one(Agent, agent_id), await sites.by_id(work, site_id)
    language = languages.spoken(site.locale)
    words, frame = LETTERS[language][letter], FRAMES[language]
    page = {
        **mails.around(site, language, own_url=app[SETTINGS].own_url),
        "subject": words.subject.format(site=site.name),
        "greeting": frame.greeting if agent.invited else frame.greeting_by_name.format(name=agent.name),
        "address": frame.address,
        "lines": [line.format(site=site.name) for line in words.lines],
        "button": words.button,
        "link": link,
    }
    message = OutboundMessage(
        id=new_id(),
        site_id=site.id,
        conversation_id=None,
        to=agent.email,
        subject=str(page["subject"]),
        text=app[TEMPLATES].render("administration/account_mail.txt", **page),
        html=app[TEMPLATES].render("administration/account_mail.html", **page),
        secret=secret,
    )
    await channels.send(work, "email", message)
