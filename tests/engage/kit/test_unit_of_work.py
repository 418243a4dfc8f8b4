"""One transaction: what is told comes after the commit, in order, and never without one."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engage.kit import jobs
from engage.kit.bus import Reactions
from engage.kit.ids import new_id
from engage.kit.jobs import Job
from engage.kit.unit_of_work import UnitOfWork
from tests.engage.kit.workshop import Workshop


@dataclass(frozen=True)
class Said:
    text: str

    def rooms(self) -> frozenset[str]:
        return frozenset({"room"})


class Unlucky(Exception):
    """It went wrong."""


@pytest.fixture
def heard(workshop: Workshop) -> list[str]:
    """What left the server, in order."""
    words: list[str] = []
    workshop.units.push = lambda event: words.append(event.text)
    return words


async def test_push_leaves_after_the_commit_and_not_before(workshop: Workshop, heard: list[str]) -> None:
    async with workshop.working() as work:
        work.push(Said("one"))
        work.push(Said("two"))
        assert heard == []

    assert heard == ["one", "two"]


async def test_push_of_a_transaction_that_fails_never_leaves(workshop: Workshop, heard: list[str]) -> None:
    with suppress(Unlucky):
        async with workshop.working() as work:
            work.push(Said("one"))
            work.after_commit(lambda: heard.append("callback"))
            raise Unlucky

    assert heard == []


async def test_push_of_a_transaction_that_cannot_commit_never_leaves(workshop: Workshop, heard: list[str]) -> None:
    with suppress(IntegrityError):
        async with workshop.working() as work:
            work.push(Said("one"))
            work.db.add(Job(id=new_id(), name="x", payload={}, due_at=work.now, key="same"))
            work.db.add(Job(id=new_id(), name="x", payload={}, due_at=work.now, key="same"))

    assert heard == []
    assert await workshop.jobs() == []


async def test_last_acts_run_once_for_a_key_in_the_order_of_the_keys_and_before_the_commit(
    workshop: Workshop, heard: list[str]
) -> None:
    order: list[str] = []

    def act(name: str) -> Any:
        async def run() -> None:
            order.append(name)
            assert heard == []

        return run

    async with workshop.working() as work:
        work.push(Said("afterwards"))
        for key in ("b", "a", "c", "a"):
            work.before_commit(key, act(key))
        assert order == []

    assert order == ["a", "b", "c"]


async def test_last_act_may_ask_for_another_one(workshop: Workshop, heard: list[str]) -> None:
    async with workshop.working() as work:

        async def second() -> None:
            work.push(Said("second"))

        async def first() -> None:
            work.push(Said("first"))
            work.before_commit("a second thing", second)

        work.before_commit("a first thing", first)

    assert heard == ["first", "second"]


async def test_last_act_that_fails_takes_everything_back(workshop: Workshop, heard: list[str]) -> None:
    async def fails() -> None:
        raise Unlucky

    with suppress(Unlucky):
        async with workshop.working() as work:
            await jobs.enqueue(work, "mail", {})
            work.push(Said("one"))
            work.before_commit("a", fails)

    assert heard == []
    assert await workshop.jobs() == []


async def test_reaction_runs_inside_and_can_fail_the_transaction(workshop: Workshop, heard: list[str]) -> None:
    reactions = Reactions()

    @reactions.on(Said)
    async def react(work: UnitOfWork, event: Said) -> None:
        work.push(Said(f"re: {event.text}"))
        if event.text == "bad":
            raise Unlucky

    workshop.bus.include(reactions)
    async with workshop.working() as work:
        await work.publish(Said("good"))
    with pytest.raises(Unlucky):
        async with workshop.working() as work:
            await work.publish(Said("bad"))

    assert heard == ["re: good"]


async def test_aftermath_that_fails_harms_nobody(workshop: Workshop, heard: list[str]) -> None:
    reactions = Reactions()

    @reactions.after_commit(Said)
    async def stumble(_app: web.Application, _event: Said) -> None:
        raise Unlucky

    @reactions.after_commit(Said)
    async def go_on(_app: web.Application, event: Said) -> None:
        heard.append(event.text)

    workshop.bus.include(reactions)
    async with workshop.working() as work:
        await jobs.enqueue(work, "mail", {})
        await work.publish(Said("one"))

    assert heard == ["one"]
    assert len(await workshop.jobs()) == 1


async def test_screen_that_cannot_be_told_keeps_the_others_waiting_for_nothing(
    workshop: Workshop, heard: list[str]
) -> None:
    def push(event: Said) -> None:
        if event.text == "bad":
            raise Unlucky
        heard.append(event.text)

    workshop.units.push = push
    async with workshop.working() as work:
        for text in ("one", "bad", "two"):
            work.push(Said(text))

    assert heard == ["one", "two"]


async def test_an_error_of_the_database_does_not_repeat_what_people_wrote(workshop: Workshop) -> None:
    with pytest.raises(DBAPIError) as failure:
        async with workshop.working() as work:
            await work.db.execute(text("INSERT INTO nowhere (words) VALUES (:words)"), {"words": "my number is 4711"})

    assert "nowhere" in str(failure.value)
    assert "4711" not in str(failure.value)


async def test_what_no_rollback_takes_back_is_undone_when_the_transaction_fails(workshop: Workshop) -> None:
    undone: list[str] = []
    async with workshop.working() as work:
        work.if_it_fails(lambda: undone.append("of the one that went well"))
    with suppress(Unlucky):
        async with workshop.working() as work:
            work.if_it_fails(lambda: undone.append("of the one that failed"))
            raise Unlucky

    assert undone == ["of the one that failed"]
