"""Queues of a site: what visitors choose, how long an offer rings, who serves them; and how one ends."""

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import delete, func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, locked_site, record
from engage.administration.outcomes import Order
from engage.administration.sites import Name
from engage.agents import teams
from engage.agents.events import RightsChanged
from engage.agents.models import Agent, AgentSite, Team
from engage.agents.schemas import TeamName
from engage.agents.sign_in import an_agent
from engage.engagements.lifecycle import OPEN
from engage.engagements.models import Engagement
from engage.kit.errors import Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.routing import service as routing
from engage.routing.models import QueueMember, QueueTeam
from engage.sites import founding
from engage.sites.chat_rules import Locale
from engage.sites.errors import QueueNeeded
from engage.sites.models import Queue, Site
from engage.sites.schemas import WrapUpMode

routes = Routes()


class QueueForm(WireModel):
    name: Name
    #: what visitors read, by language; the name where there is none
    names: dict[Locale, Name] = Field(default_factory=dict, max_length=30)
    #: how long an offer rings
    offer_seconds: Annotated[int, Field(ge=5, le=300)] = 25
    #: an offer accepts itself after so long; none: its agent accepts it
    accept_after_seconds: Annotated[int | None, Field(ge=0, le=30)] = None
    #: time box of the wrap-up
    wrap_up_seconds: Annotated[int, Field(ge=0, le=900)] = 120
    wrap_up_mode: WrapUpMode = "optional"
    #: who serves it
    agent_ids: Annotated[tuple[UUID, ...], Field(max_length=1000)] = ()
    #: and everybody in these teams
    team_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()


class QueueSetup(QueueForm):
    id: UUID
    key: str
    #: engagements that are not closed yet
    open_work: int


class Server(WireModel):
    """Somebody of the site who may serve a queue."""

    id: UUID
    name: str


class Queues(WireModel):
    items: list[QueueSetup]
    people: list[Server]
    teams: list[TeamName]
    #: the site's languages, the main one first
    locales: list[str]


class Retire(WireModel):
    #: where open work goes; needed only if there is some
    target_id: UUID | None = None


class NotOfThisSite(Invalid):
    """Somebody on the list, or one of the teams, is not of this site."""

    code = "not_of_this_site"


@routes.get("/api/v1/admin/sites/{site_id}/queues", may=an_agent)
async def list_queues(call: AdminCall, site_id: UUID) -> Queues:
    """The queues in the order in which visitors see them, and who could serve them."""
    site = await administered(call, site_id)
    mine = select(Queue).where(Queue.site_id == site_id, ~Queue.retired).order_by(Queue.position, Queue.id)
    queues = (await call.work.db.scalars(mine)).all()
    return Queues(
        items=[await _view(call.work, each) for each in queues],
        people=await people_here(call.work, site_id),
        teams=[teams.name_of(team) for team in await teams.of_site(call.work, site_id)],
        locales=[site.locale, *site.locales],
    )


@routes.post("/api/v1/admin/sites/{site_id}/queues", may=an_agent, status=201)
async def add_queue(call: AdminCall, site_id: UUID, body: QueueForm) -> QueueSetup:
    """Add a queue at the end; visitors can choose it at once."""
    site = await locked_site(call, site_id)
    taken = set(await call.work.db.scalars(select(Queue.key).where(Queue.site_id == site_id)))
    last = await call.work.db.scalar(select(func.max(Queue.position)).where(Queue.site_id == site_id))
    key = founding.free_key(body.name, taken)
    queue = Queue(id=new_id(), site_id=site_id, key=key, name=body.name, names=body.names, position=(last or 0) + 1)
    _time(queue, body)
    call.work.db.add(queue)
    await call.work.db.flush()
    await _serve(call, site, queue, body)
    record(call, "queue.added", Subject(queue.name, queue.id, site_id))
    return await _view(call.work, queue)


@routes.put("/api/v1/admin/queues/{queue_id}", may=an_agent)
async def change_queue(call: AdminCall, queue_id: UUID, body: QueueForm) -> QueueSetup:
    """Rename it, or say who serves it and for how long it rings; its key stays."""
    queue, site = await _of(call, queue_id)
    before = await _told(call.work, queue)
    queue.name, queue.names = body.name, body.names
    _time(queue, body)
    await _serve(call, site, queue, body)
    changes = differences(before, await _told(call.work, queue))
    if changes:
        record(call, "queue.changed", Subject(queue.name, queue.id, site.id), changes)
    return await _view(call.work, queue)


@routes.put("/api/v1/admin/sites/{site_id}/queues/order", may=an_agent, status=204)
async def order_queues(call: AdminCall, site_id: UUID, body: Order) -> None:
    """Put the queues into this order; the first one takes what fits no other."""
    site = await administered(call, site_id)
    places = {queue_id: place for place, queue_id in enumerate(body.ids)}
    for queue in await call.work.db.scalars(select(Queue).where(Queue.site_id == site_id)):
        queue.position = places.get(queue.id, len(places))
    record(call, "queue.ordered", Subject(site.name, site.id, site.id))


@routes.post("/api/v1/admin/queues/{queue_id}/retire", may=an_agent, status=204)
async def retire_queue(call: AdminCall, queue_id: UUID, body: Retire) -> None:
    """Nobody can choose it any more; its open work goes on in another queue at its old place."""
    queue, site = await _of(call, queue_id)
    target = await _target(call, queue, body.target_id)
    moved = await routing.move_open_work(call.work, queue.id, target.id) if target else 0
    queue.retired = True
    await _serve(call, site, queue, QueueForm(name=queue.name))
    changes: dict[str, Any] = {"moved": moved, "target": target.name if target else None}
    record(call, "queue.retired", Subject(queue.name, queue.id, site.id), changes)


