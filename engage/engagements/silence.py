"""A silent chat is asked after, then parked, then closed. Pure: what to do at which silence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engage.engagements.lifecycle import State

Act = Literal["wait", "ask", "park", "close", "stop"]


@dataclass(frozen=True)
class Patience:
    """Silence of the visitor, in seconds, after which something is done."""

    ask: int
    park: int
    close: int


@dataclass(frozen=True)
class Silence:
    state: State
    #: when the talk began, went on or was parked
    state_since: datetime
    #: when the agent spoke last; None while it is the agent's turn
    spoke_at: datetime | None
    asked: bool
    #: the agent named the time at which it goes on
    snoozed: bool = False


@dataclass(frozen=True)
class Verdict:
    act: Act
    #: when to look again
    again_at: datetime | None


def judge(silence: Silence, patience: Patience, now: datetime) -> Verdict:
    if silence.state not in ("active", "parked") or silence.snoozed:
        return Verdict("stop", None)
    if silence.spoke_at is None:
        return Verdict("wait", now + timedelta(seconds=patience.ask))
    if silence.state == "parked":
        close = silence.state_since + timedelta(seconds=patience.close - patience.park)
        return Verdict("close", None) if now >= close else Verdict("wait", close)
    since = max(silence.spoke_at, silence.state_since)
    ask, park = since + timedelta(seconds=patience.ask), since + timedelta(seconds=patience.park)
    if now >= park:
        return Verdict("park", now + timedelta(seconds=patience.close - patience.park))
    if now >= ask and not silence.asked:
        return Verdict("ask", park)
    return Verdict("wait", park if silence.asked else ask)
