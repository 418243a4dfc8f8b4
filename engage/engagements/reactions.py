"""What moves the clocks of promises; and what happens to the work of a visitor who turns out to be somebody else."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update

from engage.contacts.events import ContactChanged, VisitorMerged
from engage.contacts.models import Visitor
from engage.conversations import merging
from engage.conversations.events import ConversationMerged, ConversationUnmerged, EntriesMoved, EntryAppended
from engage.engagements import promises, service
from engage.engagements.events import EngagementMoved
from engage.engagements.lifecycle import OPEN
from engage.engagements.models import Engagement, Rating
from engage.kit import jobs
from engage.kit.bus import Reactions
from engage.kit.db import Db, among, columns_of, db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.events import SiteChanged

reactions = Reactions()


@reactions.on(VisitorMerged)
async def move_work(work: UnitOfWork, event: VisitorMerged) -> None:
    his = update(Engagement).where(Engagement.visitor_id == event.visitor_id)
    await work.db.execute(his.values(visitor_id=event.into_id))


@reactions.on(ConversationMerged)
async def move_to_conversation(work: UnitOfWork, event: ConversationMerged) -> None:
    """At most one of both is open: whoever merges has closed the other."""
    ids = await work.db.scalars(select(Engagement.id).where(Engagement.conversation_id == event.gone_id))
    await merging.note_came(work, event.merge_id, "engagements", ids)
    for model in (Engagement, Rating):
        its = update(model).where(model.conversation_id == event.gone_id)
        await work.db.execute(its.values(conversation_id=event.into_id))


@reactions.on(ConversationUnmerged)
async def move_back(work: UnitOfWork, event: ConversationUnmerged) -> None:
    ids = [UUID(each) for each in event.came.get("engagements", [])]
    for model, key in ((Engagement, Engagement.id), (Rating, Rating.engagement_id)):
        its = update(model).where(key.in_(ids), model.conversation_id == event.from_id)
        await work.db.execute(its.values(conversation_id=event.restored_id))


@reactions.on(EntriesMoved)
async def settle_both(work: UnitOfWork, event: EntriesMoved) -> None:
    """What is promised goes by what was said, and that has changed in both."""
    for each in (event.from_id, event.into_id):
        if (engagement := await service.open_of(work, each)) is not None:
            promises.settle_later(work, engagement.id)


@reactions.on_all(EngagementMoved)
async def move_clocks(work: UnitOfWork, events: Sequence[EngagementMoved]) -> None:
    """To ring at a desk and to come back from it changes no clock."""
    await _begin_clocks(work, [event for event in events if event.step is None])
    for event in events:
        if event.step not in (None, "offer", "put_back"):
            promises.settle_later(work, event.engagement_id, choose=event.step == "transfer")


async def _begin_clocks(work: UnitOfWork, opened: Sequence[EngagementMoved]) -> None:
    """Where nothing is promised to anybody there is nothing to begin."""
    promising = await promises.promising_among(work, {event.site_id for event in opened}) if opened else set()
    ids = [event.engagement_id for event in opened if event.site_id in promising]
    since = select(Engagement.id, Engagement.opened_at).where(is_among(db_of(work.db), Engagement.id, ids))
    for engagement_id, opened_at in (await work.db.execute(since)).all() if ids else []:
        promises.settle_later(work, engagement_id, choose=True, since=opened_at)


@reactions.on_all(EntryAppended)
async def hear_what_is_said(work: UnitOfWork, events: Sequence[EntryAppended]) -> None:
    """One statement for all that was said at once; work that nothing is promised for costs no more."""
    spoken = [each.conversation_id for each in events if each.kind in promises.HEARD]
    if not spoken:
        return
    for engagement_id in await work.db.scalars(_promised(db_of(work.db)), {"ids": spoken}):
        promises.settle_later(work, engagement_id)


@cache
def _promised(db: Db) -> Select[Any]:
    """Prepared once, whatever the number of conversations: it is asked with each batch of messages."""
    row = columns_of(Engagement)
    rows = select(row.id).where(row.state.in_(OPEN), row.sla_policy_id.is_not(None))
    return rows.where(among(db, row.conversation_id, "ids"))


@reactions.on(SiteChanged)
async def count_by_new_hours(work: UnitOfWork, event: SiteChanged) -> None:
    if await promises.policies_of(work, event.site_id):
        await promises.look_again(work, event.site_id)


@reactions.on(ContactChanged)
async def choose_by_new_tier(work: UnitOfWork, event: ContactChanged) -> None:
    if not any(policy.tiers for policy in await promises.policies_of(work, event.site_id)):
        return
    his = select(Engagement.id).join(Visitor, Visitor.id == Engagement.visitor_id)
    for engagement_id in await work.db.scalars(
        his.where(Visitor.contact_id == event.contact_id, Engagement.state.in_(OPEN))
    ):
        await jobs.enqueue(work, "promises.choose", {"engagement": str(engagement_id)})
