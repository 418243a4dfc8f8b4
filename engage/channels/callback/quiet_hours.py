"""When nobody is rung: by the clock on his own wall. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engage.sites.opening_hours import OpeningHours

#: how far ahead a permitted moment is looked for, and in which steps
HORIZON = timedelta(days=14)
STEP = timedelta(minutes=5)


def is_quiet(moment: datetime, zone: ZoneInfo, *, begins: time, ends: time) -> bool:
    """Whether he must not be rung; a night goes over midnight, and the same time twice is no night at all."""
    local = moment.astimezone(zone).time()
    if begins == ends:
        return False
    if begins < ends:
        return begins <= local < ends
    return local >= begins or local < ends


def next_permitted(
    moment: datetime, zone: ZoneInfo, hours: OpeningHours, *, begins: time, ends: time
) -> datetime | None:
    """The first moment from then on at which we are open and he is not asleep (UTC)."""
    last = moment + HORIZON
    found = moment.astimezone(UTC)
    while found <= last:
        if not hours.is_open(found):
            opening = hours.opens_at(found)
            if opening is None:
                return None
            found = opening
        elif is_quiet(found, zone, begins=begins, ends=ends):
            found = _rounded(found) + STEP
        else:
            return found
    return None


def _rounded(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
