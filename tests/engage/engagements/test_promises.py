"""Promises to customers: clocks that run, stand and go on; thresholds that fire once; work that moves up."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from engage.engagements import promises
from engage.engagements.models import Engagement, SlaTimer
from engage.kit.jobs import JOBS, Job
from engage.sites.models import Site
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused

MINUTE = 60


async def promise(admin: HouseAgent, house: House, **form: Any) -> dict[str, Any]:
    """Ten minutes to the first answer and five to each further one, around the clock, unless the test says more."""
    usual = {"name": "Standard", "first_response_minutes": 10, "next_response_minutes": 5, "in_business_hours": False}
    made: dict[str, Any] = await admin.post(f"/admin/sites/{house.site.id}/promises", **{**usual, **form})
    await house.settles()
    return made


async def clock_of(agent: HouseAgent, conversation_id: str) -> dict[str, Any] | None:
    view = await agent.get(f"/agent/conversations/{conversation_id}")
    return view["engagement"]["clock"]  # type: ignore[no-any-return]


async def marks(agent: HouseAgent, conversation_id: str) -> list[str]:
    entries = await agent.entries(conversation_id)
    states = [each["details"] for each in entries if each["kind"] == "state"]
    return [f"{each['promise']} {each['state']}" for each in states if each["promise"]]


def seconds_left(house: House, clock: dict[str, Any] | None) -> float:
    assert clock is not None
    return (datetime.fromisoformat(clock["due_at"]) - house.clock.now()).total_seconds()


async def answered(house: House, visitor: HouseVisitor, agent: HouseAgent) -> str:
    chat = await visitor.starts_chat("Hello")
    await house.settles()
    await agent.takes(chat["id"])
    await agent.says(chat["id"], "Hi, what is it about?")
    return str(chat["id"])


async def test_promise_nobody_made_has_no_clock(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        chat = await answered(house, visitor, anna)
        await visitor.says(chat, "Again")

        assert await clock_of(anna, chat) is None
        async with house.looking() as work:
            assert (await work.db.scalars(select(SlaTimer))).all() == []


async def test_first_response_is_warned_then_broken_once_and_its_work_moves_up(house: House) -> None:
    async with (
        house.visitor() as first,
        house.visitor() as second,
        house.agent("root", role="admin", presence="busy") as root,
    ):
        await promise(root, house, queue_ids=[], tiers=[], raise_minutes=15)
        old = await first.starts_chat("Hello")
        assert seconds_left(house, await clock_of(root, old["id"])) == 10 * MINUTE
        await house.leaps(8 * MINUTE - 1)
        assert await marks(root, old["id"]) == []
        await house.leaps(1)
        assert await marks(root, old["id"]) == ["first_response promise_warned"]
        newer = await second.starts_chat("Hello")

        await house.leaps(2 * MINUTE)
        await house.leaps(60 * MINUTE)

        assert await marks(root, old["id"]) == ["first_response promise_warned", "first_response promise_broken"]
        clock = await clock_of(root, old["id"])
        assert clock == {**(clock or {}), "broken": True, "warned": True}
        pushed = [each["clock"] for each in root.screen.all("clock_changed") if each["conversation_id"] == old["id"]]
        assert [(each["warned"], each["broken"]) for each in pushed] == [(False, False), (True, False), (True, True)]
        async with house.looking() as work:
            rows = await work.db.execute(select(Engagement.conversation_id, Engagement.boost))
            assert {str(key): value for key, value in rows} == {old["id"]: 30, newer["id"]: 30}
        overdue = (await root.get("/agent/work?view=all&overdue=true&sort=deadline"))["items"]
        assert [each["conversation_id"] for each in overdue] == [old["id"], newer["id"]]
        assert "promise" not in str(await first.entries(old["id"])).replace("'promise': None", "")


async def test_answer_keeps_the_promise_and_the_next_question_begins_another(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        await promise(anna, house)
        chat = await answered(house, visitor, anna)
        assert await clock_of(anna, chat) is None

        await visitor.says(chat, "My router is broken")
        await house.leaps(MINUTE)
        await visitor.says(chat, "It blinks")
        clock = await clock_of(anna, chat)
        assert clock == {**(clock or {}), "promise": "next_response"}
        assert seconds_left(house, clock) == 4 * MINUTE

        await anna.says(chat, "Turn it off")
        await house.leaps(20 * MINUTE)

        assert await marks(anna, chat) == []
        async with house.looking() as work:
            timers = (await work.db.scalars(select(SlaTimer).order_by(SlaTimer.id))).all()
            assert [(each.promise, each.fulfilled, each.broken_at) for each in timers] == [
                ("first_response", True, None),
                ("next_response", True, None),
            ]
            assert (await work.db.scalars(select(Job).where(Job.name == "promises.threshold"))).all() == []


async def test_resolution_stands_while_we_wait_for_the_customer_and_goes_on_after_his_answer(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        await promise(
            anna,
            house,
            first_response_minutes=None,
            next_response_minutes=None,
            resolution_minutes=60,
            warn_percent=100,
        )
        chat = await visitor.starts_chat("Hello")
        await house.leaps(20)
        await anna.takes(chat["id"])
        await house.leaps(40)
        await anna.says(chat["id"], "Which one?")
        clock = await clock_of(anna, chat["id"])
        assert clock == {**(clock or {}), "due_at": None, "left_seconds": 59 * MINUTE}

        await house.leaps(100)
        engagement = (await anna.get(f"/agent/conversations/{chat['id']}"))["engagement"]["engagement_id"]
        await anna.post(f"/agent/engagements/{engagement}/park")
        await house.leaps(300)
        await visitor.says(chat["id"], "The blue one")
        await house.settles()
        assert seconds_left(house, await clock_of(anna, chat["id"])) == 59 * MINUTE

        await house.leaps(10 * MINUTE)
        await anna.post(f"/agent/engagements/{engagement}/end")
        assert await clock_of(anna, chat["id"]) is None
        await house.leaps(120 * MINUTE)
        assert await marks(anna, chat["id"]) == []


async def test_another_queue_has_another_promise_and_what_was_counted_counts(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        queues = {each["name"]: each["id"] for each in (await anna.workspace())["queues"]}
        await promise(anna, house, name="Billing", queue_ids=[queues["Billing"]], first_response_minutes=30)
        await promise(anna, house, name="All others", warn_percent=100)
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        engagement = await anna.takes(chat["id"])
        await house.leaps(4 * MINUTE)
        assert seconds_left(house, await clock_of(anna, chat["id"])) == 6 * MINUTE

        await anna.post(f"/agent/engagements/{engagement}/transfer", to_queue_id=queues["Billing"])
        assert seconds_left(house, await clock_of(anna, chat["id"])) == 26 * MINUTE

        listed = (await anna.get(f"/admin/sites/{house.site.id}/promises"))["items"]
        await anna.delete(f"/admin/promises/{listed[0]['id']}")
        await house.settles()
        assert seconds_left(house, await clock_of(anna, chat["id"])) == 6 * MINUTE
        await anna.put(
            f"/admin/promises/{listed[1]['id']}", name="All others", first_response_minutes=3, in_business_hours=False
        )
        await house.settles()
        assert await marks(anna, chat["id"]) == ["first_response promise_broken"]


async def test_clock_stands_while_the_site_is_closed_and_over_the_change_to_summer_time(house: House) -> None:
    async with house.working() as work:
        night = {"sat": [["21:00", "23:00"]], "sun": [["01:00", "06:00"]]}
        await work.db.execute(update(Site).where(Site.id == house.site.id).values(opening_hours=night))
    # Saturday 22:00 in Berlin, still winter time
    house.clock.advance(seconds=(datetime.fromisoformat("2026-03-28T21:00:00Z") - house.clock.now()).total_seconds())
    async with house.visitor() as visitor, house.agent("root", role="admin", presence="busy") as root:
        await promise(root, house, in_business_hours=True, first_response_minutes=180, warn_percent=50)
        chat = await visitor.starts_chat("Hello")

        clock = await clock_of(root, chat["id"])

        # an hour on Saturday, two on Sunday, whose third hour is skipped
        assert clock is not None
        assert (clock["warn_at"], clock["due_at"]) == ("2026-03-29T00:30:00Z", "2026-03-29T02:00:00Z")
        house.clock.advance(seconds=5 * 3600 - 1)
        await house.app[JOBS].run_all_due()
        assert await marks(root, chat["id"]) == ["first_response promise_warned"]
        house.clock.advance(seconds=1)
        await house.app[JOBS].run_all_due()
        assert (await marks(root, chat["id"]))[-1] == "first_response promise_broken"


async def test_two_processes_that_reach_a_threshold_at_once_say_it_once(house: House) -> None:
    async with house.visitor() as visitor, house.agent("root", role="admin", presence="busy") as root:
        await promise(root, house)
        chat = await visitor.starts_chat("Hello")
        house.clock.advance(seconds=11 * MINUTE)
        async with house.looking() as work:
            timer = (await work.db.scalars(select(SlaTimer))).one()
        reach = promises.timers.inside_jobs["promises.threshold"]

        async def fires() -> None:
            async with house.working() as work:
                await reach(work, {"timer": str(timer.id)})

        words = [visitor.says(chat["id"], f"Still there? {each}") for each in range(4)]
        await asyncio.gather(fires(), house.app[JOBS].run_due(), *words, fires(), house.app[JOBS].run_due())
        await house.app[JOBS].run_all_due()

        # who looks so late says the worse of both, once
        assert await marks(root, chat["id"]) == ["first_response promise_broken"]
        async with house.looking() as work:
            row = (await work.db.scalars(select(SlaTimer))).one()
            assert row.broken_at is not None
            assert row.broken_at == row.due_at
            assert await work.db.scalar(select(Engagement.boost)) == 30


async def test_answer_after_the_end_breaks_the_promise_though_nobody_looked_in_time(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        await promise(anna, house)
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])
        # the process that was to look died
        house.clock.advance(seconds=10 * MINUTE + 1)
        await anna.says(chat["id"], "Sorry to keep you waiting")
        await house.settles()

        assert await marks(anna, chat["id"]) == ["first_response promise_broken"]
        assert await clock_of(anna, chat["id"]) is None


async def test_tier_of_the_customer_decides_and_may_become_known_later(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        await promise(anna, house, name="Gold", tiers=["Gold"], first_response_minutes=2)
        await promise(anna, house)
        field = await anna.post(f"/admin/sites/{house.site.id}/contact-fields", label="Tier", kind="text")
        chat = await visitor.starts_chat("Hello", email="kim@shop.example", name="Kim")
        await house.settles()
        assert seconds_left(house, await clock_of(anna, chat["id"])) == 10 * MINUTE

        contact = (await anna.get(f"/agent/conversations/{chat['id']}"))["visitor"]["contact_id"]
        await anna.put(
            f"/agent/contacts/{contact}",
            name="Kim",
            email="kim@shop.example",
            phone=None,
            attributes={field["id"]: "gold"},
        )
        await house.settles()

        assert seconds_left(house, await clock_of(anna, chat["id"])) == 2 * MINUTE


async def test_promises_are_checked_ordered_and_audited(house: House) -> None:
    async with house.agent("root", role="admin") as root, house.agent("ben") as ben:
        one, two = await promise(root, house, name="One"), await promise(root, house, name="Two")
        await root.put(f"/admin/sites/{house.site.id}/promises/order", ids=[two["id"], one["id"]])
        assert [each["name"] for each in (await root.get(f"/admin/sites/{house.site.id}/promises"))["items"]] == [
            "Two",
            "One",
        ]
        await root.put(f"/admin/promises/{one['id']}", name="One", resolution_minutes=600)
        lines = (await root.get(f"/admin/sites/{house.site.id}/audit"))["items"]
        assert [each["act"] for each in lines][:4] == [
            "promise.changed",
            "promise.ordered",
            "promise.added",
            "promise.added",
        ]

        for bad in ({"name": ""}, {"name": "None"}, {"name": "x", "first_response_minutes": 0},
                    {"name": "x", "first_response_minutes": 5, "queue_ids": [one["id"]]}):  # fmt: skip
            with pytest.raises(Refused) as refusal:
                await root.post(f"/admin/sites/{house.site.id}/promises", **bad)
            assert refusal.value.status == 422
        with pytest.raises(Refused) as refusal:
            await ben.put(f"/admin/promises/{one['id']}", name="Mine", resolution_minutes=1)
        assert refusal.value.status == 403
