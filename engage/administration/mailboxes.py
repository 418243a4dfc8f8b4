"""Mailboxes: the addresses to which a site's customers write, and how we get at their mails."""

import re
from typing import Annotated, Any
from uuid import UUID

import orjson
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field
from sqlalchemy import delete, exists, or_, select

from engage.access.audit import HIDDEN, Subject, differences
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.channels.email.models import Mail, Mailbox, MailboxCursor, MailRule, MailThread, RawMail
from engage.channels.email.providers import PROVIDERS, MailProvider, ProviderName
from engage.channels.email.schemas import MailboxAuth, MailboxProtocol, MailboxSecurity, MailboxState
from engage.kit.errors import Conflict, Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Moment, PlainText, Trimmed, WireModel
from engage.sites import service as sites

routes = Routes()
PATH = "/api/v1/admin/sites/{site_id}/mailboxes"
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
#: what it takes to read a mailbox, and is sent to its server
WAY_IN = ("host", "port", "security", "auth", "login")
TOLD = ("name", "address", "aliases", "queue_id", "protocol", *WAY_IN, "folder", "done_folder", "authserv_id", "is_on")


class AddressTaken(Conflict):
    """There is a mailbox with this address already."""

    code = "mail_address_taken"
    constraint = "uq_mailboxes_address"


class MailboxInUse(Conflict):
    """Mails came to this mailbox or left by it, or a setting names it, so it stays; switch it off instead."""

    code = "mailbox_in_use"


class SecretNeeded(Invalid):
    """With another server or login the password has to be typed in again."""

    code = "mailbox_secret_needed"


def _address(text: str) -> str:
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as problem:
        raise ValueError("This is not an e-mail address.") from problem


def _one_line(text: str) -> str:
    if any(not char.isprintable() for char in text):
        raise ValueError("This must stand on one line.")
    return text


def _host(text: str) -> str:
    if text and not HOST.fullmatch(text):
        raise ValueError("This is not the name of a server.")
    return text


