"""Centres: one that is down gets nothing, and its live work goes on elsewhere at its old place."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from engage.agents.models import AgentSite
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.kit.jobs import JobTable, enqueue
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import offers, service
from engage.routing.events import RoutingChanged
from engage.sites.models import Centre
from engage.sites.schemas import CentreState

#: a centre that is back within this time keeps the work in its agents' hands
GRACE = timedelta(seconds=15)
#: engagements moved in one transaction
SLICE = 100

jobs = JobTable()


async def set_state(work: UnitOfWork, centre: Centre, state: CentreState) -> None:
    """Draining finishes what it has; down loses what rings at once, and what is live after the grace."""
    centre.state, centre.state_since = state, work.now
    await work.db.flush()
    if state == "down":
        payload = {"centre": str(centre.id)}
        await enqueue(work, "routing.silence_centre", payload)
        await enqueue(work, "routing.empty_centre", payload, due_at=work.now + GRACE, key=f"routing.empty:{centre.id}")
    await work.publish(RoutingChanged())


@jobs.inside("routing.silence_centre")
async def silence(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """What rings there rings somewhere else."""
    centre = await work.db.get(Centre, UUID(payload["centre"]))
    if centre is None or centre.state != "down":
        return
    ringing = await _slice(work, _work_of(centre).where(Engagement.state == "offered"))
    for engagement in ringing:
        if engagement.state == "offered":
            await offers.withdraw(work, engagement)
    if len(ringing) == SLICE:
        await enqueue(work, "routing.silence_centre", payload)


@jobs.inside("routing.empty_centre")
async def empty(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """It did not come back: whoever talks with somebody there is given to others."""
    centre = await work.db.get(Centre, UUID(payload["centre"]))
    if centre is None or centre.state != "down":
        return
    live = await _slice(work, _work_of(centre).where(Engagement.state == "active", Engagement.live))
    for engagement in live:
        if engagement.state == "active":
            await service.requeue(work, engagement, cause="centre_down")
    if len(live) == SLICE:
        await enqueue(work, "routing.empty_centre", payload)


def _work_of(centre: Centre) -> Select[UUID]:
    people = select(AgentSite.agent_id).where(AgentSite.centre_id == centre.id)
    return select(Engagement.id).where(Engagement.site_id == centre.site_id, Engagement.agent_id.in_(people))


async def _slice(work: UnitOfWork, ids: Select[UUID]) -> list[Engagement]:
    """Locked in the order of ids; what changed meanwhile is for the caller to see."""
    found = (await work.db.scalars(ids.order_by(Engagement.id).limit(SLICE))).all()
    return [await engagements.locked(work, each) for each in found]
