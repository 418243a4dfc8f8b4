"""What is pushed, and to whom: a day with every event there is, overheard by a visitor who sits in every room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from engage.contacts.events import visitor_room
from engage.kit.unit_of_work import UNITS
from engage.realtime import REALTIME
from engage.realtime.events import PushedEvent
from engage.routing.events import RoutingTurned
from engage.wire_format import pushed_events
from tests.house import House, rows
from tests.house.people import HouseAgent, HouseVisitor

NOTE, HINT = "he sounds annoyed", "knows about routers"


class Ear:
    """Takes note of every event, and takes its visitor into each room that an event is for."""

    def __init__(self, house: House, thief: HouseVisitor) -> None:
        self.heard: list[PushedEvent] = []
        self._realtime = house.app[REALTIME]
        self._push = self._realtime.push
        self._thief = visitor_room(thief.id)
        self._realtime.push = self.push  # type: ignore[method-assign]  # listens and passes on
        house.app[UNITS].push = self.push

    def push(self, event: PushedEvent) -> None:
        self.heard.append(event)
        for room in event.rooms():
            self._realtime.join_room(self._thief, room)
        self._push(event)


@asynccontextmanager
async def a_day(house: House) -> AsyncIterator[tuple[Ear, HouseVisitor, HouseAgent]]:
    """Everything that is ever pushed happens once; who overheard it, the thief, and an agent of another site."""
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        house.visitor() as kim,
        house.visitor() as thief,
        house.agent("sven", site_key="southlink", role="admin") as sven,
        house.agent("anna", role="admin") as anna,
        house.agent("ben", presence="busy") as ben,
    ):
        ear = Ear(house, thief)
        await everything(house, kim, anna, ben)
        yield ear, thief, sven


async def everything(house: House, kim: HouseVisitor, anna: HouseAgent, ben: HouseAgent) -> None:
    await anna.screen.signal("watch_board", site_id=str(house.site.id))
    promise = {"first_response_minutes": 10, "next_response_minutes": 5, "in_business_hours": False}
    await anna.post(f"/admin/sites/{house.site.id}/promises", name="Standard", **promise)
    chat = (await kim.starts_chat("Hello"))["id"]
    await house.settles()
    engagement_id = await anna.takes(chat)
    await kim.screen.signal("typing", conversation_id=chat, on=True)
    await anna.screen.signal("typing", conversation_id=chat, on=True)
    await ben.screen.signal("watch", conversation_id=chat)
    await anna.notes(chat, NOTE)
    await anna.says(chat, "Good morning")
    await kim.put(f"/visitor/conversations/{chat}/cursor", read_seq=3)
    await kim.post(f"/visitor/conversations/{chat}/transcript", email="kim@shop.example")
    await kim.post("/visitor/trail", items=[{"kind": "page", "title": "Plans", "at": "2026-03-02T08:00:00Z"}])
    await ben.put("/agent/presence", presence="available")
    await anna.post(f"/agent/engagements/{engagement_id}/transfer", to_agent_id=ben.id, note=HINT)
    await at_the_desk(house, chat, anna, ben)
    await house.settles()
    await ben.takes_again(chat)
    other = (await kim.starts_chat("Once more"))["id"]
    merged = await ben.post(f"/agent/conversations/{other}/merge", into_id=chat)
    (line,) = [each["details"] for each in merged["entries"] if each["details"].get("state") == "merged"]
    await ben.post(f"/agent/conversations/{chat}/unmerge", merge_id=line["merge_id"])
    await anna.screen.sees("board_changed")
    await a_call(house, kim, anna)
    await house.passes(20)
    await anna.screen.sees("board_head")
    await on_the_board(house, anna)
    async with house.app[UNITS].tell() as work:
        await work.publish(RoutingTurned("pulled"))
    await kim.close_widget()


async def a_call(house: House, kim: HouseVisitor, anna: HouseAgent) -> None:
    await anna.put(f"/admin/sites/{house.site.id}/callback", on=True, countries=["DE"])
    slot = (await kim.get("/sites/nordlink/callback"))["slots"][0]
    await kim.post("/visitor/callbacks", client_id="wants-a-call", number="+4915123456789", slot_at=slot)


async def at_the_desk(house: House, chat: str, anna: HouseAgent, ben: HouseAgent) -> None:
    label = await anna.post(f"/admin/sites/{house.site.id}/labels", name="Outage")
    await anna.post(f"/admin/sites/{house.site.id}/decline-reasons", label="Too busy")
    await anna.put(f"/agent/conversations/{chat}/labels/{label['id']}")
    await anna.put(f"/agent/conversations/{chat}/draft", reply=NOTE)
    note = {"client_id": "names-ben", "text": NOTE, "mention_ids": [ben.id]}
    await anna.post(f"/agent/conversations/{chat}/notes", **note)
    await ben.put(f"/agent/conversations/{chat}/mentions/read")


async def on_the_board(house: House, anna: HouseAgent) -> None:
    site = f"/admin/sites/{house.site.id}"
    centre = await anna.post(f"{site}/centres", name="Bergen")
    await anna.put(f"/admin/centres/{centre['id']}/state", state="draining")
    await anna.screen.sees("board_stale")


async def test_every_event_there_is_was_heard(house: House) -> None:
    async with a_day(house) as (ear, _, _):
        heads = {"AgentHead", "HeadsForAgent", "HeadsForVisitor"}  # told by the beacon, to one socket at a time

        assert {type(event).__name__ for event in ear.heard} | heads == {event.__name__ for event in pushed_events()}


async def test_visitor_in_every_room_hears_nothing_that_is_for_agents(house: House) -> None:
    async with a_day(house) as (ear, thief, _):
        overheard = str(thief.screen.events)
        for_agents = [event for event in ear.heard if event.namespace == "/agent"]

        assert NOTE in str(for_agents)
        assert HINT in str(for_agents)
        assert NOTE not in overheard
        assert HINT not in overheard
        assert "work_seq" not in overheard
        assert {name for name, _ in thief.screen.events} <= {e.type for e in ear.heard if e.namespace == "/visitor"}


async def test_rooms_of_visitors_and_of_agents_have_no_name_in_common(house: House) -> None:
    async with a_day(house) as (ear, _, _):
        rooms = {namespace: set[str]() for namespace in ("/visitor", "/agent")}
        for event in ear.heard:
            rooms[event.namespace] |= event.rooms()

        assert all(room.startswith("visitor:") for room in rooms["/visitor"])
        assert not any(room.startswith("visitor:") for room in rooms["/agent"])


async def test_agent_of_another_site_hears_nothing_of_the_day(house: House) -> None:
    async with a_day(house) as (_, _, sven):
        # how work is given out is the server's, and the same for all sites
        everybody = {"routing_turned"}
        assert {name for name, _ in sven.screen.events} <= {"presence_changed", "colleague_changed"} | everybody
        assert "Anna" not in str(sven.screen.events)


async def test_what_a_visitor_is_told_is_numbered_for_him_and_names_no_agent_s_address(house: House) -> None:
    async with a_day(house) as (ear, _, _):
        told = [event for event in ear.heard if event.namespace == "/visitor"]
        entries = [event.entry for event in told if hasattr(event, "entry")]

        for conversation_id in {entry.conversation_id for entry in entries}:
            numbers = [entry.seq for entry in entries if entry.conversation_id == conversation_id]
            assert numbers == list(range(1, len(numbers) + 1))
        assert "@nordlink.example" not in str([event.model_dump_json() for event in told])
