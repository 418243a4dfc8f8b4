"""How queues route and what work takes of an agent, as whoever matches knows it: read once, until it is forgotten."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.engagements.models import Engagement
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.capacity import Kind
from engage.routing.eligibility import QueueRules
from engage.routing.models import ChannelRule, QueueRule
from engage.routing.requirement import ANYBODY, Step
from engage.routing.schemas import StepForm

#: for so long the customer's last agent goes first, where a queue says nothing else
STICKY_SECONDS = 3600


class Rulebook:
    def __init__(self) -> None:
        self._queues: dict[UUID, QueueRules] = {}
        self._sticky: dict[UUID, timedelta] = {}
        self._sites: set[UUID] = set()
        self._channels: dict[tuple[UUID, str], ChannelRule] = {}
        self._kinds: dict[tuple[UUID, str, int], Kind] = {}

    async def learn_queues(self, work: UnitOfWork, queue_ids: Collection[UUID]) -> None:
        """Reads about those that are not known yet."""
        if not (new := set(queue_ids) - self._queues.keys()):
            return
        rows = (await work.db.scalars(select(QueueRule).where(is_among(db_of(work.db), QueueRule.queue_id, new)))).all()
        self._queues |= {queue_id: QueueRules(queue_id) for queue_id in new} | {r.queue_id: rules_of(r) for r in rows}
        self._sticky |= dict.fromkeys(new, timedelta(seconds=STICKY_SECONDS))
        self._sticky |= {row.queue_id: timedelta(seconds=row.sticky_seconds) for row in rows}

    async def learn_sites(self, work: UnitOfWork, site_ids: Collection[UUID]) -> None:
        """Reads about those that are not known yet."""
        if not (new := set(site_ids) - self._sites):
            return
        rows = await work.db.scalars(select(ChannelRule).where(is_among(db_of(work.db), ChannelRule.site_id, new)))
        self._channels |= {(row.site_id, row.channel): row for row in rows}
        self._sites |= new

    def queue(self, queue_id: UUID) -> QueueRules:
        return self._queues[queue_id]

    def sticky(self, queue_id: UUID) -> timedelta:
        return self._sticky[queue_id]

    def kind(self, site_id: UUID, channel: str, weight: int) -> Kind:
        """What it takes of an agent: its own weight, and what its channel's rule at its site says."""
        key = (site_id, channel, weight)
        if (known := self._kinds.get(key)) is not None:
            return known
        rule = self._channels.get((site_id, channel))
        kind = self._kinds[key] = (
            Kind(channel, weight, rule.maximum, rule.exclusive, frozenset(rule.interrupted_by))
            if rule
            else Kind(channel, weight)
        )
        return kind


async def kind_of(work: UnitOfWork, engagement: Engagement) -> Kind:
    """What this work takes of an agent."""
    book = Rulebook()
    await book.learn_sites(work, [engagement.site_id])
    return book.kind(engagement.site_id, engagement.channel, engagement.weight)


async def rules_of_queues(work: UnitOfWork, queue_ids: set[UUID]) -> dict[UUID, QueueRules]:
    """How each of these queues routes."""
    book = Rulebook()
    await book.learn_queues(work, queue_ids)
    return {queue_id: book.queue(queue_id) for queue_id in queue_ids}


def rules_of(row: QueueRule) -> QueueRules:
    return QueueRules(
        row.queue_id,
        priority=row.priority,
        order=row.ranking,
        age_factor=row.age_factor,
        agent_rule=row.agent_rule,
        steps=steps_of(row.steps),
        skips_unstaffed=row.skips_unstaffed,
    )


def steps_of(stored: Sequence[Any]) -> tuple[Step, ...]:
    return tuple(StepForm.model_validate(each).step for each in stored) or ANYBODY
