"""The site's own panel beside a conversation: a frame of ours around it, and the signed context for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt
from aiohttp import web

from engage.access.errors import NotSignedIn
from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.console import service
from engage.contacts.models import Contact, Visitor
from engage.conversations.models import Conversation
from engage.kit.errors import EngageError, NotFound
from engage.kit.ids import new_id
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Routes
from engage.kit.secrets import VAULT
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.kit.wire import Moment, WireModel
from engage.sites import origins
from engage.sites import service as sites
from engage.sites.side_panel import SidePanel

routes = Routes()
CONTEXTS = Limit("side_panel_contexts", burst=60, per_minute=120)
#: long enough to be taken over the network, too short to be of use to whoever finds it
LIFE = timedelta(seconds=60)


class SidePanelContext(WireModel):
    """Who is talked with, signed with the panel's secret (JWT, HS256)."""

    token: str
    expires_at: Moment


@routes.post("/api/v1/agent/conversations/{conversation_id}/side-panel", may=an_agent)
async def sign_context(call: Call[CallingAgent], conversation_id: UUID) -> SidePanelContext:
    """The signed context of a conversation for the site's own panel; good for a minute."""
    call.request.app[RATE_LIMITS].spend(CONTEXTS, call.who.key)
    conversation = await service.visible(call.work, call.who, conversation_id)
    panel = await _panel(call.work, conversation)
    expires_at = call.work.now + LIFE
    claims = {
        "iss": sites.own_origin(call.request),
        "aud": origins.origin_of(panel.url),
        "iat": int(call.work.now.timestamp()),
        "exp": int(expires_at.timestamp()),
        "jti": str(new_id()),
        **await _context(call.work, call.who, conversation),
    }
    secret = call.request.app[VAULT].open(panel.sealed_secret)
    return SidePanelContext(token=jwt.encode(claims, secret, "HS256"), expires_at=expires_at)


async def frame(request: web.Request) -> web.Response:
    """A page of ours around the panel: it may hold this one origin and nothing else."""
    try:
        async with request.app[UNITS].read() as work:
            who = await an_agent(request, work)
            conversation = await service.visible(work, who, _id(request))
            panel = await _panel(work, conversation)
    except EngageError as problem:
        return web.Response(status=403 if isinstance(problem, NotSignedIn) else 404)
    response = request.app[TEMPLATES].page("console/side_panel.html", panel=panel, conversation=conversation)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors 'self'; frame-src {origins.origin_of(panel.url)}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["conversation_id"])
    except ValueError as problem:
        raise NotFound from problem


async def _panel(work: UnitOfWork, conversation: Conversation) -> SidePanel:
    """Raises NotFound where the site has none."""
    panel = await work.db.get(SidePanel, conversation.site_id)
    if panel is None:
        raise NotFound
    return panel


async def _context(work: UnitOfWork, who: CallingAgent, conversation: Conversation) -> dict[str, Any]:
    site = await sites.by_id(work, conversation.site_id)
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    contact = await work.db.get(Contact, visitor.contact_id) if visitor.contact_id else None
    agent = await work.db.get_one(Agent, who.agent_id)
    return {
        "sub": str(contact.id if contact else visitor.id),
        "site": site.key,
        "conversation": {"id": str(conversation.id), "topic": conversation.topic},
        "contact": {
            "id": str(contact.id) if contact else None,
            # the site's own name for him, once it has vouched for him
            "external_id": contact.external_id if contact else None,
            "name": contact.name if contact else None,
            "email": contact.email if contact else None,
            "phone": contact.phone if contact else None,
        },
        "agent": {"id": str(agent.id), "name": agent.name, "email": agent.email},
    }
