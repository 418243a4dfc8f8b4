"""Invitations (RFC 5545), as far as a card shows them."""

from datetime import UTC, date, datetime, time
from typing import Any

from engage.channels.email.mime import charsets
from engage.channels.email.parsed import Invitation

MOST_BYTES = 200_000


def read(raw: bytes, params: dict[str, str]) -> Invitation | None:
    """The first event of it; None if it cannot be read."""
    # imported with the first invitation: most mails have none
    from icalendar import Calendar  # noqa: PLC0415

    text = charsets.decode(raw[:MOST_BYTES], params.get("charset", "utf-8"))
    try:
        calendar = Calendar.from_ical(text)
        event = next(iter(calendar.walk("VEVENT")), None)
        return _card(calendar, event, params) if event is not None else None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError, LookupError):
        return None


def _card(calendar: Any, event: Any, params: dict[str, str]) -> Invitation:
    return Invitation(
        method=_words(calendar.get("METHOD") or params.get("method", "")).upper()[:20],
        summary=_words(event.get("SUMMARY"))[:300],
        starts_at=_moment(event.get("DTSTART")),
        ends_at=_moment(event.get("DTEND")),
        location=_words(event.get("LOCATION"))[:300],
        organizer=_words(event.get("ORGANIZER")).removeprefix("mailto:").removeprefix("MAILTO:")[:320],
    )


def _words(value: object) -> str:
    return charsets.clean(" ".join(str(value).split())) if value is not None else ""


def _moment(value: Any) -> datetime | None:
    """A day without a time begins at midnight; a time without a zone is taken for UTC."""
    at = getattr(value, "dt", None)
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    return datetime.combine(at, time(), UTC) if isinstance(at, date) else None
