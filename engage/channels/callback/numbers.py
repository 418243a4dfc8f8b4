"""Phone numbers: what somebody typed becomes E.164, or a reason why we do not call it. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, timezone

from engage.kit import zones

Refusal = Literal["impossible", "country", "kind"]
#: what an ordinary line is; all else costs more, reaches no person, or is somebody's emergency
ORDINARY = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    }
)
#: stands for digits that somebody may not read
HIDDEN = "\N{BULLET}\N{BULLET}\N{BULLET}"
#: characters of a number as people write it
LONGEST = 40


@dataclass(frozen=True)
class Checked:
    """A number that we call."""

    e164: str
    country: str
    #: as people of its country write it for strangers
    shown: str


def check(text: str, country: str, allowed: Collection[str]) -> Checked | Refusal:
    """`country` is where a number without its country code belongs to."""
    number = _read(text, country)
    if number is None or not phonenumbers.is_valid_number(number):
        return "impossible"
    region = phonenumbers.region_code_for_number(number)
    if region is None or region not in allowed:
        return "country"
    if phonenumbers.number_type(number) not in ORDINARY or number.extension:
        return "kind"
    return Checked(phonenumbers.format_number(number, PhoneNumberFormat.E164), region, shown(number))


def _read(text: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text[:LONGEST], country or None)
    except phonenumbers.NumberParseException:
        return None


def e164_of(text: str, country: str) -> str | None:
    """Any number that there can be, whether we would call it or not."""
    number = _read(text, country)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def masked(e164: str) -> str:
    """Enough to tell two apart, too little to call: the country code and the last two digits."""
    number = phonenumbers.parse(e164)
    return f"+{number.country_code} {HIDDEN} {e164[-2:]}"


def shown(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def shown_e164(e164: str) -> str:
    return shown(phonenumbers.parse(e164))


def calling_code(country: str) -> int:
    return phonenumbers.country_code_for_region(country)


def zone_of(e164: str, claimed: str | None, *, otherwise: ZoneInfo) -> ZoneInfo:
    """The clock on his wall: what his browser says, if the number can be there; else where the number is.

    A browser may say anything, and whoever is to be woken at night by it is somebody else.
    """
    possible = [
        zone for name in timezone.time_zones_for_number(phonenumbers.parse(e164)) if (zone := zones.known(name))
    ]
    said = zones.known(claimed)
    if not possible:
        return said or otherwise
    return said if said in possible else possible[0]


def country_of_zone(zone: ZoneInfo, allowed: Sequence[str]) -> str:
    """The country to begin with: one of the allowed where clocks go like that, else the first."""
    return next((code for code in allowed if zone.key in _zones_of(code)), allowed[0] if allowed else "")


@cache
def _zones_of(country: str) -> frozenset[str]:
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.FIXED_LINE)
    return frozenset(timezone.time_zones_for_number(example)) if example else frozenset()
