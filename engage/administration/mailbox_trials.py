"""Trying a mailbox out: signing in as things stand in the form, and a mail that goes the whole way round."""

import secrets
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.access.audit import Subject
from engage.access.principals import CallingAgent
from engage.administration import mailboxes
from engage.administration.desk import AdminCall, administered, may_administer, record
from engage.administration.mailboxes import MailboxForm, SecretNeeded
from engage.agents import sign_in
from engage.agents.sign_in import an_agent
from engage.channels.email import mailbox_check, sending
from engage.channels.email.letters import NotTaken
from engage.channels.email.mailbox_check import Found, SignIn
from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.schemas import RawMailState
from engage.kit.clock import CLOCK
from engage.kit.errors import NotFound
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Routes, path_value
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import Moment, WireModel
from engage.sites import service as sites
from engage.sites.models import Site

routes = Routes()
TRIALS = Limit("mailbox_trials", burst=10, per_minute=6)
ROUND = "/api/v1/admin/mailboxes/{mailbox_id}/round-trip"


class SignInForm(WireModel):
    """As it stands in the form, saved or not."""

    #: whose stored password is meant where none is typed in
    mailbox_id: UUID | None = None
    mailbox: MailboxForm


class SignInResult(WireModel):
    #: in words, with what the server said; none if all is well
    problem: str | None
    #: how many mails lie in the folder
    mails: int
    folders: list[str]


class RoundTrip(WireModel):
    #: in words, when the mail could not even be sent
    problem: str | None
    #: stands in its subject
    token: str


class Arrival(WireModel):
    arrived_at: Moment | None
    state: RawMailState | None


async def _sign_in(request: web.Request, body: SignInForm) -> Found:
    """Before the transaction: a slow server must not hold it open. Raises SecretNeeded, NotFound."""
    who, site = await may_administer(request)
    request.app[RATE_LIMITS].spend(TRIALS, who.key)
    form = body.mailbox
    secret = form.password or await _stored(request, who, site, body)
    return await mailbox_check.try_sign_in(
        request.app,
        SignIn(form.host, form.port, form.security, form.auth, form.login or form.address, secret, form.folder),
    )


async def _stored(request: web.Request, who: CallingAgent, site: Site, body: SignInForm) -> str:
    """The kept secret, and only for the server that it was typed in for."""
    async with request.app[UNITS].read() as work:
        box = await work.db.get(Mailbox, body.mailbox_id) if body.mailbox_id else None
        if box is None or box.site_id != site.id:
            if body.mailbox_id:
                raise NotFound
            return ""
        if any(getattr(box, field) != getattr(body.mailbox, field) for field in mailboxes.WAY_IN):
            raise SecretNeeded(errors=[{"path": "password", "message": SecretNeeded.__doc__ or ""}])
        stored = mailboxes.secrets_of(Call(request, work, who), box)
    return stored.get("access_token" if box.auth == "oauth" else "password", "")


@routes.post("/api/v1/admin/sites/{site_id}/mailboxes/sign-in", may=an_agent, prepare=_sign_in)
async def try_sign_in(call: AdminCall, site_id: UUID, body: SignInForm, prepared: Found) -> SignInResult:
    """Sign in to the mailbox now, and say what its server answered."""
    site = await administered(call, site_id)
    told = {"address": body.mailbox.address, "host": body.mailbox.host, "worked": prepared.problem is None}
    record(call, "mailbox.tested", Subject(site.name, site.id, site.id), told)
    return SignInResult(problem=prepared.problem, mails=prepared.mails, folders=list(prepared.folders))


async def _send_round(request: web.Request, _body: None) -> RoundTrip:
    async with request.app[UNITS].read() as work:
        who = await sign_in.an_agent(request, work)
        box = await work.db.get(Mailbox, path_value(UUID, request.match_info["mailbox_id"]))
        if box is None:
            raise NotFound
        who.must("administer", box.site_id)
        site = await sites.by_id(work, box.site_id)
    request.app[RATE_LIMITS].spend(TRIALS, who.key)
    token = secrets.token_hex(6)
    return RoundTrip(problem=await _sent(request.app, site, box, token), token=token)


async def _sent(app: web.Application, site: Site, box: Mailbox, token: str) -> str | None:
    try:
        postman = await sending.postman_of(app, site)
        if postman is None:
            return "No mail server is set for sending, so no mail can go round."
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = box.address, box.address, f"Round trip {token}"
        message["Date"], message["Message-ID"] = format_datetime(app[CLOCK].now()), f"<{token}@round-trip.engage>"
        # of our own making: no work for anybody, and no answer
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("This mail shows that mails to this address arrive. Nobody has to answer it.")
        await postman.send(message, sender=box.address, recipients=[box.address])
    except NotTaken as problem:
        return str(problem)[:500]
    return None


@routes.post(ROUND, may=an_agent, prepare=_send_round)
async def send_round_trip(call: AdminCall, mailbox_id: UUID, prepared: RoundTrip) -> RoundTrip:
    """Send a mail to the mailbox, the way answers leave; its arrival is asked for by its token."""
    box = await mailboxes.of(call, mailbox_id)
    record(call, "mailbox.tested", Subject(box.name, box.id, box.site_id), {"sent": prepared.problem is None})
    return prepared


@routes.get(f"{ROUND}/{{token}}", may=an_agent)
async def read_arrival(call: AdminCall, mailbox_id: UUID, token: str) -> Arrival:
    """Whether the mail of a round trip is back, and what became of it."""
    box = await mailboxes.of(call, mailbox_id)
    its = select(RawMail.received_at, RawMail.state).where(
        RawMail.mailbox_id == box.id, RawMail.subject == f"Round trip {token}"
    )
    found = (await call.work.db.execute(its.order_by(RawMail.id.desc()).limit(1))).first()
    return Arrival(arrived_at=found[0], state=found[1]) if found else Arrival(arrived_at=None, state=None)
