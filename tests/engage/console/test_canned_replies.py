"""Canned replies: whose they are, what may stand in them, and their files."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.house import House, rows
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

LIGHTS = {
    "shortcut": "Lights",
    "title": "Router lights",
    "text": "Hello {{visitor.first_name|there}}, which one blinks?",
}


@pytest.fixture
async def boss(house: House) -> AsyncIterator[HouseAgent]:
    async with house.agent("boss", role="supervisor", presence="busy") as boss:
        yield boss


async def adds(agent: HouseAgent, house: House, **changes: Any) -> dict[str, Any]:
    return await agent.post(f"/admin/sites/{house.site.id}/canned-replies", **{**LIGHTS, **changes})  # type: ignore[no-any-return]


async def shortcuts(agent: HouseAgent, house: House) -> list[str]:
    found = await agent.get(f"/agent/canned-replies?site_id={house.site.id}")
    return [reply["shortcut"] for reply in found["items"]]


async def test_supervisor_writes_for_everybody_and_an_agent_for_himself(house: House, boss: HouseAgent) -> None:
    async with house.agent("anna") as anna, house.agent("ben") as ben:
        await adds(boss, house)
        own = await adds(anna, house, shortcut="bye", personal=True)

        assert await shortcuts(anna, house) == ["bye", "lights"]
        assert await shortcuts(ben, house) == await shortcuts(boss, house) == ["lights"]
        for refused in (ben, boss):
            with pytest.raises(Refused, match="not_found"):
                await refused.put(f"/admin/canned-replies/{own['id']}", **LIGHTS)
        with pytest.raises(Refused, match="not_allowed"):
            await adds(ben, house, shortcut="other")


async def test_no_customer_reads_a_variable_that_nobody_knows(house: House, boss: HouseAgent) -> None:
    for text in ("Hello {{visitor.nmae}}", "{{ }}", "Hello {{visitor.name}} of {{site.secret|x}}"):
        with pytest.raises(Refused, match="unknown_variable"):
            await adds(boss, house, text=text)


async def test_shortcut_is_one_word_and_stands_for_one_text(house: House, boss: HouseAgent) -> None:
    await adds(boss, house)

    with pytest.raises(Refused, match="shortcut_taken"):
        await adds(boss, house, shortcut="LIGHTS")
    with pytest.raises(Refused, match="invalid"):
        await adds(boss, house, shortcut="two words")
    await adds(boss, house, personal=True)


async def test_queue_of_another_site_is_unknown(house: House, boss: HouseAgent) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with house.agent("sven", site_key="southlink", role="admin") as sven:
        foreign = (await sven.workspace())["queues"][0]["id"]

    with pytest.raises(Refused, match="unknown_queue"):
        await adds(boss, house, queue_ids=[foreign])


async def test_file_of_a_canned_reply_stays_and_each_answer_takes_a_copy_along(house: House, boss: HouseAgent) -> None:
    file = await boss.uploads("lights.txt", b"red is bad", site_id=str(house.site.id))
    reply = await adds(boss, house, attachment_ids=[file["id"]])
    # longer than an upload that is never sent
    house.clock.advance(seconds=25 * 3600)
    await house.settles()

    async with house.visitor() as kim, house.agent("anna", role="supervisor") as anna:
        chat = (await kim.starts_chat("It blinks"))["id"]
        await house.settles()
        await anna.takes(chat)
        for number in range(2):
            (copy,) = (await anna.post(f"/agent/conversations/{chat}/canned-replies/{reply['id']}/files"))["items"]
            path = f"/agent/conversations/{chat}/messages"
            await anna.post(path, client_id=f"with-file-{number}", text="Look", attachment_ids=[copy["id"]])
        await anna.delete(f"/admin/canned-replies/{reply['id']}")
        await house.settles()

        sent = [file for entry in await kim.entries(chat) for file in entry["attachments"]]
        assert [(each["name"], each["size"]) for each in sent] == [("lights.txt", 10)] * 2
        for each in sent:
            answer = await anna.raw("GET", f"/agent/attachments/{each['id']}")
            assert await answer.text() == "red is bad"
        assert (await anna.raw("GET", f"/agent/attachments/{file['id']}")).status == 404


async def test_file_belongs_to_one_canned_reply(house: House, boss: HouseAgent) -> None:
    file = await boss.uploads("lights.txt", b"red is bad", site_id=str(house.site.id))
    reply = await adds(boss, house, attachment_ids=[file["id"]])

    with pytest.raises(Refused, match="unknown_attachment"):
        await adds(boss, house, shortcut="thief", attachment_ids=[file["id"]])
    assert len((await boss.put(f"/admin/canned-replies/{reply['id']}", **LIGHTS))["files"]) == 0
