"""How a person can be reached, as the contact card says it. Pure: the moment comes as an argument."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from engage.sites import service as sites
from engage.sites.models import Site


@dataclass(frozen=True)
class WaysToContact:
    is_open: bool
    #: such as "Monday at 08:00", in the site's own time; None while open or when nothing is planned
    opens: str | None
    mail: str | None


def ways_to_contact(site: Site, moment: datetime) -> WaysToContact:
    hours = sites.hours_of(site)
    opens_at = hours.opens_at(moment)
    zone = ZoneInfo(site.time_zone)
    opens = _said(opens_at.astimezone(zone), moment.astimezone(zone)) if opens_at else None
    # The sender may be written with a name, "Nordlink <care@…>"; a link takes the address only.
    address = parseaddr(site.mail_from or "")[1]
    return WaysToContact(hours.is_open(moment), opens, address or None)


def _said(opening: datetime, now: datetime) -> str:
    days = (opening.date() - now.date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"{opening:%A}" if days < 7 else f"{opening:%A, %-d %B}")
    return f"{day} at {opening:%H:%M}"
