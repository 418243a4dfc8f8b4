"""How long a visitor will wait, and what he is told of it. Pure.

The estimate is the number of those who are served before him, and himself, by the rate at which the agents who may
have his work take work, blended half and half with the wait of whoever was accepted last:

- *Before him* counts what stands in front by priority and age. Work of another queue counts by the share of that
  queue's agents who serve his queue too: of 10 that wait where half of the agents are shared, 5 are before him.
- The *rate* is the mean of the moving averages over 1 and over 15 minutes: quick to see a rush, slow to forget it.
- Where nothing was accepted for 15 minutes it is a minute for each. While one of those agents has room for him it is no
  time at all, and while none is there it is unknown, for any number would be invented.

He is told a step of a ladder, as a range: at once when he begins to wait, then at most every 30 s, and never more than
one step worse than before. ADR 0017 says why.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: with nothing accepted lately
START_SECONDS_EACH = 60
LAST_MINUTE, LAST_QUARTER = timedelta(minutes=1), timedelta(minutes=15)
LONGEST_SECONDS = 4 * 3600
TOLD_EVERY = timedelta(seconds=30)
#: who stands further back hears less often, so that a long queue costs no more than a short one
NEAR = 50

#: what can be told: from and to, in seconds; nothing at all, then ever wider ranges, the last one without an end
LADDER: tuple[tuple[int, int | None], ...] = (
    (0, 0), (0, 60), (60, 120), (120, 180), (180, 300), (300, 480), (480, 720), (720, 1200), (1200, 1800),
    (1800, 2700), (2700, 3600), (3600, None),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Who is served before somebody, and who could serve him."""

    #: works, as shares of their queues' agents
    before: float
    #: those of them, and of his own queue, that ring nowhere yet
    queued_before: float
    #: how much more work like his the agents who may have it could take now; counted until it is enough for him
    room: int
    #: at least one of them is there
    is_staffed: bool
    #: his own work rings at a desk
    rings: bool = False


@dataclass(frozen=True)
class Pace:
    """What the agents who may have his work accepted."""

    last_minute: int
    last_quarter: int
    #: how long the last one of his queue had waited; none if that was too long ago
    last_wait_seconds: int | None


def per_second(pace: Pace) -> float:
    if pace.last_quarter == 0:
        return 1 / START_SECONDS_EACH
    by_minute = pace.last_minute / LAST_MINUTE.total_seconds()
    return (by_minute + pace.last_quarter / LAST_QUARTER.total_seconds()) / 2


def expected_wait(line: Line, pace: Pace) -> int | None:
    """Seconds; None while nobody is there who could take it."""
    if line.rings or line.queued_before < line.room:
        return 0
    if not line.is_staffed:
        return None
    by_rate = (line.before + 1) / per_second(pace)
    seconds = by_rate if pace.last_wait_seconds is None else (by_rate + pace.last_wait_seconds) / 2
    return round(min(max(1, seconds), LONGEST_SECONDS))


def step_of(seconds: int) -> int:
    """The step of the ladder in which it lies."""
    return next(at for at, (_begin, end) in enumerate(LADDER) if end is None or seconds < end or seconds == end == 0)


@dataclass(frozen=True)
class Told:
    """What somebody was told last."""

    at: datetime
    #: of the ladder; none: nothing can be said
    step: int | None


def tell(before: Told | None, expected: int | None, now: datetime) -> Told:
    """What he is to be told now; the same as before until its time has come."""
    if before is not None and now < before.at + TOLD_EVERY:
        return before
    step = None if expected is None else step_of(expected)
    if before is not None and before.step is not None and step is not None:
        step = min(step, before.step + 1)
    return Told(now, step)


def told_again_after(position: int) -> timedelta:
    return TOLD_EVERY * (1 + position // NEAR)


def error_seconds(forecast: int, real: timedelta) -> int:
    """By how much the first thing that he was told was wrong."""
    return abs(forecast - round(real.total_seconds()))
