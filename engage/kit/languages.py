"""The languages in which the server itself speaks to visitors: help pages and mails. Each slice keeps its own words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "de"]

FALLBACK: Language = "en"
_SPOKEN: Mapping[str, Language] = {"en": "en", "de": "de"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})

_WEEKDAYS: Mapping[Language, str] = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
_MONTHS: Mapping[Language, str] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_DAY_OF_MONTH: Mapping[Language, str] = {"en": "{day} {month}", "de": "{day}. {month}"}


def spoken(locale: str) -> Language:
    """What we speak to somebody of that locale: English where we do not speak his language."""
    return _SPOKEN.get(_base(locale), FALLBACK)


def first_spoken(locales: Iterable[str], *, otherwise: str) -> str:
    """The first of somebody's locales whose language we speak."""
    return next((locale for locale in locales if _base(locale) in _SPOKEN), otherwise)


def accepted(header: str) -> list[str]:
    """The locales of an Accept-Language header, the dearest first; what cannot be read is left out."""
    weighed = []
    for position, part in enumerate(header[:500].split(",")):
        named, _, quality = part.partition(";q=")
        locale = named.split(";")[0].strip()
        weight = _weight(quality)
        if locale and locale != "*" and weight > 0:
            weighed.append((-weight, position, locale))
    return [locale for _weight, _position, locale in sorted(weighed)]


def direction(locale: str) -> Literal["ltr", "rtl"]:
    return "rtl" if _base(locale) in _RIGHT_TO_LEFT else "ltr"


def weekday(day: date, language: Language) -> str:
    return _WEEKDAYS[language].split()[day.weekday()]


def day_of_month(day: date, language: Language) -> str:
    """Such as "23 November"."""
    return _DAY_OF_MONTH[language].format(day=day.day, month=_MONTHS[language].split()[day.month - 1])


def long_date(day: date, language: Language) -> str:
    """Such as "23 November 2026"."""
    return f"{day_of_month(day, language)} {day.year}"


def _base(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0].strip().lower()


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
