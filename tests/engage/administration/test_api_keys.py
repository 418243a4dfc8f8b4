"""Keys of a site's programs: shown once, limited to their scopes, and dead at once when they are revoked."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from engage.access.keys import PREFIX, SCOPES
from engage.access.models import ApiKey, AuditEntry
from engage.kit.idempotency import AnsweredRequest
from tests.house import House, rows
from tests.house.databases import on_one_database
from tests.house.people import HouseAgent


async def makes_key(house: House, admin: HouseAgent, **form: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await admin.post(
        f"/admin/sites/{house.site.id}/keys", **{"name": "Our shop", "scopes": ["contacts:read"], **form}
    )
    return answer


async def asks_with(house: House, key: str) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {key}"}
    async with aiohttp.ClientSession() as program, program.get(f"{house.url}/api/v1/key", headers=headers) as answer:
        return answer.status, await answer.json(content_type=None)


async def test_key_opens_its_site_with_its_scopes_and_says_when_it_was_used(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        made = await makes_key(house, anna, scopes=["conversations:read", "contacts:read"])

        status, said = await asks_with(house, made["key"])

        (row,) = (await anna.get(f"/admin/sites/{house.site.id}/keys"))["items"]
    assert (status, said["name"], said["site_id"]) == (200, "Our shop", str(house.site.id))
    assert said["scopes"] == ["contacts:read", "conversations:read"]
    assert row["last_used_at"] is not None
    assert made["key"].startswith(row["prefix"])
    assert len(row["prefix"]) < 15


async def test_key_itself_is_stored_nowhere(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        path, form = f"/admin/sites/{house.site.id}/keys", {"name": "Our shop", "scopes": ["contacts:read"]}
        first = await anna.raw("POST", path, json=form, headers={"Idempotency-Key": "once"})
        second = await anna.raw("POST", path, json=form, headers={"Idempotency-Key": "once"})

        key = (await first.json())["key"]
    async with house.looking() as work:
        kept = [bytes(row.body).decode() for row in await work.db.scalars(select(AnsweredRequest))]
        entries = [str(row.changes) + row.subject_name for row in await work.db.scalars(select(AuditEntry))]
        stored = [row.token_hash + row.prefix for row in await work.db.scalars(select(ApiKey))]
    assert (second.status, (await second.json(content_type=None))["code"]) == (409, "shown_once")
    assert len(stored) == 1
    assert not [text for text in kept + entries + stored if key in text]


async def test_revoked_and_expired_keys_and_guesses_open_nothing(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        until = (house.clock.now() + timedelta(days=1)).isoformat()
        revoked, short = await makes_key(house, anna), await makes_key(house, anna, expires_at=until)
        await anna.delete(f"/admin/keys/{revoked['row']['id']}")

        assert (await asks_with(house, revoked["key"]))[0] == 401
        assert (await asks_with(house, short["key"]))[0] == 200
        house.clock.advance(seconds=86_400)
        assert (await asks_with(house, short["key"]))[0] == 401
    for guess in ("", PREFIX, "engage_x", "Bearer", anna.token):
        assert (await asks_with(house, guess))[0] == 401


@on_one_database
@pytest.mark.parametrize(
    "form",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"name": ""},
        {"name": "x" * 101},
        {"scopes": [*SCOPES, *SCOPES]},
        {"expires_at": "2001-01-01T00:00:00Z"},
    ],
)
async def test_key_that_makes_no_sense_is_refused(house: House, form: dict[str, Any]) -> None:
    async with house.agent("anna", role="admin") as anna:
        body = {"name": "Our shop", "scopes": ["contacts:read"], **form}
        response = await anna.raw("POST", f"/admin/sites/{house.site.id}/keys", json=body)

    assert response.status == 422


async def test_only_the_site_s_own_admin_makes_lists_and_revokes_keys(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        house.agent("anna", role="admin") as anna,
        house.agent("ben", role="supervisor") as ben,
        house.agent("sven", site_key="southlink", role="admin") as sven,
    ):
        made = await makes_key(house, anna)
        path, form = f"/admin/sites/{house.site.id}/keys", {"name": "x", "scopes": ["contacts:read"]}
        for somebody, refusal in ((ben, 403), (sven, 404)):
            assert (await somebody.raw("POST", path, json=form)).status == refusal
            assert (await somebody.raw("GET", path)).status == refusal
            assert (await somebody.raw("DELETE", f"/admin/keys/{made['row']['id']}")).status == refusal
