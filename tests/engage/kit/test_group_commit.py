"""The writers of a node: an answer is a promise, and comes with the commit."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import cast

import pytest
from aiohttp import web

from engage.kit.group_commit import Crowded, GroupCommit
from engage.kit.problems import problem
from engage.kit.unit_of_work import UnitOfWork

NOBODY = cast(UnitOfWork, None)  # nobody works with it


@asynccontextmanager
async def writing(writer: GroupCommit[str, str]) -> AsyncIterator[None]:
    running = writer.running(web.Application())
    await anext(running)
    yield
    with suppress(StopAsyncIteration):
        await anext(running)


async def test_whoever_is_stopped_while_he_commits_has_promised_nothing() -> None:
    committing = asyncio.Event()

    @asynccontextmanager
    async def hangs() -> AsyncIterator[UnitOfWork]:
        yield NOBODY
        committing.set()
        await asyncio.Event().wait()

    async def store(_work: UnitOfWork, words: Sequence[str]) -> list[str]:
        return list(words)

    writer: GroupCommit[str, str] = GroupCommit("words", hangs, store, key_of=lambda word: word)
    async with writing(writer):
        said = asyncio.create_task(writer.submit("Hello"))
        await committing.wait()

    assert await said is None
    assert await writer.submit("too late") is None


async def test_two_writers_commit_side_by_side_and_never_two_of_one_key() -> None:
    under_way: set[str] = set()
    most, order = 0, defaultdict(list)

    @asynccontextmanager
    async def begin() -> AsyncIterator[UnitOfWork]:
        yield NOBODY

    async def store(_work: UnitOfWork, words: Sequence[str]) -> list[str]:
        nonlocal most
        keys = {word[0] for word in words}
        assert len(keys) == len(words)
        assert keys.isdisjoint(under_way)
        under_way.update(keys)
        most = max(most, len(under_way))
        for _ in range(3):
            await asyncio.sleep(0)
        for word in words:
            order[word[0]].append(word)
        under_way.difference_update(keys)
        return list(words)

    writer: GroupCommit[str, str] = GroupCommit("words", begin, store, key_of=lambda word: word[0], writers=2)
    async with writing(writer):
        said: list[asyncio.Task[str | None]] = []
        for number in range(20):
            said += [asyncio.create_task(writer.submit(f"{key}{number}")) for key in "abc"[: 1 + number % 3]]
            await asyncio.sleep(0)
        answers = await asyncio.gather(*said)

    assert None not in answers
    assert most > 1
    for words in order.values():
        assert words == sorted(words, key=lambda word: int(word[1:]))


async def test_whoever_finds_too_many_waiting_is_told_when_to_come_again() -> None:
    stuck, goes_on = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def slow() -> AsyncIterator[UnitOfWork]:
        stuck.set()
        await goes_on.wait()
        yield NOBODY

    async def store(_work: UnitOfWork, words: Sequence[str]) -> list[str]:
        return list(words)

    writer: GroupCommit[str, str] = GroupCommit("words", slow, store, key_of=lambda word: word, most_waiting=3)
    async with writing(writer):
        first = asyncio.create_task(writer.submit("first"))
        await stuck.wait()
        waiting = [asyncio.create_task(writer.submit(word)) for word in ("a", "b", "c")]
        await asyncio.sleep(0)
        with pytest.raises(Crowded) as refused:
            await writer.submit("one too many")
        goes_on.set()
        answers = await asyncio.gather(first, *waiting)

        assert await writer.submit("again") == "again"

    assert answers == ["first", "a", "b", "c"]
    answer = problem(refused.value)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "2")


async def test_a_bad_one_among_a_hundred_sends_few_others_the_slow_way() -> None:
    @asynccontextmanager
    async def begin() -> AsyncIterator[UnitOfWork]:
        yield NOBODY

    async def store(_work: UnitOfWork, words: Sequence[str]) -> list[str]:
        if "bad" in words:
            raise ValueError
        return list(words)

    writer: GroupCommit[str, str] = GroupCommit("words", begin, store, key_of=lambda word: word)
    async with writing(writer):
        words = [*(f"good {number}" for number in range(99)), "bad"]
        answers = await asyncio.gather(*(writer.submit(word) for word in words))

    assert answers[:90] == words[:90]
    assert answers[90:] == [None] * 10
