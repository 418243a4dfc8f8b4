"""What happens in a conversation, for the slices above and for the screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, PrivateAttr

from engage.agents.events import agent_room
from engage.contacts.events import visitor_room
from engage.conversations.schemas import AuthorKind, DraftView, Entry, EntryKind, Posting, Side
from engage.realtime.events import PushedEvent
from engage.realtime.frames import Frame


def watchers_room(conversation_id: UUID) -> str:
    """Agents who have the conversation on their screen."""
    return f"conversation:{conversation_id}"


def parties_room(conversation_id: UUID) -> str:
    """Agents who are parties to the conversation's work, beside whoever holds it."""
    return f"parties:{conversation_id}"


@dataclass(frozen=True)
class EntryAppended:
    """A row was added to a timeline."""

    conversation_id: UUID
    site_id: UUID
    visitor_id: UUID
    entry_id: UUID
    kind: EntryKind
    author_kind: AuthorKind
    author_id: UUID | None


@dataclass(frozen=True)
class AnswerHeld:
    """An answer stands in the timeline for agents, and waits to be posted before the customer gets it."""

    conversation_id: UUID
    site_id: UUID
    visitor_id: UUID
    entry_id: UUID
    posting: Posting


@dataclass(frozen=True)
class ConversationMerged:
    """All that was said in one conversation stands in another; slices above move what they keep."""

    gone_id: UUID
    into_id: UUID
    #: its record, in which each slice notes what of its own moved
    merge_id: UUID


@dataclass(frozen=True)
class EntriesMoved:
    """Entries stand in another conversation; slices above move what hangs on them."""

    from_id: UUID
    into_id: UUID
    entry_ids: frozenset[UUID]
    #: into a new conversation, and not back to an old one
    is_split: bool


@dataclass(frozen=True)
class ConversationUnmerged:
    """A merge was taken back; slices above move what came with it, as they had noted it."""

    from_id: UUID
    restored_id: UUID
    came: Mapping[str, Any]


class _ForVisitor(PushedEvent):
    """Reaches the visitor's own tabs and nobody else."""

    namespace: ClassVar[str] = "/visitor"
    visitor_id: UUID = Field(exclude=True)

    def rooms(self) -> frozenset[str]:
        return frozenset({visitor_room(self.visitor_id)})


class _ForAgents(PushedEvent):
    """Reaches whoever answers, the parties beside him, and whoever watches the conversation."""

    namespace: ClassVar[str] = "/agent"
    conversation_id: UUID
    with_agent_id: UUID | None = Field(exclude=True)

    def rooms(self) -> frozenset[str]:
        holder = {agent_room(self.with_agent_id)} if self.with_agent_id else set()
        return frozenset({watchers_room(self.conversation_id), parties_room(self.conversation_id)} | holder)


class _EntryAdded(PushedEvent):
    """Its entry may be encoded already, for the answer: then the same bytes go to everybody."""

    _encoded: bytes | None = PrivateAttr(default=None)

    type: Literal["entry_added"] = "entry_added"
    entry: Entry

    @classmethod
    def of(cls, encoded: bytes, **fields: Any) -> Self:
        """From values of our own: nothing is left to validate."""
        event: Self = cls.model_construct(**fields)  # type: ignore[assignment]  # an abstract class hides its kind
        event._encoded = encoded  # our own
        return event

    def frame(self) -> Frame:
        if self._encoded is None:
            return super().frame()
        about = f'{{"type":"{self.type}","conversation_id":"{self.entry.conversation_id}","entry":'
        return Frame(self.namespace, self.type, b"%s%s}" % (about.encode(), self._encoded))


class EntryAddedForVisitor(_EntryAdded, _ForVisitor):
    conversation_id: UUID


class EntryAddedForAgents(_EntryAdded, _ForAgents):
    pass


class CursorMovedForVisitor(_ForVisitor):
    type: Literal["cursor_moved"] = "cursor_moved"
    conversation_id: UUID
    by: Side
    delivered_seq: int
    read_seq: int


class CursorMovedForAgents(_ForAgents):
    type: Literal["cursor_moved"] = "cursor_moved"
    by: Side
    delivered_seq: int
    read_seq: int


class TypingForVisitor(_ForVisitor):
    volatile: ClassVar[bool] = True
    type: Literal["typing"] = "typing"
    conversation_id: UUID
    author_kind: AuthorKind
    name: str
    on: bool


class TypingForAgents(_ForAgents):
    volatile: ClassVar[bool] = True
    type: Literal["typing"] = "typing"
    author_kind: AuthorKind
    #: so that a console does not show an agent his own typing
    author_id: UUID
    name: str
    on: bool
    #: he writes a note, not an answer
    note: bool = False


class DraftChanged(PushedEvent):
    """For the agent's other screens: the same draft is there."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["draft_changed"] = "draft_changed"
    agent_id: UUID = Field(exclude=True)
    conversation_id: UUID
    draft: DraftView

    def rooms(self) -> frozenset[str]:
        return frozenset({agent_room(self.agent_id)})


class HeadsForVisitor(_ForVisitor):
    """The last number of each of his conversations."""

    type: Literal["heads"] = "heads"
    heads: dict[UUID, int]


class HeadsForAgent(PushedEvent):
    """The last number of each conversation that the agent answers."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["heads"] = "heads"
    agent_id: UUID = Field(exclude=True)
    heads: dict[UUID, int]

    def rooms(self) -> frozenset[str]:
        return frozenset({agent_room(self.agent_id)})


class RenumberedForVisitor(_ForVisitor):
    """What he knows of the conversation's numbers is void: it is to be read anew."""

    type: Literal["conversation_renumbered"] = "conversation_renumbered"
    conversation_id: UUID


class RenumberedForAgents(_ForAgents):
    type: Literal["conversation_renumbered"] = "conversation_renumbered"


class MergedForVisitor(_ForVisitor):
    type: Literal["conversation_merged"] = "conversation_merged"
    conversation_id: UUID
    into_id: UUID


class MergedForAgents(PushedEvent):
    """For whoever answers or watches one of the two."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["conversation_merged"] = "conversation_merged"
    conversation_id: UUID
    into_id: UUID
    agent_ids: frozenset[UUID] = Field(exclude=True)

    def rooms(self) -> frozenset[str]:
        watching = {watchers_room(self.conversation_id), watchers_room(self.into_id)}
        return frozenset(watching | {agent_room(each) for each in self.agent_ids})
