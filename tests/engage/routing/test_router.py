"""Who gets what next: by example. Its promises under all circumstances stand in test_router_properties.py."""

from collections import Counter
from datetime import timedelta

from engage.routing.capacity import Kind
from engage.routing.eligibility import Serves
from engage.routing.router import Decision, Router
from tests.engage.routing.matching import (
    ANNA,
    BEN,
    BILLS,
    CHAT,
    CHIARA,
    ENGLISH,
    HELP,
    NOW,
    SALES,
    a_queue,
    an_agent,
    asks,
    decisions,
    pairs,
    waits,
)

MAIL = Kind("email", interrupted_by=frozenset({"webchat", "voice"}))
CALL = Kind("voice", exclusive=True, maximum=1)


def test_longest_waiting_is_served_first() -> None:
    assert pairs(decisions([waits(1, minutes=1), waits(2, minutes=9)], [an_agent(ANNA, capacity=1)])) == [(2, ANNA)]


def test_equal_waits_are_served_in_the_order_of_their_ids() -> None:
    assert pairs(decisions([waits(2), waits(1)], [an_agent(ANNA, capacity=1)])) == [(1, ANNA)]


def test_priority_counts_like_minutes_of_waiting() -> None:
    urgent = a_queue(HELP, priority=10)
    both = {SALES: Serves(), HELP: Serves()}

    anna = an_agent(ANNA, capacity=1, serves=both)

    assert pairs(decisions([waits(1, minutes=11), waits(2, minutes=2, queue=urgent)], [anna])) == [(2, ANNA)]
    assert pairs(decisions([waits(1, minutes=13), waits(2, minutes=2, queue=urgent)], [anna])) == [(1, ANNA)]


def test_strict_priority_goes_first_whatever_the_age() -> None:
    first, second = a_queue(SALES, priority=1, order="strict"), a_queue(HELP, order="strict")
    anna = an_agent(ANNA, capacity=1, serves={SALES: Serves(), HELP: Serves()})

    assert pairs(decisions([waits(1, minutes=500, queue=second), waits(2, queue=first)], [anna])) == [(2, ANNA)]


def test_queue_may_serve_the_newest_first() -> None:
    queue = a_queue(order="newest_first")

    waiting = [waits(1, minutes=9, queue=queue), waits(2, minutes=1, queue=queue)]

    assert pairs(decisions(waiting, [an_agent(ANNA, capacity=1)])) == [(2, ANNA)]


def test_longest_idle_agent_gets_it() -> None:
    found = decisions([waits(1)], [an_agent(ANNA, idle_minutes=1), an_agent(BEN, idle_minutes=8)])

    assert found == [Decision(waits(1).engagement_id, BEN, "longest_idle")]


def test_agent_who_knows_the_customer_goes_before_the_longest_idle_for_a_time() -> None:
    agents = [an_agent(ANNA, idle_minutes=1), an_agent(BEN, idle_minutes=8)]

    first = decisions([waits(1, preferred=ANNA)], agents)
    too_late = decisions([waits(1, preferred=ANNA, preferred_until=NOW)], agents)

    assert [each.rule for each in first + too_late] == ["last_agent", "longest_idle"]
    assert pairs(first + too_late) == [(1, ANNA), (1, BEN)]


def test_known_agent_without_room_keeps_nobody_waiting() -> None:
    router = Router()
    router.put_agent(an_agent(ANNA, capacity=1), {waits(9).engagement_id: CHAT}, NOW)
    router.put_agent(an_agent(BEN), {}, NOW)
    router.put_waiting(waits(1, preferred=ANNA), NOW)

    assert pairs(router.decide(NOW)) == [(1, BEN)]


def test_work_is_spread_and_not_heaped_on_the_first() -> None:
    found = decisions([waits(n) for n in range(9)], [an_agent(ANNA), an_agent(BEN), an_agent(CHIARA)])

    assert Counter(decision.agent_id for decision in found) == {ANNA: 3, BEN: 3, CHIARA: 3}


def test_heavy_work_that_does_not_fit_lets_lighter_work_pass() -> None:
    heavy = waits(1, minutes=9, kind=Kind("webchat", weight=3))

    assert pairs(decisions([heavy, waits(2)], [an_agent(ANNA, capacity=2)])) == [(2, ANNA)]


def test_least_loaded_of_two_gets_it_where_the_queue_says_so() -> None:
    router = Router()
    held = {waits(8).engagement_id: CHAT, waits(9).engagement_id: CHAT}
    router.put_agent(an_agent(ANNA, capacity=8, idle_minutes=9), held, NOW)
    router.put_agent(an_agent(BEN, capacity=4, idle_minutes=30), held, NOW)
    router.put_waiting(waits(1, queue=a_queue(agent_rule="load_ratio")), NOW)

    assert pairs(router.decide(NOW)) == [(1, ANNA)]


