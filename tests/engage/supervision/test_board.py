"""The supervisors' board: what is on it, what is pushed to it, and what may be done from it."""

from typing import Any

import pytest
from sqlalchemy import select

from engage.agents.models import PresenceStep
from engage.engagements.models import EngagementStep
from tests.engage.channels.calling import asks, switches_on
from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def board_of(house: House, agent: HouseAgent) -> dict[str, Any]:
    board: dict[str, Any] = await agent.get(f"/agent/sites/{house.site.id}/board")
    return board


async def works(house: House, agent: HouseAgent) -> dict[str, dict[str, Any]]:
    """What is on the board, by conversation."""
    return {each["conversation_id"]: each for each in (await board_of(house, agent))["work"]}


async def queue_named(house: House, agent: HouseAgent, name: str) -> str:
    return next(str(each["id"]) for each in (await board_of(house, agent))["queues"] if each["name"] == name)


async def steps_of(house: House, engagement_id: str) -> list[tuple[str, str | None, bool]]:
    """Each step with its cause, and whether somebody else did it."""
    async with house.looking() as work:
        rows = await work.db.scalars(select(EngagementStep).order_by(EngagementStep.id))
        mine = [row for row in rows if str(row.engagement_id) == engagement_id]
    return [(row.step, row.cause, row.by_agent_id is not None) for row in mine]


async def test_board_shows_what_waits_and_who_holds_what_and_hears_of_each_change(house: House) -> None:
    async with (
        house.agent("anna", role="supervisor", presence="busy") as anna,
        house.agent("ben") as ben,
        house.visitor() as visitor,
    ):
        assert (await anna.screen.signal("watch_board", site_id=str(house.site.id)))["ok"]
        talks = (await visitor.starts_chat("Hello", topic="orders"))["id"]
        await house.passes(1)
        told = await anna.screen.sees("board_changed", lambda e: any(w["state"] == "offered" for w in e["work"]))
        await ben.takes(talks)
        await house.passes(1)
        taken = await anna.screen.sees("board_changed", lambda e: any(w["state"] == "active" for w in e["work"]))
        await house.passes(5)
        head = await anna.screen.sees("board_head", lambda e: e["seq"] >= taken["seq"])
        board = await board_of(house, anna)

        await anna.screen.signal("unwatch_board")
        heard = len(anna.screen.events)
        await ben.put("/agent/presence", presence="busy")
        await house.passes(6)
        assert "board_changed" not in [name for name, _ in anna.screen.events[heard:]]

    (work,) = board["work"]
    people = {each["name"]: each for each in board["agents"]}
    assert told["seq"] < taken["seq"]
    assert (work["conversation_id"], work["state"], work["last_text"]) == (talks, "active", "Hello")
    assert work["agent_id"] == people["Ben"]["id"]
    assert (people["Ben"]["load"], people["Ben"]["online"], people["Anna"]["presence"]) == (1, True, "busy")
    assert head["fingerprint"] == {"works": 1, "versions": work["version"]}


async def test_whoever_is_rung_for_a_call_is_full_whatever_else_would_fit(house: House) -> None:
    async with house.agent("anna", role="supervisor", presence="busy") as anna, house.agent("ben") as ben:
        await switches_on(house)
        async with house.visitor() as visitor:
            await asks(visitor)
            await house.passes(1)
            await ben.screen.sees("offer_made")

            (card,) = [each for each in (await board_of(house, anna))["agents"] if each["name"] == "Ben"]

    assert (card["load"] < card["capacity"], card["is_full"]) == (True, True)


async def test_open_board_hears_of_centres_that_are_added_named_otherwise_set_down_and_removed(house: House) -> None:
    async with house.agent("anna", role="admin", presence="busy") as anna:
        site, last = f"/admin/sites/{house.site.id}", 0

        async def shown() -> list[tuple[str, str]]:
            """What is read after the board was called stale once more."""
            nonlocal last
            last = (await anna.screen.sees("board_stale", lambda event: event["seq"] > last))["seq"]
            return [(each["name"], each["state"]) for each in (await board_of(house, anna))["centres"]]

        await anna.screen.signal("watch_board", site_id=str(house.site.id))
        centre = (await anna.post(f"{site}/centres", name="Bergen"))["id"]
        assert await shown() == [("Bergen", "open")]
        await anna.put(f"/admin/centres/{centre}", name="Tromsø")
        assert await shown() == [("Tromsø", "open")]
        await anna.put(f"/admin/centres/{centre}/state", state="down")
        assert await shown() == [("Tromsø", "down")]
        await anna.delete(f"/admin/centres/{centre}")
        assert await shown() == []


