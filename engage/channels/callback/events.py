"""What is told of call-backs: inside, to their visitors and to agents."""

from dataclasses import dataclass
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from engage.agents.events import agent_room
from engage.channels.callback.schemas import AgentCallback, CallbackView
from engage.contacts.events import visitor_room
from engage.conversations.events import watchers_room
from engage.realtime.events import PushedEvent

Notice = Literal["planned", "reminder", "missed", "given_up", "expired", "cancelled"]


@dataclass(frozen=True)
class RequestChanged:
    """A request took a step; `notice` is the mail that its visitor gets about it, if we know an address."""

    request_id: UUID
    notice: Notice | None = None


class CallbackChanged(PushedEvent):
    namespace: ClassVar[str] = "/visitor"
    type: Literal["callback_changed"] = "callback_changed"
    visitor_id: UUID = Field(exclude=True)
    callback: CallbackView

    def rooms(self) -> frozenset[str]:
        return frozenset({visitor_room(self.visitor_id)})


class CallbackChangedForAgents(PushedEvent):
    """For whoever holds the work and whoever has the conversation on his screen."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["callback_changed"] = "callback_changed"
    agent_id: UUID | None = Field(exclude=True)
    callback: AgentCallback

    def rooms(self) -> frozenset[str]:
        holder = {agent_room(self.agent_id)} if self.agent_id else set()
        return frozenset({watchers_room(self.callback.conversation_id)} | holder)
