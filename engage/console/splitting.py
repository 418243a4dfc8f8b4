"""Conversations taken apart: a message becomes one of its own, or a merge is taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.console import service
from engage.console.schemas import AgentConversation
from engage.contacts.models import Visitor
from engage.conversations import merging, moving, timeline, unmerging
from engage.conversations import service as conversations
from engage.conversations.errors import NoSuchConversation
from engage.conversations.models import Conversation, TimelineRow
from engage.conversations.schemas import SplitDetails
from engage.conversations.timeline import NewEntry
from engage.engagements import service as engagements
from engage.engagements.errors import NotYourWork, WrongState
from engage.engagements.models import Engagement, EngagementStep
from engage.engagements.traits import Traits
from engage.kit.errors import Conflict
from engage.kit.ids import new_id
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Trimmed, WireModel
from engage.routing import service as routing
from engage.routing.errors import NoRoom
from engage.sites import service as sites

routes = Routes()
#: in these states whoever looks after it may take it apart
QUIET = ("queued", "parked", "active")


class CannotSplit(Conflict):
    """Only a message can be split off, of a conversation by mail, and something must be left in it."""

    code = "cannot_split"


class SplitForm(WireModel):
    entry_id: UUID
    #: all behind it goes too
    following: bool = False
    #: what it is about; none is as before
    topic: Annotated[Trimmed | None, Field(max_length=100)] = None


class TakeApart(WireModel):
    merge_id: UUID


@routes.post("/api/v1/agent/conversations/{conversation_id}/split", may=an_agent)
async def split_conversation(call: Call[CallingAgent], conversation_id: UUID, body: SplitForm) -> AgentConversation:
    """Make a message, or all from it on, a conversation of its own, with its own work."""
    work, who = call.work, call.who
    source = await service.visible(work, who, conversation_id)
    who.must("answer", source.site_id)
    held = await _work_on(work, who, source.id)
    source = await timeline.locked(work, source.id)
    latest = await engagements.latest_of(work, source.id)
    if latest is None or latest.channel != "email":
        raise CannotSplit
    rows = await _chosen(work, source, body)
    visitor = await work.db.get_one(Visitor, source.visitor_id)
    target = await conversations.open_conversation(
        work,
        visitor,
        client_id=f"split-{new_id().hex}",
        topic=body.topic or source.topic,
        locale=source.locale,
        fields=(),
    )
    since = await _waits_since(work, source, rows)
    count = await moving.move_entries(work, source, target, {row.id for row in rows}, is_split=True)
    await _say(work, who, source, "into", target, count)
    await _say(work, who, target, "from", source, count)
    await _open_work(work, who, target, latest, since, is_mine=held is not None and held.state == "active")
    return await service.view(work, who, target.id)


async def _chosen(work: UnitOfWork, source: Conversation, body: SplitForm) -> list[Any]:
    """The entries that go, in their order. Raises NoSuchConversation, CannotSplit."""
    row = TimelineRow
    rows = select(row.id, row.seq, row.kind, row.created_at).where(row.conversation_id == source.id).order_by(row.seq)
    every = (await work.db.execute(rows)).all()
    first = next((each for each in every if each.id == body.entry_id), None)
    if first is None:
        raise NoSuchConversation
    going = [each for each in every if each.id == first.id or (body.following and each.seq > first.seq)]
    said = {each.id for each in every if each.kind == "message"}
    if first.kind != "message" or not said - {each.id for each in going}:
        raise CannotSplit
    return going


async def _waits_since(work: UnitOfWork, source: Conversation, rows: Sequence[Any]) -> datetime:
    """From when he wrote, unless somebody has answered since."""
    first = rows[0]
    answered = select(TimelineRow.id).where(
        TimelineRow.conversation_id == source.id,
        TimelineRow.author_kind == "agent",
        TimelineRow.kind.in_(service.SPOKEN),
        TimelineRow.seq > first.seq,
    )
    written_at: datetime = first.created_at
    return work.now if await work.db.scalar(answered.limit(1)) else written_at


async def _open_work(
    work: UnitOfWork, who: CallingAgent, target: Conversation, like: Engagement, since: datetime, *, is_mine: bool
) -> None:
    """In the same queue; at once his if he holds what it came from, and has room for it."""
    queue = await sites.queue(work, like.queue_id)
    traits = Traits(like.channel, like.weight, like.live)
    opened = await engagements.open_engagement(
        work, target, traits=traits, queue=queue, prefer=who.agent_id, since=since
    )
    if is_mine:
        try:
            await routing.pull(work, opened, who.agent_id)
        except NoRoom:
            # it waits for him, as any other work that he is asked for first
            return


async def _work_on(work: UnitOfWork, who: CallingAgent, conversation_id: UUID) -> Engagement | None:
    """The open work on it, locked. Raises NotYourWork, WrongState."""
    found = await engagements.open_of(work, conversation_id)
    if found is None:
        return None
    held = await engagements.locked(work, found.id)
    if held.state not in QUIET:
        raise WrongState(state=held.state)
    if held.state != "queued" and held.agent_id != who.agent_id:
        raise NotYourWork
    return held


async def _say(
    work: UnitOfWork,
    who: CallingAgent,
    where: Conversation,
    what: Literal["into", "from", "unmerged", "restored"],
    other: Conversation,
    count: int,
    *,
    merge_id: UUID | None = None,
) -> None:
    """A line for agents: the customer's own words stay his, wherever they stand."""
    agent = await work.db.get_one(Agent, who.agent_id)
    details = SplitDetails(
        what=what,
        agent_name=agent.name,
        conversation_id=other.id,
        topic=other.topic,
        count=count,
        merge_id=merge_id,
    )
    author = conversations.author_agent(agent)
    await timeline.append(work, where, NewEntry("note", author, audience="agents", details=details))


