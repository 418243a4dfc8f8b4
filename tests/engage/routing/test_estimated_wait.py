"""The promised wait: worked examples, and what it may never do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engage.routing import estimated_wait
from engage.routing.estimated_wait import LADDER, LONGEST_SECONDS, TOLD_EVERY, Line, Pace, Told, expected_wait, tell

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOTHING_LATELY = Pace(0, 0, None)


def behind(before: float, *, room: int = 0, queued: float | None = None) -> Line:
    return Line(before, before if queued is None else queued, room, is_staffed=True)


def test_nothing_known_means_a_minute_for_each_who_is_served_first_and_for_himself() -> None:
    assert expected_wait(behind(2), NOTHING_LATELY) == 180


def test_rate_is_the_mean_of_the_last_minute_and_the_last_quarter_of_an_hour() -> None:
    # one a minute lately, two a minute over the quarter: one and a half
    assert expected_wait(behind(2), Pace(1, 30, None)) == 120


def test_wait_of_the_last_who_was_accepted_counts_half() -> None:
    assert expected_wait(behind(2), Pace(2, 30, 300)) == 195


def test_agent_who_is_free_means_no_wait_and_nobody_there_means_that_it_is_unknown() -> None:
    assert expected_wait(behind(0, room=1), Pace(0, 3, 600)) == 0
    assert expected_wait(behind(5, queued=0, room=1), NOTHING_LATELY) == 0
    assert expected_wait(behind(1, room=1), NOTHING_LATELY) == 120
    assert expected_wait(Line(0, 0, 0, is_staffed=True, rings=True), NOTHING_LATELY) == 0
    assert expected_wait(Line(0, 0, 0, is_staffed=False), Pace(9, 90, 10)) is None


def test_ladder_has_a_step_for_every_wait_without_holes() -> None:
    assert [LADDER[estimated_wait.step_of(seconds)] for seconds in (0, 1, 59, 60, 240, 299, 3600, LONGEST_SECONDS)] == [
        (0, 0), (0, 60), (0, 60), (60, 120), (180, 300), (180, 300), (3600, None), (3600, None),
    ]  # fmt: skip
    assert all(one[1] == two[0] for one, two in pairwise(LADDER))


@given(st.lists(st.tuples(st.integers(0, LONGEST_SECONDS) | st.none(), st.integers(1, 90)), min_size=1, max_size=40))
def test_what_is_told_holds_for_thirty_seconds_and_rises_by_one_step_at_most(
    estimates: list[tuple[int | None, int]],
) -> None:
    told, now = tell(None, estimates[0][0], NOW), NOW

    for expected, seconds in estimates[1:]:
        now += timedelta(seconds=seconds)
        before, told = told, tell(told, expected, now)
        assert told == before or told.at - before.at >= TOLD_EVERY
        if before.step is not None and told.step is not None:
            assert told.step <= before.step + 1
        if told.at == now and expected is not None and before.step is not None:
            assert told.step == min(estimated_wait.step_of(expected), before.step + 1)


def test_good_news_is_told_in_full_and_bad_news_in_steps() -> None:
    bad = tell(Told(NOW, 1), 1000, NOW + TOLD_EVERY)
    good = tell(Told(NOW, 7), 30, NOW + TOLD_EVERY)

    assert (bad.step, good.step) == (2, 1)


@given(st.floats(0, 10_000), st.integers(0, 100), st.integers(0, 5_000), st.none() | st.integers(0, 9_000))
def test_wait_is_never_negative_and_who_stands_further_back_is_never_promised_less(
    before: float, last_minute: int, more: int, last_wait: int | None
) -> None:
    pace = Pace(last_minute, last_minute + more, last_wait)
    nearer, further = expected_wait(behind(before), pace), expected_wait(behind(before + 1), pace)

    assert nearer is not None
    assert further is not None
    assert 0 < nearer <= further <= LONGEST_SECONDS


def test_whoever_is_far_back_hears_less_often() -> None:
    assert estimated_wait.told_again_after(1) == TOLD_EVERY
    assert estimated_wait.told_again_after(500) == 11 * TOLD_EVERY
