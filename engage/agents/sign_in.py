"""Signing in: a password once, then a cookie that only our own pages can use."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import ColumnElement, Select, bindparam, delete, or_, select, update

from engage.access import tokens
from engage.access.errors import NotFromOurPage, NotSignedIn, WrongCredentials
from engage.access.principals import CallingAgent, Membership
from engage.agents import passwords
from engage.agents.events import SignedOut
from engage.agents.models import Agent, AgentSite, SignIn
from engage.kit.db import Db, among, columns_of, db_of
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork, UnitsOfWork
from engage.sites import service as sites

COOKIE = "engage_agent"
#: a header that another site's form or image cannot send: with SameSite=Strict the guard against CSRF
OUR_PAGE = "X-Engage-Request"
SEEN_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    who: CallingAgent
    picture: str | None


async def prove(units: UnitsOfWork, *, email: str, password: str) -> UUID:
    """Whose password this is. Outside of any transaction, for the check takes long on purpose.

    Raises WrongCredentials, which does not say what was wrong.
    """
    async with units.read() as work:
        agent = await work.db.scalar(select(Agent).where(Agent.email == email.strip().lower()))
    if not await passwords.matches(password, agent.password_hash if agent else None) or agent is None:
        raise WrongCredentials
    return agent.id


async def sign_in(
    work: UnitOfWork, agent_id: UUID, *, life: timedelta, user_agent: str | None, address: str | None = None
) -> str:
    """The cookie's value."""
    token = tokens.new_token()
    work.db.add(
        SignIn(
            id=new_id(),
            agent_id=agent_id,
            token_hash=tokens.token_hash(token),
            created_at=work.now,
            expires_at=work.now + life,
            user_agent=user_agent,
            address=address,
            seen_at=work.now,
        )
    )
    await work.db.flush()
    return token


async def sign_out(work: UnitOfWork, who: CallingAgent) -> None:
    """The cookie counts no more, and the sockets it opened end with the commit."""
    await work.db.execute(delete(SignIn).where(SignIn.id == who.sign_in_id))
    await work.publish(SignedOut(sign_in_id=who.sign_in_id))


async def an_agent(request: web.Request, work: UnitOfWork) -> CallingAgent:
    """Permission: a signed-in agent. Raises NotSignedIn, NotFromOurPage."""
    if request.method not in ("GET", "HEAD"):
        from_our_page(request)
    return await by_cookie(work, request.cookies.get(COOKIE))


def from_our_page(request: web.Request) -> None:
    """Raises NotFromOurPage for what another website could have sent."""
    origin = request.headers.get("Origin")
    if OUR_PAGE not in request.headers or (origin is not None and origin != sites.own_origin(request)):
        raise NotFromOurPage


async def by_cookie(work: UnitOfWork, token: str | None) -> CallingAgent:
    """Raises NotSignedIn."""
    who = await _who(work, SignIn.token_hash == tokens.token_hash(token)) if token else None
    if who is None:
        raise NotSignedIn
    return who


async def by_sign_in(work: UnitOfWork, sign_in_id: UUID) -> CallingAgent | None:
    """Whoever holds this sign-in, if it still counts."""
    return await _who(work, SignIn.id == sign_in_id)


async def by_cookie_hashes(work: UnitOfWork, hashes: Collection[str]) -> dict[str, SignedIn]:
    """Whoever holds these sign-ins, as far as they count, by one statement for all of them."""
    sites_of: dict[str, dict[UUID, Membership]] = defaultdict(dict)
    found = (await work.db.execute(_sign_ins(db_of(work.db)), {"hashes": list(hashes), "now": work.now})).all()
    for row in found:
        sites_of[row.token_hash][row.site_id] = Membership(row.role, row.all_queues)
    return {
        row.token_hash: SignedIn(CallingAgent(row.agent_id, row.name, sites_of[row.token_hash], row.id), row.picture)
        for row in found
    }


@cache
def _sign_ins(db: Db) -> Select[Any]:
    """A row for each site that he works for now."""
    sign_in, agent, his = columns_of(SignIn), columns_of(Agent), columns_of(AgentSite)
    of_him = (sign_in.token_hash, sign_in.id, sign_in.agent_id, agent.name, agent.picture)
    rows = select(*of_him, his.site_id, his.role, his.all_queues)
    counts = rows.where(sign_in.expires_at > bindparam("now"), his.suspended_at.is_(None))
    his_own = counts.where(agent.id == sign_in.agent_id, his.agent_id == sign_in.agent_id)
    return his_own.where(among(db, sign_in.token_hash, "hashes"))


async def ended(work: UnitOfWork, sign_in_ids: Collection[UUID]) -> set[UUID]:
    """Those of them that count no more."""
    valid = select(SignIn.id).where(SignIn.id.in_(sign_in_ids), SignIn.expires_at > work.now)
    return set(sign_in_ids) - set(await work.db.scalars(valid))


async def note_seen(work: UnitOfWork, sign_in_ids: Collection[UUID]) -> None:
    """These browsers are there now; written once a minute."""
    stale = or_(SignIn.seen_at.is_(None), SignIn.seen_at < work.now - SEEN_NOTED_EVERY)
    await work.db.execute(update(SignIn).where(SignIn.id.in_(sign_in_ids), stale).values(seen_at=work.now))


async def end_all(work: UnitOfWork, agent_id: UUID, *, but: UUID | None = None) -> None:
    """Every browser of his is signed out at once, but the one named."""
    for each in (await work.db.scalars(select(SignIn).where(SignIn.agent_id == agent_id))).all():
        if each.id != but:
            await end(work, each)


async def end(work: UnitOfWork, row: SignIn) -> None:
    await work.db.delete(row)
    await work.publish(SignedOut(sign_in_id=row.id))


async def _who(work: UnitOfWork, condition: ColumnElement[bool]) -> CallingAgent | None:
    found = (
        await work.db.execute(
            select(SignIn.id, Agent)
            .join(Agent, Agent.id == SignIn.agent_id)
            .where(condition, SignIn.expires_at > work.now)
        )
    ).one_or_none()
    if found is None:
        return None
    sign_in_id, agent = found
    memberships = await memberships_of(work, agent.id)
    return CallingAgent(agent.id, agent.name, memberships, sign_in_id) if memberships else None


async def memberships_of(work: UnitOfWork, agent_id: UUID) -> dict[UUID, Membership]:
    """By site, without those where he is suspended."""
    his = select(AgentSite).where(AgentSite.agent_id == agent_id, AgentSite.suspended_at.is_(None))
    rows = await work.db.scalars(his)
    return {row.site_id: Membership(row.role, row.all_queues) for row in rows}
