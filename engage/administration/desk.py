"""What every administrative act begins and ends with: the right to do it, and its line in the audit log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from aiohttp import web

from engage.access import audit, callers
from engage.access.principals import CallingAgent
from engage.agents import sign_in
from engage.console.events import ChoicesChanged
from engage.kit.routes import Call, path_value
from engage.kit.unit_of_work import UNITS
from engage.sites import service as sites
from engage.sites.events import SiteChanged
from engage.sites.models import Site

AdminCall = Call[CallingAgent]


async def administered(call: AdminCall, site_id: UUID) -> Site:
    """The site, if the caller administers it. Raises NotYours, NotAllowed."""
    call.who.must("administer", site_id)
    return await sites.by_id(call.work, site_id)


async def locked_site(call: AdminCall, site_id: UUID) -> Site:
    """As `administered`, and locked: a colleague who changes another part at the same moment loses nothing."""
    site = await administered(call, site_id)
    await call.work.db.refresh(site, with_for_update={"key_share": True})
    return site


async def may_administer(request: web.Request) -> tuple[CallingAgent, Site]:
    """Asked before what comes ahead of the transaction and costs something. Raises NotYours, NotAllowed."""
    async with request.app[UNITS].read() as work:
        who = await sign_in.an_agent(request, work)
        site_id = path_value(UUID, request.match_info["site_id"])
        who.must("administer", site_id)
        return who, await sites.by_id(work, site_id)


async def supervised(call: AdminCall, site_id: UUID) -> Site:
    """The site, if the caller supervises it. Raises NotYours, NotAllowed."""
    call.who.must("supervise", site_id)
    return await sites.by_id(call.work, site_id)


def record(call: AdminCall, act: str, subject: audit.Subject, changes: Mapping[str, Any] | None = None) -> None:
    audit.record(call.work, audit.agent(call.who, callers.address(call.request)), act, subject, changes)


async def note_change(
    call: AdminCall, site: Site, act: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """A line with what is different, and word to all who keep a copy; a form that changed nothing leaves none."""
    if changes := audit.differences(before, after):
        await call.work.publish(SiteChanged(site_id=site.id, key=site.key))
        record(call, act, audit.Subject(site.name, site.id, site.id), changes)


def tell_choices(call: AdminCall, site_id: UUID) -> None:
    """Consoles of the site show other things to choose from."""
    call.work.push(ChoicesChanged(site_id=site_id))
