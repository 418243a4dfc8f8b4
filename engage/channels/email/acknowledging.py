"""Telling somebody once that his mail or form came: by when we answer, which answers there are, how to be done.

In a job behind the filing, so that a slow search holds no mail up. The row it leaves makes it happen once; rows of the
last hour are the budget by which two programs soon stop talking to each other.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from aiohttp import web
from sqlalchemy import select

from engage.access.tokens import SIGNER
from engage.channels import OutboundMessage
from engage.channels.email import accept, ack_facts, ack_words, auto_mail, outbox, solved, thread_match
from engage.channels.email.ack_facts import Asked, Request
from engage.channels.email.models import Mail, MailAcknowledgement, MailThread
from engage.channels.email.parsed import Person
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation
from engage.engagements.events import EngagementMoved
from engage.kit import jobs, languages
from engage.kit.bus import Reactions
from engage.kit.db import insert_all
from engage.kit.ids import new_id
from engage.kit.jobs import JobTable
from engage.kit.languages import Language
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.selfcare import service as selfcare
from engage.settings import SETTINGS
from engage.sites import mails as mails_of_site

#: one of them, and many at once
JOB, ALL = "email.acknowledge", "email.acknowledge_all"
#: a little, so that mails that came together are told of together
BREATH_SECONDS = 0.2
SUGGESTED = 3
#: of what he wrote, so much is looked for
QUERY = 200

log = structlog.get_logger(__name__)
reactions = Reactions()


@reactions.on_all(EngagementMoved)
async def tell_of_forms(work: UnitOfWork, events: Sequence[EngagementMoved]) -> None:
    """What came in by the widget's form; whoever files a mail tells of it himself."""
    new = {each.conversation_id for each in events if each.before is None and each.channel == "email"}
    if not new:
        return
    row = Conversation
    written = select(row.id, Visitor.email).join(Visitor, Visitor.id == row.visitor_id)
    by_mail = select(MailThread.conversation_id).where(MailThread.conversation_id == row.id).exists()
    wanted = written.where(row.id.in_(new), Visitor.email.is_not(None), ~by_mail).order_by(row.id)
    found = await work.db.execute(wanted)
    await later_all(work, [(each, Person(address, "")) for each, address in found if address])


async def later(work: UnitOfWork, conversation: Conversation, sender: Person | None) -> None:
    if sender is not None:
        await later_all(work, [(conversation.id, sender)])


async def later_all(work: UnitOfWork, senders: Sequence[tuple[UUID, Person]]) -> None:
    """Who wrote in which new conversation; nobody who has no address, and nobody who does not read."""
    people = [(each, who.address) for each, who in senders if who.address and not auto_mail.is_robot(who.address)]
    if len(people) == 1:
        await _one_by_one(work, people)
    elif people:
        payload = {"mails": [[str(each), address] for each, address in people]}
        await jobs.enqueue_all(work, ALL, [(work.now, payload)], key_of=_key_of_all)


async def _one_by_one(work: UnitOfWork, people: Sequence[Asked]) -> None:
    due = [(work.now, {"conversation": str(each), "address": address}) for each, address in people]
    await jobs.enqueue_all(work, JOB, due, key_of=lambda payload: f"{JOB}:{payload['conversation']}")


def _key_of_all(payload: dict[str, Any]) -> str:
    return f"{ALL}:{payload['mails'][0][0]}"


def job_table(app: web.Application) -> JobTable:
    table = JobTable()

    @table.inside(JOB)
    async def acknowledge(work: UnitOfWork, payload: dict[str, Any]) -> None:
        await _acknowledge(work, app, [(UUID(payload["conversation"]), payload["address"])])

    @table.stream(ALL, behind=accept.FILE, breath_seconds=BREATH_SECONDS)
    async def acknowledge_all(app: web.Application, payload: dict[str, Any]) -> bool:
        """In one commit. If that fails each goes alone, so that one that cannot be told harms no other."""
        people = [(UUID(conversation), address) for conversation, address in payload["mails"]]
        try:
            async with app[UNITS].begin() as work:
                await _acknowledge(work, app, people)
                await jobs.cancel(work, _key_of_all(payload))
        except Exception as problem:  # whatever it was, it is met and told again
            log.warning("acknowledgements_failed", size=len(people), exc_info=problem)
            async with app[UNITS].begin() as work:
                await _one_by_one(work, people)
                await jobs.cancel(work, _key_of_all(payload))
        return True

    return table


