"""What makes routing look again: work that waits, hands that are free, people who come and go."""

from aiohttp import web

from engage.agents.events import AgentCame, AgentLost, PresenceChanged
from engage.agents.models import Agent
from engage.engagements.events import EngagementMoved
from engage.engagements.lifecycle import HELD
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wakes import WAKES
from engage.routing.dispatcher import WAKE
from engage.routing.events import RoutingChanged
from engage.routing.models import ChannelRule

reactions = Reactions()


@reactions.on(PresenceChanged)
async def keep_no_offers(work: UnitOfWork, event: PresenceChanged) -> None:
    if event.presence != "available":
        await jobs.enqueue(work, "routing.withdraw_offers", {"agent": str(event.agent_id)})


@reactions.on(AgentLost)
async def move_his_chats(work: UnitOfWork, event: AgentLost) -> None:
    await jobs.enqueue(work, "routing.release_agent", {"agent": str(event.agent_id)})


@reactions.on(EngagementMoved)
async def weigh(work: UnitOfWork, event: EngagementMoved) -> None:
    """What waits takes of an agent what its channel's rule says now."""
    if event.state != "queued":
        return
    rule = await work.db.get(ChannelRule, (event.site_id, event.channel))
    if rule is not None:
        (await work.db.get_one(Engagement, event.engagement_id)).weight = rule.weight


@reactions.on(EngagementMoved)
async def note_idle(work: UnitOfWork, event: EngagementMoved) -> None:
    """Idle time begins when work leaves an agent's hands."""
    agent_id = event.agent_before
    if agent_id is not None and event.before in HELD and event.state not in HELD:
        work.before_commit(f"agent:{agent_id}:idle", lambda: _idle_now(work, agent_id))


async def _idle_now(work: UnitOfWork, agent_id: object) -> None:
    agent = await work.db.get_one(Agent, agent_id)
    agent.idle_since = work.now
    await work.db.flush()


@reactions.after_commit(EngagementMoved)
@reactions.after_commit(PresenceChanged)
@reactions.after_commit(AgentCame)
@reactions.after_commit(RoutingChanged)
async def look_again(app: web.Application, _event: object) -> None:
    app[WAKES].call(WAKE)
