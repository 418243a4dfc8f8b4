"""A mail becomes work: in the right conversation, once, with what is new in it, and nowhere that it has no business."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from engage.channels.email.models import MailParticipant, MailThread
from engage.conversations.models import Attachment
from engage.demo import mails as demo_mails
from engage.settings import SETTINGS
from engage.sites.models import Queue
from tests.engage.channels.email.post import (
    BOX,
    KIM,
    a_mail,
    a_mailbox,
    brings,
    conversations,
    entries,
    raw,
    reply_address,
    shown,
    texts,
    works,
)
from tests.house import House, rows
from tests.house.people import HouseAgent

STRANGER = "eve@elsewhere.example"


async def test_mail_becomes_work_with_its_words_files_and_people(house: House) -> None:
    await a_mailbox(house)
    mail = a_mail(
        "It is dark.\n\nOn 1 May 2024 at 10:12, Care <care@x.example> wrote:\n> Hello\n", Cc="Lee <lee@shop.example>"
    )
    mail.add_attachment(b"PK\x03\x04zip", maintype="application", subtype="zip", filename="../../log.zip")
    house.clock.advance(seconds=60)

    raw_id = await brings(house, mail)

    kept, seen = await raw(house, raw_id), await shown(house, raw_id)
    (conversation,), (work_item,) = await conversations(house), await works(house)
    assert (kept.state, kept.conversation_id, kept.sender) == ("filed", conversation.id, KIM)
    assert await texts(house, conversation.id) == [("visitor", "It is dark.")]
    assert ("> Hello" in seen.text, seen.flags, seen.cc[0]["address"]) == (True, [], "lee@shop.example")
    assert (work_item.channel, work_item.state, work_item.opened_at) == ("email", "queued", kept.received_at)
    assert conversation.topic == "Router"
    async with house.looking() as work:
        (file,) = await work.db.scalars(select(Attachment))
        people = {each.address: each.role for each in await work.db.scalars(select(MailParticipant))}
        (thread,) = await work.db.scalars(select(MailThread))
    assert (file.name, file.entry_id) == ("log.zip", kept.entry_id)
    assert people == {KIM: "customer", "lee@shop.example": "cc"}
    assert (thread.address, thread.subject) == (BOX, "Router")


async def test_same_mail_is_filed_once_and_another_text_under_its_name_is_flagged(house: House) -> None:
    await a_mailbox(house)
    await a_mailbox(house, address="orders@carrier.example", queue="billing")
    first = await brings(house, a_mail())

    again = await brings(house, a_mail(Received="from elsewhere"))
    other_box = await brings(house, a_mail(), to="orders@carrier.example")
    other_text = await brings(house, a_mail("Something else"))
    nameless = [await brings(house, a_mail(name=None, Date="Mon, 1 Jan 2099 10:00:00 +0000")) for _ in range(2)]

    states = [(await raw(house, each)).state for each in (first, again, other_box, other_text, *nameless)]
    assert states == ["filed", "duplicate", "filed", "filed", "filed", "duplicate"]
    assert (await raw(house, again)).entry_id == (await raw(house, first)).entry_id
    assert (await shown(house, other_text)).flags == ["copy_of_a_known_mail"]
    assert (await shown(house, other_box)).flags == []
    assert len(await conversations(house)) == 4
    # the clock runs from when it came, whatever the mail says
    assert all(each.opened_at <= house.clock.now() for each in await works(house))


async def test_files_of_a_mail_that_is_filed_nowhere_do_not_stay_on_the_disk(house: House) -> None:
    await a_mailbox(house)
    mail = a_mail()
    mail.add_attachment(b"PK\x03\x04zip", maintype="application", subtype="zip", filename="log.zip")

    states = [(await raw(house, await brings(house, mail))).state for _ in range(3)]

    assert states == ["filed", "duplicate", "duplicate"]
    async with house.looking() as work:
        (file,) = await work.db.scalars(select(Attachment))
    assert [each.name for each in house.app[SETTINGS].upload_dir.rglob("*") if each.is_file()] == [file.id.hex]


async def test_answers_find_their_conversation_by_token_and_by_name(house: House) -> None:
    await a_mailbox(house)
    first = await raw(house, await brings(house, a_mail()))
    home = first.conversation_id
    signed = reply_address(house, home)

    by_token = await brings(house, a_mail("By token", name="2@x", to=signed.upper()), to=signed, envelope_from=KIM)
    by_name = await brings(house, a_mail("By name", name="3@x", In_Reply_To="one@shop.example"))
    by_names = await brings(house, a_mail("By names", name="4@x", References="<a@b>,<3@x>"))
    async with house.looking() as work:
        thread = await work.db.get_one(MailThread, home)
    subject = f"Re: [Nordlink #{thread.reference}] Router"
    by_number = await brings(house, a_mail("By number", name="5@x", subject=subject))
    equal_subject = await brings(house, a_mail("Equal subject", name="6@x", subject="Re: Router"))

    found = [(await raw(house, each)).conversation_id for each in (by_token, by_name, by_names, by_number)]
    assert found == [home] * 4
    assert (await raw(house, equal_subject)).conversation_id != home
    said = ["Where is my router?", "By token", "By name", "By names", "By number"]
    assert await texts(house, home) == [("visitor", text) for text in said]
    assert len(await works(house)) == 2


async def test_stranger_who_knows_a_number_a_name_or_forges_a_token_gets_in_nowhere(house: House) -> None:
    await a_mailbox(house)
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    signed = reply_address(house, home)
    forged = signed.replace("@", "a@").replace(signed[-20], "2")
    async with house.looking() as work:
        number = (await work.db.get_one(MailThread, home)).reference
    eve = f"Eve <{STRANGER}>"

    guesses = [
        await brings(
            house, a_mail("1", sender=eve, name="e1@x", subject=f"[Nordlink #{number}]"), envelope_from=STRANGER
        ),
        await brings(
            house, a_mail("2", sender=eve, name="e2@x", In_Reply_To="<one@shop.example>"), envelope_from=STRANGER
        ),
    ]
    forgery = await brings(house, a_mail("3", sender=eve, name="e3@x", to=forged), to=BOX, envelope_from=STRANGER)
    shared = await brings(house, a_mail("4", sender=eve, name="e4@x", to=signed), to=signed, envelope_from=STRANGER)

    for each in (*guesses, forgery):
        assert (await raw(house, each)).conversation_id != home
    for each in guesses:
        assert (await shown(house, each)).flags == ["not_a_participant"]
        async with house.looking() as work:
            linked = await work.db.get_one(MailThread, (await raw(house, each)).conversation_id)
        assert linked.linked_id == home
    assert (await raw(house, shared)).conversation_id == home
    assert (await shown(house, shared)).flags == ["token_of_another"]
    assert [text for _, text in await texts(house, home)] == ["Where is my router?", "4"]
    async with house.looking() as work:
        here = select(MailParticipant.address).where(MailParticipant.conversation_id == home)
        assert list(await work.db.scalars(here)) == [KIM]


async def test_mail_that_fails_authentication_is_kept_apart_even_with_the_token(house: House) -> None:
    await a_mailbox(house, authserv_id="mx.carrier.example")
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    signed = reply_address(house, home)
    failed = {"Authentication_Results": "mx.carrier.example; dmarc=fail"}

    apart = await brings(house, a_mail("I am Kim", name="2@x", to=signed, **failed), to=signed)

    assert (await raw(house, apart)).conversation_id != home
    assert (await shown(house, apart)).flags == ["not_authenticated"]


async def test_automatic_mail_is_kept_beside_and_moves_nothing(house: House) -> None:
    await a_mailbox(house)
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    signed = reply_address(house, home)
    away = {"Auto_Submitted": "auto-replied"}

    threaded = await brings(house, a_mail("I am away", name="2@x", to=signed, **away), to=signed)
    alone = [
        await brings(house, a_mail("News", name="3@x", sender="news@shop.example", Precedence="bulk")),
        await brings(house, a_mail("Loop", name="4@x", sender=BOX)),
        await brings(house, a_mail("Report", name="5@x", sender="robot@shop.example"), envelope_from=""),
    ]

    assert (await raw(house, threaded)).state == "filed"
    last = (await entries(house, home))[-1]
    assert (last.text, last.audience, last.author_kind) == ("I am away", "agents", "system")
    for each in alone:
        kept = await raw(house, each)
        assert (kept.state, kept.flags) == ("automatic", ["automatic"])
        assert kept.conversation_id is not None
    assert len(await works(house)) == 1


async def test_trial_that_somebody_else_forges_is_a_mail_like_any(house: House) -> None:
    await a_mailbox(house)
    forged = f"<{'0' * 32}.{'a' * 17}@carrier.example>"

    raw_id = await brings(house, a_mail(X_Engage_Trial=forged))

    assert (await raw(house, raw_id)).state == "filed"


async def test_bounce_makes_no_conversation_and_neither_does_a_bounce_of_it(house: House) -> None:
    await a_mailbox(house)
    text = "<kim@shop.example>: 550 5.1.1 user unknown"
    daemon = "MAILER-DAEMON@mx.example"

    bounces = [
        await brings(house, a_mail(text, name="b1@x", sender=daemon, subject="Undelivered Mail"), envelope_from=""),
        await brings(house, a_mail(f"Delivery failed: {text}", name="b2@x", sender=daemon, subject="Undelivered Mail")),
    ]

    assert [(await raw(house, each)).state for each in bounces] == ["bounce", "bounce"]
    assert (await raw(house, bounces[0])).reason == text
    assert await conversations(house) == []


async def test_answer_to_ended_work_opens_it_again_for_fourteen_days(house: House) -> None:
    await a_mailbox(house)
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    signed = reply_address(house, home)
    async with house.agent("anna") as anna:
        await closes(house, anna, home)
        await brings(house, a_mail("Thank you, but no", name="2@x", to=signed), to=signed)
        assert [each.state for each in await works(house)] == ["closed", "offered"]
        await closes(house, anna, home)

    await house.leaps(timedelta(days=15).total_seconds())
    late = await raw(house, await brings(house, a_mail("Me again", name="3@x", to=signed), to=signed))

    assert late.conversation_id != home
    async with house.looking() as work:
        assert (await work.db.get_one(MailThread, late.conversation_id)).linked_id == home


async def closes(house: House, agent: HouseAgent, conversation_id: UUID | None) -> None:
    await house.settles()
    await agent.takes_again(str(conversation_id))
    (engagement,) = [each.id for each in await works(house) if each.state == "active"]
    await agent.post(f"/agent/engagements/{engagement}/end")
    await agent.post(f"/agent/engagements/{engagement}/wrap-up")


async def test_visitor_blocked_in_his_chat_does_not_get_into_it_by_mail(house: House) -> None:
    await a_mailbox(house)
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = UUID((await kim.starts_chat("Hello", email=KIM))["id"])
        await house.settles()
        await anna.takes(str(chat))
        await anna.post(f"/agent/conversations/{chat}/block", reason="Rude", hours=1)
        signed = reply_address(house, chat)
        kept_out = await brings(house, a_mail("Ha", to=signed), to=signed)

    found = await raw(house, kept_out)
    assert (found.state, found.reason) == ("dropped_by_rule", "An agent has blocked its sender.")
    assert "Ha" not in str(await texts(house, chat))


async def test_mails_of_a_blocked_sender_are_kept_as_dropped_and_open_nothing_until_it_ends(
    house: House,
) -> None:
    await a_mailbox(house)
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    blocks, lists = f"/admin/sites/{house.site.id}/blocks", f"/admin/sites/{house.site.id}/incoming-mails"
    async with house.agent("anna", role="admin") as anna:
        blocked = await anna.post(f"/agent/conversations/{home}/block", reason="Rude", hours=1)
        await anna.post(blocks, address="@Spam.example", reason="Spam", hours=None)
        signed = reply_address(house, home)
        kept_out = [
            await brings(house, a_mail("Ha", name="2@x", to=signed), to=signed),
            await brings(house, a_mail("Ha", name="3@x", sender="Offers <Offers@spam.example>")),
        ]
        heard = await brings(house, a_mail(name="4@x", sender="lea@not-spam.example"))
        dropped = (await anna.get(f"{lists}?state=dropped_by_rule"))["items"]
        listed = (await anna.get(blocks))["items"]

        house.clock.advance(seconds=3601)
        again = await brings(house, a_mail("I am sorry", name="5@x", to=signed), to=signed)

    assert (blocked["kind"], blocked["name"]) == ("mail", KIM)
    assert {each["name"] for each in listed} == {KIM, "@spam.example"}
    assert [each["id"] for each in dropped] == [str(each) for each in reversed(kept_out)]
    assert {each["reason"] for each in dropped} == {"Its sender is blocked."}
    assert (await raw(house, heard)).state == "filed"
    assert (await raw(house, again)).conversation_id == home
    assert "Ha" not in str(await texts(house, home))


async def test_demo_s_mails_are_work_in_their_queues_once(house: House) -> None:
    for _ in range(2):
        await demo_mails.bring(house.app)
    await house.settles()

    topics = {each.topic for each in await conversations(house)}
    assert topics == {
        "The lamp of my router is red", "Frage zur Rechnung vom Mai", "Your appointment on Thursday",
        "We are moving house",
    }  # fmt: skip
    assert len({each.queue_id for each in await works(house)}) == 2


async def test_mail_without_a_sender_is_kept_and_flagged(house: House) -> None:
    await a_mailbox(house)

    kept = await brings(house, a_mail(sender=None))

    assert (await shown(house, kept)).flags == ["no_sender"]
    assert len(await works(house)) == 1


async def test_alias_leads_to_its_queue(house: House) -> None:
    async with house.looking() as work:
        billing = (await work.db.scalars(select(Queue).where(Queue.key == "billing"))).one().id
    await a_mailbox(house, aliases=[{"address": "billing@carrier.example", "queue_id": str(billing)}])

    await brings(house, a_mail(to="billing@carrier.example"), to="billing@carrier.example")

    assert [each.queue_id for each in await works(house)] == [billing]


async def test_mail_answer_to_a_chat_goes_on_in_the_chat_and_another_address_does_not(house: House) -> None:
    await a_mailbox(house)
    async with house.visitor() as visitor, house.agent("anna"):
        chat = await visitor.starts_chat("Hello")
        other = await visitor.starts_chat("Another", email="typed@shop.example")
        signed = reply_address(house, (await conversations(house))[0].id)
        await brings(house, a_mail("By mail", to=signed), to=signed)

        heard = [each["text"] for each in await visitor.entries(chat["id"]) if each["kind"] == "message"]

        assert heard == ["Hello", "By mail"]
        # an address that was typed into a chat opens nothing to whoever writes from it
        typed = await raw(house, await brings(house, a_mail("Me", name="2@x", sender="typed@shop.example")))
        assert str(typed.conversation_id) not in (chat["id"], other["id"])


async def test_agent_passes_a_mail_on_and_its_writer_becomes_the_customer(house: House) -> None:
    await a_mailbox(house)
    said = "From: Kim Lee <kim@shop.example>\nSubject: Bill\n\nIt is wrong."
    text = f"Please help.\n\n---------- Forwarded message ---------\n{said}"
    async with house.agent("anna"):
        passed_on = await brings(house, a_mail(text, sender="Anna <anna@nordlink.example>", subject="Fwd: Bill"))

    home = (await raw(house, passed_on)).conversation_id
    rows = [(each.kind, each.author_kind, each.text) for each in await entries(house, home) if each.kind != "state"]
    assert rows == [("message", "visitor", "It is wrong."), ("note", "agent", "Please help.")]
    async with house.looking() as work:
        assert list(await work.db.scalars(select(MailParticipant.address))) == [KIM]


async def test_agent_answers_by_mail_only_with_a_proof(house: House) -> None:
    await a_mailbox(house, authserv_id="mx.carrier.example")
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    signed = reply_address(house, home)
    anna = {"sender": "Anna <anna@nordlink.example>", "to": signed}
    proved = {"Authentication_Results": "mx.carrier.example; dmarc=pass"}
    async with house.agent("anna"):
        await brings(house, a_mail("Unproved", name="2@x", **anna), to=signed)
        await brings(house, a_mail("Proved", name="3@x", **anna, **proved), to=signed)

    said = [
        (each.author_kind, each.audience, each.text) for each in (await entries(house, home)) if each.kind == "message"
    ]
    assert said[1:] == [("system", "agents", "Unproved"), ("agent", "customer", "Proved")]


async def test_another_sites_token_is_worth_nothing(house: House) -> None:
    await a_mailbox(house)
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    async with house.working() as work:
        await rows.a_site(work, "other")
        await rows.a_mailbox(work, site_key="other", address="help@other.example")
    signed = (
        reply_address(house, home).replace(BOX.replace("support", ""), "@other.example").replace("support+", "help+")
    )

    stray = await raw(house, await brings(house, a_mail(name="2@x", to=signed), to="help@other.example"))

    assert (stray.state, stray.conversation_id == home) == ("filed", False)
    assert len(await texts(house, home)) == 1
