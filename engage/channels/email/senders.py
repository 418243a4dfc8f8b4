"""In whose name a mail is kept. A mail proves nothing of who wrote it, so it never gets into a browser's chats."""

from uuid import UUID

from sqlalchemy import select

from engage.access.principals import RIGHTS
from engage.agents import service as agents
from engage.agents.models import Agent, AgentSite
from engage.channels.email.auth_results import Verdict
from engage.channels.email.models import MailSender
from engage.channels.email.parsed import Person
from engage.contacts import service as contacts
from engage.contacts.models import Contact, Visitor
from engage.kit.db import insert_into
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site


async def visitor_of(work: UnitOfWork, site: Site, sender: Person | None, verdict: Verdict) -> Visitor:
    """The one visitor of the mails of this address; somebody new for a mail without one."""
    if sender is None or not sender.address:
        return await _stored(work, site)
    address = sender.address[:320]
    if (known := await _known(work, site.id, address)) is not None:
        return known
    visitor = await _stored(work, site)
    row = {"site_id": site.id, "address": address, "visitor_id": visitor.id}
    taken = await work.db.execute(insert_into(work.db, MailSender).values(row).on_conflict_do_nothing())
    if not taken.rowcount:  # type: ignore[attr-defined]  # an executed INSERT is a CursorResult
        # another mail of his came at the same moment
        await work.db.delete(visitor)
        known = await _known(work, site.id, address)
        assert known is not None
        return known
    await _introduce(work, visitor, sender, verdict)
    return visitor


async def known(work: UnitOfWork, site_id: UUID, sender: Person | None) -> Visitor | None:
    """The visitor of this address, if a mail of it came before."""
    return await _known(work, site_id, sender.address[:320]) if sender and sender.address else None


async def address_of(work: UnitOfWork, visitor: Visitor) -> str | None:
    """Under which he writes mails, if he is known by nothing else."""
    return await work.db.scalar(select(MailSender.address).where(MailSender.visitor_id == visitor.id).limit(1))


async def _stored(work: UnitOfWork, site: Site) -> Visitor:
    visitor = contacts.stranger(work, site, locale=site.locale, time_zone=None, user_agent=None)
    work.db.add(visitor)
    await work.db.flush()
    return visitor


async def _known(work: UnitOfWork, site_id: UUID, address: str) -> Visitor | None:
    whose = select(MailSender.visitor_id).where(MailSender.site_id == site_id, MailSender.address == address)
    known = await work.db.scalar(whose)
    return await contacts.locked(work, known) if known else None


async def _introduce(work: UnitOfWork, visitor: Visitor, sender: Person, verdict: Verdict) -> None:
    """A proved address is that of the contact for whom the site vouches; any other one makes a contact of its own."""
    name = " ".join(sender.name.split())[:100] or None
    vouched = await _vouched_contact(work, visitor.site_id, sender.address) if verdict == "pass" else None
    if vouched is None:
        await contacts.introduce(work, visitor, name=name, email=sender.address)
        return
    visitor.contact_id, visitor.name, visitor.email = vouched.id, vouched.name or name, sender.address
    await work.db.flush()


async def _vouched_contact(work: UnitOfWork, site_id: UUID, address: str) -> Contact | None:
    his = select(Contact).where(
        Contact.site_id == site_id,
        Contact.email == address,
        Contact.external_id.is_not(None),
        Contact.merged_into_id.is_(None),
    )
    found = (await work.db.scalars(his.limit(2))).all()
    return found[0] if len(found) == 1 else None


async def agent_of(work: UnitOfWork, site_id: UUID, sender: Person | None) -> Agent | None:
    """The agent with this address who may answer the site's customers."""
    agent = await agents.by_email(work, sender.address) if sender and sender.address else None
    at_site = await work.db.get(AgentSite, (agent.id, site_id)) if agent else None
    may_answer = at_site is not None and at_site.suspended_at is None and "answer" in RIGHTS[at_site.role]
    return agent if may_answer else None
