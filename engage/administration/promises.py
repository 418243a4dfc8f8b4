"""Promises (SLA policies): how soon a site's customers are answered, for whom, and when somebody is warned."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlalchemy import func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record
from engage.administration.outcomes import Order
from engage.agents.sign_in import an_agent
from engage.engagements import promises
from engage.engagements.models import SlaPolicy
from engage.engagements.schemas import ChannelName
from engage.kit.errors import Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Trimmed, WireModel
from engage.sites import service as sites
from engage.sites.models import Queue
from engage.sites.schemas import QueueName

routes = Routes()

#: up to ninety days
Minutes = Annotated[int, Field(ge=1, le=129_600)]
Tier = Annotated[Trimmed, Field(min_length=1, max_length=40)]


class UnknownQueue(Invalid):
    """A queue on the list is not of this site."""

    code = "unknown_queue"


class PromiseForm(WireModel):
    name: Annotated[Trimmed, Field(min_length=1, max_length=60)]
    #: it holds for work of these queues, channels and tiers; none of them: for any
    queue_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    channels: Annotated[tuple[ChannelName, ...], Field(max_length=20)] = ()
    tiers: Annotated[tuple[Tier, ...], Field(max_length=20)] = ()
    first_response_minutes: Minutes | None = None
    next_response_minutes: Minutes | None = None
    resolution_minutes: Minutes | None = None
    #: only the time counts in which the site is open
    in_business_hours: bool = True
    #: percent of a promise after which somebody is warned; 100 warns nobody
    warn_percent: Annotated[int, Field(ge=1, le=100)] = 80
    #: how much further in front waiting work stands for each threshold, in minutes of waiting
    raise_minutes: Annotated[int, Field(ge=0, le=1440)] = 15

    @model_validator(mode="after")
    def promises_something(self) -> Self:
        if not (self.first_response_minutes or self.next_response_minutes or self.resolution_minutes):
            raise ValueError("Name at least one promise.")
        return self


class PromiseView(PromiseForm):
    id: UUID


class Promises(WireModel):
    #: in their order: the first that holds counts
    items: list[PromiseView]
    #: the site's queues, to choose from
    queues: list[QueueName]


@routes.get("/api/v1/admin/sites/{site_id}/promises", may=an_agent)
async def list_promises(call: AdminCall, site_id: UUID) -> Promises:
    """The site's promises, in their order."""
    await administered(call, site_id)
    queues = await sites.queues_of(call.work, site_id)
    return Promises(
        items=[_view(policy) for policy in await promises.policies_of(call.work, site_id)],
        queues=[QueueName(id=queue.id, name=queue.name) for queue in queues],
    )


@routes.post("/api/v1/admin/sites/{site_id}/promises", may=an_agent, status=201)
async def add_promise(call: AdminCall, site_id: UUID, body: PromiseForm) -> PromiseView:
    """Add a promise at the end of the list; for open work it counts from now on. Raises UnknownQueue."""
    await administered(call, site_id)
    await _must_know(call.work, site_id, body)
    last = await call.work.db.scalar(select(func.max(SlaPolicy.position)).where(SlaPolicy.site_id == site_id))
    policy = SlaPolicy(id=new_id(), site_id=site_id, position=(last or 0) + 1, **_columns(body))
    call.work.db.add(policy)
    record(call, "promise.added", Subject(policy.name, policy.id, site_id))
    await promises.look_again(call.work, site_id)
    return _view(policy)


@routes.put("/api/v1/admin/promises/{promise_id}", may=an_agent)
async def change_promise(call: AdminCall, promise_id: UUID, body: PromiseForm) -> PromiseView:
    """Change it; running clocks keep what they have counted. Raises UnknownQueue."""
    policy = await _of(call, promise_id)
    await _must_know(call.work, policy.site_id, body)
    before = await _told(call.work, policy)
    for column, value in _columns(body).items():
        setattr(policy, column, value)
    changes = differences(before, await _told(call.work, policy))
    record(call, "promise.changed", Subject(policy.name, policy.id, policy.site_id), changes)
    await promises.look_again(call.work, policy.site_id)
    return _view(policy)


@routes.delete("/api/v1/admin/promises/{promise_id}", may=an_agent)
async def retire_promise(call: AdminCall, promise_id: UUID) -> None:
    """It holds for nobody any more; open work has the next one that holds, or none."""
    policy = await _of(call, promise_id)
    policy.retired = True
    record(call, "promise.retired", Subject(policy.name, policy.id, policy.site_id))
    await promises.look_again(call.work, policy.site_id)


@routes.put("/api/v1/admin/sites/{site_id}/promises/order", may=an_agent, status=204)
async def order_promises(call: AdminCall, site_id: UUID, body: Order) -> None:
    """Put the promises into this order: the first that holds counts."""
    site = await administered(call, site_id)
    places = {promise_id: place for place, promise_id in enumerate(body.ids)}
    for policy in await promises.policies_of(call.work, site_id):
        policy.position = places.get(policy.id, len(places))
    record(call, "promise.ordered", Subject(site.name, site.id, site.id))
    await promises.look_again(call.work, site_id)


async def _of(call: AdminCall, promise_id: UUID) -> SlaPolicy:
    policy = await call.work.db.get(SlaPolicy, promise_id, with_for_update={"key_share": True})
    if policy is None or policy.retired:
        raise NotFound
    await administered(call, policy.site_id)
    return policy


async def _must_know(work: UnitOfWork, site_id: UUID, form: PromiseForm) -> None:
    if set(form.queue_ids) - (await _names(work, site_id)).keys():
        raise UnknownQueue


async def _names(work: UnitOfWork, site_id: UUID) -> dict[UUID, str]:
    """Of all its queues, also of those that take no work any more."""
    return dict((await work.db.execute(select(Queue.id, Queue.name).where(Queue.site_id == site_id))).all())


def _columns(form: PromiseForm) -> dict[str, Any]:
    return form.model_dump(exclude={"queue_ids"}) | {"queue_ids": [str(each) for each in form.queue_ids]}


def _view(policy: SlaPolicy) -> PromiseView:
    return PromiseView.model_validate(policy, from_attributes=True)


async def _told(work: UnitOfWork, policy: SlaPolicy) -> dict[str, Any]:
    """What the audit log compares, with names in the place of ids."""
    names = await _names(work, policy.site_id)
    told = _view(policy).model_dump(mode="json", exclude={"id", "queue_ids"})
    return told | {"queues": [names[UUID(each)] for each in policy.queue_ids]}
