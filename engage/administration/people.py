"""People of a site: who works here, in which role, for which queues; suspended, removed, and back again."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import delete, func, select

from engage.access.audit import Subject, differences
from engage.access.principals import Role
from engage.administration import skills
from engage.administration.desk import AdminCall, administered, record
from engage.administration.errors import LastAdmin, UnknownQueue, WorksElsewhere
from engage.agents import second_factor, service, teams
from engage.agents.events import AccountSecured, RightsChanged
from engage.agents.models import Agent, AgentSite, SignIn
from engage.agents.schemas import Presence, TeamName
from engage.agents.sign_in import an_agent
from engage.kit.errors import NotFound
from engage.kit.routes import Routes
from engage.kit.wire import Moment, WireModel
from engage.routing import service as routing
from engage.routing.models import QueueMember
from engage.sites import service as sites
from engage.sites.models import Queue
from engage.sites.schemas import QueueName

routes = Routes()


class Duties(WireModel):
    """What somebody does at a site."""

    role: Role
    #: he sees the work of all queues; else only of those he serves
    all_queues: bool = True
    #: the queues whose work is offered to him
    queue_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()


class PersonForm(Duties):
    #: how much he can hold at once; the same at all sites
    capacity: Annotated[int, Field(ge=1, le=50)]


class Person(PersonForm):
    id: UUID
    team_ids: list[UUID]
    name: str
    email: str
    picture: str | None
    state: Literal["active", "invited", "suspended"]
    second_factor: bool
    #: what he says of himself
    presence: Presence
    #: when one of his browsers was last here
    seen_at: Moment | None


class People(WireModel):
    items: list[Person]
    #: the site's queues, to choose from
    queues: list[QueueName]
    teams: list[TeamName]
    requires_second_factor: bool


class SignInRules(WireModel):
    #: who has no second factor must set one up before he comes in
    requires_second_factor: bool


@routes.get("/api/v1/admin/sites/{site_id}/people", may=an_agent)
async def list_people(call: AdminCall, site_id: UUID) -> People:
    """Everybody who works for the site, by name."""
    site = await administered(call, site_id)
    rows = select(Agent, AgentSite).join(AgentSite, AgentSite.agent_id == Agent.id).where(AgentSite.site_id == site_id)
    found = (await call.work.db.execute(rows.order_by(func.lower(Agent.name), Agent.id))).all()
    queues = await sites.queues_of(call.work, site_id)
    return People(
        items=await _people(call, site_id, found),
        queues=[QueueName(id=queue.id, name=queue.name) for queue in queues],
        teams=[teams.name_of(team) for team in await teams.of_site(call.work, site_id)],
        requires_second_factor=site.requires_second_factor,
    )


@routes.put("/api/v1/admin/sites/{site_id}/people/{agent_id}", may=an_agent)
async def change_person(call: AdminCall, site_id: UUID, agent_id: UUID, body: PersonForm) -> Person:
    """Change his role, his queues and how much he can hold; it counts from his next request."""
    agent, membership = await _person(call, site_id, agent_id)
    if membership.role == "admin" and body.role != "admin":
        await _another_admin(call, site_id, agent_id)
    before = await _facts(call, agent, membership)
    membership.role, membership.all_queues, agent.capacity = body.role, body.all_queues, body.capacity
    await serve(call, site_id, agent_id, body.queue_ids)
    if body.role == "editor":
        await routing.take_all_from(call.work, agent_id, site_id)
    changes = differences(before, await _facts(call, agent, membership))
    record(call, "person.changed", Subject(agent.name, agent.id, site_id), changes)
    await call.work.publish(RightsChanged(agent_id=agent_id))
    return (await _people(call, site_id, [(agent, membership)]))[0]


@routes.post("/api/v1/admin/sites/{site_id}/people/{agent_id}/suspend", may=an_agent, status=204)
async def suspend_person(call: AdminCall, site_id: UUID, agent_id: UUID) -> None:
    """He may not come in at this site until he is taken back; his open work goes back to the queues."""
    agent, membership = await _person(call, site_id, agent_id)
    await _another_admin(call, site_id, agent_id)
    membership.suspended_at = membership.suspended_at or call.work.now
    await routing.take_all_from(call.work, agent_id, site_id)
    record(call, "person.suspended", Subject(agent.name, agent.id, site_id))
    await call.work.publish(RightsChanged(agent_id=agent_id))


@routes.post("/api/v1/admin/sites/{site_id}/people/{agent_id}/resume", may=an_agent, status=204)
async def take_person_back(call: AdminCall, site_id: UUID, agent_id: UUID) -> None:
    """He may come in again, as before."""
    agent, membership = await _person(call, site_id, agent_id)
    membership.suspended_at = None
    record(call, "person.resumed", Subject(agent.name, agent.id, site_id))
    await call.work.publish(RightsChanged(agent_id=agent_id))


@routes.delete("/api/v1/admin/sites/{site_id}/people/{agent_id}", may=an_agent)
async def remove_person(call: AdminCall, site_id: UUID, agent_id: UUID) -> None:
    """He does not work here any more. What he wrote stays, with his name."""
    agent, membership = await _person(call, site_id, agent_id)
    await _another_admin(call, site_id, agent_id)
    await routing.take_all_from(call.work, agent_id, site_id)
    await serve(call, site_id, agent_id, [])
    await teams.leave_all(call.work, agent_id, site_id)
    await skills.forget(call.work, site_id, agent_id)
    # somebody else may have removed him while we waited for the admins' rows
    mine = delete(AgentSite).where(AgentSite.agent_id == agent_id, AgentSite.site_id == site_id)
    if (await call.work.db.execute(mine.returning(AgentSite.agent_id))).first() is None:
        raise NotFound
    record(call, "person.removed", Subject(agent.name, agent.id, site_id), {"role": [membership.role, None]})
    await call.work.publish(RightsChanged(agent_id=agent_id))


@routes.post("/api/v1/admin/sites/{site_id}/people/{agent_id}/reset-second-factor", may=an_agent, status=204)
async def reset_second_factor(call: AdminCall, site_id: UUID, agent_id: UUID) -> None:
    """His phone is lost: he signs in with his password alone and can set up a new second factor."""
    agent = await administered_alone(call, site_id, agent_id)
    await second_factor.turn_off(call.work, agent)
    record(call, "second_factor.reset", Subject(agent.name, agent.id, site_id))
    await call.work.publish(AccountSecured(agent_id=agent.id, what="second_factor_off"))


@routes.put("/api/v1/admin/sites/{site_id}/sign-in-rules", may=an_agent)
async def change_sign_in_rules(call: AdminCall, site_id: UUID, body: SignInRules) -> SignInRules:
    """Whether everybody who works for the site needs a second factor; it counts from the next sign-in."""
    site = await administered(call, site_id)
    changes = differences({"requires_second_factor": site.requires_second_factor}, body.model_dump())
    site.requires_second_factor = body.requires_second_factor
    record(call, "sign_in_rules.changed", Subject(site.name, site.id, site_id), changes)
    return body


async def serve(call: AdminCall, site_id: UUID, agent_id: UUID, queue_ids: Sequence[UUID]) -> None:
    """From now on he serves these queues of the site and no others. Raises UnknownQueue."""
    of_site = set(await _queue_ids(call, site_id))
    if not set(queue_ids) <= of_site:
        raise UnknownQueue
    mine = QueueMember.agent_id == agent_id
    served = set(await call.work.db.scalars(select(QueueMember.queue_id).where(mine))) & of_site
    await call.work.db.execute(delete(QueueMember).where(mine, QueueMember.queue_id.in_(served - set(queue_ids))))
    call.work.db.add_all(QueueMember(queue_id=each, agent_id=agent_id) for each in sorted(set(queue_ids) - served))
    await call.work.db.flush()


async def _person(call: AdminCall, site_id: UUID, agent_id: UUID) -> tuple[Agent, AgentSite]:
    """Raises NotYours, NotAllowed, NotFound."""
    await administered(call, site_id)
    membership = await call.work.db.get(AgentSite, (agent_id, site_id))
    if membership is None:
        raise NotFound
    return await call.work.db.get_one(Agent, agent_id), membership


async def administered_alone(call: AdminCall, site_id: UUID, agent_id: UUID) -> Agent:
    """Locked, for what counts at all his sites. Raises NotYours, NotAllowed, NotFound, WorksElsewhere."""
    await _person(call, site_id, agent_id)
    agent = await service.locked(call.work, agent_id)
    if not await service.sites_of(call.work, agent.email) <= call.who.sites_where("administer"):
        raise WorksElsewhere
    return agent


async def _another_admin(call: AdminCall, site_id: UUID, agent_id: UUID) -> None:
    """All admins' rows are locked in one order, so that two do not remove each other. Raises LastAdmin."""
    admins = select(AgentSite).where(AgentSite.site_id == site_id, AgentSite.role == "admin")
    locked = admins.order_by(AgentSite.agent_id).with_for_update().execution_options(populate_existing=True)
    able = {each.agent_id for each in await call.work.db.scalars(locked) if each.suspended_at is None}
    invited = set(await call.work.db.scalars(select(Agent.id).where(Agent.id.in_(able), Agent.invited)))
    if able - invited == {agent_id}:
        raise LastAdmin


