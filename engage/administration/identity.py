"""How a site vouches for its visitors: its secret or public key, and a place to try a token out."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field

from engage.access import tokens
from engage.access.audit import HIDDEN, Subject
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.contacts import identity, known, site_keys
from engage.contacts.identity import Claims
from engage.contacts.models import IdentityMethod, SiteIdentity
from engage.kit.errors import EngageError
from engage.kit.outgoing import OUTGOING
from engage.kit.routes import SHOWN_ONCE, Reply, Routes, path_value
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import Moment, PlainText, WireModel
from engage.sites import service as sites

routes = Routes()

#: the secret before the newest one counts for so long
OVERLAP = timedelta(hours=24)


class IdentityView(WireModel):
    #: what `aud` must say
    site_key: str
    method: IdentityMethod
    #: none was made yet
    secret_made_at: Moment | None
    #: the secret before it counts until then
    old_secret_until: Moment | None
    public_key: str | None
    jwks_url: str | None


class IdentityForm(WireModel):
    method: IdentityMethod
    public_key: Annotated[PlainText | None, Field(max_length=5000)] = None
    jwks_url: Annotated[PlainText | None, Field(max_length=500)] = None


class NewSecret(WireModel):
    """The secret itself, this one time."""

    secret: str
    identity: IdentityView


class TokenToTry(WireModel):
    token: Annotated[PlainText, Field(max_length=8000)]


class TokenVerdict(WireModel):
    """What a site's token would do, without using it up."""

    good: bool
    #: a word for a machine and a sentence for a person, when it is not good
    reason: str | None
    sentence: str | None
    sub: str | None
    name: str | None
    email: str | None
    expires_at: Moment | None


@routes.get("/api/v1/admin/sites/{site_id}/identity", may=an_agent)
async def read_identity(call: AdminCall, site_id: UUID) -> IdentityView:
    """How the site vouches for its visitors; never the secret."""
    site = await administered(call, site_id)
    return _view(site.key, await call.work.db.get(SiteIdentity, site_id))


async def _may_administer(request: web.Request) -> str:
    """Before anything is fetched for him: the key of the site that he administers. Raises NotYours, NotAllowed."""
    async with request.app[UNITS].read() as work:
        who = await an_agent(request, work)
        site_id = path_value(UUID, request.match_info["site_id"])
        who.must("administer", site_id)
        return (await sites.by_id(work, site_id)).key


async def _checked(request: web.Request, body: IdentityForm) -> None:
    """A key set's address is asked once, so that a mistake shows now and not to a visitor."""
    await _may_administer(request)
    if body.method == "public_key":
        identity.public_key(body.public_key or "")
    elif body.method == "jwks":
        identity.key_set((await request.app[OUTGOING].get(body.jwks_url or "")).json())


@routes.post("/api/v1/admin/sites/{site_id}/identity", may=an_agent, prepare=_checked)
async def change_identity(call: AdminCall, site_id: UUID, body: IdentityForm, prepared: None) -> IdentityView:
    """Choose between a secret, a public key and a key set."""
    site = await administered(call, site_id)
    setup = await _setup(call, site_id)
    before = setup.method
    setup.method = body.method
    setup.public_key = body.public_key if body.method == "public_key" else setup.public_key
    setup.jwks_url = body.jwks_url if body.method == "jwks" else setup.jwks_url
    record(call, "identity.changed", Subject(site.name, site.id, site.id), {"method": [before, setup.method]})
    return _view(site.key, setup)


@routes.post("/api/v1/admin/sites/{site_id}/identity/secret", may=an_agent, status=201)
async def make_secret(call: AdminCall, site_id: UUID) -> NewSecret:
    """Make a new secret; the answer is the only place where it can be read. The old one counts for a day."""
    site = await administered(call, site_id)
    setup = await _setup(call, site_id)
    secret = tokens.new_token()
    if setup.secret is not None:
        setup.old_secret, setup.old_secret_until = setup.secret, call.work.now + OVERLAP
    setup.secret, setup.secret_made_at = call.request.app[VAULT].seal(secret), call.work.now
    record(call, "identity.secret_made", Subject(site.name, site.id, site.id), {"secret": [None, HIDDEN]})
    answer = NewSecret(secret=secret, identity=_view(site.key, setup))
    return Reply(answer, 201, SHOWN_ONCE)  # type: ignore[return-value]  # the same body, kept by nobody


async def _tried(request: web.Request, body: TokenToTry) -> Claims | EngageError:
    key = await _may_administer(request)
    try:
        return (await site_keys.claims_of(request.app, key, body.token.strip()))[1]
    except EngageError as problem:
        return problem


@routes.post("/api/v1/admin/sites/{site_id}/identity/try", may=an_agent, prepare=_tried)
async def try_token(call: AdminCall, site_id: UUID, body: TokenToTry, prepared: Claims | EngageError) -> TokenVerdict:
    """Say what is wrong with a token; it is not used up."""
    if isinstance(prepared, EngageError):
        return _verdict(reason=getattr(prepared, "reason", prepared.code), sentence=prepared.detail)
    if await known.was_used(call.work, site_id, prepared):
        return _verdict(reason="used", sentence=identity.SENTENCES["used"])
    return _verdict(prepared)


def _verdict(claims: Claims | None = None, *, reason: str | None = None, sentence: str | None = None) -> TokenVerdict:
    return TokenVerdict(
        good=claims is not None,
        reason=reason,
        sentence=sentence,
        sub=claims.sub if claims else None,
        name=claims.name if claims else None,
        email=claims.email if claims else None,
        expires_at=claims.expires_at if claims else None,
    )


async def _setup(call: AdminCall, site_id: UUID) -> SiteIdentity:
    setup = await call.work.db.get(SiteIdentity, site_id, with_for_update=True)
    if setup is None:
        setup = SiteIdentity(site_id=site_id, method="secret")
        call.work.db.add(setup)
        await call.work.db.flush()
    return setup


def _view(site_key: str, setup: SiteIdentity | None) -> IdentityView:
    setup = setup or SiteIdentity(method="secret")
    return IdentityView(
        site_key=site_key,
        method=setup.method,
        secret_made_at=setup.secret_made_at,
        old_secret_until=setup.old_secret_until,
        public_key=setup.public_key,
        jwks_url=setup.jwks_url,
    )
