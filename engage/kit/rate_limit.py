"""Token buckets: so many acts at once, so many a minute after that."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from engage.kit.clock import Clock
from engage.kit.errors import TooMany

#: keys remembered by one process; the least recently used leaves first
REMEMBERED = 50_000


@dataclass(frozen=True)
class Limit:
    name: str
    #: acts that may come at once
    burst: int
    #: acts a minute in the long run
    per_minute: float


class RateLimits:
    """Counts in this process's memory: a limit is a brake, not a promise."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, datetime]] = OrderedDict()

    def spend(self, limit: Limit, who: str) -> None:
        """Takes one token of `who`. Raises TooMany, with the seconds to wait."""
        now = self._clock.now()
        tokens, since = self._buckets.get((limit.name, who), (float(limit.burst), now))
        # a clock may be set back: that must cost nobody anything
        passed = max(0.0, (now - since).total_seconds())
        tokens = min(limit.burst, tokens + passed / 60 * limit.per_minute)
        if tokens < 1:
            raise TooMany(retry_after=max(1, round((1 - tokens) / limit.per_minute * 60)))
        self._buckets[limit.name, who] = (tokens - 1, now)
        self._buckets.move_to_end((limit.name, who))
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)


RATE_LIMITS = web.AppKey("rate_limits", RateLimits)
