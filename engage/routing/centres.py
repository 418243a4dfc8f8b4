"""Centres: one that is down gets nothing, and its live work goes on elsewhere at its old place.

People set the state, its opening hours do, and so does the loss of nearly all of its screens (`centre_watch.py`).
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from engage.agents.models import AgentSite
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.kit.ids import new_id
from engage.kit.jobs import JobTable, cancel, enqueue
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import offers, service
from engage.routing.events import RoutingChanged
from engage.sites import opening_hours, turning
from engage.sites.models import Centre, CentreStep, Site
from engage.sites.opening_hours import OpeningHours
from engage.sites.schemas import CentreCause, CentreState

#: a centre that is back within this time keeps the work in its agents' hands
GRACE = timedelta(seconds=15)
#: engagements moved in one transaction
SLICE = 250

jobs = JobTable()


async def set_state(
    work: UnitOfWork, centre: Centre, state: CentreState, *, cause: CentreCause = "by_hand", by: UUID | None = None
) -> None:
    """Draining finishes what it has; down loses what rings at once, and what is live after the grace."""
    if state == centre.state:
        return
    work.db.add(_step(work, centre, state, cause, by))
    centre.state, centre.state_since, centre.state_cause = state, work.now, cause
    await work.db.flush()
    await go_elsewhere(work, centre)
    # everything, for the boards show the centre itself too
    await work.publish(RoutingChanged())


async def go_elsewhere(work: UnitOfWork, centre: Centre) -> None:
    """It went down, or somebody came to one that is down: what rings there, and after the grace what is live."""
    if centre.state != "down":
        return
    payload = {"centre": str(centre.id)}
    await enqueue(work, "routing.silence_centre", payload)
    await enqueue(work, "routing.empty_centre", payload, due_at=work.now + GRACE, key=f"routing.empty:{centre.id}")


async def people_of(work: UnitOfWork, centre_id: UUID) -> frozenset[UUID]:
    """Who works there."""
    return frozenset(await work.db.scalars(select(AgentSite.agent_id).where(AgentSite.centre_id == centre_id)))


def _step(work: UnitOfWork, centre: Centre, state: CentreState, cause: CentreCause, by: UUID | None) -> CentreStep:
    return CentreStep(
        id=new_id(),
        centre_id=centre.id,
        from_state=centre.state,
        state=state,
        cause=cause,
        by_agent_id=by,
        at=work.now,
    )


async def hours_of(work: UnitOfWork, centre: Centre) -> OpeningHours | None:
    """None: only people open and close it."""
    if centre.hours is None:
        return None
    site = await work.db.get_one(Site, centre.site_id)
    return opening_hours.read(centre.hours, time_zone=centre.time_zone or site.time_zone)


async def follow_hours(work: UnitOfWork, centre: Centre) -> None:
    """Its state is what its hours say now, and turns with them; what somebody sets by hand holds until they turn."""
    hours, key = await hours_of(work, centre), f"routing.turn_centre:{centre.id}"
    turns_at = turning.turns_at(hours, work.now) if hours else None
    if turns_at is None:
        await cancel(work, key)
    else:
        await enqueue(work, "routing.turn_centre", {"centre": str(centre.id)}, due_at=turns_at, key=key)
    if hours is not None:
        state = "open" if hours.is_open(work.now) else centre.outside_hours
        await set_state(work, centre, state, cause="schedule")


@jobs.inside("routing.turn_centre")
async def turn(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """It opens or closes by its hours."""
    centre = await work.db.get(Centre, UUID(payload["centre"]), with_for_update=True)
    if centre is not None:
        await follow_hours(work, centre)


@jobs.inside("routing.silence_centre")
async def silence(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """What rings there rings somewhere else."""
    centre = await _still_down(work, payload)
    if centre is not None and await _silence(work, centre):
        await enqueue(work, "routing.silence_centre", payload)


async def _silence(work: UnitOfWork, centre: Centre) -> bool:
    """Whether more may ring."""
    ringing = await _slice(work, _work_of(centre).where(Engagement.state == "offered"))
    await offers.withdraw_all(work, [each for each in ringing if each.state == "offered"])
    return len(ringing) == SLICE


@jobs.inside("routing.empty_centre")
async def empty(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """It did not come back: whoever talks with somebody there is given to others.

    An offer may have been on its way there when it went down.
    """
    centre = await _still_down(work, payload)
    if centre is None:
        return
    has_more = await _silence(work, centre)
    live = await _slice(work, _work_of(centre).where(Engagement.state == "active", Engagement.live))
    people = await people_of(work, centre.id)
    for engagement in live:
        if engagement.state == "active":
            await service.go_on_without_holder(work, engagement, cause="centre_down", lost=people)
    if has_more or len(live) == SLICE:
        await enqueue(work, "routing.empty_centre", payload)


async def _still_down(work: UnitOfWork, payload: dict[str, Any]) -> Centre | None:
    centre = await work.db.get(Centre, UUID(payload["centre"]))
    return centre if centre is not None and centre.state == "down" else None


def _work_of(centre: Centre) -> Select[UUID]:
    people = select(AgentSite.agent_id).where(AgentSite.centre_id == centre.id)
    return select(Engagement.id).where(Engagement.site_id == centre.site_id, Engagement.agent_id.in_(people))


async def _slice(work: UnitOfWork, ids: Select[UUID]) -> list[Engagement]:
    """Locked in the order of ids by one statement; what changed meanwhile is for the caller to see."""
    found = (await work.db.scalars(ids.order_by(Engagement.id).limit(SLICE))).all()
    return await engagements.all_locked(work, found)
