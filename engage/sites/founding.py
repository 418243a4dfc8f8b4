"""A site from nothing: its key, its first queues."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.errors import KeyTaken
from engage.sites.models import Queue, Site

KEY = re.compile(r"[a-z0-9-]{2,40}")
FIRST_QUEUE = "Questions"
#: letters that Unicode does not take apart
SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})


@dataclass(frozen=True)
class NewSite:
    key: str
    name: str
    origins: Sequence[str]
    queues: Sequence[str]
    time_zone: str
    locale: str = "en"
    opening_hours: dict[str, Any] | None = None
    mail_from: str | None = None


async def found(work: UnitOfWork, new: NewSite) -> Site:
    """Raises KeyTaken."""
    if await is_taken(work, new.key):
        raise KeyTaken
    site = Site(
        id=new_id(),
        key=new.key,
        name=new.name,
        locale=new.locale,
        time_zone=new.time_zone,
        origins=list(new.origins),
        branding={},
        opening_hours=new.opening_hours,
        mail_from=new.mail_from,
        created_at=work.now,
    )
    work.db.add(site)
    await work.db.flush()
    work.db.add_all(queues_from(site, new.queues or (FIRST_QUEUE,)))
    await work.db.flush()
    return site


def queues_from(site: Site, names: Sequence[str]) -> list[Queue]:
    taken: set[str] = set()
    queues = []
    for position, name in enumerate(names):
        key = free_key(name, taken)
        taken.add(key)
        queues.append(Queue(id=new_id(), site_id=site.id, key=key, name=name, position=position))
    return queues


async def is_taken(work: UnitOfWork, key: str) -> bool:
    return await work.db.scalar(select(Site.id).where(Site.key == key)) is not None


async def suggested_key(work: UnitOfWork, name: str) -> str:
    """A free key that resembles the name."""
    wanted = slug_of(name) or "site"
    taken = set(await work.db.scalars(select(Site.key).where(Site.key.startswith(wanted, autoescape=True))))
    return free_key(name, taken, fallback="site")


def free_key(name: str, taken: set[str], *, fallback: str = "queue") -> str:
    wanted = key = slug_of(name) or fallback
    number = 2
    while key in taken:
        key, number = f"{wanted[:36]}-{number}", number + 1
    return key


def slug_of(name: str) -> str:
    """Small letters, digits and hyphens: "Köln & Bonn" is koln-bonn. Empty, or of one letter, is no key."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(SPELLED))
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(char for char in plain if not unicodedata.combining(char)))
    slug = slug.strip("-")[:40].strip("-")
    return slug if KEY.fullmatch(slug) else ""
