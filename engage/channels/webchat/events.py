"""What a visitor's screen is told of the work on his conversation."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from engage.channels.webchat.schemas import ConversationSummary
from engage.contacts.events import visitor_room
from engage.realtime.events import PushedEvent
from engage.routing.schemas import WaitRange


class ConversationChanged(PushedEvent):
    namespace: ClassVar[str] = "/visitor"
    type: Literal["conversation_changed"] = "conversation_changed"
    visitor_id: UUID = Field(exclude=True)
    conversation: ConversationSummary
    position: int | None
    expected_wait_seconds: int | None
    expected_wait: WaitRange | None

    def rooms(self) -> frozenset[str]:
        return frozenset({visitor_room(self.visitor_id)})
