"""A silent chat: asked after, parked, closed; at which moments, and never for what is the agent's turn."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.engagements import silence
from engage.engagements.lifecycle import State
from engage.engagements.silence import Patience, Silence, Verdict

PATIENCE = Patience(ask=180, park=300, close=1800)
SPOKE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return SPOKE + timedelta(seconds=seconds)


def judged(state: State, at: float, *, asked: bool = False, agents_turn: bool = False) -> Verdict:
    state_since = after(PATIENCE.park) if state == "parked" else SPOKE - timedelta(minutes=1)
    spoke_at = None if agents_turn else SPOKE
    return silence.judge(Silence(state, state_since, spoke_at, asked), PATIENCE, after(at))


def test_short_silence_is_left_alone_until_it_is_time_to_ask() -> None:
    assert judged("active", 179) == Verdict("wait", after(180))


def test_visitor_is_asked_once_and_then_given_time() -> None:
    assert judged("active", 180) == Verdict("ask", after(300))
    assert judged("active", 200, asked=True) == Verdict("wait", after(300))


def test_visitor_who_does_not_answer_is_parked_and_looked_at_again_when_it_is_time_to_close() -> None:
    assert judged("active", 300, asked=True) == Verdict("park", after(1800))


def test_late_look_parks_without_asking_and_closes_no_sooner_than_promised() -> None:
    assert judged("active", 4000) == Verdict("park", after(4000 + 1500))


def test_talk_that_goes_on_after_a_pause_begins_its_silence_then() -> None:
    resumed = Silence("active", state_since=after(9000), spoke_at=SPOKE, asked=False)

    assert silence.judge(resumed, PATIENCE, after(9010)) == Verdict("wait", after(9180))


def test_parked_chat_is_closed_when_the_silence_has_lasted() -> None:
    assert judged("parked", 1799) == Verdict("wait", after(1800))
    assert judged("parked", 1800) == Verdict("close", None)


@pytest.mark.parametrize("state", ["active", "parked"])
def test_agent_s_own_silence_is_nobody_s_fault_but_his(state: State) -> None:
    assert judged(state, 9999, agents_turn=True) == Verdict("wait", after(9999 + 180))


@pytest.mark.parametrize("state", [each for each in get_args(State) if each not in ("active", "parked")])
def test_nobody_looks_at_what_is_not_in_a_talk(state: State) -> None:
    assert judged(state, 9999) == Verdict("stop", None)


def test_snoozed_work_is_left_to_its_alarm() -> None:
    snoozed = Silence("parked", state_since=SPOKE, spoke_at=SPOKE, asked=True, snoozed=True)

    assert silence.judge(snoozed, PATIENCE, after(9999)) == Verdict("stop", None)


@given(at=st.floats(0, 10_000), asked=st.booleans(), state=st.sampled_from(["active", "parked"]))
def test_next_look_is_never_before_now(at: float, asked: bool, state: State) -> None:
    verdict = judged(state, at, asked=asked)

    assert verdict.again_at is None or verdict.again_at >= after(at)


@given(st.integers(1, 600), st.integers(1, 600), st.integers(1, 600))
def test_looking_only_when_told_to_asks_parks_and_closes_in_this_order(ask: int, more: int, still_more: int) -> None:
    patience = Patience(ask=ask, park=ask + more, close=ask + more + still_more)
    state: State = "active"
    state_since, asked, acts = SPOKE, False, []
    at: datetime | None = SPOKE
    while at is not None:
        verdict = silence.judge(Silence(state, state_since, SPOKE, asked), patience, at)
        if verdict.act != "wait":
            acts.append((verdict.act, (at - SPOKE).total_seconds()))
        asked = asked or verdict.act == "ask"
        if verdict.act == "park":
            state, state_since = "parked", at
        at = verdict.again_at

    assert acts == [("ask", ask), ("park", ask + more), ("close", ask + more + still_more)]
