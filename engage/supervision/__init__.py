"""The supervisors' board: what waits and who holds what, live, and the acts on the work of others."""

from aiohttp import web

from engage.kit.bus import BUS
from engage.kit.routes import API
from engage.kit.unit_of_work import UNITS
from engage.kit.wakes import WAKES
from engage.realtime import REALTIME
from engage.routing.dispatcher import WAKE
from engage.supervision import acts, api, sockets
from engage.supervision.live import BOARDS, WAKE_BOARDS, Boards, living


def install(app: web.Application) -> None:
    app[API].include(api.routes)
    app[API].include(acts.routes)
    app[REALTIME].include(sockets.sockets)
    app[BUS].include(sockets.reactions)
    app[BOARDS] = Boards(app[UNITS], app[REALTIME], app[WAKES])
    # what makes the router look again is what changes on the board
    app[WAKES].on_news(WAKE, app[BOARDS].hear)
    app[WAKES].on_news(WAKE_BOARDS, app[BOARDS].hear)
    app.cleanup_ctx.append(living)