@routes.post("/api/v1/agent/conversations/{conversation_id}/unmerge", may=an_agent)
async def unmerge_conversation(call: Call[CallingAgent], conversation_id: UUID, body: TakeApart) -> AgentConversation:
    """Take a merge back: the conversation that had gone is there again with all that came from it."""
    work, who = call.work, call.who
    source = await service.visible(work, who, conversation_id)
    who.must("answer", source.site_id)
    merge = await unmerging.merge_of(work, body.merge_id)
    if (await timeline.found(work, merge.into_id)).id != source.id:
        raise NoSuchConversation
    held = await _work_on(work, who, source.id)
    source, restored = await merging.both_locked(work, source.id, merge.gone_id)
    # somebody else may have taken it back while this waited for the locks
    await work.db.refresh(merge)
    merge = await unmerging.merge_of(work, merge.id)
    count = await unmerging.take_apart(work, merge, source, restored)
    await _give_work(work, held, source, restored)
    await _say(work, who, source, "unmerged", restored, count, merge_id=merge.id)
    await _say(work, who, restored, "restored", source, count, merge_id=merge.id)
    for each in (source, restored):
        await _go_on(work, who, each)
    return await service.view(work, who, restored.id)


async def _give_work(work: UnitOfWork, held: Engagement | None, source: Conversation, restored: Conversation) -> None:
    """What had come with it has gone back with it, and so its holder answers there."""
    if held is None:
        return
    await work.db.refresh(held)
    if held.conversation_id == restored.id:
        restored.with_agent_id, source.with_agent_id = source.with_agent_id, None


async def _go_on(work: UnitOfWork, who: CallingAgent, conversation: Conversation) -> None:
    """Work that was closed only because of the merge is open again."""
    last = await engagements.latest_of(work, conversation.id)
    if last is None or last.state != "closed":
        return
    step = EngagementStep
    cause = select(step.cause).where(step.engagement_id == last.id).order_by(step.id.desc()).limit(1)
    if await work.db.scalar(cause) == "merged":
        await _open_work(work, who, conversation, last, work.now, is_mine=False)
