"""Several admins who do the same at one moment: one of them was first, and the others read that."""

import asyncio
from collections import Counter

import pytest

from engage.contacts.models import Block
from engage.kit.ids import new_id
from tests.engage.administration.test_shown_pictures import sends
from tests.engage.conversations.test_pictures import a_picture
from tests.house import House
from tests.people.visitor import Refused


async def test_one_of_those_who_add_the_same_is_first_and_the_others_are_told(house: House) -> None:
    async with house.agent("anna", role="admin", presence="busy") as anna:

        async def adds(noun: str, name: str) -> str:
            response = await anna.raw("POST", f"/admin/sites/{house.site.id}/{noun}", json={"name": name})
            return "added" if response.status == 201 else f"{response.status} {(await response.json())['code']}"

        for noun, taken in (
            ("skills", "409 skill_taken"),
            ("centres", "409 centre_taken"),
            ("labels", "409 label_taken"),
            ("teams", "409 team_taken"),
        ):
            answers = await asyncio.gather(*(adds(noun, "Danish") for _ in range(4)))
            assert Counter(answers) == {"added": 1, taken: 3}
        sites = {"name": "Eastlink", "origin": "https://east.example", "key": "eastlink", "queues": ["Sales"]}
        made = await asyncio.gather(*(anna.raw("POST", "/admin/sites", json=sites) for _ in range(2)))
        assert sorted(each.status for each in made) == [201, 409]
        assert await asyncio.gather(*(adds("queues", "Danish") for _ in range(3))) == ["added"] * 3
        queues = (await anna.get(f"/admin/sites/{house.site.id}/queues"))["items"]
        assert len({each["key"] for each in queues}) == len(queues)


async def test_look_and_logo_saved_together_both_stay(house: House) -> None:
    place = f"/admin/sites/{house.site.id}"
    logo = a_picture("PNG", size=(40, 20))
    async with house.agent("anna", role="admin", presence="busy") as anna:
        for number in range(4):
            accent = f"#11223{number}"
            _look, picture = await asyncio.gather(
                anna.put(f"{place}/look", accent=accent), sends(anna, f"{place}/logo", logo, name="logo.png")
            )
            async with house.visitor(on_site=False) as kim:
                shown = await kim.get("/sites/nordlink/home")
            assert (shown["accent"], shown["logo"]) == (accent, picture["picture"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_blocked_addresses_of_a_site_are_not_without_end(house: House) -> None:
    async with house.working() as work:
        work.db.add_all(
            Block(
                id=new_id(),
                site_id=house.site.id,
                kind="address",
                subject=f"203.0.{number // 250}.{number % 250}/32",
                name="",
                reason="Noise",
                by_name="Anna",
                created_at=work.now,
            )
            for number in range(500)
        )
    async with house.agent("anna", role="admin", presence="busy") as anna:
        with pytest.raises(Refused) as refused:
            await anna.post(f"/admin/sites/{house.site.id}/blocks", address="198.51.100.7", reason="Noise")
        (first, *_) = (await anna.get(f"/admin/sites/{house.site.id}/blocks"))["items"]
        await anna.delete(f"/admin/blocks/{first['id']}")
        await anna.post(f"/admin/sites/{house.site.id}/blocks", address="198.51.100.7", reason="Noise")

    assert refused.value.code == "too_many_blocks"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_picture_is_drawn_only_for_those_who_may_show_it(house: House) -> None:
    async with house.agent("ben") as ben:
        for path in (f"/admin/sites/{house.site.id}/logo", f"/admin/sites/{house.site.id}/people/{ben.id}/picture"):
            with pytest.raises(Refused) as refused:
                await sends(ben, path, b"this would be refused as no picture")
            assert refused.value.status == 403
