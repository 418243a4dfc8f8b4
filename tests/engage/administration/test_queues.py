"""Queues as an admin sets them up, and how one ends."""

import pytest

from tests.house import House
from tests.people.visitor import Refused


async def test_new_queue_is_chosen_and_served_at_once(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        path = f"/admin/sites/{house.site.id}/queues"
        added = await anna.post(path, name="Repairs & returns", offer_seconds=40, agent_ids=[anna.id])
        await anna.reopens_console()

        topics = (await kim.get("/sites/nordlink/home"))["topics"]
        chat = await kim.starts_chat("It broke", topic=added["key"])
        await house.settles()
        await anna.takes(chat["id"])

    assert [topic["label"] for topic in topics] == ["Orders", "Billing", "Repairs & returns"]
    assert added["key"] == "repairs-returns"


async def test_open_work_of_a_retired_queue_goes_on_in_another_one_at_its_old_place(house: House) -> None:
    async with house.agent("anna", role="admin", capacity=1) as anna, house.visitor() as kim, house.visitor() as lea:
        path = f"/admin/sites/{house.site.id}/queues"
        orders, billing = (await anna.get(path))["items"]
        in_hand = await kim.starts_chat("First", topic="orders")
        await house.settles()
        await anna.takes(in_hand["id"])
        waiting = await lea.starts_chat("Second", topic="orders")
        await house.settles()

        with pytest.raises(Refused) as refused:
            await anna.post(f"/admin/queues/{orders['id']}/retire")
        await anna.post(f"/admin/queues/{orders['id']}/retire", target_id=billing["id"])

        left = (await anna.get(path))["items"]
        assert await lea.place(waiting["id"]) == ("queued", 1)
        assert await anna.holds() == {in_hand["id"]: "active"}
        log = (await anna.get(f"/admin/sites/{house.site.id}/audit"))["items"]
        again = await kim.starts_chat("To the queue that is gone", topic="orders")

    assert refused.value.code == "queue_needed"
    assert [(queue["key"], queue["open_work"]) for queue in left] == [("billing", 2)]
    assert (log[0]["act"], log[0]["changes"]) == ("queue.retired", {"moved": 2, "target": "Billing"})
    assert again["topic"] == "Billing"


async def test_last_queue_stays(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        orders, billing = (await anna.get(f"/admin/sites/{house.site.id}/queues"))["items"]
        await anna.post(f"/admin/queues/{orders['id']}/retire")

        for target in ({}, {"target_id": orders["id"]}):
            with pytest.raises(Refused) as refused:
                await anna.post(f"/admin/queues/{billing['id']}/retire", **target)
            assert refused.value.status == 409


async def test_nobody_of_another_site_can_be_put_into_a_queue(house: House) -> None:
    new = {"name": "South", "key": "south", "origin": "https://south.example", "queues": ["Sales"]}
    async with house.agent("anna", role="admin") as anna, house.agent("ben") as ben:
        south = (await anna.post("/admin/sites", **new))["id"]
        with pytest.raises(Refused) as refused:
            await anna.post(f"/admin/sites/{south}/queues", name="Repairs", agent_ids=[ben.id])

    assert refused.value.code == "not_of_this_site"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_visitor_reads_a_queue_s_name_in_his_language_and_colleagues_read_theirs(house: House) -> None:
    place = f"/admin/sites/{house.site.id}"
    async with house.agent("anna", role="admin", presence="busy") as anna, house.visitor() as kim:
        orders, billing = (await anna.get(f"{place}/queues"))["items"]
        names = {"de": "Rechnungen", "ar": "الفواتير"}
        await anna.put(f"/admin/queues/{billing['id']}", name="Billing", names=names, agent_ids=billing["agent_ids"])
        with pytest.raises(Refused) as refused:
            await anna.put(f"/admin/queues/{billing['id']}", name="Billing", names={"not a language": "?"})

        topics = {
            locale: (await kim.get(f"/sites/nordlink/home?locale={locale}"))["topics"] for locale in ("de-AT", "fr")
        }
        chat = await kim.post(
            "/visitor/conversations", client_id="in-german", topic="billing", text="Hallo", fields={}, locale="de-AT"
        )
        (item,) = (await anna.get("/agent/work?view=all"))["items"]

    assert [topic["label"] for topic in topics["de-AT"]] == [orders["name"], "Rechnungen"]
    assert [topic["label"] for topic in topics["fr"]] == [orders["name"], "Billing"]
    assert topics["de-AT"][1]["name"] == "Billing"
    assert (chat["topic"], item["queue"]["name"]) == ("Rechnungen", "Billing")
    assert refused.value.status == 422
