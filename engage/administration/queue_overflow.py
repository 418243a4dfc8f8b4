"""Where a queue's work goes that waits for too long, is too much, or comes outside of the queue's hours."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import delete, select

from engage.access.audit import Subject, differences
from engage.administration import opening_hours
from engage.administration.desk import AdminCall, administered, record
from engage.administration.opening_hours import HoursForm
from engage.agents.sign_in import an_agent
from engage.kit.errors import Invalid, NotFound
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Trimmed, WireModel
from engage.routing.models import QueueOverflow
from engage.sites.models import Queue, Site
from engage.sites.schemas import QueueName

routes = Routes()
Message = Annotated[Trimmed, Field(max_length=500)]


class UnfitTarget(Invalid):
    """Work can overflow to another queue of this site that takes work."""

    code = "unfit_target"


class QueueHours(HoursForm):
    """A queue's own, beside those of its site."""


class OverflowForm(WireModel):
    #: who waited so long in this queue
    after_seconds: Annotated[int | None, Field(ge=10, le=86_400)] = None
    #: who comes when so many wait before him
    depth: Annotated[int | None, Field(ge=1, le=10_000)] = None
    #: where he goes on; none: he stays, and is told
    target_id: UUID | None = None
    #: what he is told, in the place of our own words
    message: Message = ""
    #: none: the queue has no hours of its own
    hours: QueueHours | None = None
    closed_target_id: UUID | None = None
    closed_message: Message = ""
    #: what whoever overflows may choose instead of waiting, where the site has it
    offers_call: bool = False
    offers_mail: bool = False


class OverflowSetup(OverflowForm):
    #: queues that work may go on in
    others: list[QueueName]
    #: of the site, for hours that begin
    time_zone: str


@routes.get("/api/v1/admin/queues/{queue_id}/overflow", may=an_agent)
async def read_overflow(call: AdminCall, queue_id: UUID) -> OverflowSetup:
    """Where its work goes now."""
    queue, site = await _of(call, queue_id)
    return await _view(call.work, queue, site)


@routes.put("/api/v1/admin/queues/{queue_id}/overflow", may=an_agent)
async def change_overflow(call: AdminCall, queue_id: UUID, body: OverflowForm) -> OverflowSetup:
    """It counts for whoever comes from now on. Raises UnfitTarget."""
    queue, site = await _of(call, queue_id)
    others = {each.id for each in await _others(call.work, queue)}
    if {body.target_id, body.closed_target_id} - others - {None}:
        raise UnfitTarget
    before = (await _form(call.work, queue, site)).model_dump(mode="json")
    await call.work.db.execute(delete(QueueOverflow).where(QueueOverflow.queue_id == queue.id))
    if body != OverflowForm():
        call.work.db.add(_row(queue, body, call.work.now))
    await call.work.db.flush()
    if changes := differences(before, body.model_dump(mode="json")):
        record(call, "queue.overflow_changed", Subject(queue.name, queue.id, site.id), changes)
    return await _view(call.work, queue, site)


async def _of(call: AdminCall, queue_id: UUID) -> tuple[Queue, Site]:
    queue = await call.work.db.get(Queue, queue_id, with_for_update={"key_share": True})
    if queue is None or queue.retired:
        raise NotFound
    return queue, await administered(call, queue.site_id)


def _row(queue: Queue, form: OverflowForm, now: datetime) -> QueueOverflow:
    return QueueOverflow(
        queue_id=queue.id,
        after_seconds=form.after_seconds,
        depth=form.depth,
        target_id=form.target_id,
        message=form.message,
        hours=opening_hours.stored(form.hours, None, now) if form.hours else None,
        closed_target_id=form.closed_target_id,
        closed_message=form.closed_message,
        offers_call=form.offers_call,
        offers_mail=form.offers_mail,
    )


async def _form(work: UnitOfWork, queue: Queue, site: Site) -> OverflowForm:
    row = await work.db.get(QueueOverflow, queue.id, populate_existing=True)
    if row is None:
        return OverflowForm()
    return OverflowForm(
        after_seconds=row.after_seconds,
        depth=row.depth,
        target_id=row.target_id,
        message=row.message,
        hours=_hours(row.hours, site) if row.hours else None,
        closed_target_id=row.closed_target_id,
        closed_message=row.closed_message,
        offers_call=row.offers_call,
        offers_mail=row.offers_mail,
    )


def _hours(stored: dict[str, Any], site: Site) -> QueueHours:
    return QueueHours(**opening_hours.form_of(stored, site.time_zone).model_dump())


async def _others(work: UnitOfWork, queue: Queue) -> list[Queue]:
    others = select(Queue).where(Queue.site_id == queue.site_id, Queue.id != queue.id, ~Queue.retired)
    return list(await work.db.scalars(others.order_by(Queue.position, Queue.id)))


async def _view(work: UnitOfWork, queue: Queue, site: Site) -> OverflowSetup:
    form: dict[str, Any] = (await _form(work, queue, site)).model_dump()
    others = [QueueName(id=each.id, name=each.name) for each in await _others(work, queue)]
    return OverflowSetup(**form, others=others, time_zone=site.time_zone)