async def _acknowledge(work: UnitOfWork, app: web.Application, asked: Sequence[Asked]) -> None:
    waiting = await ack_facts.requests(work, asked)
    await ack_facts.hold_senders(work, waiting)
    budget = await ack_facts.budget(work, waiting)
    told = [each for each in waiting if budget.spend(each)]
    await insert_all(work.db, MailAcknowledgement, [_row(work, each) for each in told])
    helpful = await selfcare.with_answers(work, {each.site.id for each in told})
    await outbox.send_now(work, app, [await _mail(work, app, each, is_helped=each.site.id in helpful) for each in told])


def _row(work: UnitOfWork, each: Request) -> dict[str, Any]:
    return {
        "conversation_id": each.conversation.id,
        "site_id": each.site.id,
        "address": each.address,
        "domain": each.domain,
        "at": work.now,
    }


async def _mail(work: UnitOfWork, app: web.Application, request: Request, *, is_helped: bool) -> Mail:
    site, conversation, thread = request.site, request.conversation, request.thread
    language = languages.spoken(conversation.locale)
    words = ack_words.ACK[language]
    reference = thread_match.reference(site.name, thread.reference) if thread else None
    about = words["subject"].format(subject=(thread.subject if thread else "") or conversation.topic)
    subject = f"{reference} {about}" if reference else about
    due = request.due_at if request.due_at and request.due_at > work.now else None
    page = {
        **mails_of_site.around(site, language, own_url=app[SETTINGS].own_url),
        "subject": subject,
        "words": words,
        "promise": _promise(words, due, ZoneInfo(site.time_zone), language),
        "add": _how_to_add(words, reference, is_read=request.is_read),
        "articles": await _articles(work, app, request) if is_helped else [],
        "solved": solved.link(app[SETTINGS].own_url, app[SIGNER], conversation.id, work.now),
    }
    message = OutboundMessage(
        id=new_id(),
        site_id=site.id,
        conversation_id=conversation.id,
        to=request.address,
        subject=subject,
        text=app[TEMPLATES].render("email/acknowledgement.txt", **page),
        html=app[TEMPLATES].render("email/acknowledgement.html", **page),
        kind="acknowledgement",
    )
    return outbox.mail_from(message, work.now)


def _how_to_add(words: dict[str, str], reference: str | None, *, is_read: bool) -> str:
    """Only where somebody reads what is answered."""
    if reference is not None:
        return words["reference"].format(reference=reference)
    return words["add"] if is_read else ""


def _promise(words: dict[str, str], due: datetime | None, zone: ZoneInfo, language: Language) -> str:
    if due is None:
        return words["no_promise"]
    local = due.astimezone(zone)
    day = f"{languages.weekday(local.date(), language)}, {languages.day_of_month(local.date(), language)}"
    return words["promise"].format(day=day, clock=f"{local:%H:%M}")


async def _articles(work: UnitOfWork, app: web.Application, request: Request) -> list[dict[str, str]]:
    """Answers that there are already, to what he asked."""
    query = " ".join(f"{request.conversation.topic} {request.said}".split())[:QUERY]
    found = await selfcare.find(work, request.site, query, audiences=selfcare.CUSTOMERS, limit=SUGGESTED)
    at, key = f"{app[SETTINGS].own_url}/help", request.site.key
    return [{"title": each.title, "address": f"{at}/{each.slug}?site={key}"} for each in found.items[:SUGGESTED]]
