"""The numbers of a site that nobody calls, as its admin sees and changes them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from engage.access import audit, callers
from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.channels.callback import do_not_call, numbers, request
from engage.channels.callback.errors import NumberRefused
from engage.channels.callback.models import DoNotCall
from engage.channels.callback.request_lifecycle import OWN_TO_CANCEL
from engage.channels.callback.schemas import NumberText
from engage.kit.errors import NotFound
from engage.kit.routes import Call, Routes
from engage.kit.wire import Moment, Trimmed, WireModel
from engage.sites import service as sites
from engage.sites.models import Site

routes = Routes()
AdminCall = Call[CallingAgent]
MOST_SHOWN = 1_000


class ListedForm(WireModel):
    #: with its country code, or as people of `country` write it
    number: NumberText
    country: Annotated[str, Field(max_length=2)] = ""
    reason: Annotated[Trimmed, Field(max_length=200)] = ""


class ListedNumber(WireModel):
    id: UUID
    #: as people write it
    number: str
    wanted_by: Literal["customer", "agent"]
    #: none: its owner himself, without an agent
    agent_name: str | None
    reason: str
    at: Moment


class ListedNumbers(WireModel):
    items: list[ListedNumber]


@routes.get("/api/v1/admin/sites/{site_id}/do-not-call", may=an_agent)
async def read_do_not_call(call: AdminCall, site_id: UUID) -> ListedNumbers:
    """The numbers that nobody calls, the newest first."""
    return await _all(call, await _administered(call, site_id))


@routes.post("/api/v1/admin/sites/{site_id}/do-not-call", may=an_agent, status=201)
async def list_number(call: AdminCall, site_id: UUID, body: ListedForm) -> ListedNumbers:
    """Nobody calls this number any more; a call-back that waits for it is cancelled. Raises NumberRefused."""
    site = await _administered(call, site_id)
    number = numbers.e164_of(body.number, body.country)
    if number is None:
        raise NumberRefused(reason="impossible")
    waiting = await do_not_call.open_request(call.work, site.id, number)
    if waiting is not None and waiting.state in OWN_TO_CANCEL:
        await request.cancel(call.work, waiting.id, by=call.who.name)
    put = {"wanted_by": "agent", "agent_name": call.who.name, "reason": body.reason}
    if await do_not_call.add(call.work, site.id, number, **put):  # type: ignore[arg-type]  # one value a name
        _record(call, site, "do_not_call.added", number)
    return await _all(call, site)


@routes.delete("/api/v1/admin/do-not-call/{listed_id}", may=an_agent)
async def unlist_number(call: AdminCall, listed_id: UUID) -> None:
    """It may be called again, if somebody asks for it."""
    row = await call.work.db.get(DoNotCall, listed_id)
    if row is None:
        raise NotFound
    site = await _administered(call, row.site_id)
    _record(call, site, "do_not_call.removed", row.number)
    await do_not_call.remove(call.work, row)


async def _all(call: AdminCall, site: Site) -> ListedNumbers:
    rows = await do_not_call.all_of(call.work, site.id, limit=MOST_SHOWN)
    return ListedNumbers(items=[_view(row) for row in rows])


async def _administered(call: AdminCall, site_id: UUID) -> Site:
    """Raises NotYours, NotAllowed."""
    call.who.must("administer", site_id)
    return await sites.by_id(call.work, site_id)


def _record(call: AdminCall, site: Site, act: str, number: str) -> None:
    actor = audit.agent(call.who, callers.address(call.request))
    audit.record(call.work, actor, act, audit.Subject(numbers.shown_e164(number), None, site.id))


def _view(row: DoNotCall) -> ListedNumber:
    return ListedNumber(
        id=row.id,
        number=numbers.shown_e164(row.number),
        wanted_by=row.wanted_by,
        agent_name=row.agent_name,
        reason=row.reason,
        at=row.at,
    )
