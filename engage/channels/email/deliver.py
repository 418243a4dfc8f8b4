"""Mails leave: each is given to the customer and to a mail server, once, whatever breaks in between."""

import asyncio
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.channels import POST_LINE, DeliveryFailed, OutboundMessage
from engage.channels.email import bounced, letterhead, letters, outbox, posting, sending, suppressed, trouble
from engage.channels.email.letters import NotTaken, NotYet
from engage.channels.email.models import Mail
from engage.channels.email.posting import LEAVING, TAKEN, Leaving, Taken
from engage.channels.email.smtp_lines import TURN_SECONDS
from engage.conversations import attachments, timeline
from engage.conversations.models import Attachment
from engage.kit.clock import CLOCK
from engage.kit.jobs import CLAIM_SECONDS, JobTable
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.settings import SETTINGS
from engage.sites import service as sites
from engage.sites.models import Site

jobs = JobTable()


async def deliver(app: web.Application, message: OutboundMessage) -> None:
    """Sends or keeps what another slice has written; a second try of one that is gone does nothing.

    Raises DeliveryFailed.
    """
    async with app[UNITS].begin() as work:
        if await work.db.get(Mail, message.id) is None:
            mail = outbox.mail_from(message, work.now)
            mail.not_before = work.now
            await letterhead.write(work, app, await sites.by_id(work, mail.site_id), mail)
            work.db.add(mail)
    await send(app, message.id)


@jobs.stream(outbox.POST, line=POST_LINE, claim_seconds=CLAIM_SECONDS)
async def post(app: web.Application, payload: dict[str, Any]) -> bool:
    return await send(app, UUID(payload["mail"]))


async def send(app: web.Application, mail_id: UUID) -> bool:
    """Whether its job is done with it, too. Raises DeliveryFailed when it is worth another try."""
    leaving = await app[LEAVING].submit(mail_id)
    # one whose site has lost its server is kept, as it would have been at its first try
    if leaving is None or not sending.has_server(app, leaving[1]):
        leaving = await _left(app, mail_id)
    if leaving is None:
        return False
    mail, site = leaving
    began_at = app[CLOCK].now()
    try:
        postman = await sending.postman_of(app, site)
        assert postman is not None
        letter = await _written(app, mail)
        receipt = await postman.send(letter, sender=letters.return_path(mail), recipients=letters.recipients_of(mail))
    except NotYet:
        async with app[UNITS].begin() as work:
            await outbox.post(work, mail, after=timedelta(seconds=TURN_SECONDS))
        return False
    except NotTaken as problem:
        await _note_failure(app, mail.id, problem, began_at)
        return False
    taken = Taken(mail, receipt)
    if await app[TAKEN].submit(taken):
        return True
    async with app[UNITS].begin() as work:
        await posting.note_one(work, taken)
    return False


async def _left(app: web.Application, mail_id: UUID) -> Leaving | None:
    async with app[UNITS].begin() as work:
        return await _leave(work, app, mail_id)


async def _leave(work: UnitOfWork, app: web.Application, mail_id: UUID) -> tuple[Mail, Site] | None:
    """From here on nobody can take it back, and the customer sees it; None if it is not to leave now."""
    mail = await outbox.locked(work, mail_id)
    if mail.state != "queued" or (mail.not_before is not None and mail.not_before > work.now):
        return None
    site = await sites.by_id(work, mail.site_id)
    if mail.left_at is None:
        mail.left_at = work.now
        await _give_to_customer(work, mail)
    if not sending.has_server(app, site):
        mail.state = "kept"
    elif (known := await _known_to_come_back(work, mail)) is not None:
        mail.state, mail.last_error = "dead", f"Not sent, for mails to this address came back: {known}"[:500]
    await outbox.tell(work, mail)
    return (mail, site) if mail.state == "queued" else None


async def _known_to_come_back(work: UnitOfWork, mail: Mail) -> str | None:
    """Of notices only: an answer leaves because somebody wants it to, and a one-time link because he asked for it."""
    if mail.kind in ("answer", "forward") or mail.secret:
        return None
    found = await suppressed.find(work, mail.site_id, mail.recipient)
    return found.reason if found is not None else None


async def _give_to_customer(work: UnitOfWork, mail: Mail) -> None:
    """Known by its name before the first try, for an answer to it may come before we hear that it was taken."""
    if mail.conversation_id is None or mail.kind == "forward":
        return
    conversation = await timeline.locked(work, mail.conversation_id)
    await letterhead.follow(work, mail, conversation.id)
    await outbox.remember(work, [(mail, name) for name in letterhead.names_of(mail)])
    if mail.kind == "answer" and mail.entry_id is not None:
        await timeline.release(work, conversation, mail.entry_id)


async def _written(app: web.Application, mail: Mail) -> EmailMessage:
    if not mail.files:
        return letters.compose(mail)
    # megabytes of files take their time
    return await asyncio.to_thread(letters.compose, mail, await _files(app, mail))


async def _files(app: web.Application, mail: Mail) -> list[tuple[Attachment, bytes]]:
    ids = [UUID(each) for each in mail.files]
    async with app[UNITS].read() as work:
        rows = await work.db.scalars(select(Attachment).where(Attachment.id.in_(ids)).order_by(Attachment.id))
    folder = app[SETTINGS].upload_dir
    return [(row, await asyncio.to_thread(attachments.path_of(folder, row.id).read_bytes)) for row in rows]


async def _note_failure(app: web.Application, mail_id: UUID, problem: NotTaken, began_at: datetime) -> None:
    """Counts the try; the mail is dead when the server will never take it or we have tried for long enough."""
    async with app[UNITS].begin() as work:
        mail = await outbox.locked(work, mail_id)
        mail.attempts += 1
        mail.last_error = str(problem)[:500]
        tried_since = mail.left_at or mail.created_at
        given_up = work.now - tried_since >= timedelta(hours=app[SETTINGS].mail_retry_hours)
        if problem.for_good or given_up:
            mail.state = "dead"
            await bounced.note_failure(work, mail, mail.recipient)
        if problem.no_way:
            await trouble.begin(work, mail.site_id, str(problem), since=began_at)
        await outbox.tell(work, mail)
    if mail.state != "dead":
        raise DeliveryFailed(str(problem)) from problem