async def _target(call: AdminCall, queue: Queue, target_id: UUID | None) -> Queue | None:
    """Raises QueueNeeded for a site's last queue, and for one whose work has nowhere to go."""
    others = select(Queue).where(Queue.site_id == queue.site_id, Queue.id != queue.id, ~Queue.retired)
    remaining = {each.id: each for each in await call.work.db.scalars(others)}
    target = remaining.get(target_id) if target_id else None
    if not remaining or (target_id and target is None):
        raise QueueNeeded
    if target is None and await _open_work(call.work, queue.id):
        raise QueueNeeded
    return target


async def _of(call: AdminCall, queue_id: UUID) -> tuple[Queue, Site]:
    queue = await call.work.db.get(Queue, queue_id, with_for_update={"key_share": True})
    if queue is None or queue.retired:
        raise NotFound
    return queue, await administered(call, queue.site_id)


async def _serve(call: AdminCall, site: Site, queue: Queue, form: QueueForm) -> None:
    """Exactly these serve it; the consoles of the site connect anew and show it. Raises NotOfThisSite."""
    here = await must_work_here(call.work, site.id, form.agent_ids)
    if set(form.team_ids) - {team.id for team in await teams.of_site(call.work, site.id)}:
        raise NotOfThisSite
    await _name(call.work, QueueMember, QueueMember.agent_id, queue.id, form.agent_ids)
    await _name(call.work, QueueTeam, QueueTeam.team_id, queue.id, form.team_ids)
    await call.work.db.flush()
    for agent_id in sorted(here):
        # supervisors see queues that they do not serve
        await call.work.publish(RightsChanged(agent_id=agent_id))


async def _name(
    work: UnitOfWork, rows: type[QueueMember | QueueTeam], column: Any, queue_id: UUID, ids: Collection[UUID]
) -> None:
    """Who stays keeps the priority and the delay that were set for him."""
    there = set(await work.db.scalars(select(column).where(rows.queue_id == queue_id)))
    await work.db.execute(delete(rows).where(rows.queue_id == queue_id, column.in_(there - set(ids))))
    work.db.add_all(rows(queue_id=queue_id, **{column.key: each}) for each in sorted(set(ids) - there))


async def must_work_here(work: UnitOfWork, site_id: UUID, agent_ids: Collection[UUID]) -> set[UUID]:
    """All who work for the site. Raises NotOfThisSite if one of these does not."""
    here = set(await work.db.scalars(select(AgentSite.agent_id).where(AgentSite.site_id == site_id)))
    if set(agent_ids) - here:
        raise NotOfThisSite
    return here


async def _members(work: UnitOfWork, queue_id: UUID) -> list[UUID]:
    serving = select(QueueMember.agent_id).where(QueueMember.queue_id == queue_id).order_by(QueueMember.agent_id)
    return list(await work.db.scalars(serving))


async def people_here(work: UnitOfWork, site_id: UUID) -> list[Server]:
    """Whoever answers at the site, by name."""
    here = select(AgentSite.agent_id).where(AgentSite.site_id == site_id, AgentSite.role != "editor")
    agents = await work.db.scalars(select(Agent).where(Agent.id.in_(here)).order_by(Agent.name, Agent.id))
    return [Server(id=agent.id, name=agent.name) for agent in agents]


async def _open_work(work: UnitOfWork, queue_id: UUID) -> int:
    there = select(func.count()).where(Engagement.queue_id == queue_id, Engagement.state.in_(OPEN))
    return await work.db.scalar(there) or 0


async def _told(work: UnitOfWork, queue: Queue) -> dict[str, Any]:
    names = select(Agent.name).join(QueueMember, QueueMember.agent_id == Agent.id)
    serving = await work.db.scalars(names.where(QueueMember.queue_id == queue.id).order_by(Agent.name))
    of_teams = select(Team.name).join(QueueTeam, QueueTeam.team_id == Team.id).where(QueueTeam.queue_id == queue.id)
    return {
        "name": queue.name,
        "names": queue.names,
        "offer_seconds": queue.offer_seconds,
        "accept_after_seconds": queue.accept_after_seconds,
        "wrap_up_seconds": queue.wrap_up_seconds,
        "served_by": list(serving),
        "teams": list(await work.db.scalars(of_teams.order_by(Team.name))),
    }


def _time(queue: Queue, form: QueueForm) -> None:
    queue.offer_seconds, queue.accept_after_seconds = form.offer_seconds, form.accept_after_seconds
    queue.wrap_up_mode, queue.wrap_up_seconds = form.wrap_up_mode, form.wrap_up_seconds


async def _view(work: UnitOfWork, queue: Queue) -> QueueSetup:
    return QueueSetup(
        id=queue.id,
        key=queue.key,
        name=queue.name,
        names=queue.names,
        offer_seconds=queue.offer_seconds,
        accept_after_seconds=queue.accept_after_seconds,
        wrap_up_seconds=min(queue.wrap_up_seconds, 900),
        wrap_up_mode=queue.wrap_up_mode,
        agent_ids=tuple(await _members(work, queue.id)),
        team_ids=tuple(await work.db.scalars(select(QueueTeam.team_id).where(QueueTeam.queue_id == queue.id))),
        open_work=await _open_work(work, queue.id),
    )
