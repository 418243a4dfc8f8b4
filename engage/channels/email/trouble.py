"""Mails of a site that cannot leave: told to its admins, and an alarm when it lasts."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import delete

from engage.channels.email.models import MailTrouble
from engage.kit import jobs
from engage.kit.db import insert_into
from engage.kit.jobs import JobTable
from engage.kit.metrics import MAIL_ALARMS
from engage.kit.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

#: a server that is started anew is back by then
ALARM_AFTER = timedelta(seconds=60)
ALARM = "email.alarm"

timers = JobTable()


async def begin(work: UnitOfWork, site_id: UUID, reason: str, *, since: datetime) -> None:
    """A mail could not be handed over, through no fault of its own. What began earlier keeps its moment."""
    said = {"reason": reason[:500]}
    row = {"site_id": site_id, "since": since, "alarmed_at": None, **said}
    is_new = await work.db.get(MailTrouble, site_id) is None
    new = insert_into(work.db, MailTrouble).values(row)
    await work.db.execute(new.on_conflict_do_update(index_elements=["site_id"], set_=said))
    if is_new:
        due = max(since + ALARM_AFTER, work.now)
        await jobs.enqueue(work, ALARM, {"site": str(site_id)}, due_at=due, key=_key(site_id))


async def end(work: UnitOfWork, site_id: UUID) -> None:
    """A mail has left."""
    gone = await work.db.execute(delete(MailTrouble).where(MailTrouble.site_id == site_id))
    if gone.rowcount:  # type: ignore[attr-defined]  # a DELETE's result
        await jobs.cancel(work, _key(site_id))


@timers.inside(ALARM)
async def alarm(work: UnitOfWork, payload: dict[str, Any]) -> None:
    trouble = await work.db.get(MailTrouble, UUID(payload["site"]))
    if trouble is not None and trouble.alarmed_at is None:
        trouble.alarmed_at = work.now
        MAIL_ALARMS.inc()
        log.warning("mails_cannot_leave", site=payload["site"], since=trouble.since.isoformat(), reason=trouble.reason)


def _key(site_id: UUID) -> str:
    return f"{ALARM}:{site_id}"
