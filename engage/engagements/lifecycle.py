"""The whole life of an engagement, as one table. Pure: what happens comes in, the new state comes out."""

from typing import Literal

State = Literal["queued", "offered", "active", "parked", "wrapping_up", "closed", "abandoned"]
Step = Literal[
    "offer", "accept", "pull", "put_back", "transfer", "park", "resume", "requeue",
    "end", "wrap_up", "close", "abandon", "hand_over",
]  # fmt: skip

NEXT: dict[tuple[State, Step], State] = {
    ("queued", "offer"): "offered",
    ("queued", "pull"): "active",  # also auto-accept
    ("queued", "close"): "closed",  # solved by itself, moved, withdrawn
    ("queued", "abandon"): "abandoned",
    ("queued", "transfer"): "queued",
    ("offered", "accept"): "active",
    ("offered", "put_back"): "queued",  # declined, missed, withdrawn: at its old place
    ("active", "park"): "parked",  # answered and waiting for the customer, or snoozed
    ("active", "requeue"): "queued",  # the agent is lost
    ("active", "transfer"): "queued",
    ("active", "hand_over"): "active",  # to a party, who is there already: nothing waits
    ("active", "end"): "wrapping_up",
    ("active", "close"): "closed",
    ("parked", "resume"): "active",  # the customer answers and the same agent has room
    ("parked", "requeue"): "queued",  # else, that agent first
    ("parked", "close"): "closed",
    ("wrapping_up", "wrap_up"): "closed",
}

OPEN: frozenset[State] = frozenset({"queued", "offered", "active", "parked", "wrapping_up"})
#: states in which the engagement takes a slot of its agent
HELD: frozenset[State] = frozenset({"active", "wrapping_up"})
#: what is in an agent's hands, and what rings at his desk
TAKING_ROOM: frozenset[State] = HELD | {"offered"}
WAITING: frozenset[State] = frozenset({"queued", "offered"})


class ImpossibleStep(ValueError):
    """This step does not lead anywhere from this state."""

    def __init__(self, state: State, step: Step) -> None:
        super().__init__(f"{step} from {state}")
        self.state = state
        self.step = step


def after(state: State, step: Step) -> State:
    """Raises ImpossibleStep."""
    try:
        return NEXT[state, step]
    except KeyError as problem:
        raise ImpossibleStep(state, step) from problem
