"""Mails that were written together leave together: read by one statement, noted by one commit.

Whichever is not taken at once gets a job of its own, and with it the patience and the tries of any other mail.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import structlog
from aiohttp import web

from engage.channels.email import accept, letters, outbox, posting, sending
from engage.channels.email.models import Mail
from engage.channels.email.posting import Leaving, Taken
from engage.channels.email.smtp import Receipt
from engage.channels.email.smtp_lines import MOST
from engage.kit import jobs
from engage.kit.jobs import CLAIM_SECONDS, JobTable
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.sites.models import Site

#: what lasts longer is none of what is quickly done together, and ends well before the claim does
SECONDS = 20
#: one is noted while the other leaves
AT_ONCE = 2

log = structlog.get_logger(__name__)
table = JobTable()


@table.stream(outbox.POST_ALL, claim_seconds=CLAIM_SECONDS, at_once=AT_ONCE, behind=accept.FILE)
async def post_all(app: web.Application, payload: dict[str, Any]) -> bool:
    ids = [UUID(each) for each in payload["mails"]]
    async with app[UNITS].read() as work:
        leaving = [each for each in await posting.leaving(work, ids) if each is not None and not each[0].files]
    taken = await _sent(app, leaving)
    alone = [each for each in ids if each not in {one.mail.id for one in taken}]
    async with app[UNITS].begin() as work:
        noted = await posting.note(work, taken) if taken else []
        left = [each for each, is_noted in zip(taken, noted, strict=True) if not is_noted]
        if not left:
            await _finish(work, payload, alone)
    if left:
        # theirs went into other conversations meanwhile; whoever is stopped here does not send the others again
        await _note_alone(app, left)
        async with app[UNITS].begin() as work:
            await _finish(work, payload, alone)
    return True


async def _finish(work: UnitOfWork, payload: dict[str, Any], alone: Sequence[UUID]) -> None:
    for mail_id in alone:
        await outbox.post_alone(work, mail_id)
    await jobs.cancel(work, outbox.key_of_all(payload))


async def _note_alone(app: web.Application, taken: Sequence[Taken]) -> None:
    for each in taken:
        async with app[UNITS].begin() as work:
            await posting.note_one(work, each)


async def _sent(app: web.Application, leaving: Sequence[Leaving]) -> list[Taken]:
    """Those that were taken, by as many hands as there are lines to a server."""
    taken: list[Taken] = []
    rest = iter(leaving)
    until = asyncio.get_running_loop().time() + SECONDS
    async with asyncio.TaskGroup() as hands:
        for _ in range(min(MOST, len(leaving))):
            hands.create_task(_send_rest(app, rest, taken, until))
    return taken


async def _send_rest(app: web.Application, rest: Iterator[Leaving], taken: list[Taken], until: float) -> None:
    for mail, site in rest:
        try:
            async with asyncio.timeout_at(until):
                taken.append(Taken(mail, await _send(app, mail, site)))
        except Exception as problem:  # noqa: BLE001  # whatever it was: it is met again when the mail goes alone
            log.info("mail_goes_alone", mail=str(mail.id), reason=f"{type(problem).__name__}: {problem}"[:200])


async def _send(app: web.Application, mail: Mail, site: Site) -> Receipt:
    postman = await sending.postman_of(app, site)
    assert postman is not None
    letter = letters.compose(mail)
    return await postman.send(letter, sender=letters.return_path(mail), recipients=letters.recipients_of(mail))
