"""The way in: the password, then a code where there is a second factor, or setting one up where there must be."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field

from engage.access import callers
from engage.access.errors import WrongCredentials
from engage.access.lockout import LOCKOUTS
from engage.agents import accounts, enrolment, entrance, second_factor, service, sign_in
from engage.agents.entrance import somebody_at_our_page
from engage.agents.errors import WrongCode
from engage.agents.models import Agent
from engage.agents.schemas import ConfirmForm, Me, RecoveryCodes, SecondFactorOffer, SignInForm
from engage.kit.routes import SHOWN_ONCE, Call, Routes
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import WireModel

routes = Routes()


class TicketForm(WireModel):
    #: from the step before
    ticket: Annotated[str, Field(max_length=500)]


class CodeForm(TicketForm):
    #: of the app, or a recovery code
    code: Annotated[str, Field(max_length=40)]


class ConfirmAtDoor(ConfirmForm):
    ticket: Annotated[str, Field(max_length=500)]


async def check_password(request: web.Request, body: SignInForm) -> UUID:
    """Raises TooManyAttempts, WrongCredentials; a wrong one leaves a line for the sites of whose account it is."""
    address, email = callers.address(request), body.email.strip().lower()
    entrance.brake(request, (entrance.ATTEMPTS_BY_ADDRESS, address), (entrance.ATTEMPTS_BY_EMAIL, email))
    key = f"{address} {email}"
    request.app[LOCKOUTS].attempt(key)
    try:
        agent_id = await sign_in.prove(request.app[UNITS], email=email, password=body.password)
    except WrongCredentials:
        await _note_refusal(request, email)
        raise
    request.app[LOCKOUTS].passed(key)
    return agent_id


async def _note_refusal(request: web.Request, email: str) -> None:
    async with request.app[UNITS].begin() as work:
        if (agent := await service.by_email(work, email)) is not None:
            await accounts.note_refused(work, agent, address=callers.address(request))


@routes.post("/api/v1/agent/session", may=somebody_at_our_page, prepare=check_password)
async def open_session(call: Call[None], body: SignInForm, prepared: UUID) -> Me:
    """Sign in; the answer sets the cookie. Refused with a ticket when another step must be taken first."""
    agent = await call.work.db.get_one(Agent, prepared)
    await entrance.next_step(call, agent)
    return await entrance.let_in(call, agent)


async def check_code(request: web.Request, body: CodeForm) -> UUID:
    """Raises StepOver, WrongCode, TooManyAttempts. A code that was right is used up at once."""
    agent_id = entrance.of_ticket(request, body.ticket, "second_step")
    key = f"code {agent_id}"
    request.app[LOCKOUTS].attempt(key)
    async with request.app[UNITS].begin() as work:
        agent = await service.locked(work, agent_id)
        is_right = await second_factor.accept(work, request.app[VAULT], agent, body.code)
        if not is_right:
            await accounts.note_refused(work, agent, address=callers.address(request))
    if not is_right:
        raise WrongCode
    request.app[LOCKOUTS].passed(key)
    return agent_id


@routes.post("/api/v1/agent/session/code", may=somebody_at_our_page, prepare=check_code)
async def enter_code(call: Call[None], body: CodeForm, prepared: UUID) -> Me:
    """The second step of signing in: a code of the app, or a recovery code."""
    return await entrance.let_in(call, await call.work.db.get_one(Agent, prepared))


@routes.post("/api/v1/agent/session/second-factor", may=somebody_at_our_page)
async def offer_at_door(call: Call[None], body: TicketForm) -> SecondFactorOffer:
    """Somebody who must have a second factor begins to set it up."""
    agent = await call.work.db.get_one(Agent, entrance.of_ticket(call.request, body.ticket, "set_up"))
    return enrolment.offer(call.request, agent)


@routes.post("/api/v1/agent/session/second-factor/confirm", may=somebody_at_our_page)
async def confirm_at_door(call: Call[None], body: ConfirmAtDoor) -> RecoveryCodes:
    """He shows a code of his new second factor and is let in."""
    agent_id = entrance.of_ticket(call.request, body.ticket, "set_up")
    answer = await enrolment.confirm(call.request, call.work, agent_id, body)
    agent = await call.work.db.get_one(Agent, agent_id)
    token = await entrance.signed_in(call.request, call.work, agent)
    response = web.json_response(text=answer.model_dump_json(), headers=SHOWN_ONCE)
    return entrance.with_cookie(call.request, response, token)  # type: ignore[return-value]  # with a cookie
