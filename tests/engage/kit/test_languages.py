from datetime import date

import pytest

from engage.kit import languages, zones


@pytest.mark.parametrize(
    ("header", "locales"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", ["de-AT", "de", "en"]),
        ("en;q=0.2, de;q=0.7, *;q=0.1", ["de", "en"]),
        ("fr;q=0, de", ["de"]),
        ("", []),
        (";;;,,q=1;q=x,\u202e", ["\u202e"]),
    ],
)
def test_languages_are_read_the_dearest_first(header: str, locales: list[str]) -> None:
    assert languages.accepted(header) == locales


def test_first_language_that_we_speak_is_spoken_else_english() -> None:
    assert languages.first_spoken(["fr", "de-CH", "en"], otherwise="en") == "de-CH"
    assert languages.first_spoken(["fr"], otherwise="ar") == "ar"
    assert [languages.spoken(each) for each in ("de_AT", "en-US", "ar", "")] == ["de", "en", "en", "en"]


def test_direction_is_that_of_the_script() -> None:
    assert [languages.direction(each) for each in ("ar-EG", "he", "de")] == ["rtl", "rtl", "ltr"]


def test_dates_are_written_as_people_write_them() -> None:
    day = date(2026, 3, 2)

    assert languages.long_date(day, "en") == "2 March 2026"
    assert languages.long_date(day, "de") == "2. März 2026"
    assert (languages.weekday(day, "en"), languages.weekday(day, "de")) == ("Monday", "Montag")


@pytest.mark.parametrize("name", ["../../etc/passwd", "Mars/Olympus", "", None, "Europe", "\0"])
def test_what_is_no_time_zone_is_not_looked_for(name: str | None) -> None:
    assert zones.known(name) is None


def test_time_zone_is_called_by_its_place() -> None:
    zone = zones.known("America/New_York")

    assert zone
    assert zones.place(zone) == "New York"
