from datetime import UTC, datetime
from typing import Any

import pytest

from engage.kit.ids import new_id
from engage.selfcare.contact import ways_to_contact
from engage.sites.models import Site

#: a Monday, 10:00 in Berlin
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_site(hours: dict[str, Any] | None, mail_from: str | None = None) -> Site:
    return Site(id=new_id(), key="a", name="A", time_zone="Europe/Berlin", opening_hours=hours, mail_from=mail_from)


@pytest.mark.parametrize(
    ("hours", "opens"),
    [
        ({"mon": [["14:00", "18:00"]]}, "today at 14:00"),
        ({"tue": [["08:00", "18:00"]]}, "tomorrow at 08:00"),
        ({"sat": [["10:00", "12:00"]]}, "Saturday at 10:00"),
        ({"mon": [["08:00", "09:00"]]}, "Monday, 9 March at 08:00"),
        ({"holidays": []}, None),
    ],
)
def test_closed_site_says_when_it_opens(hours: dict[str, Any], opens: str | None) -> None:
    contact = ways_to_contact(a_site(hours), MONDAY)

    assert (contact.is_open, contact.opens) == (False, opens)


def test_german_readers_are_told_in_german() -> None:
    contact = ways_to_contact(a_site({"mon": [["08:00", "09:00"]]}), MONDAY, "de")

    assert contact.opens == "am Montag, 9. März, um 08:00 Uhr"


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        # the night in which the clocks go forward, and the one in which they go back
        (datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
    ],
)
def test_opening_keeps_its_hour_when_the_clocks_change(now: datetime, opens_at: datetime) -> None:
    contact = ways_to_contact(a_site({"sun": [["08:00", "18:00"]]}), now)

    assert (contact.opens_at, contact.opens) == (opens_at, "tomorrow at 08:00")


def test_site_without_hours_is_open() -> None:
    assert ways_to_contact(a_site(None), MONDAY).is_open


def test_mail_link_has_the_address_without_the_name() -> None:
    assert ways_to_contact(a_site(None, "Nordlink <care@nordlink.example>"), MONDAY).mail == "care@nordlink.example"
    assert ways_to_contact(a_site(None), MONDAY).mail is None
