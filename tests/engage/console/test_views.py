"""Views over the work: filters, sorts and what is kept under a name."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.house import House, rows
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def work(who: HouseAgent, **query: Any) -> list[str]:
    response = await who.raw("GET", "/agent/work", params={key: str(value) for key, value in query.items()})
    assert response.status == 200, await response.text()
    return [item["conversation_id"] for item in (await response.json())["items"]]


async def test_filters_narrow_what_is_shown(house: House) -> None:
    async with (
        house.visitor() as vera,
        house.visitor() as kim,
        house.agent("anna") as anna,
        house.agent("ben", presence="away") as ben,
    ):
        first = (await vera.starts_chat("Where is my order?", topic="orders"))["id"]
        await house.settles()
        await anna.takes(first)
        await anna.put("/agent/presence", presence="busy")
        await house.passes(300)
        second = (await kim.starts_chat("My bill is wrong", topic="billing"))["id"]
        billing = next(
            item["queue"]["id"]
            for item in (await ben.get("/agent/work?view=all"))["items"]
            if item["conversation_id"] == second
        )

        assert await work(ben, view="all") == [second, first]
        assert await work(ben, view="all", state="open") == [second, first]
        assert await work(ben, view="all", queue_id=billing) == [second]
        assert await work(ben, view="all", agent="nobody") == [second]
        assert await work(ben, view="all", agent=anna.id) == [first]
        assert await work(ben, view="all", state="queued") == [second]
        assert await work(ben, view="all", channel="email") == []
        assert await work(ben, view="all", waiting_minutes=4) == [first]
        assert await work(ben, view="all", unread="true", agent=anna.id) == [first]
        assert await work(ben, view="all", label_id=billing) == []
        assert await work(ben, view="all", sort="waiting") == [first, second]
        assert await work(ben, view="mine") == []
        assert await work(anna, view="mine", sort="deadline") == [first]
        entries = await anna.entries(first)
        await anna.put(f"/agent/conversations/{first}/cursor", read_seq=entries[-1]["seq"])
        assert await work(ben, view="all", unread="true", agent=anna.id) == []
        for bad in ("state=x", "agent=x", "sort=x", "waiting_minutes=0", "colour=red", "sort=deadline&cursor=AAAA"):
            assert (await ben.raw("GET", f"/agent/work?{bad}")).status == 422


async def test_pages_of_every_sort_show_each_row_once(house: House) -> None:
    async with AsyncExitStack() as people, house.agent("anna", presence="away") as anna:
        opened = set()
        for number in range(55):
            house.clock.advance(seconds=2 + number % 2)
            visitor = await people.enter_async_context(house.visitor(on_site=False))
            opened.add((await visitor.starts_chat(f"Question {number}", topic="orders"))["id"])

        for sort in ("newest", "deadline", "waiting"):
            first = await anna.get(f"/agent/work?view=all&sort={sort}")
            rest = await anna.get(f"/agent/work?view=all&sort={sort}&cursor={first['next_cursor']}")
            shown = [item["conversation_id"] for item in first["items"] + rest["items"]]

            assert rest["next_cursor"] is None
            assert len(shown) == 55
            assert set(shown) == opened


async def test_view_is_kept_under_a_name_with_its_count(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna") as anna, house.agent("ben") as ben:
        await vera.starts_chat("Hello", topic="orders")

        view = await anna.post("/agent/views", name="Waiting", query={"view": "queue", "sort": "waiting"})

        (kept,) = (await anna.get("/agent/views"))["items"]
        assert (kept["name"], kept["count"], kept["is_mine"]) == ("Waiting", 1, True)
        assert kept["query"] == {**view["query"], "view": "queue", "sort": "waiting"}
        assert (await ben.get("/agent/views"))["items"] == []
        for attempt in (
            ben.delete(f"/agent/views/{view['id']}"),
            ben.put(f"/agent/views/{view['id']}", name="Mine now", query={}),
        ):
            with pytest.raises(Refused) as refused:
                await attempt
            assert refused.value.status == 404
        await anna.put(f"/agent/views/{view['id']}", name="In the queue", query={"view": "closed"})
        (kept,) = (await anna.get("/agent/views"))["items"]
        assert (kept["name"], kept["count"]) == ("In the queue", 0)
        await anna.delete(f"/agent/views/{view['id']}")
        assert (await anna.get("/agent/views"))["items"] == []


async def test_supervisor_shares_a_view_with_his_site_only(house: House) -> None:
    async with house.working() as unit:
        other = await rows.a_site(unit, "other")
    async with (
        house.agent("anna", role="supervisor") as anna,
        house.agent("ben") as ben,
        house.agent("eve", site_key="other", role="supervisor") as eve,
    ):
        shared = {"name": "Everybody", "query": {"view": "all"}, "shared_site_id": str(house.site.id)}
        view = await anna.post("/agent/views", **shared)

        (seen,) = (await ben.get("/agent/views"))["items"]
        assert (seen["id"], seen["is_mine"]) == (view["id"], False)
        assert (await eve.get("/agent/views"))["items"] == []
        for who, status in ((ben, 403), (eve, 404)):
            with pytest.raises(Refused) as refused:
                await who.post("/agent/views", **shared)
            assert refused.value.status == status
        assert (await anna.raw("POST", "/agent/views", json=shared | {"shared_site_id": str(other.id)})).status == 404
