"""What an admin sets up decides who is offered what: skills, delays, priorities, weights and centres."""

from typing import Any

import pytest

from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

once = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def rules_of(admin: HouseAgent, house: House, key: str = "orders") -> str:
    queues = (await admin.get(f"/admin/sites/{house.site.id}/queues"))["items"]
    return next(f"/admin/queues/{queue['id']}/rules" for queue in queues if queue["key"] == key)


async def a_skill(admin: HouseAgent, house: House, name: str, **levels: Any) -> str:
    """Known to agents so well: `kim=(kim, 3)`."""
    skill_id = str((await admin.post(f"/admin/sites/{house.site.id}/skills", name=name))["id"])
    for agent, level in levels.values():
        path = f"/admin/sites/{house.site.id}/people/{agent.id}/routing"
        await admin.put(path, levels=[{"skill_id": skill_id, "level": level}])
    return skill_id


async def test_queue_that_asks_for_a_skill_gets_who_has_it_and_for_less_later(house: House) -> None:
    async with (
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
        house.agent("chiara") as chiara,
        house.visitor() as visitor,
    ):
        danish = await a_skill(anna, house, "Danish", chiara=(chiara, 3))
        steps = [{"needs": [{"skill_id": danish, "level": 2}]}, {"after_seconds": 60, "needs": []}]
        await anna.put(await rules_of(anna, house), steps=steps)

        chats = [(await visitor.starts_chat(f"Hej {n}", topic="orders"))["id"] for n in range(2)]
        await house.settles()
        assert sorted(await chiara.offers()) == sorted(chats)
        assert await ben.offers() == []

        await chiara.put("/agent/presence", presence="break", reason="lunch")
        await house.settles()
        assert await ben.offers() == []
        await house.passes(61)
        assert sorted(await ben.offers()) == sorted(chats)


async def test_overflow_comes_after_its_delay_and_the_more_urgent_queue_first(house: House) -> None:
    async with (
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben", capacity=1) as ben,
        house.visitor() as visitor,
    ):
        orders, billing = await rules_of(anna, house), await rules_of(anna, house, "billing")
        await anna.put(orders, people=[{"id": ben.id, "priority": 2, "delay_seconds": 30}])
        first = (await visitor.starts_chat("An order", topic="orders"))["id"]
        await house.passes(20)
        assert await ben.offers() == []

        second = (await visitor.starts_chat("A bill", topic="billing"))["id"]
        await house.settles()
        assert await ben.offers() == [second]
        await ben.takes(second)
        assert first not in await ben.offers()

        log = (await anna.get(f"/admin/sites/{house.site.id}/audit"))["items"]
        again = await anna.get(orders)
        await anna.put(billing, order="strict", priority=3, agent_rule="load_ratio")
    assert log[0]["act"] == "queue.rules_changed"
    assert log[0]["changes"]["served_by"][1] == ["Anna: 1, 0 s", "Ben: 2, 30 s"]
    assert (
        again["people"][1] == {"id": ben.id, "priority": 2, "delay_seconds": 30} or again["people"][0]["id"] == ben.id
    )


async def test_membership_keeps_its_delay_when_the_queue_is_renamed(house: House) -> None:
    async with house.agent("anna", role="admin", presence="busy") as anna, house.agent("ben") as ben:
        path = await rules_of(anna, house)
        await anna.put(path, people=[{"id": ben.id, "priority": 2, "delay_seconds": 30}])

        await anna.put(path.removesuffix("/rules"), name="Orders and more", agent_ids=[ben.id])

        assert (await anna.get(path))["people"] == [{"id": ben.id, "priority": 2, "delay_seconds": 30}]


async def test_weight_of_a_channel_decides_how_much_fits_into_an_agents_hands(house: House) -> None:
    async with (
        house.agent("anna", role="supervisor", presence="busy") as anna,
        house.agent("ben", capacity=3) as ben,
        house.visitor() as visitor,
    ):
        path = f"/admin/sites/{house.site.id}/channel-rules"
        await anna.put(path, items=[{"channel": "webchat", "weight": 2}])
        chats = [(await visitor.starts_chat(f"Hello {n}"))["id"] for n in range(2)]
        await house.settles()
        assert await ben.offers() == chats[:1]

        await anna.put(path, items=[{"channel": "webchat", "weight": 1, "exclusive": True}])
        shown = (await anna.get(path))["items"]
        with pytest.raises(Refused, match="unknown_channel"):
            await anna.put(path, items=[{"channel": "pigeon"}])
    assert {(each["channel"], each["exclusive"]) for each in shown} == {
        ("webchat", True),
        ("callback", True),
        ("email", False),
    }
    assert next(each["weight"] for each in shown if each["channel"] == "webchat") == 1


async def test_centre_that_is_down_gives_its_work_to_others_at_its_old_place(house: House) -> None:
    async with (
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
        house.agent("chiara", presence="busy") as chiara,
        house.visitor() as visitor,
    ):
        site = f"/admin/sites/{house.site.id}"
        centre = (await anna.post(f"{site}/centres", name="Bergen"))["id"]
        await anna.put(f"{site}/people/{ben.id}/routing", centre_id=centre)
        talks, rings = [(await visitor.starts_chat(text))["id"] for text in ("talks", "rings")]
        await house.settles()
        await ben.takes(talks)

        await anna.put(f"/admin/centres/{centre}/state", state="draining")
        late = (await visitor.starts_chat("late"))["id"]
        await house.settles()
        assert await ben.offers() == [rings]

        await anna.put(f"/admin/centres/{centre}/state", state="down")
        await house.settles()
        assert (await ben.offers(), await ben.holds()) == ([], {talks: "active"})
        await house.passes(16)
        assert await ben.holds() == {}
        await chiara.put("/agent/presence", presence="available")
        await house.settles()
        assert await chiara.offers() == [talks, rings, late]

        await anna.put(f"/admin/centres/{centre}/state", state="open")
        (view,) = (await anna.get(f"{site}/centres"))["items"]
        await anna.delete(f"/admin/centres/{centre}")
    assert (view["state"], view["people"], view["available"]) == ("open", 1, 1)


