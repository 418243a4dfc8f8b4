"""How fast things may come in: token buckets. Pure: the moment is an argument."""

from datetime import datetime


class TokenBucket:
    """`burst` at once, `per_second` in the long run."""

    __slots__ = ("_burst", "_per_second", "_since", "_tokens")

    def __init__(self, *, per_second: float, burst: float, now: datetime) -> None:
        self._per_second = per_second
        self._burst = burst
        self._tokens = burst
        self._since = now

    def take(self, now: datetime) -> bool:
        """True when there was a token left for this one."""
        # A clock may be set back: that must cost nobody anything.
        elapsed = max(0.0, (now - self._since).total_seconds())
        self._tokens = min(self._burst, self._tokens + elapsed * self._per_second)
        self._since = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
