"""Group commit: one writer a node. What waits is stored together and paid for with one commit.

Idle, each item goes at once and alone; busy, whatever gathered during one commit is the next batch, so that batches
size themselves and nobody waits for a clock.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeAlias, TypeVar

import structlog
from aiohttp import web

from engage.kit.metrics import BATCHES
from engage.kit.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

MOST = 500

Begun: TypeAlias = AbstractAsyncContextManager[UnitOfWork]

T = TypeVar("T")
R = TypeVar("R")
#: stores what it can of a batch; None for what has to go the ordinary way. If it raises, nothing of the batch is stored
Store = Callable[[UnitOfWork, Sequence[T]], Awaitable[Sequence[R | None]]]


class GroupCommit(Generic[T, R]):
    """`key_of` tells what two items must not share a batch for; the later one waits for the next.

    `begin` opens the unit of work of a batch: one that writes, or one that only looks for many at once.
    """

    def __init__(
        self, name: str, begin: Callable[[], Begun], store: Store[T, R], *, key_of: Callable[[T], Hashable]
    ) -> None:
        self._name = name
        self._begin = begin
        self._store = store
        self._is_running = False
        self._key_of = key_of
        self._waiting: deque[tuple[T, asyncio.Future[R | None]]] = deque()
        self._news = asyncio.Event()

    async def submit(self, item: T) -> R | None:
        """Returns when the item is committed; None says that nothing was stored and it must go the ordinary way."""
        if not self._is_running:
            return None
        done: asyncio.Future[R | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        self._news.set()
        return await done

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """A resource of the application: the writer."""
        writer = asyncio.create_task(self._write_for_ever(), name=f"group commit of {self._name}")
        self._is_running = True
        yield
        self._is_running = False
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)
        _answer(self._take(len(self._waiting)), [])

    async def _write_for_ever(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while batch := self._take(MOST):
                await self._commit(batch)

    def _take(self, most: int) -> list[tuple[T, asyncio.Future[R | None]]]:
        """The oldest, each key once; what was passed over keeps its place at the head."""
        taken: dict[Hashable, tuple[T, asyncio.Future[R | None]]] = {}
        passed: list[tuple[T, asyncio.Future[R | None]]] = []
        while self._waiting and len(taken) < most:
            each = self._waiting.popleft()
            if (key := self._key_of(each[0])) in taken:
                passed.append(each)
            else:
                taken[key] = each
        self._waiting.extendleft(reversed(passed))
        return list(taken.values())

    async def _commit(self, batch: list[tuple[T, asyncio.Future[R | None]]]) -> None:
        """A batch that fails is rolled back, and each of its items goes the ordinary way: a bad one fails alone."""
        results: Sequence[R | None] = []
        try:
            async with self._begin() as work:
                stored = await self._store(work, [item for item, _ in batch])
            # only now: whoever is stopped while he commits has promised nothing
            results = stored
            BATCHES.labels(self._name).observe(len(batch))
        except Exception as problem:  # whatever it was, the ordinary way will meet and tell it
            log.warning("batch_failed", of=self._name, size=len(batch), exc_info=problem)
            results = []
        finally:
            _answer(batch, results)


def _answer(batch: Sequence[tuple[T, asyncio.Future[R | None]]], results: Sequence[R | None]) -> None:
    for at, (_, done) in enumerate(batch):
        if not done.done():
            done.set_result(results[at] if results else None)
