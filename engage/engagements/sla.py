"""Promises and their clocks: what is promised, since when it counts, and when it is broken. Pure.

A clock counts either every hour or only those in which the site is open. It stands while we wait for the customer, and
goes on from where it stood. Its due moment follows from what it has counted, so a change of the promise, of the policy
or of the opening hours needs no other rule than to ask again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from engage.conversations.schemas import PromiseName
from engage.engagements.lifecycle import WAITING, State
from engage.sites.opening_hours import OpeningHours

PROMISES: tuple[PromiseName, ...] = ("first_response", "next_response", "resolution")
#: every hour counts
WALL_CLOCK = OpeningHours(zone=ZoneInfo("UTC"), spans={}, always=True)
#: a site that opens on no day of a year breaks no promise
HORIZON = timedelta(days=400)
STEP = timedelta(days=14)

Stance: TypeAlias = Literal["run", "stand", "kept", "dropped"]
Threshold: TypeAlias = Literal["warned", "broken"]


def counted(hours: OpeningHours, begin: datetime, end: datetime) -> timedelta:
    """How much of that time the site was open."""
    return sum((stop - start for start, stop in hours.open_between(begin, end)), timedelta(0))


def moment_after(hours: OpeningHours, begin: datetime, amount: timedelta) -> datetime | None:
    """The first moment by which so much has been counted; None if the site does not open often enough."""
    if amount <= timedelta(0):
        return begin
    since = begin
    while since < begin + HORIZON:
        for start, stop in hours.open_between(since, since + STEP):
            if stop - start >= amount:
                return start + amount
            amount -= stop - start
        since += STEP
    return None


@dataclass(frozen=True)
class Clock:
    """One running promise."""

    target: timedelta
    #: percent of the target after which somebody is warned; 100 warns nobody
    warn_percent: int
    #: counted before it last began to run
    spent: timedelta = timedelta(0)
    #: none while it stands
    since: datetime | None = None

    def spent_by(self, now: datetime, hours: OpeningHours) -> timedelta:
        return self.spent if self.since is None else self.spent + counted(hours, self.since, max(now, self.since))

    def runs(self, now: datetime) -> "Clock":
        return self if self.since is not None else replace(self, since=now)

    def stands(self, now: datetime, hours: OpeningHours) -> "Clock":
        return replace(self, spent=self.spent_by(now, hours), since=None)

    def promises(self, target: timedelta, warn_percent: int) -> "Clock":
        """Another promise from now on; what was counted counts."""
        return replace(self, target=target, warn_percent=warn_percent)

    def warns_at(self, hours: OpeningHours) -> datetime | None:
        """None while it stands, and if nobody is to be warned."""
        return self._reaches(self.target * self.warn_percent / 100, hours) if self.warn_percent < 100 else None

    def due_at(self, hours: OpeningHours) -> datetime | None:
        """When it is broken, or was; None while it stands."""
        return self._reaches(self.target, hours)

    def _reaches(self, amount: timedelta, hours: OpeningHours) -> datetime | None:
        return moment_after(hours, self.since, amount - self.spent) if self.since is not None else None

    def passed(self, now: datetime, hours: OpeningHours) -> Sequence[Threshold]:
        """What lies behind it, as it was counted and not as somebody looked."""
        spent = self.spent_by(now, hours)
        if spent >= self.target:
            return ("warned", "broken")
        return ("warned",) if self.warn_percent < 100 and spent >= self.target * self.warn_percent / 100 else ()


@dataclass(frozen=True)
class Facts:
    """What is known of the work when its promises are looked at."""

    state: State
    #: a person has answered since it was opened
    answered: bool
    #: the customer has spoken last
    asked: bool


def stance(promise: PromiseName, facts: Facts) -> Stance:
    """What its clock has to do. The next response is promised to a question, so it is kept while there is none."""
    if facts.state == "abandoned":
        return "dropped"
    if promise == "resolution":
        return _of_resolution(facts)
    if promise == "first_response" and facts.answered:
        return "kept"
    if promise == "next_response" and not (facts.answered and facts.asked):
        return "kept"
    if facts.state in ("wrapping_up", "closed"):
        return "dropped"
    return "stand" if facts.state == "parked" else "run"


def _of_resolution(facts: Facts) -> Stance:
    if facts.state in ("wrapping_up", "closed"):
        return "kept"
    if facts.state in WAITING:
        return "run"
    awaits_customer = facts.answered and not facts.asked
    return "stand" if facts.state == "parked" or awaits_customer else "run"


@dataclass(frozen=True)
class Work:
    """What a policy may ask of work."""

    queue_id: UUID
    channel: str
    #: of the customer, in lower case; none is known of most
    tier: str | None


@dataclass(frozen=True)
class Conditions:
    """For which work a policy holds; what is empty asks for nothing."""

    queue_ids: frozenset[UUID] = frozenset()
    channels: frozenset[str] = frozenset()
    #: in lower case
    tiers: frozenset[str] = frozenset()

    def hold_for(self, work: Work) -> bool:
        return (
            (not self.queue_ids or work.queue_id in self.queue_ids)
            and (not self.channels or work.channel in self.channels)
            and (not self.tiers or work.tier in self.tiers)
        )


def first_for(work: Work, policies: Sequence[tuple[UUID, Conditions]]) -> UUID | None:
    """The first policy, in the site's order, that holds."""
    return next((policy_id for policy_id, conditions in policies if conditions.hold_for(work)), None)
