"""Opening hours: spans of local time by weekday, with holidays. Pure: time and hours come as arguments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: how far ahead we look for the next opening
HORIZON_DAYS = 14
#: from, inclusive, and to, exclusive; None is the end of the day
Span: TypeAlias = tuple[time, time | None]
#: two moments, UTC: from, inclusive, and to, exclusive
Stretch: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True)
class OpeningHours:
    zone: ZoneInfo
    #: spans of local time by weekday; a weekday without spans is closed
    spans: dict[str, tuple[Span, ...]]
    holidays: frozenset[date] = frozenset()
    #: no hours are known: always open
    always: bool = False
    #: days with hours of their own, in the place of their weekday's; stronger than a holiday
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict, hash=False)
    #: closed by hand, from a moment until another one or until somebody opens again; stronger than all the rest
    closures: tuple[tuple[datetime, datetime | None], ...] = ()

    def is_open(self, moment: datetime) -> bool:
        if any(begin <= moment and (end is None or moment < end) for begin, end in self.closures):
            return False
        if self.always:
            return True
        local = moment.astimezone(self.zone)
        now = local.time()
        return any(begin <= now and (end is None or now < end) for begin, end in self._spans_on(local.date()))

    def opens_at(self, moment: datetime) -> datetime | None:
        """When it opens next (UTC); None while it is open or when it never does within two weeks."""
        if self.is_open(moment):
            return None
        ahead = self.open_between(moment, moment + timedelta(days=HORIZON_DAYS + 1))
        return next((begin for begin, _end in ahead), None)

    def open_between(self, begin: datetime, end: datetime) -> Iterator[Stretch]:
        """The stretches of real time in which it is open, in their order."""
        for planned_begin, planned_end in self._planned(begin, end):
            yield from self._without_closures(max(planned_begin, begin), min(planned_end, end))

    def _planned(self, begin: datetime, end: datetime) -> Iterator[Stretch]:
        if self.always:
            yield begin, end
            return
        day, last = begin.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            yield from sorted(stretch for span in self._spans_on(day) for stretch in _real_time(self.zone, day, span))
            day += timedelta(days=1)

    def _without_closures(self, begin: datetime, end: datetime) -> Iterator[Stretch]:
        for closed, opened in sorted(self.closures, key=lambda each: each[0]):
            if closed >= end:
                break
            if begin < closed:
                yield begin, closed
            begin = max(begin, opened or end)
        if begin < end:
            yield begin, end

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        if day in self.exceptions:
            return self.exceptions[day]
        return () if day in self.holidays else self.spans.get(WEEKDAYS[day.weekday()], ())


def read(hours: dict[str, Any] | None, *, time_zone: str) -> OpeningHours:
    """From the stored form `{"mon": [["08:00", "18:00"]], "holidays": [{"day": "2026-12-25", "name": "Christmas"}]}`.

    Nothing stored, or `always`, is always open; the end "24:00" is the end of the day. A holiday with `spans` of its
    own is open in them; `closures` are pairs of moments, the second one null while it is closed by hand.
    """
    if not hours or hours.get("always"):
        return OpeningHours(zone=ZoneInfo(time_zone), spans={}, always=True, closures=_closures(hours))
    spans = {day: _spans(hours.get(day, [])) for day in WEEKDAYS}
    special = [named(each) for each in hours.get("holidays", [])]
    return OpeningHours(
        zone=ZoneInfo(time_zone),
        spans=spans,
        holidays=frozenset(date.fromisoformat(each["day"]) for each in special),
        exceptions={date.fromisoformat(each["day"]): _spans(each["spans"]) for each in special if each.get("spans")},
        closures=_closures(hours),
    )


def _spans(stored: list[list[str]]) -> tuple[Span, ...]:
    return tuple((time.fromisoformat(begin), _end(end)) for begin, end in stored)


def _closures(hours: dict[str, Any] | None) -> tuple[tuple[datetime, datetime | None], ...]:
    stored = (hours or {}).get("closures", [])
    return tuple((datetime.fromisoformat(begin), datetime.fromisoformat(end) if end else None) for begin, end in stored)


def _real_time(zone: ZoneInfo, day: date, span: Span) -> Iterator[Stretch]:
    """When the clocks show this span of the day: a time that is skipped never, one that comes twice two times."""
    begin = datetime.combine(day, span[0], UTC)
    end = (
        datetime.combine(day + timedelta(days=1), time(), UTC)
        if span[1] is None
        else datetime.combine(day, span[1], UTC)
    )
    for valid_from, valid_to, offset in _offsets(zone, day):
        stretch = max(begin - offset, valid_from), min(end - offset, valid_to)
        if stretch[0] < stretch[1]:
            yield stretch


@lru_cache(maxsize=4096)
def _offsets(zone: ZoneInfo, day: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The offsets from UTC that hold around this local day, each with its time; no zone is further off than 15 h."""
    midnight = datetime.combine(day, time(), UTC)
    hours = [midnight + timedelta(hours=hour) for hour in range(-15, 24 + 15 + 1)]
    changes = [_change(zone, *each) for each in pairwise(hours) if _offset(zone, each[0]) != _offset(zone, each[1])]
    return tuple((begin, end, _offset(zone, begin)) for begin, end in pairwise([hours[0], *changes, hours[-1]]))


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which the offset changes between these two moments."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(zone, middle) == _offset(zone, before) else (before, middle)
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _end(text: str) -> time | None:
    return None if text == "24:00" else time.fromisoformat(text)


def named(holiday: str | dict[str, Any]) -> dict[str, Any]:
    """A stored holiday; one of the command line is a day without a name."""
    return {"day": holiday, "name": ""} if isinstance(holiday, str) else holiday
