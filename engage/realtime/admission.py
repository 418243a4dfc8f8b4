"""How fast things may come in: token buckets. Pure: the moment is an argument, in seconds that only grow."""


class TokenBucket:
    """`burst` at once, `per_second` in the long run."""

    __slots__ = ("_burst", "_per_second", "_since", "_tokens")

    def __init__(self, *, per_second: float, burst: float, now: float) -> None:
        self._per_second = per_second
        self._burst = burst
        self._tokens = burst
        self._since = now

    def take(self, now: float) -> bool:
        """True when there was a token left for this one."""
        self._tokens = min(self._burst, self._tokens + (now - self._since) * self._per_second)
        self._since = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def seconds_until_next(self) -> float:
        return max(0.0, (1 - self._tokens) / self._per_second)
