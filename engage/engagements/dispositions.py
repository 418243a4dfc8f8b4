"""Outcomes: the words of a site for how work ended, as a tree whose leaves can be chosen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from engage.engagements.errors import UnknownDisposition
from engage.engagements.models import Disposition
from engage.engagements.schemas import DispositionView
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

#: levels of the tree
DEPTH = 3
#: between the levels of a path
ARROW = " › "


async def usable(work: UnitOfWork, site_id: UUID, disposition_id: UUID | None) -> Disposition | None:
    """What was chosen at the end of work of this site: a leaf. Raises UnknownDisposition."""
    if disposition_id is None:
        return None
    disposition = await work.db.get(Disposition, disposition_id)
    if disposition is None or disposition.site_id != site_id or disposition.retired:
        raise UnknownDisposition
    below = select(Disposition.id).where(Disposition.parent_id == disposition_id, ~Disposition.retired)
    if await work.db.scalar(below.limit(1)) is not None:
        raise UnknownDisposition
    return disposition


async def usable_at(work: UnitOfWork, site_ids: Collection[UUID]) -> list[DispositionView]:
    """The leaves of these sites, in the order of their trees."""
    found = in_order([row for row in await _of_sites(work, site_ids) if not row.retired])
    groups = {row.parent_id for row in found}
    return _views([row for row in found if row.id not in groups], found)


async def tree_of(work: UnitOfWork, site_id: UUID) -> list[DispositionView]:
    """All of a site that can be used, each behind the one it is a kind of."""
    found = in_order([row for row in await _of_sites(work, [site_id]) if not row.retired])
    return _views(found, found)


async def names_of(work: UnitOfWork, ids: Collection[UUID | None]) -> Mapping[UUID | None, str]:
    """What work was closed with, with its whole path; also of those that nobody can choose any more."""
    chosen = [each for each in ids if each is not None]
    if not chosen:
        return {}
    sites = select(Disposition.site_id).where(Disposition.id.in_(chosen)).distinct()
    by_id = {row.id: row for row in await _of_sites(work, list(await work.db.scalars(sites)))}
    return {each: ARROW.join(path(by_id, by_id[each])) for each in chosen if each in by_id}


async def _of_sites(work: UnitOfWork, site_ids: Collection[UUID]) -> Sequence[Disposition]:
    rows = select(Disposition).where(Disposition.site_id.in_(site_ids)).order_by(Disposition.position, Disposition.id)
    return (await work.db.scalars(rows)).all()


def _views(shown: Iterable[Disposition], known: Iterable[Disposition]) -> list[DispositionView]:
    by_id = {row.id: row for row in known}
    return [
        DispositionView(id=row.id, site_id=row.site_id, parent_id=row.parent_id, label=row.label, path=path(by_id, row))
        for row in shown
    ]


def path(by_id: Mapping[UUID, Disposition], row: Disposition) -> list[str]:
    """Its labels from the top down."""
    labels = [row.label]
    while row.parent_id is not None and row.parent_id in by_id and len(labels) < DEPTH:
        row = by_id[row.parent_id]
        labels.insert(0, row.label)
    return labels


def in_order(rows: Sequence[Disposition]) -> list[Disposition]:
    """Each behind the one it is a kind of; what has lost that one stands at the top."""
    ids = {row.id for row in rows}

    def below(parent_id: UUID | None) -> Iterable[Disposition]:
        for row in rows:
            if (row.parent_id if row.parent_id in ids else None) == parent_id:
                yield row
                yield from below(row.id)

    return list(below(None))


def add(work: UnitOfWork, site_id: UUID, labels: Sequence[str]) -> None:
    """The first outcomes of a new site."""
    work.db.add_all(
        Disposition(id=new_id(), site_id=site_id, label=label, position=position)
        for position, label in enumerate(labels)
    )
