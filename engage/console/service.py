"""What an agent sees of a conversation, and what he says in it."""

from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from engage.access.errors import NotYours
from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.console import work_rows
from engage.console.schemas import (
    AgentConversation,
    AgentMessage,
    ConversationFacts,
    EarlierConversation,
    SidePanelTitle,
    VisitorFacts,
)
from engage.contacts import service as contacts
from engage.contacts.models import Contact, Visitor
from engage.conversations import cursors, drafts, labels, rich_text, timeline
from engage.conversations import service as conversations
from engage.conversations.errors import NewerEntries
from engage.conversations.models import Attachment, Conversation, TimelineRow
from engage.conversations.schemas import ArticleDetails, Author, EntryQuery, FormField, Posting, SendMessage
from engage.conversations.timeline import Appended, NewEntry
from engage.engagements import dispositions
from engage.engagements import service as engagements
from engage.engagements.errors import NotMailWork, NotYourWork
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import parties, visibility
from engage.selfcare import service as selfcare
from engage.sites import service as sites
from engage.sites.schemas import SiteName
from engage.sites.side_panel import SidePanel

ENTRIES_SHOWN = 200
#: what somebody says to somebody, after which one answers otherwise
SPOKEN = ("message", "article")
EARLIER_SHOWN = 10


async def visible(work: UnitOfWork, who: CallingAgent, conversation_id: UUID, *, lock: bool = False) -> Conversation:
    """A conversation of one of his sites. Raises NoSuchConversation, NotYours."""
    conversation = await (timeline.locked if lock else timeline.found)(work, conversation_id)
    await visibility.must_see(work, who, conversation)
    return conversation


async def visible_engagement(work: UnitOfWork, who: CallingAgent, engagement_id: UUID) -> Engagement:
    """A locked engagement of one of his sites. Raises NoSuchEngagement, NotYours."""
    engagement = await engagements.locked(work, engagement_id)
    await visibility.must_see(work, who, await work.db.get_one(Conversation, engagement.conversation_id))
    return engagement


async def seen_engagement(work: UnitOfWork, who: CallingAgent, engagement_id: UUID) -> Engagement:
    """The same for who only looks: nobody waits for him. Raises NoSuchEngagement, NotYours."""
    engagement = await engagements.found(work, engagement_id)
    await visibility.must_see(work, who, await work.db.get_one(Conversation, engagement.conversation_id))
    return engagement


async def file_of(work: UnitOfWork, who: CallingAgent, attachment_id: UUID) -> Attachment:
    """A file of a conversation that he may see, or one that he has just uploaded. Raises NotYours."""
    attachment = await work.db.get(Attachment, attachment_id)
    if attachment is None or (attachment.conversation_id is None and attachment.uploader != who.key):
        raise NotYours
    if attachment.conversation_id is not None:
        await visible(work, who, attachment.conversation_id)
    return attachment


async def view(work: UnitOfWork, who: CallingAgent, conversation_id: UUID) -> AgentConversation:
    conversation = await visible(work, who, conversation_id)
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    site = await sites.by_id(work, conversation.site_id)
    latest = await engagements.latest_of(work, conversation.id)
    page = await timeline.page(work, conversation, "agents", EntryQuery(limit=ENTRIES_SHOWN))
    sides = await cursors.seen_by(work, conversation.id, "agents")
    panel = await work.db.get(SidePanel, site.id)
    return AgentConversation(
        conversation=ConversationFacts(
            id=conversation.id,
            site=SiteName(id=site.id, key=site.key, name=site.name),
            topic=conversation.topic,
            created_at=conversation.created_at,
            locale=conversation.locale,
        ),
        engagement=await work_rows.one(work, latest.id) if latest else None,
        label_ids=(await labels.borne_by(work, [conversation.id]))[conversation.id],
        draft=await drafts.read(work, who.agent_id, conversation.id),
        visitor=await _visitor(work, visitor),
        side_panel=SidePanelTitle(title=panel.title) if panel else None,
        fields=[FormField.model_validate(field) for field in conversation.fields],
        trail=await contacts.trail_of(work, visitor.id),
        earlier=await _earlier(work, who, conversation),
        entries=page.items,
        more=page.more,
        head=page.head,
        mine=sides["agent"],
        theirs=sides["visitor"],
    )


