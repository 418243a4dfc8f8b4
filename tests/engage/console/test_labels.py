"""Labels: on and off, seen by whoever has the conversation on his screen."""

from typing import Any

import pytest

from tests.house import House, rows
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def a_label(admin: HouseAgent, house: House, name: str = "Outage") -> dict[str, Any]:
    return await admin.post(f"/admin/sites/{house.site.id}/labels", name=name, colour="warn")  # type: ignore[no-any-return]


async def test_label_stands_in_rows_and_conversation_until_it_is_taken_off(house: House) -> None:
    async with (
        house.agent("admin", role="admin", presence="busy") as admin,
        house.visitor() as kim,
        house.agent("anna") as anna,
    ):
        label = await a_label(admin, house)
        chat = (await kim.starts_chat("No line"))["id"]
        await house.settles()
        await anna.takes(chat)

        for _ in range(2):
            await admin.put(f"/agent/conversations/{chat}/labels/{label['id']}")

        assert (await anna.screen.sees("labels_changed"))["label_ids"] == [label["id"]]
        assert (await anna.workspace())["mine"][0]["label_ids"] == [label["id"]]
        assert (await anna.get(f"/agent/conversations/{chat}"))["label_ids"] == [label["id"]]
        await anna.delete(f"/agent/conversations/{chat}/labels/{label['id']}")
        assert (await anna.workspace())["mine"][0]["label_ids"] == []


async def test_list_of_labels_is_pushed_and_a_retired_one_is_gone_everywhere(house: House) -> None:
    async with (
        house.agent("admin", role="admin", presence="busy") as admin,
        house.visitor() as kim,
        house.agent("anna") as anna,
    ):
        label = await a_label(admin, house)
        chat = (await kim.starts_chat("No line"))["id"]
        await admin.put(f"/agent/conversations/{chat}/labels/{label['id']}")
        assert (await anna.screen.sees("site_labels_changed"))["labels"] == [label]

        await admin.delete(f"/admin/labels/{label['id']}")

        assert (await anna.workspace())["labels"] == []
        assert (await admin.get(f"/agent/conversations/{chat}"))["label_ids"] == []
        with pytest.raises(Refused, match="not_found"):
            await admin.put(f"/agent/conversations/{chat}/labels/{label['id']}")
        await a_label(admin, house)


async def test_name_stands_for_one_label_and_another_site_s_label_fits_nothing(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        house.agent("admin", role="admin", presence="busy") as admin,
        house.agent("sven", site_key="southlink", role="admin") as sven,
        house.visitor() as kim,
    ):
        await a_label(admin, house)
        with pytest.raises(Refused, match="label_taken"):
            await a_label(admin, house, "outage ")
        site_id = (await sven.get("/agent/me"))["sites"][0]["id"]
        foreign = await sven.post(f"/admin/sites/{site_id}/labels", name="Ours", colour="good")
        chat = (await kim.starts_chat("No line"))["id"]

        with pytest.raises(Refused, match="not_found"):
            await admin.put(f"/agent/conversations/{chat}/labels/{foreign['id']}")
