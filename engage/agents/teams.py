"""Teams of a site: who is in which one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select

from engage.agents.models import Team, TeamMember
from engage.agents.schemas import TeamName
from engage.kit.unit_of_work import UnitOfWork


async def of_site(work: UnitOfWork, site_id: UUID) -> Sequence[Team]:
    """All of them, by name."""
    mine = select(Team).where(Team.site_id == site_id).order_by(func.lower(Team.name), Team.id)
    return (await work.db.scalars(mine)).all()


def name_of(team: Team) -> TeamName:
    return TeamName(id=team.id, name=team.name)


async def members(work: UnitOfWork, site_id: UUID) -> dict[UUID, list[UUID]]:
    """Who is in each team of the site."""
    rows = select(TeamMember).join(Team, Team.id == TeamMember.team_id).where(Team.site_id == site_id)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for member in await work.db.scalars(rows.order_by(TeamMember.agent_id)):
        found[member.team_id].append(member.agent_id)
    return found


async def teams_of_each(work: UnitOfWork, site_id: UUID) -> dict[UUID, list[UUID]]:
    """The teams of the site that each agent is in."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for team_id, agent_ids in (await members(work, site_id)).items():
        for agent_id in agent_ids:
            found[agent_id].append(team_id)
    return found


async def have(work: UnitOfWork, team_id: UUID, agent_ids: Collection[UUID]) -> set[UUID]:
    """Exactly these are in it from now on; the answer is who came or went."""
    before = set(await work.db.scalars(select(TeamMember.agent_id).where(TeamMember.team_id == team_id)))
    gone, come = before - set(agent_ids), set(agent_ids) - before
    await work.db.execute(delete(TeamMember).where(TeamMember.team_id == team_id, TeamMember.agent_id.in_(gone)))
    work.db.add_all(TeamMember(team_id=team_id, agent_id=agent_id) for agent_id in sorted(come))
    await work.db.flush()
    return gone | come


async def leave_all(work: UnitOfWork, agent_id: UUID, site_id: UUID) -> None:
    """He works for the site no more."""
    here = select(Team.id).where(Team.site_id == site_id)
    await work.db.execute(delete(TeamMember).where(TeamMember.agent_id == agent_id, TeamMember.team_id.in_(here)))