async def _queue_ids(call: AdminCall, site_id: UUID) -> list[UUID]:
    return list(await call.work.db.scalars(select(Queue.id).where(Queue.site_id == site_id)))


async def _facts(call: AdminCall, agent: Agent, membership: AgentSite) -> dict[str, Any]:
    """What the audit log compares."""
    serves = select(Queue.name).join(QueueMember, QueueMember.queue_id == Queue.id)
    here = serves.where(QueueMember.agent_id == agent.id, Queue.site_id == membership.site_id).order_by(Queue.name)
    return {
        "role": membership.role,
        "all_queues": membership.all_queues,
        "capacity": agent.capacity,
        "queues": list(await call.work.db.scalars(here)),
    }


async def _people(call: AdminCall, site_id: UUID, rows: Sequence[tuple[Agent, AgentSite]]) -> list[Person]:
    ids = [agent.id for agent, _membership in rows]
    members = select(QueueMember).join(Queue, Queue.id == QueueMember.queue_id)
    served: dict[UUID, list[UUID]] = defaultdict(list)
    for member in await call.work.db.scalars(members.where(QueueMember.agent_id.in_(ids), Queue.site_id == site_id)):
        served[member.agent_id].append(member.queue_id)
    in_teams = await teams.teams_of_each(call.work, site_id)
    seen = select(SignIn.agent_id, func.max(SignIn.seen_at)).where(SignIn.agent_id.in_(ids)).group_by(SignIn.agent_id)
    last_seen = dict((await call.work.db.execute(seen)).all())
    return [
        _view(agent, membership, served[agent.id], in_teams[agent.id], last_seen.get(agent.id))
        for agent, membership in rows
    ]


def _view(
    agent: Agent, membership: AgentSite, queue_ids: list[UUID], team_ids: list[UUID], seen_at: Moment | None
) -> Person:
    return Person(
        id=agent.id,
        name=agent.name,
        email=agent.email,
        picture=agent.picture,
        role=membership.role,
        all_queues=membership.all_queues,
        queue_ids=tuple(sorted(queue_ids)),
        team_ids=team_ids,
        capacity=agent.capacity,
        state="suspended" if membership.suspended_at else "invited" if agent.invited else "active",
        second_factor=agent.totp_sealed is not None,
        presence=service.presence_of(agent),
        seen_at=seen_at,
    )
