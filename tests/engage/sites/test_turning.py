"""When opening hours change next."""

from datetime import UTC, datetime

from engage.sites import opening_hours
from engage.sites.turning import turns_at

HOURS = {
    "mon": [["09:00", "12:00"], ["13:00", "24:00"]],
    "tue": [["00:00", "10:00"]],
    "sun": [["01:00", "04:00"]],
    "holidays": ["2026-03-09"],
}
BERLIN = opening_hours.read(HOURS, time_zone="Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_open_hours_turn_when_they_close_and_closed_ones_when_they_open() -> None:
    assert turns_at(BERLIN, at("2026-03-02T09:00")) == at("2026-03-02T11:00")
    assert turns_at(BERLIN, at("2026-03-02T11:00")) == at("2026-03-02T12:00")


def test_spans_that_meet_at_midnight_are_one() -> None:
    assert turns_at(BERLIN, at("2026-03-02T12:00")) == at("2026-03-03T09:00")


def test_holiday_is_passed_over() -> None:
    # on the holiday itself nothing opens; the day after it does at midnight
    assert turns_at(BERLIN, at("2026-03-08T12:00")) == at("2026-03-09T23:00")


def test_clock_change_shortens_the_night_it_falls_into() -> None:
    # on 29 March 2:00 becomes 3:00 in Berlin: three hours on the clock are two
    assert turns_at(BERLIN, at("2026-03-29T00:00")) == at("2026-03-29T02:00")


def test_hours_that_never_change_have_no_turn() -> None:
    assert turns_at(opening_hours.read(None, time_zone="Europe/Berlin"), at("2026-03-02T09:00")) is None
    assert turns_at(opening_hours.read({"mon": []}, time_zone="Europe/Berlin"), at("2026-03-02T09:00")) is None
