"""The visitor's side of a chat: beginning, speaking, ending, and what he sees of it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, select

from engage.access.principals import CallingVisitor
from engage.agents.models import Agent
from engage.channels.webchat import pre_chat
from engage.channels.webchat.errors import AddressMissing
from engage.channels.webchat.schemas import (
    ConversationSummary,
    ConversationView,
    CustomerState,
    QueuePlace,
    StartConversation,
)
from engage.contacts import service as contacts
from engage.contacts.models import Visitor
from engage.conversations import cursors, timeline
from engage.conversations import service as conversations
from engage.conversations.models import Conversation, Cursor, TimelineRow
from engage.conversations.schemas import EntryQuery, SendMessage, StateName
from engage.conversations.timeline import Appended
from engage.engagements import service as engagements
from engage.engagements.errors import WrongState
from engage.engagements.lifecycle import WAITING, State
from engage.engagements.models import Engagement, Rating
from engage.engagements.schemas import AgentName
from engage.engagements.traits import Traits
from engage.kit import jobs
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import offers, places, waits
from engage.routing.move import change_channel
from engage.sites import service as sites

#: what a customer is told of each state
SHOWN: dict[State, CustomerState] = {
    "queued": "queued",
    "offered": "queued",
    "active": "active",
    "parked": "parked",
    "wrapping_up": "closed",
    "closed": "closed",
    "abandoned": "abandoned",
}
#: states in which a customer sees who answers or answered him
ANSWERED: frozenset[State] = frozenset({"active", "parked", "wrapping_up", "closed"})
CONVERSATIONS_SHOWN = 20


async def start(
    work: UnitOfWork, who: CallingVisitor, start: StartConversation, *, live: Traits, mail: Traits
) -> tuple[Conversation, bool]:
    """Opens a conversation and queues it, by mail if he wants that or the site is closed; whether it was known already.

    Raises WrongAnswers, EmailRequired, NothingToSay, UnknownAttachment.
    """
    # his row is the lock: two tries of the same click become one conversation
    visitor = await contacts.locked(work, who.visitor_id)
    if known := await conversations.opened_before(work, visitor.id, start.client_id):
        return known, True
    site = await sites.by_id(work, who.site_id)
    is_open = sites.hours_of(site).is_open(work.now)
    by_mail = not is_open or start.channel == mail.channel
    asked = pre_chat.asked_now(pre_chat.form_of(site), by_mail=by_mail)
    fields = pre_chat.checked(start.fields, asked, topic=start.topic, main=site.locale)
    await contacts.introduce(
        work, visitor, name=pre_chat.answer(fields, "name"), email=pre_chat.answer(fields, "email")
    )
    queue = await sites.queue_for_topic(work, site.id, start.topic)
    topic = sites.queue_name(queue, start.locale)
    conversation = await conversations.open_conversation(
        work, visitor, client_id=start.client_id, topic=topic, locale=start.locale, fields=fields
    )
    await contacts.add_to_trail(work, who, start.trail)
    message = SendMessage(client_id=f"{start.client_id}-1"[-64:], text=start.text, attachment_ids=start.attachment_ids)
    await conversations.say(work, conversation, conversations.author_visitor(visitor), message)
    await conversations.note_state(work, conversation, _first_state(is_open, by_mail), email=visitor.email)
    await engagements.open_engagement(work, conversation, traits=mail if by_mail else live, queue=queue)
    return conversation, False


def _first_state(is_open: bool, by_mail: bool) -> StateName:
    if not is_open:
        return "closed_hours"
    return "mail_asked" if by_mail else "queued"


async def speak(
    work: UnitOfWork, conversation: Conversation, message: SendMessage, *, live: Traits, mail: Traits
) -> Appended:
    """A message of the visitor in his locked conversation; what has ended begins again by it."""
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    appended = await conversations.say(work, conversation, conversations.author_visitor(visitor), message)
    if appended.known:
        return appended
    engagement = await engagements.open_of(work, conversation.id)
    if engagement is None:
        await _reopen(work, conversation, visitor, live=live, mail=mail)
    elif engagement.state == "parked":
        # in a job, because it locks the engagement, which comes before the conversation
        await jobs.enqueue(work, "routing.resume", {"engagement": str(engagement.id)})
    return appended


async def _reopen(
    work: UnitOfWork, conversation: Conversation, visitor: Visitor, *, live: Traits, mail: Traits
) -> None:
    """New work for whoever answered him last; in closed hours by mail, if he has left an address."""
    last = await engagements.latest_of(work, conversation.id)
    site = await sites.by_id(work, conversation.site_id)
    queue = await sites.queue_for_topic(work, site.id, "") if last is None else await sites.queue(work, last.queue_id)
    by_mail = visitor.email is not None and not sites.hours_of(site).is_open(work.now)
    await conversations.note_state(work, conversation, "reopened")
    if by_mail:
        await conversations.note_state(work, conversation, "closed_hours", email=visitor.email)
    await engagements.open_engagement(
        work, conversation, traits=mail if by_mail else live, queue=queue, prefer=last.agent_id if last else None
    )


async def end(work: UnitOfWork, conversation_id: UUID, *, short_abandon_seconds: int) -> None:
    """The visitor says goodbye: an answered chat is wrapped up, a waiting one leaves the queue."""
    found = await engagements.open_of(work, conversation_id)
    if found is None:
        return
    engagement = await engagements.locked(work, found.id)
    if engagement.state == "offered":
        await offers.withdraw(work, engagement)
    if engagement.state == "queued":
        await engagements.abandon(work, engagement, cause="said_goodbye", short_seconds=short_abandon_seconds)
    elif engagement.state == "active":
        await engagements.end(work, engagement, cause="ended_by_visitor")
    elif engagement.state == "parked":
        await engagements.close(work, engagement, cause="ended_by_visitor")


async def answer_by_mail(
    work: UnitOfWork, who: CallingVisitor, conversation_id: UUID, email: str | None, mail: Traits
) -> None:
    """He waits no longer: what he wrote is answered by mail, at its place in the queue.

    Raises WrongState, AddressMissing.
    """
    visitor = await contacts.locked(work, who.visitor_id)
    found = await engagements.open_of(work, conversation_id)
    if found is None:
        raise WrongState(state="closed")
    engagement = await engagements.locked(work, found.id)
    if engagement.channel == mail.channel:
        return
    await contacts.introduce(work, visitor, name=None, email=email)
    if visitor.email is None:
        raise AddressMissing
    await change_channel(work, engagement, to=mail)
    conversation = await timeline.locked(work, conversation_id)
    await conversations.note_state(work, conversation, "moved_to_email", email=visitor.email)


async def summaries(work: UnitOfWork, visitor_id: UUID) -> list[ConversationSummary]:
    """His conversations, the newest first."""
    rows = (
        await work.db.scalars(
            select(Conversation)
            .where(Conversation.visitor_id == visitor_id, Conversation.merged_into_id.is_(None))
            .order_by(Conversation.last_at.desc(), Conversation.id.desc())
            .limit(CONVERSATIONS_SHOWN)
        )
    ).all()
    return await _summarised(work, rows)


async def summary(work: UnitOfWork, conversation: Conversation) -> ConversationSummary:
    return (await _summarised(work, [conversation]))[0]


async def _summarised(work: UnitOfWork, rows: Sequence[Conversation]) -> list[ConversationSummary]:
    ids = [row.id for row in rows]
    latest = await _latest_engagements(work, ids)
    scores, unread = await _scores(work, ids), await _unread(work, ids)
    agents = await _agents(work, [each.agent_id for each in latest.values() if each.agent_id])
    return [_summary(row, latest.get(row.id), agents, unread.get(row.id, 0), scores.get(row.id)) for row in rows]


def _summary(
    row: Conversation, engagement: Engagement | None, agents: dict[UUID, AgentName], unread: int, rating: int | None
) -> ConversationSummary:
    holder = engagement.agent_id if engagement and engagement.state in ANSWERED else None
    return ConversationSummary(
        id=row.id,
        topic=row.topic,
        state=SHOWN[engagement.state] if engagement else "closed",
        channel=engagement.channel if engagement else "webchat",
        created_at=row.created_at,
        updated_at=row.last_at,
        head=row.last_customer_seq,
        unread=unread,
        last_text=row.last_text,
        agent=agents.get(holder) if holder else None,
        rating=rating,
    )


async def _latest_engagements(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, Engagement]:
    oldest_first = select(Engagement).where(Engagement.conversation_id.in_(ids)).order_by(*engagements.OPEN_LAST)
    return {each.conversation_id: each for each in await work.db.scalars(oldest_first)}


async def _scores(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, int]:
    scores = select(Rating.conversation_id, Rating.score).where(Rating.conversation_id.in_(ids)).order_by(Rating.at)
    return dict((await work.db.execute(scores)).all())


async def _agents(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, AgentName]:
    rows = await work.db.scalars(select(Agent).where(Agent.id.in_(ids)))
    return {row.id: AgentName(id=row.id, name=row.name, picture=row.picture) for row in rows}


async def _unread(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Messages of agents beyond his cursor."""
    his = and_(Cursor.conversation_id == TimelineRow.conversation_id, Cursor.side == "visitor")
    beyond = (
        select(TimelineRow.conversation_id, func.count())
        .outerjoin(Cursor, his)
        .where(
            TimelineRow.conversation_id.in_(ids),
            TimelineRow.customer_seq > func.coalesce(Cursor.read_customer_seq, 0),
            TimelineRow.kind == "message",
            TimelineRow.author_kind == "agent",
        )
        .group_by(TimelineRow.conversation_id)
    )
    return dict((await work.db.execute(beyond)).all())


