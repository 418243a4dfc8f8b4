"""Telling somebody once that his mail came: by when we answer, which answers there are already, and how to be done.

In a job behind the filing, so that a slow search holds no mail up. The row it leaves makes it happen once; rows of the
last hour are the budget by which two programs soon stop talking to each other.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from sqlalchemy import ColumnElement, func, select

from engage import channels
from engage.access.tokens import SIGNER
from engage.channels import OutboundMessage
from engage.channels.email import ack_budget, ack_words, auto_mail, solved
from engage.channels.email.ack_budget import Spent
from engage.channels.email.models import MailAcknowledgement, MailThread
from engage.channels.email.parsed import Person
from engage.contacts import service as contacts
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements import clocks
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.kit import jobs, languages
from engage.kit.db import insert_into
from engage.kit.ids import new_id
from engage.kit.jobs import JobTable
from engage.kit.languages import Language
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UnitOfWork
from engage.selfcare import service as selfcare
from engage.settings import SETTINGS
from engage.sites import mails as mails_of_site
from engage.sites import service as sites
from engage.sites.models import Site

JOB = "email.acknowledge"
SUGGESTED = 3
#: of what he wrote, so much is looked for
QUERY = 200


async def later(work: UnitOfWork, conversation: Conversation, sender: Person | None) -> None:
    if sender is not None:
        await later_all(work, [(conversation.id, sender)])


async def later_all(work: UnitOfWork, senders: Sequence[tuple[UUID, Person]]) -> None:
    """Who wrote in which new conversation; nobody who has no address, and nobody who does not read."""
    people = [(each, who.address) for each, who in senders if who.address and not auto_mail.is_robot(who.address)]
    due = [(work.now, {"conversation": str(each), "address": address}) for each, address in people]
    if due:
        await jobs.enqueue_all(work, JOB, due, key_of=lambda payload: f"{JOB}:{payload['conversation']}")


def job_table(app: web.Application) -> JobTable:
    table = JobTable()

    @table.inside(JOB)
    async def acknowledge(work: UnitOfWork, payload: dict[str, Any]) -> None:
        await _acknowledge(work, app, UUID(payload["conversation"]), payload["address"])

    return table


async def _acknowledge(work: UnitOfWork, app: web.Application, conversation_id: UUID, address: str) -> None:
    conversation = await work.db.get(Conversation, conversation_id)
    thread = await work.db.get(MailThread, conversation_id)
    engagement = await engagements.open_of(work, conversation_id)
    if conversation is None or thread is None or engagement is None:
        # merged, or done already
        return
    # his row is the lock: mails that he sent at one moment are counted one after the other
    await contacts.locked(work, conversation.visitor_id)
    if ack_budget.allows(await _spent(work, conversation, address)) and await _is_first(work, conversation, address):
        message = await _message(work, app, conversation, thread, engagement, address)
        await channels.send(work, "email", message)


async def _spent(work: UnitOfWork, conversation: Conversation, address: str) -> Spent:
    row, since = MailAcknowledgement, work.now - ack_budget.PERIOD
    lately = (row.site_id == conversation.site_id, row.at > since)
    return Spent(
        conversation=await _count(work, row.conversation_id == conversation.id),
        sender=await _count(work, row.address == address, *lately),
        domain=await _count(work, row.domain == _domain(address), *lately),
    )


async def _count(work: UnitOfWork, *which: ColumnElement[bool]) -> int:
    return await work.db.scalar(select(func.count()).select_from(MailAcknowledgement).where(*which)) or 0


def _domain(address: str) -> str:
    return address.rpartition("@")[2][:255]


async def _is_first(work: UnitOfWork, conversation: Conversation, address: str) -> bool:
    row = {
        "conversation_id": conversation.id,
        "site_id": conversation.site_id,
        "address": address,
        "domain": _domain(address),
        "at": work.now,
    }
    taken = await work.db.execute(insert_into(work.db, MailAcknowledgement).values(row).on_conflict_do_nothing())
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an executed INSERT is a CursorResult


async def _message(
    work: UnitOfWork, app: web.Application, conversation: Conversation, thread: MailThread, engagement: Engagement,
    address: str,
) -> OutboundMessage:  # fmt: skip
    site = await sites.by_id(work, conversation.site_id)
    language = languages.spoken(conversation.locale)
    words, reference = ack_words.ACK[language], f"[{' '.join(site.name.split())} #{thread.reference}]"
    subject = words["subject"].format(subject=thread.subject or conversation.topic, reference=reference)
    page = {
        **mails_of_site.around(site, language, own_url=app[SETTINGS].own_url),
        "subject": subject,
        "words": words,
        "promise": _promise(words, await _due(work, engagement), ZoneInfo(site.time_zone), language),
        "reference": words["reference"].format(reference=reference),
        "articles": await _articles(work, app, site, conversation),
        "solved": solved.link(app[SETTINGS].own_url, app[SIGNER], conversation.id, work.now),
    }
    return OutboundMessage(
        id=new_id(),
        site_id=site.id,
        conversation_id=conversation.id,
        to=address,
        subject=subject,
        text=app[TEMPLATES].render("email/acknowledgement.txt", **page),
        html=app[TEMPLATES].render("email/acknowledgement.html", **page),
        kind="acknowledgement",
    )


async def _due(work: UnitOfWork, engagement: Engagement) -> datetime | None:
    """By when somebody answers, as it is promised; None if nothing is."""
    clock = (await clocks.first_of(work, [engagement.id])).get(engagement.id)
    return clock.due_at if clock and clock.due_at and clock.due_at > work.now else None


def _promise(words: dict[str, str], due: datetime | None, zone: ZoneInfo, language: Language) -> str:
    if due is None:
        return words["no_promise"]
    local = due.astimezone(zone)
    day = f"{languages.weekday(local.date(), language)}, {languages.day_of_month(local.date(), language)}"
    return words["promise"].format(day=day, clock=f"{local:%H:%M}")


async def _articles(
    work: UnitOfWork, app: web.Application, site: Site, conversation: Conversation
) -> list[dict[str, str]]:
    """Answers that there are already, to what he asked."""
    first = select(TimelineRow.text).where(
        TimelineRow.conversation_id == conversation.id, TimelineRow.kind == "message"
    )
    said = await work.db.scalar(first.order_by(TimelineRow.seq).limit(1)) or ""
    query = " ".join(f"{conversation.topic} {said}".split())[:QUERY]
    found = await selfcare.find(work, site, query, audiences=selfcare.CUSTOMERS, limit=SUGGESTED)
    at = f"{app[SETTINGS].own_url}/help"
    return [{"title": each.title, "address": f"{at}/{each.slug}?site={site.key}"} for each in found.items[:SUGGESTED]]
