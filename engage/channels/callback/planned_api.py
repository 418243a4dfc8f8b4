"""The call-backs to come, for those who make them: who, when, how often tried; a supervisor moves and cancels them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from engage.access import audit, callers
from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.channels.callback import numbers, request, rules, views
from engage.channels.callback.errors import NoSuchCallback
from engage.channels.callback.models import CallbackRequest
from engage.channels.callback.request import Caller
from engage.channels.callback.request_lifecycle import OWN_TO_CANCEL, OWN_TO_MOVE, State
from engage.channels.callback.schemas import CallbackOptions, MoveCallback
from engage.contacts.models import Visitor
from engage.kit.routes import Call, Routes
from engage.kit.wire import Moment, Query, WireModel
from engage.routing import serving, visibility
from engage.sites import service as sites
from engage.sites.models import Queue, Site

routes = Routes()
AgentCall = Call[CallingAgent]
PAGE = 200


class PlannedQuery(Query):
    #: a part of the visitor's name
    name: Annotated[str, Field(max_length=100)] = ""


class PlannedCallback(WireModel):
    id: UUID
    conversation_id: UUID
    site_name: str
    queue_name: str
    #: none: he has said none
    visitor_name: str | None
    #: whole for supervisors; others see its ends until they have the work
    number: str
    #: of whoever is called
    time_zone: str
    state: State
    #: start of the slot or of the next try; none is as soon as possible
    slot_at: Moment | None
    due_at: Moment
    #: calls that were made
    attempts: int
    #: who calls him, or called him last
    agent_name: str | None
    can_cancel: bool
    can_move: bool


class PlannedCallbacks(WireModel):
    items: list[PlannedCallback]
    #: there are more than these
    more: bool


@routes.get("/api/v1/agent/callbacks", may=an_agent)
async def read_planned(call: AgentCall, query: PlannedQuery) -> PlannedCallbacks:
    """Call-backs of my queues that have not ended, the next one first."""
    conditions = [_seen_by(call.who), CallbackRequest.ended_at.is_(None)]
    if name := query.name.strip():
        conditions.append(Visitor.name.icontains(name, autoescape=True))
    found = await _rows(call, conditions)
    return PlannedCallbacks(items=found[:PAGE], more=len(found) > PAGE)


def _seen_by(who: CallingAgent) -> ColumnElement[bool]:
    """As with other work: all of a site, or the queues that he serves and what he had himself."""
    row, whole = CallbackRequest, visibility.whole_sites(who)
    narrow = who.sites_where("answer") - whole
    his = or_(row.queue_id.in_(serving.queues_of(who.agent_id)), row.agent_id == who.agent_id)
    return or_(row.site_id.in_(whole), and_(row.site_id.in_(narrow), his))


async def _rows(call: AgentCall, conditions: Sequence[ColumnElement[bool]]) -> list[PlannedCallback]:
    row, holder = CallbackRequest, aliased(Agent)
    rows = (
        select(row, Visitor.name, Queue.name, Site.name, holder.name)
        .join(Visitor, Visitor.id == row.visitor_id)
        .join(Queue, Queue.id == row.queue_id)
        .join(Site, Site.id == row.site_id)
        .outerjoin(holder, holder.id == row.agent_id)
        .where(*conditions)
        .order_by(row.due_at, row.id)
        .limit(PAGE + 1)
    )
    return [_view(call.who, *each) for each in (await call.work.db.execute(rows)).all()]


def _view(
    who: CallingAgent, row: CallbackRequest, visitor: str | None, queue: str, site: str, agent: str | None
) -> PlannedCallback:
    oversees = row.site_id in who.sites_where("supervise")
    return PlannedCallback(
        id=row.id,
        conversation_id=row.conversation_id,
        site_name=site,
        queue_name=queue,
        visitor_name=visitor,
        number=numbers.shown_e164(row.number) if oversees else numbers.masked(row.number),
        time_zone=row.time_zone,
        state=row.state,
        slot_at=row.slot_at,
        due_at=row.due_at,
        attempts=row.attempts,
        agent_name=agent,
        can_cancel=oversees and row.state in OWN_TO_CANCEL,
        can_move=oversees and row.state in OWN_TO_MOVE,
    )


@routes.get("/api/v1/agent/callbacks/{callback_id}/times", may=an_agent)
async def read_times(call: AgentCall, callback_id: UUID) -> CallbackOptions:
    """When it can be called instead."""
    row = await _supervised(call, callback_id)
    caller = Caller(await sites.by_id(call.work, row.site_id), await rules.read(call.work, row.site_id))
    return await views.options(call.work, caller, zone_name=row.time_zone, topic="")


@routes.put("/api/v1/agent/callbacks/{callback_id}", may=an_agent)
async def reschedule(call: AgentCall, callback_id: UUID, body: MoveCallback) -> PlannedCallback:
    """Another time; its visitor is told. Raises TooLate, SlotTaken, NotNow, CallbackOff."""
    row = await _supervised(call, callback_id)
    before = row.slot_at
    await request.change_time(call.work, row.id, body.slot_at)
    _record(call, row, "callback.moved", {"slot_at": [_said(before), _said(body.slot_at)]})
    return (await _rows(call, [CallbackRequest.id == row.id]))[0]


@routes.post("/api/v1/agent/callbacks/{callback_id}/cancel", may=an_agent, status=204)
async def call_off(call: AgentCall, callback_id: UUID) -> None:
    """Nobody calls; its visitor is told. Raises TooLate."""
    row = await _supervised(call, callback_id)
    await request.cancel(call.work, row.id, by=call.who.name)
    _record(call, row, "callback.cancelled", {})


async def _supervised(call: AgentCall, callback_id: UUID) -> CallbackRequest:
    """Raises NoSuchCallback, NotYours, NotAllowed."""
    row = await call.work.db.get(CallbackRequest, callback_id)
    if row is None:
        raise NoSuchCallback
    call.who.must("supervise", row.site_id)
    return row


def _record(call: AgentCall, row: CallbackRequest, act: str, changes: dict[str, list[str | None]]) -> None:
    actor = audit.agent(call.who, callers.address(call.request))
    audit.record(call.work, actor, act, audit.Subject(numbers.masked(row.number), row.id, row.site_id), changes)


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