async def view(work: UnitOfWork, conversation: Conversation) -> ConversationView:
    """The snapshot: the last hundred entries, both sides' cursors and his place in the queue."""
    entries = await timeline.page(work, conversation, "customer", EntryQuery())
    sides = await cursors.seen_by(work, conversation.id, "customer")
    engagement = await engagements.open_of(work, conversation.id)
    place = await place_of(work, engagement)
    return ConversationView(
        **(await summary(work, conversation)).model_dump(),
        **place.model_dump(),
        entries=entries.items,
        more=entries.more,
        mine=sides["visitor"],
        theirs=sides["agent"],
    )


async def waiting_in(
    work: UnitOfWork, queue_id: UUID, *, limit: int
) -> list[tuple[UUID, ConversationSummary, QueuePlace]]:
    """Who waits in a chat of this queue, by visitor, with his place."""
    found = {each.conversation_id: each for each in await places.in_order(work, [queue_id], limit=limit) if each.live}
    rows = (await work.db.scalars(select(Conversation).where(Conversation.id.in_(found)))).all()
    return [
        (row.visitor_id, summary, _place(found[row.id].position, found[row.id].told_step))
        for row, summary in zip(rows, await _summarised(work, rows), strict=True)
    ]


def _place(position: int | None, told_step: int | None) -> QueuePlace:
    told = waits.range_of(told_step)
    return QueuePlace(position=position, expected_wait_seconds=told.to_seconds if told else None, expected_wait=told)


async def place_of(work: UnitOfWork, engagement: Engagement | None) -> QueuePlace:
    if engagement is None or engagement.state not in WAITING or not engagement.live:
        return _place(None, None)
    return _place(await places.position_of(work, engagement), engagement.told_step)
