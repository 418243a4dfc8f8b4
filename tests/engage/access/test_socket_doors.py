"""Sockets: who is let in, who is cut off, and what may be signalled about whose conversation."""

from typing import Any

import pytest

from engage.access.tokens import SIGNER, Signer
from engage.agents.api import TICKET_LIFE
from engage.realtime.errors import NotAdmitted
from tests.house import House, rows
from tests.house.databases import on_one_database
from tests.house.people import HouseAgent


async def ticket_of(agent: HouseAgent) -> str:
    return str((await agent.post("/agent/socket-ticket"))["ticket"])


async def test_ticket_opens_a_socket_for_a_minute_only(house: House) -> None:
    async with house.agent("anna") as anna:
        ticket = await ticket_of(anna)
        house.clock.advance(seconds=TICKET_LIFE.total_seconds() - 1)
        await house.new_screen("/agent").connect({"ticket": ticket})

        house.clock.advance(seconds=1)
        with pytest.raises(NotAdmitted):
            await house.new_screen("/agent").connect({"ticket": ticket})


@on_one_database
@pytest.mark.parametrize("auth", [{}, {"ticket": ""}, {"ticket": "forged"}, {"ticket": "a.b"}, {"token": "x"}])
async def test_whoever_shows_no_ticket_stays_outside(house: House, auth: dict[str, str]) -> None:
    for namespace in ("/agent", "/visitor"):
        with pytest.raises(NotAdmitted):
            await house.new_screen(namespace).connect(auth)


async def test_ticket_of_another_server_is_none(house: House) -> None:
    async with house.agent("anna") as anna:
        async with house.looking() as work:
            expires_at = work.now + TICKET_LIFE
        genuine = house.app[SIGNER].read(await ticket_of(anna), purpose="agent_socket", now=house.clock.now())
        assert genuine is not None
        forged = Signer("a guess").sign(genuine, purpose="agent_socket", expires_at=expires_at)

        with pytest.raises(NotAdmitted):
            await house.new_screen("/agent").connect({"ticket": forged})


async def test_ticket_dies_with_its_sign_in(house: House) -> None:
    async with house.agent("anna") as anna:
        ticket = await ticket_of(anna)
        await anna.delete("/agent/session")

        with pytest.raises(NotAdmitted):
            await house.new_screen("/agent").connect({"ticket": ticket})


async def test_visitor_s_token_opens_no_agent_s_socket(house: House) -> None:
    async with house.visitor() as visitor:
        with pytest.raises(NotAdmitted):
            await house.new_screen("/agent").connect({"token": visitor.token, "ticket": visitor.token})


async def test_signing_out_cuts_that_browser_s_socket_and_tells_it_to_stay_away(house: House) -> None:
    async with house.agent("anna") as anna, house.agent("ben") as ben:
        await anna.delete("/agent/session")

        assert anna.screen.closed_because == "revoked"
        assert ben.screen.closed_because is None


def refused(answer: dict[str, Any]) -> str:
    assert answer["ok"] is False
    return str(answer["error"]["code"])


async def test_conversation_of_another_site_cannot_be_watched_or_typed_into(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with house.visitor() as visitor, house.agent("sven", site_key="southlink", role="admin") as sven:
        chat = await visitor.starts_chat("Hello")

        watching = await sven.screen.signal("watch", conversation_id=chat["id"])
        typing = await sven.screen.signal("typing", conversation_id=chat["id"], on=True)
        assert [refused(watching), refused(typing)] == ["not_found", "not_found"]
        await visitor.says(chat["id"], "Is anybody there?")

        assert sven.screen.all("entry_added") == []
        assert visitor.screen.all("typing") == []


async def test_visitor_cannot_type_into_a_stranger_s_conversation(house: House) -> None:
    async with house.visitor() as kim, house.visitor() as stranger, house.agent("anna") as anna:
        chat = await kim.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])

        answer = await stranger.screen.signal("typing", conversation_id=chat["id"], on=True)

        assert refused(answer) == "not_found"
        assert anna.screen.all("typing") == []


async def test_customer_sees_only_him_type_who_answers_him(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna, house.agent("ben", presence="busy") as ben:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])

        await ben.screen.signal("typing", conversation_id=chat["id"], on=True)
        assert visitor.screen.all("typing") == []
        await anna.screen.signal("typing", conversation_id=chat["id"], on=True)

        assert [event["name"] for event in visitor.screen.all("typing")] == ["Anna"]
        assert [event["name"] for event in anna.screen.all("typing")] == ["Ben", "Anna"]


async def test_whoever_stops_watching_hears_nothing_more_and_the_others_know(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna, house.agent("ben", presence="busy") as ben:
        chat = await visitor.starts_chat("Hello")
        await anna.screen.signal("watch", conversation_id=chat["id"])
        await ben.screen.signal("watch", conversation_id=chat["id"])
        assert sorted(viewer["name"] for viewer in anna.screen.all("viewers")[-1]["viewers"]) == ["Anna", "Ben"]

        await ben.screen.signal("unwatch")
        # what the queue has to tell of the new chat is told by now
        await house.settles()
        heard = len(ben.screen.events)
        await visitor.says(chat["id"], "Is anybody there?")

        assert len(ben.screen.events) == heard
        assert [viewer["name"] for viewer in anna.screen.all("viewers")[-1]["viewers"]] == ["Anna"]


async def test_whoever_closes_his_screen_is_no_viewer_any_more(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna, house.agent("ben", presence="busy") as ben:
        chat = await visitor.starts_chat("Hello")
        await anna.screen.signal("watch", conversation_id=chat["id"])
        await ben.screen.signal("watch", conversation_id=chat["id"])

        await ben.closes_console()

        assert [viewer["name"] for viewer in anna.screen.all("viewers")[-1]["viewers"]] == ["Anna"]
