"""What routing knows of a person: what he can, and where he works."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from engage.access.audit import Subject, differences
from engage.administration import centres, skills
from engage.administration.desk import AdminCall, administered, record
from engage.administration.skills import SkillName, UnknownSkill
from engage.agents.models import Agent, AgentSite
from engage.agents.sign_in import an_agent
from engage.kit.errors import NotFound
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.routing import centres as routing_centres
from engage.routing.events import RoutingChanged
from engage.routing.models import AgentSkill, Skill
from engage.routing.schemas import NeedForm
from engage.sites.models import Centre

routes = Routes()
PATH = "/api/v1/admin/sites/{site_id}/people/{agent_id}/routing"


class PersonRoutingForm(WireModel):
    #: what he can, from 1 to 5; a skill that is not named he does not have
    levels: Annotated[tuple[NeedForm, ...], Field(max_length=200)] = ()
    #: where he works; none: nowhere in particular
    centre_id: UUID | None = None
    #: whether what he is offered accepts itself, at all his sites; none: as each queue says
    auto_accept: bool | None = None


class CentreName(WireModel):
    id: UUID
    name: str


class PersonRouting(PersonRoutingForm):
    #: the site's skills and centres, to choose from
    skills: list[SkillName]
    centres: list[CentreName]


@routes.get(PATH, may=an_agent)
async def read_person_routing(call: AdminCall, site_id: UUID, agent_id: UUID) -> PersonRouting:
    """What he can, and where he works."""
    agent, membership = await _person(call, site_id, agent_id)
    return await _view(call.work, membership, agent)


@routes.put(PATH, may=an_agent)
async def change_person_routing(
    call: AdminCall, site_id: UUID, agent_id: UUID, body: PersonRoutingForm
) -> PersonRouting:
    """Say what he can and where he works; it counts at once. Raises UnknownSkill, NotFound."""
    agent, membership = await _person(call, site_id, agent_id)
    before = await _told(call.work, membership, agent)
    await _learn(call.work, membership, {each.skill_id: each.level for each in body.levels})
    if body.centre_id not in (None, *(centre.id for centre in await centres.of_site(call.work, site_id))):
        raise NotFound
    moves = body.centre_id is not None and body.centre_id != membership.centre_id
    membership.centre_id, agent.auto_accept = body.centre_id, body.auto_accept
    await call.work.db.flush()
    if moves:
        await routing_centres.go_elsewhere(call.work, await call.work.db.get_one(Centre, body.centre_id))
    if changes := differences(before, await _told(call.work, membership, agent)):
        record(call, "person.routing_changed", Subject(agent.name, agent.id, site_id), changes)
        await call.work.publish(RoutingChanged(people=frozenset({agent.id})))
    return await _view(call.work, membership, agent)


async def _person(call: AdminCall, site_id: UUID, agent_id: UUID) -> tuple[Agent, AgentSite]:
    """Locked, so that two admins do not give him the same skill. Raises NotYours, NotAllowed, NotFound."""
    await administered(call, site_id)
    membership = await call.work.db.get(AgentSite, (agent_id, site_id), with_for_update={"key_share": True})
    if membership is None:
        raise NotFound
    return await call.work.db.get_one(Agent, agent_id), membership


async def _learn(work: UnitOfWork, membership: AgentSite, levels: dict[UUID, int]) -> None:
    """From now on he has exactly these skills of this site. Raises UnknownSkill."""
    if levels.keys() - (await skills.names_of(work, membership.site_id)).keys():
        raise UnknownSkill
    await skills.forget(work, membership.site_id, membership.agent_id)
    rows = [AgentSkill(agent_id=membership.agent_id, skill_id=each, level=levels[each]) for each in sorted(levels)]
    work.db.add_all(rows)


async def _levels(work: UnitOfWork, membership: AgentSite) -> dict[UUID, int]:
    of_site = select(AgentSkill.skill_id, AgentSkill.level).join(Skill, Skill.id == AgentSkill.skill_id)
    his = of_site.where(Skill.site_id == membership.site_id, AgentSkill.agent_id == membership.agent_id)
    return dict((await work.db.execute(his)).all())


async def _told(work: UnitOfWork, membership: AgentSite, agent: Agent) -> dict[str, Any]:
    """What the audit log compares."""
    names, levels = await skills.names_of(work, membership.site_id), await _levels(work, membership)
    places = {centre.id: centre.name for centre in await centres.of_site(work, membership.site_id)}
    centre = places.get(membership.centre_id) if membership.centre_id else None
    known = [f"{names[key]} {levels[key]}" for key in names if key in levels]
    return {"skills": known, "centre": centre, "auto_accept": agent.auto_accept}


async def _view(work: UnitOfWork, membership: AgentSite, agent: Agent) -> PersonRouting:
    names, levels = await skills.names_of(work, membership.site_id), await _levels(work, membership)
    return PersonRouting(
        levels=tuple(NeedForm(skill_id=key, level=levels[key]) for key in names if key in levels),
        centre_id=membership.centre_id,
        auto_accept=agent.auto_accept,
        skills=[SkillName(id=key, name=name) for key, name in names.items()],
        centres=[CentreName(id=each.id, name=each.name) for each in await centres.of_site(work, membership.site_id)],
    )
