"""What screens are told of once it is stored: gathered meanwhile, said once, and in slices.

Whoever gives out work by the hundred has no time to build what each screen shows of it. A slice that fails is given up:
screens miss a number and ask, as after any loss.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from typing import Any

import structlog
from aiohttp import web

from engage.kit.unit_of_work import UnitOfWork, UnitsOfWork

log = structlog.get_logger(__name__)

#: told with one set of queries, before others have their turn
SLICE = 50

#: reads what became of these and pushes it
Tell = Callable[[UnitOfWork, Sequence[Any]], Awaitable[None]]


class Afterwards:
    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units
        self._tells: dict[str, Tell] = {}
        #: by name, in the order of coming, each once
        self._waiting: defaultdict[str, dict[Hashable, None]] = defaultdict(dict)
        self._news = asyncio.Event()
        self._turn = asyncio.Lock()

    def on(self, name: str, tell: Tell) -> None:
        self._tells[name] = tell

    def add(self, name: str, items: Iterable[Hashable]) -> None:
        """To be told of these soon; twice before that is once."""
        self._waiting[name].update(dict.fromkeys(items))
        self._news.set()

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._news.wait()
            self._news.clear()
            await self.told()

    async def told(self) -> None:
        """Until nothing is left to be told."""
        async with self._turn:
            while any(self._waiting.values()):
                for name, tell in self._tells.items():
                    await self._tell(tell, self._taken(name))

    def _taken(self, name: str) -> list[Hashable]:
        waiting = self._waiting[name]
        items = list(waiting)[:SLICE]
        for each in items:
            del waiting[each]
        return items

    async def _tell(self, tell: Tell, items: Sequence[Hashable]) -> None:
        if not items:
            return
        try:
            async with self._units.tell() as work:
                await tell(work, items)
        except Exception:
            log.exception("not_told")


AFTERWARDS = web.AppKey("afterwards", Afterwards)
