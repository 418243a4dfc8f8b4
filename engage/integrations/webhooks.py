"""Setting up webhooks, and the log of what was delivered."""

from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from aiohttp import web
from pydantic import Field
from sqlalchemy import select

from engage.access import audit, callers
from engage.access.audit import HIDDEN, Subject
from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.integrations import deliveries, events, signing
from engage.integrations.events import TestData
from engage.integrations.models import DeliveryState, Webhook, WebhookDelivery
from engage.kit.errors import Conflict, NotFound
from engage.kit.ids import new_id
from engage.kit.outgoing import OUTGOING
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.routes import SHOWN_ONCE, Call, Reply, Routes, path_value
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import Moment, PlainText, Query, WireModel

routes = Routes()
AdminCall = Call[CallingAgent]
PAGE = 50
MOST_WEBHOOKS = 20
#: deliveries that one replay may send again
MOST_REPLAYED = 500

Subscription = Literal[
    "conversation.created",
    "message.created",
    "engagement.queued",
    "engagement.accepted",
    "engagement.closed",
    "rating.given",
    "contact.updated",
    "promise.warned",
    "promise.broken",
]


class WebhookForm(WireModel):
    url: Annotated[PlainText, Field(min_length=1, max_length=500)]
    events: Annotated[list[Subscription], Field(min_length=1, max_length=20)]
    enabled: bool = True


class WebhookView(WireModel):
    id: UUID
    url: str
    events: list[str]
    enabled: bool
    created_at: Moment
    #: since when every delivery has failed
    failing_since: Moment | None


class Webhooks(WireModel):
    items: list[WebhookView]
    #: what one may subscribe to
    events: list[str]


class NewWebhook(WireModel):
    """The secret this one time."""

    secret: str
    webhook: WebhookView


class DeliveryView(WireModel):
    id: UUID
    event_id: UUID
    type: str
    state: DeliveryState
    attempts: int
    created_at: Moment
    tried_at: Moment | None
    next_at: Moment | None
    status: int | None
    answer: str | None
    milliseconds: int | None
    body: str


class DeliveryQuery(Query):
    state: DeliveryState | None = None
    cursor: str | None = None


class ReplayRange(WireModel):
    """All deliveries of a span of time, also those that went through unless only failed ones are wanted."""

    since: Moment
    until: Moment
    only_failed: bool = True


class Replayed(WireModel):
    count: int


async def _administered(call: AdminCall, webhook_id: UUID) -> Webhook:
    """Raises NotFound, NotYours, NotAllowed."""
    hook = await call.work.db.get(Webhook, webhook_id)
    if hook is None:
        raise NotFound
    call.who.must("administer", hook.site_id)
    return hook


def _record(call: AdminCall, act: str, hook: Webhook, **changes: object) -> None:
    # an address may hold a word that is secret behind its host
    subject = Subject(urlsplit(hook.url).hostname or "", hook.id, hook.site_id)
    audit.record(call.work, audit.agent(call.who, callers.address(call.request)), act, subject, changes)


async def _may_be_called(request: web.Request, body: WebhookForm) -> None:
    """A private address is refused when it is saved, and again each time something is sent."""
    async with request.app[UNITS].read() as work:
        who = await an_agent(request, work)
        site_id = request.match_info.get("site_id")
        if site_id is None:
            hook = await work.db.get(Webhook, path_value(UUID, request.match_info["webhook_id"]))
            if hook is None:
                raise NotFound
            who.must("administer", hook.site_id)
        else:
            who.must("administer", path_value(UUID, site_id))
    await request.app[OUTGOING].check(body.url)


@routes.get("/api/v1/admin/sites/{site_id}/webhooks", may=an_agent)
async def list_webhooks(call: AdminCall, site_id: UUID) -> Webhooks:
    """The site's webhooks."""
    call.who.must("administer", site_id)
    rows = await call.work.db.scalars(select(Webhook).where(Webhook.site_id == site_id).order_by(Webhook.id))
    return Webhooks(items=[_view(row) for row in rows], events=list(events.SUBSCRIBABLE))


@routes.post("/api/v1/admin/sites/{site_id}/webhooks", may=an_agent, status=201, prepare=_may_be_called)
async def add_webhook(call: AdminCall, site_id: UUID, body: WebhookForm, prepared: None) -> NewWebhook:
    """Add a webhook; the answer is the only place where its secret can be read."""
    call.who.must("administer", site_id)
    known = (await call.work.db.scalars(select(Webhook.id).where(Webhook.site_id == site_id))).all()
    if len(known) >= MOST_WEBHOOKS:
        raise Conflict(f"A site has at most {MOST_WEBHOOKS} webhooks.")
    secret = signing.new_secret()
    hook = Webhook(
        id=new_id(),
        site_id=site_id,
        url=body.url,
        events=sorted(set(body.events)),
        secret=call.request.app[VAULT].seal(secret),
        created_at=call.work.now,
        disabled_at=None if body.enabled else call.work.now,
    )
    call.work.db.add(hook)
    await call.work.db.flush()
    _record(call, "webhook.added", hook, events=[None, hook.events])
    answer = NewWebhook(secret=secret, webhook=_view(hook))
    return Reply(answer, 201, SHOWN_ONCE)  # type: ignore[return-value]  # the same body, kept by nobody


