"""Reasons for declining an offer, which an agent chooses from."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record, tell_choices
from engage.administration.outcomes import Order
from engage.agents.sign_in import an_agent
from engage.kit.errors import NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import Trimmed, WireModel
from engage.routing import declining
from engage.routing.models import DeclineReason
from engage.routing.schemas import DeclineReasonView

routes = Routes()
LIST = "/api/v1/admin/sites/{site_id}/decline-reasons"
ONE = "/api/v1/admin/decline-reasons/{decline_reason_id}"


class DeclineReasonForm(WireModel):
    label: Annotated[Trimmed, Field(min_length=1, max_length=60)]


class DeclineReasons(WireModel):
    items: list[DeclineReasonView]


@routes.get(LIST, may=an_agent)
async def list_decline_reasons(call: AdminCall, site_id: UUID) -> DeclineReasons:
    """The site's reasons, in their order."""
    await administered(call, site_id)
    return DeclineReasons(items=await declining.of_sites(call.work, [site_id]))


@routes.post(LIST, may=an_agent, status=201)
async def add_decline_reason(call: AdminCall, site_id: UUID, body: DeclineReasonForm) -> DeclineReasonView:
    """Add a reason at the end of the list."""
    await administered(call, site_id)
    last = await call.work.db.scalar(select(func.max(DeclineReason.position)).where(DeclineReason.site_id == site_id))
    reason = DeclineReason(id=new_id(), site_id=site_id, label=body.label, position=(last or 0) + 1)
    call.work.db.add(reason)
    record(call, "decline_reason.added", Subject(reason.label, reason.id, site_id))
    tell_choices(call, site_id)
    return DeclineReasonView(id=reason.id, site_id=site_id, label=reason.label)


@routes.put(ONE, may=an_agent)
async def change_decline_reason(call: AdminCall, decline_reason_id: UUID, body: DeclineReasonForm) -> DeclineReasonView:
    """Rename it; what was declined before keeps the words of its day."""
    reason = await _of(call, decline_reason_id)
    changes = differences({"label": reason.label}, {"label": body.label})
    reason.label = body.label
    record(call, "decline_reason.changed", Subject(reason.label, reason.id, reason.site_id), changes)
    tell_choices(call, reason.site_id)
    return DeclineReasonView(id=reason.id, site_id=reason.site_id, label=reason.label)


@routes.delete(ONE, may=an_agent)
async def retire_decline_reason(call: AdminCall, decline_reason_id: UUID) -> None:
    """Nobody can choose it any more; what was declined for it keeps it."""
    reason = await _of(call, decline_reason_id)
    reason.retired = True
    record(call, "decline_reason.retired", Subject(reason.label, reason.id, reason.site_id))
    tell_choices(call, reason.site_id)


@routes.put(f"{LIST}/order", may=an_agent, status=204)
async def order_decline_reasons(call: AdminCall, site_id: UUID, body: Order) -> None:
    """Put the reasons into this order."""
    site = await administered(call, site_id)
    places = {reason_id: place for place, reason_id in enumerate(body.ids)}
    for reason in await call.work.db.scalars(select(DeclineReason).where(DeclineReason.site_id == site_id)):
        reason.position = places.get(reason.id, len(places))
    record(call, "decline_reason.ordered", Subject(site.name, site.id, site.id))
    tell_choices(call, site_id)


async def _of(call: AdminCall, decline_reason_id: UUID) -> DeclineReason:
    reason = await call.work.db.get(DeclineReason, decline_reason_id)
    if reason is None or reason.retired:
        raise NotFound
    await administered(call, reason.site_id)
    return reason
