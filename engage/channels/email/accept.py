"""Taking a mail: its bytes on the disk, then its rows with the job that files it in one commit, and then "yes".

Whoever brings mail is told "yes" only when that has happened; before it, nothing was said and he brings it again.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from aiohttp import web
from sqlalchemy import Table, insert, update

from engage.channels.email import blobs
from engage.channels.email.addresses import Place, plain
from engage.channels.email.blobs import Blob
from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.schemas import RawMailSource
from engage.kit import jobs
from engage.kit.group_commit import GroupCommit
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.settings import SETTINGS

#: the job that files a mail
FILE = "email.file"
#: tries of the job; the mail itself is given up sooner, see `poison`
ATTEMPTS = 1_000


@dataclass(frozen=True)
class Brought:
    """A mail that was brought to us for one mailbox."""

    source: RawMailSource
    place: Place
    blob: Blob
    envelope_from: str | None
    envelope_to: str | None
    received_at: datetime
    id: UUID


Group = GroupCommit[Brought, UUID]
GROUP: web.AppKey[Group] = web.AppKey("mails_accepted", GroupCommit)


def group(app: web.Application) -> Group:
    """Several connections at a time share commits."""
    return GroupCommit("mails", app[UNITS].begin, _store, key_of=lambda each: each.id)


async def store(app: web.Application, content: bytes | bytearray) -> Blob:
    """Raises OSError when the disk does not take it."""
    return await asyncio.to_thread(blobs.store, app[SETTINGS].mail_dir, content)


def one_a_mailbox(recipients: Iterable[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Each mailbox once, by the address that says most: one with a plus may hold a reply token."""
    chosen: dict[UUID, tuple[str, Place]] = {}
    for address, place in sorted(recipients, key=lambda each: "+" not in each[0]):
        chosen.setdefault(place.mailbox_id, (address, place))
    return list(chosen.values())


async def accept(
    app: web.Application,
    blob: Blob,
    *,
    source: RawMailSource,
    sender: str | None,
    recipients: Sequence[tuple[str, Place]],
) -> list[UUID]:
    """The rows of a stored mail, one a mailbox; returns when they are committed. Raises what the database raises."""
    now = app[UNITS].clock.now()
    usual = Brought(source, recipients[0][1], blob, plain(sender or "") or None, None, now, new_id())
    brought = [
        replace(usual, place=place, envelope_to=plain(address), id=new_id())
        for address, place in one_a_mailbox(recipients)
    ]
    return list(await asyncio.gather(*(_accept(app, each) for each in brought)))


async def _accept(app: web.Application, brought: Brought) -> UUID:
    stored = await app[GROUP].submit(brought)
    if stored is None:
        async with app[UNITS].begin() as work:
            await _store(work, [brought])
    return brought.id


async def _store(work: UnitOfWork, brought: Sequence[Brought]) -> list[UUID]:
    rows = [_row(each) for each in brought]
    await work.db.execute(insert(cast(Table, RawMail.__table__)), rows)
    await file_soon(work, [(each.id, each.blob.sha256) for each in brought])
    boxes = sorted({each.place.mailbox_id for each in brought})
    await work.db.execute(update(Mailbox).where(Mailbox.id.in_(boxes)).values(last_mail_at=work.now))
    return [each.id for each in brought]


def _row(each: Brought) -> dict[str, Any]:
    return {
        "id": each.id,
        "site_id": each.place.site_id,
        "mailbox_id": each.place.mailbox_id,
        "source": each.source,
        "sha256": each.blob.sha256,
        "size": each.blob.size,
        "is_cut": False,
        "envelope_from": each.envelope_from,
        "envelope_to": each.envelope_to,
        "received_at": each.received_at,
        "state": "stored",
        "tries": 0,
        "flags": [],
    }


async def file_soon(work: UnitOfWork, mails: Sequence[tuple[UUID, str]]) -> None:
    """Puts the filing of new mails behind this transaction: their ids, and the hashes of their bytes."""
    due = [(work.now, {"raw": str(each), "sha256": sha256}) for each, sha256 in mails]
    await jobs.enqueue_all(work, FILE, due, max_attempts=ATTEMPTS, key_of=lambda payload: job_key(payload["raw"]))


def job_key(raw_id: UUID | str) -> str:
    return f"{FILE}:{raw_id}"
