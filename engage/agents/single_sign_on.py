"""Signing in at a site's own provider: who begins, who comes back, and whose account that is."""

from collections.abc import Sequence

from sqlalchemy import select

from engage.agents import service
from engage.agents.errors import NobodyKnown
from engage.agents.models import Agent, AgentSite, IdentityProvider
from engage.agents.oidc import Client, Identity
from engage.kit.secrets import Vault
from engage.kit.unit_of_work import UnitOfWork

#: where providers send people back to, below our own address
RETURN_PATH = "/sso/return"


async def offered(work: UnitOfWork) -> Sequence[IdentityProvider]:
    """The buttons of the sign-in page."""
    rows = select(IdentityProvider).where(IdentityProvider.enabled).order_by(IdentityProvider.label)
    return (await work.db.scalars(rows)).all()


def client_of(row: IdentityProvider, vault: Vault, own_origin: str) -> Client:
    secret = vault.open(row.client_secret_sealed) if row.client_secret_sealed else None
    return Client(row.client_id, secret, own_origin + RETURN_PATH)


async def account_of(work: UnitOfWork, row: IdentityProvider, identity: Identity) -> Agent:
    """Whose sign-in this is: somebody of this provider's own site, or somebody new where that is allowed.

    A provider vouches for people of sites that chose it: else the admin of one could come in as anybody of another.
    Raises NobodyKnown.
    """
    if identity.email.rpartition("@")[2] not in row.domains:
        raise NobodyKnown
    agent = await service.by_email(work, identity.email)
    if agent is None and row.role_of_new is not None:
        return await _hired(work, row, identity)
    if agent is None or not await _is_its_own(work, row, agent):
        raise NobodyKnown
    agent.invited = False
    return agent


async def _is_its_own(work: UnitOfWork, row: IdentityProvider, agent: Agent) -> bool:
    """Every site he works for trusts this provider."""
    if not await service.works_for(work, agent.id, row.site_id):
        return False
    same = select(IdentityProvider.site_id).where(IdentityProvider.issuer == row.issuer, IdentityProvider.enabled)
    return await service.sites_of(work, agent.email) <= set(await work.db.scalars(same))


async def _hired(work: UnitOfWork, row: IdentityProvider, identity: Identity) -> Agent:
    agent = await service.invite(work, email=identity.email)
    agent.name, agent.invited = identity.name, False
    work.db.add(AgentSite(agent_id=agent.id, site_id=row.site_id, role=row.role_of_new or "agent"))
    await work.db.flush()
    return agent
