"""Times that can be chosen: from opening hours, lead time and how many calls fit into each. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engage.channels.callback import quiet_hours
from engage.sites.opening_hours import OpeningHours

#: no longer list is read
MOST = 200
#: how finely we look whether we are open all through a slot
GRAIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Grid:
    """What slots are cut from."""

    hours: OpeningHours
    minutes: int
    lead: timedelta
    days_ahead: int
    #: of whoever is called
    zone: ZoneInfo
    quiet_from: time
    quiet_until: time

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


def free(grid: Grid, now: datetime, *, taken: Mapping[datetime, int], capacity: int) -> list[datetime]:
    """Starts (UTC) of the slots with room, the next one first."""
    starts = (start for start in _starts(grid, now) if taken.get(start, 0) < capacity)
    return [start for start, _ in zip(starts, range(MOST), strict=False)]


def is_slot(grid: Grid, start: datetime, now: datetime) -> bool:
    """Whether a slot begins there at all, with room or without."""
    return start in _starts(grid, now)


def _starts(grid: Grid, now: datetime) -> Iterator[datetime]:
    today = now.astimezone(grid.hours.zone).date()
    for day in (today + timedelta(days=ahead) for ahead in range(grid.days_ahead + 1)):
        for start in _of_day(grid, day):
            if start >= now + grid.lead and _fits(grid, start):
                yield start


def _of_day(grid: Grid, day: date) -> Iterator[datetime]:
    """By the clock of the site. A time that the clocks skip is left out, one that comes twice counts once."""
    for begin in range(0, 24 * 60, grid.minutes):
        local = datetime.combine(day, time(begin // 60, begin % 60), grid.hours.zone)
        start = local.astimezone(UTC)
        if start.astimezone(grid.hours.zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            yield start


def _fits(grid: Grid, start: datetime) -> bool:
    """We are open all through it, and he is not asleep."""
    moments = [start + GRAIN * step for step in range(grid.length // GRAIN)] + [start + grid.length - GRAIN / 5]
    return all(
        grid.hours.is_open(each)
        and not quiet_hours.is_quiet(each, grid.zone, begins=grid.quiet_from, ends=grid.quiet_until)
        for each in moments
    )
