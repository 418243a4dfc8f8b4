"""Merging a conversation into another one of the same visitor."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.console import service
from engage.console.schemas import AgentConversation
from engage.contacts.models import Visitor
from engage.conversations import merging
from engage.conversations.models import Conversation
from engage.engagements import service as engagements
from engage.engagements.errors import NotYourWork, WrongState
from engage.engagements.lifecycle import State
from engage.engagements.models import Engagement
from engage.kit.errors import Conflict
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel

routes = Routes()

#: what goes on when there is work on both: the first of these; who waits for an answer is not parked by it
GOES_ON: tuple[State, ...] = ("active", "queued", "parked")


class CannotMergeConversations(Conflict):
    """Only two conversations that one visitor had from the same browser or account can become one."""

    code = "cannot_merge_conversations"


class MergeInto(WireModel):
    #: the conversation that stays
    into_id: UUID


@routes.post("/api/v1/agent/conversations/{conversation_id}/merge", may=an_agent)
async def merge_conversation(call: Call[CallingAgent], conversation_id: UUID, body: MergeInto) -> AgentConversation:
    """Move all of a conversation into another one of the same visitor; asking again changes nothing."""
    gone = await service.visible(call.work, call.who, conversation_id)
    kept = await service.visible(call.work, call.who, body.into_id)
    if gone.id != kept.id:
        await _merge(call.work, call.who, gone, kept)
    elif conversation_id == body.into_id:
        raise CannotMergeConversations
    return await service.view(call.work, call.who, kept.id)


async def _merge(work: UnitOfWork, who: CallingAgent, gone: Conversation, kept: Conversation) -> None:
    if gone.visitor_id != kept.visitor_id:
        raise CannotMergeConversations
    # Merges of one visitor come one after the other, and look again before they lock what was merged meanwhile: who
    # follows a merge holds the one that went and waits for the other.
    await work.db.get_one(Visitor, kept.visitor_id, with_for_update={"key_share": True})
    await work.db.refresh(gone)
    await work.db.refresh(kept)
    if gone.merged_into_id == kept.id:
        return
    if gone.merged_into_id or kept.merged_into_id:
        raise WrongState(state="closed")
    on_both = await _work_on(work, who, gone.id, kept.id)
    kept, gone = await merging.both_locked(work, kept.id, gone.id)
    await _nothing_has_moved(work, kept, gone, on_both)
    if len(on_both) > 1:
        await engagements.take(work, on_both[1], "close", agent_id=on_both[1].agent_id, cause="merged")
    if on_both and on_both[0].conversation_id == gone.id:
        kept.with_agent_id, gone.with_agent_id = gone.with_agent_id, kept.with_agent_id
    await merging.absorb(work, kept, gone, by=await work.db.get_one(Agent, who.agent_id))


async def _work_on(work: UnitOfWork, who: CallingAgent, gone_id: UUID, kept_id: UUID) -> list[Engagement]:
    """The open work on both, locked; what goes on comes first. Raises NotYourWork, WrongState."""
    found = [await engagements.open_of(work, each) for each in (kept_id, gone_id)]
    ids = [each.id for each in found if each is not None]
    locked = {each: await engagements.locked(work, each) for each in sorted(ids)}
    on_both = [locked[each] for each in ids]
    for each in on_both:
        if each.state not in GOES_ON:
            raise WrongState(state=each.state)
        if each.state != "queued" and each.agent_id != who.agent_id:
            raise NotYourWork
    return sorted(on_both, key=lambda each: GOES_ON.index(each.state))


async def _nothing_has_moved(work: UnitOfWork, kept: Conversation, gone: Conversation, seen: list[Engagement]) -> None:
    """What came between looking and locking, such as a message that opened new work. Raises WrongState."""
    now = [await engagements.open_of(work, each.id) for each in (kept, gone)]
    if {each.id for each in now if each} != {each.id for each in seen}:
        raise WrongState(state=seen[0].state if seen else "closed")
