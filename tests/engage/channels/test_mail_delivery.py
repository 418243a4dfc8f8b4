"""Handing mails to their server: lines that are kept, lines that break, encryption, names, bounces and alarms."""

import asyncio
import dataclasses
import uuid
from email.message import EmailMessage
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from engage import channels
from engage.channels import OutboundMessage
from engage.channels.email import bulk_post, message_ids, outbox, reply_token, smtp_lines
from engage.channels.email.bounce import Bounce, MailReturned
from engage.channels.email.letters import NotTaken
from engage.channels.email.mail_keys import MAIL_KEYS
from engage.channels.email.models import Mail, Mailbox, MailId
from engage.channels.email.smtp import LINES, Receipt, SmtpPostman, postman
from engage.conversations.models import Conversation
from engage.kit.ids import new_id
from engage.kit.jobs import JOBS
from engage.sites.models import Queue
from tests.engage.channels.email.post import a_mail, a_mailbox, brings
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.services.process import free_port
from tests.services.silent import SilentServer
from tests.services.smtp import SmtpServer

KIM = "kim@shop.example"


@pytest.fixture
async def post_office(build_house: BuildHouse, smtp_server: SmtpServer) -> House:
    return await build_house(smtp_url=SecretStr(smtp_server.url), mail_undo_seconds=0)


async def sends(house: House, *, to: str = KIM, **fields: Any) -> uuid.UUID:
    mail_id = await queues(house, house.site.id, to=to, **fields)
    await house.settles()
    return mail_id


async def queues(house: House, site_id: uuid.UUID, *, to: str = KIM, **fields: Any) -> uuid.UUID:
    message = OutboundMessage(
        id=new_id(), site_id=site_id, conversation_id=None, to=to, subject="Yours", text="Here", **fields
    )
    async with house.working() as work:
        await channels.send(work, "email", message)
    return message.id


async def mail_of(house: House, mail_id: uuid.UUID) -> Mail:
    async with house.looking() as work:
        return await work.db.get_one(Mail, mail_id)


async def with_mailbox(house: House) -> None:
    async with house.working() as work:
        queue = (await work.db.scalars(select(Queue).where(Queue.site_id == house.site.id).limit(1))).one()
        box = {"id": new_id(), "site_id": house.site.id, "name": "Support", "queue_id": queue.id}
        work.db.add(Mailbox(**box, address="support@nordlink.example", protocol="inbound", created_at=work.now))


async def comes_back(house: House, mail_id: uuid.UUID, *, kind: Any = "hard", site_id: uuid.UUID | None = None) -> None:
    bounce = Bounce(mail_id, kind, "5.1.1" if kind == "hard" else "4.2.2", KIM, "No such person here")
    async with house.working() as work:
        await work.publish(MailReturned(site_id or house.site.id, bounce))
    await house.settles()


async def test_line_to_the_server_is_kept_for_the_next_mails(post_office: House, smtp_server: SmtpServer) -> None:
    for _ in range(5):
        await sends(post_office)
    assert (len(smtp_server.mails), smtp_server.calls) == (5, 1)

    post_office.app[LINES].close()
    await sends(post_office)

    assert (len(smtp_server.mails), smtp_server.calls) == (6, 2)


async def test_mails_that_leave_together_leave_once_whatever_becomes_of_one(
    post_office: House, smtp_server: SmtpServer
) -> None:
    await a_mailbox(post_office)
    people = [f"customer{n}@home{n}.example" for n in range(6)]
    for who in people:
        await brings(post_office, a_mail(sender=who, name=who), envelope_from=who)
    told = await stored(post_office)
    await waits_again(post_office, told)
    await joins(post_office, told[0], told[1])
    smtp_server.fail(times=2)

    await bulk_post.post_all(post_office.app, {"mails": [str(each.id) for each in told]})
    assert (smtp_server.refused, len(smtp_server.mails)) == (2, len(people) * 2 - 2)
    await post_office.settles()

    assert sorted(each.recipients[0] for each in smtp_server.mails) == sorted(people * 2)
    assert {each.state for each in await stored(post_office)} == {"sent"}
    assert not {outbox.POST, outbox.POST_ALL} & set(await post_office.jobs_waiting())


async def stored(house: House) -> list[Mail]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(Mail).order_by(Mail.id)))


async def waits_again(house: House, mails: list[Mail]) -> None:
    async with house.working() as work:
        for each in mails:
            (await work.db.get_one(Mail, each.id)).state = "queued"


async def joins(house: House, gone: Mail, into: Mail) -> None:
    """Their conversations become one while both mails are on their way."""
    async with house.working() as work:
        conversation = await work.db.get_one(Conversation, gone.conversation_id)
        conversation.merged_into_id = into.conversation_id


async def test_line_that_breaks_after_the_data_makes_a_second_copy_of_the_same_name(
    post_office: House, smtp_server: SmtpServer
) -> None:
    post_office.expects_failures_of = {"channels.deliver"}
    smtp_server.break_after_data = 1
    mail_id = await sends(post_office)
    assert (await mail_of(post_office, mail_id)).state == "queued"

    await post_office.passes(20)

    assert (await mail_of(post_office, mail_id)).state == "sent"
    first, second = (str(each.message["Message-ID"]) for each in smtp_server.mails)
    assert first == second


