"""Skills of a site, and how well each agent has them."""

from collections import defaultdict
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import delete, func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.kit.errors import Conflict, Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Trimmed, WireModel
from engage.routing.models import AgentSkill, QueueRule, Skill
from engage.routing.schemas import StepForm
from engage.sites.models import Queue

routes = Routes()


class SkillTaken(Conflict):
    """There is a skill of that name already."""

    code = "skill_taken"
    constraint = "uq_skills_site_id_name"


class SkillInUse(Conflict):
    """A queue asks for this skill; change the queue first."""

    code = "skill_in_use"


class UnknownSkill(Invalid):
    """One of the skills is not of this site."""

    code = "unknown_skill"


class SkillForm(WireModel):
    name: Annotated[Trimmed, Field(min_length=1, max_length=60)]


class SkillView(SkillForm):
    id: UUID
    #: how many agents have it
    people: int
    #: names of the queues that ask for it
    queues: list[str]


class Skills(WireModel):
    items: list[SkillView]


class SkillName(WireModel):
    id: UUID
    name: str


@routes.get("/api/v1/admin/sites/{site_id}/skills", may=an_agent)
async def list_skills(call: AdminCall, site_id: UUID) -> Skills:
    """The site's skills by name, who has them and which queues ask for them."""
    await administered(call, site_id)
    return Skills(items=await _views(call.work, site_id))


@routes.post("/api/v1/admin/sites/{site_id}/skills", may=an_agent, status=201)
async def add_skill(call: AdminCall, site_id: UUID, body: SkillForm) -> SkillView:
    """Add a skill; nobody has it yet."""
    await administered(call, site_id)
    await _must_be_free(call.work, site_id, body.name)
    skill = Skill(id=new_id(), site_id=site_id, name=body.name)
    call.work.db.add(skill)
    record(call, "skill.added", Subject(skill.name, skill.id, site_id))
    return SkillView(id=skill.id, name=skill.name, people=0, queues=[])


@routes.put("/api/v1/admin/skills/{skill_id}", may=an_agent)
async def rename_skill(call: AdminCall, skill_id: UUID, body: SkillForm) -> SkillView:
    """Rename it; who has it keeps it."""
    skill = await _of(call, skill_id)
    await _must_be_free(call.work, skill.site_id, body.name, but=skill.id)
    changes = differences({"name": skill.name}, {"name": body.name})
    skill.name = body.name
    await call.work.db.flush()
    record(call, "skill.changed", Subject(skill.name, skill.id, skill.site_id), changes)
    return next(view for view in await _views(call.work, skill.site_id) if view.id == skill.id)


@routes.delete("/api/v1/admin/skills/{skill_id}", may=an_agent)
async def remove_skill(call: AdminCall, skill_id: UUID) -> None:
    """Nobody has it any more; refused while a queue asks for it."""
    skill = await _of(call, skill_id)
    if (await _asking(call.work, skill.site_id))[skill.id]:
        raise SkillInUse
    await call.work.db.execute(delete(AgentSkill).where(AgentSkill.skill_id == skill.id))
    await call.work.db.delete(skill)
    record(call, "skill.removed", Subject(skill.name, skill.id, skill.site_id))


async def forget(work: UnitOfWork, site_id: UUID, agent_id: UUID) -> None:
    """He has no skills of this site."""
    of_site = select(Skill.id).where(Skill.site_id == site_id)
    await work.db.execute(delete(AgentSkill).where(AgentSkill.agent_id == agent_id, AgentSkill.skill_id.in_(of_site)))


async def names_of(work: UnitOfWork, site_id: UUID) -> dict[UUID, str]:
    mine = select(Skill.id, Skill.name).where(Skill.site_id == site_id).order_by(func.lower(Skill.name), Skill.id)
    return dict((await work.db.execute(mine)).all())


async def _of(call: AdminCall, skill_id: UUID) -> Skill:
    skill = await call.work.db.get(Skill, skill_id, with_for_update=True)
    if skill is None:
        raise NotFound
    await administered(call, skill.site_id)
    return skill


async def _must_be_free(work: UnitOfWork, site_id: UUID, name: str, but: UUID | None = None) -> None:
    """Raises SkillTaken."""
    others = {key: each for key, each in (await names_of(work, site_id)).items() if key != but}
    if name.casefold() in {each.casefold() for each in others.values()}:
        raise SkillTaken


async def _views(work: UnitOfWork, site_id: UUID) -> list[SkillView]:
    counted = select(AgentSkill.skill_id, func.count()).join(Skill, Skill.id == AgentSkill.skill_id)
    people = dict((await work.db.execute(counted.where(Skill.site_id == site_id).group_by(AgentSkill.skill_id))).all())
    asking, names = await _asking(work, site_id), await names_of(work, site_id)
    return [SkillView(id=key, name=names[key], people=people.get(key, 0), queues=asking[key]) for key in names]


async def _asking(work: UnitOfWork, site_id: UUID) -> defaultdict[UUID, list[str]]:
    """By skill: the names of the queues that ask for it."""
    rules = select(Queue.name, QueueRule.steps).join(QueueRule, QueueRule.queue_id == Queue.id)
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for name, steps in await work.db.execute(rules.where(Queue.site_id == site_id, ~Queue.retired)):
        asked = {need.skill_id for step in steps for need in StepForm.model_validate(step).needs}
        for skill_id in asked:
            found[skill_id].append(name)
    return found
