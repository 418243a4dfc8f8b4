"""Outgoing mail: closed hours, answers that leave as mail, transcripts; and what happens when the server says no."""

import uuid
from typing import Any

import pytest
from pydantic import SecretStr

from engage import channels
from engage.channels import OutboundMessage
from engage.channels.email import smtp
from engage.channels.email.models import Mail
from engage.kit.ids import new_id
from engage.kit.jobs import JOBS
from engage.sites.models import Site
from tests.engage.conftest import BuildHouse
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused
from tests.services.smtp import SmtpServer

KIM = "kim@shop.example"
#: so long an answer can be taken back
UNDO = 10


@pytest.fixture
async def post_office(build_house: BuildHouse, smtp_server: SmtpServer) -> House:
    """A house whose mails really leave."""
    return await build_house(smtp_url=SecretStr(smtp_server.url), mail_retry_hours=1)


async def answered_by_mail(
    house: House, visitor: HouseVisitor, agent: HouseAgent, text: str = "It is on its way"
) -> str:
    """The conversation of a question asked in closed hours and answered by mail."""
    await house.closes()
    chat = await visitor.starts_chat("Where is my router?", email=KIM)
    await house.has_told_that_it_came(chat)
    await house.settles()
    await agent.takes(chat["id"])
    await agent.says(chat["id"], text)
    await house.passes(UNDO)
    return str(chat["id"])


async def mails(agent: HouseAgent) -> list[dict[str, Any]]:
    return (await agent.get("/agent/mails"))["items"]  # type: ignore[no-any-return]  # JSON


async def test_closed_desk_asks_for_an_address(house: House) -> None:
    await house.closes()
    async with house.visitor() as visitor:
        with pytest.raises(Refused, match="email_required"):
            await visitor.starts_chat("Hello")


@pytest.mark.parametrize("is_open", [True, False])
async def test_who_writes_in_the_form_is_told_once_that_it_came(house: House, is_open: bool) -> None:
    asks: dict[str, Any] = {"channel": "email"}
    if not is_open:
        await house.closes()
        asks = {}
    async with house.visitor() as visitor, house.agent("anna") as anna:
        with pytest.raises(Refused, match="email_required"):
            await visitor.asks("Where is my router?", **asks)
        chat = await visitor.asks("Where is my router?", **asks, fields={"email": KIM})
        await house.settles()
        await visitor.says(chat["id"], "It is urgent")
        await house.settles()

        assert (await visitor.states(chat["id"])) == ["mail_asked" if is_open else "closed_hours"]
        (told,) = await mails(anna)
        assert (told["to"], told["subject"]) == (KIM, "We have your message: Orders")
        await anna.takes(chat["id"])
        assert (await anna.get("/agent/work?view=mine"))["items"][0]["channel"] == "email"


