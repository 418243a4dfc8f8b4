"""The outbox of webhooks: a delivery is a row of the transaction that it tells of, sent after it until it went."""

from collections.abc import Collection
from datetime import timedelta
from functools import cache
from time import monotonic
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import Select, select

from engage.integrations import events, signing
from engage.integrations.events import EventName
from engage.integrations.models import Webhook, WebhookDelivery
from engage.kit import jobs
from engage.kit.clock import CLOCK
from engage.kit.db import Db, among, columns_of, db_of
from engage.kit.errors import EngageError
from engage.kit.ids import new_id
from engage.kit.jobs import JobTable
from engage.kit.outgoing import OUTGOING, Answer
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS, UnitOfWork

table = JobTable()

#: waits between tries: a slip is mended in seconds, an outage of a day is outlived
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 43200))
#: a webhook that took nothing for so long is switched off
DISABLED_AFTER = timedelta(days=4)
KEPT_ANSWER = 2000


async def announce(work: UnitOfWork, site_id: UUID, kind: EventName, data: Any) -> None:
    """One delivery for each webhook of the site that wants to hear of it."""
    hooks = select(Webhook).where(Webhook.site_id == site_id, Webhook.disabled_at.is_(None)).order_by(Webhook.id)
    listening = [hook for hook in await work.db.scalars(hooks) if kind in hook.events]
    if not listening:
        return
    event_id, body = new_id(), events.encoded(kind, work.now, data)
    for hook in listening:
        await queue(work, hook.id, event_id, kind, body)


async def listening(work: UnitOfWork, site_ids: Collection[UUID]) -> set[UUID]:
    """Those of the sites that have a webhook which is on."""
    if not site_ids:
        return set()
    found = await work.db.execute(_listening(db_of(work.db)), {"ids": list(site_ids)})
    return {row.site_id for row in found}


@cache
def _listening(db: Db) -> Select[Any]:
    hook = columns_of(Webhook)
    return select(hook.site_id).where(among(db, hook.site_id, "ids"), hook.disabled_at.is_(None))


async def queue(work: UnitOfWork, webhook_id: UUID, event_id: UUID, kind: str, body: str) -> WebhookDelivery:
    delivery = WebhookDelivery(
        id=new_id(),
        webhook_id=webhook_id,
        event_id=event_id,
        type=kind,
        body=body,
        state="pending",
        attempts=0,
        created_at=work.now,
        next_at=work.now,
    )
    work.db.add(delivery)
    await work.db.flush()
    await _arm(work, delivery)
    return delivery


async def again(work: UnitOfWork, delivery: WebhookDelivery) -> None:
    """Sent anew with the id that it had, so that a receiver who has it knows it."""
    delivery.state, delivery.attempts, delivery.next_at = "pending", 0, work.now
    await work.db.flush()
    await _arm(work, delivery)


async def _arm(work: UnitOfWork, delivery: WebhookDelivery) -> None:
    payload = {"delivery": str(delivery.id)}
    key = f"webhook:{delivery.id}"
    await jobs.enqueue(work, "integrations.deliver", payload, due_at=delivery.next_at, key=key)


@table.stream("integrations.deliver")
async def deliver(app: web.Application, payload: dict[str, Any]) -> None:
    """At least once: a process that dies after sending and before it could say so sends again, with the same id."""
    async with app[UNITS].read() as work:
        delivery = await work.db.get(WebhookDelivery, UUID(payload["delivery"]))
        hook = await work.db.get(Webhook, delivery.webhook_id) if delivery else None
    if delivery is None or hook is None or delivery.state != "pending":
        return
    if hook.disabled_at is not None:
        await _note(app, delivery.id, None, "The webhook is switched off.", milliseconds=0)
        return
    began = monotonic()
    answer, problem = await _send(app, hook, delivery)
    await _note(app, delivery.id, answer, problem, milliseconds=round((monotonic() - began) * 1000))


async def _send(app: web.Application, hook: Webhook, delivery: WebhookDelivery) -> tuple[Answer | None, str]:
    secret = app[VAULT].open(hook.secret)
    headers = signing.headers(secret, delivery.event_id, app[CLOCK].now(), delivery.body)
    try:
        answer = await app[OUTGOING].post(hook.url, delivery.body.encode(), headers=headers)
    except EngageError as problem:
        return None, problem.detail
    return answer, answer.body[:KEPT_ANSWER].decode(errors="replace").replace("\0", "")


async def _note(
    app: web.Application, delivery_id: UUID, answer: Answer | None, words: str, *, milliseconds: int
) -> None:
    async with app[UNITS].begin() as work:
        delivery = await work.db.get(WebhookDelivery, delivery_id, with_for_update=True)
        if delivery is None:
            return
        delivery.attempts += 1
        delivery.tried_at, delivery.next_at = work.now, None
        delivery.status, delivery.answer = (answer.status if answer else None), words
        delivery.milliseconds = milliseconds
        hook = await work.db.get_one(Webhook, delivery.webhook_id, with_for_update=True)
        if answer is not None and 200 <= answer.status < 300:
            delivery.state, hook.failing_since = "sent", None
        else:
            await _failed(work, hook, delivery, gone=answer is not None and answer.status == 410)


async def _failed(work: UnitOfWork, hook: Webhook, delivery: WebhookDelivery, *, gone: bool) -> None:
    """Later again, or never; "410 Gone" and days of failures switch the webhook off."""
    hook.failing_since = hook.failing_since or work.now
    if gone or work.now - hook.failing_since >= DISABLED_AFTER:
        hook.disabled_at = hook.disabled_at or work.now
    if hook.disabled_at is not None or delivery.attempts > len(WAITS):
        delivery.state = "failed"
        return
    delivery.next_at = work.now + WAITS[delivery.attempts - 1]
    await _arm(work, delivery)
