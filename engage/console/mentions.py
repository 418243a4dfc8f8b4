"""Mentions: a colleague named in a note is told, and finds it in a list of his own until he has looked."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select, update

from engage.access.principals import CallingAgent
from engage.agents import teams
from engage.agents.models import Agent, Team
from engage.agents.sign_in import an_agent
from engage.console import service, workspace
from engage.console.events import Mentioned, MentionsRead
from engage.console.schemas import Colleagues, MentionView
from engage.contacts.models import Visitor
from engage.conversations import drafts, timeline
from engage.conversations import service as conversations
from engage.conversations.errors import UnknownMention
from engage.conversations.models import Conversation, Mention, TimelineRow
from engage.conversations.schemas import Named, NoteDetails, PlainDetails, SendNote
from engage.conversations.timeline import Appended, NewEntry
from engage.engagements.schemas import AgentName
from engage.kit.ids import new_id
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Query
from engage.routing import visibility

routes = Routes()
AgentCall = Call[CallingAgent]
PAGE = 50
#: so much of the note stands in the list
SHOWN = 300
Found = Select[Mention, TimelineRow, Conversation, Visitor]


class MentionQuery(Query):
    cursor: str | None = None


@routes.get("/api/v1/agent/mentions", may=an_agent)
async def list_mentions(call: AgentCall, query: MentionQuery) -> Page[MentionView]:
    """Notes that name me, the newest first."""
    rows = _of(call.who.agent_id).where(visibility.conversations_of(call.who)).order_by(Mention.id.desc())
    if (before := decode_cursor(query.cursor)) is not None:
        rows = rows.where(Mention.id < before)
    found = (await call.work.db.execute(rows.limit(PAGE + 1))).all()
    items = [_view(*each) for each in found[:PAGE]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(found) > PAGE else None)


@routes.put("/api/v1/agent/conversations/{conversation_id}/mentions/read", may=an_agent, status=204)
async def read_mentions(call: AgentCall, conversation_id: UUID) -> None:
    """I have looked at what names me in this conversation."""
    conversation = await service.visible(call.work, call.who, conversation_id)
    unread = (Mention.agent_id == call.who.agent_id, Mention.read_at.is_(None))
    here = update(Mention).where(*unread, Mention.conversation_id == conversation.id).values(read_at=call.work.now)
    if (await call.work.db.execute(here.returning(Mention.id))).first() is not None:
        left = await workspace.unread_mentions(call.work, call.who.agent_id)
        call.work.push(MentionsRead(agent_id=call.who.agent_id, conversation_id=conversation.id, unread=left))


@routes.get("/api/v1/agent/conversations/{conversation_id}/colleagues", may=an_agent)
async def list_colleagues(call: AgentCall, conversation_id: UUID) -> Colleagues:
    """Who else may see this conversation, and so can be named in it."""
    conversation = await service.visible(call.work, call.who, conversation_id)
    found = await visibility.who_may_see(call.work, conversation)
    others = [agent for agent in found if agent.id != call.who.agent_id]
    return Colleagues(
        items=[AgentName(id=each.id, name=each.name, picture=each.picture) for each in others],
        teams=[teams.name_of(team) for team, _members in await _teams(call.work, conversation, others)],
    )


async def add_note(work: UnitOfWork, who: CallingAgent, conversation_id: UUID, note: SendNote) -> Appended:
    """A remark for colleagues; every agent who sees the conversation may leave one. Raises UnknownMention."""
    conversation = await service.visible(work, who, conversation_id, lock=True)
    author = conversations.author_agent(await work.db.get_one(Agent, who.agent_id))
    named, told = await _nameable(work, conversation, note.mention_ids)
    details = NoteDetails(mentions=named)
    entry = NewEntry("note", author, note.text, "agents", details if named else PlainDetails(), note.client_id)
    appended = await timeline.append(work, conversation, entry)
    if not appended.known:
        await drafts.sent(work, who.agent_id, conversation.id, note=note.text.strip())
        await _tell(work, appended, told)
    return appended


async def _nameable(
    work: UnitOfWork, conversation: Conversation, ids: Collection[UUID]
) -> tuple[list[Named], list[Agent]]:
    """Who is named, and whom that concerns, each once. Raises UnknownMention for somebody who may not see it."""
    if not ids:
        return [], []
    may_see = await visibility.who_may_see(work, conversation)
    people = [agent for agent in may_see if agent.id in ids]
    groups = [(team, there) for team, there in await _teams(work, conversation, may_see) if team.id in ids]
    named = [Named(id=each.id, name=each.name) for each in people]
    named += [Named(id=team.id, name=team.name) for team, _there in groups]
    if len(named) != len(set(ids)):
        raise UnknownMention
    in_groups = {agent_id for _team, there in groups for agent_id in there}
    return named, [agent for agent in may_see if agent in people or agent.id in in_groups]


async def _teams(
    work: UnitOfWork, conversation: Conversation, people: Sequence[Agent]
) -> list[tuple[Team, frozenset[UUID]]]:
    """The site's teams with those of these people who are in it; without those teams that have none of them."""
    members = await teams.members(work, conversation.site_id)
    ids = {agent.id for agent in people}
    found = [(team, ids.intersection(members[team.id])) for team in await teams.of_site(work, conversation.site_id)]
    return [(team, frozenset(there)) for team, there in found if there]


async def _tell(work: UnitOfWork, note: Appended, named: Sequence[Agent]) -> None:
    """One row for each whom it concerns, but not for who wrote it."""
    row = note.row
    made = [
        Mention(
            id=new_id(), conversation_id=row.conversation_id, entry_id=row.id, agent_id=agent.id, created_at=work.now
        )
        for agent in named
        if agent.id != row.author_id
    ]
    work.db.add_all(made)
    await work.db.flush()
    for mention in made:
        found = (await work.db.execute(_of(mention.agent_id).where(Mention.id == mention.id))).one()
        unread = await workspace.unread_mentions(work, mention.agent_id)
        work.push(Mentioned(agent_id=mention.agent_id, mention=_view(*found), unread=unread))


def _of(agent_id: UUID) -> Found:
    return (
        select(Mention, TimelineRow, Conversation, Visitor)
        .join(TimelineRow, TimelineRow.id == Mention.entry_id)
        .join(Conversation, Conversation.id == Mention.conversation_id)
        .join(Visitor, Visitor.id == Conversation.visitor_id)
        .where(Mention.agent_id == agent_id)
    )


def _view(mention: Mention, note: TimelineRow, conversation: Conversation, visitor: Visitor) -> MentionView:
    return MentionView(
        id=mention.id,
        conversation_id=conversation.id,
        visitor_name=visitor.name or "",
        by=note.author_name,
        text=note.text[:SHOWN],
        at=mention.created_at,
        read=mention.read_at is not None,
    )
