"""Outcomes: the words of a site for how work ended."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from engage.engagements.errors import UnknownDisposition
from engage.engagements.models import Disposition
from engage.engagements.schemas import DispositionView
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork


async def usable(work: UnitOfWork, site_id: UUID, disposition_id: UUID | None) -> Disposition | None:
    """What was chosen at the end of work of this site. Raises UnknownDisposition."""
    if disposition_id is None:
        return None
    disposition = await work.db.get(Disposition, disposition_id)
    if disposition is None or disposition.site_id != site_id or disposition.retired:
        raise UnknownDisposition
    return disposition


async def usable_at(work: UnitOfWork, site_ids: Sequence[UUID]) -> list[DispositionView]:
    rows = (
        select(Disposition)
        .where(Disposition.site_id.in_(site_ids), ~Disposition.retired)
        .order_by(Disposition.position, Disposition.id)
    )
    return [DispositionView(id=row.id, label=row.label) for row in await work.db.scalars(rows)]


def add(work: UnitOfWork, site_id: UUID, labels: Sequence[str]) -> None:
    """The first outcomes of a new site."""
    work.db.add_all(
        Disposition(id=new_id(), site_id=site_id, label=label, position=position)
        for position, label in enumerate(labels)
    )
