"""Who serves which queue: everybody who is named for it, and everybody in the teams that are."""

from uuid import UUID

from sqlalchemy import Select, select, union_all

from engage.agents.models import TeamMember
from engage.routing.models import QueueMember, QueueTeam

_BY_NAME = select(QueueMember.queue_id, QueueMember.agent_id, QueueMember.priority, QueueMember.delay_seconds)
_THROUGH_TEAMS = select(QueueTeam.queue_id, TeamMember.agent_id, QueueTeam.priority, QueueTeam.delay_seconds).join(
    TeamMember, TeamMember.team_id == QueueTeam.team_id
)
#: queues and their agents; somebody named twice stands in it twice
SERVING = union_all(_BY_NAME, _THROUGH_TEAMS).subquery("serving").c


def queues_of(agent_id: UUID) -> Select[UUID]:
    """The ids of the queues that he serves."""
    return select(SERVING.queue_id).where(SERVING.agent_id == agent_id)
