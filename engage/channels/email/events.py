"""What screens are told of mails."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from engage.agents.events import agent_room
from engage.channels.email.schemas import MailRow
from engage.conversations.events import parties_room, watchers_room
from engage.realtime.events import PushedEvent


class MailChanged(PushedEvent):
    """A mail of a conversation waits, left, came back or was withdrawn. For agents only."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["mail_changed"] = "mail_changed"
    conversation_id: UUID
    mail: MailRow
    #: who wrote it, and who answers now
    agent_ids: frozenset[UUID] = Field(exclude=True)

    def rooms(self) -> frozenset[str]:
        watching = {watchers_room(self.conversation_id), parties_room(self.conversation_id)}
        return frozenset(watching | {agent_room(each) for each in self.agent_ids})
