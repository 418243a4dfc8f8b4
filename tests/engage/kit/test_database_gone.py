"""PostgreSQL is away for a while: everybody hears when to come again, and then all is as before."""

import pytest

from tests.house import House
from tests.services.postgres import PostgresServer

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def test_who_asks_meanwhile_is_told_to_come_again(house: House, postgres: PostgresServer) -> None:
    async with house.agent("anna", presence="busy") as anna:
        postgres.stop()
        # the first finds its connection broken, the second finds none to open
        away = [await anna.raw("GET", "/agent/me"), await anna.raw("GET", "/agent/me")]
        away.append(await anna.raw("PUT", "/agent/presence", json={"presence": "away"}))
        postgres.start()
        back = await anna.raw("GET", "/agent/me")

    assert [(each.status, each.headers["Retry-After"]) for each in away] == [(503, "2")] * 3
    assert {(await each.json())["code"] for each in away} == {"database_away"}
    assert away[0].content_type == "application/problem+json"
    assert back.status == 200
