"""The writer of a node: an answer is a promise, and comes with the commit."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import cast

from aiohttp import web

from engage.kit.group_commit import GroupCommit
from engage.kit.unit_of_work import UnitOfWork


async def test_whoever_is_stopped_while_he_commits_has_promised_nothing() -> None:
    committing = asyncio.Event()

    @asynccontextmanager
    async def hangs() -> AsyncIterator[UnitOfWork]:
        yield cast(UnitOfWork, None)  # nobody works with it
        committing.set()
        await asyncio.Event().wait()

    async def store(_work: UnitOfWork, words: Sequence[str]) -> list[str]:
        return list(words)

    writer: GroupCommit[str, str] = GroupCommit("words", hangs, store, key_of=lambda word: word)
    running = writer.running(web.Application())
    await anext(running)
    said = asyncio.create_task(writer.submit("Hello"))
    await committing.wait()

    with suppress(StopAsyncIteration):
        await anext(running)

    assert await said is None
    assert await writer.submit("too late") is None
