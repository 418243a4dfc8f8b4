from typing import Annotated
from uuid import UUID

from pydantic import Field

from engage.agents.schemas import PresenceState, SetPresence, TeamName
from engage.engagements.lifecycle import State
from engage.engagements.schemas import ChannelName
from engage.kit.wire import Moment, WireModel
from engage.routing.eligibility import Order
from engage.routing.schemas import RefusalView
from engage.sites.schemas import CentreCause, CentreState


class BoardQueue(WireModel):
    id: UUID
    name: str
    #: by which the console puts the waiting in order, as the router does
    order: Order
    #: in minutes of waiting
    priority: int
    #: percent of a minute of priority that each minute of waiting is worth
    age_factor: int
    #: accepted in the last 15 minutes
    accepted_lately: int


class BoardCentre(WireModel):
    id: UUID
    name: str
    state: CentreState
    since: Moment
    cause: CentreCause


class BoardWork(WireModel):
    """Work that is not closed: it waits, rings, or is in somebody's hands."""

    engagement_id: UUID
    conversation_id: UUID
    #: raised by each step: the younger one counts
    version: int
    queue_id: UUID
    channel: ChannelName
    state: State
    state_since: Moment
    #: its place in the order
    place_since: Moment
    #: minutes that a supervisor added to it
    boost: int
    #: units of an agent's capacity
    weight: int
    #: in whose hands it is or at whose desk it rings
    agent_id: UUID | None
    #: empty while he has not said it
    visitor_name: str
    last_text: str
    #: its visitor is away: nobody is offered it until he is back
    withheld: bool
    #: who declined or missed it last
    refused: RefusalView | None


class BoardAgent(WireModel):
    id: UUID
    #: raised whenever what he holds, is offered or says changes: the younger one counts
    work_seq: int
    name: str
    picture: str | None
    presence: PresenceState
    reason: str | None
    #: the one of a site's reasons that it is
    reason_id: UUID | None
    since: Moment
    #: name of the colleague who set it, if it was not himself
    set_by: str | None
    #: a screen of his is connected
    online: bool
    capacity: int
    #: units in use, also by work that is not shown
    load: int
    #: nothing at all fits any more, as beside a call
    is_full: bool
    centre_id: UUID | None
    team_ids: list[UUID]
    queue_ids: list[UUID]


class Fingerprint(WireModel):
    """What all open work adds up to: who has another sum has missed something."""

    works: int
    versions: int


class Board(WireModel):
    """Everything at one moment; what is pushed afterwards is folded in."""

    site_id: UUID
    queues: list[BoardQueue]
    centres: list[BoardCentre]
    teams: list[TeamName]
    agents: list[BoardAgent]
    work: list[BoardWork]
    #: open work beyond what is listed
    more: int
    server_time: Moment


class WatchBoard(WireModel):
    site_id: UUID


class Push(WireModel):
    agent_id: UUID
    #: beyond his capacity; recorded
    over_capacity: bool = False


class Move(WireModel):
    queue_id: UUID


class Boost(WireModel):
    #: minutes of waiting on top; 0 takes it back
    minutes: Annotated[int, Field(ge=0, le=1440)]


class SetColleaguesPresence(SetPresence):
    """As for oneself; he sees who did it."""