async def test_mail_work_has_its_answer_kept_without_a_server(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await answered_by_mail(house, visitor, anna)

        (mail,) = await mails(anna)
        text = (await anna.get(f"/agent/mails/{mail['id']}"))["text"]

        assert (mail["to"], mail["subject"], mail["state"]) == (KIM, "Re: Orders – Nordlink", "kept")
        assert text.startswith("It is on its way\n")
        assert "closed_hours" in await visitor.states(chat)
        assert (await anna.get("/agent/work?view=mine"))["items"][0]["channel"] == "email"


async def test_mail_work_is_never_taken_away_from_an_absent_visitor(house: House) -> None:
    await house.closes()
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello", email=KIM)

        await visitor.close_widget()
        await house.passes(600)

        assert (await visitor.place(chat["id"]))[0] == "queued"


async def test_answer_really_leaves_with_its_sender_and_once(post_office: House, smtp_server: SmtpServer) -> None:
    async with post_office.visitor() as visitor, post_office.agent("anna") as anna:
        await answered_by_mail(post_office, visitor, anna)

        (mail,) = await smtp_server.wait_for(1)

        assert (mail.sender, mail.recipients) == ("care@nordlink.example", [KIM])
        assert mail.subject == "Re: Orders – Nordlink"
        assert "It is on its way" in mail.text
        assert [each["state"] for each in await mails(anna)] == ["sent"]


async def test_message_delivered_again_sends_nothing_twice(post_office: House, smtp_server: SmtpServer) -> None:
    async with post_office.visitor() as visitor, post_office.agent("anna") as anna:
        await answered_by_mail(post_office, visitor, anna)
        (mail,) = await mails(anna)

        await delivers_again(post_office, mail["id"])
        await post_office.settles()

        assert len(smtp_server.mails) == 1


async def delivers_again(house: House, mail_id: str) -> None:
    """As after a crash between the delivery and the end of its job."""
    async with house.working() as work:
        mail = await work.db.get_one(Mail, uuid.UUID(mail_id))
        message = OutboundMessage(
            id=mail.id, site_id=mail.site_id, conversation_id=None, to=mail.recipient, subject="s", text="t"
        )
        await channels.send(work, "email", message)


async def test_server_that_is_busy_is_asked_again_later(post_office: House, smtp_server: SmtpServer) -> None:
    post_office.expects_failures_of = {"email.post"}
    smtp_server.fail(times=2)
    async with post_office.visitor() as visitor, post_office.agent("anna") as anna:
        await answered_by_mail(post_office, visitor, anna)
        (mail,) = await mails(anna)
        assert mail["state"] == "queued"
        assert "451" in mail["last_error"]

        await post_office.passes(5)
        assert smtp_server.refused == 2
        await post_office.passes(10)

        assert [each["state"] for each in await mails(anna)] == ["sent"]
        assert len(smtp_server.mails) == 1


async def test_server_that_stays_busy_is_given_up_after_so_many_hours(
    post_office: House, smtp_server: SmtpServer
) -> None:
    post_office.expects_failures_of = {"email.post"}
    smtp_server.refuse("451 Not today")
    async with post_office.visitor() as visitor, post_office.agent("anna") as anna:
        await answered_by_mail(post_office, visitor, anna)

        for _ in range(4):
            await post_office.leaps(1500)

        (mail,) = await mails(anna)
        assert (mail["state"], smtp_server.refused) == ("dead", 4)
        assert "email.post" not in await post_office.jobs_waiting()


async def test_address_that_does_not_exist_is_dead_at_once_and_can_be_tried_again(
    post_office: House, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse("550 No such mailbox")
    async with post_office.visitor() as visitor, post_office.agent("anna") as anna:
        await answered_by_mail(post_office, visitor, anna)
        (mail,) = await mails(anna)
        assert mail["state"] == "dead"
        assert "550" in mail["last_error"]

        smtp_server.accept()
        await anna.post(f"/agent/mails/{mail['id']}/retry")
        await post_office.settles()

        assert [each["state"] for each in await mails(anna)] == ["sent"]


async def test_transcript_comes_by_mail_without_what_was_said_among_agents(
    post_office: House, smtp_server: SmtpServer
) -> None:
    async with post_office.visitor() as visitor, post_office.agent("anna") as anna:
        chat = await visitor.starts_chat("Where is <my> router?", name="Kim")
        await post_office.settles()
        await anna.takes(chat["id"])
        await anna.notes(chat["id"], "He is annoyed")
        await anna.says(chat["id"], "It is on its way")

        await visitor.post(f"/visitor/conversations/{chat['id']}/transcript", email=KIM)
        await post_office.settles()

        (mail,) = await smtp_server.wait_for(1)
        assert mail.recipients == [KIM]
        assert "Kim: Where is <my> router?" in mail.text
        assert "Anna: It is on its way" in mail.text
        assert "Where is &lt;my&gt; router?" in str(mail.html)
        assert "annoyed" not in str(mail.message)
        assert KIM not in str(await visitor.entries(chat["id"]))


async def test_transcript_speaks_the_visitors_language_and_tells_the_hours_of_his_clock(
    post_office: House, smtp_server: SmtpServer
) -> None:
    async with post_office.visitor(on_site=False) as visitor, post_office.agent("anna") as anna:
        visitor.locale = "de-AT"
        chat = await visitor.starts_chat("Wo ist mein Router?", name="Kim")
        await post_office.settles()
        await anna.takes(chat["id"])
        await anna.says(chat["id"], "Er ist unterwegs")

        await visitor.post(f"/visitor/conversations/{chat['id']}/transcript", email=KIM)
        await post_office.settles()

        (mail,) = await smtp_server.wait_for(1)
        assert str(mail.message["Subject"]) == "Ihr Gespräch mit Nordlink"
        assert "Uhrzeiten von Berlin" in mail.text
        # nine o'clock on the server's clock
        assert "10:00  Anna: Er ist unterwegs" in mail.text


@pytest.mark.parametrize("address", ["kim", "kim@shop.example\nBcc: all@shop.example", "a@b.example,c@d.example", ""])
async def test_transcript_goes_to_one_address_and_no_header(house: House, address: str) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")

        with pytest.raises(Refused, match="422"):
            await visitor.post(f"/visitor/conversations/{chat['id']}/transcript", email=address)


async def test_nobody_sends_transcripts_without_end(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])
        address = f"/visitor/conversations/{chat['id']}/transcript"
        for _ in range(3):
            await visitor.post(address, email=KIM)

        with pytest.raises(Refused, match="429"):
            await visitor.post(address, email=KIM)


async def test_subject_of_several_lines_becomes_one(post_office: House, smtp_server: SmtpServer) -> None:
    async with post_office.working() as work:
        message = OutboundMessage(
            id=new_id(), site_id=post_office.site.id, conversation_id=None, to=KIM,
            subject="Hello\r\nBcc: all@shop.example\r\n\r\nbody", text="words",
        )  # fmt: skip
        await channels.send(work, "email", message)
    await post_office.app[JOBS].run_all_due()

    (mail,) = await smtp_server.wait_for(1)

    assert mail.subject == "Hello Bcc: all@shop.example body"
    assert mail.message["Bcc"] is None
    assert mail.recipients == [KIM]


async def test_recipient_of_several_lines_reaches_nobody_and_is_dead(
    post_office: House, smtp_server: SmtpServer
) -> None:
    async with post_office.working() as work:
        message = OutboundMessage(
            id=new_id(), site_id=post_office.site.id, conversation_id=None,
            to=f"{KIM}\r\nBcc: all@shop.example", subject="Hello", text="words",
        )  # fmt: skip
        await channels.send(work, "email", message)
    await post_office.settles()

    async with post_office.agent("anna") as anna:
        (mail,) = await mails(anna)

    assert (mail["state"], smtp_server.mails) == ("dead", [])


async def test_word_in_closed_hours_goes_on_by_mail_when_the_address_is_known(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello", email=KIM)
        await house.settles()
        engagement_id = await anna.takes(chat["id"])
        await anna.post(f"/agent/engagements/{engagement_id}/end")
        await anna.post(f"/agent/engagements/{engagement_id}/wrap-up")
        await house.closes()

        await visitor.says(chat["id"], "It broke again")
        await house.settles()
        await anna.takes_again(chat["id"])
        await anna.says(chat["id"], "We send a new one")
        await house.passes(UNDO)

        assert [(mail["to"], mail["subject"]) for mail in await mails(anna)] == [
            (KIM, "Re: Orders – Nordlink"),
            (KIM, "We have your message: Orders"),
        ]


def test_server_is_named_by_a_url() -> None:
    usual = smtp.postman("smtp://user:p%40ss@mail.example")
    secure = smtp.postman("smtps://mail.example")
    own = smtp.postman("smtp+plain://mail:25")

    assert usual == smtp.SmtpPostman("mail.example", 587, "user", "p@ss", "starttls")
    assert secure == smtp.SmtpPostman("mail.example", 465, None, None, "tls")
    assert own == smtp.SmtpPostman("mail", 25, None, None, "none")
    assert smtp.postman(None) is None


async def test_answer_has_a_part_with_the_site_s_logo_in_which_no_text_is_markup(
    post_office: House, smtp_server: SmtpServer
) -> None:
    async with post_office.working() as work:
        site = await work.db.get_one(Site, post_office.site.id)
        site.branding = {**site.branding, "logo": "/pictures/logo.png"}
        site.mail = {"signature": "Mo-Fr <9-17>"}
    async with post_office.visitor() as visitor, post_office.agent("anna") as anna:
        chat = await answered_by_mail(post_office, visitor, anna)
        await anna.says(chat, "See <b>this</b>:\nhttps://shop.example/a?b=1&c=2\n\nشكرا!")
        await post_office.passes(UNDO)

        first, second = await smtp_server.wait_for(2)

    html = str(second.html)
    assert 'alt="Nordlink"' in html
    assert "/pictures/logo.png" in html
    assert "See &lt;b&gt;this&lt;/b&gt;:<br><a href=" in html
    assert 'dir="auto" style="margin: 0 0 16px;">شكرا!</p>' in html
    assert "Anna, Nordlink<br>Mo-Fr &lt;9-17&gt;" in html
    assert "<b>" not in html
    assert (str(first.html).count("It is on its way"), first.text.count("It is on its way")) == (1, 1)