async def test_server_without_encryption_gets_nothing_when_it_is_asked_for(smtp_server: SmtpServer) -> None:
    strict = postman(f"smtp://mail.example:{smtp_server.port}")
    assert isinstance(strict, SmtpPostman)

    with pytest.raises(NotTaken, match="offers no encryption"):
        await dataclasses.replace(strict, host="127.0.0.1").dial()

    assert smtp_server.mails == []


def test_names_in_the_server_s_answer_are_found() -> None:
    amazon = Receipt("Ok 0102018f3a2b4c5d-1a2b3c4d-0000-4e5f-8a9b-000000", "email-smtp.eu-west-1.amazonaws.com")
    named = Receipt("2.0.0 <abc.123@mail.example> Queued mail for delivery", "smtp.example")

    bare = "0102018f3a2b4c5d-1a2b3c4d-0000-4e5f-8a9b-000000"
    assert amazon.names == [bare, f"{bare}@eu-west-1.amazonses.com"]
    assert named.names == ["abc.123@mail.example"]
    assert Receipt("2.0.0 Ok: queued", "smtp.example").names == []


async def test_answer_bears_signed_addresses_and_is_known_by_all_its_names(
    post_office: House, smtp_server: SmtpServer
) -> None:
    bare = "0102018f3a2b4c5d-1a2b3c4d-000000"
    smtp_server.accepted = f"250 Ok {bare}"
    await with_mailbox(post_office)
    await post_office.closes()
    async with post_office.visitor() as kim, post_office.agent("anna") as anna:
        asked = await kim.starts_chat("Hello", email=KIM)
        await post_office.has_told_that_it_came(asked)
        chat = uuid.UUID(asked["id"])
        await post_office.settles()
        await anna.takes(str(chat))
        await anna.says(str(chat), "We are on it")
        await anna.says(str(chat), "It left")
        await post_office.settles()

    keys = post_office.app[MAIL_KEYS]
    first, second = smtp_server.mails
    own = str(second.message["Message-ID"])
    assert str(second.message["From"]) == "Care <support@nordlink.example>"
    assert reply_token.find(keys, str(second.message["Reply-To"])) == chat
    assert reply_token.find_bounced(keys, second.sender) == message_ids.find_own(keys, own)
    assert str(first.message["Message-ID"]) in str(second.message["References"])
    async with post_office.looking() as work:
        names = set(await work.db.scalars(select(MailId.message_id).where(MailId.conversation_id == chat)))
    assert {own.strip("<>"), bare} <= names


async def test_address_from_which_mails_come_back_gets_no_notices_until_it_is_lifted(
    post_office: House, smtp_server: SmtpServer
) -> None:
    mail_id = await sends(post_office)
    await comes_back(post_office, mail_id, kind="soft")
    assert (await mail_of(post_office, mail_id)).state == "delayed"
    await comes_back(post_office, mail_id)
    bounced = await mail_of(post_office, mail_id)
    assert (bounced.state, bounced.last_error) == ("bounced", "5.1.1 No such person here")

    second = await sends(post_office, to=KIM.upper())
    secret = await sends(post_office, secret=True)
    assert (await mail_of(post_office, second)).state == "dead"
    assert (await mail_of(post_office, secret)).state == "sent"
    path = f"/admin/sites/{post_office.site.id}/suppressed-addresses"
    async with post_office.agent("anna", role="admin") as anna:
        (shown,) = (await anna.get(path))["items"]
        assert shown["address"] == KIM
        await anna.post(f"{path}/lift", address=KIM)
        assert (await anna.get(path))["items"] == []

    third = await sends(post_office)
    assert (await mail_of(post_office, third)).state == "sent"
    assert len(smtp_server.mails) == 3


async def test_answer_that_comes_back_is_told_to_agents_and_to_nobody_else(post_office: House) -> None:
    await post_office.closes()
    async with post_office.visitor() as kim, post_office.agent("anna") as anna:
        asked = await kim.starts_chat("Hello", email=KIM)
        await post_office.has_told_that_it_came(asked)
        chat = asked["id"]
        await post_office.settles()
        await anna.takes(chat)
        await anna.says(chat, "We are on it")
        await post_office.settles()
        (mail,) = (await anna.get(f"/agent/conversations/{chat}/mails"))["items"]

        await comes_back(post_office, uuid.UUID(mail["id"]), site_id=new_id())
        assert anna.screen.all("mail_changed")[-1]["mail"]["state"] == "sent"
        await comes_back(post_office, uuid.UUID(mail["id"]))
        await comes_back(post_office, uuid.UUID(mail["id"]))

        told = await anna.get(f"/agent/conversations/{chat}/mails")
        assert told["items"][0]["state"] == anna.screen.all("mail_changed")[-1]["mail"]["state"] == "bounced"
        assert told["suppressed"]["address"] == KIM
        failed = [each for each in await anna.entries(chat) if each["details"].get("state") == "mail_failed"]
        assert [each["details"]["email"] for each in failed] == [KIM]
        assert "No such person" not in str(await kim.entries(chat))


