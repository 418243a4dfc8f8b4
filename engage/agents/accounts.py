"""An agent's own account: his password, and the lines that his coming in leaves in the audit log."""

from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.access import audit
from engage.access.lockout import LOCKOUTS
from engage.agents import links, password_rules, passwords, sign_in
from engage.agents.errors import CommonPassword, OwnPassword, ShortPassword, WrongPassword
from engage.agents.events import AccountSecured
from engage.agents.models import Agent, AgentSite
from engage.agents.password_rules import Refusal
from engage.kit.errors import EngageError
from engage.kit.unit_of_work import UNITS, UnitOfWork

REFUSALS: dict[Refusal, type[EngageError]] = {
    "short": ShortPassword,
    "common": CommonPassword,
    "own": OwnPassword,
}


async def hash_of_good(password: str, *, email: str, name: str) -> str:
    """Outside of any transaction, for it takes long on purpose. Raises ShortPassword, CommonPassword, OwnPassword."""
    if (why := password_rules.refusal(password, email=email, name=name)) is not None:
        raise REFUSALS[why]
    return await passwords.hash_of(password)


async def must_know_password(app: web.Application, agent_id: UUID, password: str) -> Agent:
    """Asked before what a stranger at his open screen must not do. Raises WrongPassword, TooManyAttempts."""
    async with app[UNITS].read() as work:
        agent = await work.db.get_one(Agent, agent_id)
    key = f"own password {agent_id}"
    app[LOCKOUTS].attempt(key)
    if not await passwords.matches(password, agent.password_hash):
        raise WrongPassword
    app[LOCKOUTS].passed(key)
    return agent


async def set_password(work: UnitOfWork, agent: Agent, password_hash: str, *, but: UUID | None = None) -> None:
    """All browsers but the one named are signed out, and no older link opens anything."""
    agent.password_hash, agent.invited = password_hash, False
    await links.void_all(work, agent.id)
    await sign_in.end_all(work, agent.id, but=but)


async def changed_password(work: UnitOfWork, agent: Agent) -> None:
    await work.publish(AccountSecured(agent_id=agent.id, what="password"))


async def note(work: UnitOfWork, agent: Agent, act: str, *, address: str | None) -> None:
    """What he did stands in the log of each site he works for."""
    await _note(work, agent, act, audit.Actor("agent", agent.id, agent.name, address))


async def note_refused(work: UnitOfWork, agent: Agent, *, address: str | None) -> None:
    """Somebody, who may not be he, could not sign in as he."""
    await _note(work, agent, "session.refused", audit.Actor("nobody", None, "", address))


async def note_asked(work: UnitOfWork, agent: Agent, *, address: str | None) -> None:
    """Somebody asked for a new password for him."""
    await _note(work, agent, "password.asked", audit.Actor("nobody", None, "", address))


async def _note(work: UnitOfWork, agent: Agent, act: str, actor: audit.Actor) -> None:
    for site_id in await work.db.scalars(select(AgentSite.site_id).where(AgentSite.agent_id == agent.id)):
        audit.record(work, actor, act, audit.Subject(agent.name, agent.id, site_id))
