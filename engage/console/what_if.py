"""What-if for supervisors: who would get this work now, and why not each of the others."""

from collections import Counter
from uuid import UUID

from sqlalchemy import select

from engage.access.principals import CallingAgent, roles
from engage.agents.models import Agent, AgentSite
from engage.agents.sign_in import an_agent
from engage.console import service
from engage.engagements import preference
from engage.engagements.errors import WrongState
from engage.engagements.lifecycle import OPEN, State
from engage.engagements.models import Engagement
from engage.engagements.schemas import AgentName
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.routing import declining, snapshot
from engage.routing.eligibility import Obstacle, Reason, Waiting
from engage.routing.explain import Verdict, explain
from engage.routing.models import Skill
from engage.routing.ranking import Rule
from engage.sites.models import Centre, Queue

routes = Routes()
AgentCall = Call[CallingAgent]

#: people who are shown; of the others only the reasons are counted
SHOWN = 200
#: those who miss it narrowly first
REASONS: tuple[Reason, ...] = (
    "full", "refused", "delay", "skill", "centre", "not_available", "offline", "other_queues",
)  # fmt: skip


class AskedSkill(WireModel):
    name: str
    level: int


class Candidate(WireModel):
    agent: AgentName
    #: 1 gets it; none: the reason is in his way
    place: int | None
    reason: Reason | None
    #: for how long the reason holds, if it ends by itself
    for_seconds: int | None
    #: the skill that he lacks
    lacks: AskedSkill | None
    #: why he declined it, if he said so
    said: str | None


class ReasonCount(WireModel):
    #: none: they could have it
    reason: Reason | None
    people: int


class WhatIf(WireModel):
    state: State
    queue_name: str
    waited_seconds: int
    #: its visitor is away: nobody is offered it until he is back
    withheld: bool
    #: what the queue asks for at this moment
    asks: list[AskedSkill]
    #: seconds until it asks for less
    next_step_seconds: int | None
    rule: Rule | None
    candidates: list[Candidate]
    counts: list[ReasonCount]


@routes.get("/api/v1/agent/engagements/{engagement_id}/what-if", may=an_agent)
async def read_what_if(call: AgentCall, engagement_id: UUID) -> WhatIf:
    """Who would get it if it were given out now, and what is in the way of each of the others."""
    engagement = await service.seen_engagement(call.work, call.who, engagement_id)
    call.who.must("supervise", engagement.site_id)
    if engagement.state not in OPEN:
        raise WrongState(state=engagement.state)
    return await _what_if(call.work, engagement)


async def _what_if(work: UnitOfWork, engagement: Engagement) -> WhatIf:
    waiting = await snapshot.one(work, engagement.id)
    here = select(AgentSite.agent_id).where(AgentSite.site_id == engagement.site_id, AgentSite.suspended_at.is_(None))
    people = await snapshot.people(work, Agent.id.in_(here.where(AgentSite.role.in_(roles("answer")))))
    named = await preference.preferred_agent(work, engagement.visitor_id, engagement.site_id)
    held = [(person.agent, person.held) for person in people]
    found = explain(waiting, held, work.now, named=named.id if named else None)
    skills = await _skill_names(work, engagement.site_id)
    asks = [AskedSkill(name=skills[need.skill_id], level=need.level) for need in sorted(found.needs)]
    return WhatIf(
        state=engagement.state,
        queue_name=(await work.db.get_one(Queue, engagement.queue_id)).name,
        waited_seconds=_since(work, waiting),
        withheld=engagement.away_since is not None,
        asks=asks,
        next_step_seconds=_next_step(work, waiting, found.step),
        rule=found.rule,
        candidates=await _candidates(work, engagement, found.verdicts, skills),
        counts=_counts(found.verdicts),
    )


def _since(work: UnitOfWork, waiting: Waiting) -> int:
    return max(0, int((work.now - waiting.place_since).total_seconds()))


def _next_step(work: UnitOfWork, waiting: Waiting, step: int) -> int | None:
    later = waiting.queue.steps[step + 1 :]
    return later[0].after_seconds - int((work.now - waiting.entered_at).total_seconds()) if later else None


def _counts(verdicts: list[Verdict]) -> list[ReasonCount]:
    counted = Counter(each.obstacle.reason if each.obstacle else None for each in verdicts)
    return [ReasonCount(reason=each, people=counted[each]) for each in (None, *REASONS) if counted[each]]


async def _candidates(
    work: UnitOfWork, engagement: Engagement, verdicts: list[Verdict], skills: dict[UUID, str]
) -> list[Candidate]:
    shown = sorted(verdicts, key=_nearness)[:SHOWN]
    rows = await work.db.scalars(select(Agent).where(Agent.id.in_([each.agent_id for each in shown])))
    names = {row.id: AgentName(id=row.id, name=row.name, picture=row.picture) for row in rows}
    refused = (await declining.refusals(work, [engagement.id])).get(engagement.id, [])
    # the last word of each counts
    said = {each.agent_id: each.view.reason for each in reversed(refused)}
    return [_candidate(each, names[each.agent_id], skills, said.get(each.agent_id)) for each in shown]


def _nearness(verdict: Verdict) -> tuple[int, int]:
    if verdict.obstacle is None:
        return (0, verdict.place or 0)
    return (1 + REASONS.index(verdict.obstacle.reason), 0)


def _candidate(verdict: Verdict, agent: AgentName, skills: dict[UUID, str], said: str | None) -> Candidate:
    in_the_way = verdict.obstacle
    return Candidate(
        agent=agent,
        place=verdict.place,
        reason=in_the_way.reason if in_the_way else None,
        for_seconds=in_the_way.until_seconds if in_the_way else None,
        lacks=_lacks(in_the_way, skills),
        said=said if in_the_way and in_the_way.reason == "refused" else None,
    )


def _lacks(in_the_way: Obstacle | None, skills: dict[UUID, str]) -> AskedSkill | None:
    if in_the_way is None or in_the_way.need is None:
        return None
    return AskedSkill(name=skills[in_the_way.need.skill_id], level=in_the_way.need.level)


async def _skill_names(work: UnitOfWork, site_id: UUID) -> dict[UUID, str]:
    """And of the centres, which a transfer asks for in the same way."""
    skills = await work.db.execute(select(Skill.id, Skill.name).where(Skill.site_id == site_id))
    centres = await work.db.execute(select(Centre.id, Centre.name).where(Centre.site_id == site_id))
    return dict([*skills.all(), *centres.all()])
