"""Group commit: few writers a node. What waits is stored together and paid for with one commit.

Idle, each item goes at once and alone; busy, whatever gathered during one commit is the next batch, so that batches
size themselves and nobody waits for a clock. With two writers one prepares its batch while the other commits.
"""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import structlog
from aiohttp import web

from engage.kit.errors import EngageError
from engage.kit.metrics import BATCHES, BATCHES_WAITING
from engage.kit.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

#: items of a batch
MOST = 500
#: items that may wait: more than a healthy database stores in a second, and few enough to be answered in time
MOST_WAITING = 5_000
RETRY_AFTER_SECONDS = 2

Begun: TypeAlias = AbstractAsyncContextManager[UnitOfWork]

T = TypeVar("T")
R = TypeVar("R")
#: stores what it can of a batch; None for what has to go the ordinary way. If it raises, nothing of the batch is stored
Store = Callable[[UnitOfWork, Sequence[T]], Awaitable[Sequence[R | None]]]


class Crowded(EngageError):
    """Too much is being written at this moment; please try again in a few seconds."""

    status = 503
    code = "crowded"


@dataclass(frozen=True)
class _Waiting(Generic[T, R]):
    item: T
    key: Hashable
    done: asyncio.Future[R | None]


class GroupCommit(Generic[T, R]):
    """`key_of` tells what two items must not share a batch for; the later one waits until the first is committed.

    `begin` opens the unit of work of a batch: one that writes, or one that only looks for many at once.
    """

    def __init__(
        self,
        name: str,
        begin: Callable[[], Begun],
        store: Store[T, R],
        *,
        key_of: Callable[[T], Hashable],
        writers: int = 1,
        most_waiting: int | None = MOST_WAITING,
    ) -> None:
        self._name = name
        self._begin = begin
        self._store = store
        self._is_running = False
        self._key_of = key_of
        self._writers = writers
        self._most_waiting = most_waiting
        self._waiting: deque[_Waiting[T, R]] = deque()
        #: the keys of what is being committed
        self._under_way: set[Hashable] = set()
        self._news = asyncio.Event()
        # kept: to look one up by its labels takes longer than to count
        self._sizes, self._gauge = BATCHES.labels(name), BATCHES_WAITING.labels(name)

    async def submit(self, item: T) -> R | None:
        """Returns when the item is committed; None says that nothing was stored and it must go the ordinary way.

        Raises Crowded.
        """
        if not self._is_running:
            return None
        if self._most_waiting is not None and len(self._waiting) >= self._most_waiting:
            raise Crowded(retry_after=RETRY_AFTER_SECONDS)
        done: asyncio.Future[R | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(item, self._key_of(item), done))
        self._news.set()
        return await done

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """A resource of the application: the writers."""
        name = f"group commit of {self._name}"
        writers = [asyncio.create_task(self._write_for_ever(), name=name) for _ in range(self._writers)]
        self._is_running = True
        yield
        self._is_running = False
        for writer in writers:
            writer.cancel()
        await asyncio.gather(*writers, return_exceptions=True)
        _answer(self._waiting, [])
        self._waiting.clear()

    async def _write_for_ever(self) -> None:
        while True:
            await self._news.wait()
            if batch := self._take(MOST):
                await self._commit(batch)
            else:
                self._news.clear()

    def _take(self, most: int) -> list[_Waiting[T, R]]:
        """The oldest, each key once and none that is under way; what was passed over keeps its place at the head."""
        taken: list[_Waiting[T, R]] = []
        passed: list[_Waiting[T, R]] = []
        while self._waiting and len(taken) < most:
            each = self._waiting.popleft()
            if each.key in self._under_way:
                passed.append(each)
            else:
                self._under_way.add(each.key)
                taken.append(each)
        self._waiting.extendleft(reversed(passed))
        self._gauge.set(len(self._waiting))
        return taken

    async def _commit(self, batch: list[_Waiting[T, R]]) -> None:
        """If it fails it is tried in pieces, and what fails again goes the ordinary way: a bad item fails alone, and
        sends few others there, which is far slower."""
        try:
            if not await self._stored(batch) and len(batch) > 1:
                for piece in _pieces(batch):
                    await self._stored(piece)
        finally:
            _answer(batch, [])
            self._under_way.difference_update(each.key for each in batch)
            self._news.set()

    async def _stored(self, batch: Sequence[_Waiting[T, R]]) -> bool:
        """False when all of it was rolled back."""
        try:
            async with self._begin() as work:
                results = await self._store(work, [each.item for each in batch])
        except Exception as problem:  # whatever it was, the ordinary way will meet and tell it
            log.warning("batch_failed", of=self._name, size=len(batch), exc_info=problem)
            return False
        # only now: whoever is stopped while he commits has promised nothing
        _answer(batch, results)
        self._sizes.observe(len(batch))
        return True


def _pieces(batch: Sequence[_Waiting[T, R]]) -> Iterator[Sequence[_Waiting[T, R]]]:
    """As many as each of them has items."""
    size = math.ceil(math.sqrt(len(batch)))
    for start in range(0, len(batch), size):
        yield batch[start : start + size]


def _answer(batch: Iterable[_Waiting[T, R]], results: Sequence[R | None]) -> None:
    """Whoever has no answer yet; without results nothing was stored."""
    for at, each in enumerate(batch):
        if not each.done.done():
            each.done.set_result(results[at] if results else None)
