"""The public interface by its own client: contacts and conversations of the key's site, and nothing beyond."""

import uuid
from collections.abc import AsyncIterator
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from engage.client import Engage, EngageProblem
from tests.house import House, rows

SCOPES = ("contacts:read", "contacts:write", "conversations:read", "conversations:write")


async def a_key(house: House, *scopes: str, site_key: str = "nordlink") -> str:
    name = f"keeper{uuid.uuid4().hex[:6]}"
    async with house.agent(name, role="admin", presence="offline", site_key=site_key) as admin:
        site = (await admin.get("/agent/me"))["sites"][0]["id"]
        made = await admin.post(f"/admin/sites/{site}/keys", name="Shop", scopes=list(scopes or SCOPES))
        return str(made["key"])


@pytest.fixture
async def engage(house: House) -> AsyncIterator[Engage]:
    async with Engage(house.url, key=await a_key(house)) as engage:
        yield engage


async def test_a_contact_is_made_once_and_updated_by_the_sites_own_name(engage: Engage) -> None:
    made = await engage.put_contact("customer/7", name="Kim Berg", attributes={"plan": "L", "lines": 3})
    changed = await engage.put_contact("customer/7", email="kim@shop.example", attributes={"lines": None})

    assert changed.id == made.id
    assert (changed.name, changed.email, changed.attributes) == ("Kim Berg", "kim@shop.example", {"plan": "L"})
    assert await engage.contact(made.id) == changed
    assert [each.id async for each in engage.contacts(search="kim@")] == [made.id]


async def test_lists_go_on_from_page_to_page(house: House, engage: Engage) -> None:
    for number in range(55):
        await engage.put_contact(f"c-{number}")

    found = [each.external_id async for each in engage.contacts()]

    assert found == [f"c-{number}" for number in reversed(range(55))]


async def test_a_program_reads_a_conversation_answers_and_leaves_a_note(house: House, engage: Engage) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = await kim.starts_chat("Where is my router?", name="Kim")
        await house.settles()
        await anna.takes(chat["id"])
        chat_id = UUID(chat["id"])

        await engage.note(chat_id, "The parcel is in Hamburg.")
        said = await engage.say(chat_id, "Your parcel is on its way.")

        assert [(each.id, each.state) async for each in engage.conversations()] == [(chat_id, "active")]
        assert (await engage.conversation(chat_id)).last_text == "Your parcel is on its way."
        assert [each.text async for each in engage.entries(chat_id, after=said.seq - 2)] == [
            "The parcel is in Hamburg.", "Your parcel is on its way.",
        ]  # fmt: skip
        pushed = await kim.screen.sees("entry_added", lambda e: e["entry"]["text"] == said.text)
        assert pushed["entry"]["author"]["name"] == "Shop"
        assert "Hamburg" not in str(await kim.entries(chat["id"]))


async def test_a_key_opens_its_own_site_and_its_own_scopes_only(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with house.visitor() as kim:
        chat_id = UUID((await kim.starts_chat("Hello"))["id"])
    async with Engage(house.url, key=await a_key(house, site_key="southlink")) as foreign:
        for call in (foreign.conversation(chat_id), foreign.say(chat_id, "Hi"), foreign.note(chat_id, "Hi")):
            with pytest.raises(EngageProblem, match="404"):
                await call
        assert [each async for each in foreign.conversations()] == []
    async with Engage(house.url, key=await a_key(house, "contacts:read")) as reader:
        with pytest.raises(EngageProblem, match="403"):
            await reader.put_contact("c-7")
    async with Engage(house.url, key="engage_forged") as forged:
        with pytest.raises(EngageProblem, match="401"):
            await forged.contact(uuid.uuid4())


async def test_a_key_that_asks_too_often_is_told_when_to_come_back(house: House) -> None:
    headers = {"Authorization": f"Bearer {await a_key(house)}"}
    waits: list[int] = []
    async with aiohttp.ClientSession(headers=headers) as http:
        while len(waits) < 1:
            async with http.get(f"{house.url}/api/v1/contacts") as answer:
                waits += [int(answer.headers["Retry-After"])] if answer.status == 429 else []

    assert waits[0] >= 1


async def test_the_client_tries_again_with_the_same_key_until_the_server_can() -> None:
    seen: list[str] = []
    entry = {"id": str(uuid.uuid4()), "seq": 1, "kind": "message", "audience": "customer", "text": "Hi"}
    entry |= {"author": {"kind": "agent", "name": "Shop"}, "created_at": "2026-03-02T09:00:00Z"}

    async def stumbles(request: web.Request) -> web.Response:
        seen.append(request.headers["Idempotency-Key"])
        answers = {1: web.Response(status=503), 2: web.json_response({"code": "too_many_requests"}, status=429)}
        return answers.get(len(seen)) or web.json_response(entry, status=201)

    app = web.Application()
    app.router.add_post("/api/v1/conversations/{id}/messages", stumbles)
    async with TestServer(app) as server, Engage(str(server.make_url("")), key="k", first_wait=0.001) as engage:
        said = await engage.say(uuid.uuid4(), "Hi")

    assert said.text == "Hi"
    assert (len(seen), len(set(seen))) == (3, 1)
