"""What was read by IMAP, and how far: mails, their jobs and the cursor in one commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import select, update

from engage.channels.email import accept
from engage.channels.email.blobs import Blob
from engage.channels.email.imap_line import Listed
from engage.channels.email.models import Mailbox, MailboxCursor, RawMail
from engage.kit.db import insert_into
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS, UnitOfWork


@dataclass(frozen=True)
class Fetched:
    """A mail of the folder that lies on our disk."""

    listed: Listed
    blob: Blob
    #: its headers only
    is_cut: bool


async def cursor(app: web.Application, box: Mailbox) -> MailboxCursor | None:
    async with app[UNITS].read() as work:
        return await work.db.get(MailboxCursor, (box.id, box.folder))


async def keep(
    app: web.Application, box: Mailbox, uid_validity: int, fetched: Sequence[Fetched], *, last_uid: int | None = None
) -> list[UUID]:
    """Those of them that are new; what another process has stored under the same UID stays as it is.

    Without a `last_uid` the cursor stays where it is.
    """
    async with app[UNITS].begin() as work:
        added = await _insert(work, box, uid_validity, fetched) if fetched else []
        if added:
            await accept.file_soon(work, added)
            await work.db.execute(update(Mailbox).where(Mailbox.id == box.id).values(last_mail_at=work.now))
        if last_uid is not None:
            await _move(work, box, {"uid_validity": uid_validity, "last_uid": last_uid})
    return [raw_id for raw_id, _sha256 in added]


async def last_taken(app: web.Application, box: Mailbox, uid_validity: int, most: int) -> list[int]:
    """The newest mails that are stored whole, by their UIDs."""
    async with app[UNITS].read() as work:
        its = select(RawMail.uid).where(
            RawMail.mailbox_id == box.id,
            RawMail.folder == box.folder,
            RawMail.uid_validity == uid_validity,
            RawMail.is_cut.is_(False),
        )
        return [uid for uid in await work.db.scalars(its.order_by(RawMail.uid.desc()).limit(most)) if uid is not None]


async def _move(work: UnitOfWork, box: Mailbox, moved: dict[str, int]) -> None:
    row = insert_into(work.db, MailboxCursor).values(mailbox_id=box.id, folder=box.folder, **moved)
    await work.db.execute(row.on_conflict_do_update(index_elements=["mailbox_id", "folder"], set_=moved))


async def missing(app: web.Application, box: Mailbox, uid_validity: int, uids: Sequence[int]) -> list[int]:
    """Those up to the cursor that were not stored."""
    async with app[UNITS].read() as work:
        at = await work.db.get(MailboxCursor, (box.id, box.folder))
        known = set(
            await work.db.scalars(
                select(RawMail.uid).where(
                    RawMail.mailbox_id == box.id,
                    RawMail.folder == box.folder,
                    RawMail.uid_validity == uid_validity,
                    RawMail.uid >= min(uids, default=0),
                )
            )
        )
    return [uid for uid in uids if at is not None and uid <= at.last_uid and uid not in known]


async def _insert(
    work: UnitOfWork, box: Mailbox, uid_validity: int, fetched: Sequence[Fetched]
) -> list[tuple[UUID, str]]:
    """Their ids and hashes."""
    rows = [_row(work, box, uid_validity, each) for each in fetched]
    known_by = ["mailbox_id", "folder", "uid_validity", "uid"]
    new = insert_into(work.db, RawMail).values(rows).on_conflict_do_nothing(index_elements=known_by)
    return [(each.id, each.sha256) for each in await work.db.execute(new.returning(RawMail.id, RawMail.sha256))]


def _row(work: UnitOfWork, box: Mailbox, uid_validity: int, each: Fetched) -> dict[str, Any]:
    return {
        "id": new_id(),
        "site_id": box.site_id,
        "mailbox_id": box.id,
        "source": "imap",
        "sha256": each.blob.sha256,
        "size": max(each.listed.size, each.blob.size) if each.is_cut else each.blob.size,
        "is_cut": each.is_cut,
        "folder": box.folder,
        "uid_validity": uid_validity,
        "uid": each.listed.uid,
        # a server's clock may be ahead: nobody's deadline begins in the future
        "received_at": min(each.listed.received_at or work.now, work.now),
        "state": "stored",
        "tries": 0,
        "flags": [],
    }
