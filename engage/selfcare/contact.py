"""How a person can be reached, as the contact card says it. Pure: the moment comes as an argument."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from engage.kit.languages import FALLBACK, Language, day_of_month, weekday
from engage.selfcare.words import WORDS
from engage.sites import service as sites
from engage.sites.models import Site


@dataclass(frozen=True)
class WaysToContact:
    is_open: bool
    #: when it opens next; None while open or when nothing is planned
    opens_at: datetime | None
    #: the same in words, such as "Monday at 08:00", in the site's own time
    opens: str | None
    mail: str | None


def ways_to_contact(site: Site, moment: datetime, language: Language = FALLBACK) -> WaysToContact:
    hours = sites.hours_of(site)
    opens_at = hours.opens_at(moment)
    zone = ZoneInfo(site.time_zone)
    opens = _said(opens_at.astimezone(zone), moment.astimezone(zone), language) if opens_at else None
    # The sender may be written with a name, "Nordlink <care@…>"; a link takes the address only.
    address = parseaddr(site.mail_from or "")[1]
    return WaysToContact(hours.is_open(moment), opens_at, opens, address or None)


def _said(opening: datetime, now: datetime, language: Language) -> str:
    words = WORDS[language]
    days = (opening.date() - now.date()).days
    sentence = {0: words.today_at, 1: words.tomorrow_at}.get(days, words.weekday_at if days < 7 else words.date_at)
    return sentence.format(
        time=f"{opening:%H:%M}", weekday=weekday(opening, language), day=day_of_month(opening, language)
    )