async def _visitor(work: UnitOfWork, visitor: Visitor) -> VisitorFacts:
    count = select(func.count()).where(Conversation.visitor_id == visitor.id, Conversation.merged_into_id.is_(None))
    contact = await work.db.get(Contact, visitor.contact_id) if visitor.contact_id else None
    return VisitorFacts(
        id=visitor.id,
        contact_id=visitor.contact_id,
        name=visitor.name or "",
        email=visitor.email,
        online=contacts.is_online(visitor, work.now),
        time_zone=visitor.time_zone,
        locale=visitor.locale,
        user_agent=visitor.user_agent,
        first_seen_at=visitor.created_at,
        contacts_before=max(0, (await work.db.scalar(count) or 0) - 1),
        verified=visitor.verified_at is not None,
        external_id=visitor.external_id,
        told=contact.told if contact else {},
    )


async def _earlier(work: UnitOfWork, who: CallingAgent, conversation: Conversation) -> list[EarlierConversation]:
    """His other conversations, each with its last engagement: ids are ordered by time."""
    newer = aliased(Engagement)
    has_newer = exists().where(newer.conversation_id == Engagement.conversation_id, newer.id > Engagement.id)
    found = await work.db.execute(
        select(Conversation, Engagement.channel, Engagement.disposition_id)
        .join(Engagement, Engagement.conversation_id == Conversation.id)
        .where(Conversation.visitor_id == conversation.visitor_id, Conversation.id != conversation.id, ~has_newer)
        .where(visibility.conversations_of(who))
        .order_by(Conversation.last_at.desc())
        .limit(EARLIER_SHOWN)
    )
    rows = found.all()
    outcomes = await dispositions.names_of(work, {outcome for _, _, outcome in rows})
    return [
        EarlierConversation(
            conversation_id=each.id,
            topic=each.topic,
            created_at=each.created_at,
            last_text=each.last_text,
            channel=channel,
            disposition=outcomes.get(outcome),
        )
        for each, channel, outcome in rows
    ]


async def answer(work: UnitOfWork, who: CallingAgent, conversation_id: UUID, message: AgentMessage) -> Appended:
    """What the agent says to the customer; only who holds the work may, and who sits in on it.

    In work that goes by mail it is held until it has been posted, so that it can be taken back.

    Raises NotYourWork, NothingToSay, NewerEntries, NotMailWork.
    """
    conversation = await visible(work, who, conversation_id, lock=True)
    author = conversations.author_agent(await work.db.get_one(Agent, who.agent_id))
    if not await parties.is_heard(work, conversation, who.agent_id):
        raise NotYourWork
    if message.seen_seq is not None and not message.force:
        await _nothing_newer(work, conversation, who, message)
    await drafts.sent(work, who.agent_id, conversation.id, reply=message.text.strip())
    posting = await _posting(work, conversation, message)
    if message.article_slug is not None:
        return await _send_article(work, conversation, author, message, posting)
    said = SendMessage(client_id=message.client_id, text=message.text, attachment_ids=message.attachment_ids)
    html = rich_text.cleaned(message.html) if message.html and said.text.strip() else None
    return await conversations.say(work, conversation, author, said, html=html, posting=posting)


async def _posting(work: UnitOfWork, conversation: Conversation, message: AgentMessage) -> Posting | None:
    """How it goes out by mail; None where people talk. Raises NotMailWork."""
    open_work = await engagements.open_of(work, conversation.id)
    if open_work is not None and open_work.channel == "email":
        return message.posting or Posting()
    if message.posting is not None:
        raise NotMailWork
    return None


async def _nothing_newer(
    work: UnitOfWork, conversation: Conversation, who: CallingAgent, message: AgentMessage
) -> None:
    """Nobody else has spoken since he last looked; what is stored already may be tried again. Raises NewerEntries."""
    row, here = TimelineRow, TimelineRow.conversation_id == conversation.id
    if await work.db.scalar(select(row.id).where(here, row.client_id == message.client_id)) is not None:
        return
    spoken = select(row.author_name, row.author_kind).where(
        here, row.seq > message.seen_seq, row.kind.in_(SPOKEN), row.author_id.is_distinct_from(who.agent_id)
    )
    if (newer := (await work.db.execute(spoken.order_by(row.seq.desc()).limit(1))).first()) is not None:
        raise NewerEntries(by=newer.author_name, by_kind=newer.author_kind)


async def _send_article(
    work: UnitOfWork, conversation: Conversation, author: Author, message: AgentMessage, posting: Posting | None
) -> Appended:
    site = await sites.by_id(work, conversation.site_id)
    article = (await selfcare.read(work, site, message.article_slug or "")).article
    details = ArticleDetails(slug=article.slug, title=article.title)
    entry = NewEntry(
        "article", author, text=message.text, details=details, client_id=message.client_id, posting=posting
    )
    return await timeline.append(work, conversation, entry)
