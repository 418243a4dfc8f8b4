"""Who may do what in a round, for every round there can be."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from engage.engagements.lifecycle import State
from engage.engagements.parties import MOST_PARTIES, Party, PartyRole, Round

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
HOLDER, *OTHERS = (UUID(int=number) for number in range(1, 7))


def a_party(agent_id: UUID, role: PartyRole, minutes: int | None) -> Party:
    return Party(agent_id, role, None if minutes is None else NOON + timedelta(minutes=minutes))


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    ids = draw(st.lists(st.sampled_from(OTHERS), unique=True, max_size=MOST_PARTIES))
    minutes = st.one_of(st.none(), st.integers(0, 9))
    parties = [a_party(each, draw(st.sampled_from(["consult", "conference"])), draw(minutes)) for each in ids]
    state: State = draw(st.sampled_from(["active", "parked", "queued", "wrapping_up"]))
    return Round(HOLDER, state, tuple(parties))


@given(rounds())
def test_customer_hears_the_holder_and_whoever_came_into_the_conference(there: Round) -> None:
    heard = {each for each in (HOLDER, *OTHERS) if there.may_speak(each)}

    assert heard == {HOLDER} | {p.agent_id for p in there.parties if p.role == "conference" and p.joined_at}


@given(rounds(), st.sampled_from(OTHERS))
def test_work_is_handed_only_to_somebody_who_is_in_it_and_only_by_its_holder(there: Round, other: UUID) -> None:
    assert there.may_complete(HOLDER, other) is (there.state == "active" and there.is_in(other))
    assert not there.may_complete(other, HOLDER)
    assert not there.may_complete(other, other)


@given(rounds(), st.sampled_from(OTHERS))
def test_nobody_sends_away_another_but_the_holder(there: Round, other: UUID) -> None:
    for party in there.parties:
        assert there.may_send_away(HOLDER, party.agent_id)
        assert there.may_send_away(other, party.agent_id) is (other == party.agent_id)
    assert not there.may_send_away(HOLDER, HOLDER)


@given(rounds())
def test_heir_is_the_one_who_has_been_in_the_conference_longest(there: Round) -> None:
    talking = [p for p in there.parties if p.role == "conference" and p.joined_at is not None]

    heir = there.party(there.heir() or HOLDER)
    assert (heir is None) is (not talking)
    if heir is not None:
        assert heir in talking
        assert all(heir.joined_at <= each.joined_at for each in talking if heir.joined_at and each.joined_at)
    assert there.heir(of_those=[]) is None


@given(rounds())
def test_nobody_is_asked_in_where_nobody_talks_and_one_adviser_is_enough(there: Round) -> None:
    asks = [role for role in ("consult", "conference") if there.may_ask_in(HOLDER, role)]

    assert asks == (["consult", "conference"] if there.state == "active" else [])
    has_adviser = any(each.role == "consult" for each in there.parties)
    assert not (has_adviser and there.has_place("consult"))
    assert there.has_place("conference") is (len(there.parties) < MOST_PARTIES)
