"""Mail of a site: who it comes from, its own mail server, its signature; and a mail to try it."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, EmailStr, Field
from sqlalchemy import select

from engage.access.audit import HIDDEN, Subject
from engage.administration.desk import AdminCall, administered, may_administer, note_change, record
from engage.administration.mailboxes import QueueName, SecretNeeded
from engage.agents.sign_in import an_agent
from engage.channels.email import resuming, sending
from engage.channels.email.models import Mailbox, MailTrouble
from engage.kit.errors import Invalid
from engage.kit.languages import Language
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Routes
from engage.kit.secrets import VAULT
from engage.kit.wire import Moment, PlainText, WireModel
from engage.sites.mail_server import MailServer
from engage.sites.models import Site

routes = Routes()
TESTS = Limit("mail_tests", burst=5, per_minute=2)


def _sender(text: str) -> str:
    """`Name <address>` or an address, on one line."""
    if not text:
        return text
    address = parseaddr(text)[1]
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as problem:
        raise ValueError("A sender looks like Nordlink <care@nordlink.example>.") from problem
    if any(ord(char) < 32 for char in text):
        raise ValueError("A sender stands on one line.")
    return text.strip()


Signature = Annotated[PlainText, Field(max_length=2000)]


class MailForm(WireModel):
    #: empty is the server's own sender
    sender: Annotated[PlainText, Field(max_length=320), AfterValidator(_sender)] = ""
    #: below every answer by mail
    signature: Signature = ""
    #: in its place for those whom we write to in this language
    signatures: dict[Language, Signature] = Field(default_factory=dict)
    #: a customer who writes this long after his request was closed opens it again; later he begins a new one
    reopen_days: Annotated[int, Field(ge=0, le=3650)] = resuming.REOPENED_DAYS
    #: customers are told by mail that their request was closed
    tells_closed: bool = False
    #: none uses the server's own
    server: MailServer | None = None
    #: None keeps the stored one
    password: Annotated[str | None, Field(max_length=500)] = None


class MailSetup(WireModel):
    sender: str
    signature: str
    signatures: dict[Language, str]
    reopen_days: int
    tells_closed: bool
    server: MailServer | None
    has_password: bool
    #: mailboxes whose consent can be used for sending
    mailboxes: list[QueueName]
    #: why mails cannot leave now, in words
    trouble: str | None
    trouble_since: Moment | None


class TestMail(WireModel):
    to: EmailStr


class TestResult(WireModel):
    sent: bool
    #: in the mail server's words, when it was not sent
    problem: str | None


@routes.get("/api/v1/admin/sites/{site_id}/mail", may=an_agent)
async def read_mail_setup(call: AdminCall, site_id: UUID) -> MailSetup:
    """How the site's mails leave; the password is never shown."""
    site = await administered(call, site_id)
    return await _view(call, site)


@routes.put("/api/v1/admin/sites/{site_id}/mail", may=an_agent)
async def change_mail_setup(call: AdminCall, site_id: UUID, body: MailForm) -> MailSetup:
    """Change sender, server and signature."""
    site = await administered(call, site_id)
    before = _told(site)
    sealed = site.mail.get("password")
    if body.password is not None:
        sealed = call.request.app[VAULT].seal(body.password) if body.password else None
    await _check(call, site, body)
    server = body.server.model_dump(mode="json", exclude_none=True) if body.server else None
    site.mail_from = body.sender or None
    site.mail = {
        "server": server,
        "signature": body.signature,
        "password": sealed if server else None,
        "signatures": {language: words for language, words in body.signatures.items() if words.strip()},
        "reopen_days": body.reopen_days,
        "tells_closed": body.tells_closed,
    }
    changed = {"password": HIDDEN} if body.password is not None else {}
    await note_change(call, site, "site.mail_changed", before, _told(site) | changed)
    return await _view(call, site)


async def _check(call: AdminCall, site: Site, form: MailForm) -> None:
    """A stored password goes to no other server, and no consent is used that was given for another site.

    Raises SecretNeeded, Invalid.
    """
    if form.server is None:
        return
    stored = MailServer.model_validate(site.mail["server"]) if site.mail.get("server") else None
    if site.mail.get("password") and form.password is None and stored is not None and _way(stored) != _way(form.server):
        raise SecretNeeded(errors=[{"path": "password", "message": SecretNeeded.__doc__ or ""}])
    if form.server.mailbox_id is None:
        return
    box = await call.work.db.get(Mailbox, form.server.mailbox_id)
    if box is None or box.site_id != site.id or box.auth != "oauth":
        raise Invalid(errors=[{"path": "server.mailbox_id", "message": "Choose a mailbox that is read by consent."}])


def _way(server: MailServer) -> tuple[object, ...]:
    """Whoever may change it must not learn a stored password by having it sent elsewhere."""
    return server.host, server.port, server.security, server.user


async def _try(request: web.Request, body: TestMail) -> TestResult:
    """Before the transaction: a slow mail server must not hold it open."""
    who, site = await may_administer(request)
    request.app[RATE_LIMITS].spend(TESTS, who.key)
    problem = await sending.try_out(request.app, site, to=str(body.to))
    return TestResult(sent=problem is None, problem=problem)


@routes.post("/api/v1/admin/sites/{site_id}/mail/test", may=an_agent, prepare=_try)
async def send_test_mail(call: AdminCall, site_id: UUID, body: TestMail, prepared: TestResult) -> TestResult:
    """Send a mail as an answer would be sent, and say what the mail server answered."""
    site = await administered(call, site_id)
    told: dict[str, Any] = {"to": str(body.to), "sent": prepared.sent}
    record(call, "site.mail_tested", Subject(site.name, site.id, site.id), told)
    return prepared


def _told(site: Site) -> dict[str, Any]:
    return {
        "sender": site.mail_from,
        "signature": site.mail.get("signature", ""),
        "signatures": site.mail.get("signatures", {}),
        "tells_closed": site.mail.get("tells_closed", False),
        "server": site.mail.get("server"),
        "reopen_days": resuming.reopened_for(site).days,
    }


async def _consented(call: AdminCall, site: Site) -> Sequence[Mailbox]:
    its = select(Mailbox).where(Mailbox.site_id == site.id, Mailbox.auth == "oauth").order_by(Mailbox.name)
    return (await call.work.db.scalars(its)).all()


async def _view(call: AdminCall, site: Site) -> MailSetup:
    trouble = await call.work.db.get(MailTrouble, site.id)
    return MailSetup(
        sender=site.mail_from or "",
        signature=site.mail.get("signature", ""),
        signatures=site.mail.get("signatures", {}),
        reopen_days=resuming.reopened_for(site).days,
        tells_closed=site.mail.get("tells_closed", False),
        server=MailServer.model_validate(site.mail["server"]) if site.mail.get("server") else None,
        has_password=bool(site.mail.get("password")),
        mailboxes=[QueueName(id=each.id, name=each.name) for each in await _consented(call, site)],
        trouble=trouble.reason if trouble else None,
        trouble_since=trouble.since if trouble else None,
    )
