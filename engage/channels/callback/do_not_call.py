"""Numbers that nobody calls: put there by an admin, or by whoever they belong to."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from engage.channels.callback.models import CallbackRequest, DoNotCall
from engage.channels.callback.schemas import WantedBy
from engage.kit.db import insert_into
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork


async def is_listed(work: UnitOfWork, site_id: UUID, number: str) -> bool:
    row = DoNotCall
    return await work.db.scalar(select(row.id).where(row.site_id == site_id, row.number == number)) is not None


async def add(
    work: UnitOfWork, site_id: UUID, number: str, *, wanted_by: WantedBy, agent_name: str | None, reason: str = ""
) -> bool:
    """Whether it was not there yet."""
    values = {
        "id": new_id(),
        "site_id": site_id,
        "number": number,
        "wanted_by": wanted_by,
        "agent_name": agent_name,
        "reason": reason,
        "at": work.now,
    }
    added = insert_into(work.db, DoNotCall).values(**values).on_conflict_do_nothing().returning(DoNotCall.id)
    return await work.db.scalar(added) is not None


async def remove(work: UnitOfWork, row: DoNotCall) -> None:
    await work.db.execute(delete(DoNotCall).where(DoNotCall.id == row.id))


async def all_of(work: UnitOfWork, site_id: UUID, *, limit: int) -> Sequence[DoNotCall]:
    """The newest first."""
    rows = select(DoNotCall).where(DoNotCall.site_id == site_id).order_by(DoNotCall.at.desc(), DoNotCall.id.desc())
    return (await work.db.scalars(rows.limit(limit))).all()


async def open_request(work: UnitOfWork, site_id: UUID, number: str) -> CallbackRequest | None:
    """The call-back to this number that has not ended; there is one at most."""
    row = CallbackRequest
    return await work.db.scalar(select(row).where(row.site_id == site_id, row.number == number, row.ended_at.is_(None)))
