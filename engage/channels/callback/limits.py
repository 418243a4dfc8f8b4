"""How often somebody may ask: by number, by visitor, by where he calls from; and how much a site calls in a day."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from engage.channels.callback.errors import TooManyCallbacks
from engage.channels.callback.models import CallbackAttempt, CallbackRequest
from engage.channels.callback.schemas import CallbackRules
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site

DAY = timedelta(days=1)


async def check(
    work: UnitOfWork, rules: CallbackRules, *, site_id: UUID, number: str, visitor_id: UUID, address: str
) -> None:
    """Raises TooManyCallbacks."""
    row = CallbackRequest
    for most, whose in (
        (rules.per_number, (row.site_id == site_id) & (row.number == number)),
        (rules.per_visitor, row.visitor_id == visitor_id),
        (rules.per_address, (row.site_id == site_id) & (row.address == address)),
    ):
        if await _asked(work, whose) >= most:
            raise TooManyCallbacks


async def _asked(work: UnitOfWork, whose: ColumnElement[bool]) -> int:
    lately = select(func.count()).select_from(CallbackRequest)
    return await work.db.scalar(lately.where(whose, CallbackRequest.asked_at > work.now - DAY)) or 0


async def called_today(work: UnitOfWork, site: Site) -> int:
    """Calls since midnight by the site's clock."""
    since = _midnight(work.now, ZoneInfo(site.time_zone))
    calls = select(func.count()).where(CallbackAttempt.site_id == site.id, CallbackAttempt.dialled_at >= since)
    return await work.db.scalar(calls) or 0


def _midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)
