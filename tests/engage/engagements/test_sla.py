"""Business hours and the clocks of promises: pure, and held against a slow count minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.engagements import sla
from engage.engagements.lifecycle import State
from engage.engagements.sla import WALL_CLOCK, Clock, Conditions, Facts, Work
from engage.kit.ids import new_id
from engage.sites import opening_hours
from engage.sites.opening_hours import WEEKDAYS, OpeningHours, Span

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")
#: clocks that change by an hour, by half an hour, at midnight, in the other half of the year, and never
ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo", "America/New_York", "Asia/Kolkata")
OFFICE = OpeningHours(
    BERLIN, {day: ((time(8), time(12)), (time(13), time(17))) for day in ("mon", "tue", "wed", "thu", "fri")}
)


def at(text: str) -> datetime:
    """A moment by Berlin's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def slowly(hours: OpeningHours, begin: datetime, end: datetime) -> timedelta:
    """Minute by minute, by asking whether it is open."""
    minutes = range((end - begin) // MINUTE)
    return MINUTE * sum(hours.is_open(begin + MINUTE * each) for each in minutes)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    marks = sorted(draw(st.lists(st.integers(0, 24 * 60), max_size=6, unique=True)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple((time(*divmod(begin, 60)), None if end == 1440 else time(*divmod(end, 60))) for begin, end in pairs)


MOMENTS = st.integers(0, 380 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + MINUTE * minutes)


@st.composite
def calendars(draw: st.DrawFn) -> OpeningHours:
    days = st.dates(date(2026, 1, 1), date(2027, 1, 20))
    closures = draw(st.lists(st.tuples(MOMENTS, MOMENTS | st.none()), max_size=2))
    return OpeningHours(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        {day: draw(spans()) for day in WEEKDAYS},
        holidays=frozenset(draw(st.lists(days, max_size=3))),
        always=draw(st.integers(0, 9)) == 0,
        exceptions=draw(st.dictionaries(days, spans(), max_size=3)),
        closures=tuple((begin, end) for begin, end in closures if end is None or begin < end),
    )


#: a week around each change of the clocks of these zones in 2026, and any other one
BEGINNINGS = MOMENTS | st.sampled_from(
    [
        datetime(2026, *day, 12, tzinfo=UTC)
        for day in ((3, 7), (3, 28), (4, 4), (4, 23), (10, 3), (10, 24), (10, 29), (10, 31))
    ]
)


@settings(max_examples=40, deadline=None)
@given(calendars(), BEGINNINGS, st.integers(0, 4 * 24 * 60))
def test_counted_time_is_what_a_slow_counter_finds(hours: OpeningHours, begin: datetime, minutes: int) -> None:
    end = begin + MINUTE * minutes

    assert sla.counted(hours, begin, end) == slowly(hours, begin, end)


@settings(max_examples=40, deadline=None)
@given(calendars(), BEGINNINGS, st.integers(1, 20 * 60))
def test_due_moment_is_the_first_by_which_all_is_counted(hours: OpeningHours, begin: datetime, minutes: int) -> None:
    due = sla.moment_after(hours, begin, MINUTE * minutes)

    if due is None:
        assert sla.counted(hours, begin, begin + sla.HORIZON) < MINUTE * minutes
    else:
        assert sla.counted(hours, begin, due) == MINUTE * minutes
        assert sla.counted(hours, begin, due - MINUTE) < MINUTE * minutes


@settings(max_examples=40, deadline=None)
@given(calendars(), BEGINNINGS)
def test_next_opening_is_the_moment_at_which_it_opens(hours: OpeningHours, moment: datetime) -> None:
    opening = hours.opens_at(moment)

    if opening is not None:
        assert hours.is_open(opening)
        assert sla.counted(hours, moment, opening) == timedelta(0)


@settings(max_examples=30, deadline=None)
@given(calendars(), BEGINNINGS, st.lists(st.tuples(st.booleans(), st.integers(0, 900)), max_size=6))
def test_clock_counts_only_while_it_runs(hours: OpeningHours, begin: datetime, turns: list[tuple[bool, int]]) -> None:
    clock, now, expected = Clock(HOUR, 80), begin, timedelta(0)

    for runs, minutes in turns:
        clock = clock.runs(now) if runs else clock.stands(now, hours)
        expected += sla.counted(hours, now, now + MINUTE * minutes) if runs else timedelta(0)
        now += MINUTE * minutes

    assert clock.spent_by(now, hours) == expected
    assert ("broken" in clock.passed(now, hours)) == (expected >= HOUR)
    if (due := clock.due_at(hours)) is not None and clock.spent < HOUR:
        assert clock.spent_by(due, hours) == HOUR


def test_question_on_friday_evening_is_due_on_monday() -> None:
    assert sla.moment_after(OFFICE, at("2026-03-06 16:30"), 2 * HOUR) == at("2026-03-09 09:30")
    assert sla.moment_after(OFFICE, at("2026-03-06 11:30"), HOUR) == at("2026-03-06 13:30")


def test_hour_that_the_clocks_skip_is_not_counted_and_one_that_comes_twice_is_counted_twice() -> None:
    nights = OpeningHours(BERLIN, {day: ((time(1), time(4)),) for day in WEEKDAYS})

    assert sla.counted(nights, at("2026-03-29 00:00"), at("2026-03-29 12:00")) == 2 * HOUR
    assert sla.counted(nights, at("2026-10-25 00:00"), at("2026-10-25 12:00")) == 4 * HOUR
    assert sla.moment_after(nights, at("2026-03-29 00:00"), 2 * HOUR) == at("2026-03-29 04:00")


def test_site_that_is_closed_by_hand_counts_nothing_until_it_is_opened_again() -> None:
    closed = opening_hours.read(
        {"mon": [["08:00", "18:00"]], "closures": [["2026-03-09T09:00:00+00:00", "2026-03-09T12:00:00+00:00"]]},
        time_zone="UTC",
    )
    for_good = opening_hours.read({"always": True, "closures": [["2026-03-09T09:00:00+00:00", None]]}, time_zone="UTC")
    monday = datetime(2026, 3, 9, 8, tzinfo=UTC)

    assert sla.moment_after(closed, monday, 2 * HOUR) == monday + 5 * HOUR
    assert not closed.is_open(monday + 2 * HOUR)
    assert closed.opens_at(monday + 2 * HOUR) == monday + 4 * HOUR
    assert sla.moment_after(for_good, monday, 2 * HOUR) is None


def test_holiday_with_hours_of_its_own_is_open_in_them() -> None:
    eve = opening_hours.read(
        {
            "thu": [["08:00", "18:00"]],
            "holidays": [{"day": "2026-12-24", "name": "Eve", "spans": [["09:00", "12:00"]]}],
        },
        time_zone="UTC",
    )

    assert sla.counted(eve, datetime(2026, 12, 24, tzinfo=UTC), datetime(2026, 12, 25, tzinfo=UTC)) == 3 * HOUR


def test_another_promise_in_the_middle_keeps_what_was_counted() -> None:
    begin = at("2026-03-09 08:00")
    clock = Clock(HOUR, 80).runs(begin).promises(4 * HOUR, 50)

    assert clock.due_at(OFFICE) == at("2026-03-09 12:00")
    assert clock.warns_at(OFFICE) == at("2026-03-09 10:00")
    assert clock.passed(begin + 2 * HOUR, WALL_CLOCK) == ("warned",)
    assert Clock(HOUR, 100).runs(begin).warns_at(OFFICE) is None


def test_what_each_clock_does_in_each_situation() -> None:
    def stances(state: State, *, answered: bool, asked: bool) -> tuple[str, ...]:
        return tuple(sla.stance(promise, Facts(state, answered, asked)) for promise in sla.PROMISES)

    assert stances("queued", answered=False, asked=True) == ("run", "kept", "run")
    assert stances("active", answered=True, asked=False) == ("kept", "kept", "stand")
    assert stances("active", answered=True, asked=True) == ("kept", "run", "run")
    assert stances("parked", answered=True, asked=True) == ("kept", "stand", "stand")
    assert stances("parked", answered=False, asked=True) == ("stand", "kept", "stand")
    assert stances("queued", answered=True, asked=False) == ("kept", "kept", "run")
    assert stances("wrapping_up", answered=True, asked=False) == ("kept", "kept", "kept")
    assert stances("closed", answered=False, asked=True) == ("dropped", "kept", "kept")
    assert stances("abandoned", answered=False, asked=True) == ("dropped", "dropped", "dropped")


def test_first_policy_that_holds_counts() -> None:
    phone, other, gold, everybody = new_id(), new_id(), new_id(), new_id()
    queue = new_id()
    policies = [
        (phone, Conditions(channels=frozenset({"callback"}))),
        (other, Conditions(queue_ids=frozenset({new_id()}))),
        (gold, Conditions(queue_ids=frozenset({queue}), tiers=frozenset({"gold"}))),
        (everybody, Conditions()),
    ]

    assert sla.first_for(Work(queue, "webchat", "gold"), policies) == gold
    assert sla.first_for(Work(queue, "webchat", None), policies) == everybody
    assert sla.first_for(Work(queue, "callback", "gold"), policies) == phone
    assert sla.first_for(Work(queue, "webchat", "gold"), policies[:2]) is None