async def test_supervisor_of_some_queues_sees_and_hears_of_no_other(house: House) -> None:
    async with (
        house.agent("anna", role="supervisor", presence="busy", queues=["orders"], all_queues=False) as anna,
        house.agent("ben", presence="busy", queues=["billing"]),
        house.visitor() as visitor,
    ):
        await anna.screen.signal("watch_board", site_id=str(house.site.id))
        orders = (await visitor.starts_chat("An order", topic="orders"))["id"]
        bill = (await visitor.starts_chat("my secret bill", topic="billing"))["id"]
        await house.passes(6)
        board = await board_of(house, anna)
        engagement_id = board["work"][0]["engagement_id"]

        assert [each["conversation_id"] for each in board["work"]] == [orders]
        assert [each["name"] for each in board["queues"]] == ["Orders"]
        assert [each["name"] for each in board["agents"]] == ["Anna"]
        assert "secret" not in str(anna.screen.events)
        assert bill not in str(anna.screen.events)
        head = await anna.screen.sees("board_head", lambda e: e["fingerprint"]["works"] == 1)
        assert head["fingerprint"]["versions"] == board["work"][0]["version"]
        with pytest.raises(Refused, match="not_found"):
            await anna.post(f"/agent/engagements/{engagement_id}/move", queue_id=str(house.site.id))


async def test_supervisor_pushes_over_capacity_only_when_he_says_so(house: House) -> None:
    async with (
        house.agent("anna", role="supervisor", presence="busy") as anna,
        house.agent("ben", capacity=1) as ben,
        house.agent("chiara", presence="away") as chiara,
        house.visitor() as visitor,
    ):
        await visitor.starts_chat("first")
        await house.settles()
        second = (await visitor.starts_chat("second"))["id"]
        await house.settles()
        engagement = (await works(house, anna))[second]["engagement_id"]
        push = f"/agent/engagements/{engagement}/push"

        with pytest.raises(Refused, match="no_room"):
            await anna.post(push, agent_id=ben.id)
        with pytest.raises(Refused, match="target_absent"):
            await anna.post(push, agent_id=chiara.id)
        with pytest.raises(Refused, match="not_allowed"):
            await ben.post(push, agent_id=ben.id)
        await anna.post(push, agent_id=ben.id, over_capacity=True)
        assert second in await ben.offers()
        await ben.takes(second)
        assert await ben.holds() == {second: "active"}

        await anna.put("/agent/presence", presence="available")
        await anna.post(push, agent_id=anna.id)
        assert (await anna.holds(), await ben.holds()) == ({second: "active"}, {})
        assert "requeued" in await visitor.states(second)
    assert await steps_of(house, engagement) == [
        ("open", None, False),
        ("offer", "pushed_over_capacity", True),
        ("accept", None, False),
        ("requeue", "pushed", True),
        ("pull", None, False),
    ]


async def test_moved_work_keeps_its_place_and_boosted_work_goes_first(house: House) -> None:
    async with (
        house.agent("anna", role="supervisor", presence="busy") as anna,
        house.agent("ben", presence="busy", capacity=1) as ben,
        house.visitor() as visitor,
    ):
        old, moved, urgent = [(await visitor.starts_chat(text, topic="orders"))["id"] for text in "abc"]
        before = await works(house, anna)
        billing = await queue_named(house, anna, "Billing")

        await anna.post(f"/agent/engagements/{before[moved]['engagement_id']}/move", queue_id=billing)
        await anna.post(f"/agent/engagements/{before[urgent]['engagement_id']}/boost", minutes=30)
        after = await works(house, anna)
        assert (after[moved]["queue_id"], after[moved]["place_since"]) == (billing, before[moved]["place_since"])
        assert (after[urgent]["boost"], after[urgent]["place_since"]) == (30, before[urgent]["place_since"])

        await ben.put("/agent/presence", presence="available")
        await house.settles()
        assert await ben.offers() == [urgent]
        assert old in await works(house, anna)
    moved_steps = await steps_of(house, before[moved]["engagement_id"])
    assert moved_steps[-1] == ("transfer", "moved", True)
    assert ("boost", "boost_30", True) in await steps_of(house, before[urgent]["engagement_id"])


async def test_colleague_whose_presence_is_set_sees_who_did_it(house: House) -> None:
    async with house.agent("anna", role="supervisor", presence="busy") as anna, house.agent("ben") as ben:
        said = await anna.put(f"/agent/colleagues/{ben.id}/presence", presence="break", reason="lunch")
        told = await ben.screen.sees("presence_changed", lambda e: e["presence"]["presence"] == "break")
        await ben.put("/agent/presence", presence="available")
        own = (await ben.workspace())["presence"]

    assert said["set_by"] == told["presence"]["set_by"] == "Anna"
    assert own["set_by"] is None
    async with house.looking() as work:
        rows = (await work.db.scalars(select(PresenceStep).order_by(PresenceStep.id))).all()
    his = [row for row in rows if str(row.agent_id) == ben.id]
    assert [(row.from_presence, row.presence, row.by_agent_id is not None) for row in his] == [
        ("offline", "available", False),
        ("available", "break", True),
        ("break", "available", False),
    ]
