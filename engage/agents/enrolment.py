"""Setting up a second factor: a secret is proposed, and counts from the first code that is shown of it."""

from uuid import UUID

from aiohttp import web

from engage.access import callers
from engage.access.lockout import LOCKOUTS
from engage.agents import accounts, second_factor, service
from engage.agents.errors import AlreadySetUp, WrongCode
from engage.agents.events import AccountSecured
from engage.agents.models import Agent
from engage.agents.schemas import ConfirmForm, RecoveryCodes, SecondFactorOffer
from engage.kit.secrets import VAULT, SecretUnreadable
from engage.kit.unit_of_work import UnitOfWork


def offer(request: web.Request, agent: Agent) -> SecondFactorOffer:
    """It comes back sealed with the first code, so nothing is stored before it works. Raises AlreadySetUp."""
    if agent.totp_sealed is not None:
        raise AlreadySetUp
    proposal = second_factor.propose(agent.email)
    sealed = request.app[VAULT].seal(f"{agent.id} {proposal.secret}")
    return SecondFactorOffer(secret=proposal.secret, qr=proposal.qr, sealed=sealed)


async def confirm(request: web.Request, work: UnitOfWork, agent_id: UUID, body: ConfirmForm) -> RecoveryCodes:
    """Turns the second factor on. Raises WrongCode, AlreadySetUp, TooManyAttempts."""
    key = f"confirm {agent_id}"
    request.app[LOCKOUTS].attempt(key)
    agent = await service.locked(work, agent_id)
    if agent.totp_sealed is not None:
        raise AlreadySetUp
    secret = _opened(request, body.sealed, agent_id)
    step = second_factor.step_of(secret, body.code, now=work.now, after=None) if secret else None
    if secret is None or step is None:
        raise WrongCode
    request.app[LOCKOUTS].passed(key)
    await work.publish(AccountSecured(agent_id=agent_id, what="second_factor_on"))
    await accounts.note(work, agent, "second_factor.on", address=callers.address(request))
    return RecoveryCodes(codes=await second_factor.turn_on(work, request.app[VAULT], agent, secret=secret, step=step))


def _opened(request: web.Request, sealed: str, agent_id: UUID) -> str | None:
    """The secret, if it was proposed to him."""
    try:
        whose, _, secret = request.app[VAULT].open(sealed).partition(" ")
    except SecretUnreadable:
        return None
    return secret if whose == str(agent_id) else None
