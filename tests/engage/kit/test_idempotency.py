"""The same request sent twice is carried out once, and answered twice with the same words."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from engage.kit import edge, idempotency, jobs
from engage.kit.errors import Conflict
from engage.kit.problems import problems
from engage.kit.routes import API, Api, Call, Routes
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.kit.wire import WireModel
from tests.engage.kit.workshop import Workshop

Client = TestClient[web.Request, web.Application]


@dataclass(frozen=True)
class Caller:
    key: str


class Order(WireModel):
    item: str


async def a_caller(request: web.Request, _work: UnitOfWork) -> Caller:
    return Caller(request.headers["X-Who"])


routes = Routes()


@routes.post("/api/orders", may=a_caller, status=201)
async def order(call: Call[Caller], body: Order) -> Order:
    if body.item == "sold out":
        raise Conflict
    number = len((await call.work.db.scalars(select(jobs.Job).where(jobs.Job.name == "ship"))).all())
    await jobs.enqueue(call.work, "ship", {})
    return Order(item=f"{body.item} no. {number + 1}")


@pytest.fixture
async def shop(workshop: Workshop) -> AsyncIterator[Client]:
    app = web.Application(middlewares=[problems])
    app[API], app[UNITS] = Api(), workshop.units
    app[API].include(routes)
    edge.serve_api(app)
    workshop.table = idempotency.table
    async with TestClient(TestServer(app)) as client:
        yield client


async def orders(shop: Client, item: str = "router", *, who: str = "kim", key: str | None = "k1") -> tuple[int, str]:
    headers = {"X-Who": who} | ({"Idempotency-Key": key} if key is not None else {})
    async with shop.post("/api/orders", json={"item": item}, headers=headers) as response:
        answer = await response.json()
        return response.status, answer.get("item") or answer["code"]


async def shipped(workshop: Workshop) -> int:
    return [job.name for job in await workshop.jobs()].count("ship")


async def test_second_try_has_no_effect_and_the_same_answer(workshop: Workshop, shop: Client) -> None:
    answers = [await orders(shop), await orders(shop)]

    assert answers == [(201, "router no. 1")] * 2
    assert await shipped(workshop) == 1


async def test_tries_at_the_same_moment_are_one_too(workshop: Workshop, shop: Client) -> None:
    answers = await asyncio.gather(*(orders(shop) for _ in range(6)))

    assert answers == [(201, "router no. 1")] * 6
    assert await shipped(workshop) == 1


async def test_same_key_for_another_request_is_refused(workshop: Workshop, shop: Client) -> None:
    await orders(shop, "router")

    assert await orders(shop, "phone") == (422, "idempotency_key_reused")
    assert await shipped(workshop) == 1


async def test_same_key_of_somebody_else_is_another_key(workshop: Workshop, shop: Client) -> None:
    assert await orders(shop, who="kim") == (201, "router no. 1")
    assert await orders(shop, who="ben") == (201, "router no. 2")


async def test_refused_request_is_not_remembered(workshop: Workshop, shop: Client) -> None:
    assert await orders(shop, "sold out") == (409, "conflict")
    assert await orders(shop, "router") == (201, "router no. 1")


async def test_without_a_key_twice_is_twice(workshop: Workshop, shop: Client) -> None:
    await orders(shop, key=None)

    assert await orders(shop, key=None) == (201, "router no. 2")


@pytest.mark.parametrize("key", ["", "x" * 201])
async def test_key_that_is_none_is_refused(shop: Client, key: str) -> None:
    assert await orders(shop, key=key) == (422, "invalid")


async def test_after_a_day_the_key_is_forgotten(workshop: Workshop, shop: Client) -> None:
    await orders(shop)

    workshop.clock.advance(seconds=86_401)
    assert await orders(shop) == (201, "router no. 2")
    workshop.clock.advance(seconds=86_401)
    await workshop.runner().run_all_due()

    assert [job.name for job in await workshop.jobs()] == ["ship", "ship"]
