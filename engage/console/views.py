"""Saved views: a list of work under a name, for oneself or for everybody of a site."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, literal, or_, select, union_all

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.console import filters, workspace
from engage.console.filters import ViewQuery
from engage.console.models import SavedView
from engage.conversations.models import Conversation
from engage.engagements.models import Engagement
from engage.kit.errors import Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import PlainText, WireModel
from engage.routing import visibility

routes = Routes()
AgentCall = Call[CallingAgent]
MOST_VIEWS = 50
#: a count stops here: whoever has more knows that it is many
COUNTED = 100


class TooManyViews(Invalid):
    """There are fifty views already; remove one first."""

    code = "too_many_views"


class SavedViewForm(WireModel):
    name: Annotated[PlainText, Field(min_length=1, max_length=60)]
    query: ViewQuery
    #: everybody who answers at this site gets it; for its supervisors
    shared_site_id: UUID | None = None


class SavedViewRow(WireModel):
    id: UUID
    name: str
    query: ViewQuery
    shared_site_id: UUID | None
    #: he may change and remove it
    is_mine: bool
    #: at most 100
    count: int


class SavedViews(WireModel):
    items: list[SavedViewRow]


@routes.get("/api/v1/agent/views", may=an_agent)
async def list_views(call: AgentCall) -> SavedViews:
    """My saved views and those shared with me, with how much is in each."""
    shared = SavedView.shared_site_id.in_(call.who.sites_where("answer"))
    rows = select(SavedView).where(or_(SavedView.agent_id == call.who.agent_id, shared)).order_by(SavedView.id)
    found = (await call.work.db.scalars(rows.limit(MOST_VIEWS * 2))).all()
    counts = await _counts(call.work, call.who, found)
    return SavedViews(items=[_row(call.who, view, counts[view.id]) for view in found])


@routes.post("/api/v1/agent/views", may=an_agent, status=201)
async def add_view(call: AgentCall, body: SavedViewForm) -> SavedViewRow:
    """Keep a view under a name."""
    _may_share(call.who, body)
    mine = select(func.count()).where(SavedView.agent_id == call.who.agent_id)
    if (await call.work.db.scalar(mine) or 0) >= MOST_VIEWS:
        raise TooManyViews
    view = SavedView(id=new_id(), agent_id=call.who.agent_id, created_at=call.work.now, **_values(body))
    call.work.db.add(view)
    return await _answer(call, view)


@routes.put("/api/v1/agent/views/{view_id}", may=an_agent)
async def change_view(call: AgentCall, view_id: UUID, body: SavedViewForm) -> SavedViewRow:
    """Rename a view, or keep other filters under its name."""
    view = await _changeable(call, view_id)
    _may_share(call.who, body)
    for name, value in _values(body).items():
        setattr(view, name, value)
    return await _answer(call, view)


@routes.delete("/api/v1/agent/views/{view_id}", may=an_agent)
async def remove_view(call: AgentCall, view_id: UUID) -> None:
    """Forget a view; the work in it stays where it is."""
    await call.work.db.delete(await _changeable(call, view_id))


async def _answer(call: AgentCall, view: SavedView) -> SavedViewRow:
    await call.work.db.flush()
    counts = await _counts(call.work, call.who, [view])
    return _row(call.who, view, counts[view.id])


def _values(form: SavedViewForm) -> dict[str, object]:
    query = form.query.model_dump(mode="json", exclude_defaults=True)
    return {"name": form.name, "query": query, "shared_site_id": form.shared_site_id}


def _may_share(who: CallingAgent, form: SavedViewForm) -> None:
    """Raises NotYours, NotAllowed."""
    if form.shared_site_id is not None:
        who.must("supervise", form.shared_site_id)


async def _changeable(call: AgentCall, view_id: UUID) -> SavedView:
    """His own, or a shared one of a site that he supervises. Raises NotFound."""
    view = await call.work.db.get(SavedView, view_id)
    if view is None or not _is_changeable(call.who, view):
        raise NotFound
    return view


def _is_changeable(who: CallingAgent, view: SavedView) -> bool:
    supervises = view.shared_site_id is not None and who.may("supervise", view.shared_site_id)
    return view.agent_id == who.agent_id or supervises


async def _counts(work: UnitOfWork, who: CallingAgent, views: Sequence[SavedView]) -> dict[UUID, int]:
    """One statement for all of them, each counting no further than a hundred."""
    if not views:
        return {}
    queue_ids = await workspace.queues_of(work, who)
    counted = union_all(*(_count(work, who, view, queue_ids) for view in views))
    return {UUID(key): count for key, count in await work.db.execute(counted)}


def _count(work: UnitOfWork, who: CallingAgent, view: SavedView, queue_ids: list[UUID]):  # type: ignore[no-untyped-def]  # a select of two columns
    query = ViewQuery.model_validate(view.query)
    first = (
        select(Engagement.id)
        .join(Conversation, Conversation.id == Engagement.conversation_id)
        .where(visibility.engagements_of(who), *filters.conditions(query, who, queue_ids, work.now))
        .limit(COUNTED)
        .subquery()
    )
    return select(literal(str(view.id)), func.count()).select_from(first)


def _row(who: CallingAgent, view: SavedView, count: int) -> SavedViewRow:
    return SavedViewRow(
        id=view.id,
        name=view.name,
        query=ViewQuery.model_validate(view.query),
        shared_site_id=view.shared_site_id,
        is_mine=_is_changeable(who, view),
        count=count,
    )
