"""The rules of call-backs alone: slots, nights, numbers, tries. No house, no database."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.channels.callback import numbers, outcomes, quiet_hours, request_lifecycle, slots
from engage.channels.callback.dial_guard import Dialling, refusal
from engage.channels.callback.numbers import Checked
from engage.channels.callback.request_lifecycle import ENDED, NEXT, ImpossibleStep
from engage.channels.callback.schemas import CallbackRules
from engage.channels.callback.slots import Grid
from engage.sites.opening_hours import WEEKDAYS, OpeningHours

BERLIN, NEW_YORK, OSLO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Europe/Oslo")
RULES = CallbackRules(on=True, countries=("DE",))
EVER = OpeningHours(BERLIN, {}, always=True)
NIGHT = {"begins": time(21), "ends": time(8)}


def a_grid(hours: OpeningHours = EVER, *, zone: ZoneInfo = BERLIN, minutes: int = 30, days: int = 1) -> Grid:
    return Grid(hours, minutes, timedelta(minutes=30), days, zone, quiet_from=time(0), quiet_until=time(0))


def test_slots_of_a_day_that_loses_an_hour_skip_it_and_of_one_that_wins_an_hour_come_once() -> None:
    spring = slots.free(a_grid(days=0), datetime(2026, 3, 28, 23, 0, tzinfo=UTC), taken={}, capacity=1)
    autumn = slots.free(a_grid(days=0), datetime(2026, 10, 24, 22, 0, tzinfo=UTC), taken={}, capacity=1)

    assert [each.astimezone(BERLIN).strftime("%H:%M") for each in spring[2:5]] == ["01:30", "03:00", "03:30"]
    walls = [each.astimezone(BERLIN).strftime("%H:%M") for each in autumn]
    assert len(set(walls)) == len(walls)
    assert autumn == sorted(autumn)


def test_slot_lies_whole_in_opening_hours_and_outside_of_the_customers_night() -> None:
    hours = OpeningHours(BERLIN, {day: ((time(9), time(10, 15)),) for day in WEEKDAYS})
    monday = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
    [
        each.astimezone(BERLIN).strftime("%H:%M")
        for each in slots.free(a_grid(hours, days=0), monday, taken={}, capacity=1)
    ]
    free = slots.free(a_grid(hours, days=0), monday, taken={}, capacity=1)
    far = Grid(hours, 30, timedelta(0), 0, NEW_YORK, quiet_from=time(21), quiet_until=time(8))

    assert [each.astimezone(BERLIN).strftime("%H:%M") for each in free] == ["09:00", "09:30"]
    assert slots.free(far, monday, taken={}, capacity=1) == []
    assert not slots.is_slot(a_grid(hours), datetime(2026, 3, 2, 9, 0, tzinfo=UTC), monday)


@given(st.integers(0, 366 * 24 * 60))
def test_next_permitted_moment_is_open_awake_and_not_in_the_past(minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    hours = OpeningHours(BERLIN, {day: ((time(8), time(18)),) for day in WEEKDAYS}, frozenset({date(2026, 12, 25)}))

    found = quiet_hours.next_permitted(moment, NEW_YORK, hours, **NIGHT)

    assert found is not None
    assert found >= moment
    assert hours.is_open(found)
    assert not quiet_hours.is_quiet(found, NEW_YORK, **NIGHT)


def test_night_goes_over_midnight_by_the_customers_own_clock() -> None:
    evening = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)

    assert quiet_hours.is_quiet(evening, BERLIN, **NIGHT)
    assert not quiet_hours.is_quiet(evening, NEW_YORK, **NIGHT)
    assert not quiet_hours.is_quiet(evening, BERLIN, begins=time(0), ends=time(0))


def test_guard_names_the_first_thing_that_stands_against_a_call() -> None:
    noon = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    night = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)

    assert refusal(RULES, Dialling("DE", BERLIN, 0), noon) is None
    assert refusal(RULES, Dialling("DE", BERLIN, 500), noon) == "budget"
    assert refusal(RULES, Dialling("DE", BERLIN, 500), night) == "quiet"
    assert refusal(RULES, Dialling("FR", BERLIN, 0), noon) == "country"
    assert refusal(CallbackRules(), Dialling("DE", BERLIN, 0), noon) == "off"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0151 23456789", "+4915123456789"),
        ("0049 151 23456789", "+4915123456789"),
        ("+49 (0)151 23456789", "+4915123456789"),
        ("tel:+49-151-23456789", "+4915123456789"),
        ("+49 151 23456789;ext=12", "kind"),
        ("0900 1234567", "kind"),
        ("0180 5 123456", "kind"),
        ("+44 20 7946 0958", "country"),
        ("+881 6 12345678", "country"),
        ("112", "impossible"),
        ("", "impossible"),
        ("9" * 5000, "impossible"),
    ],
)
def test_number_is_taken_in_any_spelling_or_refused_with_a_reason(typed: str, found: str) -> None:
    checked = numbers.check(typed, "DE", ("DE",))

    assert (checked.e164 if isinstance(checked, Checked) else checked) == found


@given(st.text(max_size=60), st.sampled_from(["", "DE", "XX", "de"]))
def test_whatever_is_typed_no_number_outside_of_the_list_passes(typed: str, country: str) -> None:
    checked = numbers.check(typed, country, ("DE",))

    assert not isinstance(checked, Checked) or checked.e164.startswith("+49")


def test_zone_is_the_browsers_only_where_the_number_can_be() -> None:
    german, american = "+4915123456789", "+12125550123"

    assert numbers.zone_of(german, "Europe/Berlin", otherwise=OSLO) == BERLIN
    assert numbers.zone_of(german, "America/New_York", otherwise=OSLO) == BERLIN
    assert numbers.zone_of(american, None, otherwise=OSLO) == NEW_YORK
    assert numbers.zone_of(german, "../../etc/passwd", otherwise=OSLO) == BERLIN


def test_outcome_decides_whether_it_is_tried_again() -> None:
    assert outcomes.step_after("reached", attempts=1, rules=RULES) == "finish"
    assert outcomes.step_after("busy", attempts=2, rules=RULES) == "retry"
    assert outcomes.step_after("busy", attempts=3, rules=RULES) == "give_up"
    assert outcomes.step_after("wrong_number", attempts=1, rules=RULES) == "give_up"
    assert outcomes.step_after("call_later", attempts=3, rules=RULES) == "retry"
    now = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    assert outcomes.again_at("busy", now, RULES) == now + timedelta(minutes=5)


def test_what_has_ended_goes_nowhere_and_all_else_can_end() -> None:
    for state in ENDED:
        with pytest.raises(ImpossibleStep):
            request_lifecycle.after(state, "take")
    live = {state for state, _ in NEXT}

    assert live.isdisjoint(ENDED)
    for state in live:
        assert {to for (at, _), to in NEXT.items() if at == state} - {state}
