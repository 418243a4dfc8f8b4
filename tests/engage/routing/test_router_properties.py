"""The matcher's promises: whatever happens in whatever order, it decides as trying everything would.

The machine below is agents who come, go and finish, work that comes, goes and is refused, and time that passes.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, product
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engage.routing import requirement
from engage.routing.capacity import Kind, fits, is_full
from engage.routing.eligibility import Agent, QueueRules, Serves, Waiting
from engage.routing.explain import explain
from engage.routing.requirement import Need, Step
from engage.routing.router import Router
from tests.engage.routing.matching import BILLS, ENGLISH, HELP, NOW, SALES, BruteForce, an_agent, decisions, pairs

AGENT_IDS = [UUID(int=n) for n in range(1, 5)]
QUEUE_IDS = [SALES, HELP, UUID(int=103)]
KINDS = st.sampled_from(
    [
        Kind("webchat"),
        Kind("webchat", weight=2, maximum=1),
        Kind("email", interrupted_by=frozenset({"webchat", "voice"})),
        Kind("email", weight=3),
        Kind("voice", exclusive=True, maximum=1),
    ]
)
#: the first step asks most
STEPS = st.sampled_from(
    [
        (Step(0, frozenset()),),
        (Step(0, frozenset({Need(ENGLISH, 2)})), Step(30, frozenset({Need(ENGLISH, 1)})), Step(60, frozenset())),
        (Step(0, frozenset({Need(ENGLISH, 1), Need(BILLS, 3)})), Step(45, frozenset({Need(BILLS, 1)}))),
    ]
)
RULES = st.builds(
    QueueRules,
    st.sampled_from(QUEUE_IDS),
    priority=st.integers(0, 3),
    order=st.sampled_from(["score", "strict", "newest_first"]),
    age_factor=st.sampled_from([50, 100, 300]),
    agent_rule=st.sampled_from(["longest_idle", "load_ratio", "best_proficiency", "round_robin"]),
    steps=STEPS,
    skips_unstaffed=st.booleans(),
)
SERVES = st.builds(
    Serves,
    priority=st.integers(1, 2),
    delay_seconds=st.sampled_from([0, 0, 20, 60]),
    centre=st.sampled_from(["open", "open", "open", "draining", "down"]),
)
AGENTS = st.builds(
    an_agent,
    st.sampled_from(AGENT_IDS),
    idle_minutes=st.integers(0, 5),
    serves=st.dictionaries(st.sampled_from(QUEUE_IDS), SERVES, min_size=1),
    capacity=st.integers(1, 4),
    skills=st.dictionaries(st.sampled_from([ENGLISH, BILLS]), st.integers(1, 5)),
    absent=st.sampled_from([None, None, None, "offline", "not_available"]),
)
SECONDS = st.integers(0, 90).map(lambda seconds: timedelta(seconds=seconds))
REFUSALS = st.dictionaries(st.sampled_from(AGENT_IDS), SECONDS, max_size=2)


class Desk(RuleBasedStateMachine):
    """The router beside the brute-force matcher, told of the same things."""

    def __init__(self) -> None:
        super().__init__()
        self.router, self.brute = Router(), BruteForce()
        self.now, self.number = NOW, 1000
        self.queues = {queue_id: QueueRules(queue_id) for queue_id in QUEUE_IDS}
        #: first enqueue of each, which nothing may change
        self.places: dict[UUID, Waiting] = {}

    @rule(agent=AGENTS)
    def agent_is(self, agent: Agent) -> None:
        self._seat(agent)

    @rule(agent_id=st.sampled_from(AGENT_IDS))
    def agent_is_forgotten(self, agent_id: UUID) -> None:
        self.router.drop_agent(agent_id, self.now)
        self.brute.agents.pop(agent_id, None)

    @rule(queue_id=st.sampled_from(QUEUE_IDS), kind=KINDS, preferred=st.none() | st.sampled_from(AGENT_IDS),
          waited=SECONDS, sticky=SECONDS, refusals=REFUSALS)  # fmt: skip
    def work_comes(
        self, queue_id: UUID, kind: Kind, preferred: UUID | None, waited: timedelta, sticky: timedelta,
        refusals: dict[UUID, timedelta],
    ) -> None:  # fmt: skip
        self.number += 1
        self._wait(
            Waiting(
                UUID(int=self.number),
                self.queues[queue_id],
                self.now - waited,
                self.now - waited / 2,
                kind,
                preferred,
                self.now + sticky,
                {agent_id: self.now + each for agent_id, each in refusals.items()},
            )
        )

    @precondition(lambda self: self.brute.waiting)
    @rule(data=st.data())
    def work_goes(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted(self.brute.waiting)))
        self.router.drop_waiting(gone)
        del self.brute.waiting[gone]

    @precondition(lambda self: any(self.brute.held.values()))
    @rule(data=st.data(), refused=st.booleans())
    def agent_finishes_or_refuses(self, data: st.DataObject, refused: bool) -> None:
        held = sorted((agent_id, each) for agent_id, works in self.brute.held.items() for each in works)
        agent_id, engagement_id = data.draw(st.sampled_from(held))
        del self.brute.held[agent_id][engagement_id]
        if agent_id in self.brute.agents:
            self._seat(replace(self.brute.agents[agent_id], idle_since=self.now))
        if refused:
            later = self.now + timedelta(seconds=60)
            self._wait(replace(self.places[engagement_id], excluded={agent_id: later}))

    @rule(rules=RULES)
    def queue_is_set_up_anew(self, rules: QueueRules) -> None:
        self.queues[rules.queue_id] = rules
        for work in list(self.brute.waiting.values()):
            if work.queue.queue_id == rules.queue_id:
                self._wait(replace(work, queue=rules))

    @rule(time=SECONDS)
    def time_passes(self, time: timedelta) -> None:
        self.now += time

    @invariant()
    def promises_are_kept(self) -> None:
        self.router_decides_as_trying_everything_would()
        self.each_work_has_one_holder_or_waits_at_its_old_place()
        self.nothing_waits_while_an_eligible_agent_is_free()
        self.next_change_is_never_missed()

    def router_decides_as_trying_everything_would(self) -> None:
        waiting, load = dict(self.brute.waiting), {k: dict(v) for k, v in self.brute.held.items()}
        asked = {work.engagement_id: self.brute.needs(work, self.now) for work in waiting.values()}

        found = self.router.decide(self.now)

        assert found == self.brute.decide(self.now)
        for decision in found:
            agent, work = self.brute.agents[decision.agent_id], waiting.pop(decision.engagement_id)
            assert requirement.meets(agent.skills, asked[work.engagement_id])
            assert fits(agent.capacity, load[agent.agent_id].values(), work.kind)
            load[agent.agent_id][work.engagement_id] = work.kind

    def each_work_has_one_holder_or_waits_at_its_old_place(self) -> None:
        held = [each for works in self.brute.held.values() for each in works]
        assert len(held) == len(set(held))
        assert not set(held) & self.brute.waiting.keys()
        for engagement_id, work in self.brute.waiting.items():
            known = self.router.knows(engagement_id)
            assert known is not None
            assert known.place_since == work.place_since == self.places[engagement_id].place_since

    def nothing_waits_while_an_eligible_agent_is_free(self) -> None:
        for work in self.brute.waiting.values():
            assert not self.brute.able(work, self.now)

    def next_change_is_never_missed(self) -> None:
        """Nobody becomes able before the moment that the router says it will look again."""
        at = self.router.next_change()
        until = self.now + timedelta(hours=1) if at is None else type(self.now).fromtimestamp(at, self.now.tzinfo)
        for work in self.brute.waiting.values():
            assert not self.brute.able(work, max(self.now, until - timedelta(milliseconds=1)))

    def _seat(self, agent: Agent) -> None:
        given = self.brute.given.get(agent.agent_id)
        held = self.brute.held.setdefault(agent.agent_id, {})
        told = replace(agent, given_at=given[0] if given else None)
        self.brute.agents[agent.agent_id] = told
        if given:
            # what is read from rows has lost its place within the round
            self.brute.given[agent.agent_id] = (given[0], 0)
        self.router.put_agent(told, held, self.now)

    def _wait(self, work: Waiting) -> None:
        self.places.setdefault(work.engagement_id, work)
        self.brute.waiting[work.engagement_id] = work
        self.router.put_waiting(work, self.now)


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@given(st.lists(KINDS, max_size=5), st.integers(1, 6), KINDS)
def test_full_hands_are_never_said_of_somebody_who_has_room(held: list[Kind], capacity: int, kind: Kind) -> None:
    assert not (is_full(capacity, held) and fits(capacity, held, kind))


@given(st.lists(AGENTS, max_size=4, unique_by=lambda agent: agent.agent_id), st.randoms(), st.integers(0, 12))
def test_order_in_which_rows_are_read_changes_nothing(agents: list[Agent], random: Random, number: int) -> None:
    rules = [QueueRules(queue_id, priority=n) for n, queue_id in enumerate(QUEUE_IDS)]
    waiting = [
        Waiting(UUID(int=1000 + n), rules[n % 3], NOW - timedelta(seconds=n % 4), NOW, Kind("webchat"))
        for n in range(number)
    ]
    shuffled = decisions(random.sample(waiting, number), random.sample(agents, len(agents)))

    assert pairs(shuffled) == pairs(decisions(waiting, agents))


@given(STEPS, st.lists(st.dictionaries(st.sampled_from([ENGLISH, BILLS]), st.integers(1, 5)), max_size=4))
def test_later_step_never_shuts_anybody_out(steps: tuple[Step, ...], people: list[dict[UUID, int]]) -> None:
    assert requirement.only_widens(steps)
    for skills, (earlier, later) in product(people, pairwise(steps)):
        assert requirement.meets(skills, later.needs) or not requirement.meets(skills, earlier.needs)


@given(
    st.lists(AGENTS, max_size=4, unique_by=lambda agent: agent.agent_id),
    st.lists(KINDS, max_size=3),
    RULES,
    KINDS,
    st.tuples(SECONDS, SECONDS, REFUSALS),
    st.none() | st.sampled_from(AGENT_IDS),
)
def test_explanation_names_whom_the_router_would_choose(
    agents: list[Agent], held: list[Kind], rules: QueueRules, kind: Kind,
    times: tuple[timedelta, timedelta, dict[UUID, timedelta]], preferred: UUID | None,
) -> None:  # fmt: skip
    waited, sticky, refusals = times
    excluded = {agent_id: NOW + each for agent_id, each in refusals.items()}
    work = Waiting(UUID(int=1000), rules, NOW - waited, NOW - waited, kind, preferred, NOW + sticky, excluded)
    hands = {UUID(int=2000 + n): each for n, each in enumerate(held)}
    router = Router()
    for agent in agents:
        router.put_agent(agent, hands, NOW)
    router.put_waiting(work, NOW)

    said = explain(work, [(agent, hands) for agent in agents], NOW)

    first = [(each.agent_id, said.rule) for each in said.verdicts if each.place == 1]
    assert first == [(each.agent_id, each.rule) for each in router.decide(NOW)]
    assert {each.agent_id for each in said.verdicts} == {agent.agent_id for agent in agents}
