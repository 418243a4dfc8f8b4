"""A browser that wants to be remembered, the person behind it, and its trail."""

from aiohttp import web

from engage.access import callers
from engage.access.principals import CallingVisitor
from engage.contacts import known, service, site_keys
from engage.contacts.identity import Claims
from engage.contacts.models import Visitor
from engage.contacts.schemas import Identify, StartVisit, Trail, VisitStarted
from engage.contacts.sign_in import a_visitor, anyone, shown_token
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Routes
from engage.sites import service as sites
from engage.sites.models import Site

routes = Routes()

SESSIONS = Limit("visitor_sessions", burst=30, per_minute=30)
IDENTITIES = Limit("visitor_identities", burst=60, per_minute=60)
TRAILS = Limit("visitor_trail", burst=20, per_minute=20)


@routes.post("/api/v1/visitor/sessions", may=anyone, status=201)
async def start_visit(call: Call[None], body: StartVisit) -> VisitStarted:
    """Remember this browser; the token in the answer is shown once."""
    call.request.app[RATE_LIMITS].spend(SESSIONS, callers.address(call.request))
    site = await sites.by_key(call.work, body.site_key)
    agent = call.request.headers.get("User-Agent", "")[:400]
    visitor, token = await service.remember(
        call.work, site, locale=body.locale, time_zone=body.time_zone, user_agent=agent
    )
    return VisitStarted(token=token, visitor=service.view(visitor))


async def _vouched(request: web.Request, body: Identify) -> tuple[Site, Claims]:
    request.app[RATE_LIMITS].spend(IDENTITIES, callers.address(request))
    return await site_keys.claims_of(request.app, body.site_key, body.jwt)


@routes.post("/api/v1/visitor/identity", may=anyone, prepare=_vouched)
async def identify(call: Call[None], body: Identify, prepared: tuple[Site, Claims]) -> VisitStarted:
    """The site says who this is: what was said anonymously becomes his, and he finds what he said elsewhere."""
    site, claims = prepared
    agent = call.request.headers.get("User-Agent", "")[:400]
    newcomer = service.stranger(call.work, site, locale=body.locale, time_zone=body.time_zone, user_agent=agent)
    who = await service.by_token(call.work, shown_token(call.request))
    browser = await call.work.db.get(Visitor, who.visitor_id) if who and who.site_id == site.id else None
    visitor, token = await known.identify(
        call.work, site, claims, attempt=body.attempt, browser=browser, newcomer=newcomer
    )
    return VisitStarted(token=token, visitor=service.view(visitor))


@routes.post("/api/v1/visitor/sign-out", may=a_visitor, status=204)
async def sign_out(call: Call[CallingVisitor]) -> None:
    """Forget who this browser's visitor is; what an anonymous one said stays his."""
    await known.forget_browser(call.work, shown_token(call.request))


@routes.post("/api/v1/visitor/trail", may=a_visitor, status=204)
async def add_to_trail(call: Call[CallingVisitor], body: Trail) -> None:
    """Pages, searches and articles, so that the agent sees what was tried."""
    call.request.app[RATE_LIMITS].spend(TRAILS, call.who.key)
    await service.add_to_trail(call.work, call.who, body.items)
