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
    #: when the agent spoke last; None while it is the agent's turn
    since: datetime | None
    asked: bool


@dataclass(frozen=True)
class Verdict:
    act: Act
    #: when to look again
    again_at: datetime | None


def judge(silence: Silence, patience: Patience, now: datetime) -> Verdict:
    if silence.state not in ("active", "parked"):
        return Verdict("stop", None)
    if silence.since is None:
        return Verdict("wait", now + timedelta(seconds=patience.ask))
    ask, park, close = (silence.since + timedelta(seconds=s) for s in (patience.ask, patience.park, patience.close))
    if silence.state == "parked":
        return Verdict("close", None) if now >= close else Verdict("wait", close)
    if now >= park:
        return Verdict("park", max(close, now))
    if now >= ask and not silence.asked:
        return Verdict("ask", park)
    return Verdict("wait", park if silence.asked else ask)
