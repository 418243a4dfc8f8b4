"""Opening hours: spans of local time by weekday, with holidays. Pure: time and hours come as arguments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: how far ahead we look for the next opening
HORIZON_DAYS = 14
#: from, inclusive, and to, exclusive; None is the end of the day
Span: TypeAlias = tuple[time, time | None]


@dataclass(frozen=True)
class OpeningHours:
    zone: ZoneInfo
    #: spans of local time by weekday; a weekday without spans is closed
    spans: dict[str, tuple[Span, ...]]
    holidays: frozenset[date] = frozenset()
    #: no hours are known: always open
    always: bool = False

    def is_open(self, moment: datetime) -> bool:
        if self.always:
            return True
        local = moment.astimezone(self.zone)
        now = local.time()
        return any(begin <= now and (end is None or now < end) for begin, end in self._spans_on(local.date()))

    def opens_at(self, moment: datetime) -> datetime | None:
        """When it opens next (UTC); None while it is open or when it never does within two weeks."""
        if self.is_open(moment):
            return None
        today = moment.astimezone(self.zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(HORIZON_DAYS + 1)):
            for opening in self._openings_on(day):
                if opening > moment and self.is_open(opening):
                    return opening
        return None

    def _openings_on(self, day: date) -> list[datetime]:
        # When the clocks change a time may come twice, or be skipped: then the zone's own rule moves it.
        local = [datetime.combine(day, begin, self.zone) for begin, _end in self._spans_on(day)]
        return sorted(each.replace(fold=fold).astimezone(UTC) for each in local for fold in (0, 1))

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        return () if day in self.holidays else self.spans.get(WEEKDAYS[day.weekday()], ())


def read(hours: dict[str, Any] | None, *, time_zone: str) -> OpeningHours:
    """From the stored form `{"mon": [["08:00", "18:00"]], "holidays": [{"day": "2026-12-25", "name": "Christmas"}]}`.

    Nothing stored, or `always`, is always open; the end "24:00" is the end of the day.
    """
    if not hours or hours.get("always"):
        return OpeningHours(zone=ZoneInfo(time_zone), spans={}, always=True)
    spans = {
        day: tuple((time.fromisoformat(begin), _end(end)) for begin, end in hours.get(day, [])) for day in WEEKDAYS
    }
    holidays = frozenset(date.fromisoformat(named(each)["day"]) for each in hours.get("holidays", []))
    return OpeningHours(zone=ZoneInfo(time_zone), spans=spans, holidays=holidays)


def _end(text: str) -> time | None:
    return None if text == "24:00" else time.fromisoformat(text)


def named(holiday: str | dict[str, str]) -> dict[str, str]:
    """A stored holiday; one of the command line is a day without a name."""
    return {"day": holiday, "name": ""} if isinstance(holiday, str) else holiday
