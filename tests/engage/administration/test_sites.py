"""A site is set up by its admin, from nothing, without SQL."""

from typing import Any

import pytest

from tests.house import House
from tests.house.databases import on_one_database
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

NEW: dict[str, Any] = {
    "name": "Südlink Köln",
    "key": "suedlink",
    "origin": "HTTPS://www.Suedlink.example/shop?from=mail#top",
    "locale": "de",
    "time_zone": "Europe/Berlin",
    "queues": ["Fragen", "Rechnungen"],
}


async def adds(agent: HouseAgent, **changes: Any) -> dict[str, Any]:
    return await agent.post("/admin/sites", **{**NEW, **changes})  # type: ignore[no-any-return]


async def test_new_site_is_chatted_on_at_once_by_the_admin_who_added_it(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        site = await adds(anna)
        await anna.reopens_console()

        async with house.visitor(site_key="suedlink") as kim:
            chat = await kim.starts_chat("Hallo", topic="fragen")
            await house.settles()
            await anna.takes(chat["id"])
            await anna.says(chat["id"], "Guten Tag")

            assert await kim.texts(chat["id"]) == ["Hallo", "Guten Tag"]
        me = await anna.get("/agent/me")

    assert site["origins"] == ["https://www.suedlink.example"]
    assert site["tag"] == f'<script async src="{house.url}/widget.js" data-site="suedlink"></script>'
    assert {each["key"]: each["role"] for each in me["sites"]} == {"nordlink": "admin", "suedlink": "admin"}


async def test_open_console_of_the_new_admin_connects_anew(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        await adds(anna)

        assert anna.screen.closed_because == "revoked"


async def test_key_is_suggested_from_the_name_and_taken_once(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        first = await anna.get("/admin/site-key?name=Nordlink")
        await adds(anna)
        with pytest.raises(Refused) as refused:
            await adds(anna)

    assert first["key"] == "nordlink-2"
    assert (refused.value.status, refused.value.code) == (409, "key_taken")


@on_one_database
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("origin", "www.suedlink.example"),
        ("origin", "https://suedlink.example; script-src *"),
        ("origin", "https://*.example"),
        ("origin", "https://anna:secret@suedlink.example"),
        ("origin", "javascript:alert(1)"),
        ("key", "Süd link"),
        ("key", "../admin"),
        ("time_zone", "Mars/Base"),
        ("time_zone", "../../etc/passwd"),
        ("locale", "de'"),
        ("name", "   "),
        ("name", "x" * 101),
        ("queues", []),
    ],
)
async def test_what_makes_no_site_is_refused_beside_its_field(house: House, field: str, value: object) -> None:
    async with house.agent("anna", role="admin") as anna:
        with pytest.raises(Refused) as refused:
            await adds(anna, **{field: value})

    assert refused.value.status == 422
    assert refused.value.problem["errors"][0]["path"].split(".")[0] == field


async def test_who_administers_nothing_adds_no_site(house: House) -> None:
    async with house.agent("sven", role="supervisor") as sven:
        with pytest.raises(Refused) as refused:
            await adds(sven)

    assert refused.value.status == 403


async def test_general_and_origins_are_changed_with_a_line_in_the_log(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        path = f"/admin/sites/{house.site.id}"
        general = {"name": "Nordlink <b>", "locale": "de", "locales": ["en", "de"], "time_zone": "Europe/Paris"}
        await anna.put(f"{path}/general", **general, privacy_url="https://nordlink.example/privacy")
        changed = await anna.put(f"{path}/origins", origins=["http://localhost:3000", "https://nordlink.example:443"])
        log = (await anna.get(f"{path}/audit"))["items"]

    assert (changed["locale"], changed["locales"]) == ("de", ["en"])
    assert changed["origins"] == ["http://localhost:3000", "https://nordlink.example"]
    assert [line["act"] for line in log] == ["site.origins_changed", "site.changed"]
    assert log[1]["changes"]["name"] == ["Nordlink", "Nordlink <b>"]


async def test_privacy_page_is_a_web_address(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        general = {"name": "Nordlink", "locale": "en", "time_zone": "UTC", "privacy_url": "javascript:alert(1)"}
        with pytest.raises(Refused) as refused:
            await anna.put(f"/admin/sites/{house.site.id}/general", **general)

    assert refused.value.status == 422


async def test_admin_of_one_site_changes_nothing_at_another(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.agent("ben") as ben:
        other = (await adds(anna))["id"]
        for who, site_id, status in ((ben, house.site.id, 403), (ben, other, 404)):
            with pytest.raises(Refused) as refused:
                await who.put(f"/admin/sites/{site_id}/origins", origins=[])
            assert refused.value.status == status
