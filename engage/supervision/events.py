"""What a board on a screen is told. Each room is one scope at one node, so its numbers come from one hand."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from engage.realtime.events import PushedEvent
from engage.supervision.schemas import BoardAgent, BoardWork, Fingerprint


class _ForBoard(PushedEvent):
    """Numbered by the room: a gap makes the console read the board anew."""

    namespace: ClassVar[str] = "/agent"
    #: of the supervisors of one site who oversee the same queues
    room: str = Field(exclude=True)
    site_id: UUID
    seq: int

    def rooms(self) -> frozenset[str]:
        return frozenset({self.room})


class BoardChanged(_ForBoard):
    """What changed in the last moment, as it is now."""

    type: Literal["board_changed"] = "board_changed"
    work: list[BoardWork]
    #: work that is closed, or is not overseen any more
    gone: list[UUID]
    agents: list[BoardAgent]
    agents_gone: list[UUID]


class BoardStale(_ForBoard):
    """Rules, people or centres changed, or something was missed: the board is to be read anew."""

    type: Literal["board_stale"] = "board_stale"


class BoardHead(_ForBoard):
    """The last number, and what all work adds up to, so that no loss lasts."""

    type: Literal["board_head"] = "board_head"
    fingerprint: Fingerprint