async def test_centre_that_is_back_at_once_keeps_the_work_in_its_hands(house: House) -> None:
    async with (
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
        house.visitor() as visitor,
    ):
        centre = (await anna.post(f"/admin/sites/{house.site.id}/centres", name="Bergen"))["id"]
        await anna.put(f"/admin/sites/{house.site.id}/people/{ben.id}/routing", centre_id=centre)
        chat = (await visitor.starts_chat("Hello"))["id"]
        await house.settles()
        await ben.takes(chat)

        for state in ("down", "open"):
            await anna.put(f"/admin/centres/{centre}/state", state=state)
        await house.passes(20)

        assert await ben.holds() == {chat: "active"}


@once
async def test_what_makes_no_sense_or_is_of_another_site_is_refused(house: House) -> None:
    new = {"name": "South", "key": "south", "origin": "https://south.example", "queues": ["Sales"]}
    async with house.agent("anna", role="admin", presence="busy") as anna, house.agent("ben") as ben:
        south = (await anna.post("/admin/sites", **new))["id"]
        site, rules = f"/admin/sites/{house.site.id}", await rules_of(anna, house)
        danish = await a_skill(anna, house, "Danish", ben=(ben, 5))
        elsewhere = (await anna.post(f"/admin/sites/{south}/skills", name="Danish"))["id"]
        place = (await anna.post(f"/admin/sites/{south}/centres", name="Bergen"))["id"]
        await anna.put(rules, steps=[{"needs": [{"skill_id": danish, "level": 1}]}])
        person = f"{site}/people/{ben.id}/routing"
        more = [{"needs": []}, {"after_seconds": 9, "needs": [{"skill_id": danish, "level": 1}]}]

        for method, path, body, code in (
            (anna.post, f"{site}/skills", {"name": " danish "}, "skill_taken"),
            (anna.post, f"/admin/sites/{south}/centres", {"name": "BERGEN"}, "centre_taken"),
            (anna.put, rules, {"steps": more}, "step_narrows"),
            (anna.put, rules, {"steps": [{"needs": [{"skill_id": elsewhere, "level": 1}]}]}, "unknown_skill"),
            (anna.put, rules, {"people": [{"id": place}]}, "not_of_this_site"),
            (anna.put, person, {"levels": [{"skill_id": elsewhere, "level": 1}]}, "unknown_skill"),
            (anna.put, person, {"centre_id": place}, "not_found"),
        ):
            with pytest.raises(Refused) as refused:
                await method(path, **body)
            assert refused.value.code == code, path
        with pytest.raises(Refused, match="skill_in_use"):
            await anna.delete(f"/admin/skills/{danish}")
        (skill,) = (await anna.get(f"{site}/skills"))["items"]
        await anna.put(f"/admin/skills/{danish}", name="<b>Dansk</b> \u202e")
        await anna.put(rules, steps=[])
        await anna.delete(f"/admin/skills/{danish}")
        log = (await anna.get(f"{site}/audit"))["items"]

    assert (skill["people"], skill["queues"]) == (1, ["Orders"])
    assert [line["act"] for line in log[:3]] == ["skill.removed", "queue.rules_changed", "skill.changed"]


async def test_supervisor_sees_who_would_get_it_and_what_is_in_the_way_of_the_others(house: House) -> None:
    async with (
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben", capacity=1) as ben,
        house.agent("chiara") as chiara,
        house.agent("dora", queues=["billing"]),
        house.visitor() as visitor,
    ):
        danish = await a_skill(anna, house, "Danish", anna=(anna, 5), ben=(ben, 3))
        steps = [{"needs": [{"skill_id": danish, "level": 2}]}, {"after_seconds": 60, "needs": []}]
        await anna.put(await rules_of(anna, house), steps=steps)
        talks = (await visitor.starts_chat("Hej", topic="orders"))["id"]
        await house.settles()
        held = await ben.takes(talks)
        await visitor.starts_chat("Hej igen", topic="orders")
        await house.passes(20)

        (item,) = (await anna.get("/agent/work?view=queue"))["items"]
        why = await anna.get(f"/agent/engagements/{item['engagement_id']}/what-if")
        if_given_back = await anna.get(f"/agent/engagements/{held}/what-if")
        await house.passes(41)
        assert len(await chiara.offers()) == 1

    found = {each["agent"]["name"]: (each["place"], each["reason"], each["lacks"]) for each in why["candidates"]}
    assert found == {
        "Ben": (None, "full", None),
        "Chiara": (None, "skill", {"name": "Danish", "level": 2}),
        "Anna": (None, "not_available", None),
        "Dora": (None, "other_queues", None),
    }
    assert (why["asks"], why["next_step_seconds"], why["rule"]) == ([{"name": "Danish", "level": 2}], 40, None)
    first = if_given_back["candidates"][0]
    assert (first["agent"]["name"], first["place"], if_given_back["rule"]) == ("Ben", 1, "last_agent")
