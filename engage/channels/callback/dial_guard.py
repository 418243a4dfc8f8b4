"""Whether a number may be rung at this moment: asked before every call, whoever wants it. Pure."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from engage.channels.callback import quiet_hours
from engage.channels.callback.schemas import CallbackRules, DialRefused

DialRefusal = DialRefused


@dataclass(frozen=True)
class Dialling:
    country: str
    #: of whoever is called
    zone: ZoneInfo
    #: calls of the site today
    called_today: int
    #: somebody does not want it to be called, ever
    is_listed: bool = False


def refusal(rules: CallbackRules, dialling: Dialling, now: datetime) -> DialRefusal | None:
    """The first thing that stands against it."""
    if not rules.on:
        return "off"
    if dialling.country not in rules.countries:
        return "country"
    if dialling.is_listed:
        return "listed"
    if quiet_hours.is_quiet(now, dialling.zone, **night(rules)):
        return "quiet"
    return "budget" if dialling.called_today >= rules.calls_a_day else None


def night(rules: CallbackRules) -> dict[str, time]:
    return {"begins": time.fromisoformat(rules.quiet_from), "ends": time.fromisoformat(rules.quiet_until)}
