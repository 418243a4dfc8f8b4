"""The widget's first screen, and the launcher's configuration."""

from datetime import timedelta

from aiohttp import web

from engage.channels import CHANNELS
from engage.channels.webchat import pre_chat
from engage.channels.webchat.schemas import Home, PopularArticle, Topic, UploadPolicy, Way, WidgetConfig
from engage.conversations.attachments import ACCEPTED
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import dispatch
from engage.routing.estimated_wait import expected_wait
from engage.selfcare import service as selfcare
from engage.settings import SETTINGS
from engage.sites import look
from engage.sites import service as sites
from engage.sites.models import Queue, Site

#: what a mail is promised to take when the desk is open
MAIL_PROMISE = timedelta(hours=24)
MOST_FILES = 5


def widget_config(site: Site, *, own_origin: str) -> WidgetConfig:
    shown = look.read(site.branding)
    return WidgetConfig(
        site_key=site.key,
        name=site.name,
        locale=site.locale,
        accent=shown.accent,
        position=shown.position,
        radius=shown.radius,
        launcher_text=shown.launcher_text,
        greeting=shown.greeting,
        frame_url=f"{own_origin}/widget/frame/{site.key}",
    )


async def read(work: UnitOfWork, site: Site, app: web.Application) -> Home:
    hours, shown = sites.hours_of(site), look.read(site.branding)
    is_open, opens_at = hours.is_open(work.now), hours.opens_at(work.now)
    queues = await sites.queues_of(work, site.id)
    popular = await selfcare.popular(work, site, limit=3)
    return Home(
        name=site.name,
        locale=site.locale,
        greeting=shown.greeting,
        accent=shown.accent,
        open=is_open,
        opens_at=opens_at,
        time_zone=site.time_zone,
        ways=await _ways(work, site, queues[0] if queues else None, app),
        topics=[Topic(key=queue.key, label=queue.name) for queue in queues],
        fields=pre_chat.asked(is_open=is_open),
        popular=[PopularArticle(slug=each.slug, title=each.title, category=each.category) for each in popular],
        upload=UploadPolicy(max_bytes=app[SETTINGS].upload_max_bytes, types=list(ACCEPTED), max_files=MOST_FILES),
        privacy_url=site.privacy_url,
    )


async def _ways(work: UnitOfWork, site: Site, queue: Queue | None, app: web.Application) -> list[Way]:
    """Chat while the desk is open, mail when it is not: only what really leads to a person."""
    hours = sites.hours_of(site)
    is_open = hours.is_open(work.now)
    wait = await _wait(work, queue) if queue is not None and is_open else None
    ways = [Way(channel="webchat", label="Chat", open=is_open, expected_wait_seconds=wait, answered_by=None)]
    if "email" in app[CHANNELS] and not is_open:
        answered_by = (hours.opens_at(work.now) or work.now) + MAIL_PROMISE
        ways.append(
            Way(channel="email", label="E-mail", open=True, expected_wait_seconds=None, answered_by=answered_by)
        )
    return ways


async def _wait(work: UnitOfWork, queue: Queue) -> int:
    waiting = await dispatch.waiting_in(work, queue.id)
    lately = await dispatch.accepted_lately(work, queue.id)
    return expected_wait(waiting + 1, accepted_lately=lately)
