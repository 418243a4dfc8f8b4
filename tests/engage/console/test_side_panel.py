"""The site's own panel: a frame that holds one origin, and a context signed for a minute."""

from typing import Any

import jwt
import pytest

from tests.house import House, rows
from tests.house.databases import on_one_database
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

PANEL = {"title": "Orders", "url": "https://crm.shop.example/panel?a=1"}


async def a_panel(admin: HouseAgent, house: House, **panel: Any) -> str:
    made = await admin.put(f"/admin/sites/{house.site.id}/side-panel", **(PANEL | panel))
    return str(made["secret"])


async def test_context_is_signed_for_the_panel_and_for_a_minute(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna", role="admin") as anna:
        secret = await a_panel(anna, house)
        chat = (await vera.starts_chat("Hello", name="Vera Lind", email="vera@shop.example"))["id"]

        answer = await anna.post(f"/agent/conversations/{chat}/side-panel")

        claims = jwt.decode(
            answer["token"],
            secret,
            ["HS256"],
            audience="https://crm.shop.example",
            options={"verify_exp": False, "verify_iat": False},
        )
        assert claims["exp"] - claims["iat"] == 60
        assert claims["conversation"]["id"] == chat
        assert (claims["contact"]["name"], claims["contact"]["email"]) == ("Vera Lind", "vera@shop.example")
        assert claims["agent"]["email"] == "anna@nordlink.example"
        assert claims["site"] == "nordlink"


async def test_frame_holds_the_panels_origin_only(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna", role="admin") as anna, house.agent("ben") as ben:
        chat = (await vera.starts_chat("Hello"))["id"]
        assert (await ben.get(f"/agent/conversations/{chat}"))["side_panel"] is None
        assert (await ben.page(f"/console/side-panel/{chat}")).status == 404
        await a_panel(anna, house, title='"><script>alert(1)</script>')

        page = await ben.page(f"/console/side-panel/{chat}")

        policy = page.headers["Content-Security-Policy"]
        assert "frame-src https://crm.shop.example;" in policy + ";"
        assert "frame-ancestors 'self'" in policy
        text = await page.text()
        assert 'sandbox="allow-scripts allow-forms allow-popups"' in text
        assert "<script>alert" not in text
        assert "eyJ" not in text
        assert (await ben.get(f"/agent/conversations/{chat}"))["side_panel"]["title"].startswith('"><script>')


async def test_secret_is_shown_once_and_leaves_no_trace(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna", role="admin") as anna:
        secret = await a_panel(anna, house)
        path = f"/admin/sites/{house.site.id}/side-panel"

        again = await anna.put(path, **(PANEL | {"title": "CRM"}))
        renewed = await anna.post(f"{path}/secret")

        assert again["secret"] is None
        assert renewed["secret"] not in (None, secret)
        assert (await anna.get(path))["panel"] == {"title": "CRM", "url": PANEL["url"], "secret": None}
        log = await (await anna.raw("GET", f"/admin/sites/{house.site.id}/audit")).text()
        assert secret not in log
        assert renewed["secret"] not in log
        chat = (await vera.starts_chat("Hello"))["id"]
        token = (await anna.post(f"/agent/conversations/{chat}/side-panel"))["token"]
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(token, secret, ["HS256"], audience="https://crm.shop.example")
        await anna.delete(path)
        with pytest.raises(Refused) as refused:
            await anna.post(f"/agent/conversations/{chat}/side-panel")
        assert refused.value.status == 404


@on_one_database
@pytest.mark.parametrize(
    "url",
    ["http://crm.shop.example", "javascript:alert(1)", "https://a; script-src *", "https://user:pw@shop.example",
     "https://shop.example/#x", "//shop.example", "https://", "data:text/html,x", "https://a'b.example", "https://*"],
)  # fmt: skip
async def test_only_plain_safe_addresses_are_taken(house: House, url: str) -> None:
    async with house.agent("anna", role="admin") as anna:
        with pytest.raises(Refused) as refused:
            await a_panel(anna, house, url=url)

        assert refused.value.status == 422
        await a_panel(anna, house, url="http://localhost:3000/panel")


async def test_strangers_get_neither_frame_nor_context(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "other")
    async with (
        house.visitor() as vera,
        house.agent("anna", role="admin") as anna,
        house.agent("eve", site_key="other", role="admin") as eve,
    ):
        await a_panel(anna, house)
        chat = (await vera.starts_chat("Hello"))["id"]

        assert (await eve.page(f"/console/side-panel/{chat}")).status == 404
        assert (await eve.page("/console/side-panel/none")).status == 404
        for attempt in (
            eve.post(f"/agent/conversations/{chat}/side-panel"),
            eve.get(f"/admin/sites/{house.site.id}/side-panel"),
            eve.post(f"/admin/sites/{house.site.id}/side-panel/secret"),
        ):
            with pytest.raises(Refused) as refused:
                await attempt
            assert refused.value.status == 404
