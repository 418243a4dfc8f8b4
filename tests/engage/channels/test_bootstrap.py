"""What every page view asks for is answered from memory, and is never older than what an administrator has saved."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from engage.kit.unit_of_work import UNITS
from engage.kit.wakes import WAKES
from engage.sites.models import Site
from tests.conftest import StartEngage
from tests.house import House
from tests.people import TestAgent, TestVisitor

PATH = "/sites/nordlink/widget"


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []
    engine = house.app[UNITS].database.engine.sync_engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_page_views_do_not_reach_the_database(house: House) -> None:
    async with house.agent("anna") as somebody:
        first = await somebody.raw("GET", PATH)
        with statements(house) as asked:
            again = await somebody.raw("GET", PATH)
            known = await somebody.raw("GET", PATH, headers={"If-None-Match": first.headers["ETag"]})
            foreign = await somebody.raw("GET", PATH, headers={"Origin": "https://elsewhere.example"})
        unknown = await somebody.raw("GET", "/sites/nobody/widget")

    assert asked == []
    assert (first.status, again.status, known.status, foreign.status, unknown.status) == (200, 200, 304, 403, 404)
    assert await first.read() == await again.read()
    assert await known.read() == b""
    assert first.headers["Cache-Control"] == known.headers["Cache-Control"] == "public, max-age=60"


async def test_answer_is_never_older_than_what_was_saved(house: House) -> None:
    site = f"/admin/sites/{house.site.id}"
    async with house.agent("anna", role="admin") as anna, house.visitor(on_site=False) as kim:
        general = await anna.get(site)
        before = await kim.get(PATH)
        names = ("name", "locale", "locales", "time_zone", "privacy_url")
        await anna.put(f"{site}/general", **{name: general[name] for name in names} | {"name": "Renamed"})
        renamed = await kim.get(PATH)
        look = {"accent": "#ffd800", "position": "left", "launcher_text": "Hi", "greeting": "Moin", "radius": 0}
        await anna.put(f"{site}/look", **look)
        looking = await kim.get(PATH)
        await anna.put(f"{site}/origins", origins=["https://shop.example"])
        shop = await anna.raw("GET", PATH, headers={"Origin": "https://shop.example"})

    assert (before["name"], renamed["name"]) == ("Nordlink", "Renamed")
    assert looking["position"] == "left"
    assert shop.headers["Access-Control-Allow-Origin"] == "https://shop.example"


async def test_copy_lives_two_seconds_where_other_processes_cannot_be_heard(house: House) -> None:
    is_alone = house.app[UNITS].database.is_sqlite
    if not is_alone:
        await line_is_cut(house)
    async with house.visitor(on_site=False) as kim:
        await kim.get(PATH)
        async with house.working() as work:
            (await work.db.get_one(Site, house.site.id)).name = "Renamed elsewhere"
        at_once = await kim.get(PATH)
        house.clock.advance(seconds=2)
        later = await kim.get(PATH)

    assert (at_once["name"], later["name"]) == ("Nordlink", "Nordlink" if is_alone else "Renamed elsewhere")


async def line_is_cut(house: House) -> None:
    """As if the connection that listens had just ended."""
    async with asyncio.timeout(60):
        while True:
            if house.app[WAKES].is_heard:
                break
            await asyncio.sleep(0.01)
    house.app[WAKES].is_heard = False


async def test_change_at_one_process_shows_at_another(
    start_engage: StartEngage, demo_postgres_url: str, redis_url: str
) -> None:
    shared = {"ENGAGE_DATABASE_URL": demo_postgres_url, "ENGAGE_REDIS_URL": redis_url}
    here, there = (start_engage(role="web", **shared) for _ in range(2))
    async with TestAgent(there.url, "anna") as anna, TestVisitor(here.url) as kim:
        site_id = (await anna.get("/agent/me"))["sites"][0]["id"]
        look = {"accent": "#ffd800", "launcher_text": "Hi", "greeting": "Moin", "radius": 0}
        await kim.get(PATH)
        for position in ("left", "right", "left"):
            await anna.put(f"/admin/sites/{site_id}/look", position=position, **look)
            while (await kim.get(PATH))["position"] != position:
                pass
