"""Finding a site and what belongs to it."""

from collections.abc import Sequence
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites import chat_rules, opening_hours, origins
from engage.sites.errors import OriginNotAllowed, UnknownSite
from engage.sites.models import Queue, Site
from engage.sites.opening_hours import OpeningHours


async def by_key(work: UnitOfWork, key: str) -> Site:
    """Raises UnknownSite."""
    # PostgreSQL refuses NUL in text
    site = await work.db.scalar(select(Site).where(Site.key == key.replace("\0", "-")))
    if site is None:
        raise UnknownSite
    return site


async def by_id(work: UnitOfWork, site_id: UUID) -> Site:
    """Raises UnknownSite."""
    site = await work.db.get(Site, site_id)
    if site is None:
        raise UnknownSite
    return site


async def embedded(work: UnitOfWork, key: str, request: web.Request) -> Site:
    """The site of a request that comes from a website's page. Raises UnknownSite, OriginNotAllowed."""
    site = await by_key(work, key)
    if not origins.is_allowed(request.headers.get("Origin"), allowed=site.origins, own=own_origin(request)):
        raise OriginNotAllowed
    return site


def own_origin(request: web.Request) -> str:
    """Our own address as the caller sees it; behind a proxy the setting knows it."""
    public = request.app[SETTINGS].public_url
    return origins.origin_of(public) if public else f"{request.scheme}://{request.host}"


async def queues_of(work: UnitOfWork, site_id: UUID) -> Sequence[Queue]:
    """Those that take work, in the site's order."""
    mine = select(Queue).where(Queue.site_id == site_id, ~Queue.retired).order_by(Queue.position, Queue.id)
    return (await work.db.scalars(mine)).all()


async def queue(work: UnitOfWork, queue_id: UUID) -> Queue:
    """The queue for work that goes on; the site's first one instead of a retired one."""
    queue = await work.db.get_one(Queue, queue_id)
    return await queue_for_topic(work, queue.site_id, "") if queue.retired else queue


async def queue_for_topic(work: UnitOfWork, site_id: UUID, topic: str) -> Queue:
    """The topic's queue, or the site's first one: no work is ever left without a queue."""
    queues = await queues_of(work, site_id)
    if not queues:
        raise UnknownSite("This site has no queue yet.")
    return next((queue for queue in queues if queue.key == topic), queues[0])


def queue_name(queue: Queue, locale: str) -> str:
    """What a visitor of that language reads."""
    return queue.names.get(locale) or queue.names.get(chat_rules.language(locale)) or queue.name


def hours_of(site: Site) -> OpeningHours:
    return opening_hours.read(site.opening_hours, time_zone=site.time_zone)
