"""The widget's first screen, and the launcher's configuration."""

from datetime import timedelta

from aiohttp import web

from engage.channels import CHANNELS, Way
from engage.channels.webchat import pre_chat
from engage.channels.webchat.schemas import Home, PopularArticle, Topic, UploadPolicy, WidgetConfig
from engage.engagements.traits import Traits
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import waits
from engage.selfcare import service as selfcare
from engage.settings import SETTINGS
from engage.sites import chat_rules, look
from engage.sites import service as sites
from engage.sites.models import Queue, Site

#: what an answer by mail takes at most while the desk is open
MAIL_PROMISE = timedelta(hours=24)
MOST_FILES = 5
#: answers, unless the site has put more of them first
POPULAR = 3
#: words that do not stand in the widget's own catalogue
OUTSIDE = frozenset({"greeting", "launcher_text"})


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
        launcher_texts=_launcher_texts(site),
        greeting=shown.greeting,
        frame_url=f"{own_origin}/widget/frame/{site.key}",
    )


def _launcher_texts(site: Site) -> dict[str, str]:
    """By language, where the site has its own words."""
    return {locale: texts["launcher_text"] for locale, texts in site.texts.items() if texts.get("launcher_text")}


async def read(work: UnitOfWork, site: Site, app: web.Application, locale: str) -> Home:
    hours, shown = sites.hours_of(site), look.read(site.branding)
    is_open, opens_at = hours.is_open(work.now), hours.opens_at(work.now)
    words = chat_rules.words_for(site.texts, locale, main=site.locale)
    queues = await sites.queues_of(work, site.id)
    popular = await selfcare.popular(work, site, limit=max(POPULAR, len(site.popular_articles)))
    return Home(
        name=site.name,
        locale=site.locale,
        greeting=words.get("greeting", shown.greeting),
        accent=shown.accent,
        logo=look.logo(site.branding),
        open=is_open,
        opens_at=opens_at,
        time_zone=site.time_zone,
        ways=await _ways(work, site, queues[0] if queues else None, app),
        topics=[Topic(key=queue.key, label=sites.queue_name(queue, locale), name=queue.name) for queue in queues],
        fields=pre_chat.shown(
            pre_chat.asked_now(pre_chat.form_of(site), by_mail=not is_open), locale, main=site.locale
        ),
        popular=[PopularArticle(slug=each.slug, title=each.title, category=each.category) for each in popular],
        upload=_upload_policy(site, app),
        rating=chat_rules.RatingRule(**site.rating),
        texts={key: text for key, text in words.items() if key not in OUTSIDE},
        texts_locale=chat_rules.language_of_words(site.texts, locale, main=site.locale),
        privacy_url=site.privacy_url,
    )


def upload_rule(site: Site, app: web.Application) -> tuple[int, tuple[str, ...]]:
    """How much and what a visitor may send."""
    rule = chat_rules.UploadRule.model_validate(site.uploads)
    most = app[SETTINGS].upload_max_bytes
    return min(rule.max_bytes or most, most), chat_rules.types_of(rule)


def _upload_policy(site: Site, app: web.Application) -> UploadPolicy:
    max_bytes, types = upload_rule(site, app)
    return UploadPolicy(max_bytes=max_bytes, types=list(types), max_files=MOST_FILES if types else 0)


async def _ways(work: UnitOfWork, site: Site, queue: Queue | None, app: web.Application) -> list[Way]:
    """Chat while the desk is open, what other channels offer, and mail at any time: only what leads to a person."""
    hours = sites.hours_of(site)
    is_open = hours.is_open(work.now)
    wait = await _wait(work, site, queue, app[CHANNELS]["webchat"].traits) if queue is not None and is_open else None
    ways = [
        Way(
            channel="webchat",
            label="Chat",
            icon="message-circle",
            open=is_open,
            expected_wait_seconds=wait,
            answered_by=None,
        ),
        *[way for each in app[CHANNELS].values() if each.way and (way := await each.way(work, site, app))],
    ]
    if "email" in app[CHANNELS]:
        opens_at = None if is_open else hours.opens_at(work.now)
        answered_by = (opens_at or work.now) + MAIL_PROMISE
        ways.append(
            Way(
                channel="email",
                label="E-mail",
                icon="mail",
                open=True,
                expected_wait_seconds=None,
                answered_by=answered_by,
            )
        )
    return ways


async def _wait(work: UnitOfWork, site: Site, queue: Queue, live: Traits) -> int | None:
    """The end of the range; None where it has none, and while nobody is there."""
    kind = await waits.kind_of_newcomer(work, site.id, live.channel, live.weight)
    return await waits.expected_in(work, queue.id, kind)
