from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engage.realtime.admission import TokenBucket

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_burst_passes_and_the_next_one_waits() -> None:
    bucket = TokenBucket(per_second=10, burst=3, now=NOON)

    assert [bucket.take(NOON) for _ in range(4)] == [True, True, True, False]
    assert bucket.take(NOON + timedelta(seconds=0.1))


def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    bucket = TokenBucket(per_second=1, burst=2, now=NOON)

    assert bucket.take(NOON - timedelta(hours=1))
    assert bucket.take(NOON - timedelta(hours=1))


@given(st.lists(st.floats(0, 10), max_size=200))
def test_no_more_pass_than_burst_and_rate_allow(pauses: list[float]) -> None:
    bucket = TokenBucket(per_second=5, burst=20, now=NOON)
    now, passed = NOON, 0

    for pause in pauses:
        now += timedelta(seconds=pause)
        passed += bucket.take(now)

    assert passed <= 20 + 5 * (now - NOON).total_seconds() + 1e-6
