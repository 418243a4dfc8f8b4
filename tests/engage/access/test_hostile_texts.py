"""Texts that no person types: they are taken, mended or refused, and never break anything."""

from typing import Any

import aiohttp
import pytest
from yarl import URL

from tests.house import House
from tests.house.databases import on_one_database
from tests.people.visitor import Refused

NUL = "a\0b"
A_STEP = {"kind": "page", "title": NUL, "url": NUL, "query": NUL, "slug": NUL, "at": "2026-03-02T08:00:00Z"}


async def test_nul_is_never_an_error_of_ours(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        engagement_id = await anna.takes(chat["id"])
        conversation, engagement = f"conversations/{chat['id']}", f"agent/engagements/{engagement_id}"
        requests: list[tuple[Any, str, dict[str, Any]]] = [
            (visitor.post, "/visitor/sessions", {"site_key": NUL}),
            (visitor.post, "/visitor/sessions", {"site_key": "nordlink", "locale": NUL, "time_zone": NUL}),
            (visitor.post, "/visitor/conversations",
             {"client_id": "12345678", "topic": NUL, "locale": NUL, "text": NUL, "fields": {"name": NUL}}),
            (visitor.post, f"/visitor/{conversation}/messages", {"client_id": "23456789", "text": NUL}),
            (visitor.post, f"/visitor/{conversation}/rating", {"score": 3, "comment": NUL}),
            (visitor.post, "/visitor/trail", {"items": [A_STEP]}),
            (anna.put, "/agent/presence", {"presence": "busy", "reason": NUL}),
            (anna.post, "/agent/session", {"email": NUL, "password": NUL}),
            (anna.post, f"/agent/{conversation}/messages", {"client_id": "34567890", "text": NUL}),
            (anna.post, f"/agent/{conversation}/messages", {"client_id": "34567891", "article_slug": NUL}),
            (anna.post, f"/agent/{conversation}/notes", {"client_id": "45678901", "text": NUL}),
            (anna.post, f"/{engagement}/end", {}),
            (anna.post, f"/{engagement}/wrap-up", {"note": NUL}),
        ]  # fmt: skip
        for send, path, body in requests:
            assert await status_of(send(path, **body)) < 500, path
        for query in ("work?search=a%00b", "mails?cursor=a%00b", "work?cursor=%00"):
            assert await status_of(anna.get(f"/agent/{query}")) < 500, query


async def status_of(request: Any) -> int:
    try:
        await request
    except Refused as refusal:
        return refusal.status
    return 200


@on_one_database
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"site_key": 1}', b'{"site_key": "\\ud800"}', b"[" * 5000],
)
async def test_body_that_is_no_request_is_refused_in_words(house: House, body: bytes) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(f"{house.url}/api/v1/visitor/sessions", data=body) as response,
    ):
        problem = await response.json(content_type="application/problem+json")

    assert response.status in (400, 422)
    assert problem["code"] in ("not_json", "invalid")
    assert problem["detail"]


async def test_answers_that_failed_do_not_repeat_what_was_typed(house: House) -> None:
    async with house.visitor() as visitor:
        with pytest.raises(Refused) as refused:
            await visitor.post("/visitor/sessions", site_key="x" * 99, password="hunter2")

    assert "hunter2" not in str(refused.value)
    assert {each["path"] for each in refused.value.problem["errors"]} == {"site_key", "password"}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("100%", ["100% sure"]),
        ("%", ["100% sure"]),
        ("_", ["snake_case"]),
        ("SNAKE_", ["snake_case"]),
        ("\\", ["C:\\temp"]),
        ("'", ["it's"]),
        ("kim@", ["100% sure", "C:\\temp", "it's", "snake_case"]),
        ("nothing like it", []),
        ("", ["100% sure", "C:\\temp", "it's", "snake_case"]),
    ],
)
async def test_search_in_the_work_list_means_its_characters(house: House, search: str, found: list[str]) -> None:
    async with house.visitor() as visitor, house.agent("anna", presence="busy") as anna:
        for text in ("100% sure", "snake_case", "C:\\temp", "it's"):
            await visitor.starts_chat(text, email="kim@shop.example")

        address = URL("/agent/work").with_query(view="all", search=search)
        items = (await anna.get(str(address)))["items"]

        assert sorted(item["last_text"] for item in items) == sorted(found)


async def test_long_work_list_comes_in_pages_without_a_double_or_a_hole(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engage.console.workspace.PAGE", 3)
    async with house.visitor() as visitor, house.agent("anna", presence="busy") as anna:
        chats = [(await visitor.starts_chat(f"{n}"))["id"] for n in range(8)]
        page = await anna.get("/agent/work?view=all")
        pages = [page]
        while page["next_cursor"]:
            page = await anna.get(f"/agent/work?view=all&cursor={page['next_cursor']}")
            pages.append(page)
        seen = [item["conversation_id"] for page in pages for item in page["items"]]

    assert seen == chats[::-1]
