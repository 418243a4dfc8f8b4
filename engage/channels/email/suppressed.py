"""Addresses to which mails came back for good: notices stop, and an answer warns whoever writes it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select

from engage.channels.email.models import SuppressedAddress
from engage.channels.email.schemas import SuppressedView
from engage.kit.db import insert_into
from engage.kit.unit_of_work import UnitOfWork

SHOWN = 500


async def suppress(
    work: UnitOfWork,
    site_id: UUID,
    address: str,
    reason: str,
    *,
    mail_id: UUID,
    until: datetime | None = None,
) -> None:
    """Known already: the last reason counts."""
    said = {"reason": reason[:500], "until": until, "mail_id": mail_id, "created_at": work.now}
    row = {"site_id": site_id, "address": address.lower(), **said}
    new = insert_into(work.db, SuppressedAddress).values(row)
    await work.db.execute(new.on_conflict_do_update(index_elements=["site_id", "address"], set_=said))


async def find(work: UnitOfWork, site_id: UUID, address: str) -> SuppressedView | None:
    its = select(SuppressedAddress).where(
        SuppressedAddress.site_id == site_id,
        SuppressedAddress.address == address.lower(),
        or_(SuppressedAddress.until.is_(None), SuppressedAddress.until > work.now),
    )
    found = await work.db.scalar(its)
    return view(found) if found is not None else None


async def among(work: UnitOfWork, site_id: UUID, addresses: Iterable[str]) -> list[SuppressedView]:
    """Those of them that are suppressed now."""
    row = SuppressedAddress
    its = select(row).where(
        row.site_id == site_id,
        row.address.in_({each.lower() for each in addresses}),
        or_(row.until.is_(None), row.until > work.now),
    )
    return [view(each) for each in await work.db.scalars(its.order_by(row.address))]


async def of_site(work: UnitOfWork, site_id: UUID) -> list[SuppressedView]:
    """The newest first."""
    its = select(SuppressedAddress).where(SuppressedAddress.site_id == site_id)
    rows = await work.db.scalars(its.order_by(SuppressedAddress.created_at.desc()).limit(SHOWN))
    return [view(each) for each in rows]


async def lift(work: UnitOfWork, site_id: UUID, address: str) -> bool:
    """Whether it was suppressed."""
    its = delete(SuppressedAddress).where(
        SuppressedAddress.site_id == site_id, SuppressedAddress.address == address.lower()
    )
    return bool((await work.db.execute(its)).rowcount)  # type: ignore[attr-defined]  # a DELETE's result


def view(row: SuppressedAddress) -> SuppressedView:
    return SuppressedView(address=row.address, reason=row.reason, until=row.until, since=row.created_at)
