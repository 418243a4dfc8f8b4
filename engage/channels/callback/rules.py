"""A site's rules of call-backs: reading them, and holding them while a slot is booked."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from engage.channels.callback.models import CallbackRule
from engage.channels.callback.schemas import CallbackRules
from engage.channels.callback.slots import Grid
from engage.kit.db import insert_into
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.serving import SERVING
from engage.sites import service as sites
from engage.sites.models import Queue, Site


async def read(work: UnitOfWork, site_id: UUID) -> CallbackRules:
    """Those of a site that has set nothing up let nobody ask."""
    row = await work.db.get(CallbackRule, site_id, populate_existing=True)
    return CallbackRules.model_validate(row.rules) if row else CallbackRules()


async def on_at(work: UnitOfWork, site_ids: Collection[UUID]) -> set[UUID]:
    """Those of them at which somebody may ask for a call."""
    rows = await work.db.scalars(select(CallbackRule).where(CallbackRule.site_id.in_(site_ids)))
    return {row.site_id for row in rows if CallbackRules.model_validate(row.rules).on}


async def locked(work: UnitOfWork, site_id: UUID) -> CallbackRules:
    """The same, held until the commit: whoever books a slot is alone with it."""
    row = await work.db.get(CallbackRule, site_id, with_for_update={"key_share": True}, populate_existing=True)
    return CallbackRules.model_validate(row.rules) if row else CallbackRules()


async def keep(work: UnitOfWork, site_id: UUID, rules: CallbackRules) -> None:
    stored = {"rules": rules.model_dump(mode="json")}
    row = insert_into(work.db, CallbackRule).values(site_id=site_id, **stored)
    await work.db.execute(row.on_conflict_do_update(index_elements=["site_id"], set_=stored))


def grid(rules: CallbackRules, site: Site, zone: ZoneInfo) -> Grid:
    """What slots are cut from, for a customer in this zone."""
    begins, ends = rules.night
    return Grid(
        hours=sites.hours_of(site),
        minutes=rules.slot_minutes,
        lead=timedelta(minutes=rules.lead_minutes),
        days_ahead=rules.days_ahead,
        zone=zone,
        quiet_from=begins,
        quiet_until=ends,
    )


async def capacity(work: UnitOfWork, rules: CallbackRules, site_id: UUID) -> int:
    """Calls in one slot: as set, else one for every two people who serve the site's queues."""
    if rules.slot_capacity is not None:
        return rules.slot_capacity
    of_site = select(Queue.id).where(Queue.site_id == site_id, ~Queue.retired)
    staff = select(func.count(SERVING.agent_id.distinct())).where(SERVING.queue_id.in_(of_site))
    return max(1, (await work.db.scalar(staff) or 0) // 2)
