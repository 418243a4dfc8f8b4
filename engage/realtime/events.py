"""What leaves the server, and what the slices above hear about sockets."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

from engage.kit.wire import WireModel
from engage.realtime.frames import Frame
from engage.realtime.port import Identity, SocketId


class PushedEvent(WireModel, ABC):
    """A closed type that names its audience. A slice declares one like this:

    class EntryAdded(PushedEvent):
        namespace: ClassVar[str] = "/agent"
        type: Literal["entry_added"] = "entry_added"
        entry: Entry
        holder: UUID = Field(exclude=True)  # for the audience only, never sent

        def rooms(self) -> frozenset[str]:
            return frozenset({f"agent:{self.holder}"})
    """

    #: the only namespace it can ever reach, whoever is in its rooms
    namespace: ClassVar[str]
    #: carries no number: never worth waiting for, dropped first
    volatile: ClassVar[bool] = False

    #: its name on the wire; a subclass narrows it to one literal
    type: str

    @abstractmethod
    def rooms(self) -> frozenset[str]:
        """Its audience. A socket in several of them gets it once."""

    def frame(self) -> Frame:
        # Pydantic writes the JSON itself: building a dict for orjson first takes longer.
        data = self.model_dump_json().encode()
        return Frame(self.namespace, self.type, data, self.volatile)


@dataclass(frozen=True)
class SocketOpened:
    """A person's screen is connected. Reactions run after the client was told so."""

    identity: Identity
    namespace: str
    socket_id: SocketId


@dataclass(frozen=True)
class SocketClosed:
    """That screen is gone. `last` means that this node has no other socket of his in the namespace."""

    identity: Identity
    namespace: str
    socket_id: SocketId
    reason: str
    last: bool


class GoingAway(WireModel):
    """This node stops: connect again, at a moment of your own within these seconds. Sent in every namespace."""

    type: Literal["going_away"] = "going_away"
    within_seconds: float

    def frame(self, namespace: str) -> Frame:
        return Frame(namespace, self.type, self.model_dump_json().encode())
