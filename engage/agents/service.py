"""Agents: presence, their own sequence, and what is known of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, select, update

from engage.access.principals import RIGHTS, CallingAgent, Role, roles
from engage.agents import presence_reasons
from engage.agents.events import AgentCame, AgentLost, PresenceChanged, RightsChanged
from engage.agents.models import Agent, AgentSite, PresenceReason, PresenceStep
from engage.agents.schemas import Colleague, Me, MySite, Presence, PresenceState, SetPresence
from engage.kit import jobs
from engage.kit.errors import NotFound
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site

#: a live socket's claim on "online"; the heartbeat renews it well before
ONLINE_FOR = timedelta(seconds=25)


async def locked(work: UnitOfWork, agent_id: UUID) -> Agent:
    """The agent's row, held until the commit. Raises NotFound."""
    row = select(Agent).where(Agent.id == agent_id).with_for_update(key_share=True)
    agent = await work.db.scalar(row.execution_options(populate_existing=True))
    if agent is None:
        raise NotFound
    return agent


async def me(work: UnitOfWork, who: CallingAgent) -> Me:
    agent = await work.db.get_one(Agent, who.agent_id)
    return Me.model_validate(
        {
            "id": agent.id,
            "name": agent.name,
            "email": agent.email,
            "picture": agent.picture,
            "sites": await _my_sites(work, who),
        }
    )


async def _my_sites(work: UnitOfWork, who: CallingAgent) -> list[MySite]:
    sites = await work.db.scalars(select(Site).where(Site.id.in_(who.site_ids)).order_by(Site.name))
    return [_my_site(site, who.memberships[site.id].role) for site in sites]


def _my_site(site: Site, role: Role) -> MySite:
    return MySite(id=site.id, key=site.key, name=site.name, role=role, rights=sorted(RIGHTS[role]))


@dataclass(frozen=True)
class Why:
    """Why somebody is what he says he is."""

    words: str | None = None
    #: of his site
    reason: PresenceReason | None = None


NO_REASON = Why()


async def why(work: UnitOfWork, agent_id: UUID, form: SetPresence) -> Why:
    """Raises UnknownPresenceReason."""
    reason = await presence_reasons.chosen(work, agent_id, form)
    return Why(reason.label, reason) if reason else Why(form.reason)


async def set_presence(
    work: UnitOfWork, agent: Agent, presence: PresenceState, why: Why = NO_REASON, *, by: CallingAgent | None = None
) -> Presence:
    """What he says of himself, with the moment, or what a colleague says of him. Takes a locked agent."""
    reason_id = why.reason.id if why.reason else None
    if (presence, why.words) != (agent.presence, agent.presence_reason):
        work.db.add(_step(work, agent, presence, why, by))
    if (presence, reason_id) != (agent.presence, agent.presence_reason_id):
        agent.presence_since = work.now
    if presence != agent.presence:
        agent.presence, agent.missed_in_a_row = presence, 0
        if presence == "available":
            agent.idle_since = work.now
    agent.presence_reason, agent.presence_reason_id = why.words, reason_id
    agent.presence_set_by = by.name if by else None
    agent.work_seq += 1
    await work.db.flush()
    await work.publish(PresenceChanged(agent_id=agent.id, presence=presence))
    return presence_of(agent)


def _step(work: UnitOfWork, agent: Agent, presence: PresenceState, why: Why, by: CallingAgent | None) -> PresenceStep:
    return PresenceStep(
        id=new_id(),
        agent_id=agent.id,
        from_presence=agent.presence,
        presence=presence,
        reason=why.words,
        reason_id=why.reason.id if why.reason else None,
        productive=why.reason.productive if why.reason else None,
        by_agent_id=by.agent_id if by else None,
        at=work.now,
    )


def presence_of(agent: Agent) -> Presence:
    return Presence.model_validate(
        {
            "presence": agent.presence,
            "reason": agent.presence_reason,
            "reason_id": agent.presence_reason_id,
            "since": agent.presence_since,
            "set_by": agent.presence_set_by,
        }
    )


async def next_work_seq(work: UnitOfWork, agent_id: UUID) -> int:
    """Raises the agent's own sequence: something he holds or is offered changes in this transaction."""
    raised = update(Agent).where(Agent.id == agent_id).values(work_seq=Agent.work_seq + 1).returning(Agent.work_seq)
    seq: int = (await work.db.execute(raised)).scalar_one()
    return seq


async def came_online(work: UnitOfWork, agent_id: UUID) -> None:
    await renew_online(work, [agent_id])
    await work.publish(AgentCame(agent_id=agent_id))


