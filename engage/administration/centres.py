"""Centres of a site: where its agents work, and whether a place is open, draining or down."""

from collections import Counter
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select, update

from engage.access.audit import Subject, differences
from engage.administration import opening_hours
from engage.administration.desk import AdminCall, administered, record, supervised
from engage.agents.models import Agent, AgentSite
from engage.agents.sign_in import an_agent
from engage.kit.errors import Conflict, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Moment, Trimmed, WireModel
from engage.routing import centres
from engage.routing.events import RoutingChanged
from engage.sites import turning
from engage.sites.events import CentresChanged
from engage.sites.models import Centre, Site
from engage.sites.schemas import CentreCause, CentreState

routes = Routes()


class CentreTaken(Conflict):
    """There is a centre of that name already."""

    code = "centre_taken"
    constraint = "uq_centres_site_id_name"


class CentreForm(WireModel):
    name: Annotated[Trimmed, Field(min_length=1, max_length=60)]


class CentreHours(opening_hours.HoursForm):
    #: it opens and closes by these hours; else only people do that
    follows: bool = False
    #: its state outside of them
    outside: Literal["draining", "down"] = "draining"


class CentreView(CentreForm):
    id: UUID
    state: CentreState
    state_since: Moment
    #: what set it
    cause: CentreCause
    hours: CentreHours
    #: when its hours change its state next
    turns_at: Moment | None
    #: how many people work there, and how many of them may be offered work now
    people: int
    available: int


class Centres(WireModel):
    items: list[CentreView]


class CentreChange(WireModel):
    state: CentreState


@routes.get("/api/v1/admin/sites/{site_id}/centres", may=an_agent)
async def list_centres(call: AdminCall, site_id: UUID) -> Centres:
    """The site's centres by name, with their states and people."""
    await supervised(call, site_id)
    return Centres(items=await _views(call.work, site_id))


@routes.post("/api/v1/admin/sites/{site_id}/centres", may=an_agent, status=201)
async def add_centre(call: AdminCall, site_id: UUID, body: CentreForm) -> CentreView:
    """Add a centre; it is open, and nobody works there yet."""
    await administered(call, site_id)
    await _must_be_free(call.work, site_id, body.name)
    centre = Centre(id=new_id(), site_id=site_id, name=body.name, state="open", state_since=call.work.now)
    call.work.db.add(centre)
    await call.work.db.flush()
    record(call, "centre.added", Subject(centre.name, centre.id, site_id))
    await call.work.publish(CentresChanged())
    return await _view(call.work, centre)


@routes.put("/api/v1/admin/centres/{centre_id}", may=an_agent)
async def rename_centre(call: AdminCall, centre_id: UUID, body: CentreForm) -> CentreView:
    """Rename it."""
    centre = await _of(call, centre_id)
    await administered(call, centre.site_id)
    await _must_be_free(call.work, centre.site_id, body.name, but=centre.id)
    changes = differences({"name": centre.name}, {"name": body.name})
    centre.name = body.name
    await call.work.db.flush()
    if changes:
        record(call, "centre.changed", Subject(centre.name, centre.id, centre.site_id), changes)
        await call.work.publish(CentresChanged())
    return await _view(call.work, centre)


@routes.delete("/api/v1/admin/centres/{centre_id}", may=an_agent)
async def remove_centre(call: AdminCall, centre_id: UUID) -> None:
    """Its people work nowhere in particular from now on, and are offered work again."""
    centre = await _of(call, centre_id)
    await administered(call, centre.site_id)
    people = await centres.people_of(call.work, centre.id)
    there = update(AgentSite).where(AgentSite.centre_id == centre.id)
    await call.work.db.execute(there.values(centre_id=None))
    await call.work.db.delete(centre)
    record(call, "centre.removed", Subject(centre.name, centre.id, centre.site_id))
    await call.work.publish(RoutingChanged(people=people))


