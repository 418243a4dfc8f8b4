"""Teams: people who do the same work, named together in queues and notes."""

from typing import Any

import pytest

from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

once = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def a_team(admin: HouseAgent, house: House, *people: HouseAgent, name: str = "Billing") -> dict[str, Any]:
    path = f"/admin/sites/{house.site.id}/teams"
    return await admin.post(path, name=name, agent_ids=[each.id for each in people])  # type: ignore[no-any-return]


async def serves(admin: HouseAgent, house: House, key: str, team: dict[str, Any]) -> None:
    """The team serves this queue, and nobody by himself."""
    queues = (await admin.get(f"/admin/sites/{house.site.id}/queues"))["items"]
    (queue,) = [each for each in queues if each["key"] == key]
    await admin.put(f"/admin/queues/{queue['id']}", name=queue["name"], team_ids=[team["id"]])


async def test_queue_comes_with_the_team_and_leaves_with_it_at_once(house: House) -> None:
    async with (
        house.agent("anna", role="admin", queues=[], presence="busy") as anna,
        house.agent("ben", queues=[], all_queues=False) as ben,
        house.visitor() as kim,
        house.visitor() as lea,
    ):
        team = await a_team(anna, house, ben)
        await serves(anna, house, "billing", team)
        await ben.reopens_console()

        chat = (await kim.starts_chat("My bill", topic="billing"))["id"]
        await house.settles()
        assert [queue["name"] for queue in (await ben.workspace())["queues"]] == ["Billing"]
        await ben.takes(chat)
        await ben.post(f"/agent/conversations/{chat}/messages", client_id="an-answer-of-ben", text="I look")
        waiting = (await lea.starts_chat("My bill too", topic="billing"))["id"]
        assert (await ben.get(f"/agent/conversations/{waiting}"))["conversation"]["id"] == waiting

        await anna.put(f"/admin/teams/{team['id']}", name="Billing", agent_ids=[])
        assert not ben.screen.is_alive
        assert (await ben.workspace())["queues"] == []
        with pytest.raises(Refused, match="not_found"):
            await ben.get(f"/agent/conversations/{waiting}")
        await ben.reopens_console()
        await house.settles()
        assert waiting not in await ben.offers()

        await anna.delete(f"/admin/teams/{team['id']}")
        (_, billing) = (await anna.get(f"/admin/sites/{house.site.id}/queues"))["items"]
        log = (await anna.get(f"/admin/sites/{house.site.id}/audit"))["items"]

    assert billing["team_ids"] == []
    assert [line["act"] for line in log[:3]] == ["team.removed", "team.changed", "queue.changed"]
    assert log[1]["changes"] == {"members": [["Ben"], []]}
    assert log[2]["changes"]["teams"] == [[], ["Billing"]]


@once
async def test_named_team_is_told_each_of_them_once(house: House) -> None:
    async with (
        house.agent("anna", role="admin") as anna,
        house.agent("ben", presence="busy") as ben,
        house.agent("cleo", presence="busy", queues=["orders"], all_queues=False) as cleo,
        house.agent("narrow", presence="busy", queues=["billing"], all_queues=False) as narrow,
        house.visitor() as kim,
    ):
        team = await a_team(anna, house, anna, ben, cleo, narrow)
        unseeing = await a_team(anna, house, narrow, name="Elsewhere")
        chat = (await kim.starts_chat("No line", topic="orders"))["id"]

        colleagues = await anna.get(f"/agent/conversations/{chat}/colleagues")
        path, note = f"/agent/conversations/{chat}/notes", {"client_id": "a-note-of-mine", "text": "@Billing and @Ben"}
        entry = await anna.post(path, **note, mention_ids=[team["id"], ben.id])
        with pytest.raises(Refused, match="unknown_mention"):
            await anna.post(path, client_id="another-note", text="@Elsewhere", mention_ids=[unseeing["id"]])

        told = [(await each.workspace())["unread_mentions"] for each in (anna, ben, cleo, narrow)]
        await anna.delete(f"/admin/sites/{house.site.id}/people/{ben.id}")
        (left, _) = (await anna.get(f"/admin/sites/{house.site.id}/teams"))["items"]

    assert [each["name"] for each in colleagues["teams"]] == ["Billing"]
    assert [each["name"] for each in entry["details"]["mentions"]] == ["Ben", "Billing"]
    assert told == [0, 1, 1, 0]
    assert ben.id not in left["agent_ids"]


@once
async def test_team_is_of_one_site_and_has_a_name_of_its_own(house: House) -> None:
    new = {"name": "South", "key": "south", "origin": "https://south.example", "queues": ["Sales"]}
    async with house.agent("anna", role="admin") as anna, house.agent("ben") as ben:
        south = (await anna.post("/admin/sites", **new))["id"]
        team = await a_team(anna, house, ben, name="<b>Lines</b> \u202e")

        for path, form, code in (
            (f"/admin/sites/{house.site.id}/teams", {"name": "<B>lines</B> \u202e"}, "team_taken"),
            (f"/admin/sites/{house.site.id}/teams", {"name": " "}, "invalid"),
            (f"/admin/sites/{south}/teams", {"name": "Sales", "agent_ids": [ben.id]}, "not_of_this_site"),
            (f"/admin/sites/{south}/queues", {"name": "Repairs", "team_ids": [team["id"]]}, "not_of_this_site"),
        ):
            with pytest.raises(Refused) as refused:
                await anna.post(path, **form)
            assert refused.value.code == code
        people = await anna.get(f"/admin/sites/{house.site.id}/people")

    assert [person["team_ids"] for person in people["items"]] == [[], [team["id"]]]
