"""Whose screen shows which board, and what of an agent's coming and going is to be seen there."""

from collections.abc import Sequence

from aiohttp import web

from engage.access.principals import CallingAgent
from engage.agents.sockets import NAMESPACE, Nothing
from engage.engagements.events import EngagementMoved
from engage.kit.bus import Reactions
from engage.kit.errors import Forbidden
from engage.kit.unit_of_work import UNITS
from engage.kit.wakes import WAKES
from engage.realtime import REALTIME
from engage.realtime.events import SocketClosed
from engage.realtime.port import Socket
from engage.realtime.socket_table import SocketTable
from engage.routing import hints
from engage.routing.dispatcher import WAKE
from engage.routing.events import RoutingChanged
from engage.sites.events import CentresChanged
from engage.supervision import board
from engage.supervision.live import BOARDS
from engage.supervision.schemas import WatchBoard

sockets = SocketTable()
reactions = Reactions()


@sockets.on(NAMESPACE, "watch_board", WatchBoard)
async def watch_board(socket: Socket, signal: WatchBoard) -> None:
    """One board at a time is on the screen. Whoever reads it after this misses nothing."""
    who = socket.identity.data
    if not isinstance(who, CallingAgent):
        raise Forbidden
    async with socket.app[UNITS].read() as work:
        scope = await board.scope_of(work, who, signal.site_id)
    await unwatch_board(socket, Nothing())
    await socket.app[REALTIME].join(socket, socket.app[BOARDS].open(scope))


@sockets.on(NAMESPACE, "unwatch_board", Nothing)
async def unwatch_board(socket: Socket, _signal: Nothing) -> None:
    realtime = socket.app[REALTIME]
    realtime.leave(socket, *(room for room in realtime.rooms_of(socket) if room.startswith("board:")))


@reactions.after_commit_of_all(EngagementMoved)
async def hint_at_offers(app: web.Application, events: Sequence[EngagementMoved]) -> None:
    """Whoever matches tells nobody what he has decided himself."""
    made = [event for event in events if event.step == "offer"]
    if made:
        named = hints.of(engagements=[each.engagement_id for each in made], agents=[each.agent_id for each in made])
        app[BOARDS].note(named)


@reactions.after_commit(CentresChanged)
@reactions.after_commit(RoutingChanged)
async def hint_at_rules(app: web.Application, _event: CentresChanged | RoutingChanged) -> None:
    """Centres and queues are not people: whatever the router is told of them, boards read all anew."""
    app[BOARDS].note(hints.EVERYTHING)


@reactions.after_commit(SocketClosed)
async def hint_at_agent(app: web.Application, event: SocketClosed) -> None:
    """His last screen is gone: he is offered nothing more, and the board says so."""
    if event.identity.kind == "agent" and event.last:
        app[WAKES].call(WAKE, hints.of(agents=[event.identity.id]).encoded())
