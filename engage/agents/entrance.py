"""What every way in ends with: a cookie, a line in the audit log, or the next step."""

from datetime import timedelta
from uuid import UUID

from aiohttp import web

from engage.access import callers
from engage.access.errors import TooManyAttempts
from engage.access.tokens import SIGNER
from engage.agents import accounts, second_factor, service, sign_in
from engage.agents.errors import NoSiteLeft, SecondFactorNeeded, SecondFactorToSetUp, StepOver
from engage.agents.models import Agent
from engage.agents.schemas import Me
from engage.kit.errors import TooMany
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.settings import SETTINGS

#: between the password and the code
STEP_LIFE = timedelta(minutes=5)
ATTEMPTS_BY_ADDRESS = Limit("sign_in_address", burst=20, per_minute=20)
#: wide, because strangers can spend it: it slows those who try from many addresses and locks nobody out for long
ATTEMPTS_BY_EMAIL = Limit("sign_in_email", burst=200, per_minute=60)


async def somebody_at_our_page(request: web.Request, _work: object) -> None:
    """Permission: nobody is known yet, but the request comes from our own page."""
    sign_in.from_our_page(request)


async def anyone(_request: web.Request, _work: object) -> None:
    """Permission: nobody needs to be known."""


def brake(request: web.Request, *limits: tuple[Limit, str]) -> None:
    """Raises TooManyAttempts."""
    try:
        for limit, who in limits:
            request.app[RATE_LIMITS].spend(limit, who)
    except TooMany as problem:
        raise TooManyAttempts(**problem.facts) from problem


async def next_step(call: Call[None], agent: Agent) -> None:
    """After the password. Raises SecondFactorNeeded or SecondFactorToSetUp, with a ticket for that step."""
    if agent.totp_sealed is not None:
        raise SecondFactorNeeded(ticket=_ticket(call, agent, "second_step"))
    if await second_factor.is_required(call.work, agent.id):
        raise SecondFactorToSetUp(ticket=_ticket(call, agent, "set_up"))


def _ticket(call: Call[None], agent: Agent, purpose: str) -> str:
    expires_at = call.work.now + STEP_LIFE
    return call.request.app[SIGNER].sign(str(agent.id), purpose=purpose, expires_at=expires_at)


def of_ticket(request: web.Request, ticket: str, purpose: str) -> UUID:
    """Who has taken the step before. Raises StepOver."""
    said = request.app[SIGNER].read(ticket, purpose=purpose, now=request.app[UNITS].clock.now())
    if said is None:
        raise StepOver
    return UUID(said)


async def let_in(call: Call[None], agent: Agent) -> Me:
    """The last step, however he proved who he is. Raises NoSiteLeft."""
    token = await signed_in(call.request, call.work, agent)
    me = await service.me(call.work, await sign_in.by_cookie(call.work, token))
    response = web.Response(text=me.model_dump_json(), content_type="application/json")
    return with_cookie(call.request, response, token)  # type: ignore[return-value]  # the same body with a cookie


async def signed_in(request: web.Request, work: UnitOfWork, agent: Agent) -> str:
    """A new sign-in of this browser; the cookie's value. Raises NoSiteLeft."""
    if not await sign_in.memberships_of(work, agent.id):
        raise NoSiteLeft
    address, browser = callers.address(request), request.headers.get("User-Agent", "")[:400]
    await accounts.note(work, agent, "session.opened", address=address)
    return await sign_in.sign_in(work, agent.id, life=_life(request), user_agent=browser, address=address)


def with_cookie(request: web.Request, response: web.Response, token: str) -> web.Response:
    response.set_cookie(
        sign_in.COOKIE,
        token,
        max_age=int(_life(request).total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )
    return response


def is_secure(request: web.Request) -> bool:
    return request.secure or (request.app[SETTINGS].public_url or "").startswith("https")


def _life(request: web.Request) -> timedelta:
    return timedelta(hours=request.app[SETTINGS].session_hours)
