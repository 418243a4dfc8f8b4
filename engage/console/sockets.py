"""What an agent's screen signals: which conversation it shows, and that he types."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.access.principals import CallingAgent
from engage.agents.events import agent_room
from engage.agents.sockets import Nothing
from engage.console import service, workspace
from engage.console.events import ViewersChanged, queue_room
from engage.console.schemas import TypingSignal, Viewer, WatchSignal
from engage.conversations import timeline
from engage.conversations.events import HeadsForAgent, TypingForAgents, TypingForVisitor, parties_room, watchers_room
from engage.engagements.models import Engagement
from engage.kit.bus import Reactions
from engage.kit.errors import Forbidden
from engage.kit.unit_of_work import UNITS
from engage.realtime import REALTIME
from engage.realtime.events import PushedEvent, SocketClosed, SocketOpened
from engage.realtime.port import Identity, Socket, SocketId
from engage.realtime.socket_table import SocketTable
from engage.routing import parties, visibility
from engage.routing.events import PartyChanged

sockets = SocketTable()
reactions = Reactions()
#: what each console of this process has on its screen
WATCHING: web.AppKey[dict[SocketId, UUID]] = web.AppKey("watching")


def _agent(socket: Socket) -> CallingAgent:
    who = socket.identity.data
    if not isinstance(who, CallingAgent):
        raise Forbidden
    return who


@sockets.on("/agent", "watch", WatchSignal)
async def watch(socket: Socket, signal: WatchSignal) -> None:
    """One conversation at a time is on the screen; its watchers learn who else looks."""
    async with socket.app[UNITS].read() as work:
        await service.visible(work, _agent(socket), signal.conversation_id)
    await unwatch(socket, Nothing())
    await socket.app[REALTIME].join(socket, watchers_room(signal.conversation_id))
    socket.app[WATCHING][socket.id] = signal.conversation_id
    _tell_viewers(socket.app, signal.conversation_id)


@sockets.on("/agent", "unwatch", Nothing)
async def unwatch(socket: Socket, _signal: Nothing) -> None:
    conversation_id = socket.app[WATCHING].pop(socket.id, None)
    if conversation_id is not None:
        socket.app[REALTIME].leave(socket, watchers_room(conversation_id))
        _tell_viewers(socket.app, conversation_id)


@reactions.after_commit(SocketClosed)
async def look_away(app: web.Application, event: SocketClosed) -> None:
    if (conversation_id := app[WATCHING].pop(event.socket_id, None)) is not None:
        _tell_viewers(app, conversation_id)


def _tell_viewers(app: web.Application, conversation_id: UUID) -> None:
    """Those of this process; a colleague on another one is seen when he types."""
    realtime = app[REALTIME]
    looking = {other.identity.id: other.identity.name for other in realtime.sockets_in(watchers_room(conversation_id))}
    viewers = [Viewer(id=agent_id, name=name, typing=False) for agent_id, name in looking.items()]
    realtime.push(ViewersChanged(conversation_id=conversation_id, viewers=viewers))


@sockets.on("/agent", "typing", TypingSignal)
async def typing(socket: Socket, signal: TypingSignal) -> None:
    """The customer sees it only from whoever answers him; colleagues see it from everybody."""
    who = _agent(socket)
    async with socket.app[UNITS].read() as work:
        conversation = await service.visible(work, who, signal.conversation_id)
        is_heard = await parties.is_heard(work, conversation, who.agent_id)
    common = {"conversation_id": conversation.id, "author_kind": "agent", "name": who.name, "on": signal.on}
    realtime = socket.app[REALTIME]
    if is_heard and not signal.note:
        realtime.push(TypingForVisitor.model_validate({**common, "visitor_id": conversation.visitor_id}))
    realtime.push(
        TypingForAgents.model_validate(
            {
                **common,
                "author_id": who.agent_id,
                "with_agent_id": conversation.with_agent_id,
                "note": signal.note,
            }
        )
    )


@reactions.after_commit(SocketOpened)
async def join_queues(app: web.Application, event: SocketOpened) -> None:
    """He hears of the queues he serves. A queue's event is the whole queue, so the next one heals a missed one."""
    who = event.identity.data
    if not isinstance(who, CallingAgent):
        return
    async with app[UNITS].read() as work:
        queue_ids = await workspace.queues_of(work, who)
        beside = await work.db.scalars(
            select(Engagement.conversation_id).where(Engagement.id.in_(visibility.as_party(who.agent_id)))
        )
        rooms = {queue_room(each) for each in queue_ids} | {parties_room(each) for each in beside}
    for room in rooms:
        app[REALTIME].join_room(agent_room(who.agent_id), room)


@reactions.after_commit(PartyChanged)
async def let_in_and_out(app: web.Application, event: PartyChanged) -> None:
    """A party hears what is said while he is one. Whoever sees it for another reason may go on watching."""
    his, realtime = agent_room(event.agent_id), app[REALTIME]
    if event.is_in:
        realtime.join_room(his, parties_room(event.conversation_id))
        return
    realtime.leave_room(his, parties_room(event.conversation_id))
    async with app[UNITS].read() as work:
        conversation = await timeline.found(work, event.conversation_id)
        if not await visibility.sees(work, event.agent_id, conversation):
            realtime.leave_room(his, watchers_room(event.conversation_id))


@sockets.heads("/agent", every_seconds=25)
async def tell_parties(app: web.Application, people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
    """The beacon of what they are parties to, that no lost push stays lost."""
    if not people:
        return {}
    heads: defaultdict[UUID, dict[UUID, int]] = defaultdict(dict)
    async with app[UNITS].read() as work:
        for agent_id, conversation_id, head in await work.db.execute(parties.heads([each.id for each in people])):
            heads[agent_id][conversation_id] = head
    return {each: HeadsForAgent(agent_id=each.id, heads=heads[each.id]) for each in people if each.id in heads}
