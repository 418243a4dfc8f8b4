"""Call-back: a visitor leaves his number, an agent takes it from the shared queue and calls him from his own phone.

Needs nothing but the server itself, and a site that switched it on. Inbound is the visitor's REST door, outbound the
agent's phone (`trunk/`) and mails about what became of it.
"""

from aiohttp import web

from engage.access.tokens import SIGNER
from engage.channels import CHANNELS, Channel, Way
from engage.channels.callback import (
    agent_api,
    api,
    do_not_call_api,
    due,
    link_page,
    notices,
    planned_api,
    reactions,
    rules,
    settings_api,
    views,
)
from engage.channels.callback.notices import Stationery
from engage.channels.callback.request import Caller
from engage.channels.callback.steps import CALLS
from engage.channels.callback.trunk import TRUNK
from engage.channels.callback.trunk.by_hand import ByHand
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.kit.routes import API
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites.models import Site


def install(app: web.Application) -> None:
    mails = "email" in app[CHANNELS]
    stationery = Stationery(app[TEMPLATES], app[SIGNER], app[SETTINGS].own_url) if mails else None
    app[TRUNK] = ByHand()
    for each in (api, agent_api, planned_api, settings_api, do_not_call_api):
        app[API].include(each.routes)
    app[BUS].include(reactions.table(stationery))
    app[JOBS].include(due.table)
    app[TEMPLATES].add("callback", notices.FOLDER)
    link_page.add_page(app)


async def way(work: UnitOfWork, site: Site, _app: web.Application) -> Way | None:
    """At once with the wait, else from the first free slot on; nothing where no call can be had."""
    its = await rules.read(work, site.id)
    if not its.on:
        return None
    can = await views.options(work, Caller(site, its), zone_name=None, topic="")
    if not can.now and not can.slots:
        return None
    return Way(
        channel=CALLS.channel,
        label=CHANNEL.label,
        icon=CHANNEL.icon,
        open=True,
        expected_wait_seconds=can.expected_wait_seconds,
        answered_by=None if can.now else can.slots[0],
    )


CHANNEL = Channel(
    name=CALLS.channel,
    label="Call me back",
    icon="phone",
    install=install,
    weight=CALLS.weight,
    exclusive=True,
    composer=("write", "files", "articles", "call"),
    on_at=rules.on_at,
    way=way,
)
