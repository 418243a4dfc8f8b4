"""Centres of a site: where its agents work, and whether a place is open, draining or down."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select, update

from engage.access.audit import Subject, differences
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
from engage.sites.models import Centre
from engage.sites.schemas import CentreState

routes = Routes()


class CentreTaken(Conflict):
    """There is a centre of that name already."""

    code = "centre_taken"
    constraint = "uq_centres_site_id_name"


class CentreForm(WireModel):
    name: Annotated[Trimmed, Field(min_length=1, max_length=60)]


class CentreView(CentreForm):
    id: UUID
    state: CentreState
    state_since: Moment
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
    record(call, "centre.changed", Subject(centre.name, centre.id, centre.site_id), changes)
    return await _view(call.work, centre)


@routes.delete("/api/v1/admin/centres/{centre_id}", may=an_agent)
async def remove_centre(call: AdminCall, centre_id: UUID) -> None:
    """Its people work nowhere in particular from now on, and are offered work again."""
    centre = await _of(call, centre_id)
    await administered(call, centre.site_id)
    there = update(AgentSite).where(AgentSite.centre_id == centre.id)
    await call.work.db.execute(there.values(centre_id=None))
    await call.work.db.delete(centre)
    record(call, "centre.removed", Subject(centre.name, centre.id, centre.site_id))
    await call.work.publish(RoutingChanged())


@routes.put("/api/v1/admin/centres/{centre_id}/state", may=an_agent)
async def change_centre_state(call: AdminCall, centre_id: UUID, body: CentreChange) -> CentreView:
    """Open it, let it finish what it has, or say that it is down: then its work goes on elsewhere."""
    centre = await _of(call, centre_id)
    await supervised(call, centre.site_id)
    changes = differences({"state": centre.state}, {"state": body.state})
    if changes:
        await centres.set_state(call.work, centre, body.state)
        record(call, "centre.state_changed", Subject(centre.name, centre.id, centre.site_id), changes)
    return await _view(call.work, centre)


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
    return [
        CentreView(
            id=each.id,
            name=each.name,
            state=each.state,
            state_since=each.state_since,
            people=counts[each.id],
            available=available[each.id],
        )
        for each in await of_site(work, site_id)
    ]
