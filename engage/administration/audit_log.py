"""Reading the audit log: by site, person, act and time; as a list and as CSV."""

import json
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from pydantic import Field
from sqlalchemy import Select, or_, select

from engage.access.audit import Subject
from engage.access.models import AuditEntry
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.routes import Routes
from engage.kit.spreadsheet import csv_of
from engage.kit.wire import Moment, Query, WireModel

routes = Routes()
PAGE = 50
#: rows of one export; who needs more narrows the time
EXPORTED = 10_000


class AuditQuery(Query):
    search: Annotated[str, Field(max_length=100)] = ""
    act: Annotated[str, Field(max_length=60)] = ""
    since: Moment | None = None
    until: Moment | None = None
    cursor: str | None = None


class AuditRow(WireModel):
    id: UUID
    at: Moment
    actor_kind: str
    actor_name: str
    act: str
    subject_name: str
    changes: dict[str, Any]
    address: str | None


@routes.get("/api/v1/admin/sites/{site_id}/audit", may=an_agent)
async def read_audit_log(call: AdminCall, site_id: UUID, query: AuditQuery) -> Page[AuditRow]:
    """Who changed what, the newest first."""
    await administered(call, site_id)
    rows = _chosen(site_id, query)
    if (before := decode_cursor(query.cursor)) is not None:
        rows = rows.where(AuditEntry.id < before)
    found = (await call.work.db.scalars(rows.limit(PAGE + 1))).all()
    more = encode_cursor(found[PAGE - 1].id) if len(found) > PAGE else None
    return Page(items=[_row(each) for each in found[:PAGE]], next_cursor=more)


@routes.post("/api/v1/admin/sites/{site_id}/audit/export", may=an_agent)
async def export_audit_log(call: AdminCall, site_id: UUID, body: AuditQuery) -> web.Response:
    """The same as CSV; the export itself is an act."""
    site = await administered(call, site_id)
    found = (await call.work.db.scalars(_chosen(site_id, body).limit(EXPORTED))).all()
    record(call, "audit.exported", Subject(site.name, site.id, site.id), {"rows": len(found)})
    return web.Response(
        text=_csv([_row(each) for each in found]),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="audit-{site.key}.csv"'},
    )


def _chosen(site_id: UUID, query: AuditQuery) -> Select[AuditEntry]:
    rows = select(AuditEntry).where(AuditEntry.site_id == site_id).order_by(AuditEntry.id.desc())
    if words := query.search.strip():
        names = (AuditEntry.actor_name, AuditEntry.subject_name, AuditEntry.act)
        rows = rows.where(or_(*(name.icontains(words, autoescape=True) for name in names)))
    if query.act:
        rows = rows.where(AuditEntry.act.startswith(query.act, autoescape=True))
    if query.since is not None:
        rows = rows.where(AuditEntry.at >= query.since)
    if query.until is not None:
        rows = rows.where(AuditEntry.at < query.until + timedelta(microseconds=1))
    return rows


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        id=entry.id,
        at=entry.at,
        actor_kind=entry.actor_kind,
        actor_name=entry.actor_name,
        act=entry.act,
        subject_name=entry.subject_name,
        changes=entry.changes,
        address=entry.address,
    )


def _csv(rows: list[AuditRow]) -> str:
    head = ("at", "actor", "act", "subject", "changes", "address")
    return csv_of(head, (_cells(row) for row in rows))


def _cells(row: AuditRow) -> tuple[str, ...]:
    changes = json.dumps(row.changes, ensure_ascii=False) if row.changes else ""
    return (row.at.isoformat(), row.actor_name, row.act, row.subject_name, changes, row.address or "")
