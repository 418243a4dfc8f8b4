"""Tasks with an owner and an end."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

#: a task that was cancelled and runs on is asked again after this
_ASK_AGAIN_SECONDS = 1.0


@asynccontextmanager
async def running(*loops: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """The loops run beside the block and end with it.

    No TaskGroup, for aiohttp enters and leaves a resource in whatever task it likes.
    """
    tasks = {asyncio.create_task(loop) for loop in loops}
    try:
        yield
    finally:
        await _end(tasks)


async def _end(tasks: set[asyncio.Task[None]]) -> None:
    # Asked more than once: `wait_for` of Python 3.11 swallows a cancellation that comes together with its result.
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=_ASK_AGAIN_SECONDS)
