"""A mail passed on: all of it goes to whoever is named, and nothing that he answers gets into the conversation."""

import re
import uuid
from typing import Any

import pytest
from pydantic import SecretStr

from tests.engage.channels.email.post import BOX, KIM, a_mail, a_mailbox, brings, conversations, raw, texts
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.house.people import HouseAgent
from tests.people.visitor import Refused
from tests.services.smtp import SmtpServer

EXPERT = "lab@partner.example"
UNDO = 10


async def forwards(agent: HouseAgent, chat: object, entry: object, **fields: Any) -> dict[str, Any]:
    body = {"client_id": str(uuid.uuid4()), "entry_id": str(entry), "to": [EXPERT], **fields}
    return await agent.post(f"/agent/conversations/{chat}/forward", **body)  # type: ignore[no-any-return]


def passed_on(post: SmtpServer) -> list[Any]:
    """All but the acknowledgement."""
    return [each for each in post.mails if KIM not in each.recipients]


async def forward_rows(agent: HouseAgent, chat: object) -> list[dict[str, Any]]:
    items = (await agent.get(f"/agent/conversations/{chat}/mails"))["items"]
    return [each for each in items if each["kind"] == "forward"]


async def test_what_came_is_passed_on_whole_and_its_answer_stays_outside(
    build_house: BuildHouse, smtp_server: SmtpServer
) -> None:
    house = await build_house(smtp_url=SecretStr(smtp_server.url))
    await a_mailbox(house)
    mail = a_mail("It is dark.\n\nOn 1 May 2024, Care wrote:\n> Is it on?\n", Cc="Lee <lee@shop.example>")
    mail.add_alternative('<p>It is <b>dark</b>.</p><img src="https://t.example/p.png">', subtype="html")
    for name in ("log.zip", "other.zip"):
        mail.add_attachment(b"PK\x03\x04" + name.encode(), maintype="application", subtype="zip", filename=name)
    came = await raw(house, await brings(house, mail))
    chat = came.conversation_id
    async with house.agent("anna") as anna:
        anna_mail = (await anna.get("/agent/account"))["email"]
        await anna.put("/agent/account", name="Anna", signatures={"en": "Anna Berg\nSecond line", "de": " "})
        files = (await anna.get(f"/agent/conversations/{chat}"))["entries"][0]["attachments"]
        log = next(each for each in files if each["name"] == "log.zip")

        once = str(uuid.uuid4())
        same = {"client_id": once, "text": "Can you look?", "attachment_ids": [log["id"]]}
        line = await forwards(anna, chat, came.entry_id, to=[EXPERT, "boss@partner.example"], **same)
        again = await forwards(anna, chat, came.entry_id, to=[EXPERT, "boss@partner.example"], **same)
        await house.passes(UNDO)

        (sent,) = passed_on(smtp_server)
        assert sent.recipients == [EXPERT, "boss@partner.example"]
        assert (sent.subject, again["id"]) == ("Fwd: Router", line["id"])
        assert "Can you look?" in sent.text
        assert "Anna Berg\nSecond line" in sent.text.replace("\r", "")
        assert f"From: Kim Lee <{KIM}>" in sent.text
        assert "> Is it on?" in sent.text
        assert "<b>dark</b>" in str(sent.html)
        assert "t.example" not in str(sent.html)
        names = [part.get_filename() for part in sent.message.walk() if part.get_filename()]
        assert names == ["log.zip"]
        assert (sent.message["Reply-To"], sent.message["References"], "[" in sent.subject) == (None, None, False)
        assert (line["audience"], line["details"]["to"]) == ("agents", [EXPERT, "boss@partner.example"])
        assert line["details"]["files"] == ["log.zip"]
        (row,) = await forward_rows(anna, chat)
        assert (row["kind"], row["state"], row["entry_id"]) == ("forward", "sent", line["id"])

        # whoever got it answers, and so does a colleague whom an agent's address would let in
        name = re.sub(r"[<>]", "", str(sent.message["Message-ID"]))
        for number, writer in enumerate((EXPERT, anna_mail)):
            answer = a_mail("Give up on him", sender=writer, name=f"r{number}@x.example", In_Reply_To=f"<{name}>")
            apart = await raw(house, await brings(house, answer))
            assert apart.conversation_id != chat
            assert apart.flags == ["not_a_participant"]
        assert await texts(house, chat) == [("visitor", "It is dark.")]
        view = await anna.get(f"/agent/conversations/{chat}")
        assert [each["name"] for each in view["entries"][0]["attachments"]] == ["log.zip", "other.zip"]


