"""Drafts: what an agent has typed and not sent, kept for his next screen. The last write wins."""

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from engage.conversations.events import DraftChanged
from engage.conversations.models import DraftRow
from engage.conversations.schemas import DraftView, KeepDraft
from engage.kit.db import Db, among, columns_of, db_of
from engage.kit.unit_of_work import UnitOfWork


async def of_agent(work: UnitOfWork, agent_id: UUID) -> list[UUID]:
    """The conversations in which he has one."""
    return list(await work.db.scalars(select(DraftRow.conversation_id).where(DraftRow.agent_id == agent_id)))


async def kept_in(work: UnitOfWork, conversation_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Who has one in which of these conversations: (agent, conversation)."""
    found = await work.db.execute(_kept_in(db_of(work.db)), {"ids": list(conversation_ids)})
    return {(row.agent_id, row.conversation_id) for row in found}


@cache
def _kept_in(db: Db) -> Select[Any]:
    draft = columns_of(DraftRow)
    return select(draft.agent_id, draft.conversation_id).where(among(db, draft.conversation_id, "ids"))


async def read(work: UnitOfWork, agent_id: UUID, conversation_id: UUID) -> DraftView | None:
    row = await work.db.get(DraftRow, (agent_id, conversation_id))
    return _view(row) if row is not None else None


async def keep(work: UnitOfWork, agent_id: UUID, conversation_id: UUID, draft: KeepDraft) -> DraftView:
    """An empty one leaves no row. The version grows past what this screen and the others have seen."""
    row = await work.db.get(DraftRow, (agent_id, conversation_id), with_for_update={"key_share": True})
    version = max(draft.version, row.version if row is not None else 0) + 1
    view = DraftView(reply=draft.reply, note=draft.note, reply_begun_at=draft.reply_begun_at, version=version)
    if row is None:
        row = DraftRow(agent_id=agent_id, conversation_id=conversation_id)
        work.db.add(row)
    await _write(work, row, view)
    return view


async def sent(work: UnitOfWork, agent_id: UUID, conversation_id: UUID, *, reply: str = "", note: str = "") -> None:
    """What was sent is no draft any more; what he has typed since stays one."""
    row = await work.db.get(DraftRow, (agent_id, conversation_id), with_for_update={"key_share": True})
    if row is None:
        return
    rest_reply = "" if row.reply.strip() == reply else row.reply
    rest_note = "" if row.note.strip() == note else row.note
    if (rest_reply, rest_note) != (row.reply, row.note):
        begun = row.reply_begun_at if rest_reply else None
        view = DraftView(reply=rest_reply, note=rest_note, reply_begun_at=begun, version=row.version + 1)
        await _write(work, row, view)


async def _write(work: UnitOfWork, row: DraftRow, view: DraftView) -> None:
    row.reply, row.note, row.reply_begun_at = view.reply, view.note, view.reply_begun_at
    row.version, row.changed_at = view.version, work.now
    agent_id, conversation_id = row.agent_id, row.conversation_id
    if not view.reply and not view.note:
        await work.db.flush()
        await work.db.delete(row)
    work.push(DraftChanged(agent_id=agent_id, conversation_id=conversation_id, draft=view))


def _view(row: DraftRow) -> DraftView:
    return DraftView(reply=row.reply, note=row.note, reply_begun_at=row.reply_begun_at, version=row.version)
