"""Many engagements offered at once: by as many statements as one would take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Insert, Select, String, Table, Update, Uuid, bindparam, insert, literal, select, update

from engage.engagements.events import EngagementMoved
from engage.engagements.models import Engagement, EngagementStep
from engage.kit.db import Db, Given, UtcDateTime, Write, among, columns_of, db_of
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Queue

_engagements = cast(Table, Engagement.__table__)
_steps = cast(Table, EngagementStep.__table__)
#: what is read of its queue
_OF_QUEUE = frozenset({"offer_seconds", "accept_after_seconds"})


@dataclass(frozen=True, slots=True)
class Waits:
    """A locked engagement that waits in its queue, and whose customer is there."""

    id: UUID
    version: int
    conversation_id: UUID
    site_id: UUID
    visitor_id: UUID
    queue_id: UUID
    channel: str
    weight: int
    #: who is to get it first
    agent_id: UUID | None
    place_since: datetime
    #: how long an offer rings in its queue
    offer_seconds: int
    #: after so long it accepts itself; none: its agent does
    accept_after_seconds: int | None


@dataclass(frozen=True, slots=True)
class Gift:
    """It goes to this agent, chosen by this rule."""

    engagement: Waits
    agent_id: UUID
    rule: str


async def lock_waiting(work: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Waits]:
    """Those that wait, held until the commit; without those that somebody else holds, for they are changing."""
    found = await work.db.execute(_waiting(db_of(work.db)), {"ids": list(ids)})
    return {row.id: Waits(*row) for row in found}


@cache
def _waiting(db: Db) -> Select[Any]:
    row, queue = columns_of(Engagement), columns_of(Queue)
    columns = [(queue if name in _OF_QUEUE else row)[name] for name in Waits.__slots__]
    rows = select(*columns).join_from(_engagements, Queue.__table__, queue.id == row.queue_id)
    waits = rows.where(among(db, row.id, "ids"), row.state == "queued", row.away_since.is_(None))
    return waits.order_by(row.id).with_for_update(key_share=True, skip_locked=True, of=_engagements)


def offering(work: UnitOfWork, gifts: Sequence[Gift]) -> list[Write]:
    """The step `offer` of each of them, as `service.take` would do it; they are locked."""
    move, record, given = _offering(db_of(work.db))
    rows = [(new_id(), gift.engagement.id, gift.engagement.queue_id, gift.agent_id, gift.rule) for gift in gifts]
    parameters = given.parameters(rows, now=work.now)
    return [Write(move, parameters), Write(record, parameters)]


def moved(gift: Gift) -> EngagementMoved:
    """What is to be told of it."""
    each = gift.engagement
    return EngagementMoved(
        engagement_id=each.id,
        conversation_id=each.conversation_id,
        site_id=each.site_id,
        visitor_id=each.visitor_id,
        queue_before=each.queue_id,
        queue_id=each.queue_id,
        channel=each.channel,
        step="offer",
        before="queued",
        state="offered",
        agent_before=each.agent_id,
        agent_id=gift.agent_id,
        cause=gift.rule,
    )


@cache
def _offering(db: Db) -> tuple[Update, Insert, Given]:
    given = Given(db, "step", step_id=Uuid(), engagement_id=Uuid(), queue_id=Uuid(), agent_id=Uuid(), cause=String())
    now = bindparam("now", type_=UtcDateTime())
    move = (
        update(_engagements)
        .where(_engagements.c.id == given.engagement_id)
        .values(state="offered", version=_engagements.c.version + 1, agent_id=given.agent_id, state_since=now)
    )
    record = {
        "id": given.step_id, "engagement_id": given.engagement_id, "step": literal("offer"),
        "from_state": literal("queued"), "to_state": literal("offered"), "queue_id": given.queue_id,
        "agent_id": given.agent_id, "cause": given.cause, "at": now,
    }  # fmt: skip
    return move, insert(_steps).from_select(list(record), select(*record.values())), given