async def test_mails_that_cannot_leave_for_a_minute_are_told_and_alarm_and_all_leave_in_the_end(
    build_house: BuildHouse, smtp_server: SmtpServer
) -> None:
    house = await build_house(outgoing_allow=("127.0.0.1",))
    house.expects_failures_of = {"channels.deliver"}
    path = f"/admin/sites/{house.site.id}/mail"
    nobody = {"host": "127.0.0.1", "port": free_port(), "security": "none"}
    async with house.agent("anna", role="admin") as anna:
        await anna.put(path, server=nobody)
        mail_ids = [await sends(house) for _ in range(3)]
        assert "Connect" in (await anna.get(path))["trouble"]
        assert not [line for line in house.log if line["event"] == "mails_cannot_leave"]
        await house.passes(60)
        (alarm,) = [line for line in house.log if line["event"] == "mails_cannot_leave"]
        assert alarm["site"] == str(house.site.id)

        await anna.put(path, server=nobody | {"port": smtp_server.port})
        await house.passes(120)

        assert (await anna.get(path))["trouble"] is None
    assert [(await mail_of(house, each)).state for each in mail_ids] == ["sent"] * 3
    assert len(smtp_server.mails) == 3


async def test_mails_of_a_site_that_loses_its_mail_server_are_kept(build_house: BuildHouse) -> None:
    house = await build_house(outgoing_allow=("127.0.0.1",))
    house.expects_failures_of = {"channels.deliver"}
    path = f"/admin/sites/{house.site.id}/mail"
    async with house.agent("anna", role="admin") as anna:
        await anna.put(path, server={"host": "127.0.0.1", "port": free_port(), "security": "none"})
        mail_id = await sends(house)
        assert (await mail_of(house, mail_id)).state == "queued"

        await anna.put(path, server=None)
        await house.passes(120)

    assert (await mail_of(house, mail_id)).state == "kept"


async def test_server_that_hangs_holds_up_its_own_mails_only(
    build_house: BuildHouse, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_lines, "TURN_SECONDS", 1)
    house = await build_house(smtp_url=SecretStr(smtp_server.url), outgoing_allow=("127.0.0.1",))
    async with house.working() as work:
        southlink = await rows.a_site(work, "southlink")
    async with SilentServer() as hanging, house.agent("anna", role="admin") as anna:
        server = {"host": "127.0.0.1", "port": hanging.port, "security": "none"}
        await anna.put(f"/admin/sites/{house.site.id}/mail", server=server)
        stuck = [await queues(house, house.site.id) for _ in range(25)]
        others = [await queues(house, southlink.id) for _ in range(5)]

        worker = asyncio.create_task(house.app[JOBS].run())
        # less than the time for which one waits for a word of a server
        async with asyncio.timeout(25):
            while len(smtp_server.mails) < len(others):
                house.clock.advance(seconds=1)
                await asyncio.sleep(0.5)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)

    assert {(await mail_of(house, each)).state for each in stuck} == {"queued"}
    assert {(await mail_of(house, each)).attempts for each in stuck} == {0}


async def test_silent_server_is_left_alone_for_a_while_and_then_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SilentServer() as hanging:
        silent = SmtpPostman("127.0.0.1", hanging.port, None, None, "none", seconds=0.1)
        for _ in range(3):
            await is_not_taken(silent)
        assert len(hanging.callers) == 1

        monkeypatch.setattr(silent.lines, "_paused_until", {})
        await is_not_taken(silent)
        assert len(hanging.callers) == 2


async def is_not_taken(silent: SmtpPostman) -> None:
    with pytest.raises(NotTaken, match="did not answer in time"):
        await silent.send(EmailMessage(), sender="care@nordlink.example", recipients=[KIM])


async def test_visitor_who_left_a_chat_gets_what_was_said_since_in_one_mail(
    post_office: House, smtp_server: SmtpServer
) -> None:
    async with post_office.visitor() as kim, post_office.agent("anna") as anna:
        kim.locale = "de"
        chat = (await kim.starts_chat("Hallo", email=KIM))["id"]
        await post_office.settles()
        await anna.takes(chat)
        await anna.says(chat, "Guten Tag")
        await kim.put(f"/visitor/conversations/{chat}/cursor", read_seq=100)
        await kim.close_widget()
        await post_office.passes(40)
        await anna.says(chat, "Er ist unterwegs")
        await post_office.passes(60)
        await anna.says(chat, "Er kommt morgen")
        await post_office.passes(100)
        assert smtp_server.mails == []
        await post_office.passes(40)

        (mail,) = smtp_server.mails
        assert "Er ist unterwegs\n\nEr kommt morgen" in mail.text.replace("\r\n", "\n")
        assert "Guten Tag" not in mail.text
        assert "Simply" not in mail.text
        await anna.says(chat, "Noch etwas")
        await kim.open_widget()
        await kim.put(f"/visitor/conversations/{chat}/cursor", read_seq=100)
        await post_office.passes(300)

    assert len(smtp_server.mails) == 1