async def went_offline(work: UnitOfWork, agent_id: UUID) -> None:
    """His last socket here is gone: no new offers at once, nothing is taken away before the grace is over."""
    await work.db.execute(update(Agent).where(Agent.id == agent_id).values(online_until=work.now))


async def look_after(work: UnitOfWork, agent_id: UUID, *, grace: timedelta) -> None:
    """Looks at him when the grace is over; also when a process dies with his sockets, for the timer is a row."""
    due = work.now + grace
    payload = {"agent": str(agent_id), "due": due.isoformat()}
    await jobs.enqueue(work, "agents.look_after", payload, due_at=due, key=f"agents.look_after:{agent_id}")


async def lose(work: UnitOfWork, agent: Agent) -> None:
    """He did not come back: he is offline, and whoever holds his work hears of it. Takes a locked agent."""
    if agent.presence != "offline":
        await set_presence(work, agent, "offline", Why("connection_lost"))
    await work.publish(AgentLost(agent_id=agent.id))


async def renew_online(work: UnitOfWork, agent_ids: Sequence[UUID]) -> None:
    """Locks in the order of ids, as everybody does who changes several agents."""
    await work.db.execute(
        select(Agent.id).where(Agent.id.in_(agent_ids)).order_by(Agent.id).with_for_update(key_share=True)
    )
    await work.db.execute(update(Agent).where(Agent.id.in_(agent_ids)).values(online_until=work.now + ONLINE_FOR))


def is_online(agent: Agent, work: UnitOfWork) -> bool:
    return agent.online_until is not None and agent.online_until > work.now


async def colleagues(work: UnitOfWork, site_ids: Collection[UUID]) -> list[Colleague]:
    """Everybody who works for one of these sites."""
    here = select(AgentSite.agent_id).where(AgentSite.site_id.in_(site_ids), AgentSite.suspended_at.is_(None))
    known = select(Agent).where(Agent.id.in_(here), Agent.invited.is_(False))
    agents = await work.db.scalars(known.order_by(Agent.name, Agent.id))
    return [colleague(agent) for agent in agents]


def answering(site_id: UUID, *, all_queues: bool = False) -> Select[Agent]:
    """Everybody who answers the customers of a site; of them only those who see `all_queues`, if that is asked."""
    here = select(AgentSite.agent_id).where(AgentSite.site_id == site_id, AgentSite.suspended_at.is_(None))
    here = here.where(AgentSite.role.in_(roles("answer")))
    here = here.where(AgentSite.all_queues) if all_queues else here
    return select(Agent).where(Agent.id.in_(here), Agent.invited.is_(False)).order_by(Agent.name, Agent.id)


def colleague(agent: Agent) -> Colleague:
    return Colleague.model_validate(
        {"id": agent.id, "name": agent.name, "picture": agent.picture, "presence": agent.presence}
    )


async def works_for(work: UnitOfWork, agent_id: UUID, site_id: UUID) -> bool:
    membership = await work.db.get(AgentSite, (agent_id, site_id))
    return membership is not None and membership.suspended_at is None


async def by_email(work: UnitOfWork, email: str) -> Agent | None:
    return await work.db.scalar(select(Agent).where(Agent.email == email.strip().lower()))


async def sites_of(work: UnitOfWork, email: str) -> set[UUID]:
    """All sites that somebody works for, also those where he is suspended."""
    his = select(AgentSite.site_id).join(Agent, Agent.id == AgentSite.agent_id).where(Agent.email == email.lower())
    return set(await work.db.scalars(his))


async def invite(work: UnitOfWork, *, email: str) -> Agent:
    """Somebody who has not come yet: without a password, and named by his address until he says his name."""
    agent = Agent(
        id=new_id(),
        email=email.lower(),
        name=email.partition("@")[0][:100],
        password_hash="",
        presence_since=work.now,
        idle_since=work.now,
        invited=True,
        email_proved=False,
    )
    work.db.add(agent)
    await work.db.flush()
    return agent


async def hire(
    work: UnitOfWork, *, email: str, name: str, password_hash: str, role: Role, site_ids: Sequence[UUID]
) -> Agent:
    agent = Agent(
        id=new_id(),
        email=email.lower(),
        name=name,
        password_hash=password_hash,
        presence_since=work.now,
        idle_since=work.now,
    )
    work.db.add(agent)
    await work.db.flush()
    work.db.add_all(AgentSite(agent_id=agent.id, site_id=site_id, role=role) for site_id in site_ids)
    return agent


async def join_site(work: UnitOfWork, agent_id: UUID, site_id: UUID, *, role: Role) -> None:
    """He works for one more site; his consoles connect anew and show it."""
    work.db.add(AgentSite(agent_id=agent_id, site_id=site_id, role=role))
    await work.db.flush()
    await work.publish(RightsChanged(agent_id=agent_id))
