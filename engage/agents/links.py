"""One-time links that set a password: an invitation, or after "Forgot your password?"."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from engage.access import tokens
from engage.agents.errors import LinkGone
from engage.agents.models import AccountLink, Agent, LinkPurpose
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

LIFE: dict[LinkPurpose, timedelta] = {"invitation": timedelta(days=3), "reset": timedelta(minutes=30)}


async def make(work: UnitOfWork, agent_id: UUID, purpose: LinkPurpose, *, mailed: bool = True) -> str:
    """The token; only its hash is kept."""
    token = tokens.new_token()
    work.db.add(
        AccountLink(
            id=new_id(),
            agent_id=agent_id,
            purpose=purpose,
            token_hash=tokens.token_hash(token),
            mailed=mailed,
            expires_at=work.now + LIFE[purpose],
        )
    )
    await work.db.flush()
    return token


async def look(work: UnitOfWork, token: str, *, lock: bool = False) -> tuple[AccountLink, Agent]:
    """Whose link this is. Raises LinkGone."""
    of_token = select(AccountLink).where(AccountLink.token_hash == tokens.token_hash(token))
    link = await work.db.scalar(of_token.with_for_update() if lock else of_token)
    if link is None or link.expires_at <= work.now:
        raise LinkGone
    return link, await work.db.get_one(Agent, link.agent_id)


async def void_all(work: UnitOfWork, agent_id: UUID) -> None:
    """No link that was ever sent to him opens anything."""
    await work.db.execute(delete(AccountLink).where(AccountLink.agent_id == agent_id))
