"""One call: the agent rings, and says how it went."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engage.access.principals import CallingAgent
from engage.channels.callback import dial_guard, do_not_call, limits, outcomes, quiet_hours, rules, steps
from engage.channels.callback.dial_guard import Dialling, DialRefusal
from engage.channels.callback.errors import DialRefused, NoSuchCallback, NotDialled, NotNow
from engage.channels.callback.models import CallbackAttempt, CallbackRequest
from engage.channels.callback.request import GRACE
from engage.channels.callback.request_lifecycle import Step
from engage.channels.callback.schemas import CallbackRules, RecordOutcome
from engage.channels.callback.trunk import Dialled, TelephonyTrunk
from engage.conversations import timeline
from engage.conversations.schemas import CallStep
from engage.engagements import service as engagements
from engage.engagements.errors import WrongState
from engage.engagements.models import Engagement
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import service as routing
from engage.sites import service as sites


async def dial(
    work: UnitOfWork, who: CallingAgent, engagement_id: UUID, trunk: TelephonyTrunk
) -> tuple[CallbackRequest, Dialled]:
    """Rings the number of the work in the agent's hands; a second click is the same call.

    Raises NotYourWork, NoSuchCallback, WrongState, DialRefused.
    """
    # the row of the rules is the lock under which the day's calls are counted, and it comes before the work's
    its = await rules.locked(work, await _site_of(work, who, engagement_id))
    engagement, request = await _in_hand(work, who, engagement_id)
    attempt = await _running(work, request.id)
    if attempt is None:
        if (reason := await refusal(work, its, request)) is not None:
            raise DialRefused(reason=reason)
        attempt = await _begin(work, who, engagement, request, trunk)
    return request, await trunk.dial(attempt.id, request.number)


async def _site_of(work: UnitOfWork, who: CallingAgent, engagement_id: UUID) -> UUID:
    """Raises NoSuchEngagement, NotYours."""
    engagement = await engagements.found(work, engagement_id)
    who.must("answer", engagement.site_id)
    return engagement.site_id


async def _in_hand(work: UnitOfWork, who: CallingAgent, engagement_id: UUID) -> tuple[Engagement, CallbackRequest]:
    engagement = await routing.held_by(work, engagement_id, who)
    request = await steps.of_engagement(work, engagement.id)
    if request is None:
        raise NoSuchCallback
    if engagement.state != "active":
        raise WrongState(state=engagement.state)
    return engagement, request


async def refusal(work: UnitOfWork, its: CallbackRules, request: CallbackRequest) -> DialRefusal | None:
    """What stands against calling at this moment."""
    site = await sites.by_id(work, request.site_id)
    zone, listed = ZoneInfo(request.time_zone), await do_not_call.is_listed(work, site.id, request.number)
    dialling = Dialling(request.country, zone, await limits.called_today(work, site), listed)
    return dial_guard.refusal(its, dialling, work.now)


async def _running(work: UnitOfWork, request_id: UUID) -> CallbackAttempt | None:
    row = CallbackAttempt
    return await work.db.scalar(select(row).where(row.request_id == request_id, row.ended_at.is_(None)))


async def break_off(work: UnitOfWork, request: CallbackRequest) -> None:
    """The call goes over to somebody else: he rings anew, and it counts anew."""
    attempt = await _running(work, request.id)
    if attempt is not None:
        attempt.ended_at = work.now
        await work.db.flush()


async def _begin(
    work: UnitOfWork, who: CallingAgent, engagement: Engagement, request: CallbackRequest, trunk: TelephonyTrunk
) -> CallbackAttempt:
    request.attempts += 1
    attempt = CallbackAttempt(
        id=new_id(),
        request_id=request.id,
        site_id=request.site_id,
        engagement_id=engagement.id,
        agent_id=who.agent_id,
        ordinal=request.attempts,
        trunk=trunk.name,
        dialled_at=work.now,
    )
    work.db.add(attempt)
    await steps.take(work, request, "dial")
    return attempt


async def record(work: UnitOfWork, who: CallingAgent, engagement_id: UUID, form: RecordOutcome) -> CallbackRequest:
    """How it went, and what follows from it. Raises NotYourWork, NoSuchCallback, WrongState, NotDialled, NotNow."""
    engagement, request = await _in_hand(work, who, engagement_id)
    attempt = await _running(work, request.id)
    if attempt is None and form.outcome not in outcomes.WITHOUT_CALL:
        raise NotDialled
    if attempt is not None:
        attempt.outcome, attempt.note, attempt.ended_at = form.outcome, form.note, work.now
    its = await rules.read(work, request.site_id)
    if form.outcome == "never_again":
        await do_not_call.add(work, request.site_id, request.number, agent_name=who.name, wanted_by="customer")
    step = outcomes.step_after(form.outcome, attempts=request.attempts, rules=its)
    if step == "retry":
        await _again(work, who, request, engagement, form, its)
    else:
        await _settle(work, who, request, engagement, step, form)
    return request


async def _settle(
    work: UnitOfWork, who: CallingAgent, request: CallbackRequest, engagement: Engagement, step: Step,
    form: RecordOutcome,
) -> None:  # fmt: skip
    """It is done, or given up: no further try, and the agent wraps up."""
    await steps.take(work, request, step, notice="given_up" if step == "give_up" else None)
    conversation = await timeline.locked(work, request.conversation_id)
    what: CallStep = "reached" if step == "finish" else "given_up"
    await steps.note(work, conversation, what, agent_name=who.name, outcome=form.outcome)
    await engagements.end(work, engagement, cause="ended_by_agent")


async def _again(
    work: UnitOfWork, who: CallingAgent, request: CallbackRequest, engagement: Engagement, form: RecordOutcome,
    its: CallbackRules,
) -> None:  # fmt: skip
    """The next try, at a moment when we are open and he is awake."""
    due = await _next_try(work, request, form, its)
    await steps.take(work, request, "retry", notice="missed")
    conversation = await timeline.locked(work, request.conversation_id)
    conversation.with_agent_id = None
    await engagements.take(work, engagement, "close", agent_id=who.agent_id, cause="callback_again")
    what: CallStep = "planned" if form.outcome == "call_later" else "missed"
    await steps.note(work, conversation, what, at=due, agent_name=who.name, outcome=form.outcome)
    # whoever called knows him; after a while anybody may
    request.agent_id = who.agent_id
    request.slot_at, request.place_since = due, due
    await steps.schedule(work, request, due=due, expires=due + timedelta(minutes=its.slot_minutes) + GRACE)
    await steps.tell(work, request)


async def _next_try(work: UnitOfWork, request: CallbackRequest, form: RecordOutcome, its: CallbackRules) -> datetime:
    """Raises NotNow."""
    wanted = form.call_at if form.outcome == "call_later" and form.call_at else None
    if wanted is not None and not work.now < wanted <= work.now + quiet_hours.HORIZON:
        raise NotNow
    moment = wanted or outcomes.again_at(form.outcome, work.now, its)
    site = await sites.by_id(work, request.site_id)
    found = quiet_hours.next_permitted(
        moment, ZoneInfo(request.time_zone), sites.hours_of(site), **dial_guard.night(its)
    )
    if found is None:
        raise NotNow
    return found
