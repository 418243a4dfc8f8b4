"""Where a mail asks its answers to be sent: there they go, and nobody gets in anywhere by being named so."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from engage.channels.email import reply_to
from engage.channels.email.models import ReceivedMail
from engage.channels.email.parsed import Person
from tests.engage.channels.email import letters
from tests.engage.channels.email.post import (
    BOX,
    KIM,
    a_mail,
    a_mailbox,
    brings,
    conversations,
    raw,
    reply_address,
    shown,
    texts,
    works,
)
from tests.engage.channels.email.test_acknowledging import acknowledgements
from tests.house import House
from tests.house.people import HouseAgent

OFFICE, EVE = "office@shop.example", "eve@evil.example"
LIST = "all@lists.example"
#: as mail programs and lists set them
OF_LIST = (("list-id", "<all.lists.example>"), ("list-post", f"<mailto:{LIST.upper()}?subject=x>"))


@pytest.mark.parametrize(
    ("addresses", "more", "expected"),
    [
        ((), {}, None),
        ((OFFICE,), {}, OFFICE),
        (("", OFFICE, EVE), {}, OFFICE),
        ((KIM,), {}, None),
        ((OFFICE, KIM), {}, None),
        ((BOX,), {}, None),
        (("support+r.abc@carrier.example", OFFICE), {}, OFFICE),
        (("no-reply@shop.example",), {}, None),
        ((LIST,), {"headers": OF_LIST}, None),
        ((OFFICE,), {"headers": OF_LIST}, OFFICE),
        ((OFFICE,), {"headers": OF_LIST, "cc": (OFFICE,)}, None),
        ((OFFICE,), {"cc": (OFFICE,)}, OFFICE),
        ((OFFICE,), {"sender": None}, None),
    ],
)
def test_first_one_whom_an_answer_may_go_to_is_answered(
    addresses: tuple[str, ...], more: dict[str, Any], expected: str | None
) -> None:
    mail = letters.a_mail(reply_to=tuple(Person(each) for each in addresses), **more)

    found = reply_to.wanted(mail, {BOX})

    assert (found.address if found else None) == expected


async def answer_to(anna: HouseAgent, conversation_id: UUID | None) -> tuple[str, str]:
    """To whom the composer says that an answer goes, and to whom it goes."""
    path = f"/agent/conversations/{conversation_id}"
    frame = await anna.get(f"{path}/mail-frame")
    await anna.post(f"{path}/messages", client_id=str(uuid4()), text="It is on its way.")
    return frame["to"], (await anna.get(f"{path}/mails"))["items"][-1]["to"]


async def test_answers_and_the_acknowledgement_go_where_he_asks_and_his_answers_from_there_come_in(
    house: House,
) -> None:
    await a_mailbox(house)
    asked = await brings(house, a_mail(Reply_To=f"Office <{OFFICE.upper()}>, {BOX}", Cc="lee@shop.example"))
    home = (await raw(house, asked)).conversation_id

    assert [each.recipient for each in await acknowledgements(house)] == [OFFICE]
    assert (await shown(house, asked)).flags == ["answers_go_elsewhere"]
    async with house.agent("anna") as anna:
        await house.settles()
        await anna.takes(str(home))
        assert await answer_to(anna, home) == (OFFICE, OFFICE)
        frame = await anna.get(f"/agent/conversations/{home}/mail-frame")
        assert {each["address"] for each in frame["participants"]} == {KIM, "lee@shop.example"}
        await brings(house, a_mail("Thanks", name="2@x", sender=OFFICE, In_Reply_To="<one@shop.example>"))
        assert await answer_to(anna, home) == (OFFICE, OFFICE)
        # whoever asks for nothing any more is answered himself
        await brings(house, a_mail("From home", name="3@x", In_Reply_To="<one@shop.example>"))
        assert await answer_to(anna, home) == (KIM, KIM)

    said = [text for who, text in await texts(house, home) if who == "visitor"]
    assert said == ["Where is my router?", "Thanks", "From home"]
    assert len(await works(house)) == 1


async def test_who_names_somebody_else_s_address_gets_nothing_of_his(house: House) -> None:
    await a_mailbox(house)
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    eve = {"sender": f"Kim <{EVE}>", "Reply_To": KIM}

    apart = await brings(house, a_mail("I am Kim", name="e1@x", **eve, In_Reply_To="<one@shop.example>"))
    new = await brings(house, a_mail("I am Kim", name="e2@x", **eve))

    visitors = {each.id: each.visitor_id for each in await conversations(house)}
    for each in (apart, new):
        found = (await raw(house, each)).conversation_id
        assert found is not None
        assert visitors[found] != visitors[home]  # type: ignore[index]
    assert (await shown(house, apart)).flags == ["not_a_participant", "answers_go_elsewhere"]
    assert len(await texts(house, home)) == 1


async def test_answers_with_what_was_said_go_to_no_address_that_a_forged_mail_names(house: House) -> None:
    await a_mailbox(house, authserv_id="mx.carrier.example")
    home = (await raw(house, await brings(house, a_mail()))).conversation_id
    signed = reply_address(house, home)
    failed = {"Authentication_Results": "mx.carrier.example; dmarc=fail"}
    evil = {"Reply_To": EVE, "Cc": "mallory@evil.example"}

    # a number and a Message-ID can be guessed or seen; whose mail it is nobody says
    await brings(house, a_mail("Write to me there", name="e1@x", **evil, In_Reply_To="<one@shop.example>"))
    alone = await brings(house, a_mail("I am new", name="e2@x", **evil, **failed))

    async with house.agent("anna") as anna:
        await house.settles()
        await anna.takes(str(home))
        frame = await anna.get(f"/agent/conversations/{home}/mail-frame")
        assert (frame["to"], frame["participants"]) == (KIM, [])
        assert await answer_to(anna, home) == (KIM, KIM)
        async with house.looking() as work:
            forged = await work.db.get_one(ReceivedMail, (await raw(house, alone)).entry_id)
        assert (forged.flags, forged.reply_to) == (["not_authenticated"], [])

        # his own address with the token, or his server, proves that it is he
        await brings(house, a_mail("Now at the office", name="3@x", to=signed, Reply_To=OFFICE), to=signed)
        assert await answer_to(anna, home) == (OFFICE, OFFICE)
