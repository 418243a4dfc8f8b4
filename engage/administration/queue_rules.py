"""How a queue routes: its order, what it asks for and of whom, and who comes first."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record
from engage.administration.queues import NotOfThisSite
from engage.administration.skills import SkillName, UnknownSkill, names_of
from engage.agents.models import Agent, Team
from engage.agents.sign_in import an_agent
from engage.kit.errors import Invalid, NotFound
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.routing import requirement, rulebook
from engage.routing.eligibility import AgentRule, Order
from engage.routing.events import RoutingChanged
from engage.routing.models import QueueMember, QueueRule, QueueTeam
from engage.routing.schemas import StepForm
from engage.sites.models import Queue

routes = Routes()


class StepNarrows(Invalid):
    """A later step must come after the one before it and may only ask for less."""

    code = "step_narrows"


class MemberForm(WireModel):
    """How near the queue is to somebody, or to a team, who serves it."""

    id: UUID
    #: 1 is his first queue
    priority: Annotated[int, Field(ge=1, le=9)] = 1
    #: he sees work only after it waited so long
    delay_seconds: Annotated[int, Field(ge=0, le=86_400)] = 0


class QueueRulesForm(WireModel):
    #: in minutes of waiting
    priority: Annotated[int, Field(ge=0, le=1440)] = 0
    order: Order = "score"
    #: percent of a minute of priority that each minute of waiting is worth
    age_factor: Annotated[int, Field(ge=1, le=1000)] = 100
    agent_rule: AgentRule = "longest_idle"
    #: for so long the customer's last agent goes first
    sticky_seconds: Annotated[int, Field(ge=0, le=86_400)] = rulebook.STICKY_SECONDS
    #: what is asked from the start, and from later moments on; none: anybody in the queue
    steps: Annotated[tuple[StepForm, ...], Field(max_length=6)] = ()
    #: a step that nobody present could meet is passed over at once
    skips_unstaffed: bool = False
    #: of those who serve it; who is not named stays as he is
    people: Annotated[tuple[MemberForm, ...], Field(max_length=1000)] = ()
    teams: Annotated[tuple[MemberForm, ...], Field(max_length=200)] = ()


class QueueRulesSetup(QueueRulesForm):
    #: names of the people and teams above
    names: dict[UUID, str]
    #: the site's skills, to ask for
    skills: list[SkillName]


@routes.get("/api/v1/admin/queues/{queue_id}/rules", may=an_agent)
async def read_queue_rules(call: AdminCall, queue_id: UUID) -> QueueRulesSetup:
    """How it routes now."""
    return await _view(call.work, await _of(call, queue_id))


@routes.put("/api/v1/admin/queues/{queue_id}/rules", may=an_agent)
async def change_queue_rules(call: AdminCall, queue_id: UUID, body: QueueRulesForm) -> QueueRulesSetup:
    """Change how it routes; what waits is matched anew. Raises StepNarrows, UnknownSkill, NotOfThisSite."""
    queue = await _of(call, queue_id)
    await _must_hold(call.work, queue, body)
    before = await _told(call.work, queue)
    await call.work.db.merge(_row(queue, body))
    await _place(call.work, queue, body)
    await call.work.db.flush()
    if changes := differences(before, await _told(call.work, queue)):
        record(call, "queue.rules_changed", Subject(queue.name, queue.id, queue.site_id), changes)
        await call.work.publish(RoutingChanged())
    return await _view(call.work, queue)


async def _of(call: AdminCall, queue_id: UUID) -> Queue:
    queue = await call.work.db.get(Queue, queue_id, with_for_update={"key_share": True})
    if queue is None or queue.retired:
        raise NotFound
    await administered(call, queue.site_id)
    return queue


async def _must_hold(work: UnitOfWork, queue: Queue, form: QueueRulesForm) -> None:
    steps = [step.step for step in form.steps]
    if steps and (steps[0].after_seconds or not requirement.only_widens(steps)):
        raise StepNarrows
    asked = {need.skill_id for step in steps for need in step.needs}
    if asked - (await names_of(work, queue.site_id)).keys():
        raise UnknownSkill


def _row(queue: Queue, form: QueueRulesForm) -> QueueRule:
    return QueueRule(
        queue_id=queue.id,
        priority=form.priority,
        ranking=form.order,
        age_factor=form.age_factor,
        agent_rule=form.agent_rule,
        sticky_seconds=form.sticky_seconds,
        steps=[step.model_dump(mode="json") for step in form.steps],
        skips_unstaffed=form.skips_unstaffed,
    )


async def _place(work: UnitOfWork, queue: Queue, form: QueueRulesForm) -> None:
    """Raises NotOfThisSite for somebody who does not serve it."""
    people, teams = await _people(work, queue), await _teams(work, queue)
    for form_row in (*form.people, *form.teams):
        row = people.get(form_row.id) or teams.get(form_row.id)
        if row is None:
            raise NotOfThisSite
        row.priority, row.delay_seconds = form_row.priority, form_row.delay_seconds


async def _people(work: UnitOfWork, queue: Queue) -> dict[UUID, QueueMember]:
    rows = select(QueueMember).join(Agent, Agent.id == QueueMember.agent_id).where(QueueMember.queue_id == queue.id)
    return {row.agent_id: row for row in await work.db.scalars(rows.order_by(Agent.name, Agent.id))}


async def _teams(work: UnitOfWork, queue: Queue) -> dict[UUID, QueueTeam]:
    rows = select(QueueTeam).join(Team, Team.id == QueueTeam.team_id).where(QueueTeam.queue_id == queue.id)
    return {row.team_id: row for row in await work.db.scalars(rows.order_by(Team.name, Team.id))}


async def _names(work: UnitOfWork, ids: set[UUID]) -> dict[UUID, str]:
    people = (await work.db.execute(select(Agent.id, Agent.name).where(Agent.id.in_(ids)))).all()
    teams = (await work.db.execute(select(Team.id, Team.name).where(Team.id.in_(ids)))).all()
    return dict((*people, *teams))


async def _form(work: UnitOfWork, queue: Queue) -> QueueRulesForm:
    row = await work.db.get(QueueRule, queue.id, populate_existing=True)
    members = [_member(key, each) for key, each in (await _people(work, queue)).items()]
    teams = [_member(key, each) for key, each in (await _teams(work, queue)).items()]
    if row is None:
        return QueueRulesForm(people=tuple(members), teams=tuple(teams))
    return QueueRulesForm(
        priority=row.priority,
        order=row.ranking,
        age_factor=row.age_factor,
        agent_rule=row.agent_rule,
        sticky_seconds=row.sticky_seconds,
        steps=tuple(StepForm.model_validate(step) for step in row.steps),
        skips_unstaffed=row.skips_unstaffed,
        people=tuple(members),
        teams=tuple(teams),
    )


def _member(key: UUID, row: QueueMember | QueueTeam) -> MemberForm:
    return MemberForm(id=key, priority=row.priority, delay_seconds=row.delay_seconds)


async def _told(work: UnitOfWork, queue: Queue) -> dict[str, Any]:
    """What the audit log compares, with names in the place of ids."""
    form = await _form(work, queue)
    ids = {each.id for each in (*form.people, *form.teams)}
    names, skills = await _names(work, ids), await names_of(work, queue.site_id)
    told = form.model_dump(mode="json", exclude={"steps", "people", "teams"})
    told["steps"] = [
        f"{step.after_seconds} s: " + ", ".join(f"{skills[need.skill_id]} {need.level}" for need in step.needs)
        for step in form.steps
    ]
    told["served_by"] = [
        f"{names[each.id]}: {each.priority}, {each.delay_seconds} s" for each in (*form.people, *form.teams)
    ]
    return told


async def _view(work: UnitOfWork, queue: Queue) -> QueueRulesSetup:
    form = await _form(work, queue)
    ids = {each.id for each in (*form.people, *form.teams)}
    skills = await names_of(work, queue.site_id)
    return QueueRulesSetup(
        **form.model_dump(),
        names=await _names(work, ids),
        skills=[SkillName(id=key, name=name) for key, name in skills.items()],
    )
