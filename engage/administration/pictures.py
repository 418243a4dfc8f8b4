"""Pictures of people and the logo of a site: drawn anew, shown to everybody, and gone when they are taken away."""

from uuid import UUID

from aiohttp import web

from engage.access.audit import Subject
from engage.access.principals import CallingAgent
from engage.administration.desk import AdminCall, locked_site, may_administer, record
from engage.administration.people import administered_alone
from engage.agents import service
from engage.agents.events import ProfileChanged
from engage.agents.models import Agent
from engage.agents.schemas import Me
from engage.agents.sign_in import an_agent
from engage.conversations import shown_pictures
from engage.kit.routes import Call, Routes
from engage.kit.wire import WireModel
from engage.sites.models import Site

routes = Routes()


class PictureView(WireModel):
    #: its address on this server; none shows initials
    picture: str | None


async def _read_face(request: web.Request, body: None) -> bytes:
    """To draw a picture costs: only for those who may show it."""
    await may_administer(request)
    return await shown_pictures.read_face(request, body)


async def _read_logo(request: web.Request, body: None) -> bytes:
    await may_administer(request)
    return await shown_pictures.read_logo(request, body)


@routes.post("/api/v1/agent/account/picture", may=an_agent, prepare=shown_pictures.read_face)
async def show_me(call: Call[CallingAgent], prepared: bytes) -> Me:
    """My picture, for customers and colleagues."""
    await _picture(call, await service.locked(call.work, call.who.agent_id), prepared)
    return await service.me(call.work, call.who)


@routes.delete("/api/v1/agent/account/picture", may=an_agent)
async def hide_me(call: Call[CallingAgent]) -> None:
    """My initials again."""
    await _picture(call, await service.locked(call.work, call.who.agent_id), None)


@routes.post("/api/v1/admin/sites/{site_id}/people/{agent_id}/picture", may=an_agent, prepare=_read_face)
async def show_person(call: AdminCall, site_id: UUID, agent_id: UUID, prepared: bytes) -> PictureView:
    """His picture, for customers and colleagues of all his sites."""
    agent = await administered_alone(call, site_id, agent_id)
    await _picture(call, agent, prepared)
    record(call, "person.picture_changed", Subject(agent.name, agent.id, site_id))
    return PictureView(picture=agent.picture)


@routes.delete("/api/v1/admin/sites/{site_id}/people/{agent_id}/picture", may=an_agent)
async def hide_person(call: AdminCall, site_id: UUID, agent_id: UUID) -> None:
    """His initials again."""
    agent = await administered_alone(call, site_id, agent_id)
    await _picture(call, agent, None)
    record(call, "person.picture_removed", Subject(agent.name, agent.id, site_id))


async def _picture(call: AdminCall, agent: Agent, content: bytes | None) -> None:
    """Takes a locked agent."""
    shown_pictures.forget(call.request.app, call.work, agent.picture)
    agent.picture = shown_pictures.put(call.request.app, call.work, content, "face") if content else None
    await call.work.db.flush()
    await call.work.publish(ProfileChanged(agent_id=agent.id))


@routes.post("/api/v1/admin/sites/{site_id}/logo", may=an_agent, prepare=_read_logo)
async def show_logo(call: AdminCall, site_id: UUID, prepared: bytes) -> PictureView:
    """The site's logo, in the widget, the help centre and mails."""
    site = await locked_site(call, site_id)
    _logo(call, site, prepared)
    record(call, "site.logo_changed", Subject(site.name, site.id, site.id))
    return PictureView(picture=site.branding["logo"])


@routes.delete("/api/v1/admin/sites/{site_id}/logo", may=an_agent)
async def hide_logo(call: AdminCall, site_id: UUID) -> None:
    """The first letter of its name again."""
    site = await locked_site(call, site_id)
    _logo(call, site, None)
    record(call, "site.logo_removed", Subject(site.name, site.id, site.id))


def _logo(call: AdminCall, site: Site, content: bytes | None) -> None:
    shown_pictures.forget(call.request.app, call.work, site.branding.get("logo"))
    logo = shown_pictures.put(call.request.app, call.work, content, "logo") if content else None
    site.branding = {**site.branding, "logo": logo}
