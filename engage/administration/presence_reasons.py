"""Reasons of presence: what somebody says who is not available, in the languages of the site."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record, tell_choices
from engage.administration.outcomes import Order
from engage.agents import presence_reasons
from engage.agents.models import PresenceReason
from engage.agents.schemas import PresenceReasonView
from engage.agents.sign_in import an_agent
from engage.kit.errors import NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import Trimmed, WireModel
from engage.sites.chat_rules import Locale

routes = Routes()
LIST = "/api/v1/admin/sites/{site_id}/presence-reasons"
ONE = "/api/v1/admin/presence-reasons/{presence_reason_id}"
Label = Annotated[Trimmed, Field(min_length=1, max_length=60)]


class PresenceReasonForm(WireModel):
    label: Label
    #: by language; the label where there is none
    names: Annotated[dict[Locale, Label], Field(max_length=30)] = Field(default_factory=dict)
    #: what he is meanwhile
    presence: Literal["busy", "away", "break"] = "away"
    #: counts as working time
    productive: bool = False


class PresenceReasons(WireModel):
    items: list[PresenceReasonView]
    #: the site's languages, the main one first
    locales: list[str]


@routes.get(LIST, may=an_agent)
async def list_presence_reasons(call: AdminCall, site_id: UUID) -> PresenceReasons:
    """The site's reasons, in their order."""
    site = await administered(call, site_id)
    found = await presence_reasons.of_sites(call.work, [site_id])
    return PresenceReasons(items=found, locales=[site.locale, *site.locales])


@routes.post(LIST, may=an_agent, status=201)
async def add_presence_reason(call: AdminCall, site_id: UUID, body: PresenceReasonForm) -> PresenceReasonView:
    """Add a reason at the end of the list."""
    await administered(call, site_id)
    of_site = select(func.max(PresenceReason.position)).where(PresenceReason.site_id == site_id)
    last = await call.work.db.scalar(of_site)
    reason = PresenceReason(id=new_id(), site_id=site_id, position=(last or 0) + 1, **body.model_dump())
    call.work.db.add(reason)
    record(call, "presence_reason.added", Subject(reason.label, reason.id, site_id))
    tell_choices(call, site_id)
    return presence_reasons.view(reason)


@routes.put(ONE, may=an_agent)
async def change_presence_reason(
    call: AdminCall, presence_reason_id: UUID, body: PresenceReasonForm
) -> PresenceReasonView:
    """Say it otherwise; who was away for it before keeps the words of that day."""
    reason = await _of(call, presence_reason_id)
    before = _told(reason)
    reason.label, reason.names = body.label, body.names
    reason.presence, reason.productive = body.presence, body.productive
    changes = differences(before, _told(reason))
    record(call, "presence_reason.changed", Subject(reason.label, reason.id, reason.site_id), changes)
    tell_choices(call, reason.site_id)
    return presence_reasons.view(reason)


@routes.delete(ONE, may=an_agent)
async def retire_presence_reason(call: AdminCall, presence_reason_id: UUID) -> None:
    """Nobody can choose it any more; whoever is away for it keeps it."""
    reason = await _of(call, presence_reason_id)
    reason.retired = True
    record(call, "presence_reason.retired", Subject(reason.label, reason.id, reason.site_id))
    tell_choices(call, reason.site_id)


@routes.put(f"{LIST}/order", may=an_agent, status=204)
async def order_presence_reasons(call: AdminCall, site_id: UUID, body: Order) -> None:
    """Put the reasons into this order."""
    site = await administered(call, site_id)
    places = {reason_id: place for place, reason_id in enumerate(body.ids)}
    for reason in await call.work.db.scalars(select(PresenceReason).where(PresenceReason.site_id == site_id)):
        reason.position = places.get(reason.id, len(places))
    record(call, "presence_reason.ordered", Subject(site.name, site.id, site.id))
    tell_choices(call, site_id)


def _told(reason: PresenceReason) -> dict[str, Any]:
    return {
        "label": reason.label,
        "names": reason.names,
        "presence": reason.presence,
        "productive": reason.productive,
    }


async def _of(call: AdminCall, presence_reason_id: UUID) -> PresenceReason:
    reason = await call.work.db.get(PresenceReason, presence_reason_id)
    if reason is None or reason.retired:
        raise NotFound
    await administered(call, reason.site_id)
    return reason
