"""Waiting for what no single element shows."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

#: what a browser may take on a busy machine before something counts as missing
PATIENCE_MS = 40_000
LOOK_MS = 50

T = TypeVar("T")


async def becomes(read: Callable[[], Awaitable[T]], wanted: T) -> None:
    """What is read is this in the end: words that are still on their way may stand in another order before."""
    for _ in range(PATIENCE_MS // LOOK_MS):
        if await read() == wanted:
            return
        await asyncio.sleep(LOOK_MS / 1000)
    assert await read() == wanted
