"""Signing in and out, and presence."""

from datetime import timedelta
from uuid import UUID

from aiohttp import web

from engage.access import callers
from engage.access.errors import TooManyAttempts
from engage.access.principals import CallingAgent
from engage.access.tokens import SIGNER
from engage.agents import service, sign_in
from engage.agents.schemas import Me, Presence, SetPresence, SignInForm, SocketTicket
from engage.agents.sign_in import an_agent
from engage.kit.errors import TooMany
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UNITS
from engage.settings import SETTINGS

routes = Routes()

TICKET_LIFE = timedelta(seconds=60)
ATTEMPTS_BY_ADDRESS = Limit("sign_in_address", burst=20, per_minute=20)
ATTEMPTS_BY_BOTH = Limit("sign_in_both", burst=10, per_minute=5)
#: wide, because strangers can spend it: it slows those who try from many addresses and locks nobody out for long
ATTEMPTS_BY_EMAIL = Limit("sign_in_email", burst=200, per_minute=60)


async def somebody_at_our_page(request: web.Request, _work: object) -> None:
    """Permission: nobody is known yet, but the request comes from our own page."""
    sign_in.from_our_page(request)


async def check_password(request: web.Request, body: SignInForm) -> UUID:
    """Raises TooManyAttempts, WrongCredentials."""
    limits = request.app[RATE_LIMITS]
    try:
        address = callers.address(request)
        limits.spend(ATTEMPTS_BY_ADDRESS, address)
        limits.spend(ATTEMPTS_BY_BOTH, f"{address} {body.email.lower()}")
        limits.spend(ATTEMPTS_BY_EMAIL, body.email.lower())
    except TooMany as problem:
        raise TooManyAttempts(**problem.facts) from problem
    return await sign_in.prove(request.app[UNITS], email=body.email, password=body.password)


@routes.post("/api/v1/agent/session", may=somebody_at_our_page, prepare=check_password)
async def open_session(call: Call[None], body: SignInForm, prepared: UUID) -> Me:
    """Sign in; the answer sets the cookie."""
    life = timedelta(hours=call.request.app[SETTINGS].session_hours)
    browser = call.request.headers.get("User-Agent", "")[:400]
    token = await sign_in.sign_in(call.work, prepared, life=life, user_agent=browser)
    me = await service.me(call.work, await sign_in.by_cookie(call.work, token))
    return _with_cookie(call.request, me, token, life)  # type: ignore[return-value]  # the same body with a cookie


def _with_cookie(request: web.Request, me: Me, token: str, life: timedelta) -> web.Response:
    response = web.Response(text=me.model_dump_json(), content_type="application/json")
    response.set_cookie(
        sign_in.COOKIE,
        token,
        max_age=int(life.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=request.secure or (request.app[SETTINGS].public_url or "").startswith("https"),
    )
    return response


@routes.delete("/api/v1/agent/session", may=an_agent)
async def close_session(call: Call[CallingAgent]) -> None:
    """Sign out; this browser's cookie counts no more."""
    await sign_in.sign_out(call.work, call.who)


@routes.get("/api/v1/agent/me", may=an_agent)
async def read_me(call: Call[CallingAgent]) -> Me:
    """Who am I?"""
    return await service.me(call.work, call.who)


@routes.post("/api/v1/agent/socket-ticket", may=an_agent)
async def socket_ticket(call: Call[CallingAgent]) -> SocketTicket:
    """A ticket that opens one socket within a minute."""
    expires_at = call.work.now + TICKET_LIFE
    return SocketTicket(
        ticket=call.request.app[SIGNER].sign(str(call.who.sign_in_id), purpose="agent_socket", expires_at=expires_at)
    )


@routes.put("/api/v1/agent/presence", may=an_agent)
async def put_presence(call: Call[CallingAgent], body: SetPresence) -> Presence:
    """Say that I am available, busy, away, on a break or offline."""
    agent = await service.locked(call.work, call.who.agent_id)
    return await service.set_presence(call.work, agent, body.presence, body.reason)
