"""The agent console: its snapshot, its lists, the acts of an agent, and the page itself."""

from aiohttp import web

from engage.console import (
    api,
    canned_replies,
    drafts,
    labels,
    mentions,
    merging,
    pages,
    parties,
    people,
    plain_answers,
    reactions,
    reopening,
    search,
    side_panel,
    sockets,
    splitting,
    views,
    what_if,
)
from engage.kit.afterwards import AFTERWARDS
from engage.kit.bus import BUS
from engage.kit.routes import API
from engage.kit.templates import TEMPLATES
from engage.realtime import REALTIME


def install(app: web.Application) -> None:
    nouns = (
        api,
        canned_replies,
        drafts,
        labels,
        mentions,
        merging,
        parties,
        people,
        reopening,
        search,
        side_panel,
        splitting,
        views,
        what_if,
    )
    for noun in nouns:
        app[API].include(noun.routes)
    app[BUS].include(reactions.reactions)
    app[BUS].include(sockets.reactions)
    reactions.tells(app[AFTERWARDS])
    app[REALTIME].include(sockets.sockets)
    app[sockets.WATCHING] = {}
    plain_answers.install(app)
    app[TEMPLATES].add("console", pages.TEMPLATE_FOLDER)
    pages.add_pages(app)
