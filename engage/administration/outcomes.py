"""Outcomes (disposition codes): what an agent chooses when he finishes."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record
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


class Outcomes(WireModel):
    items: list[DispositionView]


class Order(WireModel):
    """All ids of a list, in their new order."""

    ids: Annotated[list[UUID], Field(max_length=500)]


@routes.get("/api/v1/admin/sites/{site_id}/outcomes", may=an_agent)
async def list_outcomes(call: AdminCall, site_id: UUID) -> Outcomes:
    """The site's outcomes, in their order."""
    await administered(call, site_id)
    return Outcomes(items=await dispositions.usable_at(call.work, [site_id]))


@routes.post("/api/v1/admin/sites/{site_id}/outcomes", may=an_agent, status=201)
async def add_outcome(call: AdminCall, site_id: UUID, body: OutcomeForm) -> DispositionView:
    """Add an outcome at the end of the list."""
    await administered(call, site_id)
    last = await call.work.db.scalar(select(func.max(Disposition.position)).where(Disposition.site_id == site_id))
    outcome = Disposition(id=new_id(), site_id=site_id, label=body.label, position=(last or 0) + 1)
    call.work.db.add(outcome)
    record(call, "outcome.added", Subject(outcome.label, outcome.id, site_id))
    return DispositionView(id=outcome.id, label=outcome.label)


@routes.put("/api/v1/admin/outcomes/{outcome_id}", may=an_agent)
async def change_outcome(call: AdminCall, outcome_id: UUID, body: OutcomeForm) -> DispositionView:
    """Rename an outcome; what was closed with it shows the new name."""
    outcome = await _of(call, outcome_id)
    changes = differences({"label": outcome.label}, {"label": body.label})
    outcome.label = body.label
    record(call, "outcome.changed", Subject(outcome.label, outcome.id, outcome.site_id), changes)
    return DispositionView(id=outcome.id, label=outcome.label)


@routes.delete("/api/v1/admin/outcomes/{outcome_id}", may=an_agent)
async def retire_outcome(call: AdminCall, outcome_id: UUID) -> None:
    """Nobody can choose it any more; work that was closed with it keeps it."""
    outcome = await _of(call, outcome_id)
    outcome.retired = True
    record(call, "outcome.retired", Subject(outcome.label, outcome.id, outcome.site_id))


@routes.put("/api/v1/admin/sites/{site_id}/outcomes/order", may=an_agent, status=204)
async def order_outcomes(call: AdminCall, site_id: UUID, body: Order) -> None:
    """Put the outcomes into this order."""
    site = await administered(call, site_id)
    places = {outcome_id: place for place, outcome_id in enumerate(body.ids)}
    for outcome in await call.work.db.scalars(select(Disposition).where(Disposition.site_id == site_id)):
        outcome.position = places.get(outcome.id, len(places))
    record(call, "outcome.ordered", Subject(site.name, site.id, site.id))


async def _of(call: AdminCall, outcome_id: UUID) -> Disposition:
    outcome = await call.work.db.get(Disposition, outcome_id)
    if outcome is None or outcome.retired:
        raise NotFound
    await administered(call, outcome.site_id)
    return outcome
