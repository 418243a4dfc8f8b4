"""Every door of the REST interface, tried by those who have no business there."""

import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from engage.agents.sign_in import COOKIE
from engage.kit.routes import API, Route
from tests.house import House, rows
from tests.house.people import HouseAgent, HouseVisitor

SECRET = "my account number is 4711"
#: a body that each route would take, by the end of its path
BODIES: dict[str, dict[str, Any]] = {
    "presence": {"presence": "busy"},
    "decline": {},
    "transfer": {"to_queue_id": str(uuid.uuid4())},
    "wrap-up": {},
    "park": {},
    "messages": {"client_id": "12345678", "text": "Hello"},
    "notes": {"client_id": "12345678", "text": "Hello"},
    "cursor": {"read_seq": 1},
    "trail": {"items": []},
    "conversations": {"client_id": "12345678", "text": "Hello"},
    "rating": {"score": 5},
    "transcript": {"email": "thief@shop.example"},
}
UPLOAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords\r\n--x--\r\n'


@dataclass
class Town:
    """Two sites: a chat of Kim's with Anna on the first, and people of both who should see nothing of it."""

    house: House
    kim: HouseVisitor
    anna: HouseAgent
    other_visitor: HouseVisitor
    foreign_agent: HouseAgent
    ids: dict[str, str]

    def routes(self, permission: str) -> list[Route]:
        """Signing out comes last, for it shuts all the others."""
        found = [route for route in self.house.app[API].routes if route.may.__name__ == permission]
        assert len(found) > 5
        return sorted(found, key=lambda route: route.method == "DELETE")

    def path(self, route: Route) -> str:
        path = route.path
        for name, value in self.ids.items():
            path = path.replace("{" + name + "}", value)
        assert "{" not in path, f"say in the test which {path} is meant"
        return path

    async def knocks(
        self, route: Route, headers: dict[str, str], cookies: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and text of the answer."""
        options: dict[str, Any] = {"headers": dict(headers)}
        if route.body is not None:
            options["json"] = BODIES[route.path.rsplit("/", 1)[1]]
        elif route.prepare is not None:
            options["data"] = UPLOAD
            options["headers"]["Content-Type"] = "multipart/form-data; boundary=x"
        if route.path == "/api/v1/agent/attachments":
            options["params"] = {"site_id": str(self.house.site.id)}
        if route.path == "/api/v1/agent/articles":
            options["params"] = {"site_id": str(self.house.site.id), "query": ""}
        async with (
            aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser,
            browser.request(route.method, self.house.url + self.path(route), **options) as response,
        ):
            return response.status, await response.text()

    async def statuses(
        self, permission: str, headers: dict[str, str], cookies: dict[str, str] | None = None, *, is_anna: bool = False
    ) -> dict[str, int]:
        """What each door answers; none may tell a stranger what Kim said."""
        answers = {}
        for route in self.routes(permission):
            status, text = await self.knocks(route, headers, cookies)
            assert is_anna or SECRET not in text, route.path
            answers[f"{route.method} {route.path}"] = status
        return answers


@pytest.fixture
async def town(house: House) -> AsyncIterator[Town]:
    async with AsyncExitStack() as people:
        async with house.working() as work:
            await rows.a_site(work, "southlink")
        kim = await people.enter_async_context(house.visitor())
        anna = await people.enter_async_context(house.agent("anna"))
        other = await people.enter_async_context(house.visitor())
        sven = await people.enter_async_context(house.agent("sven", site_key="southlink", role="admin"))
        yield Town(house, kim, anna, other, sven, await a_day_at_work(house, kim, anna))


async def a_day_at_work(house: House, kim: HouseVisitor, anna: HouseAgent) -> dict[str, str]:
    """One chat in Anna's hands with a file and a mail, another one that rings; what was made, by its kind."""
    chat = await kim.starts_chat(SECRET)
    await house.settles()
    engagement_id = await anna.takes(chat["id"])
    file = await kim.uploads("bill.txt", SECRET.encode())
    await kim.sends_file(chat["id"], file["id"])
    await kim.post(f"/visitor/conversations/{chat['id']}/transcript", email="kim@shop.example")
    ringing = await kim.starts_chat(SECRET)
    await house.settles()
    (mail,) = (await anna.get("/agent/mails"))["items"]
    return {
        "conversation_id": chat["id"],
        "engagement_id": engagement_id,
        "offer_id": await anna.ringing(ringing["id"]),
        "attachment_id": file["id"],
        "mail_id": mail["id"],
    }


OUR_PAGE = {"X-Engage-Request": "1"}


async def test_nobody_is_let_in_anywhere(town: Town) -> None:
    for headers in (OUR_PAGE, OUR_PAGE | {"Authorization": "Bearer forged"}):
        assert set((await town.statuses("an_agent", headers, {COOKIE: "forged"})).values()) == {401}
        assert set((await town.statuses("a_visitor", headers)).values()) == {401}


async def test_visitor_s_token_opens_no_agent_s_door_and_the_other_way_round(town: Town) -> None:
    as_visitor = OUR_PAGE | {"Authorization": f"Bearer {town.kim.token}"}

    assert set((await town.statuses("an_agent", as_visitor, {COOKIE: town.kim.token})).values()) == {401}
    assert set((await town.statuses("a_visitor", OUR_PAGE, {COOKIE: town.anna.token})).values()) == {401}


async def test_signed_out_and_expired_agents_are_nobody(town: Town) -> None:
    cookies = {COOKIE: town.anna.token}

    await town.anna.delete("/agent/session")
    assert set((await town.statuses("an_agent", OUR_PAGE, cookies)).values()) == {401}
    town.house.clock.advance(seconds=12 * 3600)
    assert set((await town.statuses("an_agent", OUR_PAGE, {COOKIE: town.foreign_agent.token})).values()) == {401}


async def test_agent_of_another_site_finds_nothing_of_this_one(town: Town) -> None:
    statuses = await town.statuses("an_agent", OUR_PAGE, {COOKIE: town.foreign_agent.token})

    assert {route: status for route, status in statuses.items() if "{" in route and status != 404} == {}
    assert statuses["POST /api/v1/agent/attachments"] == 404
    assert statuses["GET /api/v1/agent/articles"] == 404
    assert statuses["GET /api/v1/agent/workspace"] == 200


async def test_other_visitor_finds_nothing_of_kim_s(town: Town) -> None:
    headers = {"Authorization": f"Bearer {town.other_visitor.token}"}

    statuses = await town.statuses("a_visitor", headers)

    assert {status for route, status in statuses.items() if "{" in route} == {404}


async def test_nothing_that_strangers_tried_changed_anything(town: Town) -> None:
    before = await town.anna.entries(town.ids["conversation_id"])

    await town.statuses("an_agent", OUR_PAGE, {COOKIE: town.foreign_agent.token})
    await town.statuses("a_visitor", {"Authorization": f"Bearer {town.other_visitor.token}"})
    await town.house.settles()

    assert await town.anna.entries(town.ids["conversation_id"]) == before
    assert list((await town.anna.holds()).values()) == ["active"]
    assert town.ids["offer_id"] in str((await town.anna.workspace())["offers"])


async def test_other_website_s_form_can_do_nothing_in_an_agent_s_name(town: Town) -> None:
    cookies = {COOKIE: town.anna.token}
    writes = {f"{route.method} {route.path}" for route in town.routes("an_agent") if route.writes}

    evil = OUR_PAGE | {"Origin": "https://evil.example"}
    without_header = await town.statuses("an_agent", {}, cookies, is_anna=True)
    foreign = await town.statuses("an_agent", evil, cookies, is_anna=True)

    assert {route for route, status in without_header.items() if status == 403} == writes
    assert {route for route, status in foreign.items() if status == 403} == writes


async def test_other_website_cannot_sign_an_agent_in(town: Town) -> None:
    form = {"email": "anna@nordlink.example", "password": "x"}
    async with aiohttp.ClientSession(town.house.url) as browser:
        for headers in ({}, OUR_PAGE | {"Origin": "https://evil.example"}):
            async with browser.post("/api/v1/agent/session", json=form, headers=headers) as response:
                assert (response.status, (await response.json())["code"]) == (403, "cross_site")


async def test_what_does_not_exist_looks_like_what_is_not_yours(town: Town) -> None:
    headers = {"Authorization": f"Bearer {town.other_visitor.token}"}
    path = "/api/v1/visitor/conversations/"
    async with aiohttp.ClientSession(town.house.url) as browser:
        async with browser.get(path + town.ids["conversation_id"], headers=headers) as response:
            not_his = await response.json()
        async with browser.get(path + str(uuid.uuid4()), headers=headers) as response:
            not_there = await response.json()

    assert not_his == not_there


@pytest.mark.parametrize("site_key", ["nordlink\0", "no-such-site", "' OR 1=1 --", "%00"])
async def test_site_that_does_not_exist_is_not_found(house: House, site_key: str) -> None:
    async with aiohttp.ClientSession() as browser:
        for path in ("widget", "home", "articles"):
            async with browser.get(f"{house.url}/api/v1/sites/{site_key.replace(chr(0), '%00')}/{path}") as response:
                assert response.status == 404