@routes.post("/api/v1/admin/webhooks/{webhook_id}", may=an_agent, prepare=_may_be_called)
async def change_webhook(call: AdminCall, webhook_id: UUID, body: WebhookForm, prepared: None) -> WebhookView:
    """Change its address and events, switch it off or on again."""
    hook = await _administered(call, webhook_id)
    changes = {"events": [hook.events, sorted(set(body.events))], "enabled": [hook.disabled_at is None, body.enabled]}
    hook.url, hook.events = body.url, sorted(set(body.events))
    hook.disabled_at = None if body.enabled else hook.disabled_at or call.work.now
    hook.failing_since = None if body.enabled else hook.failing_since
    _record(call, "webhook.changed", hook, **changes)
    return _view(hook)


@routes.post("/api/v1/admin/webhooks/{webhook_id}/secret", may=an_agent, status=201)
async def renew_secret(call: AdminCall, webhook_id: UUID) -> NewWebhook:
    """A new secret, shown this once; whatever is sent from now on is signed by it."""
    hook = await _administered(call, webhook_id)
    secret = signing.new_secret()
    hook.secret = call.request.app[VAULT].seal(secret)
    _record(call, "webhook.secret_made", hook, secret=[None, HIDDEN])
    answer = NewWebhook(secret=secret, webhook=_view(hook))
    return Reply(answer, 201, SHOWN_ONCE)  # type: ignore[return-value]  # the same body, kept by nobody


@routes.delete("/api/v1/admin/webhooks/{webhook_id}", may=an_agent)
async def remove_webhook(call: AdminCall, webhook_id: UUID) -> None:
    """It hears nothing any more, and its log is gone."""
    hook = await _administered(call, webhook_id)
    _record(call, "webhook.removed", hook)
    await call.work.db.delete(hook)


@routes.post("/api/v1/admin/webhooks/{webhook_id}/test", may=an_agent, status=201)
async def send_test(call: AdminCall, webhook_id: UUID) -> DeliveryView:
    """Send a test event, signed like every other."""
    hook = await _administered(call, webhook_id)
    data = TestData(message="This is a test from Engage.")
    body = events.encoded("test.sent", call.work.now, data)
    return _delivery(await deliveries.queue(call.work, hook.id, new_id(), "test.sent", body))


@routes.get("/api/v1/admin/webhooks/{webhook_id}/deliveries", may=an_agent)
async def list_deliveries(call: AdminCall, webhook_id: UUID, query: DeliveryQuery) -> Page[DeliveryView]:
    """What was sent, the newest first, with what the other side answered."""
    await _administered(call, webhook_id)
    rows = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    if query.state is not None:
        rows = rows.where(WebhookDelivery.state == query.state)
    if (before := decode_cursor(query.cursor)) is not None:
        rows = rows.where(WebhookDelivery.id < before)
    found = (await call.work.db.scalars(rows.order_by(WebhookDelivery.id.desc()).limit(PAGE + 1))).all()
    more = encode_cursor(found[PAGE - 1].id) if len(found) > PAGE else None
    return Page(items=[_delivery(row) for row in found[:PAGE]], next_cursor=more)


@routes.post("/api/v1/admin/deliveries/{delivery_id}/replay", may=an_agent)
async def replay(call: AdminCall, delivery_id: UUID) -> DeliveryView:
    """Send it again, with the id it had."""
    delivery = await call.work.db.get(WebhookDelivery, delivery_id)
    if delivery is None:
        raise NotFound
    hook = await _administered(call, delivery.webhook_id)
    await deliveries.again(call.work, delivery)
    _record(call, "webhook.replayed", hook, count=[None, 1])
    return _delivery(delivery)


@routes.post("/api/v1/admin/webhooks/{webhook_id}/replay", may=an_agent)
async def replay_range(call: AdminCall, webhook_id: UUID, body: ReplayRange) -> Replayed:
    """Send a span of time again, the oldest first, at most 500."""
    hook = await _administered(call, webhook_id)
    rows = select(WebhookDelivery).where(
        WebhookDelivery.webhook_id == webhook_id,
        WebhookDelivery.created_at >= body.since,
        WebhookDelivery.created_at <= body.until,
        WebhookDelivery.state == "failed" if body.only_failed else WebhookDelivery.state != "pending",
    )
    found = (await call.work.db.scalars(rows.order_by(WebhookDelivery.id).limit(MOST_REPLAYED))).all()
    for delivery in found:
        await deliveries.again(call.work, delivery)
    _record(call, "webhook.replayed", hook, count=[None, len(found)])
    return Replayed(count=len(found))


def _view(hook: Webhook) -> WebhookView:
    return WebhookView(
        id=hook.id,
        url=hook.url,
        events=hook.events,
        enabled=hook.disabled_at is None,
        created_at=hook.created_at,
        failing_since=hook.failing_since,
    )


def _delivery(row: WebhookDelivery) -> DeliveryView:
    return DeliveryView(
        id=row.id,
        event_id=row.event_id,
        type=row.type,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        tried_at=row.tried_at,
        next_at=row.next_at,
        status=row.status,
        answer=row.answer,
        milliseconds=row.milliseconds,
        body=row.body,
    )
