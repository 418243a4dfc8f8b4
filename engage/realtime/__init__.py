"""Real time: carries what was saved to every screen that may see it, and small signals back.

It knows rooms and sockets, no conversation; it is fast and may lose, and sequence numbers above make a loss harmless.
"""

from collections.abc import AsyncIterator

from aiohttp import web

from engage.kit.clock import CLOCK
from engage.kit.health import HEALTH
from engage.kit.unit_of_work import UNITS
from engage.realtime.bus import NodeBus
from engage.realtime.bus_memory import MemoryBus
from engage.realtime.origins import is_same_origin
from engage.realtime.push import Realtime
from engage.realtime.transport_socketio import SocketIoTransport
from engage.settings import SETTINGS, Settings

REALTIME = web.AppKey("realtime", Realtime)
SOCKET_IO = web.AppKey("socket_io", SocketIoTransport)


def install(app: web.Application) -> None:
    """After the kit, whose clock, bus, units of work and health checks it uses; before every slice with sockets."""
    realtime = app[REALTIME] = Realtime(app, bus=_bus(app[SETTINGS]), clock=app[CLOCK])
    transport = app[SOCKET_IO] = SocketIoTransport(realtime.connections, is_allowed=_is_allowed, clock=app[CLOCK])
    realtime.transports.append(transport)
    transport.add_routes(app)
    app[UNITS].push = realtime.push
    app[HEALTH].add("realtime", realtime.problem)
    app.cleanup_ctx.append(realtime.connections.announcements.running)
    app.cleanup_ctx.append(_running)
    app.on_shutdown.append(_move_away)


def _bus(settings: Settings) -> NodeBus:
    if settings.redis_url is None:
        return MemoryBus()
    # imported by those who have a Redis: it takes a twelfth of the time to start
    from engage.realtime.bus_redis import RedisBus  # noqa: PLC0415

    return RedisBus(settings.redis_url)


def _is_allowed(request: web.Request) -> bool:
    public_url = request.app[SETTINGS].public_url
    return is_same_origin(request.headers.get("Origin"), host=request.host, public_url=public_url)


async def _running(app: web.Application) -> AsyncIterator[None]:
    async with app[REALTIME].running(), app[SOCKET_IO].running():
        yield


async def _move_away(app: web.Application) -> None:
    # aiohttp hears nothing more from open connections by now: who stops a node politely calls `move_away` before.
    await app[REALTIME].move_away(within_seconds=app[SETTINGS].stop_seconds)
