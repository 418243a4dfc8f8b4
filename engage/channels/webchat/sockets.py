"""What a visitor signals: that he types."""

from engage.access.principals import CallingVisitor
from engage.channels.webchat.schemas import TypingSignal
from engage.contacts.models import Visitor
from engage.conversations import service as conversations
from engage.conversations.events import TypingForAgents, TypingForVisitor
from engage.kit.unit_of_work import UNITS
from engage.realtime import REALTIME
from engage.realtime.port import Socket
from engage.realtime.socket_table import SocketTable

sockets = SocketTable()


@sockets.on("/visitor", "typing", TypingSignal)
async def typing(socket: Socket, signal: TypingSignal) -> None:
    """Tells whoever answers or watches, and the visitor's other tabs; never stored."""
    who = socket.identity.data
    if not isinstance(who, CallingVisitor):
        return
    async with socket.app[UNITS].read() as work:
        conversation = await conversations.of_visitor(work, signal.conversation_id, who.visitor_id)
        visitor = await work.db.get_one(Visitor, who.visitor_id)
    common = {"conversation_id": conversation.id, "author_kind": "visitor", "name": visitor.name or "", "on": signal.on}
    among_agents = {"author_id": visitor.id, "with_agent_id": conversation.with_agent_id}
    realtime = socket.app[REALTIME]
    realtime.push(TypingForAgents.model_validate({**common, **among_agents}))
    realtime.push(TypingForVisitor.model_validate({**common, "visitor_id": who.visitor_id}))
