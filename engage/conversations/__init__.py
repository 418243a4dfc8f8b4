"""Conversations: what was said. One numbered timeline each, with its audience, from which everybody reads."""

from aiohttp import web

from engage.conversations import jobs, plain_messages, reactions, shown_pictures, sockets
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.realtime import REALTIME


def install(app: web.Application) -> None:
    app[BUS].include(reactions.reactions)
    app[JOBS].include(jobs.jobs)
    app[REALTIME].include(sockets.sockets)
    shown_pictures.install(app)
    plain_messages.install(app)
