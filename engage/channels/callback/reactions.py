"""What call-backs do when their work moves, and who is told when they do."""

from functools import partial
from uuid import UUID

from sqlalchemy import select, update

from engage.agents.events import AgentLost
from engage.channels.callback import attempt, notices, steps, views
from engage.channels.callback.errors import OutcomeMissing
from engage.channels.callback.events import CallbackChanged, CallbackChangedForAgents, RequestChanged
from engage.channels.callback.models import CallbackRequest
from engage.channels.callback.notices import Stationery
from engage.channels.callback.request_lifecycle import UNSETTLED
from engage.channels.callback.steps import CALLS
from engage.contacts.events import VisitorMerged
from engage.conversations import merging, timeline
from engage.conversations.events import ConversationMerged, ConversationUnmerged
from engage.engagements.events import EngagementMoved
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork

#: visitors behind a call-back who are told their new place
TOLD_THEIR_PLACE = 50
#: causes by which the visitor himself ends the work
BY_VISITOR = frozenset({"ended_by_visitor", "said_goodbye", "left"})


def table(stationery: Stationery | None) -> Reactions:
    """`stationery` is missing where no channel carries mails."""
    reactions = Reactions()
    reactions.on(EngagementMoved)(follow_work)
    reactions.on(EngagementMoved)(tell_those_behind)
    reactions.on(AgentLost)(look_for_agent)
    reactions.on(VisitorMerged)(move_to_visitor)
    reactions.on(ConversationMerged)(move_to_conversation)
    reactions.on(ConversationUnmerged)(move_back)

    @reactions.on(RequestChanged)
    async def tell(work: UnitOfWork, event: RequestChanged) -> None:
        work.before_commit(f"callback:{event.request_id}", partial(_push, work, event.request_id))
        if event.notice is not None and stationery is not None:
            request = await work.db.get_one(CallbackRequest, event.request_id)
            await notices.mail(work, stationery, request, event.notice)

    return reactions


async def _push(work: UnitOfWork, request_id: UUID) -> None:
    row = await work.db.get_one(CallbackRequest, request_id)
    engagement = await work.db.get(Engagement, row.engagement_id) if row.engagement_id else None
    holder = engagement.agent_id if engagement else row.agent_id
    work.push(CallbackChanged(visitor_id=row.visitor_id, callback=await views.of_visitor(work, row)))
    work.push(CallbackChangedForAgents(agent_id=holder, callback=await views.of_agent(work, row)))


async def follow_work(work: UnitOfWork, event: EngagementMoved) -> None:
    """The request goes where its work goes. Raises OutcomeMissing for a call that nobody said anything about."""
    if event.channel != CALLS.channel:
        return
    request = await steps.of_engagement(work, event.engagement_id)
    if request is None:
        return
    if event.state == "active" and request.state == "queued":
        request.agent_id = event.agent_id
        await steps.take(work, request, "take")
    elif event.state == "queued" and request.state in UNSETTLED:
        await attempt.break_off(work, request)
        await steps.take(work, request, "put_back")
    elif event.state == "parked" and request.state in UNSETTLED:
        # it would wait for nobody: a later call is an outcome
        raise OutcomeMissing
    elif event.state in ("closed", "abandoned", "wrapping_up") and request.ended_at is None:
        await _over(work, request, event)


async def _over(work: UnitOfWork, request: CallbackRequest, event: EngagementMoved) -> None:
    """Somebody else than we ended the work: its visitor took it back, or an agent forgot to say how it went."""
    if request.state == "calling" or (request.state == "taken" and event.cause not in BY_VISITOR):
        raise OutcomeMissing
    if request.state != "scheduled":
        await steps.take(work, request, "cancel", notice="cancelled")
        await steps.note(work, await timeline.locked(work, request.conversation_id), "cancelled")


async def tell_those_behind(work: UnitOfWork, event: EngagementMoved) -> None:
    if event.before in WAITING and event.state not in WAITING:
        work.before_commit(f"callback:queue:{event.queue_id}", partial(_tell_waiting, work, event.queue_id))


async def _tell_waiting(work: UnitOfWork, queue_id: UUID) -> None:
    for visitor_id, view in await views.waiting_in(work, queue_id, limit=TOLD_THEIR_PLACE):
        work.push(CallbackChanged(visitor_id=visitor_id, callback=view))


async def look_for_agent(work: UnitOfWork, event: AgentLost) -> None:
    await jobs.enqueue(work, "callback.agent_lost", {"agent": str(event.agent_id)})


async def move_to_visitor(work: UnitOfWork, event: VisitorMerged) -> None:
    his = update(CallbackRequest).where(CallbackRequest.visitor_id == event.visitor_id)
    await work.db.execute(his.values(visitor_id=event.into_id))


async def move_to_conversation(work: UnitOfWork, event: ConversationMerged) -> None:
    ids = await work.db.scalars(select(CallbackRequest.id).where(CallbackRequest.conversation_id == event.gone_id))
    await merging.note_came(work, event.merge_id, "callbacks", ids)
    its = update(CallbackRequest).where(CallbackRequest.conversation_id == event.gone_id)
    await work.db.execute(its.values(conversation_id=event.into_id))


async def move_back(work: UnitOfWork, event: ConversationUnmerged) -> None:
    ids = [UUID(each) for each in event.came.get("callbacks", [])]
    its = update(CallbackRequest).where(CallbackRequest.id.in_(ids), CallbackRequest.conversation_id == event.from_id)
    await work.db.execute(its.values(conversation_id=event.restored_id))
