"""Who gets what next: by example, by its promises, and compared with trying everything."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from engage.routing import router
from engage.routing.router import Decision, Free, Waiting

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SALES, HELP = UUID(int=101), UUID(int=102)
ANNA, BEN, CHIARA = UUID(int=1), UUID(int=2), UUID(int=3)


def waits(
    number: int, *, minutes: float = 1, queue: UUID = SALES, weight: int = 1, preferred: UUID | None = None,
    excluded: frozenset[UUID] = frozenset(),
) -> Waiting:  # fmt: skip
    return Waiting(UUID(int=1000 + number), queue, NOW - timedelta(minutes=minutes), weight, preferred, excluded)


def free(agent: UUID, *, idle_minutes: float = 5, room: int = 4, queues: frozenset[UUID] = frozenset({SALES})) -> Free:
    return Free(agent, queues, room, NOW - timedelta(minutes=idle_minutes))


def pairs(decisions: list[Decision]) -> list[tuple[int, UUID]]:
    return [(decision.engagement_id.int - 1000, decision.agent_id) for decision in decisions]


def test_longest_waiting_is_served_first() -> None:
    decisions = router.match([waits(1, minutes=1), waits(2, minutes=9)], [free(ANNA, room=1)], NOW)

    assert pairs(decisions) == [(2, ANNA)]


def test_equal_waits_are_served_in_the_order_of_their_ids() -> None:
    decisions = router.match([waits(2), waits(1)], [free(ANNA, room=1)], NOW)

    assert pairs(decisions) == [(1, ANNA)]


def test_longest_idle_agent_gets_it() -> None:
    decisions = router.match([waits(1)], [free(ANNA, idle_minutes=1), free(BEN, idle_minutes=8)], NOW)

    assert decisions == [Decision(UUID(int=1001), BEN, "longest_idle")]


def test_agent_who_knows_the_customer_goes_before_the_longest_idle() -> None:
    decisions = router.match([waits(1, preferred=ANNA)], [free(ANNA, idle_minutes=1), free(BEN, idle_minutes=8)], NOW)

    assert decisions == [Decision(UUID(int=1001), ANNA, "last_agent")]


def test_known_agent_without_room_keeps_nobody_waiting() -> None:
    decisions = router.match([waits(1, preferred=ANNA)], [free(ANNA, room=0), free(BEN)], NOW)

    assert decisions == [Decision(UUID(int=1001), BEN, "longest_idle")]


def test_work_is_spread_and_not_heaped_on_the_first() -> None:
    agents = [free(ANNA), free(BEN), free(CHIARA)]

    decisions = router.match([waits(n) for n in range(9)], agents, NOW)

    assert Counter(decision.agent_id for decision in decisions) == {ANNA: 3, BEN: 3, CHIARA: 3}


def test_heavy_work_that_does_not_fit_lets_lighter_work_pass() -> None:
    decisions = router.match([waits(1, minutes=9, weight=3), waits(2, weight=1)], [free(ANNA, room=2)], NOW)

    assert pairs(decisions) == [(2, ANNA)]


AGENT_IDS = [UUID(int=n) for n in range(1, 5)]
QUEUE_IDS = [SALES, HELP, UUID(int=103)]
AGENTS = st.lists(
    st.builds(
        free,
        st.sampled_from(AGENT_IDS),
        idle_minutes=st.integers(0, 30),
        room=st.integers(0, 4),
        queues=st.frozensets(st.sampled_from(QUEUE_IDS)),
    ),
    unique_by=lambda agent: agent.agent_id,
    max_size=4,
)
QUEUED = st.lists(
    st.builds(
        waits,
        st.integers(0, 99),
        minutes=st.integers(0, 60),
        queue=st.sampled_from(QUEUE_IDS),
        weight=st.integers(1, 3),
        preferred=st.none() | st.sampled_from(AGENT_IDS),
        excluded=st.frozensets(st.sampled_from(AGENT_IDS), max_size=2),
    ),
    unique_by=lambda each: each.engagement_id,
    max_size=12,
)


@given(QUEUED, AGENTS)
def test_nobody_gets_what_he_may_not_have(waiting: list[Waiting], agents: list[Free]) -> None:
    decisions = router.match(waiting, agents, NOW)

    by_id, by_agent = {w.engagement_id: w for w in waiting}, {a.agent_id: a for a in agents}
    load: Counter[UUID] = Counter()
    for decision in decisions:
        work, agent = by_id[decision.engagement_id], by_agent[decision.agent_id]
        load[agent.agent_id] += work.weight
        assert work.queue_id in agent.queue_ids
        assert agent.agent_id not in work.excluded
    assert all(load[agent.agent_id] <= agent.room for agent in agents)
    assert len({decision.engagement_id for decision in decisions}) == len(decisions)


@given(QUEUED, AGENTS)
def test_nobody_waits_while_an_eligible_agent_has_room(waiting: list[Waiting], agents: list[Free]) -> None:
    decisions = router.match(waiting, agents, NOW)

    weights, served = {w.engagement_id: w.weight for w in waiting}, {d.engagement_id for d in decisions}
    room = {a.agent_id: a.room for a in agents}
    for decision in decisions:
        room[decision.agent_id] -= weights[decision.engagement_id]
    left = [w for w in waiting if w.engagement_id not in served]
    for work, agent in product(left, agents):
        may = work.queue_id in agent.queue_ids and agent.agent_id not in work.excluded
        assert not (may and room[agent.agent_id] >= work.weight)


@given(QUEUED, AGENTS)
def test_matching_agrees_with_serving_one_after_the_other(waiting: list[Waiting], agents: list[Free]) -> None:
    decisions = router.match(waiting, agents, NOW)

    assert pairs(decisions) == one_after_the_other(waiting, agents)


def one_after_the_other(waiting: list[Waiting], agents: list[Free]) -> list[tuple[int, UUID]]:
    """The rules in their plainest form: the oldest work looks at every agent, again and again."""
    room = {agent.agent_id: agent.room for agent in agents}
    idle = {agent.agent_id: (agent.idle_since, 0, agent.agent_id) for agent in agents}
    given_out: list[tuple[int, UUID]] = []
    for work in sorted(waiting, key=lambda w: (w.place_since, w.engagement_id)):
        may = [
            agent.agent_id
            for agent in agents
            if work.queue_id in agent.queue_ids
            and agent.agent_id not in work.excluded
            and room[agent.agent_id] >= work.weight
        ]
        if not may:
            continue
        longest_idle = min(may, key=lambda agent_id: idle[agent_id])
        chosen = work.preferred if work.preferred is not None and work.preferred in may else longest_idle
        room[chosen] -= work.weight
        idle[chosen] = (NOW, len(given_out) + 1, chosen)
        given_out.append((work.engagement_id.int - 1000, chosen))
    return given_out


@given(QUEUED, AGENTS, st.randoms())
def test_order_in_which_rows_are_read_changes_nothing(
    waiting: list[Waiting], agents: list[Free], random: Random
) -> None:
    shuffled_work, shuffled_agents = random.sample(waiting, len(waiting)), random.sample(agents, len(agents))

    assert router.match(shuffled_work, shuffled_agents, NOW) == router.match(waiting, agents, NOW)
