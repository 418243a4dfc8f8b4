"""Why agents of a site decline what they are offered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from engage.agents.models import Agent
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.errors import UnknownReason
from engage.routing.models import DeclineReason, Offer
from engage.routing.schemas import DeclineOffer, DeclineReasonView, RefusalView


@dataclass(frozen=True)
class Why:
    words: str | None
    reason_id: UUID | None = None


async def why(work: UnitOfWork, site_id: UUID, form: DeclineOffer) -> Why:
    """In the words of this day; one that was retired a moment ago still counts. Raises UnknownReason."""
    if form.reason_id is None:
        return Why(form.reason)
    reason = await work.db.get(DeclineReason, form.reason_id)
    if reason is None or reason.site_id != site_id:
        raise UnknownReason
    return Why(reason.label, reason.id)


async def of_sites(work: UnitOfWork, site_ids: Collection[UUID]) -> list[DeclineReasonView]:
    """Those that can be chosen, in their order."""
    rows = select(DeclineReason).where(DeclineReason.site_id.in_(site_ids), ~DeclineReason.retired)
    found = await work.db.scalars(rows.order_by(DeclineReason.position, DeclineReason.id))
    return [DeclineReasonView(id=row.id, site_id=row.site_id, label=row.label) for row in found]


@dataclass(frozen=True)
class Refusal:
    agent_id: UUID
    view: RefusalView
    at: datetime


async def refusals(work: UnitOfWork, engagement_ids: Sequence[UUID]) -> dict[UUID, list[Refusal]]:
    """Who declined or missed each of them, the last one first."""
    rows = (
        select(Offer.engagement_id, Offer.agent_id, Offer.state, Offer.reason, Offer.ended_at, Agent.name)
        .join(Agent, Agent.id == Offer.agent_id)
        .where(Offer.engagement_id.in_(engagement_ids), Offer.role == "holder")
        .where(Offer.state.in_(("declined", "missed")))
        .order_by(Offer.ended_at.desc(), Offer.id)
    )
    found: dict[UUID, list[Refusal]] = {}
    for row in await work.db.execute(rows):
        view = RefusalView(agent_name=row.name, state=row.state, reason=row.reason)
        found.setdefault(row.engagement_id, []).append(Refusal(row.agent_id, view, row.ended_at))
    return found
