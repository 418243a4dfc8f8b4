"""What every page view of every website asks for: encoded once, and kept until an administrator changes it.

A site with 2,000 page views a second must not reach the database with them.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from engage.channels.webchat import home
from engage.kit.bus import Reactions
from engage.kit.clock import CLOCK, Clock
from engage.kit.unit_of_work import UNITS, UnitsOfWork
from engage.kit.wakes import WAKES
from engage.sites import origins
from engage.sites import service as sites
from engage.sites.errors import OriginNotAllowed
from engage.sites.events import SiteChanged

#: the call that goes to all processes when a site has changed
SITES = "sites"
#: how long a copy is good when other processes can change the site: while we hear them, and while we are deaf
HEARING, DEAF = timedelta(seconds=30), timedelta(seconds=2)
#: copies in memory: one a site, and one more for each name under which this server is asked
MOST = 2_000

reactions = Reactions()


@dataclass(frozen=True)
class Bootstrap:
    """The launcher's configuration, as it goes over the wire."""

    body: bytes
    etag: str
    origins: tuple[str, ...]
    read_at: datetime


class Bootstraps:
    """Copies by site and by our own address. Whoever asks meanwhile waits for the one question to the database."""

    def __init__(self, units: UnitsOfWork, clock: Clock, life: Callable[[], timedelta]) -> None:
        self._units = units
        self._clock = clock
        #: how long a copy is good now
        self._life = life
        self._copies: OrderedDict[tuple[str, str], Bootstrap] = OrderedDict()
        self._reading: dict[tuple[str, str], asyncio.Task[Bootstrap]] = {}

    async def of(self, key: str, own_origin: str) -> Bootstrap:
        """Raises UnknownSite."""
        copy = self._copies.get((key, own_origin))
        if copy is not None and self._clock.now() - copy.read_at < self._life():
            return copy
        # not ours alone: whoever asked first may go away, and the others still wait
        return await asyncio.shield(self._read_once((key, own_origin)))

    def forget(self) -> None:
        """Something has changed: what is being read at this moment may be the old state, so it is not kept either."""
        self._copies.clear()
        self._reading.clear()

    def _read_once(self, name: tuple[str, str]) -> "asyncio.Task[Bootstrap]":
        if name not in self._reading:
            self._reading[name] = asyncio.create_task(self._read(name), name="bootstrap")
            self._reading[name].add_done_callback(lambda task: self._keep(name, task))
        return self._reading[name]

    async def _read(self, name: tuple[str, str]) -> Bootstrap:
        key, own_origin = name
        read_at = self._clock.now()
        async with self._units.read() as work:
            site = await sites.by_key(work, key)
        body = home.widget_config(site, own_origin=own_origin).model_dump_json().encode()
        return Bootstrap(body, f'"{hashlib.sha256(body).hexdigest()[:16]}"', tuple(site.origins), read_at)

    def _keep(self, name: tuple[str, str], task: "asyncio.Task[Bootstrap]") -> None:
        if self._reading.get(name) is not task:
            return
        del self._reading[name]
        if task.cancelled() or task.exception() is not None:
            return
        self._copies[name] = task.result()
        self._copies.move_to_end(name)
        if len(self._copies) > MOST:
            self._copies.popitem(last=False)


BOOTSTRAPS = web.AppKey("bootstraps", Bootstraps)


def install(app: web.Application) -> None:
    wakes, is_alone = app[WAKES], app[UNITS].database.is_sqlite

    def life() -> timedelta:
        if is_alone:
            return timedelta.max
        return HEARING if wakes.is_heard else DEAF

    app[BOOTSTRAPS] = Bootstraps(app[UNITS], app[CLOCK], life)
    wakes.on(SITES, app[BOOTSTRAPS].forget)


@reactions.after_commit(SiteChanged)
async def tell_all_processes(app: web.Application, _event: SiteChanged) -> None:
    app[WAKES].call(SITES)


async def answer(request: web.Request, key: str, *, max_age: timedelta) -> web.Response:
    """The configuration, or 304 for who has it. Raises UnknownSite, OriginNotAllowed."""
    own, origin = sites.own_origin(request), request.headers.get("Origin")
    copy = await request.app[BOOTSTRAPS].of(key, own)
    if not origins.is_allowed(origin, allowed=copy.origins, own=own):
        raise OriginNotAllowed
    headers = {"Vary": "Origin", "ETag": copy.etag, "Cache-Control": f"public, max-age={int(max_age.total_seconds())}"}
    if origin:
        headers["Access-Control-Allow-Origin"] = origin
    if copy.etag in request.headers.get("If-None-Match", ""):
        return web.Response(status=304, headers=headers)
    return web.Response(body=copy.body, content_type="application/json", headers=headers)
