"""Answers that go by mail: taken back in time, sent later, the customer's once they left, and what they carry."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from engage.channels.email.models import Mail
from tests.engage.conftest import BuildHouse
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused
from tests.services.smtp import SmtpServer

KIM = "kim@shop.example"
UNDO = 10


@dataclass
class Desk:
    """Anna answers Kim, who asked in closed hours."""

    house: House
    post: SmtpServer
    kim: HouseVisitor
    anna: HouseAgent
    chat: str

    async def answers(self, text: str, **fields: Any) -> dict[str, Any]:
        path = f"/agent/conversations/{self.chat}/messages"
        return await self.anna.post(path, client_id=str(uuid.uuid4()), text=text, **fields)  # type: ignore[no-any-return]

    async def mails(self) -> list[dict[str, Any]]:
        return (await self.anna.get(f"/agent/conversations/{self.chat}/mails"))["items"]  # type: ignore[no-any-return]

    async def withdraws(self, mail: dict[str, Any]) -> dict[str, Any]:
        return await self.anna.post(f"/agent/mails/{mail['id']}/withdraw")  # type: ignore[no-any-return]


@pytest.fixture
async def desk(build_house: BuildHouse, smtp_server: SmtpServer) -> AsyncIterator[Desk]:
    house = await build_house(smtp_url=SecretStr(smtp_server.url))
    await house.closes()
    async with house.visitor(on_site=False) as kim, house.agent("anna") as anna:
        kim.locale = "de-DE"
        asked = await kim.starts_chat("Wo ist mein Router?\n\nIch warte.", name="Kim\r\nBcc: x@evil.example", email=KIM)
        await house.has_told_that_it_came(asked)
        chat = asked["id"]
        await house.settles()
        await anna.takes(chat)
        await kim.open_widget()
        yield Desk(house, smtp_server, kim, anna, chat)


async def test_answer_taken_back_in_time_reaches_nobody_and_is_a_draft_again(desk: Desk) -> None:
    entry = await desk.answers("Er ist verloren")
    (mail,) = await desk.mails()
    assert (mail["state"], mail["entry_id"], mail["left_at"]) == ("queued", entry["id"], None)
    await desk.house.passes(UNDO - 1)

    taken_back = await desk.withdraws(mail)
    await desk.house.passes(60)

    assert desk.post.mails == []
    assert (taken_back["text"], taken_back["mail"]["state"]) == ("Er ist verloren", "withdrawn")
    view = await desk.anna.get(f"/agent/conversations/{desk.chat}")
    assert view["draft"]["reply"] == "Er ist verloren"
    assert view["entries"][-1]["id"] == entry["id"]
    assert "verloren" not in str(await desk.kim.entries(desk.chat))
    assert "verloren" not in str(await desk.kim.get(f"/visitor/conversations/{desk.chat}"))
    assert "verloren" not in str(desk.kim.screen.all("entry_added"))
    assert [each["mail"]["state"] for each in desk.anna.screen.all("mail_changed")] == ["queued", "withdrawn"]
    with pytest.raises(Refused, match="already_left"):
        await desk.withdraws(mail)


async def test_customer_sees_an_answer_when_it_has_left_and_numbers_stay_dense(desk: Desk) -> None:
    await desk.answers("Er ist unterwegs")
    await desk.kim.says(desk.chat, "Hallo?")
    assert "Er ist unterwegs" not in await desk.kim.texts(desk.chat)

    await desk.house.passes(UNDO)

    (mail,) = await desk.mails()
    assert (mail["state"], len(desk.post.mails)) == ("sent", 1)
    seen = await desk.kim.entries(desk.chat)
    assert [each["seq"] for each in seen] == list(range(1, len(seen) + 1))
    assert seen[-1]["text"] == "Er ist unterwegs"
    assert desk.kim.screen.all("entry_added")[-1]["entry"]["text"] == "Er ist unterwegs"
    assert desk.kim.screen.all("mail_changed") == []
    with pytest.raises(Refused, match="already_left"):
        await desk.withdraws(mail)


async def test_of_taking_back_and_leaving_exactly_one_wins(desk: Desk) -> None:
    for number in range(5):
        await desk.answers(f"Antwort {number}")
        mail = (await desk.mails())[-1]
        desk.house.clock.advance(seconds=UNDO)
        before = len(desk.post.mails)

        _, taken_back = await asyncio.gather(desk.house.settles(), desk.withdraws(mail), return_exceptions=True)

        left = len(desk.post.mails) - before
        assert left == (1 if isinstance(taken_back, Refused) else 0)
        shown = f"Antwort {number}" in await desk.kim.texts(desk.chat)
        assert shown == bool(left)


async def test_answer_for_tomorrow_leaves_tomorrow_or_when_its_writer_says(desk: Desk) -> None:
    tomorrow = (desk.house.clock.now() + timedelta(days=1)).isoformat()
    await desk.answers("Bis morgen", posting={"send_at": tomorrow})
    await desk.answers("Bis gleich", posting={"send_at": tomorrow})
    first, second = await desk.mails()

    await desk.anna.put(f"/agent/mails/{second['id']}/time", send_at=None)
    await desk.house.passes(60)
    assert ["Bis gleich" in each.text for each in desk.post.mails] == [True]
    assert "Bis morgen" not in await desk.kim.texts(desk.chat)

    await desk.house.leaps(86_400)
    assert "Bis morgen" in desk.post.mails[-1].text
    assert first["state"] == "queued"


async def test_mail_carries_copies_rich_words_and_what_he_wrote_in_his_language(desk: Desk) -> None:
    html = (
        '<p>Er ist <b onclick="x()">unterwegs</b>: <a href="javascript:x()">hier</a></p>'
        "<script>x()</script><ul><li>bald</li></ul>"
    )
    posting = {
        "cc": ["boss@shop.example"],
        "bcc": ["archiv@münchen.example"],
        "subject": "Ihr Router\r\nBcc: a@b.example",
    }
    await desk.answers("Er ist unterwegs: hier\n- bald", html=html, posting=posting)
    await desk.house.passes(UNDO)

    (mail,) = desk.post.mails
    message = mail.message
    assert mail.recipients == [KIM, "boss@shop.example", "archiv@xn--mnchen-3ya.example"]
    assert (str(message["Cc"]), message["Bcc"]) == ("boss@shop.example", None)
    assert mail.subject == "Ihr Router Bcc: a@b.example"
    assert "Er ist unterwegs: hier" in mail.text
    assert "schrieb Kim Bcc: x@evil.example:" in mail.text
    assert "> Wo ist mein Router?\r\n> \r\n> Ich warte." in mail.text.replace("\n", "\r\n").replace("\r\r", "\r")
    assert "<b>unterwegs</b>" in str(mail.html)
    assert "<li>bald</li>" in str(mail.html)
    assert "Wo ist mein Router?</blockquote>" in str(mail.html) or "Wo ist mein Router?<br>" in str(mail.html)
    assert not any(bad in str(mail.html) for bad in ("onclick", "javascript", "<script"))
    stored = [each for each in await desk.anna.entries(desk.chat) if each["details"].get("html")][-1]
    assert "script" not in stored["details"]["html"]


async def test_nobody_but_its_writer_and_supervisors_take_an_answer_back(desk: Desk) -> None:
    await desk.answers("Er ist unterwegs")
    (mail,) = await desk.mails()
    async with desk.house.agent("ben", presence="busy") as ben:
        with pytest.raises(Refused, match="not_your_work"):
            await ben.post(f"/agent/mails/{mail['id']}/withdraw")
    async with desk.house.agent("chiara", presence="busy", role="supervisor") as chiara:
        taken_back = await chiara.post(f"/agent/mails/{mail['id']}/withdraw")

    assert taken_back["mail"]["state"] == "withdrawn"


async def test_copies_and_times_are_for_mails_only(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = (await visitor.starts_chat("Hello"))["id"]
        await house.settles()
        await anna.takes(chat)

        path = f"/agent/conversations/{chat}/messages"
        with pytest.raises(Refused, match="not_mail_work"):
            await anna.post(path, client_id=str(uuid.uuid4()), text="Hi", posting={"cc": [KIM]})


async def test_mail_has_its_name_before_the_first_try_and_keeps_it(desk: Desk) -> None:
    desk.house.expects_failures_of = {"email.post"}
    desk.post.fail(times=1)
    await desk.answers("Er ist unterwegs")
    (waiting,) = await desk.mails()
    async with desk.house.looking() as work:
        name = (await work.db.get_one(Mail, uuid.UUID(waiting["id"]))).message_id
    await desk.house.passes(UNDO)
    assert "451" in (await desk.mails())[0]["last_error"]

    await desk.house.passes(20)

    (mail,) = desk.post.mails
    assert str(mail.message["Message-ID"]) == name
    assert [each["state"] for each in await desk.mails()] == ["sent"]
