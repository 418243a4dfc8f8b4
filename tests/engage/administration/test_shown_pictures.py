"""Pictures of people and sites: drawn anew, at an address for good, and gone when they are taken away."""

import io

import aiohttp
import pytest
from PIL import Image

from tests.engage.conversations.test_pictures import SECRET, XMP, a_bomb, a_picture, exif
from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused, answer_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINE = "/agent/account/picture"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


async def sends(agent: HouseAgent, path: str, content: bytes, *, name: str = "me.jpg") -> dict[str, str | None]:
    form = aiohttp.FormData()
    form.add_field("file", content, filename=name)
    return await answer_of(await agent.raw("POST", path, data=form))  # type: ignore[no-any-return]


async def test_face_of_an_agent_is_a_clean_square_that_his_visitor_sees_until_it_is_removed(house: House) -> None:
    photo = a_picture("JPEG", size=(900, 600), exif=exif(orientation=6), xmp=XMP)
    async with house.agent("anna") as anna, house.agent("ben", presence="busy") as ben, house.visitor() as kim:
        address = (await sends(anna, MINE, photo))["picture"]
        chat = (await kim.starts_chat("Hello"))["id"]
        await house.settles()
        await anna.takes(chat)
        pictures = {each["name"]: each["picture"] for each in (await ben.workspace())["colleagues"]}
        seen = (await kim.get(f"/visitor/conversations/{chat}"))["agent"]["picture"]

        given = await anna.page(str(address))
        face = Image.open(io.BytesIO(await given.read()))
        assert (face.format, face.size, seen, pictures["Anna"]) == ("WEBP", (192, 192), address, address)
        assert SECRET not in await given.read()
        assert given.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert given.headers["Content-Type"] == "image/webp"

        second = (await sends(anna, MINE, photo))["picture"]
        assert [(await anna.page(str(each))).status for each in (address, second)] == [404, 200]
        await anna.delete(MINE)
        assert (await anna.page(str(second))).status == 404
        assert (await anna.get("/agent/me"))["picture"] is None


async def test_whatever_is_no_picture_is_refused(house: House) -> None:
    async with house.agent("anna") as anna:
        for content, name in ((SVG, "a.svg"), (b"%PDF-1.7 words", "a.png"), (a_bomb(20_000, 20_000), "a.png")):
            with pytest.raises(Refused) as refused:
                await sends(anna, MINE, content, name=name)
            assert (refused.value.status, refused.value.code) == (422, "file_type_refused")
        for name in ("../../engage.db", "0" * 32 + ".db", "0" * 32 + ".png", "%2e%2e/engage.db"):
            assert (await anna.page(f"/pictures/{name}")).status == 404


async def test_logo_stands_in_widget_and_help_centre_and_outlives_another_look(house: House) -> None:
    path = f"/admin/sites/{house.site.id}"
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        address = (await sends(anna, f"{path}/logo", a_picture("PNG", size=(1600, 400))))["picture"]
        await anna.put(f"{path}/look", accent="#2f6f5e")

        logo = Image.open(io.BytesIO(await (await anna.page(str(address))).read()))
        assert (logo.format, logo.size) == ("PNG", (480, 120))
        assert (await kim.get("/sites/nordlink/home"))["logo"] == address
        assert str(address) in await (await anna.page("/help/?site=nordlink")).text()

        await anna.delete(f"{path}/logo")
        assert (await kim.get("/sites/nordlink/home"))["logo"] is None
        assert (await anna.page("/help/?site=nordlink")).status == 200
        log = (await anna.get(f"{path}/audit"))["items"]

    assert [line["act"] for line in log] == ["site.logo_removed", "site.look_changed", "site.logo_changed"]


async def test_admin_of_one_site_does_not_change_the_face_of_somebody_who_works_elsewhere_too(house: House) -> None:
    new = {"name": "South", "key": "south", "origin": "https://south.example", "queues": ["Sales"]}
    async with house.agent("anna", role="admin") as anna, house.agent("ben", role="admin") as ben:
        person = f"/admin/sites/{house.site.id}/people/{ben.id}/picture"
        given = (await sends(anna, person, a_picture("PNG")))["picture"]
        await ben.post("/admin/sites", **new)

        with pytest.raises(Refused) as refused:
            await anna.delete(person)
        assert (await ben.get("/agent/me"))["picture"] == given

    assert refused.value.code == "works_elsewhere"