async def test_a_forward_taken_back_leaves_files_and_drafts_where_they_are(
    build_house: BuildHouse, smtp_server: SmtpServer
) -> None:
    house = await build_house(smtp_url=SecretStr(smtp_server.url))
    await a_mailbox(house)
    mail = a_mail()
    mail.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="log.zip")
    came = await raw(house, await brings(house, mail))
    chat = came.conversation_id
    async with house.agent("anna") as anna:
        await forwards(anna, chat, came.entry_id, text="Look")
        (row,) = await forward_rows(anna, chat)
        back = await anna.post(f"/agent/mails/{row['id']}/withdraw")
        await house.passes(60)

        view = await anna.get(f"/agent/conversations/{chat}")
        assert (back["attachment_ids"], back["mail"]["state"], passed_on(smtp_server)) == ([], "withdrawn", [])
        assert (view["draft"], len(view["entries"][0]["attachments"])) == (None, 1)


async def test_only_what_was_said_here_is_passed_on_by_whoever_sees_it(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    await a_mailbox(house)
    came = await raw(house, await brings(house, a_mail()))
    other = await raw(house, await brings(house, a_mail("Mine", sender="lou@home.example", name="two@x.example")))
    chat = came.conversation_id
    async with (
        house.agent("anna", presence="busy") as anna,
        house.agent("dora", site_key="southlink", presence="busy") as dora,
    ):
        note = await anna.notes(str(chat), "Between us")
        with pytest.raises(Refused, match="not_found"):
            await forwards(dora, chat, came.entry_id)
        with pytest.raises(Refused, match="not_found"):
            await forwards(anna, chat, other.entry_id)
        with pytest.raises(Refused, match="nothing_to_forward"):
            await forwards(anna, chat, note["id"])
        with pytest.raises(Refused, match="unknown_attachment"):
            await forwards(anna, chat, came.entry_id, attachment_ids=[str(uuid.uuid4())])
        for bad in ([], ["no address"], ["a@b.example\r\nBcc: c@d.example"]):
            with pytest.raises(Refused, match="422"):
                await forwards(anna, chat, came.entry_id, to=bad)

        assert await forward_rows(anna, chat) == []
    assert len(await conversations(house)) == 2


async def test_composer_is_told_what_stands_around_an_answer(house: House) -> None:
    await a_mailbox(house)
    came = await raw(house, await brings(house, a_mail("It is dark.", Cc="Lee <lee@shop.example>")))
    async with house.agent("anna", role="admin", presence="busy") as anna:
        site = f"/admin/sites/{house.site.id}/mail"
        await anna.put(site, signature="All days, 8 to 20", signatures={"de": "Täglich 8 bis 20 Uhr"})

        frame = await anna.get(f"/agent/conversations/{came.conversation_id}/mail-frame")
        checked = await anna.post(
            f"/agent/conversations/{came.conversation_id}/address-check", addresses=[KIM, "LEE@shop.example"]
        )

        assert (frame["sender"], frame["undo_seconds"]) == (BOX, UNDO)
        assert frame["subject"].startswith("Re: Router [")
        assert frame["signature"] == [f"Anna, {house.site.name}", "All days, 8 to 20"]
        assert (frame["quoted"]["lines"], "Kim Lee wrote" in frame["quoted"]["head"]) == (["It is dark."], True)
        assert frame["participants"] == [{"address": "lee@shop.example", "name": "Lee"}]
        assert checked == {"suppressed": []}
        assert (await anna.get(site))["signatures"] == {"de": "Täglich 8 bis 20 Uhr"}
