"""Every door of the REST interface and the sockets, tried by everybody who might knock."""

import uuid
from collections import Counter
from collections.abc import AsyncIterator

import aiohttp
import pytest

from engage.kit.routes import API
from engage.realtime import REALTIME
from tests.engage.access.doors import CALLERS, OUTSIDERS, Door, doors, signals
from tests.engage.access.town import OUR_PAGE, SECRET, Town, a_town
from tests.house import House

# who may do what is not asked of the database, and each of hundreds of routes is tried by many callers
pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
async def town(house: House) -> AsyncIterator[Town]:
    async with a_town(house) as town:
        yield town


async def test_every_route_and_signal_has_its_row(house: House) -> None:
    routes = {f"{route.method} {route.path}" for route in house.app[API].routes}
    heard = house.app[REALTIME].connections.signal_names()

    assert {door.route for door in doors()} ^ routes == set()
    assert {(each.namespace, each.name) for each in signals()} ^ heard == set()
    assert [route for route, rows in Counter(door.route for door in doors()).items() if rows > 1] == []


async def test_each_caller_is_refused_where_he_has_no_business_and_changes_nothing(town: Town) -> None:
    before = await town.everything()
    wrong = []
    for door in doors():
        for caller, expected in door.denied.items():
            status, text = await town.knocks(door, caller)
            if status != expected or SECRET in text:
                wrong.append((door.route, caller, status, expected))

    assert wrong == []
    assert await town.everything() == before


async def test_whoever_may_read_a_door_reads_only_what_is_his(town: Town) -> None:
    leaks, broken = [], []
    for door in doors():
        for caller in CALLERS:
            if caller in door.denied or not door.route.startswith("GET"):
                continue
            status, text = await town.knocks(door, caller)
            if caller in OUTSIDERS and SECRET in text:
                leaks.append((door.route, caller))
            if status >= 500 or status == 401:
                broken.append((door.route, caller, status))

    assert leaks == []
    assert broken == []


async def test_signals_about_a_conversation_are_refused_to_whoever_may_not_see_it(town: Town) -> None:
    wrong = []
    for signal in signals():
        for caller, person in town.with_sockets(signal.namespace).items():
            answer = await person.screen.signal(signal.name, **town.filled(signal.payload))
            if answer["ok"] is (caller in signal.denied):
                wrong.append((signal.name, caller, answer))

    assert wrong == []


async def test_nobody_hears_a_word_that_is_not_for_him(town: Town) -> None:
    await town.visitors["visitor"].says(town.ids["conversation_id"], SECRET)
    await town.house.settles()

    everybody = town.with_sockets("/visitor") | town.with_sockets("/agent")
    assert [name for name in OUTSIDERS & everybody.keys() if SECRET in str(everybody[name].screen.events)] == []


async def test_other_website_s_form_can_do_nothing_in_an_agent_s_name(town: Town) -> None:
    evil = OUR_PAGE | {"Origin": "https://evil.example"}
    wrong = []
    for door in doors():
        if door.route.startswith("GET") or "nobody" not in door.denied or "admin" in door.denied:
            continue
        for headers in ({}, evil):
            status, _ = await town.knocks(door, "admin", headers=headers)
            if status != 403:
                wrong.append((door.route, status))

    assert wrong == []


async def test_other_website_cannot_sign_an_agent_in(town: Town) -> None:
    form = {"email": "anna@nordlink.example", "password": "x"}
    async with aiohttp.ClientSession(town.house.url) as browser:
        for headers in ({}, OUR_PAGE | {"Origin": "https://evil.example"}):
            async with browser.post("/api/v1/agent/session", json=form, headers=headers) as response:
                assert (response.status, (await response.json())["code"]) == (403, "cross_site")


async def test_what_does_not_exist_looks_like_what_is_not_yours(town: Town) -> None:
    here = Door("GET /api/v1/visitor/conversations/{conversation_id}", "his own")
    nowhere = Door(f"GET /api/v1/visitor/conversations/{uuid.uuid4()}", "his own")

    assert await town.knocks(here, "other_visitor") == await town.knocks(nowhere, "other_visitor")


@pytest.mark.parametrize("site_key", ["nordlink\0", "no-such-site", "' OR 1=1 --", "%00"])
async def test_site_that_does_not_exist_is_not_found(house: House, site_key: str) -> None:
    async with aiohttp.ClientSession() as browser:
        for path in ("widget", "home", "articles"):
            async with browser.get(f"{house.url}/api/v1/sites/{site_key.replace(chr(0), '%00')}/{path}") as response:
                assert response.status == 404
