"""The life of a call-back request, as one table. Pure: what happens comes in, the new state comes out."""

from typing import Literal

State = Literal["scheduled", "queued", "taken", "calling", "done", "failed", "cancelled", "expired"]
Step = Literal[
    "fall_due", "take", "put_back", "dial", "finish", "retry", "give_up", "cancel", "expire", "move", "move_to_now",
]  # fmt: skip

NEXT: dict[tuple[State, Step], State] = {
    ("scheduled", "fall_due"): "queued",
    ("scheduled", "move"): "scheduled",
    ("scheduled", "move_to_now"): "queued",
    ("scheduled", "cancel"): "cancelled",
    ("scheduled", "expire"): "expired",
    ("queued", "take"): "taken",  # an agent has it and sees the context
    ("queued", "move"): "scheduled",
    ("queued", "cancel"): "cancelled",
    ("queued", "expire"): "expired",
    ("taken", "dial"): "calling",
    ("taken", "put_back"): "queued",  # handed over, or the agent is lost
    ("taken", "retry"): "scheduled",  # he agreed on a later time in writing
    ("taken", "cancel"): "cancelled",
    ("calling", "put_back"): "queued",
    ("calling", "finish"): "done",
    ("calling", "retry"): "scheduled",
    ("calling", "give_up"): "failed",
}
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled", "expired"})
#: in an agent's hands, and without an outcome
UNSETTLED: frozenset[State] = frozenset({"taken", "calling"})
#: what its visitor may still take back or move
OWN_TO_CANCEL: frozenset[State] = frozenset({"scheduled", "queued", "taken"})
OWN_TO_MOVE: frozenset[State] = frozenset({"scheduled", "queued"})


class ImpossibleStep(ValueError):
    """This step does not lead anywhere from this state."""


def after(state: State, step: Step) -> State:
    """Raises ImpossibleStep."""
    try:
        return NEXT[state, step]
    except KeyError as problem:
        raise ImpossibleStep(f"{step} from {state}") from problem
