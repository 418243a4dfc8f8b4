"""Opening hours of a site: spans by weekday, holidays with their names, and whether it is open now."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from engage.administration.desk import AdminCall, administered, note_change
from engage.administration.sites import TimeZone
from engage.agents.sign_in import an_agent
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Moment, PlainText, WireModel
from engage.sites import opening_hours
from engage.sites.models import Site

routes = Routes()
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
#: a promise does not run for longer
KEPT = timedelta(days=90)
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
#: the end of the day is 24:00
EndClock = Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


class DaySpan(WireModel):
    begin: Clock
    end: EndClock

    @model_validator(mode="after")
    def begins_first(self) -> Self:
        if self.begin >= self.end:
            raise ValueError("It must close after it opens.")
        return self


class Span(DaySpan):
    day: Weekday


class Holiday(WireModel):
    day: date
    name: Annotated[PlainText, Field(max_length=60)] = ""
    #: its own hours, in the place of the weekday's; none: closed all day
    spans: Annotated[tuple[DaySpan, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def spans_do_not_meet(self) -> Self:
        _apart(self.spans)
        return self


def _apart(spans: Iterable[DaySpan]) -> None:
    """Raises ValueError."""
    ordered = sorted((span.begin, span.end) for span in spans)
    if any(end > begin for (_, end), (begin, _) in pairwise(ordered)):
        raise ValueError("Two spans of one day overlap.")


class HoursForm(WireModel):
    #: spans and holidays are kept, and do not count while it is always open
    always: bool
    time_zone: TimeZone
    #: in an emergency: closed from now on until somebody opens again, whatever the hours say
    closed_by_hand: bool = False
    spans: Annotated[tuple[Span, ...], Field(max_length=70)] = ()
    holidays: Annotated[tuple[Holiday, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def spans_do_not_meet(self) -> Self:
        for day in opening_hours.WEEKDAYS:
            _apart(span for span in self.spans if span.day == day)
        return self


class HoursNow(WireModel):
    open: bool
    opens_at: Moment | None


class HoursView(HoursForm):
    now: HoursNow


@routes.get("/api/v1/admin/sites/{site_id}/opening-hours", may=an_agent)
async def read_opening_hours(call: AdminCall, site_id: UUID) -> HoursView:
    """The hours, and whether the site is open now."""
    site = await administered(call, site_id)
    return HoursView(**_form(site).model_dump(), now=_now(call.work, site.opening_hours, site.time_zone))


@routes.put("/api/v1/admin/sites/{site_id}/opening-hours", may=an_agent)
async def change_opening_hours(call: AdminCall, site_id: UUID, body: HoursForm) -> HoursView:
    """They count from now on."""
    site = await administered(call, site_id)
    before = _form(site).model_dump(mode="json")
    site.opening_hours, site.time_zone = stored(body, site.opening_hours, call.work.now), body.time_zone
    await note_change(call, site, "site.hours_changed", before, body.model_dump(mode="json"))
    return HoursView(**body.model_dump(), now=_now(call.work, site.opening_hours, site.time_zone))


@routes.post("/api/v1/admin/sites/{site_id}/opening-hours/preview", may=an_agent)
async def preview_opening_hours(call: AdminCall, site_id: UUID, body: HoursForm) -> HoursNow:
    """Whether it would be open now; nothing is stored."""
    site = await administered(call, site_id)
    now = call.work.now
    return _now(call.work, stored(body, site.opening_hours, now), body.time_zone)


def _now(work: UnitOfWork, stored: dict[str, Any] | None, time_zone: str) -> HoursNow:
    hours = opening_hours.read(stored, time_zone=time_zone)
    return HoursNow(open=hours.is_open(work.now), opens_at=hours.opens_at(work.now))


def stored(form: HoursForm, before: dict[str, Any] | None, now: datetime) -> dict[str, Any]:
    """As `sites.opening_hours` reads it; the zone is kept apart."""
    hours: dict[str, Any] = {"always": form.always}
    if closures := _closures((before or {}).get("closures", []), now, is_closed=form.closed_by_hand):
        hours["closures"] = closures
    for span in sorted(form.spans, key=lambda each: each.begin):
        hours.setdefault(span.day, []).append([span.begin, span.end])
    by_day = {each.day: each for each in form.holidays}
    hours["holidays"] = [_stored_holiday(by_day[day]) for day in sorted(by_day)]
    return hours


def _stored_holiday(holiday: Holiday) -> dict[str, Any]:
    stored: dict[str, Any] = {"day": holiday.day.isoformat(), "name": holiday.name}
    if holiday.spans:
        stored["spans"] = sorted([span.begin, span.end] for span in holiday.spans)
    return stored


def _closures(before: list[list[str | None]], now: datetime, *, is_closed: bool) -> list[list[str | None]]:
    """What lies behind is kept for as long as clocks may count over it; closing and opening is a moment each."""
    recent = [each for each in before if each[1] is None or datetime.fromisoformat(each[1]) > now - KEPT]
    was_closed = any(end is None for _begin, end in recent)
    if is_closed and not was_closed:
        return [*recent, [now.isoformat(), None]]
    return recent if is_closed else [[begin, end or now.isoformat()] for begin, end in recent]


def _form(site: Site) -> HoursForm:
    return form_of(site.opening_hours, site.time_zone)


def form_of(stored_hours: dict[str, Any] | None, time_zone: str) -> HoursForm:
    """As a person fills it in; nothing stored is always open."""
    hours = stored_hours or {"always": True}
    days = [day for day in opening_hours.WEEKDAYS if day in hours]
    return HoursForm.model_validate(
        {
            "always": hours.get("always", False),
            "time_zone": time_zone,
            "closed_by_hand": any(end is None for _begin, end in hours.get("closures", [])),
            "spans": [{"day": day, "begin": begin, "end": end} for day in days for begin, end in hours[day]],
            "holidays": [_holiday(opening_hours.named(each)) for each in hours.get("holidays", [])],
        }
    )


def _holiday(stored: dict[str, Any]) -> dict[str, Any]:
    return {**stored, "spans": [{"begin": begin, "end": end} for begin, end in stored.get("spans", [])]}
