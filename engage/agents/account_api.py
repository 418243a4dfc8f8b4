"""My own account: profile, password, second factor, and the browsers where I am signed in."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field
from sqlalchemy import select

from engage.access import callers
from engage.access.principals import CallingAgent
from engage.agents import accounts, enrolment, second_factor, service, sign_in
from engage.agents.errors import NotSetUp
from engage.agents.events import AccountSecured, ProfileChanged
from engage.agents.models import Agent, SignIn
from engage.agents.schemas import ConfirmForm, Me, NewPassword, RecoveryCodes, SecondFactorOffer
from engage.agents.sign_in import an_agent
from engage.kit.errors import NotFound
from engage.kit.languages import Language
from engage.kit.routes import SHOWN_ONCE, Call, Reply, Routes
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import Moment, PlainText, WireModel

routes = Routes()
AgentCall = Call[CallingAgent]


class AccountView(WireModel):
    name: str
    email: str
    #: below his mails, by language; where there is none, his name stands there
    signatures: dict[str, str]
    #: none: he signs in elsewhere
    has_password: bool
    second_factor: bool
    second_factor_required: bool
    recovery_codes_left: int


class ProfileForm(WireModel):
    name: Annotated[PlainText, Field(min_length=1, max_length=100, pattern=r"\S")]
    #: none keeps those that are stored
    signatures: dict[Language, Annotated[PlainText, Field(max_length=1000)]] | None = None


class PasswordForm(WireModel):
    old: Annotated[str, Field(max_length=200)]
    new: NewPassword


class ProofForm(WireModel):
    """The password once more, for what a stranger at an open screen must not do."""

    password: Annotated[str, Field(max_length=200)]


class SignInRow(WireModel):
    """A browser where I am signed in."""

    id: UUID
    user_agent: str
    address: str | None
    created_at: Moment
    seen_at: Moment
    is_this: bool


class SignIns(WireModel):
    items: list[SignInRow]


@routes.get("/api/v1/agent/account", may=an_agent)
async def read_account(call: AgentCall) -> AccountView:
    """My account, and how well it is secured."""
    agent = await call.work.db.get_one(Agent, call.who.agent_id)
    return AccountView(
        name=agent.name,
        email=agent.email,
        signatures=agent.signatures,
        has_password=bool(agent.password_hash),
        second_factor=agent.totp_sealed is not None,
        second_factor_required=await second_factor.is_required(call.work, agent.id),
        recovery_codes_left=await second_factor.recovery_codes_left(call.work, agent.id),
    )


@routes.put("/api/v1/agent/account", may=an_agent)
async def change_profile(call: AgentCall, body: ProfileForm) -> Me:
    """Change the name that customers and colleagues see."""
    agent = await service.locked(call.work, call.who.agent_id)
    agent.name = " ".join(body.name.split())
    if body.signatures is not None:
        agent.signatures = {language: words.strip() for language, words in body.signatures.items() if words.strip()}
    await call.work.db.flush()
    await call.work.publish(ProfileChanged(agent_id=agent.id))
    return await service.me(call.work, call.who)


async def check_old_password(request: web.Request, body: PasswordForm) -> str:
    """Raises WrongPassword, ShortPassword, CommonPassword, OwnPassword, TooManyAttempts."""
    agent = await accounts.must_know_password(request.app, await _caller(request), body.old)
    return await accounts.hash_of_good(body.new, email=agent.email, name=agent.name)


@routes.post("/api/v1/agent/account/password", may=an_agent, status=204, prepare=check_old_password)
async def change_password(call: AgentCall, body: PasswordForm, prepared: str) -> None:
    """A new password; every other browser is signed out."""
    agent = await service.locked(call.work, call.who.agent_id)
    await accounts.set_password(call.work, agent, prepared, but=call.who.sign_in_id)
    await accounts.note(call.work, agent, "password.changed", address=callers.address(call.request))
    await accounts.changed_password(call.work, agent)


async def check_proof(request: web.Request, body: ProofForm) -> None:
    """Raises WrongPassword, TooManyAttempts."""
    await accounts.must_know_password(request.app, await _caller(request), body.password)


@routes.post("/api/v1/agent/account/second-factor", may=an_agent, prepare=check_proof)
async def offer_second_factor(call: AgentCall, body: ProofForm, prepared: None) -> SecondFactorOffer:
    """Begin to set up a second factor: a secret for the authenticator app."""
    answer = enrolment.offer(call.request, await call.work.db.get_one(Agent, call.who.agent_id))
    return Reply(answer, 200, SHOWN_ONCE)  # type: ignore[return-value]  # the same body, kept by nobody


@routes.post("/api/v1/agent/account/second-factor/confirm", may=an_agent)
async def confirm_second_factor(call: AgentCall, body: ConfirmForm) -> RecoveryCodes:
    """Turn the second factor on with a first code; the answer holds the recovery codes."""
    answer = await enrolment.confirm(call.request, call.work, call.who.agent_id, body)
    return Reply(answer, 200, SHOWN_ONCE)  # type: ignore[return-value]


@routes.post("/api/v1/agent/account/second-factor/remove", may=an_agent, status=204, prepare=check_proof)
async def remove_second_factor(call: AgentCall, body: ProofForm, prepared: None) -> None:
    """Sign in with the password alone from now on."""
    agent = await service.locked(call.work, call.who.agent_id)
    if agent.totp_sealed is None:
        raise NotSetUp
    await second_factor.turn_off(call.work, agent)
    await accounts.note(call.work, agent, "second_factor.off", address=callers.address(call.request))
    await call.work.publish(AccountSecured(agent_id=agent.id, what="second_factor_off"))


@routes.post("/api/v1/agent/account/recovery-codes", may=an_agent, prepare=check_proof)
async def renew_recovery_codes(call: AgentCall, body: ProofForm, prepared: None) -> RecoveryCodes:
    """New recovery codes; the old ones count no more."""
    agent = await service.locked(call.work, call.who.agent_id)
    if agent.totp_sealed is None:
        raise NotSetUp
    answer = RecoveryCodes(codes=await second_factor.new_recovery_codes(call.work, agent.id))
    return Reply(answer, 200, SHOWN_ONCE)  # type: ignore[return-value]


@routes.get("/api/v1/agent/account/sign-ins", may=an_agent)
async def list_sign_ins(call: AgentCall) -> SignIns:
    """The browsers where I am signed in, the latest first."""
    rows = select(SignIn).where(SignIn.agent_id == call.who.agent_id, SignIn.expires_at > call.work.now)
    found = await call.work.db.scalars(rows.order_by(SignIn.id.desc()))
    return SignIns(items=[_row(call, each) for each in found])


@routes.delete("/api/v1/agent/account/sign-ins/{sign_in_id}", may=an_agent)
async def end_sign_in(call: AgentCall, sign_in_id: UUID) -> None:
    """Sign that browser out."""
    row = await call.work.db.get(SignIn, sign_in_id)
    if row is None or row.agent_id != call.who.agent_id:
        raise NotFound
    await sign_in.end(call.work, row)


@routes.delete("/api/v1/agent/account/sign-ins", may=an_agent)
async def end_other_sign_ins(call: AgentCall) -> None:
    """Sign all other browsers out."""
    await sign_in.end_all(call.work, call.who.agent_id, but=call.who.sign_in_id)


def _row(call: AgentCall, row: SignIn) -> SignInRow:
    return SignInRow(
        id=row.id,
        user_agent=row.user_agent or "",
        address=row.address,
        created_at=row.created_at,
        seen_at=row.seen_at or row.created_at,
        is_this=row.id == call.who.sign_in_id,
    )


async def _caller(request: web.Request) -> UUID:
    async with request.app[UNITS].read() as work:
        return (await an_agent(request, work)).agent_id
