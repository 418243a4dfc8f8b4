"""Time zones as browsers and admins name them. A name is looked up in the list, never as a path."""

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    return frozenset(available_timezones())


def known(name: str | None) -> ZoneInfo | None:
    return ZoneInfo(name) if name in names() else None


def place(zone: ZoneInfo) -> str:
    """Such as "Berlin": what people call it."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")