def _secure(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s#]+", url):
        raise ValueError("An address begins with https://.")
    return url


MailAddress = Annotated[str, Field(max_length=320), AfterValidator(_address)]
Line = Annotated[Trimmed, AfterValidator(_one_line)]
Host = Annotated[Trimmed, Field(max_length=255), AfterValidator(_host)]
Url = Annotated[Trimmed, Field(max_length=500), AfterValidator(_secure)]
Secret = Annotated[PlainText | None, Field(max_length=4000), AfterValidator(lambda text: text and _one_line(text))]


class Alias(WireModel):
    """A further address of a mailbox, and where its mails wait."""

    address: MailAddress
    queue_id: UUID


class OAuthForm(WireModel):
    """We, as the mail service knows us."""

    provider: ProviderName = "other"
    client_id: Annotated[Line, Field(max_length=300)] = ""
    #: none keeps the stored one
    client_secret: Secret = None
    #: of a service that is neither of those we know
    authorize_url: Url = ""
    token_url: Url = ""
    scope: Annotated[Line, Field(max_length=500)] = ""


class MailboxForm(WireModel):
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    address: MailAddress
    queue_id: UUID
    aliases: Annotated[list[Alias], Field(max_length=50)] = Field(default_factory=list)
    protocol: MailboxProtocol = "imap"
    host: Host = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 993
    security: MailboxSecurity = "tls"
    auth: MailboxAuth = "password"
    login: Annotated[Line, Field(max_length=320)] = ""
    #: none keeps the stored one
    password: Secret = None
    oauth: OAuthForm = Field(default_factory=OAuthForm)
    folder: Annotated[Line, Field(min_length=1, max_length=255)] = "INBOX"
    done_folder: Annotated[Line, Field(max_length=255)] = ""
    authserv_id: Annotated[Line, Field(max_length=255)] = ""
    is_on: bool = True


class OAuthView(WireModel):
    provider: ProviderName
    client_id: str
    has_client_secret: bool
    authorize_url: str
    token_url: str
    scope: str
    #: who gave consent, as far as the service told; none gave it yet
    account: str | None
    has_consent: bool


class MailboxView(WireModel):
    id: UUID
    name: str
    address: str
    queue_id: UUID
    aliases: list[Alias]
    protocol: MailboxProtocol
    host: str
    port: int
    security: MailboxSecurity
    auth: MailboxAuth
    login: str
    has_password: bool
    oauth: OAuthView
    folder: str
    done_folder: str
    authserv_id: str
    is_on: bool
    state: MailboxState
    trouble: str | None
    trouble_since: Moment | None
    read_at: Moment | None
    last_mail_at: Moment | None


class QueueName(WireModel):
    id: UUID
    name: str


class Mailboxes(WireModel):
    items: list[MailboxView]
    queues: list[QueueName]
    providers: list[MailProvider]
    #: to be entered at a mail service, so that it sends people back to us
    redirect_uri: str


class Switch(WireModel):
    is_on: bool


RETURN_PATH = "/mail-consent/return"


@routes.get(PATH, may=an_agent)
async def list_mailboxes(call: AdminCall, site_id: UUID) -> Mailboxes:
    """The site's mailboxes with their state; secrets are never shown."""
    await administered(call, site_id)
    rows = await call.work.db.scalars(select(Mailbox).where(Mailbox.site_id == site_id).order_by(Mailbox.name))
    queues = await sites.queues_of(call.work, site_id)
    return Mailboxes(
        items=[view(call, row) for row in rows],
        queues=[QueueName(id=each.id, name=each.name) for each in queues],
        providers=list(PROVIDERS.values()),
        redirect_uri=sites.own_origin(call.request) + RETURN_PATH,
    )


@routes.post(PATH, may=an_agent, status=201)
async def add_mailbox(call: AdminCall, site_id: UUID, body: MailboxForm) -> MailboxView:
    """Add a mailbox; it is read from now on if it is on."""
    await administered(call, site_id)
    await _check(call.work, site_id, body, None)
    box = Mailbox(id=new_id(), site_id=site_id, oauth={}, secrets=None, state="connecting", created_at=call.work.now)
    _fill(box, body)
    _keep_secrets(call, box, body, is_moved=False)
    call.work.db.add(box)
    record(call, "mailbox.added", Subject(box.name, box.id, site_id), {"address": [None, box.address]})
    await call.work.db.flush()
    return view(call, box)


@routes.put("/api/v1/admin/mailboxes/{mailbox_id}", may=an_agent)
async def change_mailbox(call: AdminCall, mailbox_id: UUID, body: MailboxForm) -> MailboxView:
    """Change a mailbox; a stored password never goes to another server than the one it was typed in for."""
    box = await of(call, mailbox_id)
    await _check(call.work, box.site_id, body, box)
    before, is_moved = told(box), any(getattr(box, field) != getattr(body, field) for field in WAY_IN)
    _fill(box, body)
    changed = _keep_secrets(call, box, body, is_moved=is_moved)
    box.state, box.trouble, box.trouble_since = ("connecting" if box.is_on else "disabled"), None, None
    if changes := differences(before, told(box)) | {key: [None, HIDDEN] for key in changed}:
        record(call, "mailbox.changed", Subject(box.name, box.id, box.site_id), changes)
    return view(call, box)


@routes.put("/api/v1/admin/mailboxes/{mailbox_id}/on", may=an_agent)
async def switch_mailbox(call: AdminCall, mailbox_id: UUID, body: Switch) -> MailboxView:
    """Read it, or leave it alone; what came stays."""
    box = await of(call, mailbox_id)
    if box.is_on != body.is_on:
        box.is_on, box.state = body.is_on, "connecting" if body.is_on else "disabled"
        box.trouble, box.trouble_since = None, None
        act = "mailbox.switched_on" if body.is_on else "mailbox.switched_off"
        record(call, act, Subject(box.name, box.id, box.site_id))
    return view(call, box)


@routes.delete("/api/v1/admin/mailboxes/{mailbox_id}", may=an_agent)
async def remove_mailbox(call: AdminCall, mailbox_id: UUID) -> None:
    """Remove a mailbox by which no mail came or left yet, and that no rule and no mail server names."""
    box = await of(call, mailbox_id)
    if await _is_used(call.work, box):
        raise MailboxInUse
    await call.work.db.execute(delete(MailboxCursor).where(MailboxCursor.mailbox_id == box.id))
    await call.work.db.delete(box)
    record(call, "mailbox.removed", Subject(box.name, box.id, box.site_id))


async def _is_used(work: UnitOfWork, box: Mailbox) -> bool:
    site = await sites.by_id(work, box.site_id)
    if (site.mail.get("server") or {}).get("mailbox_id") == str(box.id):
        return True
    named_in = (exists().where(each.mailbox_id == box.id) for each in (RawMail, Mail, MailThread, MailRule))
    return bool(await work.db.scalar(select(or_(*named_in))))


async def of(call: AdminCall, mailbox_id: UUID) -> Mailbox:
    """Raises NotFound, NotYours, NotAllowed."""
    box = await call.work.db.get(Mailbox, mailbox_id, with_for_update=True)
    if box is None:
        raise NotFound
    await administered(call, box.site_id)
    return box


async def _check(work: UnitOfWork, site_id: UUID, form: MailboxForm, box: Mailbox | None) -> None:
    """Raises Invalid, AddressTaken."""
    known = {queue.id for queue in await sites.queues_of(work, site_id)}
    if not {form.queue_id, *(each.queue_id for each in form.aliases)} <= known:
        raise Invalid(errors=[{"path": "queue_id", "message": "There is no such queue."}])
    if form.protocol == "imap" and not form.host:
        raise Invalid(errors=[{"path": "host", "message": "Say which server holds the mails."}])
    mine = [form.address, *(each.address for each in form.aliases)]
    if len(set(mine)) < len(mine) or set(mine) & await _addresses_of_others(work, box):
        raise AddressTaken


async def _addresses_of_others(work: UnitOfWork, box: Mailbox | None) -> set[str]:
    rows = select(Mailbox.address, Mailbox.aliases)
    if box is not None:
        rows = rows.where(Mailbox.id != box.id)
    found = (await work.db.execute(rows)).all()
    return {address for first, aliases in found for address in (first, *(each["address"] for each in aliases))}


def _fill(box: Mailbox, form: MailboxForm) -> None:
    for field in ("name", "address", "queue_id", "protocol", *WAY_IN, "folder", "is_on"):
        setattr(box, field, getattr(form, field))
    box.aliases = [each.model_dump(mode="json") for each in form.aliases]
    box.done_folder, box.authserv_id = form.done_folder or None, form.authserv_id or None


def _keep_secrets(call: AdminCall, box: Mailbox, form: MailboxForm, *, is_moved: bool) -> list[str]:
    """Which of them are new. Raises SecretNeeded.

    Whoever may change the server must not learn a stored secret by having it sent to his own; and another client
    at the mail service is another consent.
    """
    stored = secrets_of(call, box)
    if form.auth == "password":
        if is_moved and form.password is None and stored.get("password"):
            raise SecretNeeded(errors=[{"path": "password", "message": SecretNeeded.__doc__ or ""}])
        kept, box.oauth = {"password": form.password or stored.get("password")}, {}
    else:
        kept = _consent_kept(box, form, stored, is_moved=is_moved)
    seal(call, box, {name: secret for name, secret in kept.items() if secret})
    return [name for name in ("password", "client_secret") if kept.get(name) not in (None, stored.get(name))]


def _consent_kept(box: Mailbox, form: MailboxForm, stored: dict[str, str], *, is_moved: bool) -> dict[str, str | None]:
    oauth = _oauth(form.oauth)
    is_same = {field: box.oauth.get(field) for field in oauth} == oauth
    box.oauth = {**(box.oauth if is_same and not is_moved else {}), **oauth}
    tokens = {} if is_moved else {name: stored.get(name) for name in ("refresh_token", "access_token")}
    kept = {"client_secret": stored.get("client_secret"), **tokens} if is_same else {}
    return {**kept, "client_secret": form.oauth.client_secret} if form.oauth.client_secret else kept


def seal(call: AdminCall, box: Mailbox, kept: dict[str, str]) -> None:
    box.secrets = call.request.app[VAULT].seal(orjson.dumps(kept).decode()) if kept else None


def _oauth(form: OAuthForm) -> dict[str, Any]:
    known = PROVIDERS[form.provider]
    return {
        "provider": form.provider,
        "client_id": form.client_id,
        "authorize_url": form.authorize_url or known.authorize_url,
        "token_url": form.token_url or known.token_url,
        "scope": form.scope or known.scope,
    }


def secrets_of(call: AdminCall, box: Mailbox) -> dict[str, str]:
    """Raises SecretUnreadable."""
    if not box.secrets:
        return {}
    opened: dict[str, str] = orjson.loads(call.request.app[VAULT].open(box.secrets))
    return opened


def told(box: Mailbox) -> dict[str, Any]:
    """What the audit log compares."""
    values = {field: getattr(box, field) for field in TOLD}
    oauth = {f"oauth_{name}": box.oauth.get(name) for name in ("provider", "client_id", "token_url", "scope")}
    return {name: str(value) if isinstance(value, UUID) else value for name, value in (values | oauth).items()}


def view(call: AdminCall, box: Mailbox) -> MailboxView:
    stored = secrets_of(call, box)
    return MailboxView(
        **{field: getattr(box, field) for field in ("id", "name", "address", "queue_id", "protocol", *WAY_IN)},
        **{field: getattr(box, field) for field in ("folder", "is_on", "state", "trouble", "trouble_since")},
        aliases=[Alias.model_validate(each) for each in box.aliases],
        has_password=bool(stored.get("password")),
        oauth=_oauth_view(box, stored),
        done_folder=box.done_folder or "",
        authserv_id=box.authserv_id or "",
        read_at=box.read_at,
        last_mail_at=box.last_mail_at,
    )


def _oauth_view(box: Mailbox, stored: dict[str, str]) -> OAuthView:
    told_of = {name: box.oauth.get(name) or "" for name in ("client_id", "authorize_url", "token_url", "scope")}
    return OAuthView(
        provider=box.oauth.get("provider", "other"),
        **told_of,
        has_client_secret=bool(stored.get("client_secret")),
        account=box.oauth.get("account"),
        has_consent=bool(stored.get("refresh_token")),
    )
