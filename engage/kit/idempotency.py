"""`Idempotency-Key`: the same request sent twice is carried out once, and answered twice with the same words."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import LargeBinary, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit import jobs
from engage.kit.db import Model, insert_into
from engage.kit.errors import Conflict, Invalid
from engage.kit.unit_of_work import UnitOfWork

KEPT = timedelta(hours=24)
HEADER = "Idempotency-Key"
table = jobs.JobTable()


class AnsweredRequest(Model):
    """An answer kept for a day, in the same transaction as what it reports."""

    __tablename__ = "answered_requests"

    who: Mapped[str] = mapped_column(String(100), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime]


class KeyUsedOtherwise(Invalid):
    """This Idempotency-Key was used for another request."""

    code = "idempotency_key_reused"


class ShownOnce(Conflict):
    """This was done already; its answer held a secret, which is shown once and not kept."""

    code = "shown_once"


def fingerprint(method: str, path: str, body: bytes) -> str:
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()


async def answered(work: UnitOfWork, *, who: str, key: str, print_: str) -> tuple[int, bytes] | None:
    """The answer given before; or None, and the key is taken: a second try at once waits for our end.

    Raises KeyUsedOtherwise.
    """
    row = {"who": who, "key": key, "fingerprint": print_, "status": 0, "body": b"", "answered_at": work.now}
    taken = await work.db.execute(insert_into(work.db, AnsweredRequest).values(row).on_conflict_do_nothing())
    if taken.rowcount:  # type: ignore[attr-defined]  # an executed INSERT is a CursorResult
        return None
    known = await work.db.get_one(AnsweredRequest, (who, key), with_for_update=True)
    if known.answered_at < work.now - KEPT:
        known.fingerprint = print_
        return None
    if known.fingerprint != print_:
        raise KeyUsedOtherwise
    return known.status, known.body


async def remember(work: UnitOfWork, *, who: str, key: str, status: int, body: bytes) -> None:
    """Keeps the answer of a key that was taken."""
    ours = await work.db.get_one(AnsweredRequest, (who, key))
    ours.status, ours.body, ours.answered_at = status, body, work.now
    await jobs.enqueue(work, "kit.forget_answer", {"who": who, "key": key}, due_at=work.now + KEPT)


@table.inside("kit.forget_answer")
async def _forget(work: UnitOfWork, payload: dict[str, Any]) -> None:
    row = AnsweredRequest
    of_key = delete(row).where(row.who == payload["who"], row.key == payload["key"])
    await work.db.execute(of_key.where(row.answered_at <= work.now - KEPT))
