"""Single sign-on: the buttons of the sign-in page, the way to the provider, and the way back."""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

import orjson
import structlog
from aiohttp import web

from engage.access import callers
from engage.agents import entrance, oidc, single_sign_on
from engage.agents.entrance import anyone, somebody_at_our_page
from engage.agents.errors import NobodyKnown, NoSiteLeft, ProviderFailed
from engage.agents.models import IdentityProvider
from engage.agents.oidc import Attempt
from engage.agents.single_sign_on import RETURN_PATH
from engage.kit.errors import EngageError, NotFound
from engage.kit.outgoing import OUTGOING
from engage.kit.rate_limit import Limit
from engage.kit.routes import Call, Routes
from engage.kit.secrets import VAULT, SecretUnreadable
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import WireModel
from engage.sites import service as sites

log = structlog.get_logger(__name__)
routes = Routes()

#: holds the attempt, sealed; Lax, for the way back is a link on another website
COOKIE = "engage_sso"
LIFE = timedelta(minutes=10)
ATTEMPTS = Limit("sso", burst=20, per_minute=20)


class ProviderButton(WireModel):
    site_id: UUID
    label: str


class Providers(WireModel):
    items: list[ProviderButton]


class BeginForm(WireModel):
    site_id: UUID


class WayOut(WireModel):
    #: to be opened by the browser
    url: str


@routes.get("/api/v1/agent/sso", may=anyone)
async def list_providers(call: Call[None]) -> Providers:
    """Where one can sign in instead of here."""
    rows = await single_sign_on.offered(call.work)
    return Providers(items=[ProviderButton(site_id=row.site_id, label=row.label) for row in rows])


async def find_way(request: web.Request, body: BeginForm) -> tuple[str, Attempt]:
    """Asks the provider where to go. Raises NotFound, ProviderFailed, AddressRefused, NotReached, TooManyAttempts."""
    entrance.brake(request, (ATTEMPTS, callers.address(request)))
    row = await _enabled(request, body.site_id)
    provider, attempt = await oidc.discover(request.app[OUTGOING], row.issuer), Attempt.new()
    client = single_sign_on.client_of(row, request.app[VAULT], sites.own_origin(request))
    return oidc.authorization_url(provider, client, attempt), attempt


async def _enabled(request: web.Request, site_id: UUID) -> IdentityProvider:
    async with request.app[UNITS].read() as work:
        row = await work.db.get(IdentityProvider, site_id)
    if row is None or not row.enabled:
        raise NotFound
    return row


@routes.post("/api/v1/agent/sso", may=somebody_at_our_page, prepare=find_way)
async def begin_sign_on(call: Call[None], body: BeginForm, prepared: tuple[str, Attempt]) -> WayOut:
    """Begin to sign in at a provider; the answer says where to go."""
    url, attempt = prepared
    until = (call.work.now + LIFE).timestamp()
    kept = orjson.dumps({"site": str(body.site_id), "until": until, **asdict(attempt)}).decode()
    response = web.Response(text=WayOut(url=url).model_dump_json(), content_type="application/json")
    response.set_cookie(
        COOKIE,
        call.request.app[VAULT].seal(kept),
        max_age=int(LIFE.total_seconds()),
        path=RETURN_PATH,
        httponly=True,
        samesite="Lax",
        secure=entrance.is_secure(call.request),
    )
    return response  # type: ignore[return-value]  # the same body with a cookie


async def come_back(request: web.Request) -> web.Response:
    """The provider sent him back: he is in, or at the sign-in page with a word why not."""
    try:
        token = await _signed_in(request)
    except (NobodyKnown, NoSiteLeft) as problem:
        log.info("sso_refused", code=problem.code)
        return _sent_to("/console/#sso=unknown")
    except EngageError as problem:
        log.info("sso_failed", code=problem.code, detail=problem.detail)
        return _sent_to("/console/#sso=failed")
    return entrance.with_cookie(request, _sent_to("/console/"), token)


async def _signed_in(request: web.Request) -> str:
    """The cookie's value. Raises EngageError."""
    entrance.brake(request, (ATTEMPTS, callers.address(request)))
    site_id, attempt = _attempt(request)
    row, outgoing = await _enabled(request, site_id), request.app[OUTGOING]
    client = single_sign_on.client_of(row, request.app[VAULT], sites.own_origin(request))
    provider = await oidc.discover(outgoing, row.issuer)
    now, code = request.app[UNITS].clock.now(), request.query.get("code", "")
    identity = await oidc.identify(outgoing, provider, client, attempt, code=code, now=now)
    async with request.app[UNITS].begin() as work:
        agent = await single_sign_on.account_of(work, row, identity)
        return await entrance.signed_in(request, work, agent)


def _attempt(request: web.Request) -> tuple[UUID, Attempt]:
    """What this browser began, if the answer belongs to it. Raises ProviderFailed."""
    try:
        kept = orjson.loads(request.app[VAULT].open(request.cookies.get(COOKIE, "")))
    except SecretUnreadable as problem:
        raise ProviderFailed("This browser did not begin to sign in.") from problem
    attempt = Attempt(kept["state"], kept["nonce"], kept["verifier"])
    is_late = kept["until"] < request.app[UNITS].clock.now().timestamp()
    if is_late or not attempt.belongs_to(request.query.get("state", "")) or "code" not in request.query:
        raise ProviderFailed("The provider's answer does not belong to this sign-in, or it was broken off.")
    return UUID(kept["site"]), attempt


def _sent_to(path: str) -> web.Response:
    response = web.Response(status=303, headers={"Location": path, "Cache-Control": "no-store"})
    response.del_cookie(COOKIE, path=RETURN_PATH)
    return response
