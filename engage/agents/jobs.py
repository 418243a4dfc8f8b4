"""Looks after agents who may have been lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from engage.agents import service
from engage.kit import jobs
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UnitOfWork


def timers(grace: timedelta) -> JobTable:
    table = JobTable()

    @table.inside("agents.look_after")
    async def look_after(work: UnitOfWork, payload: dict[str, Any]) -> None:
        """Still there: look again later. Gone for longer than the grace: his work goes to others."""
        agent = await service.locked(work, UUID(payload["agent"]))
        if jobs.is_late(payload, work.now):  # whoever is there shows it within a beat
            await service.look_after(work, agent.id, grace=service.ONLINE_FOR)
        elif service.is_online(agent, work):
            await service.look_after(work, agent.id, grace=grace + service.ONLINE_FOR)
        else:
            await service.lose(work, agent)

    return table
