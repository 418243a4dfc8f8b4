"""Why somebody of a site is not available: lunch, training."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from engage.agents.errors import UnknownPresenceReason
from engage.agents.models import AgentSite, PresenceReason
from engage.agents.schemas import PresenceReasonView, SetPresence
from engage.kit.unit_of_work import UnitOfWork


async def chosen(work: UnitOfWork, agent_id: UUID, form: SetPresence) -> PresenceReason | None:
    """A reason of one of his sites that belongs to what he says he is. Raises UnknownPresenceReason."""
    if form.reason_id is None:
        return None
    reason = await work.db.get(PresenceReason, form.reason_id)
    if reason is None or reason.presence != form.presence or reason.retired:
        raise UnknownPresenceReason
    membership = await work.db.get(AgentSite, (agent_id, reason.site_id))
    if membership is None or membership.suspended_at is not None:
        raise UnknownPresenceReason
    return reason


async def of_sites(work: UnitOfWork, site_ids: Collection[UUID]) -> list[PresenceReasonView]:
    """Those that can be chosen, in their order."""
    rows = select(PresenceReason).where(PresenceReason.site_id.in_(site_ids), ~PresenceReason.retired)
    found = await work.db.scalars(rows.order_by(PresenceReason.position, PresenceReason.id))
    return [view(row) for row in found]


def view(reason: PresenceReason) -> PresenceReasonView:
    return PresenceReasonView.model_validate(
        {
            "id": reason.id,
            "site_id": reason.site_id,
            "label": reason.label,
            "names": reason.names,
            "presence": reason.presence,
            "productive": reason.productive,
        }
    )
