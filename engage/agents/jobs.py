"""Looks after agents who may have been lost."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from engage.agents import service
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UnitOfWork

#: a worker that lives is never so late
OVERDUE = timedelta(seconds=60)


def timers(grace: timedelta) -> JobTable:
    table = JobTable()

    @table.inside("agents.look_after")
    async def look_after(work: UnitOfWork, payload: dict[str, Any]) -> None:
        """Still there: look again later. Gone for longer than the grace: his work goes to others."""
        agent = await service.locked(work, UUID(payload["agent"]))
        if _is_overdue(payload, work.now):
            await service.look_after(work, agent.id, grace=service.ONLINE_FOR)
        elif service.is_online(agent, work):
            await service.look_after(work, agent.id, grace=grace + service.ONLINE_FOR)
        else:
            await service.lose(work, agent)

    return table


def _is_overdue(payload: dict[str, Any], now: datetime) -> bool:
    """All was down, or the clock was set forward: whoever is there shows it within a beat."""
    due = payload.get("due")
    return due is not None and now - datetime.fromisoformat(due) > OVERDUE
