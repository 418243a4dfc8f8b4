"""A browser that wants to be remembered, and its trail."""

from engage.access import callers
from engage.access.principals import CallingVisitor
from engage.contacts import service
from engage.contacts.schemas import StartVisit, Trail, VisitStarted
from engage.contacts.sign_in import a_visitor, anyone
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Routes
from engage.sites import service as sites

routes = Routes()

SESSIONS = Limit("visitor_sessions", burst=30, per_minute=30)
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


@routes.post("/api/v1/visitor/trail", may=a_visitor, status=204)
async def add_to_trail(call: Call[CallingVisitor], body: Trail) -> None:
    """Pages, searches and articles, so that the agent sees what was tried."""
    call.request.app[RATE_LIMITS].spend(TRAILS, call.who.key)
    await service.add_to_trail(call.work, call.who, body.items)
