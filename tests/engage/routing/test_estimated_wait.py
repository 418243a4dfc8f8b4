"""The promised wait: never absurd, never shorter for who stands further back."""

from hypothesis import given
from hypothesis import strategies as st

from engage.routing.estimated_wait import LONGEST_SECONDS, expected_wait


def test_nothing_known_means_a_minute_a_place() -> None:
    assert expected_wait(3, accepted_lately=0) == 180


def test_rate_of_the_last_quarter_of_an_hour_counts() -> None:
    assert expected_wait(2, accepted_lately=30) == 60


def test_single_acceptance_does_not_frighten_people_away() -> None:
    assert expected_wait(1, accepted_lately=1) == 240


@given(st.integers(1, 10_000), st.integers(0, 5_000))
def test_wait_is_never_negative_and_never_longer_than_an_hour(position: int, accepted: int) -> None:
    assert 0 <= expected_wait(position, accepted_lately=accepted) <= LONGEST_SECONDS


@given(st.integers(1, 1_000), st.integers(0, 1_000))
def test_who_stands_further_back_is_never_promised_less(position: int, accepted: int) -> None:
    assert expected_wait(position + 1, accepted_lately=accepted) >= expected_wait(position, accepted_lately=accepted)
