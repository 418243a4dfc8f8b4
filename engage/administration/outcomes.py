"""Outcomes (disposition codes): what an agent chooses when he finishes, as a tree of at most three levels."""

from collections.abc import Iterable, Mapping
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, locked_site, record, tell_choices
from engage.administration.errors import MisplacedOutcome
from engage.agents.sign_in import an_agent
from engage.engagements import dispositions
from engage.engagements.models import Disposition
from engage.engagements.schemas import DispositionView
from engage.kit.errors import NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import PlainText, WireModel

routes = Routes()


class OutcomeForm(WireModel):
    label: Annotated[PlainText, Field(min_length=1, max_length=100)]


class NewOutcome(OutcomeForm):
    #: which one it is a kind of; none: it stands at the top
    parent_id: UUID | None = None


class Outcomes(WireModel):
    items: list[DispositionView]


class Order(WireModel):
    """All ids of a list, in their new order."""

    ids: Annotated[list[UUID], Field(max_length=500)]


class OutcomePlace(WireModel):
    id: UUID
    parent_id: UUID | None = None


class OutcomeTree(WireModel):
    """All outcomes in their new order, each behind the one it is a kind of."""

    items: Annotated[list[OutcomePlace], Field(max_length=500)]


@routes.get("/api/v1/admin/sites/{site_id}/outcomes", may=an_agent)
async def list_outcomes(call: AdminCall, site_id: UUID) -> Outcomes:
    """The site's outcomes, in the order of their tree."""
    await administered(call, site_id)
    return Outcomes(items=await dispositions.tree_of(call.work, site_id))


@routes.post("/api/v1/admin/sites/{site_id}/outcomes", may=an_agent, status=201)
async def add_outcome(call: AdminCall, site_id: UUID, body: NewOutcome) -> DispositionView:
    """Add an outcome at the end of the list, or of those of its kind. Raises MisplacedOutcome."""
    await locked_site(call, site_id)
    last = await call.work.db.scalar(select(func.max(Disposition.position)).where(Disposition.site_id == site_id))
    outcome = Disposition(
        id=new_id(), site_id=site_id, parent_id=body.parent_id, label=body.label, position=(last or 0) + 1
    )
    call.work.db.add(outcome)
    await call.work.db.flush()
    await _must_be_a_tree(call, site_id)
    record(call, "outcome.added", Subject(outcome.label, outcome.id, site_id))
    tell_choices(call, site_id)
    return await _view(call, outcome)


@routes.put("/api/v1/admin/outcomes/{outcome_id}", may=an_agent)
async def change_outcome(call: AdminCall, outcome_id: UUID, body: OutcomeForm) -> DispositionView:
    """Rename an outcome; what was closed with it shows the new name."""
    outcome = await _of(call, outcome_id)
    changes = differences({"label": outcome.label}, {"label": body.label})
    outcome.label = body.label
    record(call, "outcome.changed", Subject(outcome.label, outcome.id, outcome.site_id), changes)
    tell_choices(call, outcome.site_id)
    return await _view(call, outcome)


@routes.delete("/api/v1/admin/outcomes/{outcome_id}", may=an_agent)
async def retire_outcome(call: AdminCall, outcome_id: UUID) -> None:
    """Nobody can choose it, or what is a kind of it, any more; work that was closed with it keeps it."""
    outcome = await _of(call, outcome_id)
    by_id = {row.id: row for row in await _usable(call, outcome.site_id)}
    for row in by_id.values():
        row.retired = outcome.id in _above(by_id, row)
    record(call, "outcome.retired", Subject(outcome.label, outcome.id, outcome.site_id))
    tell_choices(call, outcome.site_id)


@routes.put("/api/v1/admin/sites/{site_id}/outcomes/order", may=an_agent, status=204)
async def order_outcomes(call: AdminCall, site_id: UUID, body: OutcomeTree) -> None:
    """Put the outcomes into this order and under these. Raises MisplacedOutcome."""
    site = await locked_site(call, site_id)
    places = {each.id: (at, each.parent_id) for at, each in enumerate(body.items)}
    for outcome in await _usable(call, site_id):
        outcome.position, outcome.parent_id = places.get(outcome.id, (len(places), outcome.parent_id))
    await call.work.db.flush()
    await _must_be_a_tree(call, site_id)
    record(call, "outcome.ordered", Subject(site.name, site.id, site.id))
    tell_choices(call, site_id)


async def _of(call: AdminCall, outcome_id: UUID) -> Disposition:
    outcome = await call.work.db.get(Disposition, outcome_id)
    if outcome is None or outcome.retired:
        raise NotFound
    await locked_site(call, outcome.site_id)
    return outcome


async def _usable(call: AdminCall, site_id: UUID) -> Iterable[Disposition]:
    return await call.work.db.scalars(select(Disposition).where(Disposition.site_id == site_id, ~Disposition.retired))


async def _must_be_a_tree(call: AdminCall, site_id: UUID) -> None:
    """Of this site alone, without a ring, and not too deep."""
    by_id = {row.id: row for row in await _usable(call, site_id)}
    for row in by_id.values():
        above = _above(by_id, row)
        if len(above) > dispositions.DEPTH or by_id[above[-1]].parent_id is not None:
            raise MisplacedOutcome


def _above(by_id: Mapping[UUID, Disposition], row: Disposition) -> list[UUID]:
    """Itself and what it is a kind of, up to the top, or to where it is too deep."""
    ids = [row.id]
    while row.parent_id is not None and row.parent_id in by_id and len(ids) <= dispositions.DEPTH:
        row = by_id[row.parent_id]
        ids.append(row.id)
    return ids


async def _view(call: AdminCall, outcome: Disposition) -> DispositionView:
    await call.work.db.flush()
    (view,) = [each for each in await dispositions.tree_of(call.work, outcome.site_id) if each.id == outcome.id]
    return view
