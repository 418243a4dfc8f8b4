"""The visitor's REST routes: what can be chosen, asking, moving and taking back; also by a mail's link."""

from uuid import UUID

from engage.access import callers
from engage.access.principals import CallingVisitor
from engage.access.tokens import SIGNER
from engage.channels.callback import links, numbers, request, rules, views
from engage.channels.callback.errors import CallbackOff, NoSuchCallback
from engage.channels.callback.models import CallbackRequest
from engage.channels.callback.numbers import Checked
from engage.channels.callback.request import Caller
from engage.channels.callback.schemas import (
    AskCallback,
    CallbackList,
    CallbackOptions,
    CallbackView,
    CheckNumber,
    LinkedCallback,
    LinkForm,
    MoveByLink,
    MoveCallback,
    NumberChecked,
    OptionsQuery,
)
from engage.contacts.sign_in import a_visitor, anyone
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Reply, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites
from engage.sites.models import Site

routes = Routes()

OPTIONS = Limit("callback_options", burst=60, per_minute=60)
CHECKS = Limit("callback_numbers", burst=60, per_minute=60)
ASKS = Limit("callback_asks", burst=10, per_minute=3)
MOVES = Limit("callback_moves", burst=10, per_minute=1)
LINKS = Limit("callback_links", burst=20, per_minute=10)

VisitorCall = Call[CallingVisitor]


@routes.get("/api/v1/sites/{key}/callback", may=anyone)
async def callback_options(call: Call[None], key: str, query: OptionsQuery) -> CallbackOptions:
    """Whom we call, whether at once, and the free slots."""
    call.request.app[RATE_LIMITS].spend(OPTIONS, callers.address(call.request))
    site = await sites.embedded(call.work, key, call.request)
    return await views.options(call.work, await _caller(call.work, site), zone_name=query.zone, topic=query.topic)


@routes.post("/api/v1/sites/{key}/callback/number", may=anyone)
async def check_number(call: Call[None], key: str, body: CheckNumber) -> NumberChecked:
    """Whether we call this number; asked while it is typed."""
    call.request.app[RATE_LIMITS].spend(CHECKS, callers.address(call.request))
    site = await sites.embedded(call.work, key, call.request)
    caller = await _caller(call.work, site)
    checked = numbers.check(body.number, body.country, caller.rules.countries)
    if isinstance(checked, Checked):
        return NumberChecked(shown=checked.shown, refusal=None)
    return NumberChecked(shown=None, refusal=checked)


async def _caller(work: UnitOfWork, site: Site) -> Caller:
    """Raises CallbackOff."""
    its = await rules.read(work, site.id)
    if not its.on:
        raise CallbackOff
    return Caller(site, its)


@routes.get("/api/v1/visitor/callbacks", may=a_visitor)
async def my_callbacks(call: VisitorCall) -> CallbackList:
    """My call-backs that have not ended, and those of today."""
    return CallbackList(items=await views.all_of_visitor(call.work, call.who.visitor_id))


@routes.post("/api/v1/visitor/callbacks", may=a_visitor, status=201)
async def ask_callback(call: VisitorCall, body: AskCallback) -> CallbackView:
    """Ask to be called, at once or in a slot; from a waiting chat the call keeps its place."""
    address = callers.address(call.request)
    call.request.app[RATE_LIMITS].spend(ASKS, call.who.key)
    row, known = await request.ask(call.work, call.who, body, address=address)
    view = await views.of_visitor(call.work, row)
    return Reply(view, 200) if known else view  # type: ignore[return-value]  # the same body, another status


@routes.put("/api/v1/visitor/callbacks/{callback_id}", may=a_visitor)
async def move_callback(call: VisitorCall, callback_id: UUID, body: MoveCallback) -> CallbackView:
    """Another time; none is as soon as possible. Each is told by mail, so that there is an end of them."""
    call.request.app[RATE_LIMITS].spend(MOVES, call.who.key)
    await _mine(call, callback_id)
    row = await request.change_time(call.work, callback_id, body.slot_at)
    return await views.of_visitor(call.work, row)


@routes.delete("/api/v1/visitor/callbacks/{callback_id}", may=a_visitor)
async def cancel_callback(call: VisitorCall, callback_id: UUID) -> None:
    """Do not call me."""
    await _mine(call, callback_id)
    await request.cancel(call.work, callback_id)


@routes.post("/api/v1/visitor/callbacks/{callback_id}/never", may=a_visitor)
async def never_call_me(call: VisitorCall, callback_id: UUID) -> CallbackView:
    """Do not call me, now or ever: the number goes on the list of those that nobody calls."""
    await _mine(call, callback_id)
    return await views.of_visitor(call.work, await request.never_call(call.work, callback_id))


async def _mine(call: VisitorCall, callback_id: UUID) -> None:
    """Raises NoSuchCallback."""
    row = await call.work.db.get(CallbackRequest, callback_id)
    if row is None or row.visitor_id != call.who.visitor_id:
        raise NoSuchCallback


@routes.post("/api/v1/callback-links/look", may=anyone)
async def look_at_callback(call: Call[None], body: LinkForm) -> LinkedCallback:
    """What a mail's link opens."""
    return await _linked(call, await _opened(call, body.token))


@routes.post("/api/v1/callback-links/move", may=anyone)
async def move_by_link(call: Call[None], body: MoveByLink) -> LinkedCallback:
    """Another time, without sign-in."""
    row = await _opened(call, body.token)
    return await _linked(call, await request.change_time(call.work, row.id, body.slot_at))


@routes.post("/api/v1/callback-links/cancel", may=anyone)
async def cancel_by_link(call: Call[None], body: LinkForm) -> LinkedCallback:
    """Do not call me, without sign-in."""
    row = await _opened(call, body.token)
    return await _linked(call, await request.cancel(call.work, row.id))


@routes.post("/api/v1/callback-links/never", may=anyone)
async def never_by_link(call: Call[None], body: LinkForm) -> LinkedCallback:
    """Do not call me, now or ever, without sign-in."""
    row = await _opened(call, body.token)
    return await _linked(call, await request.never_call(call.work, row.id))


async def _opened(call: Call[None], token: str) -> CallbackRequest:
    call.request.app[RATE_LIMITS].spend(LINKS, callers.address(call.request))
    return await links.opened(call.work, call.request.app[SIGNER], token)


async def _linked(call: Call[None], row: CallbackRequest) -> LinkedCallback:
    site, view = await sites.by_id(call.work, row.site_id), await views.of_visitor(call.work, row)
    caller = Caller(site, await rules.read(call.work, site.id))
    shown = await views.options(call.work, caller, zone_name=row.time_zone, topic="") if view.can_move else None
    return LinkedCallback(callback=view, site_name=site.name, time_zone=row.time_zone, options=shown)
