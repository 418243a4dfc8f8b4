"""Opening hours as an admin sets them: several spans a day, holidays with names, a preview of now."""

from typing import Any

import pytest

from engage.sites import opening_hours
from engage.sites.models import Site
from tests.house import House
from tests.house.databases import on_one_database
from tests.people.visitor import Refused

#: the house's clock begins on a Monday morning
WEEK = [
    {"day": "mon", "begin": "00:00", "end": "24:00"},
    {"day": "tue", "begin": "08:00", "end": "12:00"},
    {"day": "tue", "begin": "13:00", "end": "17:00"},
]


def hours(**changes: Any) -> dict[str, Any]:
    return {"always": False, "time_zone": "Europe/Berlin", "spans": WEEK, "holidays": [], **changes}


async def test_hours_count_from_the_moment_they_are_saved(house: House) -> None:
    path = f"/admin/sites/{house.site.id}/opening-hours"
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        today = house.clock.now().date().isoformat()
        holiday = [{"day": today, "name": "Founder's <b>day</b>", "spans": []}]

        open_now = await anna.put(path, **hours())
        preview = await anna.post(f"{path}/preview", **hours(holidays=holiday))
        assert (await kim.get("/sites/nordlink/home"))["open"] is True
        closed_now = await anna.put(path, **hours(holidays=holiday))

        assert (await kim.get("/sites/nordlink/home"))["open"] is False
        stored = await anna.get(path)
        (last, *_) = (await anna.get(f"/admin/sites/{house.site.id}/audit"))["items"]
        # the house's clock shows 10:00 in Berlin
        short_day = [{**holiday[0], "spans": [{"begin": "11:00", "end": "12:00"}, {"begin": "08:00", "end": "09:30"}]}]
        later = await anna.put(path, **hours(holidays=short_day))
        assert (await anna.get(path))["holidays"][0]["spans"] == short_day[0]["spans"][::-1]

    assert open_now["now"]["open"] is True
    assert later["now"] == {"open": False, "opens_at": f"{today}T10:00:00Z"}
    assert preview == closed_now["now"] == stored["now"]
    assert preview["open"] is False
    assert stored["holidays"] == holiday
    assert last["act"] == "site.hours_changed"
    assert last["changes"] == {"holidays": [[], holiday]}


async def test_always_open_keeps_the_hours_for_later(house: House) -> None:
    path = f"/admin/sites/{house.site.id}/opening-hours"
    async with house.agent("anna", role="admin") as anna:
        await anna.put(path, **hours(always=True, spans=WEEK[::-1]))
        stored = await anna.get(path)

    assert stored["now"]["open"] is True
    assert [(span["day"], span["begin"]) for span in stored["spans"]] == [
        ("mon", "00:00"),
        ("tue", "08:00"),
        ("tue", "13:00"),
    ]


@on_one_database
@pytest.mark.parametrize(
    "wrong",
    [
        {"spans": [{"day": "mon", "begin": "18:00", "end": "08:00"}]},
        {"spans": [{"day": "mon", "begin": "08:00", "end": "12:00"}, {"day": "mon", "begin": "11:00", "end": "13:00"}]},
        {"spans": [{"day": "monday", "begin": "08:00", "end": "12:00"}]},
        {"spans": [{"day": "mon", "begin": "8", "end": "12:00"}]},
        {"spans": [{"day": "mon", "begin": "08:00", "end": "24:30"}]},
        {"holidays": [{"day": "2026-02-30"}]},
        {"holidays": [{"day": "2026-02-03", "name": "x" * 61}]},
        {"holidays": [{"day": "2026-02-03", "spans": [{"begin": "12:00", "end": "11:00"}]}]},
        {"holidays": [{"day": "2026-02-03", "spans": [{"begin": "08:00", "end": "24:00"}] * 2}]},
        {"time_zone": "Berlin"},
    ],
)
async def test_hours_that_make_no_sense_are_refused(house: House, wrong: dict[str, Any]) -> None:
    async with house.agent("anna", role="admin") as anna:
        with pytest.raises(Refused) as refused:
            await anna.put(f"/admin/sites/{house.site.id}/opening-hours", **hours(**wrong))

    assert refused.value.status == 422


async def test_look_reaches_the_launcher_with_a_new_etag(house: House) -> None:
    look = {"accent": "#ffd800", "position": "left", "launcher_text": "<i>Hi</i> 👋", "greeting": "Moin", "radius": 0}
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        before = await kim.get("/sites/nordlink/widget")
        await anna.put(f"/admin/sites/{house.site.id}/look", **look)
        after = await kim.get("/sites/nordlink/widget")

    assert before["position"] == "right"
    assert {name: after[name] for name in look} == look


@on_one_database
@pytest.mark.parametrize("wrong", [{"accent": "red"}, {"accent": "#fff;x"}, {"position": "top"}, {"radius": 99}])
async def test_look_that_could_break_a_page_is_refused(house: House, wrong: dict[str, Any]) -> None:
    async with house.agent("anna", role="admin") as anna:
        with pytest.raises(Refused) as refused:
            await anna.put(f"/admin/sites/{house.site.id}/look", **wrong)

    assert refused.value.status == 422


async def test_site_is_closed_by_hand_until_somebody_opens_it_and_both_moments_are_kept(house: House) -> None:
    path = f"/admin/sites/{house.site.id}/opening-hours"
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        closed = await anna.put(path, **hours(always=True, closed_by_hand=True))
        assert (closed["now"], closed["closed_by_hand"]) == ({"open": False, "opens_at": None}, True)
        assert (await kim.get("/sites/nordlink/home"))["open"] is False
        house.clock.advance(seconds=600)
        await anna.put(path, **hours(always=True, closed_by_hand=True, holidays=[]))
        house.clock.advance(seconds=600)

        opened = await anna.put(path, **hours(always=True))

        assert (opened["now"]["open"], opened["closed_by_hand"]) == (True, False)
        async with house.looking() as work:
            stored = (await work.db.get_one(Site, house.site.id)).opening_hours
            ((begin, end),) = opening_hours.read(stored, time_zone="UTC").closures
            assert end is not None
            assert (end - begin).total_seconds() == 1200