@routes.put("/api/v1/admin/centres/{centre_id}/state", may=an_agent)
async def change_centre_state(call: AdminCall, centre_id: UUID, body: CentreChange) -> CentreView:
    """Open it, let it finish what it has, or say that it is down: then its work goes on elsewhere."""
    centre = await _of(call, centre_id)
    await supervised(call, centre.site_id)
    changes = differences({"state": centre.state}, {"state": body.state})
    if changes:
        await centres.set_state(call.work, centre, body.state, by=call.who.agent_id)
        record(call, "centre.state_changed", Subject(centre.name, centre.id, centre.site_id), changes)
    return await _view(call.work, centre)


@routes.put("/api/v1/admin/centres/{centre_id}/hours", may=an_agent)
async def change_centre_hours(call: AdminCall, centre_id: UUID, body: CentreHours) -> CentreView:
    """Let it open and close by its hours; its state is at once what they say."""
    centre = await _of(call, centre_id)
    site = await administered(call, centre.site_id)
    before = _hours(site, centre).model_dump(mode="json")
    centre.hours = opening_hours.stored(body, centre.hours, call.work.now) if body.follows else None
    centre.time_zone, centre.outside_hours = body.time_zone, body.outside
    await call.work.db.flush()
    if changes := differences(before, _hours(site, centre).model_dump(mode="json")):
        record(call, "centre.hours_changed", Subject(centre.name, centre.id, centre.site_id), changes)
    await centres.follow_hours(call.work, centre)
    return await _view(call.work, centre)


def _hours(site: Site, centre: Centre) -> CentreHours:
    zone = centre.time_zone or site.time_zone
    if centre.hours is None:
        return CentreHours(always=False, time_zone=zone, outside=_outside(centre))
    form: dict[str, Any] = opening_hours.form_of(centre.hours, zone).model_dump()
    return CentreHours(**form, follows=True, outside=_outside(centre))


def _outside(centre: Centre) -> Literal["draining", "down"]:
    return "down" if centre.outside_hours == "down" else "draining"


async def _turns_at(work: UnitOfWork, centre: Centre) -> Moment | None:
    hours = await centres.hours_of(work, centre)
    return turning.turns_at(hours, work.now) if hours else None


async def _of(call: AdminCall, centre_id: UUID) -> Centre:
    centre = await call.work.db.get(Centre, centre_id, with_for_update=True)
    if centre is None:
        raise NotFound
    call.who.must_belong_to(centre.site_id)
    return centre


async def of_site(work: UnitOfWork, site_id: UUID) -> list[Centre]:
    mine = select(Centre).where(Centre.site_id == site_id).order_by(func.lower(Centre.name), Centre.id)
    return list(await work.db.scalars(mine))


async def _must_be_free(work: UnitOfWork, site_id: UUID, name: str, but: UUID | None = None) -> None:
    """Raises CentreTaken."""
    others = [centre for centre in await of_site(work, site_id) if centre.id != but]
    if name.casefold() in {centre.name.casefold() for centre in others}:
        raise CentreTaken


async def _view(work: UnitOfWork, centre: Centre) -> CentreView:
    return next(view for view in await _views(work, centre.site_id) if view.id == centre.id)


async def _views(work: UnitOfWork, site_id: UUID) -> list[CentreView]:
    people = select(AgentSite.centre_id, Agent).join(Agent, Agent.id == AgentSite.agent_id)
    here = people.where(
        AgentSite.site_id == site_id, AgentSite.centre_id.is_not(None), AgentSite.suspended_at.is_(None)
    )
    counts: Counter[UUID | None] = Counter()
    available: Counter[UUID | None] = Counter()
    for centre_id, agent in await work.db.execute(here):
        counts[centre_id] += 1
        available[centre_id] += agent.presence == "available"
    site = await work.db.get_one(Site, site_id)
    return [
        CentreView(
            id=each.id,
            name=each.name,
            state=each.state,
            state_since=each.state_since,
            cause=each.state_cause,
            hours=_hours(site, each),
            turns_at=await _turns_at(work, each),
            people=counts[each.id],
            available=available[each.id],
        )
        for each in await of_site(work, site_id)
    ]
