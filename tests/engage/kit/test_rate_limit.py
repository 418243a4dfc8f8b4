"""Token buckets: a burst, then a steady rate, each person on his own."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.kit import rate_limit
from engage.kit.clock import ManualClock
from engage.kit.errors import TooMany
from engage.kit.rate_limit import Limit, RateLimits

SIGN_IN = Limit("sign_in", burst=3, per_minute=6)


def spent(limits: RateLimits, who: str, times: int, limit: Limit = SIGN_IN) -> int:
    """How many of so many acts were let through."""
    done = 0
    for _ in range(times):
        try:
            limits.spend(limit, who)
        except TooMany:
            continue
        done += 1
    return done


def test_burst_is_let_through_and_the_next_is_told_when_to_come_back() -> None:
    limits = RateLimits(ManualClock())

    assert spent(limits, "kim", 3) == 3
    with pytest.raises(TooMany) as refused:
        limits.spend(SIGN_IN, "kim")

    assert refused.value.facts["retry_after"] == 10


def test_who_waits_as_long_as_he_was_told_is_let_through() -> None:
    clock = ManualClock()
    limits = RateLimits(clock)
    spent(limits, "kim", 3)

    clock.advance(seconds=9)
    assert spent(limits, "kim", 1) == 0
    clock.advance(seconds=1)
    assert spent(limits, "kim", 2) == 1


def test_one_person_s_haste_costs_nobody_else() -> None:
    limits = RateLimits(ManualClock())
    spent(limits, "kim", 50)

    assert spent(limits, "ben", 3) == 3
    assert spent(limits, "kim", 3, Limit("upload", burst=3, per_minute=1)) == 3


def test_long_rest_gives_no_more_than_the_burst() -> None:
    clock = ManualClock()
    limits = RateLimits(clock)
    spent(limits, "kim", 3)

    clock.advance(seconds=86_400)

    assert spent(limits, "kim", 50) == 3


def test_clock_that_is_set_back_locks_nobody_out() -> None:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    limits = RateLimits(clock)
    spent(limits, "kim", 1)

    clock.advance(seconds=-3600)

    assert spent(limits, "kim", 2) == 2


def test_memory_is_bounded_and_forgets_who_came_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "REMEMBERED", 2)
    limits = RateLimits(ManualClock())
    for who in ("kim", "ben", "ada"):
        spent(limits, who, 3)

    assert spent(limits, "ada", 1) == 0
    assert spent(limits, "kim", 1) == 1


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=40))
def test_never_more_than_the_burst_and_the_rate_together(visits: list[tuple[int, int]]) -> None:
    clock = ManualClock()
    limits = RateLimits(clock)
    seconds, let_through = 0, 0

    for pause, tries in visits:
        clock.advance(seconds=pause)
        seconds += pause
        let_through += spent(limits, "kim", tries)

    assert let_through <= SIGN_IN.burst + seconds * SIGN_IN.per_minute / 60 + 1e-6
