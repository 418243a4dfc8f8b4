"""A mail in the timeline: what it quotes, its own look that can do nothing, and its source for who may see it."""

import pytest

from engage.channels.email import accept
from engage.channels.email.addresses import ADDRESS_BOOK
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.people.visitor import Refused

HOSTILE = (
    '<p>Hello <b>you</b></p><script>alert(1)</script><img src="x" onerror="alert(1)">'
    '<img src="https://tracker.example/p.png"><a href="javascript:alert(1)">here</a><form><input></form>'
)
MAIL = (
    "From: Kim Lind <kim@home.example>\r\nTo: Support <support@carrier.example>\r\nCc: lee@home.example\r\n"
    "Subject: No light\r\nMessage-ID: <1@home.example>\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain\r\n\r\nIt is dark.\r\n\r\n"
    "On Mon, 16 Nov 2026 at 10:00, Support <support@carrier.example> wrote:\r\n> Is it on?\r\n"
    f"--b\r\nContent-Type: text/html\r\n\r\n{HOSTILE}\r\n--b--\r\n"
).encode()


async def brought(house: House) -> None:
    async with house.working() as work:
        await rows.a_mailbox(work)
    place = await house.app[ADDRESS_BOOK].place("support@carrier.example")
    assert place is not None
    blob = await accept.store(house.app, MAIL)
    to = [("support@carrier.example", place)]
    await accept.accept(house.app, blob, source="lmtp", sender="kim@home.example", recipients=to)
    await house.settles()


async def test_mail_is_read_without_its_quotes_and_its_own_look_can_do_nothing(build_house: BuildHouse) -> None:
    house = await build_house()
    await brought(house)
    async with house.agent("anna") as anna:
        (item,) = (await anna.get("/agent/work?view=all"))["items"]
        chat = item["conversation_id"]
        (mail,) = (await anna.get(f"/agent/conversations/{chat}/received-mails"))["items"]
        one = f"/agent/received-mails/{mail['entry_id']}"
        whole = await anna.get(one)
        look = await anna.raw("GET", f"{one}/original")
        page = await look.text()
        shown = await (await anna.raw("GET", f"{one}/original?pictures=true")).text()
        source = await anna.raw("GET", f"{one}/source")
        entries = await anna.entries(chat)

    assert [entry["text"] for entry in entries if entry["kind"] == "message"] == ["It is dark."]
    assert (mail["sender"]["name"], mail["to"][0]["name"], mail["cc"][0]["address"]) == (
        "Kim Lind",
        "Support",
        "lee@home.example",
    )
    assert (mail["has_quotes"], mail["has_original"], mail["has_remote"]) == (True, True, True)
    assert [part["quoted"] for part in whole["parts"]] == [False, True]
    assert ["Subject", "No light"] in whole["headers"]
    for active in ("script", "onerror", "javascript", "<form", "<input"):
        assert active not in page.lower()
    assert ' src="https://tracker.example' not in page
    assert ' src="https://tracker.example/p.png"' in shown
    policy = look.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "https:" not in policy
    assert source.headers["Content-Disposition"].startswith("attachment")
    assert await source.read() == MAIL


async def test_mail_of_another_queue_or_site_is_not_there(build_house: BuildHouse) -> None:
    house = await build_house()
    await brought(house)
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with house.agent("anna") as anna, house.agent("zoe", role="admin", site_key="southlink") as zoe:
        (item,) = (await anna.get("/agent/work?view=all"))["items"]
        path = f"/agent/conversations/{item['conversation_id']}/received-mails"
        (mail,) = (await anna.get(path))["items"]
        for hidden in (path, f"/agent/received-mails/{mail['entry_id']}"):
            with pytest.raises(Refused, match="not_found"):
                await zoe.get(hidden)
        source = await zoe.raw("GET", f"/agent/received-mails/{mail['entry_id']}/source")

    assert source.status == 404
