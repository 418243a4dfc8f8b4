"""Whoever writes is told once that his mail came; a program is not, and nobody is told without end."""

import re
from email.message import EmailMessage
from typing import Any

import aiohttp
from sqlalchemy import select

from engage.channels.email.models import Mail, MailAcknowledgement, MailRule
from engage.conversations.models import ConversationLabel, Label
from engage.engagements.models import EngagementStep, SlaPolicy
from engage.kit.ids import new_id
from tests.engage.channels.email.post import BOX, KIM, a_mail, a_mailbox, brings, raw, reply_address, works
from tests.house import House


async def acknowledgements(house: House) -> list[Mail]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(Mail).order_by(Mail.id)))


async def test_customer_is_told_once_and_his_click_closes_the_request(house: House) -> None:
    await a_mailbox(house)
    await house.publishes_articles()
    async with house.working() as work:
        none: dict[str, Any] = {
            "queue_ids": [],
            "channels": [],
            "tiers": [],
            "in_business_hours": False,
            "warn_percent": 80,
        }
        work.db.add(
            SlaPolicy(
                id=new_id(), site_id=house.site.id, name="Mail", first_response_minutes=120, raise_minutes=0, **none
            )
        )

    home = (await raw(house, await brings(house, a_mail("How do I restart my router?")))).conversation_id
    signed = reply_address(house, home)
    await brings(house, a_mail("It is urgent", name="2@x", to=signed), to=signed)

    (mail,) = await acknowledgements(house)
    assert (mail.recipient, mail.conversation_id) == (KIM, home)
    assert re.match(r"\[Nordlink #\d+\] We have your message: Router$", mail.subject)
    assert "You will hear from us by" in mail.text
    assert mail.html is not None
    assert 1 <= mail.text.count("/help/") <= 3
    token = mail.text.partition("/mail-solved#")[2].split()[0]
    async with aiohttp.ClientSession() as browser:
        page = await browser.get(f"{house.url}/mail-solved")
        assert (page.status, "Is your question answered?" in await page.text()) == (200, True)
        for _ in range(2):
            answer = await browser.post(f"{house.url}/api/v1/mail-links/solved", json={"token": token})
            assert answer.status == 200
        forged = await browser.post(f"{house.url}/api/v1/mail-links/solved", json={"token": token[:-2] + "xx"})
        assert forged.status == 404
    assert [each.state for each in await works(house)] == ["closed"]
    async with house.looking() as work:
        assert (await work.db.get_one(MailAcknowledgement, home)).solved_at is not None
        causes = await work.db.scalars(select(EngagementStep.cause).where(EngagementStep.step == "close"))
        assert list(causes) == ["solved_by_customer"]


async def test_german_site_acknowledges_in_german_and_promises_nothing_that_is_not_promised(house: House) -> None:
    await a_mailbox(house)
    async with house.working() as work:
        (await work.db.merge(house.site)).locale = "de"

    await brings(house, a_mail("Mein Router ist dunkel"))

    (mail,) = await acknowledgements(house)
    assert "Wir haben Ihre Nachricht" in mail.subject
    assert "Wir antworten, so bald wir können." in mail.text


async def test_programs_agents_and_nobody_are_not_told_and_a_sender_only_five_times_an_hour(house: House) -> None:
    await a_mailbox(house)
    await a_mailbox(house, address="other@carrier.example")
    silent: list[tuple[EmailMessage, str]] = [
        (a_mail("a", name="a@x", Auto_Submitted="auto-replied"), KIM),
        (a_mail("b", name="b@x", sender="no-reply@bank.example"), "no-reply@bank.example"),
        (a_mail("c", name="c@x", sender=None), KIM),
        (a_mail("d", name="d@x", sender="anna@nordlink.example"), "anna@nordlink.example"),
        (a_mail("e", name="e@x", sender="other@carrier.example"), "other@carrier.example"),
    ]
    async with house.agent("anna"):
        for mail, sender in silent:
            await brings(house, mail, envelope_from=sender)
        assert await acknowledgements(house) == []

        for number in range(7):
            await brings(house, a_mail(f"Again {number}", name=f"{number}@loop.example"), settles=number == 6)

    assert len(await acknowledgements(house)) == 5
    house.clock.advance(seconds=3700)
    await brings(house, a_mail("Much later", name="later@loop.example"))
    assert len(await acknowledgements(house)) == 6


async def test_what_we_send_ourselves_comes_back_and_starts_no_talk(house: House) -> None:
    await a_mailbox(house)
    await brings(house, a_mail())
    (mail,) = await acknowledgements(house)

    # the other side answers each mail by a program that says nothing of itself
    for number in range(20):
        answer = a_mail(f"Auto {number}", name=f"{number}@robot.example", subject=f"Re: {mail.subject}", to=BOX)
        await brings(house, answer, settles=number == 19)

    assert len(await acknowledgements(house)) == 1
    assert len(await works(house)) == 1


async def test_rules_drop_let_through_label_and_route(house: House) -> None:
    await a_mailbox(house)
    async with house.working() as work:
        label = Label(id=new_id(), site_id=house.site.id, name="Partner", colour="grey")
        work.db.add(label)
        await work.db.flush()
        acts = {"let_through": True, "label_ids": [str(label.id)], "priority": 30}
        for position, (value, does) in enumerate([("casino", {"drop": True}), ("partner form", acts)]):
            condition = {"field": "subject", "how": "contains", "value": value}
            work.db.add(
                MailRule(
                    id=new_id(), site_id=house.site.id, name=value, position=position, conditions=[condition],
                    acts=does, created_at=work.now,
                )
            )  # fmt: skip

    dropped = await raw(house, await brings(house, a_mail(subject="Casino!", name="1@x")))
    form = await raw(house, await brings(house, a_mail(subject="Partner form", name="2@x", Precedence="bulk")))

    assert (dropped.state, dropped.reason) == ("dropped_by_rule", "The rule “casino” drops it.")
    assert form.state == "filed"
    assert [each.boost for each in await works(house)] == [30]
    assert await acknowledgements(house) == []
    async with house.looking() as work:
        (borne,) = await work.db.scalars(select(ConversationLabel))
    assert (borne.conversation_id, borne.agent_id) == (form.conversation_id, None)