def test_best_in_what_is_asked_gets_it_where_the_queue_says_so() -> None:
    queue = a_queue(agent_rule="best_proficiency", steps=asks((0, {BILLS: 2})))
    agents = [an_agent(ANNA, skills={BILLS: 3}), an_agent(BEN, idle_minutes=30, skills={BILLS: 2})]

    assert pairs(decisions([waits(1, queue=queue)], agents)) == [(1, ANNA)]


def test_whoever_was_given_something_longest_ago_has_the_turn() -> None:
    queue = a_queue(agent_rule="round_robin")
    agents = [
        an_agent(ANNA, idle_minutes=90, given_at=NOW - timedelta(minutes=1)),
        an_agent(BEN, idle_minutes=1, given_at=NOW - timedelta(minutes=2)),
    ]

    assert pairs(decisions([waits(1, queue=queue)], agents)) == [(1, BEN)]


def test_nobody_without_the_skill_gets_it_until_less_is_asked() -> None:
    queue = a_queue(steps=asks((0, {ENGLISH: 3}), (60, {ENGLISH: 2}), (120, {})))
    anna, ben = an_agent(ANNA, skills={ENGLISH: 2}), an_agent(BEN)

    by_wait = [pairs(decisions([waits(1, minutes=m, queue=queue)], [anna, ben])) for m in (0.9, 1, 2)]

    assert by_wait == [[], [(1, ANNA)], [(1, ANNA)]]


def test_step_ends_by_itself_and_says_when() -> None:
    router = Router()
    router.put_agent(an_agent(ANNA), {}, NOW)
    router.put_waiting(waits(1, minutes=0, queue=a_queue(steps=asks((0, {ENGLISH: 1}), (30, {})))), NOW)
    assert router.decide(NOW) == []

    at = NOW + timedelta(seconds=30)

    assert router.next_change() == at.timestamp()
    assert pairs(router.decide(at)) == [(1, ANNA)]


def test_step_that_nobody_present_could_meet_is_passed_over_where_the_queue_says_so() -> None:
    steps = asks((0, {ENGLISH: 3}), (600, {}))
    patient, hasty = a_queue(steps=steps), a_queue(steps=steps, skips_unstaffed=True)
    ben, busy = an_agent(BEN), an_agent(ANNA, skills={ENGLISH: 3}, capacity=1)

    assert pairs(decisions([waits(1, queue=patient)], [ben])) == []
    assert pairs(decisions([waits(1, queue=hasty)], [ben])) == [(1, BEN)]
    assert pairs(decisions([waits(1, queue=hasty), waits(2, queue=hasty)], [ben, busy])) == [(1, ANNA)]


def test_overflow_sees_work_only_after_its_delay() -> None:
    far = an_agent(ANNA, serves={SALES: Serves(delay_seconds=90)})

    assert pairs(decisions([waits(1, minutes=1)], [far])) == []
    assert pairs(decisions([waits(1, minutes=1.5)], [far])) == [(1, ANNA)]


def test_agent_takes_from_his_first_queue_before_his_second() -> None:
    anna = an_agent(ANNA, capacity=1, serves={SALES: Serves(priority=2), HELP: Serves(priority=1)})

    assert pairs(decisions([waits(1, minutes=90), waits(2, queue=a_queue(HELP))], [anna])) == [(2, ANNA)]


def test_those_whose_first_queue_it_is_get_it_before_the_longer_idle() -> None:
    near, far = an_agent(ANNA, idle_minutes=1), an_agent(BEN, idle_minutes=60, serves={SALES: Serves(priority=2)})

    assert pairs(decisions([waits(1), waits(2)], [near, far])) == [(1, ANNA), (2, ANNA)]


def test_centre_that_is_not_open_gets_nothing() -> None:
    for centre in ("draining", "down"):
        assert decisions([waits(1)], [an_agent(ANNA, serves={SALES: Serves(centre=centre)})]) == []


def test_who_refused_it_is_not_asked_again_before_his_time() -> None:
    router = Router()
    later = NOW + timedelta(seconds=60)
    router.put_agent(an_agent(ANNA), {}, NOW)
    router.put_waiting(waits(1, excluded={ANNA: later}), NOW)

    assert router.decide(NOW) == []
    assert pairs(router.decide(later)) == [(1, ANNA)]


def test_call_takes_the_whole_agent_and_mail_yields_to_it() -> None:
    router = Router()
    router.put_agent(an_agent(ANNA), {waits(8).engagement_id: CHAT}, NOW)
    router.put_agent(an_agent(BEN, capacity=1), {waits(9).engagement_id: MAIL}, NOW)
    router.put_waiting(waits(1, kind=CALL), NOW)
    assert pairs(router.decide(NOW)) == [(1, BEN)]

    router.put_waiting(waits(2, kind=CALL), NOW)
    router.put_waiting(waits(3, kind=MAIL), NOW)

    assert pairs(router.decide(NOW)) == [(3, ANNA)]


def test_channel_keeps_its_own_maximum() -> None:
    mails = [waits(n, kind=Kind("email", maximum=1)) for n in (1, 2)]

    assert pairs(decisions([*mails, waits(3)], [an_agent(ANNA)])) == [(1, ANNA), (3, ANNA)]
