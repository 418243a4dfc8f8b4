"""The table of an engagement's life, read from outside: every state with every step."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.engagements import lifecycle
from engage.engagements.lifecycle import HELD, NEXT, OPEN, TAKING_ROOM, WAITING, ImpossibleStep, State, Step

STATES: tuple[State, ...] = get_args(State)
STEPS: tuple[Step, ...] = get_args(Step)


@pytest.mark.parametrize(
    ("state", "step", "next_state"),
    [
        ("queued", "offer", "offered"),
        ("queued", "pull", "active"),
        ("queued", "close", "closed"),
        ("queued", "abandon", "abandoned"),
        ("queued", "transfer", "queued"),
        ("offered", "accept", "active"),
        ("offered", "put_back", "queued"),
        ("active", "park", "parked"),
        ("active", "requeue", "queued"),
        ("active", "transfer", "queued"),
        ("active", "end", "wrapping_up"),
        ("active", "close", "closed"),
        ("parked", "resume", "active"),
        ("parked", "requeue", "queued"),
        ("parked", "close", "closed"),
        ("wrapping_up", "wrap_up", "closed"),
    ],
)
def test_step_leads_where_the_architecture_says(state: State, step: Step, next_state: State) -> None:
    assert lifecycle.after(state, step) == next_state


@pytest.mark.parametrize(("state", "step"), [each for each in product(STATES, STEPS) if each not in NEXT])
def test_every_other_step_is_impossible_and_says_which(state: State, step: Step) -> None:
    with pytest.raises(ImpossibleStep) as impossible:
        lifecycle.after(state, step)

    assert (impossible.value.state, impossible.value.step) == (state, step)


@pytest.mark.parametrize("state", ["closed", "abandoned"])
def test_what_has_ended_never_goes_on(state: State) -> None:
    assert not [step for step in STEPS if (state, step) in NEXT]
    assert state not in OPEN


@pytest.mark.parametrize("state", OPEN)
def test_whatever_is_open_can_end(state: State) -> None:
    reached: set[State] = {state}
    for _ in STATES:
        reached |= {after for (before, _step), after in NEXT.items() if before in reached}

    assert reached & {"closed", "abandoned"}


def test_only_what_waits_or_is_held_takes_somebody_s_time() -> None:
    assert set(WAITING) == {"queued", "offered"}
    assert set(HELD) == {"active", "wrapping_up"}
    assert set(TAKING_ROOM) == HELD | {"offered"}
    assert set(OPEN) - WAITING - HELD == {"parked"}


@given(st.lists(st.sampled_from(STEPS), max_size=30))
def test_no_chain_of_steps_reaches_an_agent_without_an_offer_a_pull_or_a_return(steps: list[Step]) -> None:
    state: State = "queued"
    for step in steps:
        if (state, step) not in NEXT:
            continue
        before, state = state, lifecycle.after(state, step)
        if state == "active":
            assert (before, step) in {
                ("offered", "accept"),
                ("queued", "pull"),
                ("parked", "resume"),
                ("active", "hand_over"),
            }
