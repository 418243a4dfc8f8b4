"""A site and its agents from the command line, for a carrier that begins."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web
from sqlalchemy import select

from engage.access.principals import Role
from engage.agents import passwords
from engage.agents import service as agents
from engage.agents.models import Agent
from engage.kit.unit_of_work import UNITS
from engage.routing import service as routing
from engage.selfcare import service as selfcare
from engage.sites import founding
from engage.sites import service as sites
from engage.sites.errors import KeyTaken
from engage.sites.opening_hours import WEEKDAYS
from engage.sites.origins import origin_of

SPAN = re.compile(r"(?P<first>\w{3})(-(?P<last>\w{3}))? (?P<begin>\d\d:\d\d)-(?P<end>\d\d:\d\d)")


class NotPossible(ValueError):
    """What was asked for cannot be; the message says why."""


@dataclass(frozen=True)
class NewSite:
    key: str
    name: str
    origins: Sequence[str]
    queues: Sequence[str]
    time_zone: str
    #: such as "mon-fri 08:00-18:00"; none is always open
    hours: Sequence[str]
    mail_from: str | None


async def add_site(app: web.Application, new: NewSite) -> None:
    """Raises NotPossible."""
    _check(new)
    wanted = founding.NewSite(
        key=new.key,
        name=new.name,
        origins=[origin_of(each) for each in new.origins],
        queues=new.queues,
        time_zone=new.time_zone,
        opening_hours=opening_hours(new.hours),
        mail_from=new.mail_from,
    )
    async with app[UNITS].begin() as work:
        try:
            await founding.found(work, wanted)
        except KeyTaken as problem:
            raise NotPossible(f"There is a site {new.key} already.") from problem


def _check(new: NewSite) -> None:
    if not founding.KEY.fullmatch(new.key):
        raise NotPossible("A site's key has 2 to 40 small letters, digits and hyphens.")
    wrong = [each for each in new.origins if not re.fullmatch(r"https?://[^/]+/?", each)]
    if wrong:
        raise NotPossible(f"An origin looks like https://www.carrier.example, not like {wrong[0]}.")
    try:
        ZoneInfo(new.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise NotPossible(f"There is no time zone {new.time_zone}.") from problem


def opening_hours(spans: Sequence[str]) -> dict[str, Any] | None:
    """From lines such as "mon-fri 08:00-18:00" and "sat 09:00-12:00". Raises NotPossible."""
    hours: dict[str, Any] = {}
    for span in spans:
        found = SPAN.fullmatch(span.strip().lower())
        days = _days(found["first"], found["last"] or found["first"]) if found else ()
        if not found or not days or found["begin"] >= found["end"]:
            raise NotPossible(f"Opening hours look like “mon-fri 08:00-18:00”, not like “{span}”.")
        for day in days:
            hours.setdefault(day, []).append([found["begin"], found["end"]])
    return hours or None


def _days(first: str, last: str) -> Sequence[str]:
    if first not in WEEKDAYS or last not in WEEKDAYS:
        return ()
    return WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last) + 1]


async def add_agent(app: web.Application, *, email: str, name: str, site_key: str, role: Role) -> str:
    """Somebody who serves all queues of the site; returns his first password. Raises NotPossible, UnknownSite."""
    password = secrets.token_urlsafe(12)
    password_hash = await passwords.hash_of(password)
    async with app[UNITS].begin() as work:
        site = await sites.by_key(work, site_key)
        if await work.db.scalar(select(Agent.id).where(Agent.email == email.lower())):
            raise NotPossible(f"There is an agent {email} already.")
        agent = await agents.hire(
            work, email=email, name=name, password_hash=password_hash, role=role, site_ids=[site.id]
        )
        await routing.serve_all_queues(work, agent, site)
    return password


async def publish_articles(app: web.Application, site_key: str, folder: Path) -> str:
    """Makes the site's articles those of a folder of Markdown; says what changed. Raises UnknownSite."""
    async with app[UNITS].begin() as work:
        report = await selfcare.publish_folder(work, await sites.by_key(work, site_key), folder)
    done = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed"
    return f"{done}, {len(report.kept)} left to their editors" if report.kept else done
