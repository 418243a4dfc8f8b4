"""Mail of a site: who it comes from, its own mail server, its signature; and a mail to try it."""

from email.utils import parseaddr
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, EmailStr, Field

from engage.access.audit import HIDDEN, Subject
from engage.administration.desk import AdminCall, administered, may_administer, note_change, record
from engage.agents.sign_in import an_agent
from engage.channels.email import sending
from engage.channels.email.models import MailTrouble
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
    #: none uses the server's own
    server: MailServer | None = None
    #: None keeps the stored one
    password: Annotated[str | None, Field(max_length=500)] = None


class MailSetup(WireModel):
    sender: str
    signature: str
    signatures: dict[Language, str]
    server: MailServer | None
    has_password: bool
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
    server = body.server.model_dump() if body.server else None
    site.mail_from = body.sender or None
    site.mail = {"server": server, "signature": body.signature, "password": sealed if server else None}
    site.mail["signatures"] = {language: words for language, words in body.signatures.items() if words.strip()}
    changed = {"password": HIDDEN} if body.password is not None else {}
    await note_change(call, site, "site.mail_changed", before, _told(site) | changed)
    return await _view(call, site)


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
        "server": site.mail.get("server"),
    }


async def _view(call: AdminCall, site: Site) -> MailSetup:
    trouble = await call.work.db.get(MailTrouble, site.id)
    return MailSetup(
        sender=site.mail_from or "",
        signature=site.mail.get("signature", ""),
        signatures=site.mail.get("signatures", {}),
        server=MailServer.model_validate(site.mail["server"]) if site.mail.get("server") else None,
        has_password=bool(site.mail.get("password")),
        trouble=trouble.reason if trouble else None,
        trouble_since=trouble.since if trouble else None,
    )
