"""Opening hours: local time in its zone, split shifts, holidays, and the two nights a year when clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.sites import opening_hours
from engage.sites.opening_hours import OpeningHours

WEEKDAYS = {day: [["08:00", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
BERLIN = opening_hours.read(WEEKDAYS | {"holidays": ["2026-12-25"]}, time_zone="Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def night(begin: str, end: str, *, zone: str = "Europe/Berlin") -> OpeningHours:
    """Open on Sundays, the day on which Europe's clocks change."""
    return opening_hours.read({"sun": [[begin, end]]}, time_zone=zone)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-02T06:59:59", False),
        ("2026-03-02T07:00:00", True),
        ("2026-03-02T10:59:59", True),
        ("2026-03-02T11:00:00", False),
        ("2026-03-02T12:00:00", True),
        ("2026-03-02T17:00:00", False),
        ("2026-03-01T09:00:00", False),
    ],
)
def test_shifts_are_local_time_and_a_lunch_break_is_closed(moment: str, is_open: bool) -> None:
    assert BERLIN.is_open(utc(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opens_at"),
    [
        ("2026-03-02T05:00:00", "2026-03-02T07:00:00"),
        ("2026-03-02T11:30:00", "2026-03-02T12:00:00"),
        ("2026-03-06T18:00:00", "2026-03-09T07:00:00"),
    ],
)
def test_next_opening_is_today_after_lunch_or_after_the_weekend(moment: str, opens_at: str) -> None:
    assert BERLIN.opens_at(utc(moment)) == utc(opens_at)


def test_open_desk_names_no_opening() -> None:
    assert BERLIN.opens_at(utc("2026-03-02T09:00:00")) is None


def test_holiday_is_closed_however_the_weekday_is() -> None:
    assert not BERLIN.is_open(utc("2026-12-25T10:00:00"))
    assert BERLIN.opens_at(utc("2026-12-25T10:00:00")) == utc("2026-12-28T07:00:00")


def test_holiday_is_the_zone_s_day_and_not_that_of_greenwich() -> None:
    hours = opening_hours.read(
        {"fri": [["00:00", "24:00"]], "sat": [["00:00", "24:00"]], "holidays": ["2026-12-25"]}, time_zone="Asia/Tokyo"
    )

    assert not hours.is_open(utc("2026-12-25T14:59:59"))
    assert hours.is_open(utc("2026-12-25T15:00:00"))


def test_opening_moves_by_an_hour_with_the_clocks() -> None:
    assert BERLIN.opens_at(utc("2026-03-27T20:00:00")) == utc("2026-03-30T06:00:00")
    assert BERLIN.opens_at(utc("2026-10-23T20:00:00")) == utc("2026-10-26T07:00:00")


def test_hour_that_comes_twice_is_open_twice() -> None:
    hours = night("02:00", "03:00")

    open_minutes = sum(hours.is_open(utc("2026-10-24T22:00:00") + timedelta(minutes=n)) for n in range(600))

    assert open_minutes == 120


def test_hour_that_comes_twice_opens_again_the_second_time() -> None:
    hours = night("02:30", "02:45")

    between = utc("2026-10-25T00:50:00")

    assert hours.opens_at(between) == utc("2026-10-25T01:30:00")


def test_opening_that_the_clock_skips_comes_when_the_skipped_hour_is_over() -> None:
    hours = night("02:30", "06:00")

    opens_at = hours.opens_at(utc("2026-03-28T23:00:00"))

    assert opens_at is not None
    assert hours.is_open(opens_at)
    assert utc("2026-03-29T01:00:00") <= opens_at <= utc("2026-03-29T01:30:00")


@pytest.mark.parametrize("instant", ["23:59:59", "23:59:59.999999"])
def test_end_24_00_is_the_very_end_of_the_day(instant: str) -> None:
    hours = night("00:00", "24:00", zone="UTC")

    assert hours.is_open(utc(f"2026-03-01T{instant}"))
    assert not hours.is_open(utc("2026-03-02T00:00:00"))


def test_site_without_hours_is_always_open() -> None:
    hours = opening_hours.read(None, time_zone="Europe/Berlin")

    assert hours.is_open(utc("2026-12-25T03:00:00"))
    assert hours.opens_at(utc("2026-12-25T03:00:00")) is None


def test_site_that_never_opens_names_no_opening() -> None:
    hours = opening_hours.read({"mon": []}, time_zone="Europe/Berlin")

    assert not hours.is_open(utc("2026-03-02T09:00:00"))
    assert hours.opens_at(utc("2026-03-02T09:00:00")) is None


TIMES = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30)] + ["24:00"]
SPANS = st.lists(st.lists(st.sampled_from(TIMES), min_size=2, max_size=2, unique=True).map(sorted), max_size=2)
WEEKS = st.dictionaries(st.sampled_from(opening_hours.WEEKDAYS), SPANS, max_size=7)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis adds the zone


@given(WEEKS, ZONES, MOMENTS)
def test_it_is_open_at_the_opening_that_was_named(
    week: dict[str, list[list[str]]], zone: str, moment: datetime
) -> None:
    hours = opening_hours.read(week or {"mon": []}, time_zone=zone)

    opens_at = hours.opens_at(moment)

    if opens_at is not None:
        assert opens_at > moment
        assert not hours.is_open(moment)
        assert hours.is_open(opens_at)


@given(WEEKS, MOMENTS, st.floats(0, 1))
def test_it_is_closed_until_the_opening_that_was_named(
    week: dict[str, list[list[str]]], moment: datetime, share: float
) -> None:
    hours = opening_hours.read(week or {"mon": []}, time_zone="UTC")

    opens_at = hours.opens_at(moment)

    if opens_at is not None:
        assert not hours.is_open(moment + (opens_at - moment) * share * 0.999)
