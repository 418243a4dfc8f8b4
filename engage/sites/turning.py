"""When opening hours change next: at the second, so that a timer can wait for it. Pure."""

from datetime import UTC, datetime, time, timedelta

from engage.sites.opening_hours import HORIZON_DAYS, OpeningHours


def turns_at(hours: OpeningHours, moment: datetime) -> datetime | None:
    """When what is open closes, or what is closed opens (UTC); None if it never does within two weeks."""
    now_open = hours.is_open(moment)
    return next((each for each in _moments(hours, moment) if each > moment and hours.is_open(each) != now_open), None)


def _moments(hours: OpeningHours, moment: datetime) -> list[datetime]:
    """Every moment at which a day or a span begins or ends; when the clocks change a time may come twice."""
    times = {time()} | {each for spans in hours.spans.values() for span in spans for each in span if each is not None}
    first = moment.astimezone(hours.zone).date()
    days = [first + timedelta(days=ahead) for ahead in range(HORIZON_DAYS + 1)]
    local = [datetime.combine(day, each, hours.zone) for day in days for each in times]
    return sorted({each.replace(fold=fold).astimezone(UTC) for each in local for fold in (0, 1)})
