"""Locking out who guesses: after a few failures each further one costs twice the time."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from engage.access.errors import TooManyAttempts
from engage.kit.clock import Clock

#: failures that cost nothing but the time to type
FREE = 4
LONGEST = timedelta(minutes=15)
#: who was quiet for so long begins anew
FORGOTTEN_AFTER = timedelta(hours=1)
REMEMBERED = 50_000


@dataclass(frozen=True)
class Failures:
    count: int
    last: datetime

    @property
    def locked_until(self) -> datetime:
        """1 minute after the fifth failure, then 2, 4, 8 and 15."""
        over = self.count - FREE
        return self.last + (min(timedelta(minutes=2 ** min(over - 1, 10)), LONGEST) if over > 0 else timedelta())


class Lockouts:
    """Counts in this process's memory, by whatever names the lock: an account at an address, so that no stranger
    can lock somebody out from elsewhere."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, Failures] = OrderedDict()

    def attempt(self, key: str) -> None:
        """Counts as a failure until `passed` takes it back: many at once are no way around. Raises TooManyAttempts."""
        now = self._clock.now()
        known = self._failures.get(key)
        if known is not None and known.locked_until > now:
            raise _told((known.locked_until - now).total_seconds())
        count = known.count if known is not None and now - known.last < FORGOTTEN_AFTER else 0
        self._failures[key] = Failures(count + 1, now)
        self._failures.move_to_end(key)
        if len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def passed(self, key: str) -> None:
        self._failures.pop(key, None)


def _told(seconds: float) -> TooManyAttempts:
    wait = max(1, round(seconds))
    minutes = -(-wait // 60)
    when = "in a minute" if minutes == 1 else f"in {minutes} minutes"
    return TooManyAttempts(f"Too many attempts. Please try again {when}.", retry_after=wait)


LOCKOUTS = web.AppKey("lockouts", Lockouts)
