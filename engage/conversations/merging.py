"""Two conversations of one visitor that are about the same: all of the one goes behind what is in the other.

Numbers that were given stay as they are, so the rows of the one that goes get the next ones, in their order.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from engage.agents.models import Agent
from engage.conversations import cursors, drafts, timeline
from engage.conversations.errors import NoSuchConversation
from engage.conversations.events import ConversationMerged, MergedForAgents, MergedForVisitor
from engage.conversations.models import (
    Attachment,
    Conversation,
    ConversationLabel,
    ConversationMerge,
    Cursor,
    DraftRow,
    Mention,
    TimelineRow,
)
from engage.conversations.schemas import LONGEST_DRAFT, KeepDraft, StateDetails
from engage.conversations.timeline import SYSTEM, NewEntry
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

#: each number of a cursor, and the head that it runs up to
NUMBERS = (
    ("delivered_seq", "last_seq"),
    ("read_seq", "last_seq"),
    ("delivered_customer_seq", "last_customer_seq"),
    ("read_customer_seq", "last_customer_seq"),
)


async def both_locked(work: UnitOfWork, *ids: UUID) -> list[Conversation]:
    """In the order of ids, as everybody locks; each as it is, merged or not. Raises NoSuchConversation."""
    rows = select(Conversation).where(Conversation.id.in_(ids)).order_by(Conversation.id)
    locked = rows.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = {row.id: row for row in await work.db.scalars(locked)}
    if set(ids) - set(found):
        raise NoSuchConversation
    return [found[each] for each in ids]


async def absorb(work: UnitOfWork, kept: Conversation, gone: Conversation, *, by: Agent) -> None:
    """All of `gone` stands in `kept` afterwards, below a line that says so. Takes two that are locked."""
    heads = {head: getattr(kept, head) for _, head in NUMBERS}
    last = max((kept, gone), key=lambda each: each.last_at)
    kept.last_text, kept.last_author = last.last_text, last.last_author
    merge = await _record(work, kept, gone, by)
    facts = StateDetails(
        state="merged",
        agent_name=by.name,
        topic=gone.topic,
        begun_at=gone.created_at,
        count=gone.last_customer_seq,
        merge_id=merge.id,
    )
    await timeline.append(work, kept, NewEntry("state", SYSTEM, details=facts))
    await _move_cursors(work, kept, gone, heads)
    await _move_rows(work, kept, gone)
    await _move_labels(work, kept, gone)
    await _move_drafts(work, kept, gone)
    known = {field["key"] for field in kept.fields}
    kept.fields = [*kept.fields, *(field for field in gone.fields if field["key"] not in known)]
    agents = frozenset(each for each in (kept.with_agent_id, gone.with_agent_id) if each is not None)
    gone.merged_into_id, gone.with_agent_id = kept.id, None
    earlier = update(Conversation).where(Conversation.merged_into_id == gone.id)
    await work.db.execute(earlier.values(merged_into_id=kept.id))
    await work.db.flush()
    await work.publish(ConversationMerged(gone_id=gone.id, into_id=kept.id, merge_id=merge.id))
    work.push(MergedForVisitor(visitor_id=kept.visitor_id, conversation_id=gone.id, into_id=kept.id))
    work.push(MergedForAgents(conversation_id=gone.id, into_id=kept.id, agent_ids=agents))


async def _record(work: UnitOfWork, kept: Conversation, gone: Conversation, by: Agent) -> ConversationMerge:
    """What comes, so that it can be taken back."""
    rows = select(TimelineRow.id).where(TimelineRow.conversation_id == gone.id)
    borne = select(ConversationLabel.label_id).where(ConversationLabel.conversation_id == gone.id)
    theirs = select(ConversationLabel.label_id).where(ConversationLabel.conversation_id == kept.id)
    labels, known = (await work.db.scalars(borne)).all(), set(await work.db.scalars(theirs))
    keys = {field["key"] for field in kept.fields}
    merge = ConversationMerge(
        id=new_id(),
        gone_id=gone.id,
        into_id=kept.id,
        agent_id=by.id,
        came={
            "entries": [str(each) for each in await work.db.scalars(rows)],
            "labels": [str(each) for each in labels],
            "new_labels": [str(each) for each in labels if each not in known],
            "fields": [field["key"] for field in gone.fields if field["key"] not in keys],
        },
        merged_at=work.now,
    )
    work.db.add(merge)
    await work.db.flush()
    return merge


async def note_came(work: UnitOfWork, merge_id: UUID, kind: str, ids: Iterable[Any]) -> None:
    """Adds what a slice above moved with a merge."""
    merge = await work.db.get_one(ConversationMerge, merge_id)
    merge.came = {**merge.came, kind: [str(each) for each in ids]}


async def _move_rows(work: UnitOfWork, kept: Conversation, gone: Conversation) -> None:
    """One statement, whatever there is: dense numbers stay dense when the same is added to each."""
    row, known = TimelineRow, select(TimelineRow.client_id).where(TimelineRow.conversation_id == kept.id)
    twice = update(row).where(
        row.conversation_id == gone.id, row.client_id.in_(known.where(row.client_id.is_not(None)))
    )
    # Only a visitor who makes up ids has the same twice; nothing asks for that one again.
    await work.db.execute(twice.values(client_id=None), execution_options={"synchronize_session": False})
    moved = {
        "conversation_id": kept.id,
        "seq": row.seq + kept.last_seq,
        "customer_seq": row.customer_seq + kept.last_customer_seq,
    }
    its = update(row).where(row.conversation_id == gone.id).values(moved)
    await work.db.execute(its, execution_options={"synchronize_session": False})
    for model in (Attachment, Mention):
        bound = update(model).where(model.conversation_id == gone.id).values(conversation_id=kept.id)
        await work.db.execute(bound)
    kept.last_seq, gone.last_seq = kept.last_seq + gone.last_seq, 0
    kept.last_customer_seq, gone.last_customer_seq = kept.last_customer_seq + gone.last_customer_seq, 0


async def _move_cursors(work: UnitOfWork, kept: Conversation, gone: Conversation, heads: dict[str, int]) -> None:
    """Who had read all of the one and some of the other has read as far as that; called before the rows move."""
    for side in ("visitor", "agent"):
        old = await work.db.get(Cursor, (gone.id, side))
        cursor = await cursors.of(work, kept.id, side)
        for number, head in NUMBERS:
            got = getattr(old, number) if old else 0
            if got and getattr(cursor, number) >= heads[head]:
                setattr(cursor, number, getattr(kept, head) + got)
        if old is not None:
            await work.db.delete(old)
    await work.db.flush()


async def _move_labels(work: UnitOfWork, kept: Conversation, gone: Conversation) -> None:
    label, borne = ConversationLabel, select(ConversationLabel.label_id)
    both = label.label_id.in_(borne.where(label.conversation_id == kept.id).scalar_subquery())
    no_sync = {"synchronize_session": False}
    await work.db.execute(delete(label).where(label.conversation_id == gone.id, both), execution_options=no_sync)
    rest = update(label).where(label.conversation_id == gone.id).values(conversation_id=kept.id)
    await work.db.execute(rest, execution_options=no_sync)


async def _move_drafts(work: UnitOfWork, kept: Conversation, gone: Conversation) -> None:
    """What somebody was writing in either is what he is writing now."""
    rows: Sequence[DraftRow] = (
        await work.db.scalars(select(DraftRow).where(DraftRow.conversation_id == gone.id).with_for_update())
    ).all()
    for row in rows:
        here = await drafts.read(work, row.agent_id, kept.id)
        whole = KeepDraft(
            reply=_joined(here.reply if here else "", row.reply),
            note=_joined(here.note if here else "", row.note),
            version=row.version,
        )
        await drafts.keep(work, row.agent_id, kept.id, whole)
        await work.db.delete(row)


def _joined(one: str, other: str) -> str:
    """Often too long for one message: the composer says so, and he shortens it."""
    return "\n\n".join(part for part in (one, other) if part)[:LONGEST_DRAFT]
