"""New work, much of it at once: opened by as many statements as one piece of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from engage.engagements.events import EngagementMoved
from engage.engagements.models import Engagement, EngagementStep
from engage.engagements.traits import Traits
from engage.kit.db import insert_all
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NewWork:
    """Work on a conversation that never had any, of a customer who has asked for nobody."""

    conversation_id: UUID
    site_id: UUID
    visitor_id: UUID
    queue_id: UUID
    traits: Traits
    #: he waits since then, and so what is promised counts from there
    since: datetime
    id: UUID = field(default_factory=new_id)


async def open_all(work: UnitOfWork, opened: Sequence[NewWork]) -> None:
    """At least one, as `service.open_engagement` would open each."""
    await insert_all(work.db, Engagement, [_engagement(work, each) for each in opened])
    await insert_all(work.db, EngagementStep, [_step(work, each) for each in opened])
    await work.publish_all([_moved(each) for each in opened])


def _engagement(work: UnitOfWork, each: NewWork) -> dict[str, Any]:
    return {
        "id": each.id,
        "site_id": each.site_id,
        "conversation_id": each.conversation_id,
        "visitor_id": each.visitor_id,
        "channel": each.traits.channel,
        "weight": each.traits.weight,
        "live": each.traits.live,
        "queue_id": each.queue_id,
        "state": "queued",
        "version": 1,
        "opened_at": each.since,
        "place_since": each.since,
        "entered_at": work.now,
        "state_since": work.now,
    }


def _step(work: UnitOfWork, each: NewWork) -> dict[str, Any]:
    return {
        "id": new_id(),
        "engagement_id": each.id,
        "step": "open",
        "to_state": "queued",
        "queue_id": each.queue_id,
        "from_queue_id": each.queue_id,
        "at": work.now,
    }


def _moved(each: NewWork) -> EngagementMoved:
    return EngagementMoved(
        engagement_id=each.id,
        conversation_id=each.conversation_id,
        site_id=each.site_id,
        visitor_id=each.visitor_id,
        queue_before=each.queue_id,
        queue_id=each.queue_id,
        channel=each.traits.channel,
        step=None,
        before=None,
        state="queued",
        agent_before=None,
        agent_id=None,
        cause=None,
    )
