"""Teams: people of a site who do the same work, named together in queues and notes."""

from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import delete, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, locked_site, record
from engage.administration.queues import Server, must_work_here, people_here
from engage.agents import teams
from engage.agents.events import RightsChanged
from engage.agents.models import Agent, Team
from engage.agents.sign_in import an_agent
from engage.kit.errors import Conflict, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import Trimmed, WireModel
from engage.routing.models import QueueTeam

routes = Routes()


class TeamTaken(Conflict):
    """There is a team of that name already."""

    code = "team_taken"


class TeamForm(WireModel):
    name: Annotated[Trimmed, Field(min_length=1, max_length=60)]
    agent_ids: Annotated[tuple[UUID, ...], Field(max_length=1000)] = ()


class TeamView(TeamForm):
    id: UUID


class Teams(WireModel):
    items: list[TeamView]
    #: who could be in one
    people: list[Server]


@routes.get("/api/v1/admin/sites/{site_id}/teams", may=an_agent)
async def list_teams(call: AdminCall, site_id: UUID) -> Teams:
    """The site's teams, by name, and who is in them."""
    await administered(call, site_id)
    members = await teams.members(call.work, site_id)
    found = await teams.of_site(call.work, site_id)
    items = [TeamView(id=team.id, name=team.name, agent_ids=tuple(members[team.id])) for team in found]
    return Teams(items=items, people=await people_here(call.work, site_id))


@routes.post("/api/v1/admin/sites/{site_id}/teams", may=an_agent, status=201)
async def add_team(call: AdminCall, site_id: UUID, body: TeamForm) -> TeamView:
    """Add a team; queues can be given to it, and notes can name it."""
    await administered(call, site_id)
    await _must_fit(call, site_id, body)
    team = Team(id=new_id(), site_id=site_id, name=body.name)
    call.work.db.add(team)
    await call.work.db.flush()
    await teams.have(call.work, team.id, body.agent_ids)
    record(call, "team.added", Subject(team.name, team.id, site_id))
    return await _view(call, team)


@routes.put("/api/v1/admin/teams/{team_id}", may=an_agent)
async def change_team(call: AdminCall, team_id: UUID, body: TeamForm) -> TeamView:
    """Rename it, or say who is in it; queues come to who joins and leave who goes at once."""
    team = await _of(call, team_id)
    await _must_fit(call, team.site_id, body, but=team.id)
    before = await _told(call, team)
    team.name = body.name
    moved = await teams.have(call.work, team.id, body.agent_ids)
    changes = differences(before, await _told(call, team))
    record(call, "team.changed", Subject(team.name, team.id, team.site_id), changes)
    await _tell(call, moved)
    return await _view(call, team)


@routes.delete("/api/v1/admin/teams/{team_id}", may=an_agent)
async def remove_team(call: AdminCall, team_id: UUID) -> None:
    """It is dissolved: its queues are served by whoever is named for them besides."""
    team = await _of(call, team_id)
    moved = await teams.have(call.work, team.id, ())
    await call.work.db.execute(delete(QueueTeam).where(QueueTeam.team_id == team.id))
    await call.work.db.delete(team)
    record(call, "team.removed", Subject(team.name, team.id, team.site_id))
    await _tell(call, moved)


async def _of(call: AdminCall, team_id: UUID) -> Team:
    """Locked, so that two admins do not put the same person into it. Raises NotFound, NotYours, NotAllowed."""
    team = await call.work.db.get(Team, team_id, with_for_update={"key_share": True})
    if team is None:
        raise NotFound
    await administered(call, team.site_id)
    return team


async def _must_fit(call: AdminCall, site_id: UUID, form: TeamForm, but: UUID | None = None) -> None:
    """Raises TeamTaken, NotOfThisSite."""
    await locked_site(call, site_id)
    others = [team for team in await teams.of_site(call.work, site_id) if team.id != but]
    if form.name.casefold() in {team.name.casefold() for team in others}:
        raise TeamTaken
    await must_work_here(call.work, site_id, form.agent_ids)


async def _tell(call: AdminCall, agent_ids: Collection[UUID]) -> None:
    """A socket keeps the queues it came with: their consoles connect anew."""
    for agent_id in sorted(agent_ids):
        await call.work.publish(RightsChanged(agent_id=agent_id))


async def _told(call: AdminCall, team: Team) -> dict[str, object]:
    """What the audit log compares."""
    ids = (await teams.members(call.work, team.site_id))[team.id]
    names = select(Agent.name).where(Agent.id.in_(ids)).order_by(Agent.name)
    return {"name": team.name, "members": list(await call.work.db.scalars(names))}


async def _view(call: AdminCall, team: Team) -> TeamView:
    members = await teams.members(call.work, team.site_id)
    return TeamView(id=team.id, name=team.name, agent_ids=tuple(members[team.id]))
