"""What a site's admin decides about call-backs."""

from uuid import UUID

import phonenumbers

from engage.access import audit, callers
from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.channels.callback import limits, rules
from engage.channels.callback.schemas import CallableCountry, CallbackRules
from engage.channels.callback.steps import CALLS
from engage.kit.db import insert_into
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.routing.events import RoutingChanged
from engage.routing.models import ChannelRule
from engage.sites import service as sites
from engage.sites.models import Site

routes = Routes()
AdminCall = Call[CallingAgent]


class CallbackSettings(WireModel):
    rules: CallbackRules
    #: calls made today, of `rules.calls_a_day`
    called_today: int
    #: countries there are, by their code
    countries: list[CallableCountry]


@routes.get("/api/v1/admin/sites/{site_id}/callback", may=an_agent)
async def read_callback_settings(call: AdminCall, site_id: UUID) -> CallbackSettings:
    """Whom we call back, when, and how often."""
    site = await _administered(call, site_id)
    return await _view(call, site, await rules.read(call.work, site.id))


@routes.put("/api/v1/admin/sites/{site_id}/callback", may=an_agent)
async def change_callback_settings(call: AdminCall, site_id: UUID, body: CallbackRules) -> CallbackSettings:
    """They count from now on; switched off, nobody can ask, and no number is called any more."""
    site = await _administered(call, site_id)
    before = (await rules.locked(call.work, site.id)).model_dump(mode="json")
    await rules.keep(call.work, site.id, body)
    if changes := audit.differences(before, body.model_dump(mode="json")):
        actor = audit.agent(call.who, callers.address(call.request))
        audit.record(call.work, actor, "site.callback_changed", audit.Subject(site.name, site.id, site.id), changes)
    if body.on:
        await alone_with_a_call(call.work, site.id)
    return await _view(call, site, body)


async def _administered(call: AdminCall, site_id: UUID) -> Site:
    """Raises NotYours, NotAllowed."""
    call.who.must("administer", site_id)
    return await sites.by_id(call.work, site_id)


async def alone_with_a_call(work: UnitOfWork, site_id: UUID) -> None:
    """Who calls does nothing else meanwhile, unless the site's rules of channels say otherwise already."""
    rule = {"site_id": site_id, "channel": CALLS.channel, "weight": CALLS.weight, "exclusive": True, "maximum": 1}
    row = insert_into(work.db, ChannelRule).values(**rule, interrupted_by=[])
    await work.db.execute(row.on_conflict_do_nothing())
    await work.publish(RoutingChanged())


async def _view(call: AdminCall, site: Site, its: CallbackRules) -> CallbackSettings:
    return CallbackSettings(
        rules=its,
        called_today=await limits.called_today(call.work, site),
        countries=[
            CallableCountry(code=code, calling_code=phonenumbers.country_code_for_region(code))
            for code in sorted(phonenumbers.SUPPORTED_REGIONS)
        ],
    )
