"""A centre whose screens go out nearly all at once is down; it is open again when half of its people are back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from engage.agents.events import AgentCame
from engage.agents.models import Agent, AgentSite
from engage.kit.bus import Reactions
from engage.kit.jobs import JobTable, enqueue
from engage.kit.unit_of_work import UnitOfWork
from engage.realtime.events import SocketClosed
from engage.routing import centres
from engage.settings import Settings
from engage.sites.models import Centre

#: what goes out within this time goes out together
TOGETHER = timedelta(seconds=10)
#: looked at so long after the last loss, when the others are gone as well
LOOKED_AFTER = timedelta(seconds=3)
#: of fewer people nothing can be concluded
FEWEST = 5


def watching(settings: Settings) -> tuple[Reactions, JobTable]:
    """Nothing while the setting is off."""
    reactions, jobs = Reactions(), JobTable()
    if settings.centre_loss_percent:
        reactions.on(SocketClosed)(_look_later)
        reactions.on(AgentCame)(_open_again)

        @jobs.inside("routing.watch_centre")
        async def watch(work: UnitOfWork, payload: dict[str, Any]) -> None:
            await _judge(work, UUID(payload["centre"]), settings.centre_loss_percent)

    return reactions, jobs


async def _look_later(work: UnitOfWork, event: SocketClosed) -> None:
    if event.identity.kind != "agent" or not event.last:
        return
    for centre_id in await _centres_of(work, event.identity.id):
        due = work.now + LOOKED_AFTER
        payload = {"centre": str(centre_id)}
        await enqueue(work, "routing.watch_centre", payload, due_at=due, key=f"routing.watch_centre:{centre_id}")


async def _centres_of(work: UnitOfWork, agent_id: UUID) -> list[UUID]:
    his = select(AgentSite.centre_id).where(AgentSite.agent_id == agent_id).order_by(AgentSite.centre_id)
    return [each for each in await work.db.scalars(his) if each is not None]


async def _judge(work: UnitOfWork, centre_id: UUID, percent: int) -> None:
    centre = await work.db.get(Centre, centre_id, with_for_update=True)
    if centre is None or centre.state == "down":
        return
    there, lost = await _counts(work, centre_id)
    if lost >= FEWEST and lost * 100 >= percent * (there + lost):
        await centres.set_state(work, centre, "down", cause="heartbeat")


async def _counts(work: UnitOfWork, centre_id: UUID) -> tuple[int, int]:
    """How many are connected, and how many were a moment ago and meant to stay."""
    here = (
        select(func.count())
        .select_from(Agent)
        .join(AgentSite, AgentSite.agent_id == Agent.id)
        .where(AgentSite.centre_id == centre_id, Agent.presence != "offline")
    )
    since = work.now - TOGETHER - LOOKED_AFTER
    there = await work.db.scalar(here.where(Agent.online_until > work.now))
    lost = await work.db.scalar(here.where(Agent.online_until <= work.now, Agent.online_until > since))
    return there or 0, lost or 0


async def _open_again(work: UnitOfWork, event: AgentCame) -> None:
    for centre_id in await _centres_of(work, event.agent_id):
        centre = await work.db.get(Centre, centre_id, with_for_update=True)
        if centre is None or centre.state != "down" or centre.state_cause != "heartbeat":
            continue
        here = select(Agent.online_until).join(AgentSite, AgentSite.agent_id == Agent.id)
        people = (
            await work.db.scalars(here.where(AgentSite.centre_id == centre_id, Agent.presence != "offline"))
        ).all()
        back = sum(until is not None and until > work.now for until in people)
        if back * 2 >= len(people):
            await centres.set_state(work, centre, "open", cause="heartbeat")
